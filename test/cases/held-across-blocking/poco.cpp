// Sessions of Poco::Data that are held while mail goes out and pages come in.
// library: poco
// config: {"rules": {"session-held-across-blocking": {"Suspensions": false}}}
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/MailMessage.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Thread.h>

#include <istream>
#include <memory>
#include <string>

using namespace Poco::Data::Keywords;

// ---- bad

void send(Poco::Data::SessionPool& pool, Poco::Net::SMTPClientSession& smtp, int id) {
  Poco::Data::Session session = pool.get();
  std::string text;
  session << "SELECT text FROM mails WHERE id = ?", into(text), use(id), now;
  Poco::Net::MailMessage message;
  message.setContent(text);
  smtp.sendMessage(message); // expect: session-held-across-blocking "Poco::Net::SMTPClientSession::sendMessage"
  session << "UPDATE mails SET sent = 1 WHERE id = ?", use(id), now;
}

void fetched(Poco::Data::Session& session, Poco::Net::HTTPClientSession& http, int id) {
  Poco::Data::Transaction transaction(session);
  session << "UPDATE pages SET state = 'busy' WHERE id = ?", use(id), now;
  Poco::Net::HTTPRequest request;
  http.sendRequest(request); // expect: session-held-across-blocking
  Poco::Net::HTTPResponse response;
  http.receiveResponse(response); // expect: session-held-across-blocking
  session << "UPDATE pages SET state = 'known' WHERE id = ?", use(id), now;
  transaction.commit();
}

void slowly(Poco::Data::Session& session) {
  session.begin();
  try {
    session << "DELETE FROM mails WHERE sent = 1", now;
    Poco::Thread::sleep(100); // expect: session-held-across-blocking "while a transaction is open on 'session'"
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
}

// A lease on the heap.
void byPointer(Poco::Data::SessionPool& pool) {
  auto session = std::make_unique<Poco::Data::Session>(pool.get());
  *session << "UPDATE mails SET state = 'new'", now;
  Poco::Thread::sleep(100); // expect: session-held-across-blocking
  session.reset();
}

// ---- good

void sendAlone(Poco::Data::SessionPool& pool, Poco::Net::SMTPClientSession& smtp, int id) {
  std::string text;
  {
    Poco::Data::Session session = pool.get();
    session << "SELECT text FROM mails WHERE id = ?", into(text), use(id), now;
  }
  Poco::Net::MailMessage message;
  message.setContent(text);
  smtp.sendMessage(message);
  Poco::Data::Session session = pool.get();
  session << "UPDATE mails SET sent = 1 WHERE id = ?", use(id), now;
}

// Given back by hand.
void closedFirst(Poco::Data::SessionPool& pool, int id) {
  Poco::Data::Session session = pool.get();
  session << "UPDATE mails SET sent = 1 WHERE id = ?", use(id), now;
  session.close();
  Poco::Thread::sleep(100);
}

void resetFirst(Poco::Data::SessionPool& pool) {
  auto session = std::make_unique<Poco::Data::Session>(pool.get());
  *session << "UPDATE mails SET state = 'new'", now;
  session.reset();
  Poco::Thread::sleep(100);
}

void committedFirst(Poco::Data::Session& session, Poco::Net::HTTPClientSession& http, int id) {
  Poco::Data::Transaction transaction(session);
  session << "UPDATE pages SET state = 'busy' WHERE id = ?", use(id), now;
  transaction.commit();
  Poco::Net::HTTPRequest request;
  http.sendRequest(request);
}

// The statement is all that a session is needed for.
int oneStatement(Poco::Data::SessionPool& pool) {
  int count = 0;
  pool.get() << "SELECT count(*) FROM mails", into(count), now;
  Poco::Thread::sleep(count);
  return count;
}
