// The comparison of findings, notes and texts.
#include "harness/Judge.h"

#include <algorithm>
#include <sstream>

namespace session_tidy::test {

namespace {

std::string lineOf(std::string_view text, unsigned number) {
  std::istringstream stream{std::string(text)};
  std::string line;
  for (unsigned i = 0; i < number; ++i)
    if (!std::getline(stream, line)) return "";
  const auto begin = line.find_first_not_of(' ');
  return begin == line.npos ? "" : line.substr(begin);
}

/// Where readers look: the fixture's path in the repository.
std::string place(const Fixture& fixture, const std::string& file, unsigned line) {
  const std::filesystem::path path = fixture.path.parent_path() / file;
  return path.string() + ":" + std::to_string(line);
}

bool fits(const Expectation& expected, const ShownFinding& shown) {
  return expected.file == shown.file && expected.line == shown.line &&
         expected.rule == shown.rule &&
         shown.message.find(expected.messagePart) != std::string::npos;
}

std::string describe(const Expectation& expected) {
  return expected.rule + (expected.messagePart.empty() ? "" : " \"" + expected.messagePart + "\"");
}

class Comparison {
public:
  Comparison(const Fixture& fixture, std::string_view text) : fixture_(fixture), text_(text) {}

  void findings(const std::vector<Expectation>& expected, std::vector<ShownFinding> shown,
                bool subset) {
    for (const Expectation& one : expected) {
      const auto found =
          std::ranges::find_if(shown, [&](const ShownFinding& s) { return fits(one, s); });
      if (found != shown.end())
        shown.erase(found);
      else if (!subset)
        missing(one, shown);
    }
    for (const ShownFinding& one : shown) {
      report_ << place(fixture_, one.file, one.line) << ":" << one.column << ": "
              << (one.isError ? "does not compile: " : "unexpected: ") << one.message << " ["
              << one.rule << "]\n";
      quote(one.file, one.line);
    }
  }

  void notes(const std::vector<Expectation>& expected, const std::vector<ShownFinding>& shown) {
    for (const Expectation& one : expected) {
      const bool found = std::ranges::any_of(shown, [&](const ShownFinding& finding) {
        return std::ranges::any_of(finding.notes, [&](const ShownNote& note) {
          return note.file == one.file && note.line == one.line &&
                 note.message.find(one.messagePart) != std::string::npos;
        });
      });
      if (found) continue;
      report_ << place(fixture_, one.file, one.line) << ": missing note \"" << one.messagePart
              << "\"\n";
      quote(one.file, one.line);
    }
  }

  void problems(const std::vector<std::string>& problems) {
    for (const std::string& problem : problems)
      report_ << fixture_.path.string() << ": " << problem << "\n";
  }

  std::ostringstream& report() { return report_; }

private:
  // A finding there whose message is another one counts as this one's.
  void missing(const Expectation& one, std::vector<ShownFinding>& shown) {
    report_ << place(fixture_, one.file, one.line) << ": missing: " << describe(one) << "\n";
    quote(one.file, one.line);
    const auto other = std::ranges::find_if(shown, [&](const ShownFinding& s) {
      return s.file == one.file && s.line == one.line && s.rule == one.rule;
    });
    if (other == shown.end()) return;
    report_ << "    the message there is: " << other->message << "\n";
    shown.erase(other);
  }

  void quote(const std::string& file, unsigned line) {
    if (file == fixture_.path.filename()) report_ << "    " << lineOf(text_, line) << "\n";
  }

  const Fixture& fixture_;
  std::string_view text_;
  std::ostringstream report_;
};

// The first line in which two texts differ.
void compareTexts(const std::filesystem::path& path, const std::string& expected,
                  const std::string& shown, std::ostringstream& report) {
  if (expected == shown) return;
  std::istringstream left(expected);
  std::istringstream right(shown);
  std::string leftLine;
  std::string rightLine;
  for (unsigned line = 1;; ++line) {
    const bool hasLeft = static_cast<bool>(std::getline(left, leftLine));
    const bool hasRight = static_cast<bool>(std::getline(right, rightLine));
    if (hasLeft && hasRight && leftLine == rightLine) continue;
    if (!hasLeft && !hasRight) return;
    report << path.string() << ":" << line
           << ": the fixed file differs\n  expected: " << (hasLeft ? leftLine : "(end)")
           << "\n  got:      " << (hasRight ? rightLine : "(end)") << "\n";
    return;
  }
}

} // namespace

std::string judgeRun(const Fixture& fixture, const RunResult& result, bool subset) {
  Comparison comparison(fixture, fixture.text);
  comparison.problems(result.problems);
  comparison.findings(fixture.findings, result.findings, subset);
  if (!subset) comparison.notes(fixture.notes, result.findings);
  std::string report = comparison.report().str();
  return report.empty() ? "" : report + "run by: " + result.reproduce + "\n";
}

std::string judgeFix(const Fixture& fixture, const FixResult& result) {
  Comparison comparison(fixture, result.text);
  comparison.problems(result.problems);
  compareTexts(fixture.fixedPath, fixture.fixedText, result.text, comparison.report());
  if (result.text == fixture.fixedText)
    comparison.findings(fixture.findingsAfterFix(), result.remaining, false);
  if (result.secondText != result.text)
    comparison.report() << fixture.path.string() << ": fixing twice changes more\n";
  std::string report = comparison.report().str();
  return report.empty() ? "" : report + "run by: " + result.reproduce + "\n";
}

} // namespace session_tidy::test
