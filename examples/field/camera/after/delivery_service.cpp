// The lazy session that was meant so: close() releases it, and the destructor calls close().
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace camera {

int DeliveryService::deliver() {
  return session().exec("INSERT INTO delivery DEFAULT VALUES");
}

void DeliveryService::close() {
  delete session_;
  session_ = nullptr;
}

SQLite::Database& DeliveryService::session() {
  if (session_ == nullptr) {
    auto* db = new SQLite::Database(databaseFile(), // NOLINT(session-leak): lazy, see close()
                                    SQLite::OPEN_READWRITE);
    db->setBusyTimeout(1000);
    session_ = db;
  }
  return *session_;
}

} // namespace camera
