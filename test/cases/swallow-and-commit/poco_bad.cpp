// Exceptions swallowed inside a transaction of Poco::Data that is committed all the same.
// library: poco
#include <Poco/Data/DataException.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <exception>
#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Transaction;

void logError(const std::string& what);

// Half of the order, as if it were all.
void ship(Session& session, int order) {
  Transaction transaction(session);
  session << "UPDATE orders SET state = 2 WHERE id = ?", use(order), now;
  try {
    session << "UPDATE stock SET amount = amount - 1 WHERE orders = ?", use(order), now;
    session << "INSERT INTO shipments(orders) VALUES(?)", use(order), now;
  } catch (const Poco::Exception& e) { // expect: session-swallow-and-commit
    logError(e.displayText());
  }
  transaction.commit();
}

// By hand, on a lease.
bool cancel(Poco::Data::SessionPool& pool, int order) {
  bool good = true;
  Session session(pool.get());
  session.begin();
  try {
    session << "DELETE FROM order_items WHERE orders = ?", use(order), now;
    session << "DELETE FROM orders WHERE id = ?", use(order), now;
  } catch (const std::exception& e) { // expect: session-swallow-and-commit
    logError(e.what());
    good = false;
  }
  session.commit();
  return good;
}

// Of two handlers one swallows.
void rename(Session& session, int id, std::string name) {
  Transaction transaction(session);
  try {
    session << "UPDATE items SET name = ? WHERE id = ?", use(name), use(id), now;
    session << "INSERT INTO renames(id) VALUES(?)", use(id), now;
  } catch (const Poco::Data::LengthExceededException&) { // expect: session-swallow-and-commit
    logError("too long");
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
    throw;
  }
  transaction.commit();
}
