// library: mysqlcppconn
#include <atomic>
#include <chrono>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <functional>
#include <iostream>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_connection.h>
#include <mysql_driver.h>

namespace fleet {

template <class T> class Stream {
public:
  struct promise_type {
    T* item{};
    std::exception_ptr error;
    auto get_return_object() { return Stream(std::coroutine_handle<promise_type>::from_promise(*this)); }
    auto initial_suspend() noexcept { return std::suspend_always{}; }
    auto final_suspend() noexcept { return std::suspend_always{}; }
    auto yield_value(T& t) noexcept {
      item = &t;
      return std::suspend_always{};
    }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { error = std::current_exception(); }
  };
  struct Sentinel {};
  struct Iterator {
    Stream* owner;
    Iterator& operator++() {
      owner->pull();
      return *this;
    }
    T& operator*() const { return *owner->h_.promise().item; }
    bool operator==(Sentinel) const { return owner->h_.done(); }
  };
  explicit Stream(std::coroutine_handle<promise_type> h) : h_(h) {}
  Stream(const Stream&) = delete;
  Stream(Stream&& o) noexcept : h_(std::exchange(o.h_, nullptr)) {}
  ~Stream() {
    if (h_)
      h_.destroy();
  }
  Iterator begin() {
    pull();
    return Iterator{this};
  }
  Sentinel end() const { return {}; }

private:
  void pull() {
    h_.resume();
    if (h_.promise().error)
      std::rethrow_exception(h_.promise().error);
  }
  std::coroutine_handle<promise_type> h_;
};

struct Server {
  std::string url, user, password;
};
struct Position {
  int truck = 0;
  double lat = 0, lon = 0;
};
struct Shift {
  int driver = 0;
  int truck = 0;
  std::string day;
};

using Con = std::unique_ptr<sql::Connection>;
using Prep = std::unique_ptr<sql::PreparedStatement>;
using Stmt = std::unique_ptr<sql::Statement>;
using Rows = std::unique_ptr<sql::ResultSet>;

void info(const std::string& s) noexcept { std::cout << s << '\n'; }
std::vector<Position> decode(std::string_view frame);

sql::Driver& driver() {
  static sql::Driver* d = get_driver_instance();
  return *d;
}

Con open(const Server& s) {
  Con con(driver().connect(s.url, s.user, s.password));
  con->setSchema("fleet");
  return con;
}

void run(sql::Connection& con, const std::string& text) {
  Stmt st(con.createStatement());
  st->execute(text);
}

Stream<sql::Connection> scoped(const Server& s) {
  Con con = open(s);
  con->setAutoCommit(false);
  co_yield *con;
  con->commit();
}

class ConnectionPool {
public:
  explicit ConnectionPool(Server s) : server_(std::move(s)) {}
  std::shared_ptr<sql::Connection> get() {
    std::lock_guard<std::mutex> lock(mutex_);
    Con con;
    if (free_.empty()) {
      con = open(server_);
    } else {
      con = std::move(free_.front());
      free_.pop_front();
    }
    return std::shared_ptr<sql::Connection>(con.release(), [this](sql::Connection* c) {
      Con back(c);
      std::lock_guard<std::mutex> guard(mutex_);
      free_.push_back(std::move(back));
    });
  }

private:
  Server server_;
  std::mutex mutex_;
  std::list<Con> free_;
};

int assign(const Server& s, const Shift& shift) {
  int rows = 0;
  for (sql::Connection& con : scoped(s)) {
    Prep up(con.prepareStatement("INSERT INTO shift(driver, truck, day) VALUES(?, ?, ?)"));
    up->setInt(1, shift.driver);
    up->setInt(2, shift.truck);
    up->setString(3, shift.day);
    rows = up->executeUpdate();
    Prep log(con.prepareStatement("INSERT INTO shift_log(driver) VALUES(?)"));
    log->setInt(1, shift.driver);
    log->executeUpdate();
  }
  return rows;
}

std::optional<int> unassign(const Server& s, int shift) {
  for (sql::Connection& con : scoped(s)) {
    Prep q(con.prepareStatement("SELECT truck FROM shift WHERE id = ? FOR UPDATE"));
    q->setInt(1, shift);
    Rows rs(q->executeQuery());
    if (!rs->next())
      throw std::out_of_range("shift");
    const int truck = rs->getInt(1);
    Prep del(con.prepareStatement("DELETE FROM shift WHERE id = ?"));
    del->setInt(1, shift);
    del->executeUpdate();
    info("freed");
    return truck;  // expect: session-generator-early-return
  }
  return std::nullopt;
}

bool park(ConnectionPool& pool, int truck, int lot) {
  auto con = pool.get();
  run(*con, "START TRANSACTION");  // waits: session-unfinished-transaction
  try {
    Prep q(con->prepareStatement("SELECT used < size FROM lot WHERE id = ? FOR UPDATE"));
    q->setInt(1, lot);
    Rows rs(q->executeQuery());
    if (!rs->next() || !rs->getBoolean(1)) {
      info("lot full");
      return false;
    }
    Prep up(con->prepareStatement("UPDATE truck SET lot = ? WHERE id = ?"));
    up->setInt(1, lot);
    up->setInt(2, truck);
    up->executeUpdate();
    run(*con, "COMMIT");
  } catch (...) {
    run(*con, "ROLLBACK");
    throw;
  }
  return true;
}

bool unpark(ConnectionPool& pool, int truck) {
  auto con = pool.get();
  run(*con, "START TRANSACTION");
  try {
    Prep up(con->prepareStatement("UPDATE truck SET lot = NULL WHERE id = ? AND lot IS NOT NULL"));
    up->setInt(1, truck);
    const bool moved = up->executeUpdate() == 1;
    if (moved)
      run(*con, "UPDATE lot SET used = used - 1");
    run(*con, moved ? "COMMIT" : "ROLLBACK");
    return moved;
  } catch (const sql::SQLException& e) {
    run(*con, "ROLLBACK");
    info(e.what());
    return false;
  }
}

bool service(const Server& s, int truck, int cents) {
  Con con = open(s);
  run(*con, "START TRANSACTION");
  Prep bill(con->prepareStatement("INSERT INTO bill(truck, cents) VALUES(?, ?)"));
  bill->setInt(1, truck);
  bill->setInt(2, cents);
  bill->executeUpdate();
  if (cents > 500000) {
    info("needs approval");
    return false;
  }
  Prep up(con->prepareStatement("UPDATE truck SET serviced = now() WHERE id = ?"));
  up->setInt(1, truck);
  up->executeUpdate();
  run(*con, "COMMIT");
  return true;
}

class Session {
public:
  explicit Session(const Server& s) : con_(open(s)) {}
  ~Session() = default;
  sql::Connection& raw() { return *con_; }

  void begin() {
    con_->setAutoCommit(false);
    active_ = true;
  }
  void commit() {
    con_->commit();
    active_ = false;
    con_->setAutoCommit(true);
  }
  void rollback() {
    active_ = false;
    con_->rollback();
    con_->setAutoCommit(true);
  }
  bool active() const { return active_; }

private:
  Con con_;
  bool active_ = false;
};

class Unit {
public:
  explicit Unit(Session& s) : s_(s), outer_(s.active()) {
    if (!outer_)
      s_.begin();
  }
  Unit(const Unit&) = delete;
  ~Unit() {
    if (outer_ || finished_)
      return;
    try {
      s_.rollback();
    } catch (const std::exception& e) {
      info(e.what());
    }
  }
  void finish() {
    if (!outer_)
      s_.commit();
    finished_ = true;
  }

private:
  Session& s_;
  bool outer_;
  bool finished_ = false;
};

void logTrip(Session& s, int truck, int km) {
  Unit unit(s);
  Prep ins(s.raw().prepareStatement("INSERT INTO trip(truck, km) VALUES(?, ?)"));
  ins->setInt(1, truck);
  ins->setInt(2, km);
  ins->executeUpdate();
  unit.finish();
}

void closeMonth(Session& s, const std::map<int, int>& kmByTruck) {
  Unit unit(s);
  for (const auto& [truck, km] : kmByTruck) {
    if (km < 0)
      throw std::domain_error("negative distance for " + std::to_string(truck));
    logTrip(s, truck, km);
  }
  run(s.raw(), "INSERT INTO month_total SELECT truck, sum(km) FROM trip GROUP BY truck");
  unit.finish();
}

void retireTruck(Session& s, int truck) {
  s.begin();  // expect: session-missing-rollback
  Prep trips(s.raw().prepareStatement("DELETE FROM trip WHERE truck = ?"));
  trips->setInt(1, truck);
  const int n = trips->executeUpdate();
  Prep head(s.raw().prepareStatement("UPDATE truck SET retired = 1 WHERE id = ?"));
  head->setInt(1, truck);
  head->executeUpdate();
  info("trips removed: " + std::to_string(n));
  s.commit();
}

bool renameTruck(Session& s, int truck, const std::string& plate) {
  s.begin();
  try {
    Prep up(s.raw().prepareStatement("UPDATE truck SET plate = ? WHERE id = ?"));
    up->setString(1, plate);
    up->setInt(2, truck);
    if (up->executeUpdate() != 1)
      throw std::runtime_error("no truck");
    s.commit();
    return true;
  } catch (const std::exception& e) {
    if (s.active())
      s.rollback();
    info(e.what());
  }
  return false;
}

class Batch {
public:
  explicit Batch(sql::Connection& con) : con_(con) {
    con_.setAutoCommit(false);
    ins_.reset(con_.prepareStatement("INSERT INTO position(truck, lat, lon) VALUES(?, ?, ?)"));
  }
  ~Batch() {
    ins_.reset();
    con_.commit();  // expect: session-commit-in-destructor
  }
  void add(const Position& p) {
    ins_->setInt(1, p.truck);
    ins_->setDouble(2, p.lat);
    ins_->setDouble(3, p.lon);
    ins_->executeUpdate();
  }

private:
  sql::Connection& con_;
  Prep ins_;
};

std::size_t ingest(sql::Connection& con, const std::vector<std::string>& frames) {
  std::size_t n = 0;
  Prep ins(con.prepareStatement("INSERT INTO position(truck, lat, lon) VALUES(?, ?, ?)"));
  con.setAutoCommit(false);
  for (const auto& frame : frames) {
    try {
      for (const Position& p : decode(frame)) {
        ins->setInt(1, p.truck);
        ins->setDouble(2, p.lat);
        ins->setDouble(3, p.lon);
        ins->executeUpdate();
      }
      con.commit();
      ++n;
    } catch (const std::exception& e) {
      con.rollback();
      info(e.what());
    }
  }
  con.setAutoCommit(true);
  return n;
}

class TruckService {
public:
  TruckService(const Server& primary) : main_(open(primary)), side_(open(primary)) {}

  void repaint(int truck, const std::string& colour) {
    std::lock_guard<std::mutex> lock(mutex_);
    main_->setAutoCommit(false);
    try {
      Prep up(main_->prepareStatement("UPDATE truck SET colour = ? WHERE id = ?"));
      up->setString(1, colour);
      up->setInt(2, truck);
      up->executeUpdate();
      run(*side_, "INSERT INTO paint_job(state) VALUES('new')");  // waits: session-transaction-bypass
      run(*main_, "UPDATE paint_stock SET litres = litres - 8");
      main_->commit();
    } catch (...) {
      main_->rollback();
      throw;
    }
  }

  int idle() {
    std::lock_guard<std::mutex> lock(mutex_);
    Stmt st(side_->createStatement());
    Rows rs(st->executeQuery("SELECT count(*) FROM truck WHERE lot IS NOT NULL"));
    return rs->next() ? rs->getInt(1) : 0;
  }

  void startMonitor(const Server& s, std::atomic<bool>& stop) {
    std::thread([s, &stop] {
      try {
        Con own = open(s);
        while (!stop) {
          run(*own, "UPDATE monitor SET seen = now()");
          std::this_thread::sleep_for(std::chrono::seconds(10));
        }
      } catch (const std::exception& e) {
        info(e.what());
      }
    }).detach();
  }

private:
  std::mutex mutex_;
  Con main_;
  Con side_;
};

int migrate(sql::Connection& con, int from) {
  static const std::vector<std::pair<int, std::string>> steps{
      {1, "CREATE TABLE truck(id INT PRIMARY KEY, plate VARCHAR(16))"},
      {2, "ALTER TABLE truck ADD retired INT DEFAULT 0"},
      {3, "CREATE TABLE trip(truck INT, km INT)"}};
  int version = from;
  for (const auto& [v, text] : steps) {
    if (v <= version)
      continue;
    run(con, text);
    run(con, "START TRANSACTION");
    try {
      run(con, "DELETE FROM version");
      run(con, "INSERT INTO version VALUES(" + std::to_string(v) + ")");
      run(con, "COMMIT");
    } catch (...) {
      run(con, "ROLLBACK");
      throw;
    }
    version = v;
  }
  return version;
}

int rowCount(const Server& s, const std::string& table) {
  int n = -1;
  sql::Connection* con = driver().connect(s.url, s.user, s.password);  // expect: session-raw-construction
  try {
    con->setSchema("fleet");
    Stmt st(con->createStatement());
    Rows rs(st->executeQuery("SELECT count(*) FROM " + table));
    if (rs->next())
      n = rs->getInt(1);
  } catch (...) {
    delete con;
    throw;
  }
  delete con;
  return n;
}

bool undoTrip(sql::Connection& con, int trip) {
  con.setAutoCommit(false);
  try {
    Prep del(con.prepareStatement("DELETE FROM trip WHERE id = ?"));
    del->setInt(1, trip);
    if (del->executeUpdate() == 0) {
      con.rollback();
      con.setAutoCommit(true);
      return false;
    }
    run(con, "UPDATE truck SET trips = trips - 1");
    con.commit();
  } catch (const sql::SQLException& e) {
    info(e.what());
    con.rollback();
    con.setAutoCommit(true);
    return false;
  }
  con.setAutoCommit(true);
  return true;
}

void purge(sql::Connection& con, int days) {
  run(con, "START TRANSACTION");
  try {
    Prep del(con.prepareStatement("DELETE FROM position WHERE age > ?"));
    del->setInt(1, days);
    info("purged " + std::to_string(del->executeUpdate()));
    run(con, "INSERT INTO purge_log VALUES(now())");
    run(con, "COMMIT");
  } catch (const sql::SQLException&) {
    run(con, "ROLLBACK");
    throw;
  }
  info("leaving purge");
  con.rollback();  // expect: session-double-end
}

std::function<int()> counterFor(const Server& s) {
  struct Held {
    Con con;
    Prep query;
  };
  auto held = std::make_shared<Held>();
  held->con = open(s);
  held->query.reset(held->con->prepareStatement("SELECT count(*) FROM truck"));
  return [held] {
    Rows rs(held->query->executeQuery());
    return rs->next() ? rs->getInt(1) : 0;
  };
}

sql::Connection* current = nullptr;

void withServer(const Server& s, const std::function<void()>& body) {
  Con con = open(s);
  run(*con, "SET time_zone = '+00:00'");
  current = con.get();  // expect: session-use-after-scope
  body();
  info("done");
}

class CurrentScope {
public:
  explicit CurrentScope(sql::Connection& c) : before_(std::exchange(current, &c)) {}
  CurrentScope(const CurrentScope&) = delete;
  ~CurrentScope() { current = before_; }

private:
  sql::Connection* before_;
};

int tripsToday(const Server& s) {
  Con con = open(s);
  CurrentScope scope(*con);
  Stmt st(current->createStatement());
  Rows rs(st->executeQuery("SELECT count(*) FROM trip WHERE day = curdate()"));
  return rs->next() ? rs->getInt(1) : 0;
}

} // namespace fleet
