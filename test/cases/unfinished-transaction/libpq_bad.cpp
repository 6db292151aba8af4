// Transactions of libpq that are left open on one of the ways out.
// library: libpq
#include <array>
#include <cstdio>
#include <cstdlib>
#include <libpq-fe.h>
#include <string>
#include <vector>

bool command(PGconn* conn, const char* text) {
  PGresult* res = PQexec(conn, text);
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  if (!ok) std::fprintf(stderr, "%s: %s", text, PQerrorMessage(conn));
  return ok;
}

// The locked row is not there: leaves with the lock.
bool take(PGconn* conn, const char* article) {
  if (!command(conn, "BEGIN")) return false; // expect: session-unfinished-transaction
  PGresult* res = PQexecParams(conn, "SELECT n FROM stock WHERE article = $1 FOR UPDATE", 1,
                               nullptr, &article, nullptr, nullptr, 0);
  const int n = PQntuples(res) == 1 ? std::atoi(PQgetvalue(res, 0, 0)) : 0;
  PQclear(res);
  if (n == 0) return false;
  res = PQexecParams(conn, "UPDATE stock SET n = n - 1 WHERE article = $1", 1, nullptr, &article,
                     nullptr, nullptr, 0);
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  if (!ok) {
    command(conn, "ROLLBACK");
    return false;
  }
  return command(conn, "COMMIT");
}

// An error in the middle returns at once.
int closePeriod(PGconn* conn, const std::vector<std::string>& statements) {
  PQclear(PQexec(conn, "START TRANSACTION")); // expect: session-unfinished-transaction
  int done = 0;
  for (const std::string& statement : statements) {
    PGresult* res = PQexec(conn, statement.c_str());
    const ExecStatusType status = PQresultStatus(res);
    PQclear(res);
    if (status == PGRES_FATAL_ERROR) return -1;
    ++done;
  }
  PQclear(PQexec(conn, "COMMIT"));
  return done;
}

// Nobody ends it on any way.
void stampAll(PGconn* conn) {
  PQclear(PQexec(conn, "BEGIN ISOLATION LEVEL SERIALIZABLE")); // expect: session-unfinished-transaction
  PQclear(PQexec(conn, "UPDATE letters SET stamped = now() WHERE stamped IS NULL"));
}

bool begin(PGconn* conn) { return command(conn, "BEGIN"); }
bool commit(PGconn* conn) { return command(conn, "COMMIT"); }

// The dry run forgets that it has begun.
class Importer {
public:
  explicit Importer(PGconn* conn, bool dry) : conn_(conn), dry_(dry) {}

  bool import(const std::vector<std::string>& rows) {
    if (!begin(conn_)) return false; // expect: session-unfinished-transaction
    for (const std::string& row : rows) {
      if (!command(conn_, row.c_str())) {
        command(conn_, "ROLLBACK");
        return false;
      }
    }
    if (dry_) {
      std::printf("%zu rows would be imported\n", rows.size());
      return true;
    }
    return commit(conn_);
  }

private:
  PGconn* conn_;
  bool dry_;
};

class Transaction {
public:
  explicit Transaction(PGconn* conn) : conn_(conn) { PQclear(PQexec(conn_, "BEGIN")); }
  ~Transaction() {
    if (!done_) PQclear(PQexec(conn_, "ROLLBACK"));
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  bool commit() {
    done_ = true;
    return command(conn_, "COMMIT");
  }

private:
  PGconn* conn_;
  bool done_ = false;
};

// Written, but the guard takes it back.
bool rename(PGconn* conn, const char* from, const char* to) {
  const std::array<const char*, 2> values{from, to};
  Transaction work(conn); // expect: session-unfinished-transaction
  PGresult* res = PQexecParams(conn, "UPDATE users SET login = $2 WHERE login = $1", 2, nullptr,
                               values.data(), nullptr, nullptr, 0);
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  return ok;
}

bool remove(PGconn* conn, const char* login) {
  Transaction work(conn);
  PGresult* res = PQexecParams(conn, "DELETE FROM users WHERE login = $1", 1, nullptr, &login,
                               nullptr, nullptr, 0);
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  return ok && work.commit();
}

// A lease of the project's own pool, which rolls back what is left open; others see the connection on the way.
std::string quoted(PGconn* conn, const std::string& text);

class Works {
public:
  explicit Works(PGconn* conn) : conn_(conn) { command(conn_, "BEGIN"); }
  Works(const Works&) = delete;
  ~Works() {
    if (conn_) command(conn_, "ROLLBACK");
  }
  void done() {
    command(conn_, "COMMIT");
    conn_ = nullptr;
  }

private:
  PGconn* conn_;
};

void renameLogin(PGconn* conn, const std::string& from, const std::string& to) {
  Works works(conn); // expect: session-unfinished-transaction
  const std::string text = "UPDATE users SET login = " + quoted(conn, to) + " WHERE login = " + quoted(conn, from);
  PQclear(PQexec(conn, text.c_str()));
}
