// A follow-up and its log are one piece of work, on one session.
#include "mail.h"

#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

namespace mail {

using namespace Poco::Data::Keywords;

namespace {

void log(Poco::Data::Session& session, int id) {
  session << "INSERT INTO log(mail) VALUES(?)", use(id), now;
}

} // namespace

int followUp(Poco::Data::SessionPool& pool, int id) {
  Poco::Data::Session session = pool.get();
  int count = 0;
  session << "SELECT count(*) FROM follow_up WHERE mail = ?", into(count), use(id), now;
  outside().render(id);
  Poco::Data::Transaction transaction(session);
  log(session, id);
  session << "INSERT INTO follow_up(mail) VALUES(?)", use(id), now;
  transaction.commit();
  return count + 1;
}

} // namespace mail
