// A rule that is off by default runs where its whole name is asked for.
// library: soci
// checks: session-held-across-blocking
#include <soci/soci.h>

#include <unistd.h>

void settle(soci::session& sql) {
  soci::transaction tr(sql);
  sql << "DELETE FROM drafts";
  sleep(1); // expect: session-held-across-blocking
  tr.commit();
}
