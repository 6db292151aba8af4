// Tests have their own ways with sessions: .session-tidy.json exempts them.
#include "camera.h"

namespace camera {

int testStorage() {
  sqlite3* db = nullptr;
  sqlite3_open(databaseFile().c_str(), &db);
  const int cameras = camerasOf(db);
  if (cameras == 0) return -1;
  const int events = eventsOf(db, 1);
  sqlite3_close(db);
  return events;
}

} // namespace camera
