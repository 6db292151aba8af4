// Classes with a session inside, handed to a thread by reference, and handles by copy.
// library: sqlite3
#include <sqlite3.h>

#include <memory>
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
  bool run(const std::string& sql) { return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK; }
  sqlite3* handle() const { return db_; }

private:
  sqlite3* db_ = nullptr;
};

void exportAll(Store& store) {
  std::thread worker([&store] { store.run("ATTACH 'export.db' AS e"); }); // expect: session-shared-across-threads
  store.run("UPDATE settings SET exporting = 1");
  worker.join();
}

struct CloseDb {
  void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};
using DbPtr = std::unique_ptr<sqlite3, CloseDb>;
DbPtr open(const std::string& path);
void run(sqlite3* db, const char* sql);

void warmUp(const std::string& path) {
  const DbPtr db = open(path);
  if (!db)
    return;
  std::thread([h = db.get()] { run(h, "ANALYZE"); }).detach(); // expect: session-shared-across-threads
}
