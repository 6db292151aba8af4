// library: sqlite3
// Fleet tracking service with its own sqlite3 session layer: pool, lease, guard, repositories.
#include <sqlite3.h>

#include <condition_variable>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace fleet {

struct DbError : std::runtime_error { using std::runtime_error::runtime_error; };
struct BadPosition : std::runtime_error { using std::runtime_error::runtime_error; };
struct Position { int vehicle = 0; double lat = 0, lon = 0; };

void log(const std::string& s) noexcept { std::fprintf(stderr, "fleet: %s\n", s.c_str()); }

class Session {
public:
  explicit Session(const std::string& file) {
    const int rc = sqlite3_open(file.c_str(), &db_);
    if (rc != SQLITE_OK) {
      const std::string why = sqlite3_errmsg(db_);
      sqlite3_close(db_);
      throw DbError("open: " + why);
    }
  }
  ~Session() { sqlite3_close(db_); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void exec(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw DbError(sqlite3_errmsg(db_));
  }
  long scalar(const std::string& sql) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) throw DbError(sqlite3_errmsg(db_));
    std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> st(raw, sqlite3_finalize);
    return sqlite3_step(raw) == SQLITE_ROW ? static_cast<long>(sqlite3_column_int64(raw, 0)) : 0;
  }
  bool inTransaction() const noexcept { return sqlite3_get_autocommit(db_) == 0; }
  int changes() const noexcept { return sqlite3_changes(db_); }

private:
  sqlite3* db_ = nullptr;
};

class Transaction {
public:
  explicit Transaction(Session& s) : s_(&s) { s_->exec("BEGIN IMMEDIATE"); }
  ~Transaction() { if (s_) cancel(); }
  Transaction(Transaction&& o) noexcept : s_(std::exchange(o.s_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  void commit() {
    s_->exec("COMMIT");
    s_ = nullptr;
  }
  void rollback() {
    Session* s = std::exchange(s_, nullptr);
    s->exec("ROLLBACK");
  }
private:
  void cancel() noexcept {
    try {
      if (s_->inTransaction()) s_->exec("ROLLBACK");
    } catch (const DbError& e) {
      log(e.what());
    }
  }
  Session* s_;
};

class AutoBatch {
public:
  explicit AutoBatch(Session& s) : s_(s) { s_.exec("BEGIN"); }
  ~AutoBatch() {
    s_.exec("COMMIT");  // expect: session-commit-in-destructor
  }
private:
  Session& s_;
};

class Pool;

class Lease {
public:
  Lease(Pool& p, std::unique_ptr<Session> s) : pool_(&p), s_(std::move(s)) {}
  Lease(Lease&& o) noexcept : pool_(o.pool_), s_(std::move(o.s_)) {}
  Lease& operator=(Lease&&) = delete;
  ~Lease();
  Session& operator*() const { return *s_; }
  Session* operator->() const { return s_.get(); }
  Session* get() const { return s_.get(); }
private:
  Pool* pool_;
  std::unique_ptr<Session> s_;
};

class Pool {
public:
  Pool(const std::string& file, int n) {
    for (int i = 0; i < n; ++i) idle_.push_back(std::make_unique<Session>(file));
  }
  Lease acquire() {
    std::unique_lock lock(mu_);
    cv_.wait(lock, [this] { return !idle_.empty(); });
    auto s = std::move(idle_.back());
    idle_.pop_back();
    return Lease(*this, std::move(s));
  }
  void put(std::unique_ptr<Session> s) noexcept {
    std::lock_guard lock(mu_);
    idle_.push_back(std::move(s));
    cv_.notify_one();
  }
private:
  std::mutex mu_;
  std::condition_variable cv_;
  std::vector<std::unique_ptr<Session>> idle_;
};

Lease::~Lease() { if (s_) pool_->put(std::move(s_)); }

class VehicleRepository {
public:
  explicit VehicleRepository(Session& s) : s_(s) {}
  void add(const std::string& plate) { s_.exec("INSERT INTO vehicle(plate) VALUES('" + plate + "')"); }
  void retire(int id) { s_.exec("UPDATE vehicle SET retired=1 WHERE id=" + std::to_string(id)); }
  long count() { return s_.scalar("SELECT count(*) FROM vehicle WHERE retired=0"); }
private:
  Session& s_;
};

class TrackRepository {
public:
  explicit TrackRepository(Session& s) : s_(s) {}
  void add(const Position& p) {
    if (p.lat < -90 || p.lat > 90) throw BadPosition("latitude " + std::to_string(p.lat));
    s_.exec("INSERT INTO track VALUES(" + std::to_string(p.vehicle) + "," + std::to_string(p.lat) + "," + std::to_string(p.lon) + ")");
    s_.exec("UPDATE vehicle SET seen=1 WHERE id=" + std::to_string(p.vehicle));
  }
  int purge(int vehicle) {
    s_.exec("DELETE FROM track WHERE vehicle=" + std::to_string(vehicle));
    return s_.changes();
  }
private:
  Session& s_;
};

Transaction startUnit(Session& s) {
  Transaction tx(s);
  s.exec("INSERT INTO unit DEFAULT VALUES");
  return tx;
}

class Service {
public:
  explicit Service(Pool& p) : pool_(p) {}

  long registerVehicle(const std::string& plate) {
    Lease s = pool_.acquire();
    Transaction tx(*s);
    VehicleRepository repo(*s);
    repo.add(plate);
    const long n = repo.count();
    if (n > 10000) return -1;
    tx.commit();
    return n;
  }

  void ingest(const std::vector<Position>& batch) {
    Lease s = pool_.acquire();
    Transaction tx(*s);
    TrackRepository tracks(*s);
    int bad = 0;
    for (const Position& p : batch) {
      s->exec("INSERT INTO raw_position VALUES(" + std::to_string(p.vehicle) + ")");
      try {
        tracks.add(p);
      } catch (const DbError& e) {  // expect: session-swallow-and-commit
        log(e.what());
        ++bad;
      }
    }
    tx.commit();
    log(std::to_string(bad) + " bad positions");
  }

  void ingestChecked(const std::vector<Position>& batch) {
    for (const Position& p : batch) {
      try {
        Lease s = pool_.acquire();
        Transaction tx(*s);
        TrackRepository(*s).add(p);
        tx.commit();
      } catch (const BadPosition& e) {
        log(e.what());
      }
    }
  }

  bool retire(int vehicle) {
    Lease s = pool_.acquire();
    Transaction tx = startUnit(*s);
    VehicleRepository(*s).retire(vehicle);
    if (TrackRepository(*s).purge(vehicle) < 0) {
      tx.rollback();
      return false;
    }
    tx.commit();
    return true;
  }

  void purgeTracks(int vehicle) {
    Lease s = pool_.acquire();
    Transaction tx(*s);  // expect: session-unfinished-transaction
    const int n = TrackRepository(*s).purge(vehicle);
    s->exec("INSERT INTO purge_log VALUES(" + std::to_string(n) + ")");
    log("purged " + std::to_string(n));
  }

  void transfer(int vehicle, int depot) {
    Lease s = pool_.acquire();
    s->exec("BEGIN");  // expect: session-missing-rollback
    s->exec("DELETE FROM depot_vehicle WHERE vehicle=" + std::to_string(vehicle));
    s->exec("INSERT INTO depot_vehicle VALUES(" + std::to_string(depot) + "," + std::to_string(vehicle) + ")");
    s->exec("COMMIT");
  }

  void transferSafely(int vehicle, int depot) {
    Lease s = pool_.acquire();
    s->exec("BEGIN");
    try {
      s->exec("UPDATE depot_vehicle SET depot=" + std::to_string(depot) + " WHERE vehicle=" + std::to_string(vehicle));
      s->exec("COMMIT");
    } catch (...) {
      if (s->inTransaction()) s->exec("ROLLBACK");
      throw;
    }
  }

  Session* borrow() {
    Lease s = pool_.acquire();
    s->exec("PRAGMA query_only=1");
    return s.get();  // expect: session-use-after-scope
  }

  Lease handOut() {
    Lease s = pool_.acquire();
    s->exec("PRAGMA foreign_keys=1");
    return s;
  }

  void openTrip(int vehicle) {
    pool_.acquire()->exec("INSERT INTO trip(vehicle) VALUES(" + std::to_string(vehicle) + ")");
    log("trip opened");
  }

  void closeTrip(int vehicle) {
    Lease a = pool_.acquire();
    {
      Transaction tx(*a);
      a->exec("UPDATE trip SET closed=1 WHERE vehicle=" + std::to_string(vehicle));
      tx.commit();
    }
    Transaction stats(*a);
    a->exec("UPDATE vehicle SET trips=trips+1 WHERE id=" + std::to_string(vehicle));
    stats.commit();  // expect: session-multiple-commits
  }

  void renumber(int from, int to) {
    Lease s = pool_.acquire();
    Transaction tx(*s);
    s->exec("UPDATE vehicle SET id=" + std::to_string(to) + " WHERE id=" + std::to_string(from));
    tx.commit();
    if (s->changes() == 0) tx.rollback();  // waits: session-double-end
  }

  int compactInBatches() {
    int total = 0;
    Lease s = pool_.acquire();
    for (;;) {
      Transaction tx(*s);
      s->exec("DELETE FROM raw_position WHERE rowid IN (SELECT rowid FROM raw_position LIMIT 1000)");
      const int n = s->changes();
      if (n == 0) break;
      tx.commit();
      total += n;
    }
    return total;
  }

  void reportAsync(int vehicle) {
    Lease s = pool_.acquire();
    std::thread([raw = s.get(), vehicle] {  // expect: session-shared-across-threads
      try {
        raw->exec("INSERT INTO report VALUES(" + std::to_string(vehicle) + ")");
      } catch (const DbError& e) {
        log(e.what());
      }
    }).detach();
  }

  void reportOwned(int vehicle) {
    std::thread([s = pool_.acquire(), vehicle] {
      try {
        Transaction tx(*s);
        s->exec("INSERT INTO report VALUES(" + std::to_string(vehicle) + ")");
        tx.commit();
      } catch (const DbError& e) {
        log(e.what());
      }
    }).detach();
  }

  bool retrying(const std::function<void(Session&)>& body, int attempts) {
    for (int i = 0; i < attempts; ++i) {
      Lease s = pool_.acquire();
      try {
        Transaction tx(*s);
        body(*s);
        tx.commit();
        return true;
      } catch (const DbError& e) {
        log(e.what());
      }
    }
    return false;
  }

  void lockDepot(int depot) {
    Lease s = pool_.acquire();
    Transaction{*s};  // expect: session-temporary-guard
    s->exec("UPDATE depot SET locked=1 WHERE id=" + std::to_string(depot));
  }

private:
  Pool& pool_;
};

}  // namespace fleet
