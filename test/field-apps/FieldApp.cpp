// Running the programs and the command, and comparing.
#include "field-apps/FieldApp.h"

#include "harness/Builds.h"
#include "harness/Fixture.h"
#include "harness/Workspace.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <tuple>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::vector<fs::path> sourcesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h")
      files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

void readMarks(const fs::path& file, std::vector<Mark>& marks) {
  constexpr std::string_view sign = "// defect: ";
  std::istringstream stream(readFile(file));
  unsigned number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    const std::size_t at = line.find(sign);
    if (at == std::string::npos) continue;
    const std::string text = line.substr(at + sign.size());
    const std::size_t comma = text.find(", ");
    ASSERT_NE(comma, std::string::npos) << file << ":" << number << ": a mark without words";
    marks.push_back({.file = fs::relative(file, fieldSources()),
                     .line = number + 1,
                     .rule = text.substr(0, comma),
                     .words = text.substr(comma + 2)});
  }
}

using Key = std::tuple<std::string, unsigned, std::string>;

/// As the report writes it.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\`*_{}[]<>#|!").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

} // namespace

fs::path fieldSources() {
  return testFolder().parent_path() / "examples/field";
}

fs::path fieldBuild() {
  return SESSION_TIDY_FIELD_BUILD;
}

bool FieldApp::isBuilt() const {
  return fs::exists(fieldBuild() / (name_ + "-before"));
}

Facts FieldApp::play(const std::string& state, const std::string& scenario) const {
  return playProgram(fieldBuild() / (name_ + "-" + state), scenario);
}

Facts FieldApp::playProgram(const fs::path& program, const std::string& scenario) {
  const TemporaryFolder folder;
  const Output output =
      runProcess({.arguments = {program, (folder.path() / "field.db").string(), scenario},
                  .directory = folder.path(),
                  .environment = {}});
  EXPECT_EQ(output.exitCode, 0) << program << ' ' << scenario << ": " << output.err;
  Facts facts;
  std::istringstream stream(output.out);
  for (std::string name, value; stream >> name && std::getline(stream >> std::ws, value);)
    facts[name] = value;
  return facts;
}

Output FieldApp::tidy(const std::string& state, std::vector<std::string> arguments) const {
  const Build* build = findBuild(ownLlvm());
  if (build == nullptr) throw std::runtime_error("the build of these tests is missing");
  arguments.insert(arguments.begin(), build->command());
  arguments.insert(arguments.end(), {"--cache-dir", fieldBuild() / "linted", "-p", fieldBuild(),
                                     name_ + "/" + state, name_ + "/common"});
  return runProcess({.arguments = arguments, .directory = fieldSources(), .environment = {}},
                    std::chrono::seconds(240));
}

std::vector<ShownFinding> FieldApp::findings(const std::string& state) const {
  const Output output = tidy(state, {"check", "--quiet"});
  EXPECT_LE(output.exitCode, 1) << output.err;
  return parseClangText(output.out);
}

std::vector<Mark> FieldApp::marks() const {
  std::vector<Mark> marks;
  for (const fs::path& file : sourcesIn(fieldSources() / name_ / "before")) readMarks(file, marks);
  return marks;
}

void expectMarkedFindings(const FieldApp& app) {
  const std::vector<ShownFinding> findings = app.findings("before");
  const std::vector<Mark> marks = app.marks();
  ASSERT_FALSE(marks.empty());
  std::multiset<Key> shown;
  std::multiset<Key> marked;
  for (const ShownFinding& finding : findings)
    shown.insert({finding.file, finding.line, finding.rule});
  for (const Mark& mark : marks) {
    marked.insert({mark.file, mark.line, mark.rule});
    for (const ShownFinding& finding : findings)
      if (finding.file == mark.file && finding.line == mark.line && finding.rule == mark.rule)
        EXPECT_THAT(finding.message, HasSubstr(mark.words)) << mark.file << ":" << mark.line;
  }
  EXPECT_EQ(shown, marked);
  for (const ShownFinding& finding : app.findings("after"))
    ADD_FAILURE() << finding.file << ":" << finding.line << ": " << finding.message << " ["
                  << finding.rule << "]";
}

void expectReport(const FieldApp& app, const std::map<std::string, std::string>& grades) {
  const Output before = app.tidy("before", {"report", "--format", "md", "--quiet"});
  ASSERT_EQ(before.exitCode, 0) << before.err;
  const std::vector<Mark> marks = app.marks();
  for (const Mark& mark : marks) {
    const std::string place = mark.file + ":" + std::to_string(mark.line);
    const std::size_t at = before.out.find("/" + escaped(place) + "** ");
    ASSERT_NE(at, std::string::npos) << place << " is not in the report:\n" << before.out;
    const std::string entry = before.out.substr(at, before.out.find("\n**", at) - at);
    EXPECT_THAT(entry, HasSubstr(escaped(mark.words)));
    EXPECT_THAT(entry, HasSubstr("(" + mark.rule + ", "));
    EXPECT_THAT(entry, HasSubstr("\nRecommended: ")) << place;
    const std::size_t rule = before.out.find("1. **" + mark.rule + "** (");
    ASSERT_NE(rule, std::string::npos) << "no risk is told of " << mark.rule;
    EXPECT_GT(before.out.find('\n', rule) - rule, 200U) << "no risk is told of " << mark.rule;
  }
  EXPECT_EQ(count(before.out, "\nRecommended: "), marks.size());
  for (const auto& [file, grade] : grades)
    EXPECT_THAT(before.out, HasSubstr("/before/" + escaped(file) + " | " + grade + " | "));
  for (const char* grade : {"issues", "caution", "good"}) {
    const auto expected = static_cast<std::size_t>(std::ranges::count(
        grades, std::string(grade), [](const auto& entry) { return entry.second; }));
    std::size_t told = 0;
    std::istringstream stream(before.out);
    for (std::string line; std::getline(stream, line);)
      if (line.starts_with("| ") && line.find("/before/") != std::string::npos &&
          line.find(std::string(" | ") + grade + " | ") != std::string::npos)
        ++told;
    EXPECT_EQ(told, expected) << grade << "\n" << before.out;
  }
  const Output after = app.tidy("after", {"report", "--format", "md", "--quiet"});
  ASSERT_EQ(after.exitCode, 0) << after.err;
  EXPECT_THAT(after.out, HasSubstr("\nNothing was found.\n"));
  EXPECT_THAT(after.out, testing::Not(HasSubstr(" | issues | ")));
  EXPECT_THAT(after.out, testing::Not(HasSubstr(" | caution | ")));
}

void expectFacts(const FieldApp& app, const std::string& scenario, const Facts& before,
                 const Facts& after) {
  EXPECT_EQ(app.play("before", scenario), before) << scenario << ", before";
  EXPECT_EQ(app.play("after", scenario), after) << scenario << ", after";
}

} // namespace session_tidy::test
