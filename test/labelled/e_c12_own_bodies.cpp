// library: sqlite3
#include <sqlite3.h>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace orm {

struct DbError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Code {
  int rc = SQLITE_OK;
  std::string text;
  bool ok() const noexcept { return rc == SQLITE_OK; }
};

// The session: owns the handle, throws on errors.
class Session {
public:
  explicit Session(const std::string& path) {
    if (sqlite3_open(path.c_str(), &h_) != SQLITE_OK) {
      std::string why = h_ ? sqlite3_errmsg(h_) : "no memory";
      sqlite3_close(h_);
      throw DbError(why);
    }
  }
  Session(Session&& o) noexcept : h_(std::exchange(o.h_, nullptr)) {}
  Session& operator=(Session&& o) noexcept {
    std::swap(h_, o.h_);
    return *this;
  }
  ~Session() { close(); }
  void close() noexcept {
    sqlite3_close_v2(std::exchange(h_, nullptr));
  }
  bool isOpen() const noexcept { return h_ != nullptr; }
  sqlite3* handle() const noexcept { return h_; }
  void exec(const std::string& sql) {
    char* err = nullptr;
    if (sqlite3_exec(h_, sql.c_str(), nullptr, nullptr, &err) == SQLITE_OK) return;
    std::string why = err ? err : "error";
    sqlite3_free(err);
    throw DbError(why);
  }
  Code tryExec(const std::string& sql) noexcept {
    int rc = sqlite3_exec(h_, sql.c_str(), nullptr, nullptr, nullptr);
    return {rc, rc == SQLITE_OK ? "" : sqlite3_errmsg(h_)};
  }
  int scalar(const std::string& sql) {
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(h_, sql.c_str(), -1, &st, nullptr) != SQLITE_OK) throw DbError(sqlite3_errmsg(h_));
    int v = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int(st, 0) : 0;
    sqlite3_finalize(st);
    return v;
  }
  void begin() { exec("BEGIN"); }
  void commit() { exec("COMMIT"); }
  void rollback() { exec("ROLLBACK"); }

private:
  sqlite3* h_ = nullptr;
};

// Guard that rolls back.
class Transaction {
public:
  explicit Transaction(Session& s) : s_(&s) { s_->begin(); }
  Transaction(Transaction&& o) noexcept : s_(std::exchange(o.s_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction() {
    if (s_) s_->tryExec("ROLLBACK");
  }
  void commit() {
    s_->commit();
    s_ = nullptr;
  }
  void rollback() { std::exchange(s_, nullptr)->rollback(); }

private:
  Session* s_;
};

// Guard that commits at its normal end and rolls back when it is unwound.
class AutoTransaction {
public:
  explicit AutoTransaction(Session& s) : s_(s), depth_(std::uncaught_exceptions()) { s_.begin(); }
  AutoTransaction(const AutoTransaction&) = delete;
  AutoTransaction& operator=(const AutoTransaction&) = delete;
  ~AutoTransaction() noexcept(false) {
    if (std::uncaught_exceptions() > depth_)
      s_.tryExec("ROLLBACK");
    else
      finish();
  }

private:
  void finish() {
    try {
      s_.commit();
    } catch (...) {
      s_.tryExec("ROLLBACK");
      throw;
    }
  }
  Session& s_;
  int depth_;
};

// Pool with a bounded number of sessions.
class Pool {
public:
  class Lease {
  public:
    Lease(Pool& p, std::unique_ptr<Session> s) : pool_(&p), s_(std::move(s)) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (s_) pool_->put(std::move(s_));
    }
    Session& operator*() const { return *s_; }
    Session* operator->() const { return s_.get(); }

  private:
    Pool* pool_;
    std::unique_ptr<Session> s_;
  };
  Pool(const std::string& path, int n) {
    for (int i = 0; i < n; ++i) free_.push_back(std::make_unique<Session>(path));
  }
  Lease get() {
    std::unique_lock<std::mutex> l(m_);
    cv_.wait(l, [this] { return !free_.empty(); });
    auto s = std::move(free_.front());
    free_.pop_front();
    return Lease(*this, std::move(s));
  }

private:
  void put(std::unique_ptr<Session> s) {
    if (!sqlite3_get_autocommit(s->handle())) s->tryExec("ROLLBACK");
    {
      std::lock_guard<std::mutex> l(m_);
      free_.push_back(std::move(s));
    }
    cv_.notify_one();
  }
  std::mutex m_;
  std::condition_variable cv_;
  std::deque<std::unique_ptr<Session>> free_;
};

// 1: the auto guard needs no commit
void addTwo(Session& s) {
  AutoTransaction tx(s);
  s.exec("INSERT INTO a VALUES(1)");
  s.exec("INSERT INTO b VALUES(1)");
}

// 2: early return under the auto guard commits too
bool addIfNew(Session& s, int id) {
  AutoTransaction tx(s);
  s.exec("INSERT INTO seen VALUES(" + std::to_string(id) + ")");
  if (s.scalar("SELECT count(*) FROM a WHERE id = " + std::to_string(id)) > 0) return false;
  s.exec("INSERT INTO a VALUES(" + std::to_string(id) + ")");
  return true;
}

// 3: the auto guard's handler outside
Code addCoded(Session& s) {
  try {
    AutoTransaction tx(s);
    s.exec("INSERT INTO a VALUES(1)");
    s.exec("INSERT INTO b VALUES(1)");
  } catch (const DbError& e) {
    return {SQLITE_ERROR, e.what()};
  }
  return {};
}

// 4: swallowed within the auto guard: half of it is committed
void addLossy(Session& s) {
  AutoTransaction tx(s);
  try {
    s.exec("INSERT INTO a VALUES(1)");
    s.exec("INSERT INTO b VALUES(1)");
  } catch (const DbError&) {  // expect: session-swallow-and-commit
    s.exec("INSERT INTO err VALUES(1)");
  }
}

// 5: dirty lease is cleaned by the pool
void pooled(Pool& p) {
  auto s = p.get();
  s->begin();
  s->exec("UPDATE a SET n = 1");
  s->exec("UPDATE b SET n = 1");
  s->commit();
}

// 6: codes, an early end, one way out
Code coded(Session& s, const std::vector<std::string>& sql) {
  Code c = s.tryExec("BEGIN IMMEDIATE");
  if (!c.ok()) return c;
  for (const auto& q : sql) {
    c = s.tryExec(q);
    if (!c.ok()) break;
  }
  if (c.ok()) c = s.tryExec("COMMIT");
  if (!c.ok()) s.tryExec("ROLLBACK");
  return c;
}

// 7: codes, rollback missing on the second
Code codedBad(Session& s) {
  Code c = s.tryExec("BEGIN");  // expect: session-unfinished-transaction
  if (!c.ok()) return c;
  c = s.tryExec("UPDATE a SET n = 1");
  if (!c.ok()) {
    s.tryExec("ROLLBACK");
    return c;
  }
  c = s.tryExec("UPDATE b SET n = 1");
  if (!c.ok()) return c;
  c = s.tryExec("COMMIT");
  if (!c.ok()) s.tryExec("ROLLBACK");
  return c;
}

// 8: guard given away to the function that ends it
void seal(Transaction tx, Session& s) {
  s.exec("UPDATE meta SET sealed = 1");
  tx.commit();
}

void writeAndSeal(Session& s) {
  Transaction tx(s);
  s.exec("UPDATE a SET n = 2");
  seal(std::move(tx), s);
}

// 9: guard optional, rolled back and started again
int twoTries(Session& s) {
  for (int i = 0; i < 2; ++i) {
    std::optional<Transaction> tx(std::in_place, s);
    Code c = s.tryExec("UPDATE a SET n = n + 1");
    if (!c.ok()) {
      tx.reset();
      s.exec("INSERT INTO err VALUES(" + std::to_string(c.rc) + ")");
      continue;
    }
    tx->commit();
    return i;
  }
  return -1;
}

// 10: an open helper that may be called inside or outside
template <class F>
void ensureTx(Session& s, F f) {
  if (!sqlite3_get_autocommit(s.handle())) {
    f(s);
    return;
  }
  Transaction tx(s);
  f(s);
  tx.commit();
}

void nestedEnsure(Session& s) {
  ensureTx(s, [](Session& a) {
    a.exec("UPDATE a SET n = 1");
    ensureTx(a, [](Session& b) { b.exec("UPDATE b SET n = 1"); });
  });
}

// 11: finally-lambda
template <class F>
struct Finally {
  F f;
  ~Finally() { f(); }
};
template <class F>
Finally(F) -> Finally<F>;

void withFinally(Session& s) {
  bool done = false;
  s.begin();
  Finally undo{[&] {
    if (!done) s.tryExec("ROLLBACK");
  }};
  s.exec("UPDATE a SET n = 3");
  s.exec("UPDATE b SET n = 3");
  s.commit();
  done = true;
}

// 12: swap of sessions
void rotate(Session& live, const std::string& path) {
  Session fresh(path);
  fresh.exec("PRAGMA journal_mode = WAL");
  std::swap(live, fresh);
  fresh.close();
  live.exec("PRAGMA optimize");
}

// 13: closed in one branch, which opens another
int reopenIf(std::unique_ptr<Session>& s, const std::string& path, bool fresh) {
  if (fresh) {
    s->close();
    s = std::make_unique<Session>(path);
  }
  return s->scalar("SELECT count(*) FROM a");
}

// 14: close, then the use in the next round
int scanAll(Session s, int rounds) {
  int n = 0;
  for (int i = 0; i < rounds; ++i) {
    n += s.scalar("SELECT count(*) FROM a");  // expect: session-use-after-scope
    if (n > 100) s.close();
  }
  return n;
}

// 15: close and leave
int scanSome(Session s, int rounds) {
  int n = 0;
  for (int i = 0; i < rounds; ++i) {
    n += s.scalar("SELECT count(*) FROM a");
    if (n > 100) {
      s.close();
      break;
    }
  }
  return n;
}

// 16: state in the class: commit after n changes, rest in flush and the destructor only rolls back
class Writer {
public:
  explicit Writer(Session& s, int every) : s_(s), every_(every) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() {
    if (pending_ > 0) s_.tryExec("ROLLBACK");
  }
  void add(int id) {
    if (pending_ == 0) s_.begin();
    ++pending_;
    s_.exec("INSERT INTO a VALUES(" + std::to_string(id) + ")");
    if (pending_ >= every_) flush();
  }
  void flush() {
    if (pending_ == 0) return;
    s_.commit();
    pending_ = 0;
  }

private:
  Session& s_;
  int every_;
  int pending_ = 0;
};

void fill(Session& s, int n) {
  Writer w(s, 100);
  for (int i = 0; i < n; ++i) w.add(i);
  w.flush();
}

// 17: worker with a lease of its own and a callback
void inBackground(Pool& p, std::function<void(int)> done) {
  std::jthread t([&p, done = std::move(done)] {
    auto s = p.get();
    Code c = s->tryExec("ANALYZE");
    done(c.rc);
  });
}

// 18: hand-written rollback in one translator of exceptions
template <class F>
Code translate(Session& s, F&& f) noexcept {
  try {
    s.begin();
  } catch (const DbError& e) {
    return {SQLITE_BUSY, e.what()};
  }
  try {
    f(s);
    s.commit();
    return {};
  } catch (const DbError& e) {
    s.tryExec("ROLLBACK");
    return {SQLITE_ERROR, e.what()};
  } catch (...) {
    s.tryExec("ROLLBACK");
    return {SQLITE_INTERNAL, "unknown"};
  }
}

Code setAll(Session& s, int n) {
  return translate(s, [n](Session& x) {
    x.exec("UPDATE a SET n = " + std::to_string(n));
    x.exec("UPDATE b SET n = " + std::to_string(n));
  });
}

}  // namespace orm
