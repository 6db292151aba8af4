// The catalogue's files through the front ends, against the table of verdicts beside them.
//
// verdicts.txt: "D01_bad.cpp: session-rule session-other:12", "A01_ok.cpp: silent", or "pending
// session-rule" for a rule that does not exist yet: until then the file may say that or nothing.
// After '|' stands a configuration.
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

struct Verdict {
  std::set<std::string> rules; ///< "session-rule" or "session-rule:line"
  bool pending = false;
  std::string config;
};

struct CatalogueFile {
  Fixture fixture;
  Verdict verdict;
};

using CatalogueFilePointer = std::shared_ptr<const CatalogueFile>;

fs::path catalogueFolder() {
  return SESSION_TIDY_CATALOGUE;
}

std::map<std::string, Verdict> readVerdicts(const fs::path& path) {
  std::map<std::string, Verdict> verdicts;
  std::istringstream stream(readFile(path));
  for (std::string line; std::getline(stream, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto colon = line.find(':');
    const auto bar = line.find('|');
    if (colon == line.npos) throw std::runtime_error("verdicts: no ':' in " + line);
    Verdict& verdict = verdicts[line.substr(0, colon)];
    if (bar != line.npos) verdict.config = line.substr(bar + 1);
    std::istringstream words(line.substr(colon + 1, bar == line.npos ? bar : bar - colon - 1));
    for (std::string word; words >> word;) {
      if (word == "pending")
        verdict.pending = true;
      else if (word != "silent")
        verdict.rules.insert(word);
    }
  }
  return verdicts;
}

// The catalogue's files include any of the libraries; what they include says which.
std::vector<std::string> librariesOf(const std::string& text) {
  static const std::vector<std::pair<std::string, std::string>> signs{
      {"<soci/", "soci"},       {"<pqxx/", "libpqxx"},      {"<SQLiteCpp/", "sqlitecpp"},
      {"<Poco/", "poco"},       {"<sqlite3.h>", "sqlite3"}, {"<libpq-fe.h>", "libpq"},
      {"<QSql", "qtsql"},       {"<mysql", "mariadb"},      {"<lmdb.h>", "lmdb"},
      {"<rocksdb/", "rocksdb"}, {"<cppdb/", "cppdb"},       {"<mongoc", "mongoc"}};
  std::vector<std::string> libraries;
  for (const auto& [sign, library] : signs)
    if (text.find("#include " + sign) != text.npos) libraries.push_back(library);
  return libraries;
}

std::vector<CatalogueFilePointer> readCatalogue() {
  std::map<std::string, Verdict> verdicts = readVerdicts(testFolder() / "catalogue/verdicts.txt");
  std::vector<CatalogueFilePointer> files;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(catalogueFolder()))
    if (entry.path().extension() == ".cpp") paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const fs::path& path : paths) {
    CatalogueFile file{.fixture = readFixture(path, catalogueFolder()),
                       .verdict = verdicts[path.filename()]};
    Fixture& fixture = file.fixture;
    fixture.libraries = librariesOf(fixture.text);
    fixture.config = file.verdict.config;
    fixture.flags = {"-std=c++20", "-I" + (catalogueFolder() / "stubs").string()};
    for (const std::string& library : fixture.libraries)
      for (const std::string& flag : libraryFlags(library)) fixture.flags.push_back(flag);
    files.push_back(std::make_shared<const CatalogueFile>(std::move(file)));
  }
  return files;
}

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
