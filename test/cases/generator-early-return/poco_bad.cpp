// Sessions of Poco::Data that come out of a generator and are used after it.
// library: poco
// header: generator.h
#include "generator.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <string>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Transaction;

Generator<Session> sessions(SessionPool& pool) {
  Session session(pool.get());
  co_yield session;
}

Generator<Session> units(SessionPool& pool) {
  Session session(pool.get());
  Transaction transaction(session);
  co_yield session;
  transaction.commit();
}

int countUsers(SessionPool& pool) {
  Session& session = *sessions(pool).begin(); // expect: session-generator-early-return
  int n = 0;
  session << "SELECT count(*) FROM users", into(n), now;
  return n;
}

bool addUser(SessionPool& pool, std::string name) {
  for (Session& session : units(pool)) {
    session << "INSERT INTO users(name) VALUES(?)", use(name), now;
    return true; // expect: session-generator-early-return
  }
  return false;
}
