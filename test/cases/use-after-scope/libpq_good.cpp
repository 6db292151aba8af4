// Results, values and connections of libpq used while they live, though it looks late.
// library: libpq
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <libpq-fe.h>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct PgDelete {
  void operator()(PGconn* conn) const noexcept { PQfinish(conn); }
  void operator()(PGresult* res) const noexcept { PQclear(res); }
};
using PgConn = std::unique_ptr<PGconn, PgDelete>;
using PgResult = std::unique_ptr<PGresult, PgDelete>;

// Copied first.
std::string currentSchema(PGconn* conn) {
  PGresult* res = PQexec(conn, "SELECT current_schema()");
  std::string value = "public";
  if (PQresultStatus(res) == PGRES_TUPLES_OK && PQntuples(res) == 1) value = PQgetvalue(res, 0, 0);
  PQclear(res);
  return value;
}

PgConn connectOrThrow(const std::string& dsn) {
  PGconn* conn = PQconnectdb(dsn.c_str());
  if (PQstatus(conn) != CONNECTION_OK) {
    const std::string reason = PQerrorMessage(conn);
    PQfinish(conn);
    throw std::runtime_error("connect: " + reason);
  }
  return PgConn(conn);
}

// The status is a number; it outlives the result.
bool run(PGconn* conn, const char* text) {
  PGresult* res = PQexec(conn, text);
  const ExecStatusType status = PQresultStatus(res);
  const int affected = std::atoi(PQcmdTuples(res));
  PQclear(res);
  if (status != PGRES_COMMAND_OK) std::fprintf(stderr, "%s: %s", text, PQerrorMessage(conn));
  std::printf("%d rows, %s\n", affected, PQresStatus(status));
  return status == PGRES_COMMAND_OK;
}

// A result is independent of its connection.
std::vector<std::string> databases(const std::string& dsn) {
  PgResult res;
  {
    const PgConn conn = connectOrThrow(dsn);
    res.reset(PQexec(conn.get(), "SELECT datname FROM pg_database"));
  }
  std::vector<std::string> names;
  for (int i = 0; i < PQntuples(res.get()); ++i) names.emplace_back(PQgetvalue(res.get(), i, 0));
  return names;
}

// Views into a result that the caller keeps.
std::map<std::string_view, int> levels(const PGresult* res) {
  std::map<std::string_view, int> byName;
  for (int i = 0; i < PQntuples(res); ++i)
    byName.emplace(PQgetvalue(res, i, 0), std::atoi(PQgetvalue(res, i, 1)));
  return byName;
}

int highestLevel(PGconn* conn) {
  const PgResult res(PQexec(conn, "SELECT name, level FROM skills"));
  int highest = 0;
  for (const auto& [name, level] : levels(res.get()))
    if (!name.empty() && level > highest) highest = level;
  return highest;
}

// The variable gets a new result after each clear.
std::optional<int> nextJob(PGconn* conn) {
  PGresult* res = PQexec(conn, "SELECT id FROM jobs WHERE state = 'new' LIMIT 1");
  if (PQntuples(res) == 0) {
    PQclear(res);
    res = PQexec(conn, "SELECT id FROM jobs WHERE state = 'failed' LIMIT 1");
  }
  std::optional<int> id;
  if (PQntuples(res) == 1) id = std::atoi(PQgetvalue(res, 0, 0));
  PQclear(res);
  return id;
}

// Finished and connected again.
class Uplink {
public:
  explicit Uplink(std::string dsn) : dsn_(std::move(dsn)), conn_(PQconnectdb(dsn_.c_str())) {}
  ~Uplink() { PQfinish(conn_); }
  Uplink(const Uplink&) = delete;
  Uplink& operator=(const Uplink&) = delete;

  bool send(const std::string& text) {
    for (int attempt = 0; attempt < 3; ++attempt) {
      PGresult* res = PQexec(conn_, text.c_str());
      const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
      PQclear(res);
      if (ok) return true;
      if (PQstatus(conn_) == CONNECTION_OK) return false;
      PQfinish(conn_);
      conn_ = PQconnectdb(dsn_.c_str());
    }
    return false;
  }
  void resetIfBroken() {
    if (PQstatus(conn_) == CONNECTION_BAD) PQreset(conn_);
  }

private:
  std::string dsn_;
  PGconn* conn_;
};

// The lambda holds the result that its view points into.
std::function<std::string_view(int)> column(PGconn* conn, const char* text) {
  std::shared_ptr<PGresult> res(PQexec(conn, text), [](PGresult* r) { PQclear(r); });
  return [res](int row) -> std::string_view {
    return row < PQntuples(res.get()) ? PQgetvalue(res.get(), row, 0) : "";
  };
}

// The object owns the result; its values live as long as it does.
class Table {
public:
  explicit Table(PGresult* res) : res_(res) {}
  const char* cell(int row, const char* name) const {
    return PQgetvalue(res_.get(), row, PQfnumber(res_.get(), name));
  }
  int rows() const { return PQntuples(res_.get()); }

private:
  PgResult res_;
};

double total(PGconn* conn) {
  double sum = 0;
  const Table table(PQexec(conn, "SELECT amount FROM invoices"));
  for (int i = 0; i < table.rows(); ++i) {
    const char* amount = table.cell(i, "amount");
    sum += std::strtod(amount, nullptr);
  }
  return sum;
}

// Moved on, not ended.
PGconn* handOver(PgConn conn, std::vector<PgConn>& pool) {
  PGconn* handle = conn.get();
  PQsetnonblocking(handle, 1);
  pool.push_back(std::move(conn));
  return handle;
}
