// Where Debian keeps the session libraries' headers.
#include "harness/Libraries.h"

#include "harness/Builds.h"

#include <algorithm>
#include <array>

namespace session_tidy::test {

namespace {

struct Library {
  std::string_view name;
  std::string_view mainHeader;
  std::vector<std::string> flags;
  std::vector<std::string> headers;
};

const std::array<Library, 15>& allLibraries() {
  static const std::string qt = "/usr/include/x86_64-linux-gnu/qt5";
  static const std::string own = (testFolder().parent_path() / "include").string();
  static const std::string annotations = own + "/session_tidy/annotations.h";
  static const std::string companion = own + "/session_tidy/scope.h";
  static const std::array libraries{
      Library{"annotations", annotations, {"-I", own}, {}},
      Library{"session_tidy", companion, {"-I", own}, {}},
      Library{"soci", "/usr/include/soci/soci.h", {}, {"soci/soci.h"}},
      Library{"libpqxx", "/usr/include/pqxx/pqxx", {}, {"pqxx/pqxx"}},
      Library{"sqlitecpp", "/usr/include/SQLiteCpp/SQLiteCpp.h", {}, {"SQLiteCpp/SQLiteCpp.h"}},
      Library{"poco",
              "/usr/include/Poco/Data/Session.h",
              {},
              {"Poco/Data/Session.h", "Poco/Data/SessionPool.h", "Poco/Data/Statement.h",
               "Poco/Data/RecordSet.h", "Poco/Data/Transaction.h"}},
      Library{"sqlite3", "/usr/include/sqlite3.h", {}, {}},
      Library{"libpq",
              "/usr/include/postgresql/libpq-fe.h",
              {"-isystem", "/usr/include/postgresql"},
              {}},
      Library{"mariadb", "/usr/include/mariadb/mysql.h", {"-isystem", "/usr/include/mariadb"}, {}},
      Library{"mysqlcppconn",
              "/usr/include/cppconn/connection.h",
              {},
              {"cppconn/driver.h", "cppconn/prepared_statement.h"}},
      Library{"lmdb", "/usr/include/lmdb.h", {}, {}},
      Library{"rocksdb", "/usr/include/rocksdb/db.h", {}, {"rocksdb/db.h"}},
      Library{"cppdb", "/usr/include/cppdb/frontend.h", {}, {"cppdb/frontend.h"}},
      Library{"mongoc",
              "/usr/include/libmongoc-1.0/mongoc/mongoc.h",
              {"-isystem", "/usr/include/libmongoc-1.0", "-isystem", "/usr/include/libbson-1.0"},
              {}},
      Library{"qtsql",
              "/usr/include/x86_64-linux-gnu/qt5/QtSql/QSqlDatabase",
              {"-fPIC", "-isystem", qt, "-isystem", qt + "/QtCore", "-isystem", qt + "/QtSql"},
              {"QSqlDatabase", "QSqlQuery", "QSqlError", "QVariant"}},
  };
  return libraries;
}

const Library* findLibrary(std::string_view name) {
  const auto found = std::ranges::find(allLibraries(), name, &Library::name);
  return found == allLibraries().end() ? nullptr : &*found;
}

} // namespace

bool isKnownLibrary(std::string_view name) {
  return findLibrary(name) != nullptr;
}

bool isInstalled(std::string_view library) {
  const Library* known = findLibrary(library);
  return known != nullptr && std::filesystem::exists(known->mainHeader);
}

std::vector<std::string> libraryFlags(std::string_view library) {
  const Library* known = findLibrary(library);
  return known == nullptr ? std::vector<std::string>{} : known->flags;
}

std::filesystem::path mainHeader(std::string_view library) {
  const Library* known = findLibrary(library);
  return known == nullptr ? std::string_view() : known->mainHeader;
}

std::vector<std::string> libraryHeaders(std::string_view library) {
  const Library* known = findLibrary(library);
  return known == nullptr ? std::vector<std::string>{} : known->headers;
}

} // namespace session_tidy::test
