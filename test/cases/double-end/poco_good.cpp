// Transactions and sessions of Poco::Data that are ended once.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <exception>
#include <optional>
#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Transaction;

void logError(const std::string& what);

// The commit is the last statement of the try.
void saveOrder(Session& session, int id, double total) {
  session.begin();
  try {
    session << "INSERT INTO orders(id, total) VALUES(?, ?)", use(id), use(total), now;
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
  session << "INSERT INTO log(text) VALUES('order saved')", now;
}

// The handler asks first.
void saveAndLog(Session& session, int id) {
  session.begin();
  try {
    session << "INSERT INTO orders(id) VALUES(?)", use(id), now;
    session.commit();
    session << "INSERT INTO log(text) VALUES('order saved')", now;
  } catch (...) {
    if (session.isTransaction())
      session.rollback();
    throw;
  }
}

// One of both.
bool settle(Session& session, int id) {
  Transaction transaction(session);
  int due = 0;
  session << "UPDATE orders SET settled = 1 WHERE id = ?", use(id), now;
  session << "SELECT due FROM orders WHERE id = ?", into(due), use(id), now;
  due == 0 ? transaction.commit() : transaction.rollback();
  return due == 0;
}

// The rollback leaves.
bool cancel(Session& session, int id) {
  Transaction transaction(session);
  int state = 0;
  session << "SELECT state FROM orders WHERE id = ?", into(state), use(id), now;
  if (state == 3) {
    transaction.rollback();
    return false;
  }
  session << "DELETE FROM orders WHERE id = ?", use(id), now;
  transaction.commit();
  return true;
}

// A transaction for each round.
int importAll(Session& session, std::vector<std::string>& names) {
  int bad = 0;
  for (std::string& name : names) {
    Transaction transaction(session);
    try {
      session << "INSERT INTO items(name) VALUES(?)", use(name), now;
      transaction.commit();
    } catch (const Poco::Exception& e) {
      transaction.rollback();
      logError(e.displayText());
      ++bad;
    }
  }
  return bad;
}

// Each of several handlers ends it, and only one of them runs.
bool archive(Session& session) {
  session.begin();
  try {
    session << "INSERT INTO archive SELECT * FROM orders", now;
    session << "DELETE FROM orders", now;
    session.commit();
    return true;
  } catch (const Poco::Exception& e) {
    session.rollback();
    logError(e.displayText());
  } catch (const std::exception& e) {
    session.rollback();
    logError(e.what());
  } catch (...) {
    session.rollback();
    throw;
  }
  return false;
}

// A commit that fails is rolled back.
bool finish(Session& session, int id) {
  Transaction transaction(session);
  session << "UPDATE orders SET state = 3 WHERE id = ?", use(id), now;
  try {
    transaction.commit();
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
    transaction.rollback();
    return false;
  }
  return true;
}

// Closed, opened, closed.
void visit(Session& session, const std::string& other) {
  session.close();
  session.open(other);
  session << "UPDATE visits SET n = n + 1", now;
  session.close();
}
