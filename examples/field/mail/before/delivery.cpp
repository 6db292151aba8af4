// Mail goes out while a session is held: slow servers empty the pool.
#include "mail.h"

#include <Poco/Data/Statement.h>

namespace mail {

using namespace Poco::Data::Keywords;

bool deliver(Poco::Data::SessionPool& pool, int id) {
  Poco::Data::Session session = pool.get();
  std::string text;
  session << "SELECT text FROM mail WHERE id = ?", into(text), use(id), now;
  // defect: session-held-across-blocking, blocking call 'mail::sendBySmtp' while 'session' is held
  sendBySmtp(id, text);
  session << "UPDATE mail SET state = 'sent' WHERE id = ?", use(id), now;
  return true;
}

} // namespace mail
