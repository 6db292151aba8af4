// Databases of SQLiteCpp used by two threads at once.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <future>
#include <string>
#include <thread>

// Gone while the thread uses it.
void onRequest(const std::string& path, int id) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  std::thread([&db, id] { // expect: session-shared-across-threads
    db.exec("UPDATE mails SET sent = 1 WHERE id = " + std::to_string(id));
  }).detach();
}

// Used here before the join.
int countBoth(SQLite::Database& db) {
  int words = 0;
  std::jthread worker([&db, &words] { words = db.execAndGet("SELECT count(*) FROM words").getInt(); }); // expect: session-shared-across-threads
  const int texts = db.execAndGet("SELECT count(*) FROM texts").getInt();
  worker.join();
  return words + texts;
}

// Passed as an argument.
void compact(SQLite::Database& db) {
  db.exec("VACUUM");
}

void maintain(SQLite::Database& db) {
  const std::future<void> done = std::async(std::launch::async, compact, std::ref(db)); // expect: session-shared-across-threads
  db.exec("ANALYZE");
  done.wait();
}
