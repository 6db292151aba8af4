// People, cars and dogs that come again.
#include "camera.h"

namespace camera {

int storeEntity(const char* name) {
  sqlite3* db = nullptr;
  // defect: session-leak, is not released
  if (sqlite3_open(databaseFile().c_str(), &db) != SQLITE_OK) return -1;
  try {
    run(db, (std::string("INSERT INTO entity(name) VALUES('") + name + "')").c_str());
    sqlite3_close(db);
  } catch (const std::exception& error) {
    logError(error.what());
    return -2;
  }
  return 0;
}

int mergeEntities(int from, int into) {
  sqlite3* db = nullptr;
  // defect: session-raw-construction, releases it by hand
  sqlite3_open(databaseFile().c_str(), &db);
  if (sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK) {
    sqlite3_close(db);
    return -1;
  }
  const std::string sql = "UPDATE event SET entity = " + std::to_string(into) +
                          " WHERE entity = " + std::to_string(from);
  if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close(db);
    return -2;
  }
  const int done = sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  return done;
}

int countEntities() {
  sqlite3* db = nullptr;
  // defect: session-leak, is not released
  sqlite3_open(databaseFile().c_str(), &db);
  return number(db, "SELECT count(*) FROM entity");
}

} // namespace camera
