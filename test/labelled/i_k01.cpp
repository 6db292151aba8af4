// Berth planning of a container terminal; the database layer comes from the platform team.
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace platform::db {

class DbError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class Row {
public:
  int num(int col) const;
  std::string text(int col) const;
};

class Session {
public:
  explicit Session(const std::string& dsn);
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();
  template <class... A> int exec(std::string_view sql, const A&... args);
  template <class... A> std::vector<Row> rows(std::string_view sql, const A&... args);
  void begin();
  void commit();
  void rollback() noexcept;
  bool in_transaction() const noexcept;
  long last_id() const noexcept;
};

class Transaction {
public:
  explicit Transaction(Session& s);
  Transaction(const Transaction&) = delete;
  ~Transaction();
  void commit();
  void rollback() noexcept;
};

class Savepoint {
public:
  Savepoint(Session& s, std::string_view name);
  Savepoint(const Savepoint&) = delete;
  ~Savepoint();
  void release();
};

class Pool {
public:
  Session acquire();
  std::optional<Session> try_acquire(std::chrono::milliseconds wait);
  Session* borrow();
  void give_back(Session* s) noexcept;
};

}  // namespace platform::db

namespace quay {

using platform::db::DbError;
using platform::db::Pool;
using platform::db::Row;
using platform::db::Savepoint;
using platform::db::Session;
using platform::db::Transaction;

void log_info(std::string_view what) noexcept;
void log_error(std::string_view what) noexcept;

struct Ship {
  int imo = 0;
  int length = 0;
  std::string name;
};

struct Slot {
  int berth = 0;
  int from = 0;
  int until = 0;
};

struct Container {
  std::string code;
  int weight = 0;
  bool reefer = false;
};

bool assign_berth(Session& s, const Ship& ship, const Slot& slot) {
  Transaction tx(s);
  auto taken = s.rows("SELECT ship FROM slot WHERE berth = ? AND until > ? AND from_h < ? FOR UPDATE", slot.berth,
                      slot.from, slot.until);
  for (const Row& r : taken) {
    if (r.num(0) != ship.imo) {
      log_info("berth is taken by " + std::to_string(r.num(0)));
      return false;
    }
  }
  s.exec("INSERT INTO slot(berth, ship, from_h, until) VALUES (?, ?, ?, ?)", slot.berth, ship.imo, slot.from, slot.until);
  s.exec("UPDATE ship SET state = 'planned' WHERE imo = ?", ship.imo);
  tx.commit();
  return true;
}

bool shift_slots(Session& s, int berth, int hours) {
  if (hours == 0)
    return true;
  s.begin();
  try {
    s.exec("UPDATE slot SET from_h = from_h + ?, until = until + ? WHERE berth = ?", hours, hours, berth);
    s.exec("INSERT INTO slot_log(berth, hours) VALUES (?, ?)", berth, hours);
    s.commit();
    return true;
  } catch (const DbError& e) {  // expect: session-missing-rollback
    log_error(std::string("shift failed: ") + e.what());
    return false;
  }
}

bool swap_berths(Session& s, int a, int b) {
  s.begin();
  try {
    s.exec("UPDATE slot SET berth = -1 WHERE berth = ?", a);
    s.exec("UPDATE slot SET berth = ? WHERE berth = ?", a, b);
    s.exec("UPDATE slot SET berth = ? WHERE berth = -1", b);
    s.commit();
  } catch (...) {
    s.rollback();
    log_error("swap failed");
    return false;
  }
  log_info("berths swapped");
  return true;
}

std::vector<std::string> waiting_ships(Session& s, int hour) {
  Transaction tx(s);
  std::vector<std::string> out;
  for (const Row& r : s.rows("SELECT name, length FROM ship WHERE eta <= ? AND state = 'waiting'", hour)) {
    if (r.num(1) > 400)
      continue;
    out.push_back(r.text(0));
  }
  return out;
}

void record_arrival(Pool& pool, const Ship& ship, int hour) {
  Session* active = nullptr;
  {
    Session s = pool.acquire();
    Transaction tx(s);
    s.exec("UPDATE ship SET state = 'arrived', ata = ? WHERE imo = ?", hour, ship.imo);
    tx.commit();
    active = &s;
  }
  if (ship.length > 300)
    active->exec("INSERT INTO pilot_bill(ship, hour) VALUES (?, ?)", ship.imo, hour);  // expect: session-use-after-scope
}

void record_departure(Pool& pool, const Ship& ship, int hour, Session* given) {
  std::optional<Session> own;
  Session* s = given;
  if (s == nullptr)
    s = &own.emplace(pool.acquire());
  if (s->in_transaction()) {
    s->exec("UPDATE ship SET state = 'gone', atd = ? WHERE imo = ?", hour, ship.imo);
    return;
  }
  Transaction tx(*s);
  s->exec("UPDATE ship SET state = 'gone', atd = ? WHERE imo = ?", hour, ship.imo);
  s->exec("DELETE FROM slot WHERE ship = ?", ship.imo);
  tx.commit();
}

int crane_load(Pool& pool, int crane) {
  Session* s = pool.borrow();  // expect: session-leak
  auto rows = s->rows("SELECT moves FROM crane WHERE id = ?", crane);
  if (rows.empty()) {
    log_info("no such crane");
    return 0;
  }
  int moves = rows.front().num(0);
  pool.give_back(s);
  return moves;
}

int crane_moves_today(Pool& pool, int crane) {
  auto back = [&pool](Session* s) { pool.give_back(s); };
  std::unique_ptr<Session, decltype(back)> s(pool.borrow(), back);
  if (!s)
    return -1;
  auto rows = s->rows("SELECT count(*) FROM move WHERE crane = ? AND day = current_date", crane);
  if (rows.empty())
    return 0;
  return rows.front().num(0);
}

void discharge(Session& s, const Ship& ship, const std::vector<Container>& list) {
  Transaction tx(s);
  for (const Container& c : list) {
    try {
      s.exec("INSERT INTO yard(code, weight) VALUES (?, ?)", c.code, c.weight);
      if (c.reefer)
        s.exec("INSERT INTO plug(code) VALUES (?)", c.code);
    } catch (const DbError& e) {  // expect: session-swallow-and-commit
      log_error(std::string("container skipped: ") + e.what());
    }
  }
  s.exec("UPDATE ship SET state = 'empty' WHERE imo = ?", ship.imo);
  tx.commit();
}

int discharge_tolerant(Session& s, const Ship& ship, const std::vector<Container>& list) {
  int skipped = 0;
  Transaction tx(s);
  for (const Container& c : list) {
    try {
      Savepoint sp(s, "one_box");
      s.exec("INSERT INTO yard(code, weight) VALUES (?, ?)", c.code, c.weight);
      if (c.reefer)
        s.exec("INSERT INTO plug(code) VALUES (?)", c.code);
      sp.release();
    } catch (const DbError& e) {
      ++skipped;
      log_error(std::string("container skipped: ") + e.what());
    }
  }
  s.exec("UPDATE ship SET state = 'empty', skipped = ? WHERE imo = ?", skipped, ship.imo);
  tx.commit();
  return skipped;
}

bool discharge_strict(Session& s, const std::vector<Container>& list, std::string& problem) {
  bool failed = false;
  Transaction tx(s);
  for (std::size_t i = 0; i < list.size() && !failed; ++i) {
    try {
      s.exec("INSERT INTO yard(code, weight) VALUES (?, ?)", list[i].code, list[i].weight);
    } catch (const DbError& e) {
      problem = list[i].code + ": " + e.what();
      failed = true;
    }
  }
  if (failed) {
    tx.rollback();
    return false;
  }
  tx.commit();
  return true;
}

void reserve_plugs(Session& s, int block, int count) {
  Transaction tx(s);  // expect: session-unfinished-transaction
  auto free = s.rows("SELECT id FROM plug WHERE block = ? AND code IS NULL LIMIT ?", block, count);
  if (static_cast<int>(free.size()) < count)
    throw DbError("not enough plugs in block " + std::to_string(block));
  for (const Row& r : free)
    s.exec("UPDATE plug SET code = 'reserved' WHERE id = ?", r.num(0));
  log_info("plugs reserved");
}

int simulate_restow(Session& s, int bay) {
  Transaction tx(s);
  s.exec("UPDATE yard SET tier = tier + 1 WHERE bay = ?", bay);
  s.exec("DELETE FROM yard WHERE tier > 6 AND bay = ?", bay);
  int lost = 0;
  for (const Row& r : s.rows("SELECT count(*) FROM yard WHERE bay = ?", bay))
    lost = r.num(0);
  tx.rollback();
  return lost;
}

void archive_moves(Session& s, int chunk) {
  for (;;) {
    Transaction tx(s);
    int n = s.exec("INSERT INTO move_old SELECT * FROM move WHERE done = 1 LIMIT ?", chunk);
    if (n == 0)
      break;
    s.exec("DELETE FROM move WHERE id IN (SELECT id FROM move_old)");
    tx.commit();
    log_info("archived a chunk");
  }
}

long book_truck(Session& s, const std::string& plate, const std::vector<Container>& boxes) {
  s.begin();
  long visit = 0;
  try {
    s.exec("INSERT INTO visit(plate) VALUES (?)", plate);
    visit = s.last_id();
    s.commit();
    s.begin();
    for (const Container& c : boxes)
      s.exec("INSERT INTO visit_box(visit, code) VALUES (?, ?)", visit, c.code);
    s.commit();  // expect: session-multiple-commits
  } catch (...) {
    if (s.in_transaction())
      s.rollback();
    throw;
  }
  return visit;
}

void bill_storage(Pool& pool, const std::string& code, int days) {
  {
    Session s = pool.acquire();
    Transaction tx(s);
    s.exec("UPDATE yard SET billed_days = billed_days + ? WHERE code = ?", days, code);
    tx.commit();
  }
  Session t = pool.acquire();  // expect: session-split-unit-of-work
  Transaction tx(t);
  t.exec("INSERT INTO bill_line(code, days) VALUES (?, ?)", code, days);
  tx.commit();
}

void copy_to_archive(Pool& live, Pool& archive, int year) {
  std::vector<Row> rows;
  {
    Session from = live.acquire();
    rows = from.rows("SELECT id, ship FROM visit_sum WHERE year = ?", year);
  }
  if (rows.empty())
    return;
  Session to = archive.acquire();
  Transaction tx(to);
  to.exec("DELETE FROM visit_sum WHERE year = ?", year);
  for (const Row& r : rows)
    to.exec("INSERT INTO visit_sum VALUES (?, ?, ?)", r.num(0), r.num(1), year);
  tx.commit();
}

bool close_gate(Session& s, int gate, const std::function<bool(int)>& barrier_down) {
  s.begin();
  try {
    s.exec("UPDATE gate SET open = 0 WHERE id = ?", gate);
    s.exec("INSERT INTO gate_log(gate, what) VALUES (?, 'close')", gate);
    s.commit();
  } catch (...) {
    s.rollback();
    throw;
  }
  if (!barrier_down(gate)) {
    log_error("barrier did not move");
    s.rollback();  // expect: session-double-end
    return false;
  }
  return true;
}

void open_gate(Session& s, int gate) {
  Transaction{s};  // expect: session-temporary-guard
  s.exec("UPDATE gate SET open = 1 WHERE id = ?", gate);
  s.exec("INSERT INTO gate_log(gate, what) VALUES (?, 'open')", gate);
  log_info("gate opened");
}

bool weigh(Pool& pool, const Container& c, int measured) {
  auto s = pool.try_acquire(std::chrono::milliseconds(250));
  if (!s) {
    log_error("no connection for the scale");
    return false;
  }
  Transaction tx(*s);
  int n = s->exec("UPDATE yard SET weight = ? WHERE code = ?", measured, c.code);
  if (n != 1)
    return false;
  if (measured > c.weight + 500)
    s->exec("INSERT INTO overweight(code, kg) VALUES (?, ?)", c.code, measured);
  tx.commit();
  return true;
}

std::map<int, int> berth_usage(Pool& pool, int from, int until) {
  std::map<int, int> usage;
  Session s = pool.acquire();
  for (const Row& r : s.rows("SELECT berth, from_h, until FROM slot WHERE until > ? AND from_h < ?", from, until)) {
    int hours = std::min(r.num(2), until) - std::max(r.num(1), from);
    usage[r.num(0)] += hours;
  }
  return usage;
}

}  // namespace quay
