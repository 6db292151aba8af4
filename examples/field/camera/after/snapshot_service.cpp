// Pictures of events.
#include "camera.h"

#include <memory>
#include <stdexcept>

namespace camera {

struct Sqlite3CloseDeleter {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

int storeSnapshot(int event) {
  sqlite3* rawDb = nullptr;
  const int opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) throw std::runtime_error("no database");
  if (number(db.get(), ("SELECT count(*) FROM event WHERE id = " + std::to_string(event)).c_str()) == 0)
    throw std::runtime_error("no such event");
  run(db.get(), ("INSERT INTO snapshot(event) VALUES(" + std::to_string(event) + ")").c_str());
  return 1;
}

int countSnapshots() {
  sqlite3* rawDb = nullptr;
  const auto opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) return -1;
  int count = 0;
  try {
    count = number(db.get(), "SELECT count(*) FROM snapshot");
  } catch (const std::exception& error) {
    logError(error.what());
  }
  return count;
}

int linkSnapshots() {
  sqlite3* rawDb = nullptr;
  int rc = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (rc != SQLITE_OK) {
    return rc;
  }
  const int done = sqlite3_exec(
      db.get(), "UPDATE event SET snapshots = (SELECT count(*) FROM snapshot WHERE event = id)", nullptr,
      nullptr, nullptr);
  return done;
}

} // namespace camera
