// library: libpq
// pitboss, lap timing tracker daemon, PostgreSQL backend
#include <libpq-fe.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace pitboss {

struct ConnFinish {
  void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
using Conn = std::unique_ptr<PGconn, ConnFinish>;

struct ResClear {
  void operator()(PGresult* r) const noexcept { PQclear(r); }
};
using Res = std::unique_ptr<PGresult, ResClear>;

struct Settings {
  std::string dsn;
  int attempts = 5;
  bool verbose = false;
};

struct Lap {
  int car = 0;
  int lap = 0;
  long micros = 0;
};

static bool command(PGconn* c, const char* sql) noexcept {
  PGresult* r = PQexec(c, sql);
  const bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
  if (!ok) std::fprintf(stderr, "pitboss: %s: %s", sql, PQerrorMessage(c));
  PQclear(r);
  return ok;
}

static Res query(PGconn* c, const char* sql, std::initializer_list<const char*> args) noexcept {
  return Res(PQexecParams(c, sql, static_cast<int>(args.size()), nullptr, args.begin(), nullptr, nullptr, 0));
}

Conn connectWithBackoff(const Settings& cfg) {
  for (int i = 0; i < cfg.attempts; ++i) {
    Conn c(PQconnectdb(cfg.dsn.c_str()));
    if (PQstatus(c.get()) == CONNECTION_OK) return c;
    if (cfg.verbose) std::fprintf(stderr, "attempt %d: %s", i + 1, PQerrorMessage(c.get()));
    std::this_thread::sleep_for(std::chrono::seconds(1 << i));
  }
  return nullptr;
}

bool pingServer(const Settings& cfg) {
  PGconn* c = PQconnectdb(cfg.dsn.c_str());  // expect: session-leak
  if (PQstatus(c) == CONNECTION_BAD) {
    std::fprintf(stderr, "ping: %s", PQerrorMessage(c));
    return false;
  }
  const bool ok = PQserverVersion(c) >= 120000;
  PQfinish(c);
  return ok;
}

int serverMajor(const char* dsn) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-raw-construction
  const int v = PQstatus(c) == CONNECTION_OK ? PQserverVersion(c) / 10000 : 0;
  PQfinish(c);
  return v;
}

std::optional<Lap> fastest(PGconn* c, int session) {
  const std::string id = std::to_string(session);
  Res r = query(c, "SELECT car, lap, micros FROM lap WHERE session = $1 ORDER BY micros LIMIT 1", {id.c_str()});
  if (PQresultStatus(r.get()) != PGRES_TUPLES_OK || PQntuples(r.get()) == 0) return std::nullopt;
  Lap l;
  l.car = std::atoi(PQgetvalue(r.get(), 0, 0));
  l.lap = std::atoi(PQgetvalue(r.get(), 0, 1));
  l.micros = std::atol(PQgetvalue(r.get(), 0, 2));
  return l;
}

bool recordLaps(PGconn* c, const std::vector<Lap>& laps) {
  if (!command(c, "BEGIN")) return false;
  for (const Lap& l : laps) {
    const std::string car = std::to_string(l.car), no = std::to_string(l.lap), us = std::to_string(l.micros);
    Res r = query(c, "INSERT INTO lap(car, lap, micros) VALUES ($1, $2, $3)", {car.c_str(), no.c_str(), us.c_str()});
    if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) {
      command(c, "ROLLBACK");
      return false;
    }
  }
  return command(c, "COMMIT");
}

bool disqualify(PGconn* c, int car, const std::string& reason) {
  const std::string id = std::to_string(car);
  if (!command(c, "BEGIN")) return false;  // expect: session-unfinished-transaction
  Res lock = query(c, "SELECT status FROM car WHERE id = $1 FOR UPDATE", {id.c_str()});
  if (PQntuples(lock.get()) == 1 && std::string_view(PQgetvalue(lock.get(), 0, 0)) == "DSQ") return true;
  Res upd = query(c, "UPDATE car SET status = 'DSQ', note = $2 WHERE id = $1", {id.c_str(), reason.c_str()});
  if (PQresultStatus(upd.get()) != PGRES_COMMAND_OK) {
    command(c, "ROLLBACK");
    return false;
  }
  return command(c, "COMMIT");
}

class Tx {
 public:
  explicit Tx(PGconn* c) : c_(c) {
    if (!command(c_, "BEGIN")) throw std::runtime_error(PQerrorMessage(c_));
  }
  Tx(Tx&& o) noexcept : c_(std::exchange(o.c_, nullptr)) {}
  Tx& operator=(Tx&&) = delete;
  ~Tx() {
    if (c_) command(c_, "ROLLBACK");
  }
  void exec(const char* sql) {
    Res r(PQexec(c_, sql));
    const auto st = PQresultStatus(r.get());
    if (st != PGRES_COMMAND_OK && st != PGRES_TUPLES_OK) throw std::runtime_error(PQresultErrorMessage(r.get()));
  }
  bool commit() { return command(std::exchange(c_, nullptr), "COMMIT"); }

 private:
  PGconn* c_;
};

Tx beginRace(PGconn* c, bool serializable) {
  Tx tx(c);
  if (serializable) tx.exec("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
  return tx;
}

bool startRace(PGconn* c) {
  Tx tx = beginRace(c, true);
  tx.exec("UPDATE race SET state = 'green' WHERE state = 'grid'");
  tx.exec("INSERT INTO event(kind) VALUES ('start')");
  return tx.commit();
}

void resetGrid(PGconn* c) {
  Tx tx(c);  // expect: session-unfinished-transaction
  tx.exec("DELETE FROM grid");
  tx.exec("INSERT INTO grid(car) SELECT id FROM car ORDER BY best");
  std::fputs("grid reset\n", stdout);
}

bool applyPenalty(PGconn* c, int seconds) {
  Tx tx(c);
  tx.exec("UPDATE result SET micros = micros + 1000000");
  if (seconds > 60) {
    command(c, "BEGIN");  // expect: session-nested-begin
    tx.exec("INSERT INTO event(kind) VALUES ('stop-and-go')");
  }
  return tx.commit();
}

bool savepointPerRow(PGconn* c, const std::vector<std::string>& rows) {
  Tx tx(c);
  int bad = 0;
  for (const auto& row : rows) {
    tx.exec("SAVEPOINT row");
    Res r = query(c, "INSERT INTO telemetry(doc) VALUES ($1::jsonb)", {row.c_str()});
    if (PQresultStatus(r.get()) == PGRES_COMMAND_OK) {
      tx.exec("RELEASE SAVEPOINT row");
    } else {
      tx.exec("ROLLBACK TO SAVEPOINT row");
      ++bad;
    }
  }
  return bad < 10 && tx.commit();
}

std::string driverName(PGconn* c, int car) {
  const std::string id = std::to_string(car);
  PGresult* r = PQexecParams(c, "SELECT driver FROM car WHERE id = $1", 1, nullptr,
                             std::initializer_list<const char*>{id.c_str()}.begin(), nullptr, nullptr, 0);
  const char* name = PQntuples(r) > 0 ? PQgetvalue(r, 0, 0) : "unknown";
  PQclear(r);
  return name;  // expect: session-use-after-scope
}

int countEvents(PGconn* c, const char* kind) {
  PGresult* r = PQexecParams(c, "SELECT count(*) FROM event WHERE kind = $1", 1, nullptr, &kind, nullptr, nullptr, 0);
  int n = -1;
  if (PQresultStatus(r) == PGRES_TUPLES_OK) n = std::atoi(PQgetvalue(r, 0, 0));
  PQclear(r);
  return n;
}

void vacuumLaps(PGconn* c) {
  static const char* const tables[] = {"lap", "telemetry", "event"};
  for (const char* t : tables) {
    char sql[96];
    std::snprintf(sql, sizeof sql, "VACUUM ANALYZE %s", t);
    PGresult* r = PQexec(c, sql);  // expect: session-leak
    if (PQresultStatus(r) != PGRES_COMMAND_OK) {
      std::fprintf(stderr, "vacuum %s: %s", t, PQerrorMessage(c));
      continue;
    }
    PQclear(r);
  }
}

bool retrySerializable(PGconn* c, const char* sql, int tries) {
  while (tries-- > 0) {
    if (!command(c, "BEGIN ISOLATION LEVEL SERIALIZABLE")) return false;
    Res r(PQexec(c, sql));
    if (PQresultStatus(r.get()) == PGRES_COMMAND_OK) {
      if (command(c, "COMMIT")) return true;
    } else {
      const char* raw = PQresultErrorField(r.get(), PG_DIAG_SQLSTATE);
      const std::string state = raw ? raw : "";
      command(c, "ROLLBACK");
      if (state != "40001" && state != "40P01") return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(15));
  }
  return false;
}

class Listener {
 public:
  explicit Listener(Settings cfg) : cfg_(std::move(cfg)) {}
  ~Listener() { stop(); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  bool start() {
    stop();
    conn_ = PQconnectdb(cfg_.dsn.c_str());
    if (PQstatus(conn_) != CONNECTION_OK) return false;
    return command(conn_, "LISTEN laps");
  }
  void stop() {
    if (conn_) PQfinish(conn_);
    conn_ = nullptr;
  }
  int drain() {
    if (!conn_ || !PQconsumeInput(conn_)) return -1;
    int n = 0;
    while (PGnotify* note = PQnotifies(conn_)) {
      ++n;
      PQfreemem(note);
    }
    return n;
  }

 private:
  Settings cfg_;
  PGconn* conn_ = nullptr;
};

}  // namespace pitboss

int main() {
  pitboss::Settings cfg;
  if (const char* dsn = std::getenv("PITBOSS_DSN")) cfg.dsn = dsn;
  auto conn = pitboss::connectWithBackoff(cfg);
  if (!conn) return 1;
  return pitboss::startRace(conn.get()) ? 0 : 1;
}
