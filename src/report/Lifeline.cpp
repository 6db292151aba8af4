// Drawing lifelines.
#include "report/Lifeline.h"

#include "report/Paths.h"
#include "report/SourceColumns.h"
#include "report/Xml.h"

#include <algorithm>
#include <array>
#include <utility>

namespace session_tidy::report {

namespace {

using Event = LifelineStep::Event;

struct EventLook {
  std::string_view name; ///< in the legend, and of the style
  std::string_view sign; ///< in the circle
};

constexpr std::array<EventLook, 7> looks{{{.name = "opened", .sign = "+"},
                                          {.name = "begun", .sign = "B"},
                                          {.name = "used", .sign = "u"},
                                          {.name = "committed", .sign = "C"},
                                          {.name = "rolled back", .sign = "R"},
                                          {.name = "closed", .sign = "x"},
                                          {.name = "on the way", .sign = ""}}};

const EventLook& lookOf(Event event) {
  return looks.at(static_cast<std::size_t>(event));
}

std::string classOf(Event event) {
  std::string name(lookOf(event).name);
  std::ranges::replace(name, ' ', '-');
  return name;
}

/// What a note tells, by its words: rules write them in a few fixed ways.
Event eventOf(const std::string& message) {
  struct Words {
    std::string_view text;
    Event event;
  };
  static constexpr std::array<Words, 22> words{{{"taking the", Event::Other},
                                                {"returns", Event::Other},
                                                {"leaves", Event::Other},
                                                {"throws", Event::Other},
                                                {"rolled back", Event::RolledBack},
                                                {"rolls back", Event::RolledBack},
                                                {"rollback", Event::RolledBack},
                                                {"committed", Event::Committed},
                                                {"commits", Event::Committed},
                                                {"commit", Event::Committed},
                                                {"begins", Event::Begun},
                                                {"begun", Event::Begun},
                                                {"begin", Event::Begun},
                                                {"closed", Event::Closed},
                                                {"released", Event::Closed},
                                                {"ends here", Event::Closed},
                                                {"destroyed", Event::Closed},
                                                {"opened", Event::Opened},
                                                {"acquired", Event::Opened},
                                                {"made here", Event::Opened},
                                                {"taken from", Event::Opened},
                                                {"used", Event::Used}}};
  for (const Words& word : words)
    if (message.find(word.text) != std::string::npos) return word.event;
  return Event::Other;
}

/// No more than so many columns, on one line.
std::string shortened(std::string_view text, std::size_t columns) {
  std::string result;
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = codePointAt(text, at);
    const std::size_t length = std::max<std::size_t>(c.length, 1);
    if (width + 1 >= columns) return result + "\xe2\x80\xa6"; // an ellipsis
    result += text.substr(at, length);
    ++width;
    at += length;
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

LifelineStep stepAt(const SourceRange& range, const std::string& message, const Report& report,
                    SourceCache& sources, const std::string& root) {
  LifelineStep step{.event = eventOf(message),
                    .file = relativePath(report.files[range.file], root),
                    .line = range.begin.line,
                    .code = {},
                    .message = message};
  if (const SourceText* text = sources.get(report.files[range.file]))
    step.code = trimmed(text->line(range.begin.line));
  return step;
}

// ---------------------------------------------------------------- drawing

constexpr int rowHeight = 52;
constexpr int lineX = 34;
constexpr int textX = 64;
constexpr int width = 960;
constexpr std::size_t codeColumns = 104;
constexpr std::size_t messageColumns = 130;

std::string number(int value) {
  return std::to_string(value);
}

/// What the session is in between two steps.
std::string_view stateAfter(Event event, std::string_view before) {
  switch (event) {
  case Event::Opened:
    return "open";
  case Event::Begun:
    return "working";
  case Event::Committed:
  case Event::RolledBack:
    return "open";
  case Event::Closed:
    return "over";
  default:
    return before;
  }
}

void drawSegment(int from, int to, std::string_view state, std::string& svg) {
  svg += "<line class=\"life " + std::string(state) + "\" x1=\"" + number(lineX) + "\" y1=\"" +
         number(from) + "\" x2=\"" + number(lineX) + "\" y2=\"" + number(to) + "\"/>";
}

void drawStep(const LifelineStep& step, int y, bool newFile, std::string& svg) {
  const std::string kind = step.wrong ? "wrong" : classOf(step.event);
  svg += "<circle class=\"step " + kind + "\" cx=\"" + number(lineX) + "\" cy=\"" + number(y) +
         "\" r=\"" + (step.event == Event::Other && !step.wrong ? "5" : "11") + "\"/>";
  const std::string_view sign = step.wrong ? "!" : lookOf(step.event).sign;
  if (!sign.empty())
    svg += "<text class=\"sign\" x=\"" + number(lineX) + "\" y=\"" + number(y + 4) +
           "\" text-anchor=\"middle\">" + std::string(sign) + "</text>";
  const std::string place = (newFile ? step.file + ":" : "line ") + std::to_string(step.line);
  svg += "<text class=\"code\" x=\"" + number(textX) + "\" y=\"" + number(y + 1) + "\">" +
         escapeXml(shortened(step.code, codeColumns)) + "</text>";
  svg += "<text class=\"said" + std::string(step.wrong ? " wrong" : "") + "\" x=\"" +
         number(textX) + "\" y=\"" + number(y + 19) + "\">" +
         escapeXml(shortened(place + ": " + step.message, messageColumns)) + "</text>";
}

} // namespace

std::vector<LifelineStep> lifelineOf(const Finding& finding, const Report& report,
                                     SourceCache& sources, const std::string& root) {
  std::vector<LifelineStep> steps;
  bool reported = false;
  for (const Note& note : finding.trace) {
    steps.push_back(stepAt(note.range, note.message, report, sources, root));
    reported |=
        note.range.file == finding.range.file && note.range.begin.line == finding.range.begin.line;
  }
  if (!reported) {
    LifelineStep step = stepAt(finding.range, finding.message, report, sources, root);
    step.message = "reported here";
    steps.push_back(std::move(step));
  }
  steps.back().wrong = true;
  return steps;
}

std::string drawLifeline(const std::vector<LifelineStep>& steps, const std::string& id) {
  const int height = rowHeight * static_cast<int>(steps.size()) + 8;
  std::string description;
  for (const LifelineStep& step : steps)
    description += "Line " + std::to_string(step.line) + ": " + step.message + ". ";
  std::string svg = "<svg class=\"lifeline\" role=\"img\" aria-labelledby=\"" + id + "-t " + id +
                    "-d\" viewBox=\"0 0 " + number(width) + " " + number(height) +
                    "\"><title id=\"" + id + "-t\">The life of the session</title><desc id=\"" +
                    id + "-d\">" + escapeXml(description) + "</desc>";
  std::string_view state = "before";
  int y = 24;
  for (std::size_t i = 0; i < steps.size(); ++i, y += rowHeight) {
    if (i > 0) drawSegment(y - rowHeight, y, steps[i].wrong ? "wrong" : state, svg);
    state = stateAfter(steps[i].event, state);
  }
  y = 24;
  for (std::size_t i = 0; i < steps.size(); ++i, y += rowHeight)
    drawStep(steps[i], y, i == 0 || steps[i].file != steps[i - 1].file, svg);
  return svg + "</svg>";
}

} // namespace session_tidy::report
