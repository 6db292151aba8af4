// How long things are kept.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace camera {

int retentionDays() {
  int days = 30;
  try {
    // defect: session-leak, is not released
    auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READONLY);
    days = db->execAndGet("SELECT value FROM setting WHERE name = 'days'").getInt();
    if (days <= 0) return 30;
    delete db;
  } catch (const SQLite::Exception& error) {
    logError(error.what());
  }
  return days;
}

int cleanUp() {
  // defect: session-raw-construction, releases it by hand
  auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READWRITE);
  int rows = 0;
  try {
    SQLite::Transaction transaction(*db);
    rows = db->exec("DELETE FROM event WHERE kind = 'old'");
    db->exec("DELETE FROM summary WHERE event NOT IN (SELECT id FROM event)");
    transaction.commit();
  } catch (...) {
    delete db;
    throw;
  }
  delete db;
  return rows;
}

int cleanCameras() {
  int rows = 0;
  for (const char* table : {"snapshot", "alert", "nothing"}) {
    // defect: session-leak, is lost
    auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READWRITE);
    if (!db->tableExists(table)) continue;
    rows += db->exec(std::string("DELETE FROM ") + table);
    delete db;
  }
  return rows;
}

} // namespace camera
