// A digest for each day.
#include "camera.h"

namespace camera {

int writeDigest(int day) {
  sqlite3* db = nullptr;
  // defect: session-raw-construction, releases it by hand
  sqlite3_open(databaseFile().c_str(), &db);
  int written = 0;
  try {
    run(db, "BEGIN");
    run(db, ("INSERT INTO digest(day, text) VALUES(" + std::to_string(day) + ", '')").c_str());
    run(db, "UPDATE event SET digested = 1");
    run(db, "COMMIT");
    written = 1;
  } catch (const std::exception& error) {
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    logError(error.what());
  }
  sqlite3_close(db);
  return written;
}

int lastDigest() {
  sqlite3* db = nullptr;
  // defect: session-leak, is not released
  const int opened = sqlite3_open(databaseFile().c_str(), &db);
  if (opened != SQLITE_OK) return -1;
  return number(db, "SELECT max(day) FROM digest");
}

int dropDigests(int before) {
  sqlite3* db = nullptr;
  int rc = 0;
  // defect: session-leak, is not released
  if ((rc = sqlite3_open(databaseFile().c_str(), &db)) != SQLITE_OK) return rc;
  rc = sqlite3_exec(db, ("DELETE FROM digest WHERE day < " + std::to_string(before)).c_str(),
                    nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return rc;
  sqlite3_close(db);
  return SQLITE_OK;
}

} // namespace camera
