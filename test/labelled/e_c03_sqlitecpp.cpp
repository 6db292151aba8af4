// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace notes {

void warn(const char* s) noexcept;
template <class T>
struct Expected {
  std::optional<T> value;
  std::string error;
  explicit operator bool() const { return value.has_value(); }
};

// 1: expected result, guard dropped on each error
Expected<std::int64_t> addNote(SQLite::Database& db, const std::string& text) {
  SQLite::Transaction tx(db);
  SQLite::Statement ins(db, "INSERT INTO note(t) VALUES(?)");
  ins.bind(1, text);
  if (ins.exec() != 1) return {std::nullopt, "not inserted"};
  std::int64_t id = db.getLastInsertRowid();
  SQLite::Statement idx(db, "INSERT INTO fts(id, t) VALUES(?, ?)");
  idx.bind(1, id);
  idx.bind(2, text);
  if (idx.exec() != 1) return {std::nullopt, "not indexed"};
  tx.commit();
  return {id, {}};
}

// 2: statement cache beside the database, declared after it
class Cache {
public:
  explicit Cache(const std::string& f) : db_(f, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {}
  SQLite::Statement& get(const std::string& sql) {
    auto it = cache_.find(sql);
    if (it == cache_.end()) it = cache_.emplace(sql, std::make_unique<SQLite::Statement>(db_, sql)).first;
    it->second->reset();
    it->second->clearBindings();
    return *it->second;
  }
  void rename(int id, const std::string& name) {
    SQLite::Transaction tx(db_);
    auto& st = get("UPDATE note SET t = ? WHERE id = ?");
    st.bind(1, name);
    st.bind(2, id);
    st.exec();
    tx.commit();
  }
  SQLite::Database& db() { return db_; }

private:
  SQLite::Database db_;
  std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> cache_;
};

// 3: values copied out of columns while the statement lives
std::vector<std::string> titles(SQLite::Database& db) {
  std::vector<std::string> out;
  SQLite::Statement q(db, "SELECT t FROM note");
  while (q.executeStep()) {
    const char* raw = q.getColumn(0).getText();
    if (!*raw) continue;
    out.emplace_back(raw);
  }
  return out;
}

// 4: savepoints that are released or fall back
int addTags(SQLite::Database& db, const std::vector<std::string>& tags) {
  SQLite::Transaction tx(db);
  int bad = 0;
  for (const auto& t : tags) {
    try {
      SQLite::Savepoint sp(db, "tag");
      SQLite::Statement q(db, "INSERT INTO tag(n) VALUES(?)");
      q.bind(1, t);
      q.exec();
      sp.release();
    } catch (const SQLite::Exception& e) {
      warn(e.what());
      ++bad;
    }
  }
  tx.commit();
  return bad;
}

// 5: get or create
std::int64_t tagId(SQLite::Database& db, const std::string& n) {
  try {
    SQLite::Transaction tx(db);
    SQLite::Statement q(db, "INSERT INTO tag(n) VALUES(?)");
    q.bind(1, n);
    q.exec();
    tx.commit();
    return db.getLastInsertRowid();
  } catch (const SQLite::Exception&) {
    SQLite::Statement q(db, "SELECT id FROM tag WHERE n = ?");
    q.bind(1, n);
    return q.executeStep() ? q.getColumn(0).getInt64() : -1;
  }
}

// 6: raw SQL transaction with a rollback-only guard object
struct RollbackUnless {
  SQLite::Database& db;
  bool done = false;
  ~RollbackUnless() {
    if (!done) db.tryExec("ROLLBACK");
  }
};

void compact(SQLite::Database& db) {
  db.exec("BEGIN IMMEDIATE");
  RollbackUnless g{db};
  db.exec("DELETE FROM note WHERE dead = 1");
  db.exec("DELETE FROM tag WHERE id NOT IN (SELECT tag FROM note_tag)");
  db.exec("COMMIT");
  g.done = true;
}

// 7: END is COMMIT
void compact2(SQLite::Database& db) {
  db.exec("BEGIN");
  try {
    db.exec("DELETE FROM note WHERE dead = 1");
    db.exec("END TRANSACTION");
  } catch (...) {
    db.tryExec("ROLLBACK");
    throw;
  }
}

// 8: errors by code: tryExec does not throw
bool vacuumInto(SQLite::Database& db, bool big) {
  if (db.tryExec("BEGIN EXCLUSIVE") != SQLite::OK) return false;
  int rc = db.tryExec("DELETE FROM trash");
  if (rc == SQLite::OK && big) rc = db.tryExec("DELETE FROM oldtrash");
  if (rc == SQLite::OK) rc = db.tryExec("COMMIT");
  if (rc != SQLite::OK) db.tryExec("ROLLBACK");
  return rc == SQLite::OK;
}

// 9: handler with rollback, then the error is mapped
int importFile(SQLite::Database& db, const std::vector<std::string>& lines) {
  auto tx = std::make_unique<SQLite::Transaction>(db);
  try {
    SQLite::Statement q(db, "INSERT INTO note(t) VALUES(?)");
    for (const auto& l : lines) {
      q.bind(1, l);
      q.exec();
      q.reset();
    }
    tx->commit();
  } catch (const SQLite::Exception& e) {
    tx.reset();
    db.exec("INSERT INTO err DEFAULT VALUES");
    return e.getErrorCode();
  }
  return 0;
}

// 10: batch, guard renewed by assignment
void batch(SQLite::Database& db, const std::vector<int>& ids) {
  std::unique_ptr<SQLite::Transaction> tx;
  std::size_t i = 0;
  for (int id : ids) {
    if (i % 500 == 0) {
      if (tx) tx->commit();
      tx.reset();
      tx = std::make_unique<SQLite::Transaction>(db);
    }
    SQLite::Statement q(db, "UPDATE note SET n = 0 WHERE id = ?");
    q.bind(1, id);
    q.exec();
    ++i;
  }
  if (tx) tx->commit();
}

// 11: CRTP unit of work
template <class D>
class Unit {
public:
  bool run(SQLite::Database& db) {
    SQLite::Transaction tx(db);
    if (!static_cast<D*>(this)->body(db)) return false;
    tx.commit();
    return true;
  }
};

class Touch : public Unit<Touch> {
public:
  explicit Touch(int id) : id_(id) {}
  bool body(SQLite::Database& db) {
    SQLite::Statement q(db, "UPDATE note SET n = n + 1 WHERE id = ?");
    q.bind(1, id_);
    return q.exec() == 1;
  }

private:
  int id_;
};

bool touchTwo(SQLite::Database& db, int a) {
  Touch t(a);
  return t.run(db);
}

// 12: the statement returned by value together with the database kept by the caller
std::unique_ptr<SQLite::Statement> cursor(SQLite::Database& db, int min) {
  auto q = std::make_unique<SQLite::Statement>(db, "SELECT id FROM note WHERE n > ?");
  q->bind(1, min);
  return q;
}

int countBig(SQLite::Database& db) {
  auto q = cursor(db, 10);
  int n = 0;
  while (q->executeStep()) ++n;
  return n;
}

// 13: the statement of a local database escapes
std::unique_ptr<SQLite::Statement> cursorBad(const std::string& file) {
  SQLite::Database db(file);
  auto q = std::make_unique<SQLite::Statement>(db, "SELECT id FROM note");
  return q;  // expect: session-use-after-scope
}

// 14: the owner and its statement go out together (database first in the struct)
struct Bundle {
  std::unique_ptr<SQLite::Database> db;
  std::unique_ptr<SQLite::Statement> st;
};

Bundle openBundle(const std::string& file) {
  Bundle b;
  b.db = std::make_unique<SQLite::Database>(file);
  b.st = std::make_unique<SQLite::Statement>(*b.db, "SELECT id FROM note");
  return b;
}

// 15: swap of databases: statements dropped before the base
class Reopenable {
public:
  void reopen(const std::string& f) {
    st_.reset();
    db_.reset();
    db_ = std::make_unique<SQLite::Database>(f);
    st_ = std::make_unique<SQLite::Statement>(*db_, "SELECT count(*) FROM note");
  }
  int count() {
    if (!st_) return 0;
    st_->reset();
    return st_->executeStep() ? st_->getColumn(0).getInt() : 0;
  }

private:
  std::unique_ptr<SQLite::Database> db_;
  std::unique_ptr<SQLite::Statement> st_;
};

// 16: joined threads with a base each
void parallelCount(const std::vector<std::string>& files, std::vector<int>& out) {
  out.assign(files.size(), 0);
  std::vector<std::thread> ts;
  for (std::size_t i = 0; i < files.size(); ++i) {
    ts.emplace_back([&, i] {
      try {
        SQLite::Database db(files[i]);
        out[i] = db.execAndGet("SELECT count(*) FROM note").getInt();
      } catch (const SQLite::Exception& e) {
        warn(e.what());
      }
    });
  }
  for (auto& t : ts) t.join();
}

// 17: jthread on the one base, then used on after its scope
int viaJthread(SQLite::Database& db) {
  int n = 0;
  {
    std::jthread t([&] { n = db.tryExec("UPDATE note SET seen = 1"); });
  }
  return n == SQLite::OK ? db.execAndGet("SELECT count(*) FROM note").getInt() : -1;
}

// 18: hook list run in one transaction
void runHooks(SQLite::Database& db, const std::list<std::function<bool(SQLite::Database&)>>& hooks) {
  SQLite::Transaction tx(db);
  for (const auto& h : hooks)
    if (!h(db)) return;
  tx.commit();
}

// 19: the begin is outside, its rollback only for one of the errors
void rebuild(SQLite::Database& db) {
  db.exec("BEGIN");
  try {
    db.exec("DELETE FROM fts");
    db.exec("INSERT INTO fts SELECT id, t FROM note");
    db.exec("COMMIT");
  } catch (const SQLite::Exception& e) {  // expect: session-missing-rollback
    warn(e.what());
  }
}

// 20: a guard in a pair, moved into a member
class Editor {
public:
  explicit Editor(SQLite::Database& db) : db_(db) {}
  void open() {
    if (!tx_) tx_ = std::make_unique<SQLite::Transaction>(db_);
  }
  void edit(int id) {
    open();
    SQLite::Statement q(db_, "UPDATE note SET n = 1 WHERE id = ?");
    q.bind(1, id);
    q.exec();
  }
  void save() {
    if (!tx_) return;
    tx_->commit();
    tx_.reset();
  }
  void cancel() { tx_.reset(); }

private:
  SQLite::Database& db_;
  std::unique_ptr<SQLite::Transaction> tx_;
};

// 21: two commits, each of a guard in an exclusive branch
void archive(SQLite::Database& db, bool hard, int id) {
  if (hard) {
    SQLite::Transaction tx(db);
    db.exec("DELETE FROM note WHERE id = " + std::to_string(id));
    tx.commit();
  } else {
    SQLite::Transaction tx(db);
    db.exec("UPDATE note SET dead = 1 WHERE id = " + std::to_string(id));
    tx.commit();
  }
}

// 22: commit-only guard used as a statement
void oneShot(SQLite::Database& db) {
  SQLite::Transaction{db};  // expect: session-temporary-guard
  db.exec("UPDATE note SET a = 1");
  db.exec("UPDATE note SET b = 1");
}

}  // namespace notes
