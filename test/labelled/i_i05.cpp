// library: libpq
#include <libpq-fe.h>

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace harbour {

class SqlError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Result {
 public:
  explicit Result(PGresult* r) noexcept : r_(r) {}
  Result(Result&& o) noexcept : r_(std::exchange(o.r_, nullptr)) {}
  Result& operator=(Result&& o) noexcept {
    std::swap(r_, o.r_);
    return *this;
  }
  ~Result() { PQclear(r_); }
  int rows() const { return PQntuples(r_); }
  const char* at(int row, int col) const { return PQgetvalue(r_, row, col); }
  ExecStatusType status() const { return PQresultStatus(r_); }

 private:
  PGresult* r_;
};

class Link {
 public:
  explicit Link(const std::string& info) : pg_(PQconnectdb(info.c_str())) {
    if (PQstatus(pg_) != CONNECTION_OK) {
      SqlError e(PQerrorMessage(pg_));
      PQfinish(pg_);
      throw e;
    }
  }
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  ~Link() { PQfinish(pg_); }

  Result exec(const std::string& sql) {
    Result r(PQexec(pg_, sql.c_str()));
    if (r.status() != PGRES_COMMAND_OK && r.status() != PGRES_TUPLES_OK) throw SqlError(PQerrorMessage(pg_));
    return r;
  }
  Result exec(const std::string& sql, std::string_view arg) {
    std::string copy(arg);
    const char* v[] = {copy.c_str()};
    Result r(PQexecParams(pg_, sql.c_str(), 1, nullptr, v, nullptr, nullptr, 0));
    if (r.status() != PGRES_COMMAND_OK && r.status() != PGRES_TUPLES_OK) throw SqlError(PQerrorMessage(pg_));
    return r;
  }
  bool idle() const noexcept { return PQtransactionStatus(pg_) == PQTRANS_IDLE; }
  PGconn* get() const noexcept { return pg_; }

 private:
  PGconn* pg_;
};

class StrictLink {
 public:
  explicit StrictLink(const char* info) {
    pg_ = PQconnectdb(info);  // expect: session-leak
    if (PQserverVersion(pg_) < 120000) throw SqlError("server too old");
    Result r(PQexec(pg_, "SET timezone='UTC'"));
  }
  StrictLink(const StrictLink&) = delete;
  ~StrictLink() { PQfinish(pg_); }
  PGconn* get() const { return pg_; }

 private:
  PGconn* pg_ = nullptr;
};

class Tx {
 public:
  explicit Tx(Link& l) : l_(&l) { l_->exec("BEGIN"); }
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;
  ~Tx() {
    if (l_) PQclear(PQexec(l_->get(), "ROLLBACK"));
  }
  void commit() {
    l_->exec("COMMIT");
    l_ = nullptr;
  }

 private:
  Link* l_;
};

class Lock {
 public:
  Lock(Link& l, int key) : l_(l), key_(key) { l_.exec("SELECT pg_advisory_lock($1::int)", std::to_string(key_)); }
  ~Lock() {
    std::string sql = "SELECT pg_advisory_unlock(" + std::to_string(key_) + ")";
    PQclear(PQexec(l_.get(), sql.c_str()));
  }

 private:
  Link& l_;
  int key_;
};

class Pool {
 public:
  Pool(std::string info, int n) {
    for (int i = 0; i < n; ++i) free_.push_back(std::make_unique<Link>(info));
  }
  std::unique_ptr<Link> take() {
    std::unique_lock<std::mutex> l(m_);
    cv_.wait(l, [this] { return !free_.empty(); });
    auto link = std::move(free_.front());
    free_.pop_front();
    return link;
  }
  void give(std::unique_ptr<Link> link) {
    if (!link->idle()) PQclear(PQexec(link->get(), "ROLLBACK"));
    std::lock_guard<std::mutex> l(m_);
    free_.push_back(std::move(link));
    cv_.notify_one();
  }

 private:
  std::mutex m_;
  std::condition_variable cv_;
  std::deque<std::unique_ptr<Link>> free_;
};

class Loan {
 public:
  explicit Loan(Pool& p) : p_(p), link_(p.take()) {}
  ~Loan() { p_.give(std::move(link_)); }
  Loan(const Loan&) = delete;
  Link* operator->() { return link_.get(); }
  Link& operator*() { return *link_; }

 private:
  Pool& p_;
  std::unique_ptr<Link> link_;
};

int berthsFree(Pool& pool, const std::string& pier) {
  Loan link(pool);
  Tx tx(*link);
  link->exec("SET TRANSACTION READ ONLY");
  Result r = link->exec("SELECT count(*) FROM berth WHERE ship IS NULL AND pier = $1", pier);
  return std::atoi(r.at(0, 0));
}

bool dock(Pool& pool, const std::string& ship) {
  Loan link(pool);
  Tx tx(*link);
  Result r = link->exec("SELECT id FROM berth WHERE ship IS NULL LIMIT 1 FOR UPDATE");
  if (r.rows() == 0) return false;
  link->exec("UPDATE berth SET ship = $1 WHERE id = " + std::string(r.at(0, 0)), ship);
  tx.commit();
  std::printf("%s docks at %s\n", ship.c_str(), r.at(0, 0));
  return true;
}

void bill(Pool& pool, const std::vector<std::string>& ships) {
  Loan link(pool);
  Tx tx(*link);
  for (const std::string& s : ships) {
    try {
      link->exec("SAVEPOINT ship");
      link->exec("INSERT INTO invoice(ship) VALUES($1)", s);
      link->exec("RELEASE ship");
    } catch (const SqlError& e) {
      std::fprintf(stderr, "%s: %s", s.c_str(), e.what());
      link->exec("ROLLBACK TO ship");
    }
  }
  tx.commit();
}

bool undock(Link& link, const std::string& ship) {
  link.exec("BEGIN");
  try {
    Result r = link.exec("UPDATE berth SET ship = NULL WHERE ship = $1 RETURNING id", ship);
    if (r.rows() != 1) throw SqlError("not here");
    link.exec("INSERT INTO departure(ship) VALUES($1)", ship);
  } catch (...) {
    PQclear(PQexec(link.get(), "ROLLBACK"));
    throw;
  }
  link.exec("COMMIT");
  return true;
}

bool transferCargo(Link& link, const std::string& crate) {
  try {
    link.exec("BEGIN");
    link.exec("DELETE FROM hold WHERE crate = $1", crate);
    link.exec("INSERT INTO quay(crate) VALUES($1)", crate);
    link.exec("COMMIT");
  } catch (const SqlError& e) {  // expect: session-missing-rollback
    if (std::string_view(e.what()).find("duplicate") == std::string_view::npos) throw;
    return false;
  }
  return true;
}

void nightShift(Link& link) {
  Tx day(link);
  link.exec("UPDATE shift SET active = false");
  Tx night(link);  // expect: session-nested-begin
  link.exec("UPDATE shift SET active = true WHERE kind = 'night'");
  night.commit();
  day.commit();
}

std::string pilotFor(Pool& pool, const std::string& ship) {
  const char* name = nullptr;
  {
    Loan link(pool);
    Result r = link->exec("SELECT pilot FROM roster WHERE ship = $1", ship);
    if (r.rows() > 0) name = r.at(0, 0);
  }
  if (!name) return "unassigned";
  return name;  // expect: session-use-after-scope
}

std::string captainOf(Pool& pool, const std::string& ship) {
  Result r(nullptr);
  {
    Loan link(pool);
    r = link->exec("SELECT captain FROM ship WHERE name = $1", ship);
  }
  return r.rows() > 0 ? r.at(0, 0) : "";
}

void closeSeason(Pool& pool, int year) {
  const std::string y = std::to_string(year);
  {
    Loan link(pool);
    link->exec("INSERT INTO ledger SELECT * FROM invoice WHERE year = $1::int", y);
  }
  Loan link(pool);  // waits: session-split-unit-of-work
  link->exec("DELETE FROM invoice WHERE year = $1::int", y);
}

void refreshViews(Pool& pool) {
  for (const char* view : {"berth_load", "crane_load", "quay_load"}) {
    Loan link(pool);
    link->exec(std::string("REFRESH MATERIALIZED VIEW ") + view);
  }
}

bool lockedRollup(Link& link, int key) {
  Lock guard(link, key);
  Tx tx(link);
  link.exec("DELETE FROM rollup");
  link.exec("INSERT INTO rollup SELECT pier, count(*) FROM berth GROUP BY 1");
  tx.commit();
  return true;
}

void rollupBehind(Link& link, int key) {
  Lock(link, key);
  Tx tx(link);
  link.exec("DELETE FROM rollup_behind");
  tx.commit();
}

bool reserveWithRetry(Link& link, const std::string& ship, int tries) {
  for (int i = 0; i < tries; ++i) {
    try {
      Tx tx(link);
      link.exec("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
      link.exec("INSERT INTO reservation(ship) VALUES($1)", ship);
      tx.commit();
      return true;
    } catch (const SqlError& e) {
      if (std::string_view(e.what()).find("serialize") == std::string_view::npos) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10 << i));
  }
  return false;
}

void tideWatch(Pool& pool, int seconds) {
  Loan link(pool);
  Link& sql = *link;
  std::jthread ticker([&sql] { sql.exec("NOTIFY tide"); });  // waits: session-shared-across-threads
  for (int i = 0; i < seconds; ++i) {
    Result r = sql.exec("SELECT level FROM gauge ORDER BY at DESC LIMIT 1");
    std::printf("tide %s\n", r.at(0, 0));
  }
}

void tideLog(Pool& pool, int gauges) {
  std::vector<std::jthread> readers;
  for (int g = 0; g < gauges; ++g)
    readers.emplace_back([&pool, g] {
      try {
        Loan link(pool);
        link->exec("INSERT INTO tide_log SELECT now(), level FROM gauge WHERE id = $1::int", std::to_string(g));
      } catch (const SqlError& e) {
        std::fprintf(stderr, "gauge %d: %s", g, e.what());
      }
    });
}

}  // namespace harbour
