// The lease is an object, and goes back on every way out.
#include "mail.h"

#include <Poco/Data/Statement.h>

namespace mail {

using namespace Poco::Data::Keywords;

int retryFailed(Poco::Data::SessionPool& pool, int limit) {
  Poco::Data::Session session = pool.get();
  int failed = 0;
  session << "SELECT count(*) FROM mail WHERE state = 'failed'", into(failed), now;
  if (failed == 0 || failed > limit) return 0;
  session << "UPDATE mail SET state = 'queued' WHERE state = 'failed'", now;
  return failed;
}

} // namespace mail
