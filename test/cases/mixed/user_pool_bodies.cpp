// A pool, its lease and its sessions with their code: the lease's destructor gives back what it took.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace fleet {

class Session {
public:
  explicit Session(const std::string& file) {
    if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) {
      const std::string why = sqlite3_errmsg(db_);
      sqlite3_close(db_);
      throw std::runtime_error("open: " + why);
    }
  }
  ~Session() { sqlite3_close(db_); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  void exec(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db_));
  }
  bool inTransaction() const noexcept { return sqlite3_get_autocommit(db_) == 0; }

private:
  sqlite3* db_ = nullptr;
};

class Pool;

class Lease {
public:
  Lease(Pool& pool, std::unique_ptr<Session> session) : pool_(&pool), session_(std::move(session)) {}
  Lease(Lease&& other) noexcept : pool_(other.pool_), session_(std::move(other.session_)) {}
  Lease& operator=(Lease&&) = delete;
  ~Lease();
  Session& operator*() const { return *session_; }
  Session* operator->() const { return session_.get(); }
  Session* get() const { return session_.get(); }

private:
  Pool* pool_;
  std::unique_ptr<Session> session_;
};

class Pool {
public:
  Pool(const std::string& file, int size) {
    for (int i = 0; i < size; ++i) idle_.push_back(std::make_unique<Session>(file));
  }
  Lease acquire() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !idle_.empty(); });
    auto session = std::move(idle_.back());
    idle_.pop_back();
    return Lease(*this, std::move(session));
  }
  void put(std::unique_ptr<Session> session) noexcept {
    std::lock_guard lock(mutex_);
    idle_.push_back(std::move(session));
    returned_.notify_one();
  }

private:
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Session>> idle_;
};

Lease::~Lease() {
  if (session_) pool_->put(std::move(session_));
}

void transfer(Pool& pool, int depot) {
  Lease session = pool.acquire();
  session->exec("BEGIN"); // expect: session-missing-rollback
  session->exec("DELETE FROM depot");
  session->exec("INSERT INTO depot VALUES(" + std::to_string(depot) + ")");
  session->exec("COMMIT");
}

void transferSafely(Pool& pool, int depot) {
  Lease session = pool.acquire();
  session->exec("BEGIN");
  try {
    session->exec("UPDATE depot SET id = " + std::to_string(depot));
    session->exec("COMMIT");
  } catch (...) {
    if (session->inTransaction()) session->exec("ROLLBACK");
    throw;
  }
}

Session* borrow(Pool& pool) {
  Lease session = pool.acquire();
  session->exec("PRAGMA query_only = 1");
  return session.get(); // expect: session-use-after-scope
}

Lease handOut(Pool& pool) {
  Lease session = pool.acquire();
  session->exec("PRAGMA foreign_keys = 1");
  return session;
}

void report(Pool& pool, int vehicle) {
  Lease session = pool.acquire();
  std::thread([raw = session.get(), vehicle] { // expect: session-shared-across-threads
    raw->exec("INSERT INTO report VALUES(" + std::to_string(vehicle) + ")");
  }).detach();
}

void reportOwned(Pool& pool, int vehicle) {
  std::thread([session = pool.acquire(), vehicle] {
    session->exec("INSERT INTO report VALUES(" + std::to_string(vehicle) + ")");
  }).detach();
}

void openTrip(Pool& pool, int vehicle) {
  pool.acquire()->exec("INSERT INTO trip VALUES(" + std::to_string(vehicle) + ")");
}

} // namespace fleet
