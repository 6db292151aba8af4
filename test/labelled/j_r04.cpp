// library: libpq
#include <libpq-fe.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace volt {

class PgError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

void say(const std::string& msg) { std::fprintf(stderr, "%s\n", msg.c_str()); }

class Answer {
public:
  explicit Answer(PGresult* r) noexcept : r_(r) {}
  Answer(Answer&& o) noexcept : r_(std::exchange(o.r_, nullptr)) {}
  Answer& operator=(Answer&& o) noexcept {
    std::swap(r_, o.r_);
    return *this;
  }
  ~Answer() { PQclear(r_); }
  bool good() const noexcept {
    const auto st = PQresultStatus(r_);
    return st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK;
  }
  int rows() const noexcept { return PQntuples(r_); }
  std::string at(int row, int col) const { return PQgetvalue(r_, row, col); }
  long num(int row, int col) const noexcept { return std::strtol(PQgetvalue(r_, row, col), nullptr, 10); }

private:
  PGresult* r_;
};

struct Hangup {
  void operator()(PGconn* c) const noexcept { PQfinish(c); }
};

class Wire {
public:
  explicit Wire(const std::string& conninfo) : c_(PQconnectdb(conninfo.c_str())) {
    if (PQstatus(c_.get()) != CONNECTION_OK) throw PgError(PQerrorMessage(c_.get()));
    send("set statement_timeout = '5s'");
  }

  Answer send(const std::string& sql) {
    Answer a(PQexec(c_.get(), sql.c_str()));
    if (!a.good()) throw PgError(PQerrorMessage(c_.get()));
    return a;
  }

  bool trySend(const std::string& sql) noexcept {
    const Answer a(PQexec(c_.get(), sql.c_str()));
    return a.good();
  }

  bool idle() const noexcept { return PQtransactionStatus(c_.get()) == PQTRANS_IDLE; }
  bool alive() const noexcept { return PQstatus(c_.get()) == CONNECTION_OK; }
  void revive() noexcept { PQreset(c_.get()); }

private:
  std::unique_ptr<PGconn, Hangup> c_;
};

class Block {
public:
  explicit Block(Wire& w) : w_(w) { w_.send("BEGIN"); }
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  ~Block() {
    if (!ended_) w_.trySend("ROLLBACK");
  }
  void seal() {
    w_.send("COMMIT");
    ended_ = true;
  }

private:
  Wire& w_;
  bool ended_ = false;
};

class Hub {
public:
  explicit Hub(std::string info) : info_(std::move(info)) {}
  Wire* take() {
    std::lock_guard<std::mutex> g(m_);
    if (free_.empty()) {
      all_.push_back(std::make_unique<Wire>(info_));
      free_.reserve(all_.size());
      return all_.back().get();
    }
    Wire* w = free_.back();
    free_.pop_back();
    return w;
  }
  void put(Wire* w) noexcept {
    std::lock_guard<std::mutex> g(m_);
    free_.push_back(w);
  }

private:
  std::string info_;
  std::mutex m_;
  std::vector<std::unique_ptr<Wire>> all_;
  std::vector<Wire*> free_;
};

class Borrowed {
public:
  explicit Borrowed(Hub& h) : h_(h), w_(h.take()) {}
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  ~Borrowed() { h_.put(w_); }
  Wire* operator->() const noexcept { return w_; }
  Wire& operator*() const noexcept { return *w_; }

private:
  Hub& h_;
  Wire* w_;
};

struct Tick {
  long charger = 0;
  long wattHours = 0;
};

std::string q(long v) { return std::to_string(v); }

long activeSessions(Hub& hub, long site) {
  Wire* w = hub.take();  //  // waits: session-leak
  const Answer a = w->send("select count(*) from charge where ended is null and site = " + q(site));
  const long n = a.rows() ? a.num(0, 0) : 0;
  hub.put(w);
  return n;
}

long faultyChargers(Hub& hub, long site) {
  Wire* w = hub.take();
  try {
    const Answer a = w->send("select count(*) from charger where fault <> 0 and site = " + q(site));
    const long n = a.rows() ? a.num(0, 0) : 0;
    hub.put(w);
    return n;
  } catch (...) {
    hub.put(w);
    throw;
  }
}

Answer siteList(const std::string& info) {
  Wire w(info);
  Block b(w);
  Answer a = w.send("select id, name from site order by name");
  b.seal();
  return a;
}

void printServer(const char* conninfo) {
  PGconn* c = PQconnectdb(conninfo);  // expect: session-raw-construction
  if (PQstatus(c) == CONNECTION_OK) {
    PGresult* r = PQexec(c, "select version()");
    if (PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) > 0)
      std::printf("%s\n", PQgetvalue(r, 0, 0));
    else
      std::printf("no version: %s\n", PQerrorMessage(c));
    PQclear(r);
  } else {
    std::printf("offline: %s\n", PQerrorMessage(c));
  }
  PQfinish(c);
}

int requireVersion(const char* conninfo, int least) {
  PGconn* c = PQconnectdb(conninfo);  // expect: session-leak
  if (PQstatus(c) != CONNECTION_OK) {
    const std::string why = PQerrorMessage(c);
    PQfinish(c);
    throw PgError(why);
  }
  const int v = PQserverVersion(c);
  if (v < least) throw PgError("server too old: " + std::to_string(v));
  PQfinish(c);
  return v;
}

std::string lastServerComplaint(const char* conninfo) {
  std::unique_ptr<PGconn, Hangup> c(PQconnectdb(conninfo));
  if (PQstatus(c.get()) == CONNECTION_OK) return {};
  std::string why = PQerrorMessage(c.get());
  c.reset();
  say("closed after: " + why);
  return why;
}

bool pingOnce(std::unique_ptr<PGconn, Hangup> c) {
  PGresult* r = PQexec(c.get(), "select 1");
  const bool ok = PQresultStatus(r) == PGRES_TUPLES_OK;
  PQclear(r);
  PGconn* left = c.release();
  PQfinish(left);
  if (!ok) say(std::string("ping failed: ") + PQerrorMessage(left));  // expect: session-use-after-scope
  return ok;
}

void lockCharger(Wire& w, long charger, long driver) {
  w.send("BEGIN");  // expect: session-missing-rollback
  const Answer a = w.send("select driver from charger where id = " + q(charger) + " for update");
  if (a.rows() == 0 || a.num(0, 0) != 0) {
    w.send("ROLLBACK");
    say("charger taken");
    return;
  }
  w.send("update charger set driver = " + q(driver) + " where id = " + q(charger));
  w.send("insert into lock_log(charger, driver) values(" + q(charger) + "," + q(driver) + ")");
  w.send("COMMIT");
}

void unlockCharger(Wire& w, long charger) {
  w.send("BEGIN");
  try {
    w.send("update charger set driver = 0 where id = " + q(charger));
    w.send("delete from lock_log where charger = " + q(charger));
    w.send("COMMIT");
  } catch (const PgError& e) {
    say(e.what());
    if (!w.idle()) w.trySend("ROLLBACK");
    throw;
  }
}

void bookEnergy(Hub& hub, const std::vector<Tick>& ticks) {
  Borrowed w(hub);
  Block b(*w);
  for (const auto& t : ticks) {
    try {
      w->send("insert into energy(charger, wh) values(" + q(t.charger) + "," + q(t.wattHours) + ")");
      w->send("update charger set total = total + " + q(t.wattHours) + " where id = " + q(t.charger));
    } catch (...) {  //  // waits: session-swallow-and-commit
      say("tick lost for " + q(t.charger));
    }
  }
  b.seal();
}

std::size_t bookEnergyLenient(Hub& hub, const std::vector<Tick>& ticks) {
  Borrowed w(hub);
  Block b(*w);
  std::size_t kept = 0;
  for (const auto& t : ticks) {
    w->send("SAVEPOINT tick");
    try {
      w->send("insert into energy(charger, wh) values(" + q(t.charger) + "," + q(t.wattHours) + ")");
      w->send("RELEASE SAVEPOINT tick");
      ++kept;
    } catch (const PgError& e) {
      w->send("ROLLBACK TO SAVEPOINT tick");
      say(e.what());
    }
  }
  b.seal();
  return kept;
}

void endCharge(Hub& hub, long charge, long wattHours) {
  Borrowed w(hub);
  Block b(*w);
  w->send("update charge set ended = now(), wh = " + q(wattHours) + " where id = " + q(charge));
  b.seal();
  Block price(*w);
  w->send("insert into bill(charge, cents) select " + q(charge) + ", " + q(wattHours) + " * cents from tariff");
  w->send("update charge set billed = true where id = " + q(charge));
  price.seal();  //  // waits: session-multiple-commits
}

void adjustTariff(Hub& hub, long site, long cents) {
  Borrowed outer(hub);
  Block b(*outer);
  outer->send("update tariff set cents = " + q(cents) + " where site = " + q(site));
  [&hub, site] {
    Borrowed inner(hub);  //  // waits: session-split-unit-of-work
    inner->send("insert into tariff_history(site, at) values(" + q(site) + ", now())");
  }();
  b.seal();
}

long inBlock(Wire& w, const std::function<long(Wire&)>& body) {
  Block b(w);
  const long n = body(w);
  b.seal();
  return n;
}

long retireSite(Hub& hub, long site) {
  Borrowed w(hub);
  const long gone = inBlock(*w, [site](Wire& x) {
    const Answer a = x.send("delete from charger where site = " + q(site) + " returning id");
    if (a.rows() == 0) return 0L;
    x.send("update site set open = false where id = " + q(site));
    return static_cast<long>(a.rows());
  });
  say("retired " + q(gone));
  return gone;
}

long countPerWorker(const std::string& info, const std::vector<long>& sites) {
  std::vector<std::thread> workers;
  std::vector<long> found(sites.size(), -1);
  for (std::size_t i = 0; i < sites.size(); ++i)
    workers.emplace_back([&found, &info, i, site = sites[i]] {
      try {
        thread_local std::unique_ptr<Wire> mine;
        if (!mine) mine = std::make_unique<Wire>(info);
        const Answer a = mine->send("select count(*) from charge where site = " + q(site));
        found[i] = a.num(0, 0);
      } catch (const PgError& e) {
        say(e.what());
      }
    });
  for (auto& t : workers) t.join();
  long sum = 0;
  for (long n : found) sum += std::max(n, 0L);
  return sum;
}

class Meter {
public:
  Meter(const std::string& info, long charger) : wire_(std::make_shared<Wire>(info)), charger_(charger) {}

  void push(long wattHours) {
    if (!wire_->alive()) {
      block_.reset();
      wire_->revive();
    }
    if (!block_) block_.emplace(*wire_);
    try {
      wire_->send("insert into meter(charger, wh) values(" + q(charger_) + "," + q(wattHours) + ")");
    } catch (const PgError&) {
      block_.reset();
      throw;
    }
  }

  void save() {
    if (!block_) return;
    try {
      block_->seal();
    } catch (...) {
      block_.reset();
      throw;
    }
    block_.reset();
  }

  void discard() noexcept { block_.reset(); }

private:
  std::shared_ptr<Wire> wire_;
  std::optional<Block> block_;
  long charger_;
};

bool claimReward(Wire& w, long driver) {
  if (!w.trySend("BEGIN")) return false;
  const bool taken = w.trySend("insert into reward_use(driver) values(" + q(driver) + ")");
  const bool paid = taken && w.trySend("update driver set points = points - 10 where id = " + q(driver));
  const char* verdict = paid ? "COMMIT" : "ROLLBACK";
  if (w.trySend(verdict)) return paid;
  if (!w.idle()) w.revive();
  return false;
}

void dropPreview(PGconn*& slot, const char* sql) {
  if (!slot) return;
  PGresult* r = PQexec(slot, sql);
  if (PQresultStatus(r) != PGRES_COMMAND_OK) {
    say(PQresultErrorMessage(r));
    PQfinish(slot);
  }
  PQclear(r);
  PQfinish(slot);  // expect: session-double-end
  slot = nullptr;
}

void swapPreview(PGconn*& slot, const char* conninfo) {
  PQfinish(std::exchange(slot, nullptr));
  std::unique_ptr<PGconn, Hangup> next(PQconnectdb(conninfo));
  if (PQstatus(next.get()) != CONNECTION_OK) {
    say(PQerrorMessage(next.get()));
    return;
  }
  slot = next.release();
}

}  // namespace volt
