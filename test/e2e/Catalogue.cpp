// Reads the catalogue and the table of its verdicts.
#include "e2e/Catalogue.h"

#include "harness/Builds.h"
#include "harness/Libraries.h"

#include <algorithm>
#include <map>
#include <sstream>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;

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

} // namespace

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

} // namespace session_tidy::test
