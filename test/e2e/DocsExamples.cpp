// Makes compilable texts of the pages' examples.
#include "e2e/DocsExamples.h"

#include "harness/Builds.h"
#include "harness/Libraries.h"

#include <algorithm>

namespace session_tidy::test {

namespace fs = std::filesystem;

namespace {

struct LibraryUse {
  const char* name;     ///< as in harness/Libraries.h
  const char* token;    ///< what tells that an example uses it
  const char* includes; ///< what the example may take for granted
};

constexpr LibraryUse libraryUses[] = {
    {"soci", "soci::", "#include <soci/soci.h>\n"},
    {"libpqxx", "pqxx::", "#include <pqxx/pqxx>\n"},
    {"sqlitecpp", "SQLite::", "#include <SQLiteCpp/SQLiteCpp.h>\n"},
    {"poco", "Poco::Data",
     "#include <Poco/Data/RecordSet.h>\n#include <Poco/Data/Session.h>\n"
     "#include <Poco/Data/SessionPool.h>\n#include <Poco/Data/Transaction.h>\n"},
    {"sqlite3", "sqlite3_", "#include <sqlite3.h>\n"},
    {"libpq", "PQ", "#include <libpq-fe.h>\n"},
    {"mariadb", "mysql_", "#include <mysql.h>\n"},
    {"qtsql", "QSql", "#include <QSqlDatabase>\n#include <QSqlError>\n#include <QSqlQuery>\n"},
    {"cppdb", "cppdb::", "#include <cppdb/frontend.h>\n"},
    {"lmdb", "mdb_", "#include <lmdb.h>\n"},
    {"mongoc", "mongoc_", "#include <mongoc/mongoc.h>\n"},
    {"annotations", "SESSION_TIDY_", ""},
    {"session_tidy", "session_tidy::", "#include <session_tidy/scope.h>\n"},
};

constexpr const char* standardIncludes =
    "#include <chrono>\n#include <coroutine>\n#include <exception>\n#include <fstream>\n"
    "#include <functional>\n#include <future>\n#include <iostream>\n#include <memory>\n"
    "#include <mutex>\n#include <optional>\n#include <stdexcept>\n#include <string>\n"
    "#include <thread>\n#include <utility>\n#include <vector>\n";

void addLibraries(Example& example, const std::string& before) {
  const std::string written = before + example.block.text;
  for (const LibraryUse& use : libraryUses) {
    if (written.find(use.token) == std::string::npos) continue;
    if (!isInstalled(use.name)) example.missingLibrary = use.name;
    example.text += use.includes;
    example.libraries.emplace_back(use.name);
    const std::vector<std::string> flags = libraryFlags(use.name);
    example.flags.insert(example.flags.end(), flags.begin(), flags.end());
  }
}

/// Which rule a bad example is about.
std::string ruleOf(const fs::path& page, const CodeBlock& block) {
  if (page.parent_path().filename() == "rules") return page.stem();
  const auto rule = std::ranges::find_if(
      block.marks, [](const std::string& mark) { return mark.starts_with("session-"); });
  return rule == block.marks.end() ? std::string(page.stem()) : *rule;
}

} // namespace

std::vector<Example> examplesOf(const fs::path& page) {
  std::vector<Example> examples;
  std::string config;
  std::string before;
  for (const CodeBlock& block : readCodeBlocks(page)) {
    if (block.has("before")) before += block.text;
    if (block.language == "json" && block.has("config")) config = block.text;
    if (block.has("fixed") && !examples.empty()) examples.back().fixed = block.text;
    if (!block.has("bad") && !block.has("good")) continue;
    const bool isC = block.language == "c";
    Example example{
        .block = block,
        .rule = ruleOf(page, block),
        .config = config,
        .text = isC ? "" : standardIncludes,
        .fixed = {},
        .flags = {isC ? "-std=c17" : "-std=c++20", "-I", testFolder().parent_path() / "include"},
        .libraries = {},
        .missingLibrary = {}};
    addLibraries(example, before);
    example.text += before + block.text;
    examples.push_back(std::move(example));
  }
  return examples;
}

std::vector<fs::path> pagesIn(const fs::path& folder) {
  std::vector<fs::path> pages;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  std::ranges::sort(pages);
  return pages;
}

} // namespace session_tidy::test
