// Pictures of events.
#include "camera.h"

#include <stdexcept>

namespace camera {

int storeSnapshot(int event) {
  sqlite3* db = nullptr;
  // defect: session-leak, is not released
  const int opened = sqlite3_open(databaseFile().c_str(), &db);
  if (opened != SQLITE_OK) throw std::runtime_error("no database");
  if (number(db, ("SELECT count(*) FROM event WHERE id = " + std::to_string(event)).c_str()) == 0)
    throw std::runtime_error("no such event");
  run(db, ("INSERT INTO snapshot(event) VALUES(" + std::to_string(event) + ")").c_str());
  sqlite3_close(db);
  return 1;
}

int countSnapshots() {
  sqlite3* db = nullptr;
  // defect: session-leak, even then there is a handle
  if (sqlite3_open(databaseFile().c_str(), &db) != SQLITE_OK) return -1;
  int count = 0;
  try {
    count = number(db, "SELECT count(*) FROM snapshot");
  } catch (const std::exception& error) {
    logError(error.what());
  }
  sqlite3_close(db);
  return count;
}

int linkSnapshots() {
  sqlite3* db = nullptr;
  // defect: session-raw-construction, releases it by hand
  if (int rc = sqlite3_open(databaseFile().c_str(), &db); rc != SQLITE_OK) {
    sqlite3_close(db);
    return rc;
  }
  const int done = sqlite3_exec(
      db, "UPDATE event SET snapshots = (SELECT count(*) FROM snapshot WHERE event = id)", nullptr,
      nullptr, nullptr);
  sqlite3_close(db);
  return done;
}

} // namespace camera
