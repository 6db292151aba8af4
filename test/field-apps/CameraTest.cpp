// Forty raw sessions over fifteen files, converted by one run of `session-tidy fix`.
#include "field-apps/FieldApp.h"
#include "harness/Builds.h"
#include "harness/Fixture.h"
#include "harness/Workspace.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <sstream>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class Camera : public testing::Test {
protected:
  void SetUp() override {
    if (!app_.isBuilt()) GTEST_SKIP() << "SQLiteCpp is not installed";
  }

  const FieldApp app_{"camera"};
};

/// Without the lines that announce findings.
std::string withoutMarks(const std::string& text) {
  std::istringstream stream(text);
  std::string result;
  for (std::string line; std::getline(stream, line);)
    if (line.find("// defect: ") == std::string::npos) result += line + "\n";
  return result;
}

/// A copy of before/, without its marks, with a compile database.
class CameraCopy {
public:
  CameraCopy() {
    const fs::path from = fieldSources() / "camera";
    fs::create_directories(folder_.path() / "before");
    fs::copy(from / "common", folder_.path() / "common");
    fs::copy_file(from / ".session-tidy.json", folder_.path() / ".session-tidy.json");
    nlohmann::json database = nlohmann::json::array();
    const std::string annotations = testFolder().parent_path() / "include";
    for (const std::string& name : names()) {
      writeFile(folder_.path() / "before" / name, withoutMarks(readFile(from / "before" / name)));
      database.push_back(
          {{"directory", folder_.path()},
           {"file", "before/" + name},
           {"arguments",
            {"clang++", "-std=c++20", "-Icommon", "-I" + annotations, "-c", "before/" + name}}});
    }
    writeFile(folder_.path() / "compile_commands.json", database.dump());
  }

  static std::set<std::string> names() {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(fieldSources() / "camera/before"))
      if (entry.path().extension() == ".cpp") names.insert(entry.path().filename());
    return names;
  }

  [[nodiscard]] Output fix() const {
    return runProcess(
        {.arguments = {findBuild(ownLlvm())->command(), "fix", "--no-cache", "-p", folder_.path()},
         .directory = folder_.path(),
         .environment = {}},
        std::chrono::seconds(240));
  }

  [[nodiscard]] std::string text(const std::string& name) const {
    return readFile(folder_.path() / "before" / name);
  }

private:
  TemporaryFolder folder_;
};

TEST_F(Camera, IsFoundAsMarked) {
  const std::vector<Mark> marks = app_.marks();
  std::set<std::string> files;
  for (const Mark& mark : marks) files.insert(mark.file);
  EXPECT_EQ(files.size(), 15U);
  EXPECT_EQ(std::ranges::count(marks, std::string("sqlite3_finalize"), &Mark::words), 1);
  EXPECT_EQ(marks.size(), 41U) << "forty connections and a statement";
  expectMarkedFindings(app_);
}

TEST_F(Camera, IsReportedFileByFile) {
  std::map<std::string, std::string> grades;
  for (const std::string& name : CameraCopy::names()) grades[name] = "issues";
  for (const char* name : {"api.cpp", "delivery_service.cpp", "push_service.cpp"})
    grades[name] = "good";
  grades.erase("storage_test.cpp"); // exempt
  expectReport(app_, grades);
}

TEST_F(Camera, IsFixedInOneGo) {
  const CameraCopy copy;
  const Output output = copy.fix();
  EXPECT_EQ(output.exitCode, 0) << "not all of it is fixed:\n" << output.out << output.err;
  for (const std::string& name : CameraCopy::names())
    EXPECT_EQ(copy.text(name), readFile(fieldSources() / "camera/after" / name)) << name;
}

// The factory and the lazy session that were meant so, sessions of callers, tests.
TEST_F(Camera, WhatWasMeantSoStays) {
  for (const char* name :
       {"api.cpp", "delivery_service.cpp", "push_service.cpp", "storage_test.cpp"})
    EXPECT_EQ(readFile(fieldSources() / "camera/before" / name),
              readFile(fieldSources() / "camera/after" / name))
        << name;
  const Output output =
      app_.tidy("after", {"check", "--quiet", "--require-reason", "--unused-suppressions"});
  EXPECT_EQ(output.exitCode, 0) << output.out << "every suppression has a reason, and is needed";
  for (const char* name : {"delivery_service.cpp", "push_service.cpp"})
    EXPECT_THAT(readFile(fieldSources() / "camera/after" / name),
                HasSubstr("NOLINT(session-leak)"));
}

/// What all services tell is the same before and after; what they lose is not.
void expectSameButForLosses(const FieldApp& app, const std::string& scenario,
                            const std::string& losing, const std::string& open) {
  Facts before = app.play("before", scenario);
  Facts after = app.play("after", scenario);
  EXPECT_EQ(before["losing"], losing);
  EXPECT_EQ(before["open"], open);
  EXPECT_EQ(after["losing"], "0");
  EXPECT_EQ(after["open"], "0");
  for (const char* counted : {"losing", "open"}) {
    before.erase(counted);
    after.erase(counted);
  }
  EXPECT_EQ(before.size(), 40U);
  EXPECT_EQ(before, after) << scenario;
}

TEST_F(Camera, DoesTheSameWhenAllIsWell) {
  expectSameButForLosses(app_, "well", "6", "6");
}

TEST_F(Camera, DoesTheSameWhenTablesAreMissing) {
  expectSameButForLosses(app_, "broken", "21", "23");
}

TEST_F(Camera, SpecialCasesCloseWhatTheyOpen) {
  const Facts facts{
      {"sent", "1"}, {"delivered", "2"}, {"test", "2"}, {"open-meanwhile", "2"}, {"open", "0"}};
  expectFacts(app_, "special", facts, facts);
}

} // namespace

} // namespace session_tidy::test
