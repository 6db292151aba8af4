#include <chrono>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

// Only declared: the bodies are elsewhere.
namespace db {

class Error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
  int code() const noexcept;
};

class Rows {
public:
  bool next();
  int getInt(int i) const;
  std::string getText(int i) const;
};

class Connection {
public:
  explicit Connection(const std::string& dsn);
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();
  void open(const std::string& dsn);
  void close() noexcept;
  bool isOpen() const noexcept;
  bool inTransaction() const noexcept;
  void begin();
  void commit();
  void rollback();
  void exec(const std::string& sql);
  void exec(const std::string& sql, int a);
  Rows query(const std::string& sql);
};

class Transaction {  // rolls back in its destructor unless committed
public:
  explicit Transaction(Connection& c);
  Transaction(Transaction&&) noexcept;
  Transaction(const Transaction&) = delete;
  ~Transaction();
  void commit();
  void rollback();
  bool active() const noexcept;
};

class Savepoint {
public:
  Savepoint(Connection& c, const char* name);
  ~Savepoint();
  void release();
};

class Pool {
public:
  explicit Pool(const std::string& dsn, int size);
  Connection& acquire();
  void release(Connection& c) noexcept;
  std::unique_ptr<Connection, std::function<void(Connection*)>> lease();
};

}  // namespace db

void info(const std::string& s) noexcept;
void publish(int id);

namespace app {

// 1: lease guard over the pair
class Held {
public:
  explicit Held(db::Pool& p) : pool_(p), c_(p.acquire()) {}
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() { pool_.release(c_); }
  db::Connection* operator->() const { return &c_; }
  db::Connection& get() const { return c_; }

private:
  db::Pool& pool_;
  db::Connection& c_;
};

int count(db::Pool& pool) {
  Held h(pool);
  db::Rows r = h->query("SELECT count(*) FROM job");
  return r.next() ? r.getInt(0) : 0;
}

// 2: pair by hand; nothing between may throw
bool probe(db::Pool& pool) {
  db::Connection& c = pool.acquire();
  const bool clean = c.isOpen() && !c.inTransaction();
  pool.release(c);
  return clean;
}

// 3: pair by hand; the query throws past the release
int countBad(db::Pool& pool) {
  db::Connection& c = pool.acquire();  // expect: session-leak
  db::Rows r = c.query("SELECT count(*) FROM job");
  int n = r.next() ? r.getInt(0) : 0;
  pool.release(c);
  return n;
}

// 4: guard factory by value
db::Transaction startJob(db::Connection& c, int id) {
  db::Transaction tx(c);
  c.exec("UPDATE job SET st = 1 WHERE id = ?", id);
  return tx;
}

void runJob(db::Connection& c, int id) {
  db::Transaction tx = startJob(c, id);
  c.exec("UPDATE job SET st = 2 WHERE id = ?", id);
  tx.commit();
}

// 5: guards in a vector, one for each database
void commitAll(const std::vector<db::Connection*>& cs) {
  std::vector<db::Transaction> txs;
  txs.reserve(cs.size());
  for (auto* c : cs) {
    txs.emplace_back(*c);
    c->exec("UPDATE meta SET n = n + 1");
  }
  for (auto& t : txs) t.commit();
}

// 6: correlated conditions
void update(db::Connection& c, int id, bool nested) {
  std::optional<db::Transaction> tx;
  if (!nested) tx.emplace(c);
  c.exec("UPDATE job SET n = n + 1 WHERE id = ?", id);
  c.exec("INSERT INTO audit VALUES(?)", id);
  if (!nested) tx->commit();
}

// 7: asks the connection itself
void updateAuto(db::Connection& c, int id) {
  const bool own = !c.inTransaction();
  if (own) c.begin();
  try {
    c.exec("UPDATE job SET n = n + 1 WHERE id = ?", id);
    if (own) c.commit();
  } catch (...) {
    if (own) c.rollback();
    throw;
  }
}

// 8: callee under the caller's transaction tells by exception; the caller owns the end
void line(db::Connection& c, int id) {
  if (id < 0) throw db::Error("negative");
  c.exec("INSERT INTO line VALUES(?)", id);
}

bool lines(db::Connection& c, const std::vector<int>& ids, std::string& why) {
  c.begin();
  try {
    for (int id : ids) line(c, id);
    c.commit();
    return true;
  } catch (const std::exception& e) {
    why = e.what();
  }
  c.rollback();
  return false;
}

// 9: rollback left to a function called by the handler
void giveUp(db::Connection& c, const char* what) {
  info(what);
  c.rollback();
}

bool linesVia(db::Connection& c, const std::vector<int>& ids) {
  c.begin();
  try {
    for (int id : ids) line(c, id);
    c.commit();
  } catch (const std::exception& e) {
    giveUp(c, e.what());
    return false;
  } catch (...) {
    giveUp(c, "unknown");
    throw;
  }
  return true;
}

// 10: savepoint inside
int many(db::Connection& c, const std::vector<int>& ids) {
  db::Transaction tx(c);
  int bad = 0;
  for (int id : ids) {
    try {
      db::Savepoint sp(c, "row");
      line(c, id);
      sp.release();
    } catch (const db::Error& e) {
      info(e.what());
      ++bad;
    }
  }
  tx.commit();
  return bad;
}

// 11: hooks after the commit
class AfterCommit {
public:
  void add(std::function<void()> f) { f_.push_back(std::move(f)); }
  void run() {
    for (auto& f : std::exchange(f_, {})) f();
  }

private:
  std::vector<std::function<void()>> f_;
};

void finish(db::Connection& c, int id) {
  AfterCommit hooks;
  db::Transaction tx(c);
  c.exec("UPDATE job SET st = 9 WHERE id = ?", id);
  hooks.add([id] { publish(id); });
  tx.commit();
  hooks.run();
}

// 12: rollback of what is committed
void finishBad(db::Connection& c, int id) {
  c.begin();
  bool ok = true;
  try {
    c.exec("UPDATE job SET st = 9 WHERE id = ?", id);
    c.commit();
  } catch (const db::Error& e) {
    info(e.what());
    c.rollback();
    ok = false;
  }
  if (!ok) c.rollback();  // expect: session-double-end
}

// 13: base class owns the session
class Service {
public:
  explicit Service(std::unique_ptr<db::Connection> c) : c_(std::move(c)) {}
  virtual ~Service() = default;

protected:
  template <class F>
  auto atomically(F&& f) {
    db::Transaction tx(*c_);
    if constexpr (std::is_void_v<decltype(f())>) {
      f();
      tx.commit();
    } else {
      auto r = f();
      tx.commit();
      return r;
    }
  }
  std::unique_ptr<db::Connection> c_;
};

class Jobs final : public Service {
public:
  using Service::Service;
  int create(int kind) {
    return atomically([&] {
      c_->exec("INSERT INTO job(kind) VALUES(?)", kind);
      db::Rows r = c_->query("SELECT last_id()");
      return r.next() ? r.getInt(0) : -1;
    });
  }
  void drop(int id) {
    atomically([&] { c_->exec("DELETE FROM job WHERE id = ?", id); });
  }
};

// 14: visitor
struct Insert { int id; };
struct Remove { int id; };
using Op = std::variant<Insert, Remove>;

struct Apply {
  db::Connection& c;
  void operator()(const Insert& o) const { c.exec("INSERT INTO t VALUES(?)", o.id); }
  void operator()(const Remove& o) const { c.exec("DELETE FROM t WHERE id = ?", o.id); }
};

void applyOps(db::Connection& c, const std::vector<Op>& ops) {
  if (ops.empty()) return;
  db::Transaction tx(c);
  for (const Op& o : ops) std::visit(Apply{c}, o);
  tx.commit();
}

// 15: coroutine that yields the session, and consumers that run it to the end
template <class T>
struct generator {
  struct promise_type {
    T* cur = nullptr;
    std::exception_ptr err;
    generator get_return_object() { return generator{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T& v) noexcept {
      cur = &v;
      return {};
    }
    void return_void() noexcept {}
    void unhandled_exception() { throw; }
  };
  struct end {};
  struct iterator {
    std::coroutine_handle<promise_type> h;
    T& operator*() const { return *h.promise().cur; }
    iterator& operator++() {
      h.resume();
      return *this;
    }
    bool operator!=(end) const { return !h.done(); }
  };
  explicit generator(std::coroutine_handle<promise_type> x) : h(x) {}
  generator(generator&& o) noexcept : h(std::exchange(o.h, {})) {}
  ~generator() {
    if (h) h.destroy();
  }
  iterator begin() {
    h.resume();
    return {h};
  }
  end end_() const { return {}; }
  std::coroutine_handle<promise_type> h;
};
template <class T>
typename generator<T>::iterator begin(generator<T>& g) { return g.begin(); }

generator<db::Connection> session(db::Pool& pool) {
  auto c = pool.lease();
  db::Transaction tx(*c);
  co_yield *c;
  tx.commit();
}

void consume(db::Pool& pool, int id) {
  auto g = session(pool);
  for (auto it = g.begin(); it != g.end_(); ++it) {
    db::Connection& c = *it;
    c.exec("UPDATE job SET a = 1 WHERE id = ?", id);
    if (id == 0) continue;
    c.exec("UPDATE job SET b = 1 WHERE id = ?", id);
  }
}

// 16: moved connection into a worker that is waited for
int inWorker(db::Connection c) {
  std::future<int> f = std::async(std::launch::async, [c = std::move(c)]() mutable {
    db::Rows r = c.query("SELECT 1");
    return r.next() ? 1 : 0;
  });
  return f.get();
}

// 17: used after the move
int inWorkerBad(db::Connection c) {
  std::future<int> f = std::async(std::launch::async, [c = std::move(c)]() mutable {
    db::Rows r = c.query("SELECT 1");
    return r.next() ? 1 : 0;
  });
  int n = f.get();
  c.exec("UPDATE stat SET n = n + 1");  // expect: session-use-after-scope
  return n;
}

// 18: assigned anew after the move
int recycled(db::Connection c, std::vector<db::Connection>& keep, const std::string& dsn) {
  keep.push_back(std::move(c));
  c = db::Connection(dsn);
  db::Rows r = c.query("SELECT count(*) FROM job");
  return r.next() ? r.getInt(0) : 0;
}

// 19: closed and opened again
void reopen(db::Connection& c, const std::string& dsn, bool hard) {
  if (hard) c.close();
  if (!c.isOpen()) c.open(dsn);
  c.exec("SET app = 'x'");
}

// 20: member transaction whose end is in another method
class Wizard {
public:
  explicit Wizard(db::Connection& c) : c_(c) {}
  void first(int id) {
    tx_.reset();
    tx_.emplace(c_);
    c_.exec("INSERT INTO w VALUES(?)", id);
  }
  void second(int id) {
    if (!tx_) throw std::logic_error("no first step");
    c_.exec("UPDATE w SET n = 2 WHERE id = ?", id);
  }
  void done() {
    if (tx_ && tx_->active()) tx_->commit();
    tx_.reset();
  }

private:
  db::Connection& c_;
  std::optional<db::Transaction> tx_;
};

}  // namespace app
