// Rules, and what they set off.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <stdexcept>

namespace camera {

int evaluate(int event) {
  // defect: session-leak, is not released
  auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READWRITE);
  if (db->execAndGet("SELECT count(*) FROM rule WHERE enabled = 1").getInt() == 0) return 0;
  const int rows = db->exec("INSERT INTO alert(event) VALUES(" + std::to_string(event) + ")");
  delete db;
  return rows;
}

int openAlerts() {
  sqlite3* db = nullptr;
  bool open = false;
  // defect: session-leak, even then there is a handle
  open = sqlite3_open(databaseFile().c_str(), &db) == SQLITE_OK;
  int count = 0;
  if (open) {
    sqlite3_stmt* query = nullptr;
    if (sqlite3_prepare_v2(db, "SELECT count(*) FROM alert WHERE done = 0", -1, &query, nullptr) ==
        SQLITE_OK)
      count = sqlite3_step(query) == SQLITE_ROW ? sqlite3_column_int(query, 0) : 0;
    sqlite3_finalize(query);
  }
  if (open) sqlite3_close(db);
  return count;
}

int closeAlerts() {
  // defect: session-raw-construction, releases it by hand
  auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READWRITE);
  try {
    const int rows = db->exec("UPDATE alert SET done = 1 WHERE done = 0");
    delete db;
    return rows;
  } catch (const SQLite::Exception& error) {
    delete db;
    throw std::runtime_error(error.what());
  }
}

} // namespace camera
