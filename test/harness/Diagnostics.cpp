// Reads clang's text format.
#include "harness/Diagnostics.h"

#include <algorithm>
#include <regex>
#include <sstream>
#include <tuple>

namespace session_tidy::test {

namespace {

unsigned toNumber(const std::string& text) {
  return static_cast<unsigned>(std::stoul(text));
}

// Takes "[session-leak,-warnings-as-errors]" off the end of the message.
std::string takeRule(std::string& message) {
  static const std::regex form(R"(^(.*) \[([A-Za-z][A-Za-z0-9_.,-]*)\]$)");
  std::smatch match;
  if (!std::regex_match(message, match, form)) return "";
  std::string rule = match[2];
  static constexpr std::string_view asError = ",-warnings-as-errors";
  if (rule.ends_with(asError)) rule.resize(rule.size() - asError.size());
  message = std::string(match[1]);
  return rule;
}

} // namespace

std::vector<ShownFinding> parseClangText(std::string_view text) {
  static const std::regex form(
      R"(^([^\s:][^:]*):(\d+):(\d+): (warning|error|fatal error|note): (.*)$)");
  static const std::regex bare(R"(^(error|fatal error): (.*)$)");
  std::vector<ShownFinding> findings;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    std::smatch match;
    if (std::regex_match(line, match, bare)) {
      findings.push_back({"", 0, 0, "error", match[2], true, {}});
      continue;
    }
    if (!std::regex_match(line, match, form)) continue;
    std::string message = match[5];
    if (match[4] == "note") {
      if (!findings.empty())
        findings.back().notes.push_back(
            {match[1], toNumber(match[2]), toNumber(match[3]), message});
      continue;
    }
    std::string rule = takeRule(message);
    const bool isError =
        match[4] != "warning" && (rule.empty() || rule.starts_with("clang-diagnostic"));
    if (rule.empty()) rule = "error";
    findings.push_back(
        {match[1], toNumber(match[2]), toNumber(match[3]), rule, message, isError, {}});
  }
  return findings;
}

void dropFixNotes(std::vector<ShownFinding>& findings, const std::vector<ShownFinding>& others) {
  const auto place = [](const auto& shown) {
    return std::tie(shown.file, shown.line, shown.column);
  };
  for (ShownFinding& finding : findings) {
    const auto same = std::ranges::find_if(others, [&](const ShownFinding& other) {
      return place(other) == place(finding) && other.rule == finding.rule;
    });
    if (same == others.end()) continue;
    while (finding.notes.size() > same->notes.size() &&
           place(finding.notes.front()) == place(finding))
      finding.notes.erase(finding.notes.begin());
  }
}

std::string allThatIsSaid(const std::vector<ShownFinding>& findings) {
  const auto placed = [](const std::string& file, unsigned line, unsigned column) {
    return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": ";
  };
  std::vector<std::string> lines;
  for (const ShownFinding& finding : findings) {
    std::string text = placed(finding.file, finding.line, finding.column) +
                       (finding.isError ? "error: " : "warning: ") + finding.message + " [" +
                       finding.rule + "]\n";
    for (const ShownNote& note : finding.notes)
      text += placed(note.file, note.line, note.column) + "note: " + note.message + "\n";
    lines.push_back(std::move(text));
  }
  std::ranges::sort(lines);
  std::string all;
  for (const std::string& line : lines) all += line;
  return all;
}

} // namespace session_tidy::test
