// library: libpq
#include <libpq-fe.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace harbour {

struct FinishConn {
  void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
struct ClearResult {
  void operator()(PGresult* r) const noexcept { PQclear(r); }
};
using Conn = std::unique_ptr<PGconn, FinishConn>;
using Result = std::unique_ptr<PGresult, ClearResult>;

void logLine(const char* level, const char* text) noexcept {
  std::fprintf(stderr, "[%s] %s\n", level, text);
}

struct PortConfig {
  std::string dsn;
  int maxBerths = 12;
  int attempts = 3;
  bool dryRun = false;
};

struct Vessel {
  int imo = 0;
  std::string name;
  double draught = 0.0;
};

bool run(PGconn* c, const char* sql) noexcept {
  Result r(PQexec(c, sql));
  const ExecStatusType st = PQresultStatus(r.get());
  if (st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK) return true;
  logLine("error", PQerrorMessage(c));
  return false;
}

Result query(PGconn* c, const char* sql, std::vector<const char*> args) noexcept {
  return Result(PQexecParams(c, sql, static_cast<int>(args.size()), nullptr, args.data(), nullptr, nullptr, 0));
}

#define RETURN_ON_FAIL(conn, sql) \
  do {                            \
    if (!run((conn), (sql))) return false; \
  } while (0)

Conn connect(const PortConfig& cfg) noexcept {
  Conn c(PQconnectdb(cfg.dsn.c_str()));
  if (PQstatus(c.get()) != CONNECTION_OK) {
    logLine("error", PQerrorMessage(c.get()));
    return nullptr;
  }
  PQsetClientEncoding(c.get(), "UTF8");
  return c;
}

PGconn* connectForAdmin(const char* dsn) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-leak
  if (PQstatus(c) != CONNECTION_OK) {
    logLine("error", PQerrorMessage(c));
    return nullptr;
  }
  return c;
}

class BerthTx {
 public:
  explicit BerthTx(PGconn* c) noexcept : conn_(c), open_(run(c, "BEGIN")) {}
  BerthTx(const BerthTx&) = delete;
  BerthTx& operator=(const BerthTx&) = delete;
  ~BerthTx() {
    if (open_) run(conn_, "ROLLBACK");
  }
  bool ok() const noexcept { return open_; }
  bool commit() noexcept {
    if (!open_) return false;
    open_ = false;
    return run(conn_, "COMMIT");
  }

 private:
  PGconn* conn_;
  bool open_;
};

bool assignBerth(PGconn* c, int imo, int berth) {
  const std::string i = std::to_string(imo), b = std::to_string(berth);
  BerthTx tx(c);
  if (!tx.ok()) return false;
  Result taken = query(c, "SELECT imo FROM berth WHERE id = $1 FOR UPDATE", {b.c_str()});
  if (PQntuples(taken.get()) != 1) return false;
  if (!PQgetisnull(taken.get(), 0, 0)) {
    logLine("info", "berth is occupied");
    return false;
  }
  Result done = query(c, "UPDATE berth SET imo = $1 WHERE id = $2", {i.c_str(), b.c_str()});
  if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) return false;
  return tx.commit();
}

bool recordArrival(PGconn* c, const Vessel& v) {
  const std::string imo = std::to_string(v.imo);
  if (!run(c, "BEGIN")) return false;  // expect: session-unfinished-transaction
  Result r = query(c, "INSERT INTO arrival(imo, name) VALUES($1, $2)", {imo.c_str(), v.name.c_str()});
  if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) {
    logLine("error", PQresultErrorMessage(r.get()));
    return false;
  }
  if (v.draught > 14.5) run(c, "UPDATE port_state SET deep_draught = deep_draught + 1");
  return run(c, "COMMIT");
}

bool recordDeparture(PGconn* c, const Vessel& v) {
  const std::string imo = std::to_string(v.imo);
  bool good = run(c, "BEGIN");
  if (!good) return false;
  Result r = query(c, "UPDATE arrival SET left_at = now() WHERE imo = $1", {imo.c_str()});
  good = PQresultStatus(r.get()) == PGRES_COMMAND_OK;
  if (good) {
    Result f = query(c, "UPDATE berth SET imo = NULL WHERE imo = $1", {imo.c_str()});
    good = PQresultStatus(f.get()) == PGRES_COMMAND_OK;
  }
  return run(c, good ? "COMMIT" : "ROLLBACK") && good;
}

std::optional<int> countBerths(PGconn* c) {
  PGresult* r = PQexec(c, "SELECT count(*) FROM berth");  // expect: session-leak
  if (PQresultStatus(r) != PGRES_TUPLES_OK) {
    logLine("error", PQerrorMessage(c));
    return std::nullopt;
  }
  const int n = std::atoi(PQgetvalue(r, 0, 0));
  PQclear(r);
  return n;
}

std::vector<Vessel> listVessels(PGconn* c) {
  std::vector<Vessel> out;
  PGresult* r = PQexec(c, "SELECT imo, name, draught FROM vessel ORDER BY name");
  if (PQresultStatus(r) != PGRES_TUPLES_OK) goto done;
  for (int row = 0; row < PQntuples(r); ++row) {
    Vessel v;
    v.imo = std::atoi(PQgetvalue(r, row, 0));
    v.name = PQgetvalue(r, row, 1);
    v.draught = PQgetisnull(r, row, 2) ? 0.0 : std::atof(PQgetvalue(r, row, 2));
    out.push_back(v);
  }
done:
  PQclear(r);
  return out;
}

const char* harbourMasterName(PGconn* c) {
  Result r(PQexec(c, "SELECT name FROM staff WHERE role = 'master' LIMIT 1"));
  if (PQntuples(r.get()) == 0) return nullptr;
  return PQgetvalue(r.get(), 0, 0);  // expect: session-use-after-scope
}

std::string pilotName(PGconn* c, int pilot) {
  const std::string id = std::to_string(pilot);
  Result r = query(c, "SELECT name FROM staff WHERE id = $1", {id.c_str()});
  if (PQntuples(r.get()) == 0) return {};
  return PQgetvalue(r.get(), 0, 0);
}

int pingServer(const char* dsn) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-raw-construction
  if (PQstatus(c) != CONNECTION_OK) {
    PQfinish(c);
    return -1;
  }
  const int version = PQserverVersion(c);
  PQfinish(c);
  return version;
}

bool importManifest(const PortConfig& cfg, const std::vector<Vessel>& batch) {
  Conn c = connect(cfg);
  if (!c) return false;
  RETURN_ON_FAIL(c.get(), "BEGIN");
  RETURN_ON_FAIL(c.get(), "CREATE TEMP TABLE manifest(imo int, name text) ON COMMIT DROP");
  for (const Vessel& v : batch) {
    const std::string imo = std::to_string(v.imo);
    Result r = query(c.get(), "INSERT INTO manifest VALUES($1, $2)", {imo.c_str(), v.name.c_str()});
    if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) return false;
  }
  RETURN_ON_FAIL(c.get(), "INSERT INTO vessel(imo, name) SELECT imo, name FROM manifest");
  RETURN_ON_FAIL(c.get(), "COMMIT");
  return true;
}

bool applyTariff(PGconn* c, const std::map<std::string, double>& tariff) {
  for (const auto& [code, price] : tariff) {
    RETURN_ON_FAIL(c, "BEGIN");  // expect: session-nested-begin
    const std::string p = std::to_string(price);
    Result r = query(c, "UPDATE tariff SET price = $1 WHERE code = $2", {p.c_str(), code.c_str()});
    if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) {
      run(c, "ROLLBACK");
      return false;
    }
  }
  return run(c, "COMMIT");
}

bool archiveInChunks(PGconn* c, int chunks) {
  int done = 0;
  for (int i = 0; i < chunks; ++i) {
    if (!run(c, "BEGIN")) return false;
    Result r(PQexec(c, "DELETE FROM arrival WHERE id IN (SELECT id FROM arrival WHERE left_at < now() - interval '1 year' LIMIT 500)"));
    if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) {
      run(c, "ROLLBACK");
      break;
    }
    const bool last = std::strcmp(PQcmdTuples(r.get()), "0") == 0;
    if (!run(c, "COMMIT")) return false;
    ++done;
    if (last) break;
  }
  return done > 0;
}

bool moveVessel(PGconn* c, int imo, int target, const PortConfig& cfg) {
  const std::string i = std::to_string(imo), t = std::to_string(target);
  for (int attempt = 1; attempt <= cfg.attempts; ++attempt) {
    if (!run(c, "BEGIN ISOLATION LEVEL SERIALIZABLE")) return false;
    Result off = query(c, "UPDATE berth SET imo = NULL WHERE imo = $1", {i.c_str()});
    Result on = query(c, "UPDATE berth SET imo = $1 WHERE id = $2", {i.c_str(), t.c_str()});
    if (PQresultStatus(off.get()) == PGRES_COMMAND_OK && PQresultStatus(on.get()) == PGRES_COMMAND_OK) {
      if (run(c, "COMMIT")) return true;
    } else {
      run(c, "ROLLBACK");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20 * attempt));
  }
  return false;
}

bool closeBooks(PGconn* c, int year) {
  const std::string y = std::to_string(year);
  if (!run(c, "START TRANSACTION")) return false;
  Result sum = query(c, "INSERT INTO yearly SELECT $1::int, sum(fee) FROM invoice WHERE y = $1::int", {y.c_str()});
  if (PQresultStatus(sum.get()) != PGRES_COMMAND_OK) {
    run(c, "ROLLBACK");
    return false;
  }
  if (!run(c, "COMMIT")) return false;
  Result lock = query(c, "UPDATE invoice SET closed = true WHERE y = $1::int", {y.c_str()});
  if (PQresultStatus(lock.get()) != PGRES_COMMAND_OK) {
    run(c, "ROLLBACK");  // expect: session-double-end
    return false;
  }
  return true;
}

class TideRecorder {
 public:
  explicit TideRecorder(const PortConfig& cfg) : conn_(PQconnectdb(cfg.dsn.c_str())) {
    if (PQstatus(conn_) != CONNECTION_OK) logLine("warn", "tide recorder is offline");
  }
  TideRecorder(const TideRecorder&) = delete;
  TideRecorder& operator=(const TideRecorder&) = delete;
  ~TideRecorder() { close(); }

  bool beginSurvey() noexcept { return inSurvey_ = run(conn_, "BEGIN"); }

  bool add(double level) noexcept {
    if (!inSurvey_) return false;
    const std::string l = std::to_string(level);
    Result r = query(conn_, "INSERT INTO tide(level) VALUES($1)", {l.c_str()});
    return PQresultStatus(r.get()) == PGRES_COMMAND_OK;
  }

  bool endSurvey(bool keep) noexcept {
    if (!inSurvey_) return false;
    inSurvey_ = false;
    return run(conn_, keep ? "COMMIT" : "ROLLBACK");
  }

  void close() noexcept {
    if (!conn_) return;
    if (inSurvey_) endSurvey(false);
    PQfinish(conn_);
    conn_ = nullptr;
  }

 private:
  PGconn* conn_;
  bool inSurvey_ = false;
};

bool surveyTide(TideRecorder& rec, const std::vector<double>& levels) {
  if (!rec.beginSurvey()) return false;
  bool keep = !levels.empty();
  for (double l : levels) {
    if (!rec.add(l)) {
      keep = false;
      break;
    }
  }
  return rec.endSurvey(keep);
}

class FlushTx {
 public:
  explicit FlushTx(PGconn* c) noexcept : c_(c) { run(c_, "BEGIN"); }
  ~FlushTx() { run(c_, "COMMIT"); }  // expect: session-commit-in-destructor

 private:
  PGconn* c_;
};

double parseFee(const char* text) {
  char* end = nullptr;
  const double v = std::strtod(text, &end);
  if (end == text) throw std::invalid_argument("fee");
  return v;
}

bool postInvoice(PGconn* c, int imo, const char* feeText) {
  const std::string i = std::to_string(imo);
  if (!run(c, "BEGIN")) return false;
  bool good = false;
  try {
    Result a = query(c, "INSERT INTO invoice(imo) VALUES($1)", {i.c_str()});
    const std::string fee = std::to_string(parseFee(feeText));
    Result b = query(c, "UPDATE invoice SET fee = $1 WHERE imo = $2", {fee.c_str(), i.c_str()});
    good = PQresultStatus(a.get()) == PGRES_COMMAND_OK && PQresultStatus(b.get()) == PGRES_COMMAND_OK;
  } catch (const std::invalid_argument& e) {  // expect: session-missing-rollback
    logLine("warn", e.what());
    return false;
  }
  return run(c, good ? "COMMIT" : "ROLLBACK") && good;
}

int postSurcharges(PGconn* c, const std::vector<std::string>& lines) {
  if (!run(c, "BEGIN")) return -1;
  int n = 0;
  try {
    for (const std::string& line : lines) {
      const std::string fee = std::to_string(parseFee(line.c_str()));
      Result r = query(c, "INSERT INTO surcharge(fee) VALUES($1)", {fee.c_str()});
      if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(c));
      ++n;
    }
  } catch (...) {
    run(c, "ROLLBACK");
    throw;
  }
  return run(c, "COMMIT") ? n : -1;
}

void startHeartbeat(PGconn* c, std::vector<std::string>& log) {
  std::thread beat([c] { run(c, "UPDATE port_state SET alive = now()"); });  // expect: session-shared-across-threads
  Result r(PQexec(c, "SELECT message FROM notice"));
  for (int i = 0; i < PQntuples(r.get()); ++i) log.emplace_back(PQgetvalue(r.get(), i, 0));
  beat.join();
}

void refreshStatistics(const PortConfig& cfg, PGconn* c) {
  std::thread worker([dsn = cfg.dsn] {
    Conn own(PQconnectdb(dsn.c_str()));
    if (PQstatus(own.get()) == CONNECTION_OK) run(own.get(), "ANALYZE arrival");
  });
  run(c, "SELECT refresh_traffic()");
  worker.join();
}

void checkpointAside(PGconn* c) {
  std::thread t([c] { run(c, "CHECKPOINT"); });
  t.join();
  run(c, "SELECT pg_stat_reset()");
}

bool reconnect(Conn& slot, const PortConfig& cfg) {
  for (int i = 0; i < cfg.attempts; ++i) {
    if (slot && PQstatus(slot.get()) == CONNECTION_OK) return true;
    slot.reset(PQconnectdb(cfg.dsn.c_str()));
  }
  return PQstatus(slot.get()) == CONNECTION_OK;
}

bool drainQueue(const PortConfig& cfg, int rounds) {
  Conn c = connect(cfg);
  if (!c) return false;
  PGconn* raw = c.get();
  for (int i = 0; i < rounds; ++i) {
    if (!run(raw, "SELECT take_job()")) {
      logLine("warn", "resetting the connection");
      c = connect(cfg);
      if (!c) return false;
      break;
    }
  }
  return run(raw, "SELECT close_queue()");  // expect: session-use-after-scope
}

bool publishSchedule(PGconn* c, const PortConfig& cfg) {
  if (!run(c, "BEGIN")) return false;
  if (!run(c, "DELETE FROM schedule") || !run(c, "INSERT INTO schedule SELECT * FROM draft")) {
    run(c, "ROLLBACK");
    return false;
  }
  if (!run(c, "SAVEPOINT notes")) {
    run(c, "ROLLBACK");
    return false;
  }
  if (run(c, "INSERT INTO schedule_note SELECT * FROM draft_note"))
    run(c, "RELEASE SAVEPOINT notes");
  else
    run(c, "ROLLBACK TO SAVEPOINT notes");
  if (cfg.dryRun) return run(c, "ROLLBACK");
  return run(c, "COMMIT");
}

bool settleAccounts(PGconn* c, const PortConfig& cfg, int from, int to) {
  const std::string f = std::to_string(from), t = std::to_string(to);
  BerthTx tx(c);
  if (!tx.ok()) return false;
  Result debit = query(c, "UPDATE account SET open = 0 WHERE id = $1", {f.c_str()});
  if (PQresultStatus(debit.get()) != PGRES_COMMAND_OK) return false;
  Conn second = connect(cfg);  //  // waits: session-split-unit-of-work
  if (!second) return false;
  BerthTx other(second.get());
  if (!other.ok()) return false;
  Result credit = query(second.get(), "UPDATE account SET open = 1 WHERE id = $1", {t.c_str()});
  if (PQresultStatus(credit.get()) != PGRES_COMMAND_OK) return false;
  return other.commit() && tx.commit();
}

bool lockGate(PGconn* c) {
  BerthTx tx(c);  // expect: session-unfinished-transaction
  if (!tx.ok()) return false;
  if (!run(c, "UPDATE gate SET locked = true")) return false;
  logLine("info", "gate locked");
  return true;
}

void expireLeases(PGconn* c) {
  BerthTx{c};  // expect: session-temporary-guard
  run(c, "DELETE FROM lease WHERE until < now()");
  run(c, "UPDATE berth SET imo = NULL WHERE id NOT IN (SELECT berth FROM lease)");
}

}  // namespace harbour
