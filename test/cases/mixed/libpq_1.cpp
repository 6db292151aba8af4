// Inventory agent over plain libpq, with error codes, goto and helpers
// library: libpq
#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace agent {

enum class Status { ok, notFound, noConnection, failed };

struct Item {
  int id = 0;
  std::string name;
  int amount = 0;
};

struct ResultDeleter {
  void operator()(PGresult* r) const noexcept { PQclear(r); }
};
struct ConnectionDeleter {
  void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
using Result = std::unique_ptr<PGresult, ResultDeleter>;
using Connection = std::unique_ptr<PGconn, ConnectionDeleter>;

static void complain(PGconn* c, const char* what) { std::fprintf(stderr, "%s: %s", what, PQerrorMessage(c)); }

static bool command(PGconn* c, const char* sql) {
  PGresult* r = PQexec(c, sql);
  const bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
  if (!ok) complain(c, sql);
  PQclear(r);
  return ok;
}

Connection connect(const std::string& dsn) {
  Connection c(PQconnectdb(dsn.c_str()));
  if (PQstatus(c.get()) != CONNECTION_OK) {
    complain(c.get(), "connect");
    return nullptr;
  }
  PQsetClientEncoding(c.get(), "UTF8");
  return c;
}

std::optional<Item> item(PGconn* c, int id) {
  const std::string key = std::to_string(id);
  const char* values[] = {key.c_str()};
  const Result r(PQexecParams(c, "SELECT id, name, amount FROM item WHERE id = $1", 1, nullptr, values, nullptr, nullptr, 0));
  if (PQresultStatus(r.get()) != PGRES_TUPLES_OK) {
    complain(c, "item");
    return std::nullopt;
  }
  if (PQntuples(r.get()) == 0) return std::nullopt;
  Item found;
  found.id = std::atoi(PQgetvalue(r.get(), 0, 0));
  found.name = PQgetvalue(r.get(), 0, 1);
  if (!PQgetisnull(r.get(), 0, 2)) found.amount = std::atoi(PQgetvalue(r.get(), 0, 2));
  return found;
}

int count(PGconn* c, const char* table) {
  const std::string sql = std::string("SELECT count(*) FROM ") + table;
  PGresult* r = PQexec(c, sql.c_str());  // expect: session-leak
  if (PQresultStatus(r) != PGRES_TUPLES_OK) {
    complain(c, table);
    return -1;
  }
  const int n = std::atoi(PQgetvalue(r, 0, 0));
  PQclear(r);
  return n;
}

int countWhere(PGconn* c, const char* condition) {
  const std::string sql = std::string("SELECT count(*) FROM item WHERE ") + condition;
  PGresult* r = PQexec(c, sql.c_str());
  int n = -1;
  if (PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) == 1)
    n = std::atoi(PQgetvalue(r, 0, 0));
  else
    complain(c, condition);
  PQclear(r);
  return n;
}

const char* nameOf(PGconn* c, const char* id) {
  const char* values[] = {id};
  PGresult* r = PQexecParams(c, "SELECT name FROM item WHERE id = $1", 1, nullptr, values, nullptr, nullptr, 0);
  const char* name = PQntuples(r) > 0 ? PQgetvalue(r, 0, 0) : nullptr;
  PQclear(r);
  return name;  // expect: session-use-after-scope
}

std::string ownerOf(PGconn* c, const char* id) {
  const char* values[] = {id};
  PGresult* r = PQexecParams(c, "SELECT owner FROM item WHERE id = $1", 1, nullptr, values, nullptr, nullptr, 0);
  std::string owner;
  if (PQntuples(r) > 0) owner = PQgetvalue(r, 0, 0);
  PQclear(r);
  return owner;
}

Status take(PGconn* c, int id, int amount) {
  char sql[160];
  if (amount <= 0) return Status::failed;
  if (!command(c, "BEGIN")) return Status::noConnection;
  std::snprintf(sql, sizeof sql, "UPDATE item SET amount = amount - %d WHERE id = %d AND amount >= %d", amount, id, amount);
  PGresult* r = PQexec(c, sql);
  const bool done = PQresultStatus(r) == PGRES_COMMAND_OK;
  const bool found = done && std::strcmp(PQcmdTuples(r), "1") == 0;
  PQclear(r);
  if (!done || !found) {
    command(c, "ROLLBACK");
    return done ? Status::notFound : Status::failed;
  }
  return command(c, "COMMIT") ? Status::ok : Status::failed;
}

Status give(PGconn* c, int id, int amount) {
  char sql[160];
  if (!command(c, "BEGIN")) return Status::noConnection;  // expect: session-unfinished-transaction
  std::snprintf(sql, sizeof sql, "UPDATE item SET amount = amount + %d WHERE id = %d", amount, id);
  Result r(PQexec(c, sql));
  if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) {
    command(c, "ROLLBACK");
    return Status::failed;
  }
  if (std::strcmp(PQcmdTuples(r.get()), "1") != 0) return Status::notFound;
  return command(c, "COMMIT") ? Status::ok : Status::failed;
}

Status relocate(PGconn* c, const char* from, const char* to) {
  Status status = Status::failed;
  PGresult* r = nullptr;
  const char* values[] = {from, to};
  if (!command(c, "BEGIN")) return Status::noConnection;
  r = PQexecParams(c, "UPDATE item SET place = $2 WHERE place = $1", 2, nullptr, values, nullptr, nullptr, 0);
  if (PQresultStatus(r) != PGRES_COMMAND_OK) goto out;
  PQclear(r);
  r = PQexecParams(c, "INSERT INTO move(src, dst) VALUES ($1, $2)", 2, nullptr, values, nullptr, nullptr, 0);
  if (PQresultStatus(r) != PGRES_COMMAND_OK) goto out;
  status = Status::ok;
out:
  PQclear(r);
  command(c, status == Status::ok ? "COMMIT" : "ROLLBACK");
  return status;
}

bool discardOne(PGconn* c, int id, bool simulate) {
  const std::string sql = "DELETE FROM item WHERE id = " + std::to_string(id);
  if (!command(c, "BEGIN")) return false;
  if (!command(c, sql.c_str())) {
    command(c, "ROLLBACK");
    return false;
  }
  if (simulate) return command(c, "ROLLBACK");
  return command(c, "COMMIT");
}

class Guard {
public:
  explicit Guard(PGconn* c) : c_(c), open_(command(c, "BEGIN")) {}
  ~Guard() {
    if (open_) command(c_, "ROLLBACK");
  }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  bool active() const { return open_; }
  bool commit() {
    const bool ok = open_ && command(c_, "COMMIT");
    open_ = open_ && !ok;
    return ok;
  }

private:
  PGconn* c_;
  bool open_;
};

bool recount(PGconn* c, int place) {
  Guard guard(c);
  if (!guard.active()) return false;
  const std::string where = " WHERE place = " + std::to_string(place);
  if (!command(c, ("UPDATE item SET counted = now()" + where).c_str())) return false;
  if (!command(c, ("DELETE FROM doubt" + where).c_str())) return false;
  return guard.commit();
}

bool recountAll(PGconn* c, const std::vector<int>& places) {
  bool ok = true;
  for (const int place : places) ok = recount(c, place) && ok;
  return ok;
}

bool recountAndClose(PGconn* c, int place) {
  Guard guard(c);
  if (!command(c, "UPDATE period SET closed = true")) return false;
  if (!recount(c, place)) return false;  // expect: session-nested-begin
  return guard.commit();
}

bool reset(PGconn* c) {
  Guard guard(c);  // expect: session-unfinished-transaction
  if (!guard.active()) return false;
  return command(c, "UPDATE item SET amount = 0") && command(c, "DELETE FROM move");
}

int backupTable(const char* dsn, const char* table) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-raw-construction
  if (PQstatus(c) != CONNECTION_OK) {
    complain(c, "connect");
    PQfinish(c);
    return 1;
  }
  char sql[200];
  std::snprintf(sql, sizeof sql, "CREATE TABLE %s_copy AS SELECT * FROM %s", table, table);
  const bool ok = command(c, sql);
  PQfinish(c);
  return ok ? 0 : 2;
}

int restoreTable(const char* dsn, const char* table) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-leak
  if (PQstatus(c) != CONNECTION_OK) {
    complain(c, "connect");
    return 1;
  }
  char sql[200];
  std::snprintf(sql, sizeof sql, "INSERT INTO %s SELECT * FROM %s_copy", table, table);
  const bool ok = command(c, sql);
  PQfinish(c);
  return ok ? 0 : 2;
}

PGconn* reconnect(PGconn* old, const char* dsn) {
  if (old != nullptr && PQstatus(old) == CONNECTION_OK) return old;
  PQfinish(old);
  PGconn* fresh = PQconnectdb(dsn);
  if (PQstatus(fresh) != CONNECTION_OK) {
    complain(fresh, "reconnect");
    PQfinish(fresh);
    return nullptr;
  }
  return fresh;
}

bool ping(const std::string& dsn) { return PQping(dsn.c_str()) == PQPING_OK; }

std::string version(const std::string& dsn) {
  const Connection c = connect(dsn);
  if (!c) return "unknown";
  const Result r(PQexec(c.get(), "SHOW server_version"));
  return PQntuples(r.get()) == 1 ? PQgetvalue(r.get(), 0, 0) : "unknown";
}

int lastMove(const std::string& dsn) {
  PGconn* raw = nullptr;
  {
    const Connection c = connect(dsn);
    if (!c) return -1;
    raw = c.get();
    if (!command(raw, "SET search_path = stock")) return -1;
  }
  const Result r(PQexec(raw, "SELECT max(id) FROM move"));  // expect: session-use-after-scope
  return PQntuples(r.get()) == 1 ? std::atoi(PQgetvalue(r.get(), 0, 0)) : -1;
}

bool stocktake(PGconn* c) {
  if (!command(c, "BEGIN")) return false;
  if (!command(c, "INSERT INTO stocktake DEFAULT VALUES")) {
    command(c, "ROLLBACK");
    return false;
  }
  if (!command(c, "COMMIT")) return false;
  if (!command(c, "BEGIN")) return false;
  if (!command(c, "INSERT INTO stocktake_line SELECT lastval(), id, amount FROM item")) {
    command(c, "ROLLBACK");
    return false;
  }
  return command(c, "COMMIT");  // expect: session-multiple-commits
}

void refreshViews(const std::string& dsn, const std::vector<std::string>& views) {
  std::vector<std::thread> threads;
  for (const std::string& view : views)
    threads.emplace_back([dsn, view] {
      const Connection c = connect(dsn);
      if (c) command(c.get(), ("REFRESH MATERIALIZED VIEW " + view).c_str());
    });
  for (std::thread& t : threads) t.join();
}

bool refreshTwo(PGconn* c) {
  std::thread first([c] { command(c, "REFRESH MATERIALIZED VIEW a"); });  // expect: session-shared-across-threads
  const bool ok = command(c, "REFRESH MATERIALIZED VIEW b");
  first.join();
  return ok;
}

}  // namespace agent
