// Nothing is held while the mail goes out.
#include "mail.h"

#include <Poco/Data/Statement.h>

namespace mail {

using namespace Poco::Data::Keywords;

namespace {

std::string textOf(Poco::Data::SessionPool& pool, int id) {
  Poco::Data::Session session = pool.get();
  std::string text;
  session << "SELECT text FROM mail WHERE id = ?", into(text), use(id), now;
  return text;
}

} // namespace

bool deliver(Poco::Data::SessionPool& pool, int id) {
  sendBySmtp(id, textOf(pool, id));
  Poco::Data::Session session = pool.get();
  session << "UPDATE mail SET state = 'sent' WHERE id = ?", use(id), now;
  return true;
}

} // namespace mail
