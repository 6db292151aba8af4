// Settings, by name.
#include "camera.h"

#include <memory>

namespace camera {

struct Sqlite3CloseDeleter {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

int setting(const char* name) {
  sqlite3* rawDb = nullptr;
  const auto opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) return -1;
  sqlite3_stmt* query = nullptr;
  if (sqlite3_prepare_v2(db.get(), "SELECT value FROM setting WHERE name = ?", -1, &query, nullptr) !=
      SQLITE_OK) {
    return -2;
  }
  sqlite3_bind_text(query, 1, name, -1, SQLITE_STATIC);
  const int value = sqlite3_step(query) == SQLITE_ROW ? sqlite3_column_int(query, 0) : 0;
  sqlite3_finalize(query);
  return value;
}

int change(const char* name, int value) {
  sqlite3* rawDb = nullptr;
  int rc = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (rc == SQLITE_OK) {
    const std::string sql =
        "UPDATE setting SET value = " + std::to_string(value) + " WHERE name = '" + name + "'";
    rc = sqlite3_exec(db.get(), sql.c_str(), nullptr, nullptr, nullptr);
  }
  return rc;
}

int resetSettings() {
  sqlite3* rawDb = nullptr;
  sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  try {
    run(db.get(), "UPDATE setting SET value = 0");
  } catch (const std::exception& error) {
    logError(error.what());
    return -1;
  }
  return 0;
}

} // namespace camera
