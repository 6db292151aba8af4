// Which provider is asked, and how often.
#include "camera.h"

#include <memory>

namespace camera {

struct Sqlite3CloseDeleter {
  void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

int nextProvider() {
  sqlite3* rawDb = nullptr;
  const auto opened = sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  if (opened != SQLITE_OK) return 0;
  const int best = number(db.get(), "SELECT id FROM provider ORDER BY failures LIMIT 1");
  if (best == 0) return 0;
  return best;
}

int noteFailure(int provider) {
  sqlite3* rawDb = nullptr;
  sqlite3_open(databaseFile().c_str(), &rawDb);
  const std::unique_ptr<sqlite3, Sqlite3CloseDeleter> db(rawDb);
  run(db.get(), ("UPDATE provider SET failures = failures + 1 WHERE id = " + std::to_string(provider))
              .c_str());
  return 0;
}

} // namespace camera
