// library: libpq
// Nightly ETL: flat files into PostgreSQL with libpq.
#include <postgresql/libpq-fe.h>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace etl {

#define LOGE(...) std::fprintf(stderr, __VA_ARGS__)
#define PQ_OK(res) (PQresultStatus(res) == PGRES_COMMAND_OK || PQresultStatus(res) == PGRES_TUPLES_OK)

struct PgResult {
  explicit PgResult(PGresult* r) noexcept : r(r) {}
  PgResult(PgResult&& o) noexcept : r(std::exchange(o.r, nullptr)) {}
  PgResult(const PgResult&) = delete;
  ~PgResult() { PQclear(r); }
  bool ok() const noexcept { return PQ_OK(r); }
  PGresult* r;
};

struct PgDeleter { void operator()(PGconn* c) const noexcept { PQfinish(c); } };
using PgConn = std::unique_ptr<PGconn, PgDeleter>;

static bool exec(PGconn* c, const char* sql) {
  PGresult* r = PQexec(c, sql);
  const bool ok = PQ_OK(r);
  if (!ok) LOGE("etl: %s -> %s", sql, PQerrorMessage(c));
  PQclear(r);
  return ok;
}

class Savepoint {
 public:
  Savepoint(PGconn* c, const char* name) : c_(c), name_(name), live_(exec(c, ("SAVEPOINT " + name_).c_str())) {}
  ~Savepoint() {
    if (live_) exec(c_, ("ROLLBACK TO SAVEPOINT " + name_).c_str());
  }
  Savepoint(const Savepoint&) = delete;
  bool release() {
    live_ = !exec(c_, ("RELEASE SAVEPOINT " + name_).c_str());
    return !live_;
  }
 private:
  PGconn* c_;
  std::string name_;
  bool live_;
};

PgConn connect(const std::string& dsn) {
  PgConn c(PQconnectdb(dsn.c_str()));
  if (PQstatus(c.get()) != CONNECTION_OK) {
    LOGE("connect: %s", PQerrorMessage(c.get()));
    return nullptr;                     // the empty pointer; the failed connection is finished
  }
  return c;
}

PGconn* connectOld(const char* dsn) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-leak
  if (PQstatus(c) != CONNECTION_OK) {
    LOGE("connect: %s", PQerrorMessage(c));
    return NULL;
  }
  return c;
}

int tableSize(const char* dsn, const char* table) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-raw-construction
  int n = -1;
  if (PQstatus(c) == CONNECTION_OK) {
    char sql[200];
    std::snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    PGresult* r = PQexec(c, sql);
    if (PQresultStatus(r) == PGRES_TUPLES_OK) n = std::atoi(PQgetvalue(r, 0, 0));
    PQclear(r);
  }
  PQfinish(c);
  return n;
}

int maxId(PGconn* c) {
  PGresult* r = PQexec(c, "SELECT max(id) FROM fact");  // expect: session-leak
  if (PQresultStatus(r) != PGRES_TUPLES_OK) {
    LOGE("max: %s", PQerrorMessage(c));
    return -1;
  }
  const int id = PQgetisnull(r, 0, 0) ? 0 : std::atoi(PQgetvalue(r, 0, 0));
  PQclear(r);
  return id;
}

const char* lastBatch(PGconn* c) {
  PgResult r(PQexec(c, "SELECT name FROM batch ORDER BY id DESC LIMIT 1"));
  if (!r.ok() || PQntuples(r.r) == 0) return "";
  return PQgetvalue(r.r, 0, 0);  // expect: session-use-after-scope
}

std::string lastBatchName(PGconn* c) {
  PgResult r(PQexec(c, "SELECT name FROM batch ORDER BY id DESC LIMIT 1"));
  return r.ok() && PQntuples(r.r) ? PQgetvalue(r.r, 0, 0) : "";    // converted before r goes
}

bool load(PGconn* c, std::istream& in) {
  if (!exec(c, "BEGIN")) return false;  // expect: session-unfinished-transaction
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty()) continue;
    if (line[0] == '!') {
      LOGE("load: end marker too early\n");
      return false;
    }
    const char* v[] = {line.c_str()};
    PgResult r(PQexecParams(c, "INSERT INTO stage VALUES($1)", 1, nullptr, v, nullptr, nullptr, 0));
    if (!r.ok()) {
      exec(c, "ROLLBACK");
      return false;
    }
  }
  if (exec(c, "COMMIT")) return true;
  exec(c, "ROLLBACK");
  return false;
}

bool copyIn(PGconn* c, const std::vector<std::string>& rows) {
  if (!exec(c, "BEGIN")) return false;
  bool ok = false;
  PgResult start(PQexec(c, "COPY stage FROM STDIN"));
  if (PQresultStatus(start.r) == PGRES_COPY_IN) {
    ok = true;
    for (size_t i = 0; ok && i < rows.size(); ++i) {
      const std::string line = rows[i] + "\n";
      ok = PQputCopyData(c, line.data(), static_cast<int>(line.size())) == 1;
    }
    ok = PQputCopyEnd(c, ok ? nullptr : "given up") == 1 && ok;
    while (PGresult* r = PQgetResult(c)) {
      ok = PQ_OK(r) && ok;
      PQclear(r);
    }
  }
  ok = exec(c, ok ? "COMMIT" : "ROLLBACK") && ok;
  if (!ok && PQtransactionStatus(c) != PQTRANS_IDLE) exec(c, "ROLLBACK");
  return ok;
}

bool merge(PGconn* c) {
  static const char* const sql[] = {
      "INSERT INTO fact SELECT * FROM stage ON CONFLICT DO NOTHING",
      "UPDATE dim SET rows = (SELECT count(*) FROM fact)",
      "TRUNCATE stage",
  };
  if (!exec(c, "BEGIN")) return false;
  bool ok = true;
  for (const char* s : sql) ok = ok && exec(c, s);
  if (ok && exec(c, "COMMIT")) return true;
  exec(c, "ROLLBACK");
  return false;
}

bool mergeLoose(PGconn* c, const std::vector<std::string>& sets) {
  if (!exec(c, "BEGIN")) return false;
  int bad = 0;
  for (const auto& s : sets) {
    Savepoint sp(c, "one_set");
    if (exec(c, ("SELECT merge_set('" + s + "')").c_str()) && sp.release()) continue;
    ++bad;
  }
  if (bad == static_cast<int>(sets.size())) {
    exec(c, "ROLLBACK");
    return false;
  }
  if (!exec(c, "COMMIT")) {
    exec(c, "ROLLBACK");
    return false;
  }
  return true;
}

void transform(PGconn* c, const std::function<std::string(int)>& rule) {
  if (!exec(c, "BEGIN")) throw std::runtime_error("begin");
  try {
    for (int i = 0; i < 10; ++i) {
      const std::string sql = rule(i);
      if (!exec(c, sql.c_str())) throw std::runtime_error(sql);
    }
    if (!exec(c, "COMMIT")) throw std::runtime_error("commit");
  } catch (const std::exception& e) {  // expect: session-missing-rollback
    LOGE("transform: %s\n", e.what());
    throw;
  }
}

void transformAll(PGconn* c, const std::vector<std::string>& rules) {
  if (!exec(c, "BEGIN")) throw std::runtime_error("begin");  // expect: session-missing-rollback
  for (const auto& r : rules)
    if (!exec(c, r.c_str())) throw std::runtime_error("rule: " + r);
  if (!exec(c, "COMMIT")) {
    exec(c, "ROLLBACK");
    throw std::runtime_error("commit");
  }
}

void applyRules(PGconn* c, const std::vector<std::string>& rules) {
  if (!exec(c, "BEGIN")) throw std::runtime_error("begin");
  try {
    for (const auto& r : rules)
      if (!exec(c, r.c_str())) throw std::runtime_error("rule: " + r);
    if (!exec(c, "COMMIT")) throw std::runtime_error("commit");
  } catch (...) {
    exec(c, "ROLLBACK");
    throw;
  }
}

bool rotate(PGconn* c) {
  if (!exec(c, "BEGIN")) return false;
  if (!exec(c, "ALTER TABLE fact RENAME TO fact_old") || !exec(c, "CREATE TABLE fact(LIKE fact_old)")) {
    exec(c, "ROLLBACK");
    return false;
  }
  if (!exec(c, "COMMIT")) { exec(c, "ROLLBACK"); return false; }
  if (!exec(c, "BEGIN")) return false;
  if (!exec(c, "DROP TABLE fact_old")) {
    exec(c, "ROLLBACK");
    return false;
  }
  if (!exec(c, "COMMIT")) {  // expect: session-multiple-commits
    exec(c, "ROLLBACK");
    return false;
  }
  return true;
}

bool purgeInChunks(PGconn* c, int chunk) {
  char sql[160];
  std::snprintf(sql, sizeof sql, "DELETE FROM fact WHERE id IN (SELECT id FROM fact WHERE old LIMIT %d)", chunk);
  for (;;) {
    if (!exec(c, "BEGIN")) return false;
    PgResult r(PQexec(c, sql));
    if (!r.ok()) {
      exec(c, "ROLLBACK");
      return false;
    }
    if (std::atoi(PQcmdTuples(r.r)) == 0) {
      exec(c, "ROLLBACK");              // an empty round
      return true;
    }
    if (!exec(c, "COMMIT")) {
      exec(c, "ROLLBACK");
      return false;
    }
  }
}

int runParallel(const std::string& dsn, const std::vector<std::string>& jobs) {
  std::atomic<int> failed{0};
  std::vector<std::thread> pool;
  for (const auto& job : jobs)
    pool.emplace_back([&failed, &dsn, job] {
      PgConn own = connect(dsn);        // one connection per worker
      if (!own || !exec(own.get(), job.c_str())) ++failed;
    });
  for (auto& t : pool) t.join();
  return failed;
}

int runShared(PGconn* c, const std::vector<std::string>& jobs) {
  std::atomic<int> failed{0};
  std::thread side([c, &failed] {  // expect: session-shared-across-threads
    if (!exec(c, "ANALYZE fact")) ++failed;
  });
  for (const auto& j : jobs)
    if (!exec(c, j.c_str())) ++failed;
  side.join();
  return failed;
}

bool heartbeat(PGconn** slot, const char* dsn) {
  if (PQstatus(*slot) == CONNECTION_OK) return true;
  PQreset(*slot);
  if (PQstatus(*slot) == CONNECTION_OK) return true;
  PQfinish(*slot);
  *slot = PQconnectdb(dsn);             // the slot's owner finishes this one
  return PQstatus(*slot) == CONNECTION_OK;
}

void probe(const char* dsn) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-raw-construction
  const bool ok = PQstatus(c) == CONNECTION_OK;
  PQfinish(c);
  if (!ok) LOGE("probe: %s", PQerrorMessage(c));  // expect: session-use-after-scope
}

void swapOut(const char* dsn) {
  PGconn* c = PQconnectdb(dsn);
  if (PQstatus(c) != CONNECTION_OK) {
    LOGE("swap: %s", PQerrorMessage(c));
    PQfinish(c);
  } else if (!exec(c, "SELECT pg_switch_wal()")) {
    LOGE("swap failed\n");
  }
  PQfinish(c);  // expect: session-double-end
}

}  // namespace etl
