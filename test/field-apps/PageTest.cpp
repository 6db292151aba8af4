// docs/field-reports.md: its code stands in the files, its findings and its report are what the
// command prints, and its console shows what the programs do.
//
//   ```cpp file=PATH        stands in examples/field/PATH, marks left out
//   ```text finding=APP     lines that linting APP's before/ prints
//   ```text report=APP      lines of the report on APP's before/
//   ```console              "$ command", and what it prints
#include "e2e/DocsBlocks.h"
#include "field-apps/FieldApp.h"
#include "harness/Builds.h"
#include "harness/Fixture.h"
#include "harness/Workspace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace session_tidy::test {

namespace {

using testing::HasSubstr;

/// The value of a mark such as "file=...", empty without it.
std::string valueOf(const CodeBlock& block, const std::string& mark) {
  for (const std::string& given : block.marks)
    if (given.starts_with(mark + "=")) return given.substr(mark.size() + 1);
  return {};
}

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string withoutMarks(const std::string& text) {
  std::string result;
  for (const std::string& line : linesOf(text))
    if (line.find("// defect: ") == std::string::npos) result += line + "\n";
  return result;
}

class FieldReportsPage : public testing::Test {
protected:
  void SetUp() override {
    for (const char* name : {"backup", "workflow", "camera", "tasks", "mail"})
      if (!FieldApp(name).isBuilt()) GTEST_SKIP() << name << " is not built: a library is missing";
  }

  /// The blocks with the mark, by its value.
  [[nodiscard]] static std::vector<std::pair<std::string, CodeBlock>>
  blocks(const std::string& mark) {
    std::vector<std::pair<std::string, CodeBlock>> found;
    for (const CodeBlock& block : readCodeBlocks(page()))
      if (const std::string value = valueOf(block, mark); !value.empty())
        found.emplace_back(value, block);
    return found;
  }

  [[nodiscard]] static std::filesystem::path page() {
    return testFolder().parent_path() / "docs/field-reports.md";
  }
};

TEST_F(FieldReportsPage, ShowsTheCodeAsItIs) {
  const auto shown = blocks("file");
  EXPECT_GE(shown.size(), 10U);
  for (const auto& [file, block] : shown)
    EXPECT_THAT(withoutMarks(readFile(fieldSources() / file)), HasSubstr(block.text))
        << block.place();
}

TEST_F(FieldReportsPage, ShowsFindingsAsTheyArePrinted) {
  std::map<std::string, std::string> printed;
  for (const auto& [app, block] : blocks("finding")) {
    if (!printed.contains(app))
      printed[app] =
          FieldApp(app).tidy("before", {"check", "--quiet", "--output-format", "concise"}).out;
    for (const std::string& line : linesOf(block.text))
      EXPECT_THAT(printed[app], HasSubstr(line + "\n")) << block.place();
  }
  EXPECT_EQ(printed.size(), 5U);
  for (const auto& [app, block] : blocks("report")) {
    const std::string report =
        FieldApp(app).tidy("before", {"report", "--format", "md", "--quiet"}).out;
    for (const std::string& line : linesOf(block.text))
      EXPECT_THAT(report, HasSubstr(line + "\n")) << block.place();
  }
}

void expectOutput(const CodeBlock& block, const std::string& command, const std::string& shown) {
  const TemporaryFolder folder;
  const Output output =
      runProcess({.arguments = {"sh", "-c", "PATH=" + fieldBuild().string() + ":$PATH; " + command},
                  .directory = folder.path(),
                  .environment = {}});
  EXPECT_EQ(output.out, shown) << block.place() << ": $ " << command;
}

TEST_F(FieldReportsPage, ShowsWhatTheProgramsDo) {
  unsigned commands = 0;
  for (const CodeBlock& block : readCodeBlocks(page())) {
    if (block.language != "console") continue;
    std::string command;
    std::string shown;
    const auto check = [&] {
      if (!command.empty()) expectOutput(block, command, shown);
    };
    for (const std::string& line : linesOf(block.text)) {
      if (!line.starts_with("$ ")) {
        shown += line + "\n";
        continue;
      }
      check();
      command = line.substr(2);
      shown.clear();
      ++commands;
    }
    check();
  }
  EXPECT_GE(commands, 20U);
}

} // namespace

} // namespace session_tidy::test
