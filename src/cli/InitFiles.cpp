#include "cli/InitFiles.h"

#include "driver/Words.h"
#include "model/Config.h"
#include "model/Names.h"
#include "support/SourceText.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace session_tidy::cli {

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

Lines linesOf(const std::string& text) {
  Lines lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string joined(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string inQuotes(const std::string& text) {
  return "\"" + text + "\"";
}

/// "shop::OrderDb" -> "order-db", each name once.
std::string kindName(const std::string& type, std::set<std::string>& taken) {
  const std::size_t last = type.rfind("::");
  std::string name;
  for (const char c : last == std::string::npos ? type : type.substr(last + 2)) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !name.empty() && name.back() != '-' && name.back() != '_') name += '-';
    name += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  std::string unique = name;
  for (unsigned number = 2; !taken.insert(unique).second; ++number)
    unique = name + "-" + std::to_string(number);
  return unique;
}

/// Methods that do the same share a line: "commit, commitWork": "commit".
std::string methodsText(const driver::LikelyKind& kind) {
  Lines order;
  std::map<std::string, std::string> names;
  for (const auto& [method, op] : kind.methods) {
    std::string& list = names[std::string(model::name(op))];
    if (list.empty()) order.emplace_back(model::name(op));
    list += (list.empty() ? "" : ", ") + method;
  }
  std::string text;
  for (const std::string& op : order)
    text += (text.empty() ? "" : ", ") + inQuotes(names[op]) + ": " + inQuotes(op);
  return text;
}

/// Where the value of the top-level key `Checks` stands: the line, and the last line of its block.
std::optional<std::pair<std::size_t, std::size_t>> findChecks(const Lines& lines) {
  for (std::size_t first = 0; first < lines.size(); ++first) {
    if (!lines[first].starts_with("Checks:")) continue;
    std::size_t last = first;
    while (last + 1 < lines.size() && (lines[last + 1].starts_with(' ') || lines[last + 1].empty()))
      ++last;
    while (last > first && lines[last].find_first_not_of(' ') == std::string::npos) --last;
    return std::pair(first, last);
  }
  return std::nullopt;
}

/// Adds ",session-*" to a value on one line, inside its quotes if it has some.
void addToLine(std::string& line) {
  const std::size_t comment = line.find(" #");
  const std::size_t end = line.find_last_not_of(' ', comment) + 1;
  const std::string tail = comment == std::string::npos ? "" : line.substr(end);
  line.resize(end);
  const bool isQuoted = line.ends_with('\'') || line.ends_with('"');
  const std::string quote = isQuoted ? line.substr(line.size() - 1) : "";
  if (isQuoted) line.pop_back();
  if (line.ends_with(',')) line.pop_back();
  const bool empty = line.ends_with(':') || line.ends_with("'") || line.ends_with("\"");
  if (line.ends_with(':')) line += " ";
  line += empty ? "session-*" : ",session-*";
  line += quote + tail;
}

bool isClangdDefault(const std::string& database) {
  return database.empty() || database == "." || database == "build";
}

} // namespace

std::string configText(const ProjectSurvey& survey) {
  if (survey.classes.empty()) return "{\n  \"minConfidence\": \"likely\"\n}\n";
  std::set<std::string> taken;
  std::string kinds;
  for (const LikelyClass& one : survey.classes) {
    const driver::LikelyKind& kind = one.kind;
    kinds += kinds.empty() ? "" : ",\n";
    kinds += "    " + inQuotes(kindName(kind.type, taken)) + ": {\n";
    kinds += "      \"role\": " + inQuotes(std::string(model::name(kind.role))) + ",\n";
    kinds += "      \"types\": [" + inQuotes(kind.type) + "],\n";
    kinds += "      \"methods\": { " + methodsText(kind) + " }\n    }";
  }
  return "{\n  \"kinds\": {\n" + kinds + "\n  }\n}\n";
}

std::string clangTidyText(const std::optional<std::string>& existing) {
  if (!existing) return "Checks: 'session-*'\nInheritParentConfig: true\n";
  Lines lines = linesOf(*existing);
  const auto checks = findChecks(lines);
  if (!checks) {
    // Before a line that ends the document, if there is one.
    auto end = std::ranges::find(lines, "...");
    lines.insert(end, "Checks: 'session-*'");
    return joined(lines);
  }
  const auto [first, last] = *checks;
  if (first == last) {
    addToLine(lines[first]);
    return joined(lines);
  }
  std::string& item = lines[last];
  const std::string indent = item.substr(0, item.find_first_not_of(' '));
  if (item.substr(indent.size()).starts_with("- ")) { // a list of strings
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(last) + 1, indent + "- 'session-*'");
    return joined(lines);
  }
  if (item.ends_with('\'') || item.ends_with('"')) { // a quoted text over several lines
    addToLine(item);
    return joined(lines);
  }
  if (!item.ends_with(',')) item += ",";
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(last) + 1, indent + "session-*");
  return joined(lines);
}

std::string clangdText(const std::optional<std::string>& existing, const std::string& database) {
  std::string own = "Diagnostics:\n  ClangTidy:\n    FastCheckFilter: Loose\n";
  if (!existing && !isClangdDefault(database))
    own = "CompileFlags:\n  CompilationDatabase: " + database + "\n" + own;
  if (!existing) return own;
  const bool ended = existing->empty() || existing->ends_with('\n');
  return *existing + (ended ? "" : "\n") + "---\n" + own; // a fragment of its own
}

std::vector<PlannedFile> planFiles(const fs::path& folder, const ProjectSurvey& survey,
                                   const std::string& database) {
  const auto existing = [&](const std::string& name) { return readFile((folder / name).string()); };
  std::vector<PlannedFile> files;
  const auto config = existing(std::string(model::configFileName));
  files.push_back({.name = std::string(model::configFileName),
                   .text = configText(survey),
                   .note = survey.classes.empty()
                               ? "the defaults; nothing of the project's own was found"
                               : "the classes above; check what is said of them",
                   .exists = config.has_value(),
                   .needed = !config || *config != configText(survey)});
  const auto clangTidy = existing(".clang-tidy");
  const bool hasRules = clangTidy && clangTidy->find("session-") != std::string::npos;
  files.push_back({.name = ".clang-tidy",
                   .text = hasRules ? *clangTidy : clangTidyText(clangTidy),
                   .note = "turns the rules on for clang-tidy and for the editor",
                   .exists = clangTidy.has_value(),
                   .needed = !hasRules});
  const auto clangd = existing(".clangd");
  const bool hasFilter = clangd && clangd->find("FastCheckFilter") != std::string::npos;
  files.push_back({.name = ".clangd",
                   .text = hasFilter ? *clangd : clangdText(clangd, database),
                   .note = "lets clangd run checks that it has not timed",
                   .exists = clangd.has_value(),
                   .needed = !hasFilter});
  return files;
}

} // namespace session_tidy::cli
