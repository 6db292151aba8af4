// library: poco
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Exception.h>
#include <Poco/Logger.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ferry {

using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using Poco::Data::Transaction;
using namespace Poco::Data::Keywords;

struct Booking {
  int id = 0;
  int sailing = 0;
  std::string passenger;
};

struct FerryConfig {
  std::string connector = "SQLite";
  std::string file = "ferry.db";
  int attempts = 3;
};

struct Full : std::runtime_error {
  Full() : std::runtime_error("sailing is full") {}
};

Poco::Logger& logger() { return Poco::Logger::get("ferry"); }

int seatsLeft(Session& s, int sailing) {
  int n = 0;
  s << "SELECT seats FROM sailing WHERE id = ?", into(n), use(sailing), now;
  return n;
}

void takeSeat(Session& s, int sailing) {
  if (seatsLeft(s, sailing) <= 0) throw Full();
  s << "UPDATE sailing SET seats = seats - 1 WHERE id = ?", use(sailing), now;
}

void book(SessionPool& pool, Booking b) {
  Session s = pool.get();
  Transaction tx(s);
  takeSeat(s, b.sailing);
  s << "INSERT INTO booking(sailing, passenger) VALUES(?, ?)", use(b.sailing), use(b.passenger), now;
  tx.commit();
}

bool bookOrWait(SessionPool& pool, Booking b) {
  Session s = pool.get();
  Transaction tx(s);
  s << "INSERT INTO booking(sailing, passenger) VALUES(?, ?)", use(b.sailing), use(b.passenger), now;
  bool seated = true;
  try {
    takeSeat(s, b.sailing);
    s << "UPDATE ledger SET due = due + 1", now;
  } catch (const Poco::Exception& e) {  // expect: session-swallow-and-commit
    logger().warning(e.displayText());
    seated = false;
  }
  tx.commit();
  return seated;
}

bool bookIfRoom(SessionPool& pool, Booking b) {
  try {
    Session s = pool.get();
    Transaction tx(s, true);
    if (seatsLeft(s, b.sailing) == 0) return false;
    takeSeat(s, b.sailing);
    s << "INSERT INTO booking(sailing, passenger) VALUES(?, ?)", use(b.sailing), use(b.passenger), now;
    tx.commit();
    return true;
  } catch (const Full& e) {
    logger().information(e.what());
    return false;
  }
}

void cancel(SessionPool& pool, int id) {
  Session s = pool.get();
  s.begin();
  s << "DELETE FROM booking WHERE id = ?", use(id), now;
  s << "UPDATE ledger SET due = due - 1", now;
  s.commit();
}

void rebook(Session& s, int id, int sailing) {
  s.begin();  // expect: session-missing-rollback
  takeSeat(s, sailing);
  s << "UPDATE booking SET sailing = ? WHERE id = ?", use(sailing), use(id), now;
  s.commit();
}

void rebookSafely(Session& s, int id, int sailing) {
  s.begin();
  try {
    takeSeat(s, sailing);
    s << "UPDATE booking SET sailing = ? WHERE id = ?", use(sailing), use(id), now;
  } catch (...) {
    s.rollback();
    throw;
  }
  try {
    s.commit();
  } catch (const Poco::Exception&) {
    s.rollback();
    throw;
  }
}

bool closeSailing(Session& s, int sailing) {
  try {
    s.begin();
    s << "UPDATE sailing SET open = 0 WHERE id = ?", use(sailing), now;
    s << "INSERT INTO manifest SELECT id, passenger FROM booking WHERE sailing = ?", use(sailing), now;
    s.commit();
  } catch (const Poco::Exception& e) {  // expect: session-missing-rollback
    logger().error("close: " + e.displayText());
    return false;
  }
  return true;
}

bool reopenSailing(Session& s, int sailing) {
  try {
    Transaction tx(s);
    s << "DELETE FROM manifest", now;
    s << "UPDATE sailing SET open = 1 WHERE id = ?", use(sailing), now;
    tx.commit();
  } catch (const Poco::Exception& e) {
    logger().error("reopen: " + e.displayText());
    return false;
  }
  return true;
}

void countPassengers(Session& s, int sailing) {
  Transaction tx(s);  // expect: session-unfinished-transaction
  int n = 0;
  s << "SELECT count(*) FROM booking WHERE sailing = ?", into(n), use(sailing), now;
  s << "UPDATE sailing SET passengers = ? WHERE id = ?", use(n), use(sailing), now;
  logger().information("counted " + std::to_string(n));
}

int passengers(Session& s, int sailing) {
  Transaction tx(s);
  int booked = 0, boarded = 0;
  s << "SELECT count(*) FROM booking WHERE sailing = ?", into(booked), use(sailing), now;
  s << "SELECT count(*) FROM boarding WHERE sailing = ?", into(boarded), use(sailing), now;
  return booked - boarded;
}

bool holdSeats(Session& s, int sailing, int n) {
  s.begin();  // expect: session-unfinished-transaction
  try {
    s << "UPDATE sailing SET seats = seats - ? WHERE id = ?", use(n), use(sailing), now;
    if (seatsLeft(s, sailing) < 0) return false;
    s.commit();
  } catch (...) {
    s.rollback();
    throw;
  }
  return true;
}

void note(Session& s, std::string text) {
  Transaction tx(s);
  s << "INSERT INTO note(text) VALUES(?)", use(text), now;
  tx.commit();
}

void delaySailing(Session& s, int sailing, int minutes) {
  Transaction tx(s);
  s << "UPDATE sailing SET delay = ? WHERE id = ?", use(minutes), use(sailing), now;
  note(s, "delayed by " + std::to_string(minutes));  // expect: session-nested-begin
  tx.commit();
}

void noteIfIdle(Session& s, std::string text) {
  if (s.isTransaction()) {
    s << "INSERT INTO note(text) VALUES(?)", use(text), now;
    return;
  }
  Transaction tx(s);
  s << "INSERT INTO note(text) VALUES(?)", use(text), now;
  tx.commit();
}

void resumeSailing(Session& s, int sailing) {
  Transaction tx(s);
  s << "UPDATE sailing SET delay = 0 WHERE id = ?", use(sailing), now;
  noteIfIdle(s, "resumed");
  tx.commit();
}

void chargeFare(SessionPool& pool, int booking, int cents) {
  {
    Session first = pool.get();
    first << "UPDATE booking SET paid = ? WHERE id = ?", use(cents), use(booking), now;
  }
  Session second = pool.get();  // expect: session-split-unit-of-work
  second << "UPDATE ledger SET due = due - ?", use(cents), now;
}

void chargeDeposit(SessionPool& pool, int booking, int cents) {
  int known = 0;
  {
    Session look = pool.get();
    look << "SELECT count(*) FROM booking WHERE id = ?", into(known), use(booking), now;
  }
  if (known == 0) return;
  Session s = pool.get();
  Transaction tx(s);
  s << "UPDATE booking SET deposit = ? WHERE id = ?", use(cents), use(booking), now;
  s << "UPDATE ledger SET due = due - ?", use(cents), now;
  tx.commit();
}

void finishDay(SessionPool& pool, int day) {
  Session s = pool.get();
  Transaction tx(s);
  s << "INSERT INTO daily SELECT ?, sum(due) FROM ledger", use(day), now;
  tx.commit();
  s << "VACUUM", now;
  s.begin();
  s << "UPDATE ledger SET due = 0", now;
  s.commit();  // expect: session-multiple-commits
}

int archive(SessionPool& pool, int batch) {
  Session s = pool.get();
  int moved = 0;
  for (;;) {
    Transaction tx(s);
    Statement del(s);
    del << "DELETE FROM booking WHERE id IN (SELECT id FROM booking WHERE done = 1 LIMIT ?)", use(batch);
    const int n = static_cast<int>(del.execute());
    if (n == 0) break;
    tx.commit();
    moved += n;
  }
  return moved;
}

Session* leaseForReport(SessionPool& pool) {
  Session s = pool.get();
  s << "PRAGMA query_only = 1", now;
  return &s;  // expect: session-use-after-scope
}

Session leaseForExport(SessionPool& pool) {
  Session s = pool.get();
  s << "PRAGMA cache_size = 4000", now;
  return s;
}

std::vector<std::string> passengerList(SessionPool& pool, int sailing) {
  Session s = leaseForExport(pool);
  Statement st(s);
  st << "SELECT passenger FROM booking WHERE sailing = ?", use(sailing), now;
  RecordSet rs(st);
  std::vector<std::string> out;
  for (bool more = rs.moveFirst(); more; more = rs.moveNext()) out.push_back(rs[0].convert<std::string>());
  return out;
}

class Report {
 public:
  explicit Report(Session& s) : s_(&s) {}
  void rebind(Session& s) { s_ = &s; }
  int total() {
    int n = 0;
    *s_ << "SELECT sum(due) FROM ledger", into(n), now;
    return n;
  }

 private:
  Session* s_;
};

int compareTotals(SessionPool& live, SessionPool& old) {
  Session a = live.get();
  Report report(a);
  const int current = report.total();
  Session b = old.get();
  report.rebind(b);
  return current - report.total();
}

int staleTotal(SessionPool& pool) {
  Session* chosen = nullptr;
  {
    Session s = pool.get();
    s << "UPDATE ledger SET due = 0 WHERE due < 0", now;
    chosen = &s;
  }
  int n = 0;
  *chosen << "SELECT sum(due) FROM ledger", into(n), now;  // expect: session-use-after-scope
  return n;
}

int closedTotal(const FerryConfig& cfg) {
  Session s(cfg.connector, cfg.file);
  int before = 0, after = 0;
  s << "SELECT sum(due) FROM ledger", into(before), now;
  s.close();
  s.open();
  s << "SELECT sum(due) FROM ledger", into(after), now;
  return after - before;
}

Session* openDedicated(const FerryConfig& cfg) {
  Session* s = new Session(cfg.connector, cfg.file);  // expect: session-leak
  *s << "PRAGMA journal_mode = WAL", now;
  return s;
}

std::shared_ptr<Session> openShared(const FerryConfig& cfg) {
  auto s = std::make_shared<Session>(cfg.connector, cfg.file);
  *s << "PRAGMA journal_mode = WAL", now;
  return s;
}

void announce(Session& s, std::string text) {
  std::thread speaker([s, text]() mutable {  // expect: session-shared-across-threads
    try {
      s << "INSERT INTO announcement(text) VALUES(?)", use(text), now;
    } catch (const Poco::Exception& e) {
      logger().error(e.displayText());
    }
  });
  s << "UPDATE board SET changed = 1", now;
  speaker.join();
}

void announceLater(SessionPool& pool, std::string text) {
  std::thread([&pool, text]() mutable {
    try {
      Session own = pool.get();
      own << "INSERT INTO announcement(text) VALUES(?)", use(text), now;
    } catch (const Poco::Exception& e) {
      logger().error(e.displayText());
    }
  }).detach();
}

class BoardingTx {
 public:
  explicit BoardingTx(Session& s) : s_(s) { s_.begin(); }
  BoardingTx(const BoardingTx&) = delete;
  BoardingTx& operator=(const BoardingTx&) = delete;
  ~BoardingTx() {
    try {
      if (s_.isTransaction()) s_.rollback();
    } catch (...) {
      logger().warning("rollback failed");
    }
  }
  void commit() { s_.commit(); }

 private:
  Session& s_;
};

void board(SessionPool& pool, const std::vector<int>& ids) {
  Session s = pool.get();
  BoardingTx tx(s);
  for (int id : ids) {
    int copy = id;
    Statement st(s);
    st << "INSERT INTO boarding(booking) VALUES(?)", use(copy);
    if (st.execute() != 1) return;
  }
  tx.commit();
}

void unboard(SessionPool& pool, int id) {
  Session s = pool.get();
  BoardingTx tx(s);
  s << "DELETE FROM boarding WHERE booking = ?", use(id), now;
  tx.commit();
  if (seatsLeft(s, id) > 100) tx.commit();  // expect: session-multiple-commits
}

void clearBoard(Session& s) {
  Transaction{s};  // expect: session-temporary-guard
  s << "DELETE FROM board", now;
  s << "INSERT INTO board(changed) VALUES(0)", now;
}

bool retryBook(SessionPool& pool, const Booking& b, const FerryConfig& cfg) {
  for (int i = 0; i < cfg.attempts; ++i) {
    try {
      book(pool, b);
      return true;
    } catch (const Poco::TimeoutException&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
    }
  }
  return false;
}

class Ticker {
 public:
  explicit Ticker(const FerryConfig& cfg) : s_(cfg.connector, cfg.file) {}
  ~Ticker() {
    try {
      if (s_.isTransaction()) s_.commit();  // expect: session-commit-in-destructor
      s_.close();
    } catch (const Poco::Exception& e) {
      logger().error(e.displayText());
    }
  }
  void tick() {
    if (!s_.isTransaction()) s_.begin();
    s_ << "UPDATE clock SET t = t + 1", now;
  }

 private:
  Session s_;
};

void migrate(Session& s, int version) {
  Transaction tx(s);
  std::vector<std::string> steps;
  if (version < 2) steps.push_back("ALTER TABLE booking ADD COLUMN deposit INTEGER");
  if (version < 3) steps.push_back("ALTER TABLE sailing ADD COLUMN delay INTEGER");
  if (steps.empty()) {
    tx.rollback();
    return;
  }
  for (const std::string& sql : steps) s << sql, now;
  tx.commit();
}

}  // namespace ferry
