// library: sqlite3, libpq
#include <libpq-fe.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#define PG_OK(res) (PQresultStatus(res) == PGRES_COMMAND_OK || PQresultStatus(res) == PGRES_TUPLES_OK)

namespace syncd {

struct Config {
  std::string local;
  std::string remote;
  int batch = 200;
  bool dryRun = false;
};

struct ClosePg {
  void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
struct ClearPg {
  void operator()(PGresult* r) const noexcept { PQclear(r); }
};
struct CloseLite {
  void operator()(sqlite3* d) const noexcept { sqlite3_close(d); }
};
struct FinalizeLite {
  void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }
};
using Pg = std::unique_ptr<PGconn, ClosePg>;
using PgRes = std::unique_ptr<PGresult, ClearPg>;
using Lite = std::unique_ptr<sqlite3, CloseLite>;
using LiteStmt = std::unique_ptr<sqlite3_stmt, FinalizeLite>;

static bool lite(sqlite3* db, const char* sql) { return sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

static bool pg(PGconn* c, const char* sql) {
  PgRes r(PQexec(c, sql));
  if (PG_OK(r.get())) return true;
  std::fprintf(stderr, "%s: %s", sql, PQerrorMessage(c));
  return false;
}

static void pgMust(PGconn* c, const std::string& sql) {
  if (!pg(c, sql.c_str())) throw std::runtime_error(sql);
}

Lite openLocal(const Config& cfg) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open_v2(cfg.local.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  Lite db(raw);
  if (rc != SQLITE_OK) throw std::runtime_error(raw ? sqlite3_errmsg(raw) : "no memory");
  sqlite3_busy_timeout(raw, 1000);
  return db;
}

Pg openRemote(const Config& cfg) {
  Pg c(PQconnectdb(cfg.remote.c_str()));
  if (PQstatus(c.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(c.get()));
  return c;
}

bool openBoth(const Config& cfg, sqlite3** local, PGconn** remote) {
  if (sqlite3_open(cfg.local.c_str(), local) != SQLITE_OK) {
    sqlite3_close(*local);
    *local = nullptr;
    return false;
  }
  *remote = PQconnectdb(cfg.remote.c_str());
  if (PQstatus(*remote) == CONNECTION_OK) return true;
  PQfinish(*remote);
  sqlite3_close(*local);
  *remote = nullptr;
  *local = nullptr;
  return false;
}

int pushOnce(const char* localPath, const char* remoteInfo) {
  int rc = 1;
  sqlite3* local = nullptr;
  PGconn* remote = PQconnectdb(remoteInfo);  // expect: session-leak
  if (PQstatus(remote) != CONNECTION_OK) goto out;
  if (sqlite3_open(localPath, &local) != SQLITE_OK) {  // expect: session-raw-construction
    std::fprintf(stderr, "%s: %s\n", localPath, sqlite3_errmsg(local));
    sqlite3_close(local);
    return 2;
  }
  rc = lite(local, "UPDATE queue SET pushed = 1") && pg(remote, "SELECT bump()") ? 0 : 3;
out:
  sqlite3_close(local);
  PQfinish(remote);
  return rc;
}

int pullOnce(const Config& cfg) {
  Lite local = openLocal(cfg);
  Pg remote = openRemote(cfg);
  PgRes rows(PQexec(remote.get(), "SELECT id, body FROM note"));
  if (!PG_OK(rows.get())) return -1;
  remote.reset();
  if (!lite(local.get(), "BEGIN")) return -1;
  for (int i = 0; i < PQntuples(rows.get()); ++i) {
    std::unique_ptr<char, void (*)(void*)> sql(
        sqlite3_mprintf("INSERT OR REPLACE INTO note VALUES(%Q, %Q)", PQgetvalue(rows.get(), i, 0), PQgetvalue(rows.get(), i, 1)),
        sqlite3_free);
    if (!lite(local.get(), sql.get())) {
      lite(local.get(), "ROLLBACK");
      return i;
    }
  }
  if (!lite(local.get(), "COMMIT")) {
    lite(local.get(), "ROLLBACK");
    return -1;
  }
  return PQntuples(rows.get());
}

long remoteClock(const Config& cfg) {
  Pg remote = openRemote(cfg);
  PGconn* c = remote.get();
  if (cfg.dryRun) remote.reset();
  PgRes r(PQexec(c, "SELECT extract(epoch FROM now())"));  // expect: session-use-after-scope
  return PG_OK(r.get()) ? std::atol(PQgetvalue(r.get(), 0, 0)) : 0;
}

void pushNotes(sqlite3* local, PGconn* remote) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(local, "SELECT body FROM note WHERE dirty", -1, &raw, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(local));
  LiteStmt st(raw);
  pgMust(remote, "BEGIN");
  try {
    while (sqlite3_step(raw) == SQLITE_ROW) {
      const char* body = reinterpret_cast<const char*>(sqlite3_column_text(raw, 0));
      if (!body) continue;
      char* quoted = PQescapeLiteral(remote, body, std::strlen(body));
      if (!quoted) throw std::runtime_error("escape");
      const std::string sql = std::string("INSERT INTO note(body) VALUES(") + quoted + ")";
      PQfreemem(quoted);
      pgMust(remote, sql);
    }
    pgMust(remote, "COMMIT");
  } catch (...) {
    pg(remote, "ROLLBACK");
    throw;
  }
}

void pushTags(sqlite3* local, PGconn* remote) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(local, "SELECT name FROM tag WHERE dirty", -1, &st, nullptr) != SQLITE_OK) return;  // expect: session-leak
  while (sqlite3_step(st) == SQLITE_ROW) {
    const int n = sqlite3_column_bytes(st, 0);
    pgMust(remote, "SELECT add_tag_of_length(" + std::to_string(n) + ")");
  }
  sqlite3_finalize(st);
}

bool moveBoth(sqlite3* local, PGconn* remote, int from, int to) {
  const std::string sql = "UPDATE note SET folder = " + std::to_string(to) + " WHERE folder = " + std::to_string(from);
  if (!lite(local, "BEGIN IMMEDIATE")) return false;
  if (!pg(remote, "BEGIN")) {
    lite(local, "ROLLBACK");
    return false;
  }
  if (!lite(local, sql.c_str()) || !pg(remote, sql.c_str())) {
    pg(remote, "ROLLBACK");
    lite(local, "ROLLBACK");
    return false;
  }
  if (!pg(remote, "COMMIT")) {
    lite(local, "ROLLBACK");
    return false;
  }
  if (lite(local, "COMMIT")) return true;
  lite(local, "ROLLBACK");
  return false;
}

bool deleteBoth(sqlite3* local, PGconn* remote, int folder) {
  const std::string sql = "DELETE FROM note WHERE folder = " + std::to_string(folder);
  if (!lite(local, "BEGIN IMMEDIATE")) return false;
  if (!pg(remote, "BEGIN")) {  // expect: session-unfinished-transaction
    lite(local, "ROLLBACK");
    return false;
  }
  if (!lite(local, sql.c_str())) {
    lite(local, "ROLLBACK");
    return false;
  }
  if (!pg(remote, sql.c_str()) || !pg(remote, "COMMIT")) {
    pg(remote, "ROLLBACK");
    lite(local, "ROLLBACK");
    return false;
  }
  if (lite(local, "COMMIT")) return true;
  lite(local, "ROLLBACK");
  return false;
}

bool acknowledge(sqlite3* local, PGconn* remote, long upTo) {
  const std::string mark = "UPDATE cursor SET at = " + std::to_string(upTo);
  if (!lite(local, "BEGIN")) return false;
  bool ok = lite(local, mark.c_str());
  try {
    pgMust(remote, mark);
    ok = ok && lite(local, "COMMIT");
  } catch (const std::runtime_error& e) {  // expect: session-missing-rollback
    std::fprintf(stderr, "remote: %s\n", e.what());
    return false;
  }
  if (!ok) lite(local, "ROLLBACK");
  return ok;
}

bool acknowledgeFirst(sqlite3* local, PGconn* remote, long upTo) {
  const std::string mark = "UPDATE cursor SET at = " + std::to_string(upTo);
  try {
    pgMust(remote, mark);
  } catch (const std::runtime_error& e) {
    std::fprintf(stderr, "remote: %s\n", e.what());
    return false;
  }
  if (!lite(local, "BEGIN")) return false;
  const bool ok = lite(local, mark.c_str()) && lite(local, "COMMIT");
  if (!ok) lite(local, "ROLLBACK");
  return ok;
}

struct Applier {
  sqlite3* db;
  int applied;
  bool failed;
};

static int applyRow(void* user, int argc, char** argv, char**) noexcept {
  auto* a = static_cast<Applier*>(user);
  if (argc < 1 || !argv[0] || !lite(a->db, argv[0])) {
    a->failed = true;
    return 1;
  }
  ++a->applied;
  return 0;
}

int applyPending(sqlite3* db) {
  Applier a{db, 0, false};
  if (!lite(db, "SAVEPOINT pending")) return -1;
  sqlite3_exec(db, "SELECT statement FROM pending ORDER BY id", applyRow, &a, nullptr);
  if (a.failed) lite(db, "ROLLBACK TO pending");
  lite(db, "RELEASE pending");
  return a.failed ? -1 : a.applied;
}

class Session {
 public:
  explicit Session(const Config& cfg) : cfg_(cfg), local_(openLocal(cfg)) {}
  ~Session() {
    if (inRemote_) pg(remote_, "ROLLBACK");
    if (remote_) PQfinish(remote_);
  }
  Session(const Session&) = delete;

  PGconn* remote() {
    if (!remote_) {
      remote_ = PQconnectdb(cfg_.remote.c_str());
      if (PQstatus(remote_) != CONNECTION_OK) drop();
    }
    return remote_;
  }
  void drop() {
    PQfinish(remote_);
    remote_ = nullptr;
    inRemote_ = false;
  }
  bool start() {
    if (inRemote_) return true;
    PGconn* c = remote();
    inRemote_ = c && pg(c, "BEGIN");
    return inRemote_;
  }
  bool finish() {
    const bool ok = pg(remote_, "COMMIT");
    inRemote_ = false;
    return ok;
  }
  bool resetRemote() {
    PGconn* old = remote();
    drop();
    if (!remote()) return false;
    return PQserverVersion(old) == PQserverVersion(remote_);  // expect: session-use-after-scope
  }

 private:
  Config cfg_;
  Lite local_;
  PGconn* remote_ = nullptr;
  bool inRemote_ = false;
};

int pushBatches(PGconn* remote, const std::vector<std::string>& sqls, int batch) {
  int inBatch = 0, sent = 0;
  for (const std::string& s : sqls) {
    if (inBatch == 0 && !pg(remote, "BEGIN")) return sent;
    if (!pg(remote, s.c_str())) {
      pg(remote, "ROLLBACK");
      return sent;
    }
    ++inBatch;
    if (inBatch == batch) {
      if (!pg(remote, "COMMIT")) return sent;
      sent += inBatch;
      inBatch = 0;
    }
  }
  if (inBatch > 0 && pg(remote, "COMMIT")) sent += inBatch;
  return sent;
}

int publish(PGconn* remote, const std::vector<std::string>& topics) {
  int sent = 0;
  if (!pg(remote, "BEGIN")) return 0;
  for (const std::string& t : topics) {
    if (t.empty()) continue;
    if (!pg(remote, ("NOTIFY " + t).c_str())) {
      pg(remote, "ROLLBACK");
      return 0;
    }
    ++sent;
  }
  if (sent == 0) {
    pg(remote, "ABORT");
  }
  return pg(remote, "COMMIT") ? sent : 0;  // waits: session-double-end
}

}  // namespace syncd
