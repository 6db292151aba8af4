// Which provider is asked, and how often.
#include "camera.h"

namespace camera {

int nextProvider() {
  sqlite3* db = nullptr;
  // defect: session-leak, is not released
  if (sqlite3_open(databaseFile().c_str(), &db) != SQLITE_OK) return 0;
  const int best = number(db, "SELECT id FROM provider ORDER BY failures LIMIT 1");
  if (best == 0) return 0;
  sqlite3_close(db);
  return best;
}

int noteFailure(int provider) {
  sqlite3* db = nullptr;
  // defect: session-raw-construction, releases it by hand
  sqlite3_open(databaseFile().c_str(), &db);
  try {
    run(db, ("UPDATE provider SET failures = failures + 1 WHERE id = " + std::to_string(provider))
                .c_str());
  } catch (const std::exception&) {
    sqlite3_close(db);
    throw;
  }
  sqlite3_close(db);
  return 0;
}

} // namespace camera
