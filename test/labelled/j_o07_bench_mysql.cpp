// library: mariadb
#include <mysql.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace bench {

struct SqlFault : std::runtime_error {
  SqlFault(unsigned c, const char* m) : std::runtime_error(m), code(c) {}
  unsigned code;
  bool deadlock() const noexcept { return code == 1213 || code == 1205; }
};

struct Target { std::string host, user, pass, schema; unsigned port = 3306; };

void say(const std::string& s) noexcept { std::fputs((s + "\n").c_str(), stderr); }

struct CloseMy { void operator()(MYSQL* m) const noexcept { mysql_close(m); } };
struct FreeRes { void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); } };
using Rows = std::unique_ptr<MYSQL_RES, FreeRes>;

class Bench {
public:
  explicit Bench(const Target& t) : my_(mysql_init(nullptr)) {
    if (!mysql_real_connect(my_.get(), t.host.c_str(), t.user.c_str(), t.pass.c_str(), t.schema.c_str(), t.port, nullptr, 0))
      fail();
  }
  void exec(const std::string& sql) {
    if (mysql_real_query(my_.get(), sql.data(), sql.size()) != 0) fail();
  }
  Rows rows(const std::string& sql) {
    exec(sql);
    Rows r(mysql_store_result(my_.get()));
    if (!r) fail();
    return r;
  }
  unsigned long long lastId() const noexcept { return mysql_insert_id(my_.get()); }
  MYSQL* raw() const noexcept { return my_.get(); }

private:
  [[noreturn]] void fail() const { throw SqlFault(mysql_errno(my_.get()), mysql_error(my_.get())); }
  std::unique_ptr<MYSQL, CloseMy> my_;
};

class Shift {
public:
  explicit Shift(Bench& b) : b_(b), depth_(std::uncaught_exceptions()) { b_.exec("START TRANSACTION"); }
  Shift(const Shift&) = delete;
  ~Shift() { if (!over_) mysql_rollback(b_.raw()); }
  void done() {
    if (mysql_commit(b_.raw()) != 0) throw SqlFault(mysql_errno(b_.raw()), mysql_error(b_.raw()));
    over_ = true;
  }
  bool unwinding() const noexcept { return std::uncaught_exceptions() > depth_; }

private:
  Bench& b_;
  int depth_;
  bool over_ = false;
};

class ManualMode {
public:
  explicit ManualMode(Bench& b) : b_(b) {
    if (mysql_autocommit(b_.raw(), 0) != 0) throw SqlFault(mysql_errno(b_.raw()), "autocommit");
  }
  ManualMode(const ManualMode&) = delete;
  ~ManualMode() {
    mysql_rollback(b_.raw());
    mysql_autocommit(b_.raw(), 1);
  }
  void keep() {
    if (mysql_commit(b_.raw()) != 0) throw SqlFault(mysql_errno(b_.raw()), "commit");
  }

private:
  Bench& b_;
};

class LoudShift {
public:
  explicit LoudShift(Bench& b) : b_(b) { b_.exec("START TRANSACTION"); }
  LoudShift(const LoudShift&) = delete;
  ~LoudShift() { say("shift ends"); mysql_commit(b_.raw()); }  // expect: session-commit-in-destructor

private:
  Bench& b_;
};

std::string n(long long v) { return std::to_string(v); }

template <class Derived>
class TableGateway {
public:
  explicit TableGateway(Bench& b) : bench_(b) {}

  void erase(long long id) {
    Shift shift(bench_);
    self().beforeErase(id);
    bench_.exec("DELETE FROM " + self().table() + " WHERE id = " + n(id));
    shift.done();
  }

  long long count() {
    Rows r = bench_.rows("SELECT count(*) FROM " + self().table());
    MYSQL_ROW row = mysql_fetch_row(r.get());
    return row && row[0] ? std::atoll(row[0]) : 0;
  }

  template <class Fn>
  auto atomically(Fn fn) {
    Shift shift(bench_);
    if constexpr (std::is_void_v<decltype(fn())>) {
      fn();
      shift.done();
    } else {
      auto out = fn();
      shift.done();
      return out;
    }
  }

protected:
  Bench& bench_;

private:
  Derived& self() { return static_cast<Derived&>(*this); }
};

class WorkOrders : public TableGateway<WorkOrders> {
public:
  using TableGateway::TableGateway;
  std::string table() const { return "work_order"; }
  void beforeErase(long long id) { bench_.exec("DELETE FROM work_step WHERE ord = " + n(id)); }

  unsigned long long create(const std::vector<std::string>& steps) {
    return atomically([&] {
      bench_.exec("INSERT INTO work_order(state) VALUES ('new')");
      const auto id = bench_.lastId();
      for (const auto& s : steps) bench_.exec("INSERT INTO work_step VALUES (" + n(id) + ", '" + s + "')");
      return id;
    });
  }

  void start(long long id, long long machine) {
    atomically([&] {
      bench_.exec("UPDATE work_order SET state = 'run' WHERE id = " + n(id));
      Shift inner(bench_);  // expect: session-nested-begin
      bench_.exec("UPDATE machine SET ord = " + n(id) + " WHERE id = " + n(machine));
      inner.done();
    });
  }

  void split(long long id, int parts) {
    bench_.exec("START TRANSACTION");
    try {
      for (int i = 0; i < parts; ++i)
        bench_.exec("INSERT INTO work_order(parent) VALUES (" + n(id) + ")");
      bench_.exec("UPDATE work_order SET state = 'split' WHERE id = " + n(id));
      bench_.exec("COMMIT");
    } catch (const SqlFault& f) {
      say(std::string("split: ") + f.what());
      mysql_rollback(bench_.raw());
      throw;
    }
  }

  bool finish(long long id) {
    bench_.exec("START TRANSACTION");
    int open = 0;
    try {
      Rows r = bench_.rows("SELECT count(*) FROM work_step WHERE done = 0 AND ord = " + n(id));
      if (MYSQL_ROW row = mysql_fetch_row(r.get())) open = std::atoi(row[0]);
      if (open == 0) bench_.exec("UPDATE work_order SET state = 'done' WHERE id = " + n(id));
    } catch (const SqlFault& f) {  // expect: session-missing-rollback
      if (f.deadlock()) say("deadlock while finishing " + n(id));
      throw;
    }
    if (mysql_commit(bench_.raw()) == 0) return open == 0;
    mysql_rollback(bench_.raw());
    return false;
  }
};

class Machines : public TableGateway<Machines> {
public:
  using TableGateway::TableGateway;
  std::string table() const { return "machine"; }
  void beforeErase(long long) {}

  void relocate(const std::vector<long long>& ids, long long hall) {
    ManualMode mode(bench_);
    for (long long id : ids) bench_.exec("UPDATE machine SET hall = " + n(hall) + " WHERE id = " + n(id));
    bench_.exec("UPDATE hall SET used = used + " + n(static_cast<long long>(ids.size())) + " WHERE id = " + n(hall));
    mode.keep();
  }

  void calibrate(long long id, double offset) {
    for (int attempt = 0;; ++attempt) {
      try {
        Shift shift(bench_);
        bench_.exec("UPDATE machine SET offs = " + std::to_string(offset) + " WHERE id = " + n(id));
        bench_.exec("INSERT INTO calibration(machine) VALUES (" + n(id) + ")");
        shift.done();
        return;
      } catch (const SqlFault& f) {
        if (!f.deadlock() || attempt == 3) throw;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }

  int serviceDue(const std::vector<long long>& ids) {
    Shift shift(bench_);
    int marked = 0;
    for (long long id : ids) {
      bench_.exec("INSERT INTO service_plan(machine) VALUES (" + n(id) + ")");
      try {
        bench_.exec("UPDATE machine SET due = NOW() WHERE id = " + n(id));
        bench_.exec("INSERT INTO service_mail(machine) VALUES (" + n(id) + ")");
        ++marked;
      } catch (const SqlFault& f) {  // expect: session-swallow-and-commit
        say("machine " + n(id) + ": " + f.what());
      }
    }
    shift.done();
    return marked;
  }

  std::vector<std::string> names() {
    std::vector<std::string> out;
    Rows r = bench_.rows("SELECT name FROM machine");
    while (MYSQL_ROW row = mysql_fetch_row(r.get())) out.emplace_back(row[0] ? row[0] : "");
    return out;
  }

  bool anyBroken() {
    bench_.exec("SELECT broken FROM machine");
    MYSQL_RES* res = mysql_store_result(bench_.raw());  // expect: session-leak
    if (!res) return false;
    while (MYSQL_ROW row = mysql_fetch_row(res)) {
      if (row[0] && row[0][0] == '1') return true;
    }
    mysql_free_result(res);
    return false;
  }

  const char* slowest() {
    Rows r = bench_.rows("SELECT name FROM machine ORDER BY speed LIMIT 1");
    MYSQL_ROW row = mysql_fetch_row(r.get());
    if (!row) return "none";
    return row[0];  // expect: session-use-after-scope
  }
};

bool canConnect(const Target& t) noexcept {
  MYSQL* m = mysql_init(nullptr);  // expect: session-raw-construction
  if (!m) return false;
  const unsigned timeout = 2;
  mysql_options(m, MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
  const bool ok = mysql_real_connect(m, t.host.c_str(), t.user.c_str(), t.pass.c_str(), nullptr, t.port, nullptr, 0) != nullptr;
  mysql_close(m);
  return ok;
}

std::optional<std::string> serverVersion(const Target& t) {
  MYSQL* m = mysql_init(nullptr);  // expect: session-leak
  if (!mysql_real_connect(m, t.host.c_str(), t.user.c_str(), t.pass.c_str(), nullptr, t.port, nullptr, 0)) {
    say(mysql_error(m));
    return std::nullopt;
  }
  std::string v = mysql_get_server_info(m);
  mysql_close(m);
  return v;
}

using Outcome = std::variant<Bench, SqlFault>;

Outcome openBench(const Target& t) {
  try {
    return Bench(t);
  } catch (const SqlFault& f) {
    return f;
  }
}

bool markOnline(const Target& t, long long hall) {
  Outcome o = openBench(t);
  Bench* b = std::get_if<Bench>(&o);
  if (!b) {
    say(std::get<SqlFault>(o).what());
    return false;
  }
  Shift shift(*b);
  b->exec("UPDATE hall SET online = 1 WHERE id = " + n(hall));
  shift.done();
  return true;
}

void closeHall(Bench& b, long long hall) {
  Shift shift(b);
  b.exec("UPDATE machine SET hall = NULL WHERE hall = " + n(hall));
  shift.done();
  b.exec("INSERT INTO hall_log(hall) VALUES (" + n(hall) + ")");
  Shift last(b);
  b.exec("DELETE FROM hall WHERE id = " + n(hall));
  last.done();  // expect: session-multiple-commits
}

void importHalls(const Target& t, const std::vector<std::string>& names) {
  Bench b(t);
  b.exec("START TRANSACTION");
  for (const auto& name : names) b.exec("INSERT INTO hall(name) VALUES ('" + name + "')");
  b.exec("COMMIT");
}

void purgeLogs(Bench& b, int days) {
  const char* const tables[] = {"hall_log", "machine_log", "order_log"};
  for (const char* t : tables) {
    Shift shift(b);
    b.exec(std::string("DELETE FROM ") + t + " WHERE age > " + n(days));
    shift.done();
  }
}

class Heartbeat {
public:
  explicit Heartbeat(const Target& t) : bench_(t) {}

  void pulse() {
    std::lock_guard g(m_);
    bench_.exec("UPDATE beat SET at = NOW()");
  }

  void launch() {
    worker_ = std::jthread([this](std::stop_token st) {
      while (!st.stop_requested()) {
        try {
          pulse();
        } catch (const SqlFault& f) {
          say(f.what());
        }
        std::this_thread::sleep_for(std::chrono::seconds(1));
      }
    });
  }

private:
  std::mutex m_;
  Bench bench_;
  std::jthread worker_;
};

void warmUp(Bench& main, const std::vector<std::string>& queries) {
  std::vector<std::thread> crew;
  for (const auto& q : queries) {
    crew.emplace_back([&main, q] {  // expect: session-shared-across-threads
      try {
        Rows r = main.rows(q);
        say("warm: " + n(static_cast<long long>(mysql_num_rows(r.get()))));
      } catch (const SqlFault& f) {
        say(f.what());
      }
    });
  }
  for (auto& c : crew) c.join();
}

void undoLast(Bench& b, long long ord) {
  {
    Shift shift(b);
    b.exec("DELETE FROM work_step WHERE ord = " + n(ord) + " ORDER BY id DESC LIMIT 1");
    shift.done();
  }
  if (ord < 0) {
    say("negative order");
    mysql_rollback(b.raw());  // expect: session-double-end
  }
}

}  // namespace bench
