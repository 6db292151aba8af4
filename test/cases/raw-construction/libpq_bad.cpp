// Connections of libpq held raw and finished rightly by hand: an owner would do it by itself.
// library: libpq
#include <array>
#include <cstdio>
#include <cstdlib>
#include <libpq-fe.h>
#include <stdexcept>
#include <string>
#include <vector>

int serverVersion(const char* dsn) {
  PGconn* conn = PQconnectdb(dsn); // expect: session-raw-construction
  if (PQstatus(conn) != CONNECTION_OK) {
    std::fprintf(stderr, "%s", PQerrorMessage(conn));
    PQfinish(conn);
    return 0;
  }
  const int version = PQserverVersion(conn);
  PQfinish(conn);
  return version;
}

// Results and connection are released under labels.
long tableSize(const std::string& dsn, const char* table) {
  long size = -1;
  PGresult* res = nullptr;
  const std::array<const char*, 1> values{table};
  PGconn* conn = PQconnectdb(dsn.c_str()); // expect: session-raw-construction
  if (PQstatus(conn) != CONNECTION_OK) goto finish;
  res = PQexecParams(conn, "SELECT pg_relation_size($1)", 1, nullptr, values.data(), nullptr,
                     nullptr, 0);
  if (PQresultStatus(res) != PGRES_TUPLES_OK) goto clear;
  if (PQntuples(res) == 1) size = std::atol(PQgetvalue(res, 0, 0));
clear:
  PQclear(res);
finish:
  PQfinish(conn);
  return size;
}

// Handled also for the exception that is thrown here.
std::vector<std::string> listJobs(const char* host, const char* user) {
  const std::array<const char*, 4> keys{"host", "user", "dbname", nullptr};
  const std::array<const char*, 4> values{host, user, "jobs", nullptr};
  auto* conn = PQconnectdbParams(keys.data(), values.data(), 0); // expect: session-raw-construction
  std::vector<std::string> names;
  try {
    if (PQstatus(conn) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(conn));
    PGresult* res = PQexec(conn, "SELECT name FROM jobs");
    for (int i = 0; i < PQntuples(res); ++i) names.emplace_back(PQgetvalue(res, i, 0));
    PQclear(res);
  } catch (const std::exception&) {
    PQfinish(conn);
    throw;
  }
  PQfinish(conn);
  return names;
}

PGconn* login(const char* name, const char* password) {
  PGconn* conn = PQsetdbLogin("db", "5432", nullptr, nullptr, "crm", name, password);
  if (PQstatus(conn) == CONNECTION_OK) return conn;
  PQfinish(conn);
  return nullptr;
}

// What the factory gives is finished by hand.
bool mayLogin(const char* name, const char* password) {
  PGconn* conn = login(name, password); // expect: session-raw-construction
  if (conn == nullptr) return false;
  PGresult* res = PQexec(conn, "SELECT 1 FROM pg_roles WHERE rolname = current_user");
  const bool known = PQresultStatus(res) == PGRES_TUPLES_OK && PQntuples(res) == 1;
  PQclear(res);
  PQfinish(conn);
  return known;
}

// Polled, with an end for each outcome.
PostgresPollingStatusType probe(const char* dsn, int rounds) {
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;
  PGconn* conn = PQconnectStart(dsn); // expect: session-raw-construction
  if (conn == nullptr) return PGRES_POLLING_FAILED;
  while (rounds-- > 0 && status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED)
    status = PQconnectPoll(conn);
  PQfinish(conn);
  return status;
}
