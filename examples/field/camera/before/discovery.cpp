// Cameras that appear in the network.
#include "camera.h"

#include <stdexcept>

namespace camera {

int addCamera(const char* name) {
  sqlite3* db = nullptr;
  // defect: session-leak, is not released
  const int opened = sqlite3_open_v2(databaseFile().c_str(), &db, SQLITE_OPEN_READWRITE, nullptr);
  if (opened != SQLITE_OK) throw std::runtime_error("no database");
  sqlite3_stmt* insert = nullptr;
  int rc = sqlite3_prepare_v2(db, "INSERT INTO camera(name) VALUES(?)", -1, &insert, nullptr);
  if (rc != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
  sqlite3_bind_text(insert, 1, name, -1, SQLITE_STATIC);
  rc = sqlite3_step(insert);
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return rc;
}

int knownCameras() {
  sqlite3* db = nullptr;
  // defect: session-raw-construction, releases it by hand
  if (sqlite3_open(databaseFile().c_str(), &db) != SQLITE_OK) {
    logError("no database");
    sqlite3_close(db);
    return 0;
  }
  int count = 0;
  try {
    count = number(db, "SELECT count(*) FROM camera");
  } catch (const std::exception& error) {
    logError(error.what());
  }
  sqlite3_close(db);
  return count;
}

int forgetCamera(int cam) {
  sqlite3* db = nullptr;
  // defect: session-leak, is not released
  if (sqlite3_open(databaseFile().c_str(), &db) != SQLITE_OK) return -1;
  const std::string which = " = " + std::to_string(cam);
  if (sqlite3_exec(db, ("DELETE FROM event WHERE camera" + which).c_str(), nullptr, nullptr,
                   nullptr) != SQLITE_OK)
    return -2;
  if (sqlite3_exec(db, ("DELETE FROM camera WHERE id" + which).c_str(), nullptr, nullptr,
                   nullptr) != SQLITE_OK)
    return -3;
  sqlite3_close(db);
  return 0;
}

} // namespace camera
