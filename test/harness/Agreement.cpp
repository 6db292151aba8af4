// Splits fixtures into a header and a source, and compares what two front ends find in the source.
#include "harness/Agreement.h"

#include "harness/FrontEnd.h"
#include "harness/Libraries.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

namespace session_tidy::test {

namespace {

constexpr const char* headerName = "moved.h";

/// Where the last function of a fixture begins that stands in no namespace of its own.
std::size_t lastFunction(const std::string& text) {
  std::size_t found = 0;
  int depth = 0;
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}') --depth;
    if (depth != 0 || text[i] != '\n' || text[i + 1] != '\n') continue;
    const bool begins = std::isalpha(static_cast<unsigned char>(text[i + 2])) != 0 ||
                        text[i + 2] == '/'; // its comment
    if (begins && text.find('{', i) != text.npos) found = i + 2;
  }
  return found;
}

struct Halves {
  std::string header;
  Fixture rest; ///< lines keep their numbers
};

/// Needs a last function.
Halves split(const Fixture& fixture) {
  const std::size_t at = lastFunction(fixture.text);
  Halves halves{.header = fixture.text.substr(0, at), .rest = fixture};
  const auto lines = static_cast<std::size_t>(std::ranges::count(halves.header, '\n'));
  halves.rest.text = std::string("#include \"") + headerName + "\"\n" +
                     std::string(lines - 1, '\n') + fixture.text.substr(at);
  halves.rest.fixedPath.clear();
  return halves;
}

std::string describe(const std::vector<ShownFinding>& findings) {
  std::string text;
  for (const ShownFinding& finding : findings)
    text += "  " + finding.file + ":" + std::to_string(finding.line) + ": " + finding.message +
            " [" + finding.rule + "]\n";
  return text.empty() ? "  nothing\n" : text;
}

class AgreementTest : public testing::Test {
public:
  AgreementTest(std::shared_ptr<FrontEnd> editor, std::shared_ptr<FrontEnd> command,
                std::shared_ptr<const Fixture> fixture)
      : editor_(std::move(editor)), command_(std::move(command)), fixture_(std::move(fixture)) {}

  void TestBody() override {
    for (const std::string& library : fixture_->libraries)
      if (!isInstalled(library)) GTEST_SKIP() << "headers not installed: " << library;
    const Halves halves = split(*fixture_);
    const Workspace workspace(halves.rest);
    writeFile(workspace.folder() / headerName, halves.header);
    const RunResult shown = editor_->run(halves.rest, workspace);
    const RunResult told = command_->run(halves.rest, workspace);
    EXPECT_TRUE(shown.problems.empty()) << shown.problems.front();
    EXPECT_TRUE(told.problems.empty()) << told.problems.front();
    for (const ShownFinding& finding : shown.findings) {
      const bool agreed = std::ranges::any_of(told.findings, [&](const ShownFinding& other) {
        return other.file == finding.file && other.line == finding.line &&
               other.rule == finding.rule && !other.isError;
      });
      EXPECT_TRUE(agreed) << "only the editor finds\n"
                          << describe({finding}) << "the command finds\n"
                          << describe(told.findings);
    }
  }

private:
  std::shared_ptr<FrontEnd> editor_;
  std::shared_ptr<FrontEnd> command_;
  std::shared_ptr<const Fixture> fixture_;
};

std::string testName(const Fixture& fixture) {
  std::string name = fixture.name;
  std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

} // namespace

void registerAgreement(const std::vector<std::shared_ptr<const Fixture>>& fixtures) {
  const std::shared_ptr<FrontEnd> editor = makeEditor(ownLlvm());
  const std::shared_ptr<FrontEnd> command = makeCommand(ownLlvm());
  if (!editor->whyMissing().empty()) return; // its own suite says so
  for (const std::shared_ptr<const Fixture>& fixture : fixtures)
    if (!fixture->findings.empty() && lastFunction(fixture->text) != 0)
      testing::RegisterTest(
          "Agreement", testName(*fixture).c_str(), nullptr, nullptr, fixture->path.c_str(), 1,
          [=]() -> testing::Test* { return new AgreementTest(editor, command, fixture); });
}

} // namespace session_tidy::test
