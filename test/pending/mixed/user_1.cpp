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

int lightest(db::ConnectionPool& pool) {
  db::Connection* c = nullptr;
  {
    db::Lease lease(pool);
    c = &*lease;
  }
  db::Rows rows = c->query("SELECT min(weight) FROM box");  // expect: session-use-after-scope
  return rows.next() ? rows.asInt(0) : 0;
}

int releasedTooEarly(db::ConnectionPool& pool) {
  db::Connection* c = pool.acquire();
  pool.release(c);
  return c->execute("UPDATE box SET checked = 1");  // expect: session-use-after-scope
}

void relabel(db::ConnectionPool& pool, int id, const std::string& label) {
  db::Lease lease(pool);
  db::Transaction tx(*lease);  // expect: session-unfinished-transaction
  lease->execute("UPDATE box SET label = '" + label + "' WHERE id = " + std::to_string(id));
  log("relabelled");
}

void notifyLater(db::ConnectionPool& pool, int id) {
  db::Lease lease(pool);
  db::Connection& c = *lease;
  std::thread([&c, id] { c.execute("UPDATE box SET notified = 1 WHERE id = " + std::to_string(id)); }).detach();  // expect: session-shared-across-threads
}

}  // namespace warehouse
