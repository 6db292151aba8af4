// Texts about what was seen.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace camera {

int storeSummary(int event, const char* text) {
  // defect: session-raw-construction, releases it by hand
  auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READWRITE);
  int rows = 0;
  try {
    SQLite::Statement insert(*db, "INSERT INTO summary(event, text) VALUES(?, ?)");
    insert.bind(1, event);
    insert.bind(2, text);
    rows = insert.exec();
  } catch (const SQLite::Exception&) {
    delete db;
    throw;
  }
  delete db;
  return rows;
}

int countSummaries() {
  // defect: session-leak, is not released
  auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READONLY);
  const int count = db->execAndGet("SELECT count(*) FROM summary").getInt();
  delete db;
  return count;
}

int forgetSummaries() {
  int rows = -1;
  try {
    // defect: session-leak, is not released
    auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READWRITE);
    rows = db->exec("DELETE FROM summary WHERE text = ''");
    if (rows == 0) return 0;
    db->exec("UPDATE setting SET value = value + 1 WHERE name = 'sweeps'");
    delete db;
  } catch (const std::exception& error) {
    logError(error.what());
  }
  return rows;
}

} // namespace camera
