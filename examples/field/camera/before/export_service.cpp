// Events for others.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace camera {

int exportEvents() {
  // defect: session-leak, is not released
  auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READONLY);
  int lines = 0;
  SQLite::Statement query(*db, "SELECT id, kind FROM event");
  while (query.executeStep()) ++lines;
  return lines;
}

int exportCameras() {
  // defect: session-raw-construction, releases it by hand
  auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READONLY);
  int lines = 0;
  try {
    SQLite::Statement query(*db, "SELECT name FROM camera");
    while (query.executeStep()) ++lines;
  } catch (const std::exception& error) {
    logError(error.what());
    delete db;
    return -1;
  }
  delete db;
  return lines;
}

} // namespace camera
