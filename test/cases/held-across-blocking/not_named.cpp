// A pattern is not enough for a rule that is off by default.
// library: soci
// checks: session-held-*
#include <soci/soci.h>

#include <unistd.h>

void settle(soci::session& sql) {
  soci::transaction tr(sql);
  sql << "DELETE FROM drafts";
  sleep(1);
  tr.commit();
}
