// A digest for each day.
#include "camera.h"

#include <memory>

namespace camera {

struct Sqlite3CloseDeleter {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

int writeDigest(int day) {
  sqlite3* rawDb = nullptr;
  sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  int written = 0;
  try {
    run(db.get(), "BEGIN");
    run(db.get(), ("INSERT INTO digest(day, text) VALUES(" + std::to_string(day) + ", '')").c_str());
    run(db.get(), "UPDATE event SET digested = 1");
    run(db.get(), "COMMIT");
    written = 1;
  } catch (const std::exception& error) {
    sqlite3_exec(db.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    logError(error.what());
  }
  return written;
}

int lastDigest() {
  sqlite3* rawDb = nullptr;
  const int opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) return -1;
  return number(db.get(), "SELECT max(day) FROM digest");
}

int dropDigests(int before) {
  sqlite3* rawDb = nullptr;
  int rc = 0;
  rc = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (rc != SQLITE_OK) return rc;
  rc = sqlite3_exec(db.get(), ("DELETE FROM digest WHERE day < " + std::to_string(before)).c_str(),
                    nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return rc;
  return SQLITE_OK;
}

} // namespace camera
