// Settings, by name.
#include "camera.h"

namespace camera {

int setting(const char* name) {
  sqlite3* db = nullptr;
  // defect: session-leak, is not released
  if (sqlite3_open(databaseFile().c_str(), &db) != SQLITE_OK) return -1;
  sqlite3_stmt* query = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT value FROM setting WHERE name = ?", -1, &query, nullptr) !=
      SQLITE_OK) {
    sqlite3_close(db);
    return -2;
  }
  sqlite3_bind_text(query, 1, name, -1, SQLITE_STATIC);
  const int value = sqlite3_step(query) == SQLITE_ROW ? sqlite3_column_int(query, 0) : 0;
  sqlite3_finalize(query);
  sqlite3_close(db);
  return value;
}

int change(const char* name, int value) {
  sqlite3* db = nullptr;
  // defect: session-raw-construction, releases it by hand
  int rc = sqlite3_open(databaseFile().c_str(), &db);
  if (rc == SQLITE_OK) {
    const std::string sql =
        "UPDATE setting SET value = " + std::to_string(value) + " WHERE name = '" + name + "'";
    rc = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
  }
  sqlite3_close(db);
  return rc;
}

int resetSettings() {
  sqlite3* db = nullptr;
  // defect: session-raw-construction, releases it by hand
  sqlite3_open(databaseFile().c_str(), &db);
  try {
    run(db, "UPDATE setting SET value = 0");
  } catch (const std::exception& error) {
    logError(error.what());
    sqlite3_close(db);
    return -1;
  }
  sqlite3_close(db);
  return 0;
}

} // namespace camera
