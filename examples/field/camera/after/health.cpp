// Whether everything is well.
#include "camera.h"

#include <memory>

namespace camera {

struct Sqlite3CloseDeleter {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

int ping() {
  sqlite3* rawDb = nullptr;
  const int opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  return opened;
}

struct Sqlite3FinalizeDeleter {
  void operator()(sqlite3_stmt* handle) const noexcept { sqlite3_finalize(handle); }
};

int integrity() {
  sqlite3* rawDb = nullptr;
  const auto opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) return -1;
  sqlite3_stmt* rawCheck = nullptr;
  const auto prepared = sqlite3_prepare_v2(db.get(), "SELECT count(*) FROM event, camera", -1, &rawCheck, nullptr);
  std::unique_ptr<sqlite3_stmt, Sqlite3FinalizeDeleter> check(rawCheck);
  if (prepared !=
      SQLITE_OK)
    return -2;
  if (sqlite3_step(check.get()) != SQLITE_ROW) return -3;
  check.reset();
  return 0;
}

} // namespace camera
