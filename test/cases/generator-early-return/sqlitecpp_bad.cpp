// Connections of SQLiteCpp that come out of a generator and are used after it.
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
  for (SQLite::Database& db : units(path)) {
    SQLite::Statement insert(db, "INSERT INTO places(name) VALUES(?)");
    insert.bind(1, name);
    return insert.exec() == 1; // expect: session-generator-early-return
  }
  return false;
}

int countPlaces(const std::string& path) {
  SQLite::Database& db = *units(path).begin(); // expect: session-generator-early-return
  return db.execAndGet("SELECT count(*) FROM places").getInt();
}
