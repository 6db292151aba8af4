// A task takes a session of its own, and begins when the request is committed.
#include "mail.h"

#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

namespace mail {

using namespace Poco::Data::Keywords;

void requestMail(Poco::Data::SessionPool& pool, Background& tasks, int id) {
  {
    Poco::Data::Session session = pool.get();
    Poco::Data::Transaction transaction(session);
    std::string to;
    session << "UPDATE mail SET state = 'queued' WHERE id = ?", use(id), now;
    session << "SELECT recipient FROM mail WHERE id = ?", into(to), use(id), now;
    const std::string text = render(id, to);
    session << "UPDATE mail SET text = ? WHERE id = ?", bind(text), use(id), now;
    transaction.commit();
  }
  tasks.add([&pool, id]() mutable {
    Poco::Data::Session session = pool.get();
    session << "INSERT INTO follow_up(mail) VALUES(?)", use(id), now;
  });
}

} // namespace mail
