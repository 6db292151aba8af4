// What the cameras say by themselves.
#include "camera.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <memory>

namespace camera {

int frameCount() {
  int frames = 10;
  try {
    const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READWRITE);
    frames = db->execAndGet("SELECT value FROM setting WHERE name = 'frames'").getInt();
  } catch (const std::exception& error) {
    logError(error.what());
  }
  return frames;
}

int ringDoorbell(int cam) {
  const auto db = std::make_unique<SQLite::Database>(databaseFile(), SQLite::OPEN_READWRITE);
  const std::string id = std::to_string(cam);
  if (db->execAndGet("SELECT enabled FROM camera WHERE id = " + id).getInt() == 0) return 0;
  const int rows = db->exec("INSERT INTO event(camera, kind) VALUES(" + id + ", 'ring')");
  return rows;
}

struct Sqlite3CloseDeleter {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

int motion(int cam) {
  sqlite3* rawDb = nullptr;
  bool shouldClose = false;
  const auto opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened == SQLITE_OK) shouldClose = true;
  const std::string sql =
      "INSERT INTO event(camera, kind) VALUES(" + std::to_string(cam) + ", 'motion')";
  if (sqlite3_exec(db.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return -1;
  if (shouldClose) db.reset();
  return 0;
}

} // namespace camera
