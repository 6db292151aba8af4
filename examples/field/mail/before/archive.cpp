// All or nothing, and what is counted is counted on the session of the caller.
#include "mail.h"

#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

namespace mail {

using namespace Poco::Data::Keywords;

int archiveSent(Poco::Data::SessionPool& pool) {
  Poco::Data::Session session = pool.get();
  Poco::Data::Transaction transaction(session);
  int sent = countIn(session, "sent");
  session << "INSERT INTO archive SELECT id FROM mail WHERE state = 'sent'", now;
  session << "DELETE FROM mail WHERE state = 'sent'", now;
  transaction.commit();
  return sent;
}

int countIn(Poco::Data::Session& session, const std::string& state) {
  int count = 0;
  session << "SELECT count(*) FROM mail WHERE state = ?", into(count), bind(state), now;
  return count;
}

} // namespace mail
