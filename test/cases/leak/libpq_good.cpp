// Connections and results of libpq that are released, though it may not look like it.
// library: libpq
#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct PgDelete {
  void operator()(PGconn* conn) const noexcept { PQfinish(conn); }
  void operator()(PGresult* res) const noexcept { PQclear(res); }
};
using PgConn = std::unique_ptr<PGconn, PgDelete>;
using PgResult = std::unique_ptr<PGresult, PgDelete>;

PgConn connect(const std::string& dsn) {
  PgConn conn(PQconnectdb(dsn.c_str()));
  if (PQstatus(conn.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(conn.get()));
  return conn;
}

// A factory with a raw result: its failed connections are finished, the good one is the caller's.
PGconn* connectRaw(const char* dsn) {
  PGconn* conn = PQconnectdb(dsn);
  if (PQstatus(conn) == CONNECTION_OK) return conn;
  std::fprintf(stderr, "connect: %s", PQerrorMessage(conn));
  PQfinish(conn);
  return nullptr;
}

PgResult query(PGconn* conn, const std::string& text) {
  PgResult res(PQexec(conn, text.c_str()));
  const ExecStatusType status = PQresultStatus(res.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
    throw std::runtime_error(text + ": " + PQresultErrorMessage(res.get()));
  return res;
}

int stockOf(PGconn* conn, int article) {
  const auto res = query(conn, "SELECT n FROM stock WHERE article = " + std::to_string(article));
  if (PQntuples(res.get()) == 0) throw std::out_of_range("no such article");
  return std::atoi(PQgetvalue(res.get(), 0, 0));
}

// Cleared in the expression that asked for it.
void applyDefaults(PGconn* conn) {
  PQclear(PQexec(conn, "SET statement_timeout = '5s'"));
  PQclear(PQexec(conn, "SET application_name = 'billing'"));
}

bool succeeded(PGresult* res, ExecStatusType wanted) {
  const bool ok = PQresultStatus(res) == wanted;
  PQclear(res);
  return ok;
}

// The helper that looks at the result clears it as well.
bool renameChannel(PGconn* conn, const char* from, const char* to) {
  const std::array<const char*, 2> values{from, to};
  if (!succeeded(PQexecParams(conn, "UPDATE channels SET name = $2 WHERE name = $1", 2, nullptr,
                              values.data(), nullptr, nullptr, 0),
                 PGRES_COMMAND_OK))
    return false;
  PGresult* res = PQexec(conn, "NOTIFY channels");
  return succeeded(res, PGRES_COMMAND_OK);
}

// Every round clears what it got; the loop ends with a null.
std::vector<std::string> drain(PGconn* conn) {
  std::vector<std::string> errors;
  PGresult* res = nullptr;
  while ((res = PQgetResult(conn)) != nullptr) {
    if (PQresultStatus(res) == PGRES_FATAL_ERROR) {
      errors.emplace_back(PQresultErrorMessage(res));
      PQclear(res);
      continue;
    }
    PQclear(res);
  }
  return errors;
}

// One variable, several results: each is cleared before the next.
int archive(PGconn* conn) {
  int moved = -1;
  PGresult* res = PQexec(conn, "INSERT INTO archive SELECT * FROM jobs WHERE done");
  if (PQresultStatus(res) != PGRES_COMMAND_OK) goto out;
  moved = std::atoi(PQcmdTuples(res));
  PQclear(res);
  res = PQexec(conn, "DELETE FROM jobs WHERE done");
  if (PQresultStatus(res) != PGRES_COMMAND_OK) moved = -1;
out:
  PQclear(res);
  return moved;
}

// Reconnects: the old connection goes before the new one comes.
class Replica {
public:
  explicit Replica(std::string dsn) : dsn_(std::move(dsn)) {}
  ~Replica() { PQfinish(conn_); }
  Replica(const Replica&) = delete;
  Replica& operator=(const Replica&) = delete;

  bool ensure() {
    if (conn_ != nullptr && PQstatus(conn_) == CONNECTION_OK) return true;
    if (conn_ != nullptr) {
      PQfinish(conn_);
      conn_ = nullptr;
    }
    conn_ = PQconnectdb(dsn_.c_str());
    return PQstatus(conn_) == CONNECTION_OK;
  }

  std::optional<std::string> lag() {
    if (!ensure()) return std::nullopt;
    PGresult* res = PQexec(conn_, "SELECT now() - pg_last_xact_replay_timestamp()");
    std::optional<std::string> value;
    if (PQresultStatus(res) == PGRES_TUPLES_OK && PQntuples(res) == 1)
      value = PQgetvalue(res, 0, 0);
    PQclear(res);
    return value;
  }

private:
  std::string dsn_;
  PGconn* conn_ = nullptr;
};

// The result moves into an object that clears it.
class Rows {
public:
  explicit Rows(PGresult* res) noexcept : res_(res) {}
  Rows(Rows&& other) noexcept : res_(std::exchange(other.res_, nullptr)) {}
  Rows& operator=(Rows&& other) noexcept {
    std::swap(res_, other.res_);
    return *this;
  }
  ~Rows() {
    if (res_) PQclear(res_);
  }
  int size() const noexcept { return PQntuples(res_); }
  const char* at(int row, int column) const noexcept { return PQgetvalue(res_, row, column); }

private:
  PGresult* res_;
};

Rows overdue(PGconn* conn, bool strict) {
  PGresult* res = strict ? PQexec(conn, "SELECT id FROM invoices WHERE due < now()")
                         : PQexec(conn, "SELECT id FROM invoices WHERE due < now() - '7d'");
  return Rows(res);
}

void remind(PGconn* conn, const std::function<void(int)>& send) {
  Rows rows = overdue(conn, true);
  if (rows.size() == 0) rows = overdue(conn, false);
  for (int i = 0; i < rows.size(); ++i) send(std::atoi(rows.at(i, 0)));
}

// Released under the same condition under which it was taken.
long countRows(PGconn* given, const char* dsn, const char* text) {
  PgConn own;
  PGconn* conn = given;
  if (conn == nullptr) {
    own.reset(PQconnectdb(dsn));
    conn = own.get();
  }
  PGresult* res = nullptr;
  const bool usable = PQstatus(conn) == CONNECTION_OK;
  if (usable) res = PQexec(conn, text);
  const long n = usable && PQresultStatus(res) == PGRES_TUPLES_OK ? PQntuples(res) : -1;
  if (usable) PQclear(res);
  return n;
}

// Handles kept by the caller's container, which clears them later.
void collect(PGconn* conn, const std::vector<std::string>& texts, std::vector<PgResult>& out) {
  for (const std::string& text : texts) {
    PGresult* res = PQexec(conn, text.c_str());
    out.emplace_back(res);
  }
}

// Whose connection it is, the callee says.
PGconn* connectionFor(const char* shop, bool* mine);

int prices(const char* shop) {
  bool mine = false;
  PGconn* conn = connectionFor(shop, &mine);
  PGresult* res = PQexec(conn, "SELECT count(*) FROM prices");
  const int n = PQntuples(res) == 1 ? std::atoi(PQgetvalue(res, 0, 0)) : -1;
  PQclear(res);
  if (mine) PQfinish(conn);
  return n;
}

// The one that the program has: it is only shut down here.
PGconn* currentConnection();

void shutDown(bool quickly) {
  PGconn* conn = currentConnection();
  if (quickly) return;
  PQfinish(conn);
}

// Only the last answer counts: each earlier one is cleared when the next is there.
int rowsOfLast(PGconn* conn) {
  PGresult* last = PQgetResult(conn);
  while (PGresult* next = PQgetResult(conn)) {
    PQclear(last);
    last = next;
  }
  const int rows = PQntuples(last);
  PQclear(last);
  return rows;
}

// The same, in rounds: the guard of the round before is over, though its variable is still known.
class LastAnswer {
public:
  explicit LastAnswer(PGresult* res) : res_(res) {}
  ~LastAnswer() { PQclear(res_); }
  int count() const { return PQntuples(res_); }

private:
  PGresult* res_;
};

int drainAll(PGconn* conn, bool (*more)()) {
  int all = 0;
again:
  if (more()) {
    PGresult* last = PQgetResult(conn);
    while (PGresult* next = PQgetResult(conn)) {
      PQclear(last);
      last = next;
    }
    const LastAnswer rows(last);
    all += rows.count();
    goto again;
  }
  return all;
}
