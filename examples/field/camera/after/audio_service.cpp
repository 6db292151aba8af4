// What is heard.
#include "camera.h"

#include <memory>

namespace camera {

struct Sqlite3CloseDeleter {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

int storeSound(int cam, int loudness) {
  sqlite3* rawDb = nullptr;
  const auto opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) return -1;
  if (loudness < 10) return 0;
  const std::string sql =
      "INSERT INTO event(camera, kind) VALUES(" + std::to_string(cam) + ", 'sound')";
  const int done = sqlite3_exec(db.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return done;
}

int silence() {
  sqlite3* rawDb = nullptr;
  const int opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened == SQLITE_OK)
    sqlite3_exec(db.get(), "DELETE FROM event WHERE kind = 'sound'", nullptr, nullptr, nullptr);
  return opened;
}

} // namespace camera
