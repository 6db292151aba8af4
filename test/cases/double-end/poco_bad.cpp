// Transactions and sessions of Poco::Data that are ended twice, or never had a beginning.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Exception.h>

#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Transaction;

void logError(const std::string& what);

// The commit is not the last statement of the try.
void saveOrder(Session& session, int id, double total) {
  session.begin();
  try {
    session << "INSERT INTO orders(id, total) VALUES(?, ?)", use(id), use(total), now;
    session.commit();
    session << "INSERT INTO log(text) VALUES('order saved')", now;
  } catch (...) {
    session.rollback(); // expect: session-double-end
    throw;
  }
}

// The fast way commits, and then everybody does.
void reprice(Session& session, double factor, bool everything) {
  Transaction transaction(session);
  if (everything) {
    session << "UPDATE items SET price = price * ?", use(factor), now;
    transaction.commit();
  } else {
    session << "UPDATE items SET price = price * ? WHERE marked = 1", use(factor), now;
  }
  transaction.commit(); // expect: session-double-end
}

// A return is missing after the rollback.
bool cancel(Session& session, int id) {
  Transaction transaction(session);
  int state = 0;
  session << "SELECT state FROM orders WHERE id = ?", into(state), use(id), now;
  if (state == 3) {
    logError("already sent");
    transaction.rollback();
  } else {
    session << "DELETE FROM orders WHERE id = ?", use(id), now;
  }
  transaction.commit(); // expect: session-double-end
  return state != 3;
}

// Nothing was begun on this session.
bool touch(const std::string& path, int id) {
  Session session("SQLite", path);
  try {
    session << "UPDATE orders SET touched = 1 WHERE id = ?", use(id), now;
    return true;
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
    session.rollback(); // expect: session-double-end
    return false;
  }
}

// Rolled back in the try already.
bool archive(Session& session, int year) {
  session.begin();
  try {
    int open = 0;
    session << "SELECT count(*) FROM orders WHERE year = ? AND open = 1", into(open), use(year), now;
    if (open > 0) {
      session.rollback();
      throw Poco::IllegalStateException("open orders");
    }
    session << "DELETE FROM orders WHERE year = ?", use(year), now;
    session.commit();
    return true;
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
    session.rollback(); // expect: session-double-end
    return false;
  }
}
