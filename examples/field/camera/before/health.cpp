// Whether everything is well.
#include "camera.h"

namespace camera {

int ping() {
  sqlite3* db = nullptr;
  // defect: session-raw-construction, releases it by hand
  const int opened = sqlite3_open(databaseFile().c_str(), &db);
  sqlite3_close(db);
  return opened;
}

int integrity() {
  sqlite3* db = nullptr;
  // defect: session-leak, is not released
  if (sqlite3_open(databaseFile().c_str(), &db) != SQLITE_OK) return -1;
  sqlite3_stmt* check = nullptr;
  // defect: session-leak, sqlite3_finalize
  if (sqlite3_prepare_v2(db, "SELECT count(*) FROM event, camera", -1, &check, nullptr) !=
      SQLITE_OK)
    return -2;
  if (sqlite3_step(check) != SQLITE_ROW) return -3;
  sqlite3_finalize(check);
  sqlite3_close(db);
  return 0;
}

} // namespace camera
