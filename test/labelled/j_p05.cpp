// library: soci
#include <soci/connection-pool.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <chrono>
#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace kitchen {

using soci::into;
using soci::use;

struct Dish {
  int id = 0;
  std::string name;
  int cents = 0;
};

struct Order {
  int table = 0;
  std::vector<int> dishes;
};

struct KitchenConfig {
  std::string file = "kitchen.db";
  int leaseMs = 500;
  int retries = 3;
};

struct OutOfStock : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void say(const std::string& s) { std::cerr << s << '\n'; }

int openTicket(soci::session& sql, int table) {
  int id = 0;
  sql << "insert into ticket(seat) values(:t)", use(table);
  sql << "select max(id) from ticket", into(id);
  return id;
}

void takeStock(soci::session& sql, int dish) {
  int left = 0;
  sql << "select n from stock where dish = :d", use(dish), into(left);
  if (left <= 0) throw OutOfStock("dish " + std::to_string(dish));
  sql << "update stock set n = n - 1 where dish = :d", use(dish);
}

int placeOrder(soci::connection_pool& pool, const Order& order) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  const int ticket = openTicket(sql, order.table);
  for (int dish : order.dishes) {
    takeStock(sql, dish);
    sql << "insert into line(ticket, dish) values(:t, :d)", use(ticket), use(dish);
  }
  tr.commit();
  return ticket;
}

bool tryPlaceOrder(soci::connection_pool& pool, const Order& order, std::string& why) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  const int ticket = openTicket(sql, order.table);
  try {
    for (int dish : order.dishes) takeStock(sql, dish);
  } catch (const OutOfStock& e) {  // expect: session-swallow-and-commit
    why = e.what();
  }
  sql << "update ticket set done = 1 where id = :i", use(ticket);
  tr.commit();
  return why.empty();
}

std::optional<int> tryReserve(soci::connection_pool& pool, const Order& order) {
  try {
    soci::session sql(pool);
    soci::transaction tr(sql);
    const int ticket = openTicket(sql, order.table);
    for (int dish : order.dishes) takeStock(sql, dish);
    sql << "update ticket set reserved = 1 where id = :i", use(ticket);
    tr.commit();
    return ticket;
  } catch (const OutOfStock& e) {
    say(e.what());
    return std::nullopt;
  }
}

bool payTicket(soci::connection_pool& pool, int ticket, int cents) {
  soci::session sql(pool);
  sql.begin();  // expect: session-unfinished-transaction
  int due = 0;
  soci::indicator ind = soci::i_null;
  sql << "select sum(cents) from line where ticket = :t", use(ticket), into(due, ind);
  if (ind != soci::i_ok) return false;
  try {
    sql << "update ticket set paid = :c where id = :t", use(cents), use(ticket);
    sql.commit();
  } catch (const soci::soci_error& e) {
    sql.rollback();
    say(e.what());
    return false;
  }
  return cents >= due;
}

bool splitBill(soci::session& sql, int ticket, int guests) {
  sql.begin();
  try {
    for (int g = 0; g < guests; ++g) sql << "insert into part(ticket, guest) values(:t, :g)", use(ticket), use(g);
    sql << "update ticket set split = 1 where id = :t", use(ticket);
    sql.commit();
    return true;
  } catch (const soci::soci_error& e) {  // expect: session-missing-rollback
    say(std::string("split: ") + e.what());
    return false;
  }
}

void voidTicket(soci::session& sql, int ticket) {
  sql.begin();
  try {
    sql << "delete from line where ticket = :t", use(ticket);
    sql << "delete from ticket where id = :t", use(ticket);
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

void discountAll(soci::session& sql, int percent) {
  sql.begin();  // expect: session-missing-rollback
  sql << "update dish set cents = cents * (100 - :p) / 100", use(percent);
  sql << "insert into price_log(percent) values(:p)", use(percent);
  sql.commit();
}

void rebuildMenu(const KitchenConfig& cfg) {
  soci::session sql(soci::sqlite3, cfg.file);
  sql.begin();
  sql << "delete from menu";
  sql << "insert into menu select id, name from dish where cents > 0";
  sql.commit();
}

std::vector<Dish> menu(soci::connection_pool& pool) {
  soci::session sql(pool);
  std::vector<Dish> out;
  soci::rowset<soci::row> rows = (sql.prepare << "select id, name, cents from dish order by name");
  for (const soci::row& r : rows) out.push_back({r.get<int>(0), r.get<std::string>(1), r.get<int>(2)});
  return out;
}

soci::rowset<std::string> dishNames(soci::connection_pool& pool) {
  soci::session sql(pool);
  soci::rowset<std::string> rows = (sql.prepare << "select name from dish");
  return rows;  // expect: session-use-after-scope
}

soci::rowset<std::string> waiterNames(soci::session& sql) {
  return (sql.prepare << "select name from waiter");
}

void logEvent(soci::session& sql, const std::string& text) {
  soci::transaction tr(sql);
  sql << "insert into event(text) values(:t)", use(text);
  tr.commit();
}

void renameDish(soci::session& sql, int id, const std::string& name) {
  soci::transaction tr(sql);
  sql << "update dish set name = :n where id = :i", use(name), use(id);
  if (!name.empty()) logEvent(sql, "renamed to " + name);  // expect: session-nested-begin
  tr.commit();
}

void removeDish(soci::session& sql, int id) {
  int lines = 0;
  sql << "select count(*) from line where dish = :i", use(id), into(lines);
  if (lines > 0) {
    logEvent(sql, "dish in use");
    return;
  }
  soci::transaction tr(sql);
  sql << "delete from stock where dish = :i", use(id);
  sql << "delete from dish where id = :i", use(id);
  tr.commit();
}

void closeDay(soci::connection_pool& pool, int day) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "insert into daily select :d, sum(paid) from ticket", use(day);
  int sum = 0;
  sql << "select total from daily where day = :d", use(day), into(sum);
  if (sum == 0) {
    tr.rollback();
    say("nothing sold");
  }
  sql << "update ticket set closed = 1";
  tr.commit();  // expect: session-double-end
}

void reopenDay(soci::connection_pool& pool, int day) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "delete from daily where day = :d", use(day);
  int open = 0;
  sql << "select count(*) from ticket where closed = 0", into(open);
  if (open > 0) {
    tr.rollback();
    return;
  }
  sql << "update ticket set closed = 0";
  tr.commit();
}

int expireTickets(soci::connection_pool& pool, int rounds) {
  int expired = 0;
  for (int i = 0; i < rounds; ++i) {
    soci::session sql(pool);
    soci::transaction tr(sql);
    soci::statement st = (sql.prepare << "delete from ticket where id in (select id from ticket where closed = 1 limit 100)");
    st.execute(true);
    const long long n = st.get_affected_rows();
    tr.commit();
    expired += static_cast<int>(n);
    if (n < 100) break;
  }
  return expired;
}

template <class Body>
void inTransaction(soci::session& sql, Body body) {
  soci::transaction tr(sql);
  body(sql);
  tr.commit();
}

void restock(soci::connection_pool& pool, const std::vector<std::pair<int, int>>& delivery) {
  soci::session sql(pool);
  inTransaction(sql, [&](soci::session& s) {
    for (const auto& [dish, n] : delivery) s << "update stock set n = n + :n where dish = :d", use(n), use(dish);
  });
}

void restockAndLog(soci::connection_pool& pool, int dish, int n, const std::string& by) {
  soci::session sql(pool);
  inTransaction(sql, [&](soci::session& s) {
    s << "update stock set n = n + :n where dish = :d", use(n), use(dish);
  });
  soci::transaction tr(sql);
  sql << "insert into delivery(dish, n, who) values(:d, :n, :w)", use(dish), use(n), use(by);
  tr.commit();  //  // waits: session-multiple-commits
}

void spill(soci::connection_pool& pool, int dish) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "update stock set n = n - 1 where dish = :d", use(dish);
  soci::session other(pool);  // expect: session-split-unit-of-work
  soci::transaction otherTr(other);
  other << "insert into waste(dish) values(:d)", use(dish);
  otherTr.commit();
  tr.commit();
}

void spillLogged(soci::connection_pool& pool, const KitchenConfig& audit, int dish) {
  soci::session sql(pool);
  soci::session trail(soci::sqlite3, audit.file);
  soci::transaction tr(sql);
  sql << "update stock set n = n - 1 where dish = :d", use(dish);
  tr.commit();
  trail << "insert into trail(what) values('spill')";
}

bool leaseAndPing(soci::connection_pool& pool, const KitchenConfig& cfg) {
  std::size_t pos = 0;
  if (!pool.try_lease(pos, cfg.leaseMs)) return false;  // expect: session-leak
  soci::session& sql = pool.at(pos);
  int one = 0;
  sql << "select 1", into(one);
  pool.give_back(pos);
  return one == 1;
}

class Lease {
 public:
  explicit Lease(soci::connection_pool& pool) : pool_(pool), pos_(pool.lease()) {}
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() { pool_.give_back(pos_); }
  soci::session& operator*() { return pool_.at(pos_); }

 private:
  soci::connection_pool& pool_;
  std::size_t pos_;
};

int tablesInUse(soci::connection_pool& pool) {
  Lease lease(pool);
  int n = 0;
  *lease << "select count(distinct seat) from ticket where closed = 0", into(n);
  return n;
}

void callWaiter(soci::connection_pool& pool, int table) {
  soci::session& sql = *Lease(pool);
  sql << "insert into call(seat) values(:t)", use(table);  //  // waits: session-use-after-scope
}

class AutoCommit {
 public:
  explicit AutoCommit(soci::session& s) : s_(s) { s_.begin(); }
  AutoCommit(const AutoCommit&) = delete;
  AutoCommit& operator=(const AutoCommit&) = delete;
  ~AutoCommit() {
    try {
      s_.commit();  // expect: session-commit-in-destructor
    } catch (const std::exception& e) {
      std::cerr << e.what() << '\n';
    }
  }

 private:
  soci::session& s_;
};

class UnitOfWork {
 public:
  explicit UnitOfWork(soci::connection_pool& pool) : sql_(pool), depth_(std::uncaught_exceptions()) { sql_.begin(); }
  UnitOfWork(const UnitOfWork&) = delete;
  UnitOfWork& operator=(const UnitOfWork&) = delete;
  ~UnitOfWork() {
    if (finished_) return;
    try {
      sql_.rollback();
    } catch (const std::exception& e) {
      std::cerr << e.what() << '\n';
    }
  }
  soci::session& sql() { return sql_; }
  bool unwinding() const { return std::uncaught_exceptions() > depth_; }
  void complete() {
    sql_.commit();
    finished_ = true;
  }

 private:
  soci::session sql_;
  int depth_;
  bool finished_ = false;
};

void seatGuests(soci::connection_pool& pool, int table, int guests) {
  UnitOfWork unit(pool);
  const int ticket = openTicket(unit.sql(), table);
  if (guests <= 0) throw std::invalid_argument("guests");
  unit.sql() << "update ticket set guests = :g where id = :t", use(guests), use(ticket);
  unit.complete();
}

void moveGuests(soci::connection_pool& pool, int from, int to) {
  UnitOfWork unit(pool);
  unit.sql() << "update ticket set seat = :n where seat = :o", use(to), use(from);
  if (from == to) return;
  unit.complete();
}

void cookInBackground(soci::session& sql, int ticket) {
  std::thread([&sql, ticket] {  // expect: session-shared-across-threads
    try {
      sql << "update ticket set cooking = 1 where id = :t", use(ticket);
    } catch (const std::exception& e) {
      say(e.what());
    }
  }).detach();
  sql << "update stove set busy = 1";
}

std::future<int> countInBackground(soci::connection_pool& pool) {
  return std::async(std::launch::async, [&pool] {
    soci::session sql(pool);
    int n = 0;
    sql << "select count(*) from ticket", into(n);
    return n;
  });
}

bool saveDish(soci::connection_pool& pool, const Dish& d, const KitchenConfig& cfg) {
  for (int attempt = 0; attempt < cfg.retries; ++attempt) {
    try {
      soci::session sql(pool);
      soci::transaction tr(sql);
      sql << "insert into dish(id, name, cents) values(:i, :n, :c)", use(d.id), use(d.name), use(d.cents);
      tr.commit();
      return true;
    } catch (const soci::soci_error& e) {
      say(e.what());
      std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
  }
  return false;
}

int seedStove(soci::session& sql) {
  soci::transaction{sql};  // expect: session-temporary-guard
  sql << "delete from stove";
  sql << "insert into stove(id, busy) values(1, 0)";
  return 1;
}

}  // namespace kitchen
