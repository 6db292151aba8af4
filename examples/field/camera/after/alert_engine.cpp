// Rules, and what they set off.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <stdexcept>

namespace camera {

int evaluate(int event) {
  const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READWRITE);
  if (db->execAndGet("SELECT count(*) FROM rule WHERE enabled = 1").getInt() == 0) return 0;
  const int rows = db->exec("INSERT INTO alert(event) VALUES(" + std::to_string(event) + ")");
  return rows;
}

struct Sqlite3CloseDeleter {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

int openAlerts() {
  sqlite3* rawDb = nullptr;
  bool open = false;
  open = sqlite3_open(databaseFile().c_str(), &rawDb) == SQLITE_OK;
  std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  int count = 0;
  if (open) {
    sqlite3_stmt* query = nullptr;
    if (sqlite3_prepare_v2(db.get(), "SELECT count(*) FROM alert WHERE done = 0", -1, &query, nullptr) ==
        SQLITE_OK)
      count = sqlite3_step(query) == SQLITE_ROW ? sqlite3_column_int(query, 0) : 0;
    sqlite3_finalize(query);
  }
  if (open) db.reset();
  return count;
}

int closeAlerts() {
  auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READWRITE);
  try {
    const int rows = db->exec("UPDATE alert SET done = 1 WHERE done = 0");
    return rows;
  } catch (const SQLite::Exception& error) {
    db.reset();
    throw std::runtime_error(error.what());
  }
}

} // namespace camera
