// NOLINT, which clang-tidy, clangd and the command all know.
// library: soci
// checks: session-temporary-guard
#include <soci/soci.h>

void silenced(soci::session& sql) {
  soci::transaction{sql}; // NOLINT
  soci::transaction{sql}; // NOLINT(session-temporary-guard)
  // NOLINTNEXTLINE(session-*): kept for the test
  soci::transaction{sql};
  // NOLINTBEGIN(session-temporary-guard)
  soci::transaction{sql};
  soci::transaction{sql};
  // NOLINTEND(session-temporary-guard)
  sql << "DELETE FROM t";
}

void notSilenced(soci::session& sql) {
  // expect@+1: session-temporary-guard
  soci::transaction tr{sql}; // NOLINT(session-leak)
  sql << "DELETE FROM t";
}
