// A helper takes, uses and ends a session while its caller holds another one.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

using namespace Poco::Data::Keywords;

static void note(Poco::Data::SessionPool& pool, int mail) {
  Poco::Data::Session session = pool.get();
  session << "INSERT INTO log VALUES(?)", use(mail), now;
}

static int noted(Poco::Data::SessionPool& pool, int mail) {
  Poco::Data::Session session = pool.get();
  int count = 0;
  session << "SELECT count(*) FROM log WHERE mail = ?", into(count), use(mail), now;
  return count;
}

void send(Poco::Data::SessionPool& pool, int mail) {
  Poco::Data::Session session = pool.get();
  note(pool, mail); // expect: session-split-unit-of-work
  session << "UPDATE mail SET state = 'sent' WHERE id = ?", use(mail), now;
}

void sendInTransaction(Poco::Data::SessionPool& pool, int mail) {
  Poco::Data::Session session = pool.get();
  note(pool, mail); // expect: session-split-unit-of-work
  Poco::Data::Transaction transaction(session);
  session << "UPDATE mail SET state = 'sent' WHERE id = ?", use(mail), now;
  transaction.commit();
}

void sendOnce(Poco::Data::SessionPool& pool, int mail) {
  Poco::Data::Session session = pool.get();
  if (noted(pool, mail) > 0) return;
  session << "UPDATE mail SET state = 'sent' WHERE id = ?", use(mail), now;
}

void noteThenSend(Poco::Data::SessionPool& pool, int mail) {
  note(pool, mail);
  Poco::Data::Session session = pool.get();
  Poco::Data::Transaction transaction(session);
  session << "UPDATE mail SET state = 'sent' WHERE id = ?", use(mail), now;
  transaction.commit();
}
