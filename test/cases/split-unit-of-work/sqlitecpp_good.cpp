// Several connections of SQLiteCpp that do not split a piece of work.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <vector>

// The second one only reads.
void reprice(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  SQLite::Database settings(path, SQLite::OPEN_READONLY);
  const int factor = settings.execAndGet("SELECT factor FROM settings").getInt();
  db.exec("UPDATE items SET price = price * " + std::to_string(factor));
}

// Two files.
void copy(const std::string& source, const std::string& target) {
  SQLite::Database from(source, SQLite::OPEN_READWRITE);
  SQLite::Database to(target, SQLite::OPEN_READWRITE);
  SQLite::Statement query(from, "SELECT word FROM words");
  SQLite::Statement insert(to, "INSERT INTO words(word) VALUES(?)");
  while (query.executeStep()) {
    insert.bind(1, query.getColumn(0).getString());
    insert.exec();
    insert.reset();
  }
  from.exec("UPDATE meta SET copied = 1");
}

// Memory and file.
int distinct(const std::string& path) {
  SQLite::Database scratch(":memory:", SQLite::OPEN_READWRITE);
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  scratch.exec("CREATE TABLE words(word TEXT UNIQUE)");
  db.exec("UPDATE meta SET counted = 1");
  return scratch.execAndGet("SELECT count(*) FROM words").getInt();
}

// A file for each shard.
void touchAll(const std::vector<std::string>& shards) {
  for (const std::string& shard : shards) {
    SQLite::Database db(shard, SQLite::OPEN_READWRITE);
    db.exec("UPDATE meta SET touched = 1");
  }
}

// Two given by the caller.
void swapNames(SQLite::Database& left, SQLite::Database& right) {
  left.exec("UPDATE meta SET name = 'right'");
  right.exec("UPDATE meta SET name = 'left'");
}
