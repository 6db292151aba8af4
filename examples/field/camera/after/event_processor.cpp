// Events come in, and are stored and counted.
#include "camera.h"

#include <memory>

namespace camera {

struct Sqlite3CloseDeleter {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

int storeEvent(int cam, const char* kind) {
  sqlite3* rawDb = nullptr;
  const auto opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) {
    return -1;
  }
  const std::string sql =
      "INSERT INTO event(camera, kind) VALUES(" + std::to_string(cam) + ", '" + kind + "')";
  const int stored = sqlite3_exec(db.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return stored;
}

int countEvents() {
  sqlite3* rawDb = nullptr;
  const auto opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) return -1;
  sqlite3_stmt* query = nullptr;
  if (sqlite3_prepare_v2(db.get(), "SELECT count(*) FROM event", -1, &query, nullptr) != SQLITE_OK)
    return -2;
  const int count = sqlite3_step(query) == SQLITE_ROW ? sqlite3_column_int(query, 0) : 0;
  sqlite3_finalize(query);
  return count;
}

int markSeen() {
  sqlite3* rawDb = nullptr;
  sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  int changed = 0;
  run(db.get(), "UPDATE event SET seen = 1 WHERE seen = 0");
  changed = sqlite3_changes(db.get());
  return changed;
}

} // namespace camera
