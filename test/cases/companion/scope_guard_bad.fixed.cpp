// A guard that commits at its end is no help where a way out commits nothing.
// library: session_tidy
// library: sqlite3
// config: {"guard": "session_tidy::scope", "guardHeader": "<session_tidy/scope.h>"}
#include <session_tidy/scope.h>

#include <sqlite3.h>

#include <stdexcept>

bool reserve(sqlite3* db, int wanted, int seats) {
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr); // expect: session-unfinished-transaction (no fix)
  sqlite3_exec(db, "UPDATE shows SET free = free - 1", nullptr, nullptr, nullptr);
  if (seats < wanted) return false;
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  return true;
}

void move(sqlite3* db, int number) {
  session_tidy::scope transaction(db); // expect: session-missing-rollback
  sqlite3_exec(db, "DELETE FROM old", nullptr, nullptr, nullptr);
  if (number < 0) throw std::invalid_argument("number");
  sqlite3_exec(db, "INSERT INTO young VALUES (1)", nullptr, nullptr, nullptr);
  transaction.commit();
}
