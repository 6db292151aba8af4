// Guards whose flag an exception does not touch: unless somebody says otherwise they commit.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

class Entry {
public:
  explicit Entry(SQLite::Database& db) : db_(db) { db_.exec("BEGIN"); }
  ~Entry() {
    if (failed_)
      db_.tryExec("ROLLBACK");
    else
      db_.tryExec("COMMIT"); // expect: session-commit-in-destructor
  }
  void fail() { failed_ = true; }

private:
  SQLite::Database& db_;
  bool failed_ = false;
};

class Line {
public:
  explicit Line(SQLite::Database& db) : db_(db), keep_(true) { db_.exec("BEGIN"); }
  ~Line() {
    if (keep_)
      db_.tryExec("COMMIT"); // expect: session-commit-in-destructor
    else
      db_.tryExec("ROLLBACK");
  }
  void drop() { keep_ = false; }

private:
  SQLite::Database& db_;
  bool keep_;
};
