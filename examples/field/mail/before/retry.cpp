// A lease on the heap, which is not given back when there is nothing to do.
#include "mail.h"

#include <Poco/Data/Statement.h>

namespace mail {

using namespace Poco::Data::Keywords;

int retryFailed(Poco::Data::SessionPool& pool, int limit) {
  // defect: session-leak, 'mail::retryFailed' returns
  auto* session = new Poco::Data::Session(pool.get());
  int failed = 0;
  *session << "SELECT count(*) FROM mail WHERE state = 'failed'", into(failed), now;
  if (failed == 0 || failed > limit) return 0;
  *session << "UPDATE mail SET state = 'queued' WHERE state = 'failed'", now;
  delete session;
  return failed;
}

} // namespace mail
