#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

// ---- as in harbour/db/connection.h ----
namespace hbr::db {

class DbError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
  bool retryable() const noexcept;
};

class Row {
public:
  std::int64_t i64(int col) const;
  std::string text(int col) const;
};

class ResultSet {
public:
  bool next();
  const Row& row() const;
  std::size_t size() const noexcept;
};

class Connection {
public:
  explicit Connection(const std::string& dsn);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ResultSet query(std::string_view sql);
  std::int64_t execute(const std::string& sql);
  template <class... A>
  std::int64_t execute(const std::string& sql, const A&... args);
  void begin();
  void commit();
  void rollback();
  bool inTransaction() const noexcept;
  bool healthy() const noexcept;
};

class Transaction {
public:
  explicit Transaction(Connection& c);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();
  void rollback();
};

class Lease {
public:
  Lease(Lease&&) noexcept;
  Lease& operator=(Lease&&) noexcept;
  ~Lease();
  Connection& operator*() const;
  Connection* operator->() const;
  Connection* get() const;
};

class ConnectionPool {
public:
  Lease acquire();
  std::optional<Lease> tryAcquire(std::chrono::milliseconds timeout);
};

}  // namespace hbr::db

namespace hbr::log {
void info(const std::string& msg) noexcept;
void warn(const std::string& msg) noexcept;
}  // namespace hbr::log
// ---- end of header part ----

namespace hbr::terminal {

using db::Connection;
using db::ConnectionPool;
using db::DbError;
using db::Lease;
using db::Transaction;

struct Container {
  std::string code;
  std::int64_t weightKg = 0;
  bool reefer = false;
};

struct BerthPlan {
  std::int64_t vessel = 0;
  int berth = 0;
  std::vector<Container> manifest;
};

struct YardConfig {
  int maxRetries = 4;
  std::size_t chunk = 200;
  bool dryRun = false;
  std::chrono::milliseconds leaseTimeout{250};
};

int parseBay(const std::string& code) {
  if (code.size() < 4) throw std::invalid_argument("bay code too short: " + code);
  return std::stoi(code.substr(0, 4));
}

void rollbackQuietly(Connection& conn) noexcept {
  try {
    if (conn.inTransaction()) conn.rollback();
  } catch (const std::exception& e) {
    log::warn(std::string("rollback failed: ") + e.what());
  }
}

std::int64_t registerVessel(ConnectionPool& pool, const std::string& imo, const std::string& name) {
  Lease lease = pool.acquire();
  Transaction tx(*lease);
  auto rs = lease->query("select id from vessel where imo = '" + imo + "' for update");
  if (rs.next()) {
    log::info("vessel already known: " + imo);
    return rs.row().i64(0);
  }
  lease->execute("insert into vessel(imo, name) values(?, ?)", imo, name);
  auto id = lease->query("select max(id) from vessel");
  if (!id.next()) throw DbError("vessel id not returned");
  const std::int64_t key = id.row().i64(0);
  tx.commit();
  return key;
}

void dischargeContainer(Connection& conn, const Container& box, int slot) {
  conn.begin();
  try {
    conn.execute("update slot set box = ? where id = ?", box.code, slot);
    conn.execute("insert into move(box, slot, kind) values(?, ?, 'D')", box.code, slot);
    if (box.reefer) conn.execute("update plug set used = 1 where slot = ?", slot);
    conn.commit();
  } catch (const DbError& e) {  // expect: session-missing-rollback
    log::warn("discharge of " + box.code + " failed: " + e.what());
    return;
  }
  log::info("discharged " + box.code);
}

bool loadContainer(Connection& conn, const Container& box, int slot) {
  conn.begin();
  try {
    const auto n = conn.execute("update slot set box = null where id = ? and box = ?", slot, box.code);
    if (n != 1) {
      conn.rollback();
      return false;
    }
    conn.execute("insert into move(box, slot, kind) values(?, ?, 'L')", box.code, slot);
    conn.commit();
    return true;
  } catch (const std::exception& e) {
    rollbackQuietly(conn);
    log::warn(e.what());
    return false;
  }
}

std::int64_t openCallWithManifest(ConnectionPool& pool, const BerthPlan& plan) {
  Lease lease = pool.acquire();
  {
    Transaction head(*lease);
    lease->execute("insert into port_call(vessel, berth, lines) values(?, ?, ?)", plan.vessel, plan.berth,
                   plan.manifest.size());
    head.commit();
  }
  auto rs = lease->query("select max(id) from port_call");
  const std::int64_t call = rs.next() ? rs.row().i64(0) : 0;
  Transaction body(*lease);
  for (const auto& box : plan.manifest)
    lease->execute("insert into manifest(call_id, box, kg) values(?, ?, ?)", call, box.code, box.weightKg);
  lease->execute("update berth set call_id = ? where id = ?", call, plan.berth);
  body.commit();  // expect: session-multiple-commits
  return call;
}

void reassignBerth(ConnectionPool& pool, std::int64_t call, int from, int to) {
  for (int attempt = 1;; ++attempt) {
    Lease lease = pool.acquire();
    Transaction tx(*lease);
    try {
      lease->execute("update berth set call_id = null where id = ?", from);
      lease->execute("update berth set call_id = ? where id = ?", call, to);
      tx.commit();
      return;
    } catch (const DbError& e) {
      if (!e.retryable() || attempt >= 3) throw;
      log::info("berth change retried");
    }
  }
}

std::string craneOperator(ConnectionPool& pool, int crane, const YardConfig& cfg) {
  Connection* conn = nullptr;
  if (cfg.dryRun) return "nobody";
  {
    auto lease = pool.acquire();
    conn = lease.get();
    if (!conn->healthy()) throw DbError("connection lost");
    conn->execute("update crane set polled = now() where id = ?", crane);
  }
  auto rs = conn->query("select operator from crane where id = " + std::to_string(crane));  // expect: session-use-after-scope
  return rs.next() ? rs.row().text(0) : std::string{};
}

std::string gateOfficer(ConnectionPool& pool, int gate) {
  Connection* conn = nullptr;
  std::optional<Lease> lease = pool.tryAcquire(std::chrono::milliseconds(50));
  if (!lease) {
    log::info("pool busy, waiting for gate query");
    lease.emplace(pool.acquire());
  }
  conn = lease->get();
  auto rs = conn->query("select officer from gate where id = " + std::to_string(gate));
  if (!rs.next()) return {};
  return rs.row().text(0);
}

std::size_t importBayPlan(ConnectionPool& pool, const std::vector<std::string>& lines, const YardConfig& cfg) {
  Lease lease = pool.acquire();
  std::size_t done = 0;
  std::size_t rejected = 0;
  for (std::size_t base = 0; base < lines.size(); base += cfg.chunk) {
    Transaction tx(*lease);
    const std::size_t end = std::min(lines.size(), base + cfg.chunk);
    for (std::size_t i = base; i < end; ++i) {
      int bay = 0;
      try {
        bay = parseBay(lines[i]);
      } catch (const std::exception& e) {
        ++rejected;
        log::warn(e.what());
        continue;
      }
      lease->execute("insert into bay_plan(bay, raw) values(?, ?)", bay, lines[i]);
      ++done;
    }
    tx.commit();
  }
  log::info("rejected lines: " + std::to_string(rejected));
  return done;
}

void transferStorageFee(ConnectionPool& pool, std::int64_t payer, std::int64_t terminal, std::int64_t cents) {
  Lease lease = pool.acquire();
  Transaction tx(*lease);
  lease->execute("update ledger set cents = cents - ? where account = ?", cents, payer);
  try {
    lease->execute("update ledger set cents = cents + ? where account = ?", cents, terminal);
  } catch (const DbError& e) {  // expect: session-swallow-and-commit
    log::warn(std::string("credit side failed: ") + e.what());
  }
  lease->execute("insert into ledger_log(payer, cents) values(?, ?)", payer, cents);
  tx.commit();
}

bool refundStorageFee(ConnectionPool& pool, std::int64_t payer, std::int64_t terminal, std::int64_t cents) {
  Lease lease = pool.acquire();
  Transaction tx(*lease);
  bool credited = true;
  lease->execute("update ledger set cents = cents - ? where account = ?", cents, terminal);
  try {
    lease->execute("update ledger set cents = cents + ? where account = ?", cents, payer);
  } catch (const DbError& e) {
    log::warn(e.what());
    credited = false;
  }
  if (!credited) return false;
  tx.commit();
  return true;
}

void closeCall(ConnectionPool& pool, std::int64_t call) {
  Lease lease = pool.acquire();
  Transaction tx(*lease);
  lease->execute("update port_call set closed = now() where id = ?", call);
  lease->execute("update berth set call_id = null where call_id = ?", call);

  Lease billing = pool.acquire();  // expect: session-split-unit-of-work
  billing->execute("insert into invoice(call_id, state) values(?, 'NEW')", call);
  billing->execute("update tariff_use set calls = calls + 1 where call_id = ?", call);
  tx.commit();
}

std::size_t archiveCalls(ConnectionPool& live, ConnectionPool& archive, int year) {
  Lease src = live.acquire();
  Lease dst = archive.acquire();
  std::size_t n = 0;
  auto rs = src->query("select id, vessel from port_call where year = " + std::to_string(year));
  Transaction tx(*dst);
  while (rs.next()) {
    dst->execute("insert into port_call_hist(id, vessel) values(?, ?)", rs.row().i64(0), rs.row().i64(1));
    ++n;
  }
  tx.commit();
  return n;
}

void dropStaleHolds(ConnectionPool& pool, int days) {
  Lease lease = pool.acquire();
  Transaction tx(*lease);  // expect: session-unfinished-transaction
  const auto n = lease->execute("delete from customs_hold where age > ?", days);
  if (n == 0) {
    log::info("no stale holds");
    return;
  }
  lease->execute("insert into hold_audit(removed) values(?)", n);
  log::info("removed " + std::to_string(n) + " holds");
}

std::int64_t simulateStacking(ConnectionPool& pool, int block) {
  Lease lease = pool.acquire();
  Transaction tx(*lease);
  lease->execute("update slot set box = planned where block = ?", block);
  auto rs = lease->query("select count(*) from slot where overweight and block = " + std::to_string(block));
  const std::int64_t conflicts = rs.next() ? rs.row().i64(0) : -1;
  tx.rollback();
  return conflicts;
}

class YardMonitor {
public:
  YardMonitor(ConnectionPool& pool, YardConfig cfg) : pool_(pool), cfg_(cfg) {}

  ~YardMonitor() {
    if (worker_.joinable()) worker_.join();
  }

  void startSampling(int block) {
    worker_ = std::thread([lease = pool_.acquire(), block, n = cfg_.maxRetries]() mutable {
      try {
        for (int i = 0; i < n; ++i) lease->execute("insert into sample(block, no) values(?, ?)", block, i);
      } catch (const DbError& e) {
        log::warn(e.what());
      }
    });
  }

  void refreshTemperatures(const std::vector<int>& plugs) {
    Lease lease = pool_.acquire();
    Connection& conn = *lease;
    std::thread refresher([&conn] {  // expect: session-shared-across-threads
      try {
        conn.execute("update plug set temp = probe");
      } catch (const DbError& e) {
        log::warn(e.what());
      }
    });
    try {
      for (int p : plugs) conn.execute("update plug set checked = now() where id = ?", p);
    } catch (const DbError& e) {
      log::warn(e.what());
    }
    refresher.join();
  }

  std::int64_t recount(int block) {
    Lease lease = pool_.acquire();
    std::int64_t free = 0;
    std::exception_ptr failure;
    std::thread counter([&] {
      try {
        auto rs = lease->query("select count(*) from slot where box is null");
        if (rs.next()) free = rs.row().i64(0);
      } catch (...) {
        failure = std::current_exception();
      }
    });
    counter.join();
    if (failure) std::rethrow_exception(failure);
    lease->execute("update block set free = ? where id = ?", free, block);
    return free;
  }

private:
  ConnectionPool& pool_;
  YardConfig cfg_;
  std::thread worker_;
};

void appendWeighing(Connection& conn, const Container& box) {
  Transaction tx(conn);
  conn.execute("insert into weighing(box, kg) values(?, ?)", box.code, box.weightKg);
  conn.execute("update container set kg = ? where code = ?", box.weightKg, box.code);
  tx.commit();
}

void weighManifest(ConnectionPool& pool, const std::vector<Container>& boxes) {
  auto lease = pool.acquire();
  for (const auto& b : boxes) {
    if (b.weightKg <= 0) continue;
    appendWeighing(*lease, b);
  }
}

void weighAndRelease(ConnectionPool& pool, const Container& box) {
  auto lease = pool.acquire();
  Transaction outer(*lease);
  lease->execute("update container set hold = 0 where code = ?", box.code);
  Transaction audit(*lease);  // expect: session-nested-begin
  lease->execute("insert into release_audit(box) values(?)", box.code);
  audit.commit();
  outer.commit();
}

void rebook(ConnectionPool& pool, std::int64_t booking, std::optional<int> newBerth) {
  auto lease = pool.acquire();
  std::optional<Transaction> tx;
  tx.emplace(*lease);
  lease->execute("update booking set state = 'OPEN' where id = ?", booking);
  if (newBerth) {
    lease->execute("update booking set berth = ? where id = ?", *newBerth, booking);
    tx->commit();
  } else {
    lease->execute("delete from booking_berth where id = ?", booking);
    tx->commit();
  }
  tx.reset();
  log::info("rebooked");
}

}  // namespace hbr::terminal
