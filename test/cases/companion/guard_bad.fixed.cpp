// Where a library has no guard of its own, fixes use the one that the project names.
// library: session_tidy
// library: sqlite3
// library: libpq
// config: {"guard": "session_tidy::transaction", "guardHeader": "<session_tidy/scope.h>"}
#include <libpq-fe.h>
#include <sqlite3.h>
#include <session_tidy/scope.h>

int next();

bool reserve(sqlite3* db, int wanted, int seats) {
  session_tidy::transaction transaction(db); // expect: session-unfinished-transaction
  sqlite3_exec(db, "UPDATE shows SET free = free - 1", nullptr, nullptr, nullptr);
  if (seats < wanted) return false;
  transaction.commit();
  return true;
}

void store(PGconn* conn) {
  session_tidy::transaction transaction(conn); // expect: session-unfinished-transaction
  PQclear(PQexec(conn, "DELETE FROM old"));
  if (next() == 0) return;
  PQclear(PQexec(conn, "INSERT INTO t VALUES (1)"));
  transaction.commit();
}

bool immediately(sqlite3* db, int wanted, int seats) {
  sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr); // expect: session-unfinished-transaction (no fix)
  sqlite3_exec(db, "UPDATE shows SET free = free - 1", nullptr, nullptr, nullptr);
  if (seats < wanted) return false;
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  return true;
}
