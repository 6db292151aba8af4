// Threads with databases of SQLiteCpp of their own, or with the only one.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

// Opened in the thread.
void onRequest(const std::string& path, int id) {
  std::thread([path, id] {
    SQLite::Database db(path, SQLite::OPEN_READWRITE);
    db.exec("UPDATE mails SET sent = 1 WHERE id = " + std::to_string(id));
  }).detach();
}

// Moved in.
void handOver(SQLite::Database db) {
  std::thread([own = std::move(db)]() mutable { own.exec("VACUUM"); }).detach();
}

// Owned by the thread alone.
void handOverPointer(std::unique_ptr<SQLite::Database> db) {
  db->setBusyTimeout(1000);
  std::thread([own = std::move(db)] { own->exec("VACUUM"); }).detach();
}

// Joined before the next use.
int countBoth(SQLite::Database& db) {
  int words = 0;
  std::thread worker([&db, &words] { words = db.execAndGet("SELECT count(*) FROM words").getInt(); });
  worker.join();
  return words + db.execAndGet("SELECT count(*) FROM texts").getInt();
}

// Joined by the end of the scope.
int countInScope(SQLite::Database& db) {
  int words = 0;
  {
    std::jthread worker([&db, &words] { words = db.execAndGet("SELECT count(*) FROM words").getInt(); });
  }
  db.exec("UPDATE meta SET words = " + std::to_string(words));
  return words;
}
