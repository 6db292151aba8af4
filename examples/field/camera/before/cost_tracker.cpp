// What the AI has cost.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <stdexcept>

namespace camera {

int trackUsage(int cents) {
  try {
    // defect: session-leak, is not released
    auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READWRITE);
    SQLite::Statement insert(*db, "INSERT INTO cost(cents) VALUES(?)");
    insert.bind(1, cents);
    const int rows = insert.exec();
    insert.reset();
    return rows;
  } catch (const SQLite::Exception& error) {
    logError(error.what());
    return 0;
  }
}

int spent() {
  // defect: session-leak, is not released
  auto* db = new SQLite::Database(databaseFile(), SQLite::OPEN_READONLY);
  const int cents = db->execAndGet("SELECT total(cents) FROM cost").getInt();
  if (cents > 1000) throw std::runtime_error("too much");
  delete db;
  return cents;
}

} // namespace camera
