// The scopes of include/session_tidy, made and dropped in one statement.
// library: session_tidy
// library: soci
// library: sqlite3
// checks: session-temporary-guard
#include <session_tidy/scope.h>

#include <soci/soci.h>
#include <sqlite3.h>

void diesAtOnce(soci::session& sql) {
  session_tidy::scope<soci::session> work{sql}; // expect: session-temporary-guard "committed before any of the following work"
  sql << "UPDATE shows SET free = 0";
}

void diesAtOnceUntyped(sqlite3* db) {
  session_tidy::transaction work{db}; // expect: session-temporary-guard "rolled back before any of the following work"
  sqlite3_exec(db, "UPDATE shows SET free = 0", nullptr, nullptr, nullptr);
}

void readsOutside(soci::session& sql, int& free) {
  session_tidy::read_scope work{sql}; // expect: session-temporary-guard
  sql << "SELECT free FROM shows", soci::into(free);
}
