// Sessions of Poco::Data that come out of a generator which is resumed to its end.
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

Generator<Session> units(SessionPool& pool) {
  Session session(pool.get());
  Transaction transaction(session);
  co_yield session;
  transaction.commit();
}

bool addUser(SessionPool& pool, std::string name) {
  bool added = false;
  for (Session& session : units(pool)) {
    session << "INSERT INTO users(name) VALUES(?)", use(name), now;
    added = true;
  }
  return added;
}

int countUsers(SessionPool& pool) {
  int n = 0;
  for (Session& session : units(pool))
    session << "SELECT count(*) FROM users", into(n), now;
  return n;
}
