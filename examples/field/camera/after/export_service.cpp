// Events for others.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <memory>

namespace camera {

int exportEvents() {
  const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READONLY);
  int lines = 0;
  SQLite::Statement query(*db, "SELECT id, kind FROM event");
  while (query.executeStep()) ++lines;
  return lines;
}

int exportCameras() {
  const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READONLY);
  int lines = 0;
  try {
    SQLite::Statement query(*db, "SELECT name FROM camera");
    while (query.executeStep()) ++lines;
  } catch (const std::exception& error) {
    logError(error.what());
    return -1;
  }
  return lines;
}

} // namespace camera
