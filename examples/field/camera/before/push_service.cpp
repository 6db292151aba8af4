// The factory that was meant so: whoever asks for the service closes it.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace camera {

PushService makePushService() {
  auto* db = new SQLite::Database(databaseFile(), // NOLINT(session-leak): close() is the caller's
                                  SQLite::OPEN_READWRITE);
  db->setBusyTimeout(1000);
  return PushService(db);
}

int PushService::send() {
  return db_->exec("INSERT INTO push DEFAULT VALUES");
}

void PushService::close() {
  delete db_;
  db_ = nullptr;
}

} // namespace camera
