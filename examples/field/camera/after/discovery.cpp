// Cameras that appear in the network.
#include "camera.h"

#include <memory>
#include <stdexcept>

namespace camera {

struct Sqlite3CloseDeleter {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

int addCamera(const char* name) {
  sqlite3* rawDb = nullptr;
  const int opened = sqlite3_open_v2(databaseFile().c_str(), &rawDb, SQLITE_OPEN_READWRITE, nullptr);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) throw std::runtime_error("no database");
  sqlite3_stmt* insert = nullptr;
  int rc = sqlite3_prepare_v2(db.get(), "INSERT INTO camera(name) VALUES(?)", -1, &insert, nullptr);
  if (rc != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db.get()));
  sqlite3_bind_text(insert, 1, name, -1, SQLITE_STATIC);
  rc = sqlite3_step(insert);
  sqlite3_finalize(insert);
  return rc;
}

int knownCameras() {
  sqlite3* rawDb = nullptr;
  const auto opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) {
    logError("no database");
    return 0;
  }
  int count = 0;
  try {
    count = number(db.get(), "SELECT count(*) FROM camera");
  } catch (const std::exception& error) {
    logError(error.what());
  }
  return count;
}

int forgetCamera(int cam) {
  sqlite3* rawDb = nullptr;
  const auto opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) return -1;
  const std::string which = " = " + std::to_string(cam);
  if (sqlite3_exec(db.get(), ("DELETE FROM event WHERE camera" + which).c_str(), nullptr, nullptr,
                   nullptr) != SQLITE_OK)
    return -2;
  if (sqlite3_exec(db.get(), ("DELETE FROM camera WHERE id" + which).c_str(), nullptr, nullptr,
                   nullptr) != SQLITE_OK)
    return -3;
  return 0;
}

} // namespace camera
