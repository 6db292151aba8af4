// What is heard.
#include "camera.h"

namespace camera {

int storeSound(int cam, int loudness) {
  sqlite3* db = nullptr;
  // defect: session-leak, is not released
  if (sqlite3_open(databaseFile().c_str(), &db) != SQLITE_OK) return -1;
  if (loudness < 10) return 0;
  const std::string sql =
      "INSERT INTO event(camera, kind) VALUES(" + std::to_string(cam) + ", 'sound')";
  const int done = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(db);
  return done;
}

int silence() {
  sqlite3* db = nullptr;
  // defect: session-raw-construction, releases it by hand
  const int opened = sqlite3_open(databaseFile().c_str(), &db);
  if (opened == SQLITE_OK)
    sqlite3_exec(db, "DELETE FROM event WHERE kind = 'sound'", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  return opened;
}

} // namespace camera
