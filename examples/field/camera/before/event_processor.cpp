// Events come in, and are stored and counted.
#include "camera.h"

namespace camera {

int storeEvent(int cam, const char* kind) {
  sqlite3* db = nullptr;
  // defect: session-raw-construction, releases it by hand
  if (sqlite3_open(databaseFile().c_str(), &db) != SQLITE_OK) {
    sqlite3_close(db);
    return -1;
  }
  const std::string sql =
      "INSERT INTO event(camera, kind) VALUES(" + std::to_string(cam) + ", '" + kind + "')";
  const int stored = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(db);
  return stored;
}

int countEvents() {
  sqlite3* db = nullptr;
  // defect: session-leak, is not released
  if (sqlite3_open(databaseFile().c_str(), &db) != SQLITE_OK) return -1;
  sqlite3_stmt* query = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT count(*) FROM event", -1, &query, nullptr) != SQLITE_OK)
    return -2;
  const int count = sqlite3_step(query) == SQLITE_ROW ? sqlite3_column_int(query, 0) : 0;
  sqlite3_finalize(query);
  sqlite3_close(db);
  return count;
}

int markSeen() {
  sqlite3* db = nullptr;
  // defect: session-raw-construction, releases it by hand
  sqlite3_open(databaseFile().c_str(), &db);
  int changed = 0;
  try {
    run(db, "UPDATE event SET seen = 1 WHERE seen = 0");
    changed = sqlite3_changes(db);
  } catch (...) {
    sqlite3_close(db);
    throw;
  }
  sqlite3_close(db);
  return changed;
}

} // namespace camera
