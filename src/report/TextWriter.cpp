// Formats `text`, as clang prints diagnostics, and `concise`, one line each.
#include "report/Paths.h"
#include "report/Snippet.h"
#include "report/Writers.h"

#include <algorithm>
#include <ostream>

namespace session_tidy::report {

namespace {

constexpr std::string_view bold = "\033[1m";
constexpr std::string_view warningColor = "\033[0;1;35m";
constexpr std::string_view noteColor = "\033[0;1;36m";
constexpr std::string_view plain = "\033[0m";
constexpr std::string_view linkStart = "\033]8;;"; ///< OSC 8: then the address (none: the end)
constexpr std::string_view linkEnd = "\033\\";

/// Prints diagnostics one after the other. Like clang, it does not draw the same place twice in a
/// row.
class TextPrinter {
public:
  TextPrinter(const Report& report, Context& context, std::ostream& out, bool snippets)
      : report_(report), context_(context), out_(out), snippets_(snippets) {}

  void finding(const Finding& finding) {
    head(finding.range, "warning: ", warningColor);
    out_ << on(bold) << finding.message << " [" << finding.rule << "]" << on(plain) << '\n';
    if (!snippets_) return;
    draw(finding.range, insertions(finding), false);
    for (const Note& note : finding.trace) {
      head(note.range, "note: ", noteColor);
      out_ << note.message << '\n';
      draw(note.range, {}, true);
    }
  }

private:
  [[nodiscard]] std::string_view on(std::string_view code) const {
    return context_.color ? code : std::string_view();
  }

  void head(const SourceRange& range, std::string_view word, std::string_view color) {
    const std::string& path = report_.files[range.file];
    out_ << on(bold);
    if (context_.links) out_ << linkStart << pathToUri(path) << linkEnd;
    out_ << relativePath(path, context_.currentFolder) << ':' << range.begin.line << ':'
         << range.begin.column;
    if (context_.links) out_ << linkStart << linkEnd;
    out_ << ": " << on(plain) << on(color) << word << on(plain);
  }

  // What the fix that `--fix` would make puts into the shown file.
  [[nodiscard]] static std::vector<Insertion> insertions(const Finding& finding) {
    std::vector<Insertion> result;
    const auto fix =
        std::ranges::find_if(finding.fixes, [](const Fix& candidate) { return candidate.safe; });
    // A part of a fix would say the wrong thing.
    if (fix == finding.fixes.end() || fix->edits.size() != 1) return result;
    for (const Edit& edit : fix->edits)
      if (edit.range.file == finding.range.file)
        result.push_back({.at = edit.range.begin, .text = edit.text});
    std::ranges::sort(result, [](const Insertion& a, const Insertion& b) { return a.at < b.at; });
    return result;
  }

  void draw(const SourceRange& range, std::vector<Insertion> insertions, bool isNote) {
    const bool hasRange = range.begin < range.end;
    const bool samePlace = last_.file == range.file && last_.begin == range.begin;
    const bool drawn = samePlace && !hasRange && insertions.empty() && (!lastIsNote_ || isNote);
    last_ = range;
    lastIsNote_ = isNote;
    if (drawn) return;
    const SourceText* text = context_.sources.get(report_.files[range.file]);
    if (text == nullptr) return;
    const Snippet snippet{.caret = range.begin,
                          .rangeBegin = range.begin,
                          .rangeEnd = hasRange ? range.end : range.begin,
                          .insertions = std::move(insertions)};
    drawSnippet(snippet, *text, context_.color, out_);
  }

  const Report& report_;
  Context& context_;
  std::ostream& out_;
  bool snippets_;
  SourceRange last_;
  bool lastIsNote_ = false;
};

class TextWriter : public Writer {
public:
  explicit TextWriter(bool snippets) : snippets_(snippets) {}

  void write(const Report& report, Context& context, std::ostream& out) const override {
    TextPrinter printer(report, context, out, snippets_);
    for (const Finding& finding : report.findings) printer.finding(finding);
  }

private:
  bool snippets_;
};

} // namespace

std::unique_ptr<Writer> makeTextWriter() {
  return std::make_unique<TextWriter>(true);
}

std::unique_ptr<Writer> makeConciseWriter() {
  return std::make_unique<TextWriter>(false);
}

} // namespace session_tidy::report
