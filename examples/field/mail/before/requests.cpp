// A request hands its own session to a background task.
#include "mail.h"

#include <Poco/Data/Statement.h>

namespace mail {

using namespace Poco::Data::Keywords;

void requestMail(Poco::Data::SessionPool& pool, Background& tasks, int id) {
  Poco::Data::Session session = pool.get();
  session.begin();
  try {
    std::string to;
    session << "UPDATE mail SET state = 'queued' WHERE id = ?", use(id), now;
    session << "SELECT recipient FROM mail WHERE id = ?", into(to), use(id), now;
    // defect: session-shared-across-threads, two threads use one connection at once
    tasks.add([session, id]() mutable {
      session << "INSERT INTO follow_up(mail) VALUES(?)", use(id), now;
      session.commit(); // also what the request has not finished
    });
    const std::string text = render(id, to);
    session << "UPDATE mail SET text = ? WHERE id = ?", bind(text), use(id), now;
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
}

} // namespace mail
