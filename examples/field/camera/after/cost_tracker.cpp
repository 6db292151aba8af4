// What the AI has cost.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <stdexcept>

namespace camera {

int trackUsage(int cents) {
  try {
    const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READWRITE);
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
  const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READONLY);
  const int cents = db->execAndGet("SELECT total(cents) FROM cost").getInt();
  if (cents > 1000) throw std::runtime_error("too much");
  return cents;
}

} // namespace camera
