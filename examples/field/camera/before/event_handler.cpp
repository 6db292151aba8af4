// What the cameras say by themselves.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace camera {

int frameCount() {
  int frames = 10;
  try {
    // defect: session-leak, is not released
    auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READWRITE);
    frames = db->execAndGet("SELECT value FROM setting WHERE name = 'frames'").getInt();
    delete db;
  } catch (const std::exception& error) {
    logError(error.what());
  }
  return frames;
}

int ringDoorbell(int cam) {
  // defect: session-leak, is not released
  auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READWRITE);
  const std::string id = std::to_string(cam);
  if (db->execAndGet("SELECT enabled FROM camera WHERE id = " + id).getInt() == 0) return 0;
  const int rows = db->exec("INSERT INTO event(camera, kind) VALUES(" + id + ", 'ring')");
  delete db;
  return rows;
}

int motion(int cam) {
  sqlite3* db = nullptr;
  bool shouldClose = false;
  // defect: session-leak, is not released
  if (sqlite3_open(databaseFile().c_str(), &db) == SQLITE_OK) shouldClose = true;
  const std::string sql =
      "INSERT INTO event(camera, kind) VALUES(" + std::to_string(cam) + ", 'motion')";
  if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return -1;
  if (shouldClose) sqlite3_close(db);
  return 0;
}

} // namespace camera
