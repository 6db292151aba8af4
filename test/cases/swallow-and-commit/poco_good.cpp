// Exceptions inside a transaction of Poco::Data that are not committed over.
// library: poco
#include <Poco/Data/DataException.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <stdexcept>
#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Transaction;

void logError(const std::string& what);

// Outside of the guard.
void ship(Session& session, int order) {
  try {
    Transaction transaction(session);
    session << "UPDATE orders SET state = 2 WHERE id = ?", use(order), now;
    session << "INSERT INTO shipments(orders) VALUES(?)", use(order), now;
    transaction.commit();
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
  }
}

// The handler leaves, and the guard rolls back.
bool cancel(Session& session, int order) {
  Transaction transaction(session);
  try {
    session << "DELETE FROM order_items WHERE orders = ?", use(order), now;
    session << "DELETE FROM orders WHERE id = ?", use(order), now;
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
    return false;
  }
  transaction.commit();
  return true;
}

// The flag is asked for.
bool rename(Session& session, int id, std::string name) {
  bool good = true;
  Transaction transaction(session);
  try {
    session << "UPDATE items SET name = ? WHERE id = ?", use(name), use(id), now;
    session << "INSERT INTO renames(id) VALUES(?)", use(id), now;
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
    good = false;
  }
  if (good)
    transaction.commit();
  return good;
}

// What is swallowed has nothing to do with the session.
int parse(const std::string& text) {
  if (text.empty())
    throw std::invalid_argument("empty");
  return static_cast<int>(text.size());
}

void importAll(Session& session, std::vector<std::string>& texts) {
  Transaction transaction(session);
  for (const std::string& text : texts) {
    int value = 0;
    try {
      value = parse(text);
    } catch (const std::exception& e) {
      logError(e.what());
      continue;
    }
    session << "INSERT INTO numbers(value) VALUES(?)", use(value), now;
  }
  transaction.commit();
}

// Rolled back in the handler.
bool archive(Session& session) {
  session.begin();
  try {
    session << "INSERT INTO archive SELECT * FROM orders", now;
    session << "DELETE FROM orders", now;
    session.commit();
    return true;
  } catch (...) {
    session.rollback();
    logError("not archived");
  }
  return false;
}

// A new transaction after the one that failed.
void store(Session& session, int id) {
  try {
    Transaction transaction(session);
    session << "INSERT INTO orders(id) VALUES(?)", use(id), now;
    transaction.commit();
    return;
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
  }
  Transaction transaction(session);
  session << "UPDATE orders SET again = 1 WHERE id = ?", use(id), now;
  transaction.commit();
}
