// Requests work on the session that they are given.
#include "camera.h"

namespace camera {

int camerasOf(sqlite3* db) {
  return number(db, "SELECT count(*) FROM camera WHERE enabled = 1");
}

int eventsOf(sqlite3* db, int cam) {
  sqlite3_stmt* query = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT count(*) FROM event WHERE camera = ?", -1, &query, nullptr) !=
      SQLITE_OK)
    return -1;
  sqlite3_bind_int(query, 1, cam);
  const int count = sqlite3_step(query) == SQLITE_ROW ? sqlite3_column_int(query, 0) : -1;
  sqlite3_finalize(query);
  return count;
}

} // namespace camera
