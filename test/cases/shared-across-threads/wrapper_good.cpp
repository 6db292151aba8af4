// Classes with a session inside that lock themselves, and threads that are waited for.
// library: sqlite3
#include <sqlite3.h>

#include <memory>
#include <mutex>
#include <string>
#include <thread>

class Store {
public:
  explicit Store(const char* path) {
    if (sqlite3_open(path, &db_) != SQLITE_OK) {
      sqlite3_close(db_);
      db_ = nullptr;
    }
  }
  ~Store() { sqlite3_close(db_); }
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  bool run(const std::string& sql) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }

private:
  std::mutex mutex_;
  sqlite3* db_ = nullptr;
};

void exportAll(Store& store) {
  std::thread worker([&store] { store.run("ATTACH 'export.db' AS e"); });
  store.run("UPDATE settings SET exporting = 1");
  worker.join();
}

struct CloseDb {
  void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};
using DbPtr = std::unique_ptr<sqlite3, CloseDb>;
DbPtr open(const std::string& path);
void run(sqlite3* db, const char* sql);

void check(const std::string& path) {
  const DbPtr db = open(path);
  if (!db)
    return;
  std::thread worker([h = db.get()] { run(h, "PRAGMA integrity_check"); });
  worker.join();
}

// The thread owns what it works with.
void checkLater(const std::string& path) {
  DbPtr db = open(path);
  if (!db)
    return;
  std::thread([own = std::move(db)] { run(own.get(), "ANALYZE"); }).detach();
}
