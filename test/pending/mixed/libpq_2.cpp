// Event log and lock service over libpq, in classes, with exceptions
// library: libpq
#include <libpq-fe.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace events {

class PgError : public std::runtime_error {
public:
  explicit PgError(PGconn* c) : std::runtime_error(PQerrorMessage(c)) {}
};

class Result {
public:
  explicit Result(PGresult* r) : r_(r) {}
  Result(Result&& other) noexcept : r_(std::exchange(other.r_, nullptr)) {}
  Result& operator=(Result&&) = delete;
  ~Result() { PQclear(r_); }
  int rows() const { return PQntuples(r_); }
  const char* get(int row, int column) const { return PQgetvalue(r_, row, column); }
  ExecStatusType status() const { return PQresultStatus(r_); }

private:
  PGresult* r_;
};

class Db {
public:
  explicit Db(const char* dsn) : c_(PQconnectdb(dsn)) {
    if (PQstatus(c_) != CONNECTION_OK) {
      const PgError e(c_);
      PQfinish(c_);
      throw e;
    }
  }
  Db(const Db&) = delete;
  Db& operator=(const Db&) = delete;
  ~Db() { PQfinish(c_); }

  Result exec(const std::string& sql) {
    Result r(PQexec(c_, sql.c_str()));
    if (r.status() != PGRES_COMMAND_OK && r.status() != PGRES_TUPLES_OK) throw PgError(c_);
    return r;
  }
  PGconn* raw() const { return c_; }

private:
  PGconn* c_;
};

class Tx {
public:
  explicit Tx(Db& db) : db_(&db) { db_->exec("BEGIN"); }
  Tx(Tx&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}
  Tx& operator=(Tx&&) = delete;
  ~Tx() {
    if (db_) PQclear(PQexec(db_->raw(), "ROLLBACK"));
  }
  void commit() {
    db_->exec("COMMIT");
    db_ = nullptr;
  }

private:
  Db* db_;
};

void addOwner(Db& db, const std::string& name) {
  Tx tx(db);  // expect: session-unfinished-transaction
  db.exec("INSERT INTO owner(name) VALUES ('" + name + "')");
  db.exec("INSERT INTO event(kind, text) VALUES ('owner', '" + name + "')");
  std::clog << "added " << name << '\n';
}

int dump(const char* dsn, std::ostream& out, const std::function<void(PGconn*)>& setup) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-leak
  if (PQstatus(c) != CONNECTION_OK) {
    PQfinish(c);
    return 1;
  }
  setup(c);
  PGresult* r = PQexec(c, "SELECT kind, text FROM event");
  for (int i = 0; i < PQntuples(r); ++i) out << PQgetvalue(r, i, 0) << ' ' << PQgetvalue(r, i, 1) << '\n';
  PQclear(r);
  PQfinish(c);
  return 0;
}

}  // namespace events
