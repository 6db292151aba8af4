// Connections of SQLiteCpp that come out of a generator which is resumed to its end.
// library: sqlitecpp
// header: generator.h
#include "generator.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

Generator<SQLite::Database> units(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  SQLite::Transaction transaction(db);
  co_yield db;
  transaction.commit();
}

bool addPlace(const std::string& path, const std::string& name) {
  bool added = false;
  for (SQLite::Database& db : units(path)) {
    SQLite::Statement insert(db, "INSERT INTO places(name) VALUES(?)");
    insert.bind(1, name);
    added = insert.exec() == 1;
  }
  return added;
}
