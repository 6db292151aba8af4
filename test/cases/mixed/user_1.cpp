// A project with its own Connection, Transaction and ConnectionPool classes: warehouse
#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace db {

class Error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class Rows {
public:
  bool next();
  int asInt(int column) const;
  std::string asString(int column) const;
};

class Connection {
public:
  explicit Connection(const std::string& address);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  int execute(const std::string& sql);
  Rows query(const std::string& sql);
  void begin() { execute("BEGIN"); }
  void commit() { execute("COMMIT"); }
  void rollback() { execute("ROLLBACK"); }
  void close() noexcept;
  bool isOpen() const noexcept;

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class Transaction {
public:
  explicit Transaction(Connection& connection) : connection_(connection) { connection_.begin(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!open_) return;
    try {
      connection_.rollback();
    } catch (const Error& e) {
      std::cerr << e.what() << '\n';
    }
  }
  void commit() {
    connection_.commit();
    open_ = false;
  }
  void rollback() {
    connection_.rollback();
    open_ = false;
  }

private:
  Connection& connection_;
  bool open_ = true;
};

class ConnectionPool {
public:
  ConnectionPool(std::string address, std::size_t size) : address_(std::move(address)), size_(size) {}
  ~ConnectionPool() {
    for (Connection* c : idle_) delete c;
  }

  Connection* acquire() {
    std::unique_lock<std::mutex> lock(mutex_);
    freed_.wait(lock, [this] { return !idle_.empty() || made_ < size_; });
    if (!idle_.empty()) {
      Connection* c = idle_.back();
      idle_.pop_back();
      return c;
    }
    ++made_;
    return new Connection(address_);
  }

  void release(Connection* c) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      idle_.push_back(c);
    }
    freed_.notify_one();
  }

private:
  std::string address_;
  std::size_t size_;
  std::size_t made_ = 0;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<Connection*> idle_;
};

class Lease {
public:
  explicit Lease(ConnectionPool& pool) : pool_(pool), connection_(pool.acquire()) {}
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() { pool_.release(connection_); }
  Connection& operator*() const { return *connection_; }
  Connection* operator->() const { return connection_; }

private:
  ConnectionPool& pool_;
  Connection* connection_;
};

}  // namespace db

namespace warehouse {

void log(const std::string& text) noexcept;

struct Box {
  int id = 0;
  int shelf = 0;
  int weight = 0;
};

int count(db::ConnectionPool& pool) {
  const db::Lease lease(pool);
  db::Rows rows = lease->query("SELECT count(*) FROM box");
  return rows.next() ? rows.asInt(0) : 0;
}

int countOn(db::ConnectionPool& pool, int shelf) {
  db::Connection* c = pool.acquire();  // expect: session-leak
  db::Rows rows = c->query("SELECT count(*) FROM box WHERE shelf = " + std::to_string(shelf));
  if (!rows.next()) return 0;
  const int n = rows.asInt(0);
  pool.release(c);
  return n;
}

int weightOn(db::ConnectionPool& pool, int shelf) {
  db::Connection* c = pool.acquire();
  int weight = 0;
  try {
    db::Rows rows = c->query("SELECT sum(weight) FROM box WHERE shelf = " + std::to_string(shelf));
    if (rows.next()) weight = rows.asInt(0);
  } catch (...) {
    pool.release(c);
    throw;
  }
  pool.release(c);
  return weight;
}

int heaviest(db::ConnectionPool& pool) {
  const std::unique_ptr<db::Connection, std::function<void(db::Connection*)>> c(pool.acquire(),
                                                                                [&pool](db::Connection* p) { pool.release(p); });
  db::Rows rows = c->query("SELECT max(weight) FROM box");
  return rows.next() ? rows.asInt(0) : 0;
}

void put(db::ConnectionPool& pool, const Box& box) {
  db::Lease lease(pool);
  db::Transaction tx(*lease);
  lease->execute("INSERT INTO box VALUES (" + std::to_string(box.id) + ", " + std::to_string(box.shelf) + ")");
  lease->execute("UPDATE shelf SET boxes = boxes + 1 WHERE id = " + std::to_string(box.shelf));
  tx.commit();
}

bool take(db::ConnectionPool& pool, int id) {
  db::Lease lease(pool);
  db::Transaction tx(*lease);
  db::Rows rows = lease->query("SELECT shelf FROM box WHERE id = " + std::to_string(id) + " FOR UPDATE");
  if (!rows.next()) return false;
  const std::string shelf = rows.asString(0);
  if (shelf == "0") {
    tx.rollback();
    log("not on a shelf");
    return false;
  }
  lease->execute("DELETE FROM box WHERE id = " + std::to_string(id));
  lease->execute("UPDATE shelf SET boxes = boxes - 1 WHERE id = " + shelf);
  tx.commit();
  return true;
}

bool inspect(db::Connection& c, int id) {
  c.begin();  // expect: session-unfinished-transaction
  try {
    db::Rows rows = c.query("SELECT broken FROM box WHERE id = " + std::to_string(id));
    if (!rows.next()) return false;
    if (rows.asInt(0) != 0) c.execute("UPDATE box SET shelf = 0 WHERE id = " + std::to_string(id));
    c.commit();
    return true;
  } catch (const db::Error&) {
    c.rollback();
    throw;
  }
}

void inspectAll(db::Connection& c, const std::vector<int>& ids) {
  c.begin();  // expect: session-missing-rollback
  for (const int id : ids) c.execute("UPDATE box SET checked = 1 WHERE id = " + std::to_string(id));
  c.commit();
}

bool sweep(db::Connection& c) {
  c.begin();
  try {
    c.execute("DELETE FROM box WHERE shelf = 0");
    c.execute("UPDATE state SET swept = now()");
    c.commit();
    return true;
  } catch (const std::exception&) {  // expect: session-missing-rollback
    log("not swept");
    return false;
  }
}

bool sweepCleanly(db::Connection& c) {
  c.begin();
  try {
    c.execute("DELETE FROM box WHERE shelf = 0");
    c.execute("UPDATE state SET swept = now()");
    c.commit();
    return true;
  } catch (const std::exception&) {
    log("not swept");
  }
  c.rollback();
  return false;
}

void receive(db::Connection& c, const std::vector<Box>& boxes) {
  db::Transaction tx(c);
  for (const Box& box : boxes) {
    try {
      c.execute("INSERT INTO box VALUES (" + std::to_string(box.id) + ")");
      c.execute("INSERT INTO arrival VALUES (" + std::to_string(box.id) + ", now())");
    } catch (const db::Error& e) {  // expect: session-swallow-and-commit
      log(e.what());
    }
  }
  tx.commit();
}

std::vector<int> receiveEach(db::Connection& c, const std::vector<Box>& boxes) {
  std::vector<int> refused;
  for (const Box& box : boxes) {
    try {
      db::Transaction tx(c);
      c.execute("INSERT INTO box VALUES (" + std::to_string(box.id) + ")");
      c.execute("INSERT INTO arrival VALUES (" + std::to_string(box.id) + ", now())");
      tx.commit();
    } catch (const db::Error&) {
      refused.push_back(box.id);
    }
  }
  return refused;
}

void moveBox(db::ConnectionPool& pool, int id, int from, int to) {
  db::Lease source(pool);
  source->execute("UPDATE shelf SET boxes = boxes - 1 WHERE id = " + std::to_string(from));
  db::Lease target(pool);  // expect: session-split-unit-of-work
  target->execute("UPDATE shelf SET boxes = boxes + 1 WHERE id = " + std::to_string(to));
  target->execute("UPDATE box SET shelf = " + std::to_string(to) + " WHERE id = " + std::to_string(id));
}

void moveBoxTogether(db::ConnectionPool& pool, int id, int from, int to) {
  db::Lease lease(pool);
  db::Connection& c = *lease;
  db::Transaction tx(c);
  c.execute("UPDATE shelf SET boxes = boxes - 1 WHERE id = " + std::to_string(from));
  c.execute("UPDATE shelf SET boxes = boxes + 1 WHERE id = " + std::to_string(to));
  c.execute("UPDATE box SET shelf = " + std::to_string(to) + " WHERE id = " + std::to_string(id));
  tx.commit();
}

void lockShelf(db::Connection& c, int shelf) { c.execute("SELECT 1 FROM shelf WHERE id = " + std::to_string(shelf) + " FOR UPDATE"); }

void emptyShelf(db::Connection& c, int shelf) {
  db::Transaction tx(c);
  lockShelf(c, shelf);
  c.execute("UPDATE box SET shelf = 0 WHERE shelf = " + std::to_string(shelf));
  tx.commit();
}

void removeShelf(db::Connection& c, int shelf) {
  db::Transaction tx(c);
  emptyShelf(c, shelf);  // expect: session-nested-begin
  c.execute("DELETE FROM shelf WHERE id = " + std::to_string(shelf));
  tx.commit();
}

void emptyThenRemove(db::Connection& c, int shelf) {
  emptyShelf(c, shelf);
  db::Transaction tx(c);
  c.execute("DELETE FROM shelf WHERE id = " + std::to_string(shelf));
  tx.commit();  // expect: session-multiple-commits
}

void emptyAll(db::Connection& c, const std::vector<int>& shelves) {
  for (const int shelf : shelves) emptyShelf(c, shelf);
}

void renumber(db::Connection& c) {
  db::Transaction{c};  // expect: session-temporary-guard
  c.execute("UPDATE shelf SET id = id + 1000");
  c.execute("UPDATE box SET shelf = shelf + 1000");
}

void renumberInTransaction(db::Connection& c) {
  [[maybe_unused]] db::Transaction _(c);
  c.execute("UPDATE shelf SET id = id + 1000");
  c.execute("UPDATE box SET shelf = shelf + 1000");
  _.commit();
}

void audit(db::Connection& c, int id) {
  db::Transaction tx(c);
  try {
    c.execute("INSERT INTO audit VALUES (" + std::to_string(id) + ")");
    tx.commit();
    log("audited");
    c.query("SELECT 1 FROM audit");
  } catch (const db::Error& e) {
    tx.rollback();  // expect: session-double-end
    log(e.what());
  }
}

class Journal {
public:
  explicit Journal(db::Connection& c) : c_(c) { c_.begin(); }
  ~Journal() {
    if (lines_ > 0)
      c_.commit();  // expect: session-commit-in-destructor
    else
      c_.rollback();
  }
  void add(const std::string& line) {
    c_.execute("INSERT INTO journal VALUES ('" + line + "')");
    ++lines_;
  }

private:
  db::Connection& c_;
  int lines_ = 0;
};

void notifyLaterWithLease(db::ConnectionPool& pool, int id) {
  std::thread([&pool, id] {
    const db::Lease lease(pool);
    lease->execute("UPDATE box SET notified = 1 WHERE id = " + std::to_string(id));
  }).detach();
}

int backup(const std::string& address) {
  auto* c = new db::Connection(address);  // expect: session-raw-construction
  int n = -1;
  try {
    n = c->execute("BACKUP");
  } catch (const db::Error& e) {
    log(e.what());
  }
  delete c;
  return n;
}

int restore(const std::string& address, const std::vector<std::string>& statements) {
  auto* c = new db::Connection(address);  // expect: session-leak
  int n = 0;
  for (const std::string& statement : statements) n += c->execute(statement);
  c->close();
  delete c;
  return n;
}

int restoreOwned(const std::string& address, const std::vector<std::string>& statements) {
  db::Connection c(address);
  int n = 0;
  {
    db::Transaction tx(c);
    for (const std::string& statement : statements) n += c.execute(statement);
    if (n > 0) tx.commit();
  }
  c.close();
  return n;
}

// --- a scope as a coroutine -------------------------------------------------------------------------------------

template <class T>
class Generator {
public:
  struct promise_type {
    T* value = nullptr;
    Generator get_return_object() { return Generator(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T& v) noexcept {
      value = &v;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { throw; }
  };
  struct iterator {
    std::coroutine_handle<promise_type> handle;
    T& operator*() const { return *handle.promise().value; }
    iterator& operator++() {
      handle.resume();
      return *this;
    }
    bool operator==(std::default_sentinel_t) const { return handle.done(); }
  };
  explicit Generator(std::coroutine_handle<promise_type> h) : handle_(h) {}
  Generator(Generator&& o) noexcept : handle_(std::exchange(o.handle_, {})) {}
  ~Generator() {
    if (handle_) handle_.destroy();
  }
  iterator begin() {
    handle_.resume();
    return {handle_};
  }
  std::default_sentinel_t end() const { return {}; }

private:
  std::coroutine_handle<promise_type> handle_;
};

Generator<db::Connection> transaction(db::ConnectionPool& pool) {
  db::Lease lease(pool);
  db::Transaction tx(*lease);
  co_yield *lease;
  tx.commit();
}

Generator<db::Connection> connection(db::ConnectionPool& pool) {
  db::Lease lease(pool);
  co_yield *lease;
}

bool store(db::ConnectionPool& pool, const Box& box) {
  for (db::Connection& c : transaction(pool)) {
    c.execute("INSERT INTO box VALUES (" + std::to_string(box.id) + ")");
    c.execute("UPDATE shelf SET boxes = boxes + 1 WHERE id = " + std::to_string(box.shelf));
    log("stored");
    break;  // expect: session-generator-early-return
  }
  return true;
}

int storeAll(db::ConnectionPool& pool, const std::vector<Box>& boxes) {
  int stored = 0;
  for (db::Connection& c : transaction(pool)) {
    for (const Box& box : boxes) {
      if (box.weight <= 0) continue;
      stored += c.execute("INSERT INTO box VALUES (" + std::to_string(box.id) + ")");
      if (stored == 100) break;
    }
  }
  return stored;
}

db::Connection* any(db::ConnectionPool& pool) {
  for (db::Connection& c : connection(pool)) return &c;  // expect: session-generator-early-return
  return nullptr;
}

int shelves(db::ConnectionPool& pool) {
  for (db::Connection& c : connection(pool)) {
    db::Rows rows = c.query("SELECT count(*) FROM shelf");
    return rows.next() ? rows.asInt(0) : 0;
  }
  return -1;
}

void touch(db::ConnectionPool& pool) {
  auto scope = connection(pool);
  db::Connection& c = *scope.begin();
  c.execute("UPDATE state SET touched = now()");
}

void touchLost(db::ConnectionPool& pool) {
  db::Connection& c = *connection(pool).begin();  // expect: session-generator-early-return
  c.execute("UPDATE state SET touched = now()");
}

}  // namespace warehouse
