// Transactions of SQLiteCpp that nobody named.
// library: sqlitecpp
// checks: session-temporary-guard
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

#include <string>
#include <vector>

struct Song {
  std::string title;
  int seconds = 0;
};

class Library {
public:
  explicit Library(const std::string& path) : db_(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    SQLite::Transaction{db_}; // expect: session-temporary-guard "SQLite::Transaction"
    db_.exec("CREATE TABLE IF NOT EXISTS songs(id INTEGER PRIMARY KEY, title TEXT, seconds INTEGER)");
    db_.exec("CREATE TABLE IF NOT EXISTS plays(song INTEGER, day TEXT)");
  }

  void add(const std::vector<Song>& songs) {
    SQLite::Transaction(this->db_); // expect: session-temporary-guard
    SQLite::Statement insert(db_, "INSERT INTO songs(title, seconds) VALUES(?, ?)");
    for (const Song& song : songs) {
      insert.bind(1, song.title);
      insert.bind(2, song.seconds);
      insert.exec();
      insert.reset();
    }
  }

  int removeShort(int limit) {
    SQLite::Savepoint(db_, "short"); // expect: session-temporary-guard "SQLite::Savepoint"
    const int removed = db_.exec("DELETE FROM songs WHERE seconds < " + std::to_string(limit));
    return removed + db_.exec("DELETE FROM plays WHERE song NOT IN (SELECT id FROM songs)");
  }

  // Every round of the loop makes one and loses it.
  void playAll(const std::vector<int>& ids) {
    for (std::size_t i = 0; i < ids.size(); ++i)
      SQLite::Transaction(db_, SQLite::TransactionBehavior::IMMEDIATE); // expect: session-temporary-guard (no fix)
    db_.exec("UPDATE songs SET seconds = seconds");
  }

  // Right below a label a declaration would not compile: the next label jumps over it.
  void vacuum(int mode) {
    switch (mode) {
    case 0:
      (void)SQLite::Transaction{db_}; // expect: session-temporary-guard (no fix)
      db_.exec("DELETE FROM plays");
      break;
    case 1: {
      (void)SQLite::Transaction{db_}; // expect: session-temporary-guard
      db_.exec("DELETE FROM songs");
      break;
    }
    default:
      db_.exec("VACUUM");
    }
  }

private:
  SQLite::Database db_;
};
