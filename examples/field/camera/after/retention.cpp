// How long things are kept.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <memory>

namespace camera {

int retentionDays() {
  int days = 30;
  try {
    const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READONLY);
    days = db->execAndGet("SELECT value FROM setting WHERE name = 'days'").getInt();
    if (days <= 0) return 30;
  } catch (const SQLite::Exception& error) {
    logError(error.what());
  }
  return days;
}

int cleanUp() {
  const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READWRITE);
  int rows = 0;
  {
    SQLite::Transaction transaction(*db);
    rows = db->exec("DELETE FROM event WHERE kind = 'old'");
    db->exec("DELETE FROM summary WHERE event NOT IN (SELECT id FROM event)");
    transaction.commit();
  }
  return rows;
}

int cleanCameras() {
  int rows = 0;
  for (const char* table : {"snapshot", "alert", "nothing"}) {
    const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READWRITE);
    if (!db->tableExists(table)) continue;
    rows += db->exec(std::string("DELETE FROM ") + table);
  }
  return rows;
}

} // namespace camera
