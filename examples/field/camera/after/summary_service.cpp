// Texts about what was seen.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <memory>

namespace camera {

int storeSummary(int event, const char* text) {
  const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READWRITE);
  int rows = 0;
  {
    SQLite::Statement insert(*db, "INSERT INTO summary(event, text) VALUES(?, ?)");
    insert.bind(1, event);
    insert.bind(2, text);
    rows = insert.exec();
  }
  return rows;
}

int countSummaries() {
  const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READONLY);
  const int count = db->execAndGet("SELECT count(*) FROM summary").getInt();
  return count;
}

int forgetSummaries() {
  int rows = -1;
  try {
    const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READWRITE);
    rows = db->exec("DELETE FROM summary WHERE text = ''");
    if (rows == 0) return 0;
    db->exec("UPDATE setting SET value = value + 1 WHERE name = 'sweeps'");
  } catch (const std::exception& error) {
    logError(error.what());
  }
  return rows;
}

} // namespace camera
