// The scopes of include/session_tidy, used wrongly.
// library: session_tidy
// library: soci
#include <session_tidy/scope.h>

#include <soci/soci.h>

#include <exception>

void neverCommitted(soci::session& sql) {
  session_tidy::transaction work(sql); // expect: session-unfinished-transaction "never committed"
  sql << "UPDATE shows SET free = 0";
}

void neverCommittedThroughIt(soci::connection_pool& pool) {
  session_tidy::transaction work(pool); // expect: session-unfinished-transaction "never committed"
  *work << "UPDATE shows SET free = 0";
}

void twice(soci::session& sql) {
  session_tidy::scope work(sql);
  sql << "UPDATE shows SET free = 0";
  work.commit();
  work.commit(); // expect: session-double-end
}

void inside(soci::session& sql) {
  session_tidy::scope work(sql);
  sql.begin(); // expect: session-nested-begin
  sql << "UPDATE shows SET free = 0";
}

void commitsWhatIsLeft(soci::session& sql) {
  session_tidy::scope work(sql);
  try {
    sql << "UPDATE shows SET free = 0";
    sql << "UPDATE shows SET full = 1";
  } catch (const std::exception&) { // expect: session-swallow-and-commit "the commit at line 40" (no fix)
  }
}
