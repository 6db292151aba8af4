// library: libpq
#include <libpq-fe.h>

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace wire {

struct ClearRes { void operator()(PGresult* r) const noexcept { PQclear(r); } };
struct FinishConn { void operator()(PGconn* c) const noexcept { PQfinish(c); } };
using Reply = std::unique_ptr<PGresult, ClearRes>;

void warn(const char* where, const char* what) noexcept { std::fprintf(stderr, "%s: %s", where, what); }

class Wire {
public:
  explicit Wire(const char* dsn) noexcept : c_(PQconnectdb(dsn)) {}
  bool up() const noexcept { return c_ && PQstatus(c_.get()) == CONNECTION_OK; }
  bool command(const char* sql) noexcept {
    Reply r(PQexec(c_.get(), sql));
    if (PQresultStatus(r.get()) == PGRES_COMMAND_OK) return true;
    warn("command", PQerrorMessage(c_.get()));
    return false;
  }
  bool command(const char* sql, const std::vector<std::string>& args) noexcept {
    Reply r = send(sql, args);
    return PQresultStatus(r.get()) == PGRES_COMMAND_OK;
  }
  Reply ask(const char* sql, const std::vector<std::string>& args = {}) noexcept { return send(sql, args); }
  bool idle() const noexcept { return PQtransactionStatus(c_.get()) == PQTRANS_IDLE; }
  PGconn* native() const noexcept { return c_.get(); }

private:
  Reply send(const char* sql, const std::vector<std::string>& args) noexcept {
    std::vector<const char*> p;
    for (const auto& a : args) p.push_back(a.c_str());
    return Reply(PQexecParams(c_.get(), sql, static_cast<int>(p.size()), nullptr, p.data(), nullptr, nullptr, 0));
  }
  std::unique_ptr<PGconn, FinishConn> c_;
};

class Act {
public:
  explicit Act(Wire& w) noexcept : w_(&w), live_(w.command("BEGIN")) {}
  Act(Act&& o) noexcept : w_(o.w_), live_(std::exchange(o.live_, false)) {}
  Act(const Act&) = delete;
  ~Act() { cancel(); }
  bool live() const noexcept { return live_; }
  bool conclude() noexcept {
    if (!live_) return false;
    live_ = false;
    return w_->command("COMMIT");
  }
  void cancel() noexcept {
    if (std::exchange(live_, false)) w_->command("ROLLBACK");
  }

private:
  Wire* w_;
  bool live_;
};

class WirePool {
public:
  explicit WirePool(std::string dsn) : dsn_(std::move(dsn)) {}
  class Hold {
  public:
    Hold(WirePool& p, std::unique_ptr<Wire> w) noexcept : p_(&p), w_(std::move(w)) {}
    Hold(Hold&&) noexcept = default;
    ~Hold() { if (w_) p_->put(std::move(w_)); }
    Wire* operator->() const noexcept { return w_.get(); }
    Wire& operator*() const noexcept { return *w_; }
    explicit operator bool() const noexcept { return w_ && w_->up(); }
  private:
    WirePool* p_;
    std::unique_ptr<Wire> w_;
  };
  Hold hold() noexcept {
    std::unique_lock lock(m_);
    if (free_.empty()) return Hold(*this, std::make_unique<Wire>(dsn_.c_str()));
    auto w = std::move(free_.back());
    free_.pop_back();
    return Hold(*this, std::move(w));
  }

private:
  void put(std::unique_ptr<Wire> w) noexcept {
    if (!w->up() || (!w->idle() && !w->command("ROLLBACK"))) return;
    std::unique_lock lock(m_);
    free_.push_back(std::move(w));
  }
  std::string dsn_;
  std::mutex m_;
  std::deque<std::unique_ptr<Wire>> free_;
};

bool planRoute(Wire& w, const std::string& truck, const std::vector<std::string>& stops) noexcept {
  Act act(w);
  if (!act.live()) return false;
  if (!w.command("DELETE FROM stop WHERE truck = $1", {truck})) return false;
  for (const auto& s : stops)
    if (!w.command("INSERT INTO stop(truck, place) VALUES ($1, $2)", {truck, s})) return false;
  return act.conclude();
}

bool dropRoute(Wire& w, const std::string& truck) noexcept {
  Act act(w);  //  // waits: session-unfinished-transaction
  if (!act.live()) return false;
  if (!w.command("DELETE FROM stop WHERE truck = $1", {truck})) {
    act.cancel();
    return false;
  }
  return w.command("UPDATE truck SET planned = false WHERE id = $1", {truck});
}

bool refuel(WirePool& pool, const std::string& truck, const std::string& litres) noexcept {
  auto w = pool.hold();
  if (!w || !w->command("BEGIN")) return false;
  if (!w->command("UPDATE truck SET fuel = fuel + $2 WHERE id = $1", {truck, litres})) return false;
  if (!w->command("INSERT INTO fuel_log VALUES ($1, $2)", {truck, litres})) return false;
  return w->command("COMMIT");
}

bool refuelOn(Wire& w, const std::string& truck, const std::string& litres) noexcept {
  if (!w.command("BEGIN")) return false;  // expect: session-unfinished-transaction
  if (!w.command("UPDATE truck SET fuel = fuel + $2 WHERE id = $1", {truck, litres}) ||
      !w.command("INSERT INTO fuel_log VALUES ($1, $2)", {truck, litres})) {
    warn("refuel", truck.c_str());
    return false;
  }
  return w.command("COMMIT");
}

std::string driverOf(Wire& w, const std::string& truck) noexcept {
  Reply r = w.ask("SELECT driver FROM truck WHERE id = $1", {truck});
  const char* name = PQntuples(r.get()) > 0 ? PQgetvalue(r.get(), 0, 0) : "nobody";
  r.reset();
  warn("driver", truck.c_str());
  return std::string("driver ") + name;  // expect: session-use-after-scope
}

int truckCount(Wire& w) noexcept {
  Reply r = w.ask("SELECT count(*) FROM truck");
  if (PQresultStatus(r.get()) != PGRES_TUPLES_OK) return -1;
  return std::atoi(PQgetvalue(r.get(), 0, 0));
}

bool depotExists(Wire& w, const char* name) noexcept {
  const char* args[] = {name};
  PGresult* r = PQexecParams(w.native(), "SELECT 1 FROM depot WHERE name = $1", 1, nullptr, args, nullptr, nullptr, 0);  // expect: session-leak
  if (PQresultStatus(r) != PGRES_TUPLES_OK) {
    warn("depot", PQerrorMessage(w.native()));
    return false;
  }
  const bool found = PQntuples(r) == 1;
  PQclear(r);
  return found;
}

bool probeServer(const char* dsn) noexcept {
  PGconn* c = PQconnectdb(dsn);  // expect: session-raw-construction
  const bool ok = PQstatus(c) == CONNECTION_OK;
  if (!ok) warn("probe", PQerrorMessage(c));
  PQfinish(c);
  return ok;
}

std::unique_ptr<PGconn, FinishConn> listenOn(const char* dsn, const char* channel) noexcept {
  std::unique_ptr<PGconn, FinishConn> c(PQconnectdb(dsn));
  if (PQstatus(c.get()) != CONNECTION_OK) return nullptr;
  Reply r(PQexec(c.get(), (std::string("LISTEN ") + channel).c_str()));
  if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) c.reset();
  return c;
}

bool reconnect(PGconn*& slot, const char* dsn) noexcept {
  PGconn* fresh = PQconnectdb(dsn);  // expect: session-leak
  if (PQstatus(fresh) != CONNECTION_OK) {
    warn("reconnect", PQerrorMessage(fresh));
    return false;
  }
  if (slot) PQfinish(slot);
  slot = fresh;
  return true;
}

template <class Fn>
bool withAct(WirePool& pool, Fn fn) noexcept(noexcept(fn(std::declval<Wire&>()))) {
  auto w = pool.hold();
  if (!w) return false;
  Act act(*w);
  return act.live() && fn(*w) && act.conclude();
}

bool assignDriver(WirePool& pool, const std::string& truck, const std::string& driver) {
  return withAct(pool, [&](Wire& w) noexcept {
    if (!w.command("UPDATE truck SET driver = NULL WHERE driver = $1", {driver})) return false;
    return w.command("UPDATE truck SET driver = $2 WHERE id = $1", {truck, driver});
  });
}

bool fireDriver(WirePool& pool, const std::string& driver) {
  return withAct(pool, [&](Wire& w) noexcept {
    if (!w.command("UPDATE truck SET driver = NULL WHERE driver = $1", {driver})) return false;
    Reply left = w.ask("SELECT count(*) FROM truck WHERE driver IS NOT NULL");
    if (PQresultStatus(left.get()) != PGRES_TUPLES_OK) return false;
    if (std::atoi(PQgetvalue(left.get(), 0, 0)) == 0) {
      warn("fire", "nobody would be left\n");
      return false;
    }
    return w.command("DELETE FROM driver WHERE name = $1", {driver});
  });
}

bool nightShift(Wire& w, const std::vector<std::string>& trucks) noexcept {
  if (!w.command("BEGIN")) return false;
  bool ok = true;
  for (const auto& t : trucks) {
    if (!w.command("SAVEPOINT t")) { ok = false; break; }
    if (w.command("UPDATE truck SET shift = 'night' WHERE id = $1", {t})) {
      ok = w.command("RELEASE SAVEPOINT t");
    } else {
      ok = w.command("ROLLBACK TO SAVEPOINT t");
    }
    if (!ok) break;
  }
  return w.command(ok ? "COMMIT" : "ROLLBACK") && ok;
}

bool dayShift(Wire& w, const std::vector<std::string>& trucks) noexcept {
  for (const auto& t : trucks) {
    if (!w.command("BEGIN")) return false;  // expect: session-nested-begin
    if (!w.command("UPDATE truck SET shift = 'day' WHERE id = $1", {t})) {
      w.command("ROLLBACK");
      return false;
    }
  }
  return trucks.empty() || w.command("COMMIT");
}

std::vector<std::future<bool>> fillAll(WirePool& pool, std::vector<std::string> trucks) {
  std::vector<std::future<bool>> out;
  for (auto& t : trucks)
    out.push_back(std::async(std::launch::async, [&pool, t = std::move(t)] {
      auto w = pool.hold();
      return w && w->command("UPDATE truck SET fuel = 400 WHERE id = $1", {t});
    }));
  return out;
}

std::future<bool> fillLater(WirePool& pool, const std::string& truck) {
  auto w = pool.hold();
  if (!w) return {};
  Wire& ref = *w;
  auto job = std::async(std::launch::async, [&ref, truck] {  //  // waits: session-shared-across-threads
    return ref.command("UPDATE truck SET fuel = 400 WHERE id = $1", {truck});
  });
  w->command("INSERT INTO fuel_order(truck) VALUES ($1)", {truck});
  return job;
}

class Dispatcher {
public:
  Dispatcher(WirePool& orders, WirePool& metrics) : orders_(orders), metrics_(metrics) {}

  bool accept(const std::string& order) {
    auto w = orders_.hold();
    if (!w) return false;
    Act act(*w);
    if (!act.live() || !w->command("INSERT INTO job(ord) VALUES ($1)", {order})) return false;
    if (!act.conclude()) return false;
    if (auto m = metrics_.hold()) m->command("UPDATE counter SET n = n + 1 WHERE name = 'accepted'");
    return true;
  }

  bool reject(const std::string& order, const std::string& why) {
    auto w = orders_.hold();
    if (!w) return false;
    Act act(*w);
    if (!act.live() || !w->command("UPDATE job SET state = 'rejected' WHERE ord = $1", {order})) return false;
    auto other = orders_.hold();  //  // waits: session-split-unit-of-work
    if (!other) return false;
    Act reasons(*other);
    if (!reasons.live() || !other->command("INSERT INTO reject_reason VALUES ($1, $2)", {order, why})) return false;
    return reasons.conclude() && act.conclude();
  }

  bool postpone(const std::string& order) {
    auto w = orders_.hold();
    if (!w) return false;
    Act first(*w);
    Act second(std::move(first));
    if (!second.live()) return false;
    if (!w->command("UPDATE job SET day = day + 1 WHERE ord = $1", {order})) return false;
    return second.conclude();
  }

private:
  WirePool& orders_;
  WirePool& metrics_;
};

void closeTwice(const char* dsn) noexcept {
  PGconn* c = PQconnectdb(dsn);
  if (PQstatus(c) != CONNECTION_OK) {
    warn("open", PQerrorMessage(c));
    PQfinish(c);
  } else {
    PQclear(PQexec(c, "SELECT pg_reload_conf()"));
  }
  PQfinish(c);  // expect: session-double-end
}

}  // namespace wire
