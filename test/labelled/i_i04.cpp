// library: libpq
#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace mailroom {

struct Settings {
  std::string conninfo;
  int attempts = 3;
};

struct Parcel {
  int id = 0;
  std::string shelf;
};

static bool command(PGconn* conn, const char* sql) {
  PGresult* res = PQexec(conn, sql);
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  if (!ok) std::fprintf(stderr, "%s: %s", sql, PQerrorMessage(conn));
  PQclear(res);
  return ok;
}

static void must(PGconn* conn, const char* sql) {
  if (!command(conn, sql)) throw std::runtime_error(PQerrorMessage(conn));
}

PGconn* connectOrNull(const Settings& s) {
  PGconn* conn = nullptr;
  for (int i = 0; i < s.attempts; ++i) {
    conn = PQconnectdb(s.conninfo.c_str());
    if (PQstatus(conn) == CONNECTION_OK) return conn;
    std::fprintf(stderr, "attempt %d: %s", i, PQerrorMessage(conn));
    PQfinish(conn);
  }
  return nullptr;
}

PGconn* connectFallback(const char* primary, const char* replica) {
  PGconn* conn = PQconnectdb(primary);  // expect: session-leak
  if (PQstatus(conn) != CONNECTION_OK) {
    std::fprintf(stderr, "primary down, using replica\n");
    conn = PQconnectdb(replica);
  }
  return conn;
}

int countWaiting(PGconn* conn, const char* shelf) {
  const char* args[] = {shelf};
  PGresult* res = PQexecParams(conn, "SELECT count(*) FROM parcel WHERE shelf=$1", 1, nullptr, args, nullptr, nullptr, 0);
  int n = -1;
  if (PQresultStatus(res) == PGRES_TUPLES_OK && PQntuples(res) == 1) n = std::atoi(PQgetvalue(res, 0, 0));
  PQclear(res);
  return n;
}

std::vector<Parcel> waiting(PGconn* conn) {
  std::vector<Parcel> out;
  PGresult* res = PQexec(conn, "SELECT id, shelf FROM parcel WHERE picked IS NULL");  // expect: session-leak
  if (PQresultStatus(res) != PGRES_TUPLES_OK) {
    PQclear(res);
    return out;
  }
  const int rows = PQntuples(res);
  if (rows == 0) return out;
  for (int i = 0; i < rows; ++i) out.push_back({std::atoi(PQgetvalue(res, i, 0)), PQgetvalue(res, i, 1)});
  PQclear(res);
  return out;
}

std::string shelfName(PGconn* conn, int id) {
  const std::string text = std::to_string(id);
  const char* args[] = {text.c_str()};
  PGresult* res = PQexecParams(conn, "SELECT name FROM shelf WHERE id=$1", 1, nullptr, args, nullptr, nullptr, 0);
  const char* name = "";
  if (PQresultStatus(res) == PGRES_TUPLES_OK && PQntuples(res) > 0) name = PQgetvalue(res, 0, 0);
  PQclear(res);
  return name;  // expect: session-use-after-scope
}

int claim(PGconn* conn, int worker) {
  PGresult* res = nullptr;
  int id = -1;
  std::string w = std::to_string(worker);
  const char* args[] = {w.c_str()};
  if (!command(conn, "BEGIN")) return -1;
  res = PQexec(conn, "SELECT id FROM parcel WHERE worker IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED");
  if (PQresultStatus(res) != PGRES_TUPLES_OK || PQntuples(res) == 0) goto fail;
  id = std::atoi(PQgetvalue(res, 0, 0));
  PQclear(res);
  res = PQexecParams(conn, "UPDATE parcel SET worker=$1 WHERE worker IS NULL AND next", 1, nullptr, args, nullptr, nullptr, 0);
  if (PQresultStatus(res) != PGRES_COMMAND_OK) goto fail;
  PQclear(res);
  if (!command(conn, "COMMIT")) return -1;
  return id;
fail:
  PQclear(res);
  command(conn, "ROLLBACK");
  return -1;
}

bool release(PGconn* conn, int id) {
  const std::string text = std::to_string(id);
  const char* args[] = {text.c_str()};
  PGresult* res = PQexec(conn, "BEGIN");  // expect: session-unfinished-transaction
  bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  if (!ok) return false;
  res = PQexecParams(conn, "UPDATE parcel SET worker=NULL WHERE id=$1", 1, nullptr, args, nullptr, nullptr, 0);
  ok = PQresultStatus(res) == PGRES_COMMAND_OK && std::strcmp(PQcmdTuples(res), "1") == 0;
  PQclear(res);
  if (ok) {
    res = PQexec(conn, "COMMIT");
    ok = PQresultStatus(res) == PGRES_COMMAND_OK;
    PQclear(res);
  }
  return ok;
}

bool sweep(PGconn* conn, const std::vector<int>& shelves) {
  must(conn, "BEGIN");
  try {
    for (int s : shelves) {
      char sql[80];
      std::snprintf(sql, sizeof sql, "DELETE FROM parcel WHERE shelf = %d AND picked < now()", s);
      must(conn, sql);
    }
    must(conn, "COMMIT");
    return true;
  } catch (const std::runtime_error& e) {
    std::fprintf(stderr, "sweep: %s\n", e.what());
    command(conn, "ROLLBACK");
  }
  return false;
}

void renumber(PGconn* conn, const std::vector<int>& ids) {
  must(conn, "BEGIN");  // expect: session-missing-rollback
  int next = 1000;
  for (int id : ids) {
    char sql[80];
    std::snprintf(sql, sizeof sql, "UPDATE parcel SET label = %d WHERE id = %d", next++, id);
    must(conn, sql);
  }
  must(conn, "COMMIT");
}

void renumberOnce(const Settings& s, const std::vector<int>& ids) {
  PGconn* conn = connectOrNull(s);  // expect: session-leak
  if (!conn) throw std::runtime_error("no database");
  for (int id : ids) {
    char sql[80];
    std::snprintf(sql, sizeof sql, "UPDATE parcel SET seq = nextval('s') WHERE id = %d", id);
    must(conn, sql);
  }
  PQfinish(conn);
}

int report(const char* conninfo) {
  PGconn* conn = PQconnectdb(conninfo);  // expect: session-raw-construction
  int rc = 1;
  if (PQstatus(conn) == CONNECTION_OK) {
    PGresult* res = PQexec(conn, "SELECT shelf, count(*) FROM parcel GROUP BY 1");
    if (PQresultStatus(res) == PGRES_TUPLES_OK) {
      for (int i = 0; i < PQntuples(res); ++i) std::printf("%s\t%s\n", PQgetvalue(res, i, 0), PQgetvalue(res, i, 1));
      rc = 0;
    }
    PQclear(res);
  }
  PQfinish(conn);
  return rc;
}

int drainNotifies(PGconn* conn, void (*handler)(const char*, void*), void* user) {
  int n = 0;
  if (!PQconsumeInput(conn)) return -1;
  while (PGnotify* note = PQnotifies(conn)) {
    handler(note->extra, user);
    PQfreemem(note);
    ++n;
  }
  return n;
}

void discardPending(PGconn* conn) {
  while (PGresult* res = PQgetResult(conn)) {
    if (PQresultStatus(res) == PGRES_FATAL_ERROR) std::fprintf(stderr, "%s", PQresultErrorMessage(res));
    PQclear(res);
  }
}

bool loadCsv(PGconn* conn, const std::vector<std::string>& lines) {
  if (!command(conn, "BEGIN")) return false;
  PGresult* res = PQexec(conn, "COPY parcel FROM STDIN CSV");
  const bool copying = PQresultStatus(res) == PGRES_COPY_IN;
  PQclear(res);
  bool ok = copying;
  for (const std::string& l : lines) {
    if (!ok) break;
    ok = PQputCopyData(conn, l.data(), static_cast<int>(l.size())) == 1;
  }
  if (copying) {
    PQputCopyEnd(conn, ok ? nullptr : "aborted");
    while ((res = PQgetResult(conn)) != nullptr) {
      ok = ok && PQresultStatus(res) == PGRES_COMMAND_OK;
      PQclear(res);
    }
  }
  return command(conn, ok ? "COMMIT" : "ROLLBACK") && ok;
}

bool withSerializableRetry(PGconn* conn, const char* sql, int attempts) {
  while (attempts-- > 0) {
    if (!command(conn, "BEGIN ISOLATION LEVEL SERIALIZABLE")) return false;
    PGresult* res = PQexec(conn, sql);
    const char* state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
    const bool conflict = state && std::strcmp(state, "40001") == 0;
    const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
    PQclear(res);
    if (ok && command(conn, "COMMIT")) return true;
    command(conn, "ROLLBACK");
    if (!conflict) return false;
  }
  return false;
}

bool archive(PGconn* conn, const char* month) {
  const char* args[] = {month};
  PGresult* first = nullptr;
  PGresult* second = nullptr;
  bool ok = false;
  first = PQexecParams(conn, "INSERT INTO old SELECT * FROM parcel WHERE month=$1", 1, nullptr, args, nullptr, nullptr, 0);
  if (PQresultStatus(first) == PGRES_COMMAND_OK) {
    second = PQexecParams(conn, "SELECT count(*) FROM old WHERE month=$1", 1, nullptr, args, nullptr, nullptr, 0);
    ok = PQresultStatus(second) == PGRES_TUPLES_OK;
  }
  PQclear(second);
  PQclear(first);
  return ok;
}

bool reindex(PGconn* conn, const char* index) {
  std::string sql = std::string("REINDEX INDEX ") + index;
  PGresult* res = PQexec(conn, sql.c_str());
  if (PQresultStatus(res) != PGRES_COMMAND_OK) {
    std::fprintf(stderr, "%s", PQresultErrorMessage(res));
    PQclear(res);
  }
  PQclear(res);  // expect: session-double-end
  return PQtransactionStatus(conn) == PQTRANS_IDLE;
}

void parallelCount(const Settings& s, int shelves) {
  std::vector<std::thread> workers;
  for (int i = 0; i < shelves; ++i)
    workers.emplace_back([&s, i] {
      PGconn* mine = connectOrNull(s);  // expect: session-raw-construction
      if (!mine) return;
      std::printf("%d: %d\n", i, countWaiting(mine, std::to_string(i).c_str()));
      PQfinish(mine);
    });
  for (std::thread& t : workers) t.join();
}

}  // namespace mailroom
