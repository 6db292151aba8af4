// The catalogue's files through the front ends, against the table of verdicts beside them.
#include "e2e/Catalogue.h"
#include "harness/FrontEnd.h"
#include "harness/Libraries.h"
#include "harness/Process.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using FrontEndPointer = std::shared_ptr<FrontEnd>;

std::string describe(const std::vector<ShownFinding>& findings) {
  std::ostringstream text;
  for (const ShownFinding& finding : findings)
    text << "  " << finding.file << ":" << finding.line << ":" << finding.column << ": "
         << finding.message << " [" << finding.rule << "]\n";
  return text.str().empty() ? "  nothing\n" : text.str();
}

bool covers(const std::string& rule, const ShownFinding& finding) {
  return rule == finding.rule || rule == finding.rule + ":" + std::to_string(finding.line);
}

class CatalogueTest : public testing::Test {
public:
  CatalogueTest(FrontEndPointer frontEnd, CatalogueFilePointer file)
      : frontEnd_(std::move(frontEnd)), file_(std::move(file)) {}

  void TestBody() override {
    const Fixture& fixture = file_->fixture;
    const Verdict& verdict = file_->verdict;
    for (const std::string& library : fixture.libraries)
      if (!isInstalled(library)) GTEST_SKIP() << library << " is not installed";
    const Workspace workspace(fixture);
    const RunResult result = frontEnd_->run(fixture, workspace);
    std::string report;
    for (const std::string& problem : result.problems) report += problem + "\n";
    for (const ShownFinding& finding : result.findings)
      if (std::ranges::none_of(verdict.rules,
                               [&](const std::string& rule) { return covers(rule, finding); }))
        report += "unexpected: " + finding.rule + " in line " + std::to_string(finding.line) + "\n";
    for (const std::string& rule : verdict.rules)
      if (!verdict.pending && std::ranges::none_of(result.findings, [&](const ShownFinding& f) {
            return covers(rule, f);
          }))
        report += "missing: " + rule + "\n";
    if (!report.empty())
      FAIL() << fixture.path.string() << ":1: \n"
             << report << "found:\n"
             << describe(result.findings) << result.reproduce;
  }

private:
  FrontEndPointer frontEnd_;
  CatalogueFilePointer file_;
};

// A rule that has come into being must be looked for: "pending" is for those that have not.
class NothingPendingExists : public testing::Test {
public:
  explicit NothingPendingExists(std::vector<CatalogueFilePointer> files)
      : files_(std::move(files)) {}

  void TestBody() override {
    const Build* build = findBuild(ownLlvm());
    ASSERT_NE(build, nullptr);
    const Output list =
        runProcess({.arguments = {build->command(), "list"}, .directory = {}, .environment = {}});
    for (const CatalogueFilePointer& file : files_) {
      if (!file->verdict.pending) continue;
      const bool all = std::ranges::all_of(file->verdict.rules, [&](const std::string& rule) {
        return list.out.find(rule.substr(0, rule.find(':')) + " ") != std::string::npos;
      });
      EXPECT_FALSE(all) << file->fixture.name
                        << " is no longer pending: its rule exists; edit verdicts.txt";
    }
  }

private:
  std::vector<CatalogueFilePointer> files_;
};

void registerAll(const std::vector<CatalogueFilePointer>& files) {
  for (std::unique_ptr<FrontEnd>& made : makeFrontEnds()) {
    const FrontEndPointer frontEnd = std::move(made);
    if (!frontEnd->whyMissing().empty()) continue;
    for (const CatalogueFilePointer& file : files)
      testing::RegisterTest(frontEnd->name().c_str(), fs::path(file->fixture.name).stem().c_str(),
                            nullptr, nullptr, file->fixture.path.c_str(), 1,
                            [=]() -> testing::Test* { return new CatalogueTest(frontEnd, file); });
  }
  testing::RegisterTest("Verdicts", "nothing_pending_exists", nullptr, nullptr, __FILE__, __LINE__,
                        [=]() -> testing::Test* { return new NothingPendingExists(files); });
}

} // namespace

int runCatalogueTests() {
  registerAll(readCatalogue());
  return RUN_ALL_TESTS();
}

} // namespace session_tidy::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  try {
    return session_tidy::test::runCatalogueTests();
  } catch (const std::exception& error) {
    std::cerr << "catalogue: " << error.what() << "\n";
    return 1;
  }
}
