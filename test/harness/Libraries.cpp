// Where Debian keeps the session libraries' headers.
#include "harness/Libraries.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace session_tidy::test {

namespace {

struct Library {
  std::string_view name;
  std::string_view header;
  std::vector<std::string> flags;
};

const Library* findLibrary(std::string_view name) {
  static const std::string qt = "/usr/include/x86_64-linux-gnu/qt5";
  static const std::array libraries{
      Library{"soci", "/usr/include/soci/soci.h", {}},
      Library{"libpqxx", "/usr/include/pqxx/pqxx", {}},
      Library{"sqlitecpp", "/usr/include/SQLiteCpp/SQLiteCpp.h", {}},
      Library{"poco", "/usr/include/Poco/Data/Session.h", {}},
      Library{"sqlite3", "/usr/include/sqlite3.h", {}},
      Library{
          "libpq", "/usr/include/postgresql/libpq-fe.h", {"-isystem", "/usr/include/postgresql"}},
      Library{"mariadb", "/usr/include/mariadb/mysql.h", {"-isystem", "/usr/include/mariadb"}},
      Library{"mysqlcppconn", "/usr/include/cppconn/connection.h", {}},
      Library{"lmdb", "/usr/include/lmdb.h", {}},
      Library{"rocksdb", "/usr/include/rocksdb/db.h", {}},
      Library{"cppdb", "/usr/include/cppdb/frontend.h", {}},
      Library{"mongoc",
              "/usr/include/libmongoc-1.0/mongoc/mongoc.h",
              {"-isystem", "/usr/include/libmongoc-1.0", "-isystem", "/usr/include/libbson-1.0"}},
      Library{"qtsql",
              "/usr/include/x86_64-linux-gnu/qt5/QtSql/QSqlDatabase",
              {"-fPIC", "-isystem", qt, "-isystem", qt + "/QtCore", "-isystem", qt + "/QtSql"}},
  };
  const auto found = std::ranges::find(libraries, name, &Library::name);
  return found == libraries.end() ? nullptr : &*found;
}

} // namespace

bool isKnownLibrary(std::string_view name) {
  return findLibrary(name) != nullptr;
}

bool isInstalled(std::string_view library) {
  const Library* known = findLibrary(library);
  return known != nullptr && std::filesystem::exists(known->header);
}

std::vector<std::string> libraryFlags(std::string_view library) {
  const Library* known = findLibrary(library);
  return known == nullptr ? std::vector<std::string>{} : known->flags;
}

} // namespace session_tidy::test
