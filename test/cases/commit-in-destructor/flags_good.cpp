// Guards that know how the work went, whatever their flag is called.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <exception>

class Batch {
public:
  explicit Batch(SQLite::Database& db) : db_(db), depth_(std::uncaught_exceptions()) { db_.exec("BEGIN"); }
  ~Batch() {
    const bool failed = std::uncaught_exceptions() > depth_;
    db_.tryExec(failed ? "ROLLBACK" : "COMMIT");
  }

private:
  SQLite::Database& db_;
  int depth_;
};

class Chapter {
public:
  explicit Chapter(SQLite::Database& db) : db_(db) { db_.exec("BEGIN"); }
  ~Chapter() { db_.tryExec(written_ ? "COMMIT" : "ROLLBACK"); }
  void close() { written_ = true; }

private:
  SQLite::Database& db_;
  bool written_ = false;
};

// The last line of the work calls `end`, and only then the destructor commits.
class Page {
public:
  explicit Page(SQLite::Database& db) : db_(db), torn_(true) { db_.exec("BEGIN"); }
  ~Page() {
    if (!torn_)
      db_.tryExec("COMMIT");
    else
      db_.tryExec("ROLLBACK");
  }
  void end() { torn_ = false; }

private:
  SQLite::Database& db_;
  bool torn_;
};

void write(SQLite::Database& db) {
  Chapter chapter(db);
  db.exec("UPDATE chapters SET n = n + 1");
  db.exec("INSERT INTO log VALUES('chapter')");
  chapter.close();
}
