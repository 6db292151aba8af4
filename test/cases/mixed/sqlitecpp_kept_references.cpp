// library: sqlitecpp
// Objects that keep a reference to a session and go to the caller; handlers of types that no throw
// in sight has; destructors that commit what is dirty; tries that are counted.
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace app {

class Repository {
public:
  explicit Repository(SQLite::Database& db) : db_(db) {}
  void touch() { db_.exec("UPDATE item SET seen = 1"); }

private:
  SQLite::Database& db_;
};

class Items : public Repository {
public:
  using Repository::Repository;
};

std::unique_ptr<SQLite::Database> openDatabase();

std::unique_ptr<Repository> made(const std::string& path) {
  SQLite::Database db(path);
  return std::make_unique<Repository>(db); // expect: session-use-after-scope
}

Repository byValue(const std::string& path) {
  SQLite::Database db(path);
  Repository items(db);
  items.touch();
  return items; // expect: session-use-after-scope
}

std::unique_ptr<Repository> onTheCallers(SQLite::Database& db) {
  return std::make_unique<Repository>(db);
}

void onATemporary() {
  Items items(*openDatabase());
  items.touch(); // expect: session-use-after-scope
}

void onAnOwner() {
  auto db = openDatabase();
  Items items(*db);
  items.touch();
}

class Marks {
public:
  explicit Marks(SQLite::Database& db) : db_(db) { db_.exec("BEGIN"); }
  Marks(const Marks&) = delete;
  ~Marks() {
    try {
      if (dirty_)
        db_.exec("COMMIT"); // expect: session-commit-in-destructor
      else
        db_.exec("ROLLBACK");
    } catch (const SQLite::Exception&) {
    }
  }
  void mark() { dirty_ = true; }

private:
  SQLite::Database& db_;
  bool dirty_ = false;
};

int perItem(SQLite::Database& db, const std::vector<std::string>& names) {
  SQLite::Transaction tx(db);
  int stored = 0;
  for (const std::string& name : names) {
    SQLite::Savepoint point(db, "one");
    try {
      SQLite::Statement insert(db, "INSERT INTO item VALUES (?)");
      insert.bind(1, name);
      insert.exec();
      point.release();
      ++stored;
    } catch (const SQLite::Exception&) {
      continue;
    }
  }
  tx.commit();
  return stored;
}

} // namespace app
