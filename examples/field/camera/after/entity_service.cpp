// People, cars and dogs that come again.
#include "camera.h"

#include <memory>

namespace camera {

struct Sqlite3CloseDeleter {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

int storeEntity(const char* name) {
  sqlite3* rawDb = nullptr;
  const auto opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) return -1;
  try {
    run(db.get(), (std::string("INSERT INTO entity(name) VALUES('") + name + "')").c_str());
    db.reset();
  } catch (const std::exception& error) {
    logError(error.what());
    return -2;
  }
  return 0;
}

int mergeEntities(int from, int into) {
  sqlite3* rawDb = nullptr;
  sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (sqlite3_exec(db.get(), "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK) {
    return -1;
  }
  const std::string sql = "UPDATE event SET entity = " + std::to_string(into) +
                          " WHERE entity = " + std::to_string(from);
  if (sqlite3_exec(db.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    sqlite3_exec(db.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    return -2;
  }
  const int done = sqlite3_exec(db.get(), "COMMIT", nullptr, nullptr, nullptr);
  return done;
}

int countEntities() {
  sqlite3* rawDb = nullptr;
  sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  return number(db.get(), "SELECT count(*) FROM entity");
}

} // namespace camera
