// Transactions begun by hand on a long-lived session of Poco::Data that nobody rolls back when a statement fails.
// library: poco
#include <Poco/Data/DataException.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <exception>
#include <memory>
#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

struct Order {
  int id = 0;
  int customer = 0;
  std::vector<int> items;
};

void logError(const std::string& what);

// Nothing catches, and the session is the caller's.
void store(Session& session, Order& order) {
  session.begin(); // expect: session-missing-rollback
  session << "INSERT INTO orders(id, customer) VALUES(?, ?)", use(order.id), use(order.customer), now;
  for (int& item : order.items)
    session << "INSERT INTO order_items(orders, item) VALUES(?, ?)", use(order.id), use(item), now;
  session.commit();
}

// Caught, logged, forgotten.
bool cancel(Session& session, int order) {
  session.begin();
  try {
    session << "DELETE FROM order_items WHERE orders = ?", use(order), now;
    session << "DELETE FROM orders WHERE id = ?", use(order), now;
    session.commit();
  } catch (const Poco::Exception& e) { // expect: session-missing-rollback
    logError(e.displayText());
    return false;
  }
  return true;
}

// Passing it on is no rollback.
void reprice(Session& session, double factor) {
  try {
    session.begin();
    session << "UPDATE items SET price = price * ?", use(factor), now;
    session << "DELETE FROM offers WHERE price > 1000", now;
    session.commit();
  } catch (const std::exception& e) { // expect: session-missing-rollback
    logError(e.what());
    throw;
  }
}

// The member lives on with its transaction.
class Accounts {
public:
  explicit Accounts(const std::string& path) : session_("SQLite", path) {}

  void transfer(int from, int to, double amount) {
    if (from == to)
      return;
    session_.begin(); // expect: session-missing-rollback
    session_ << "UPDATE accounts SET balance = balance - ? WHERE id = ?", use(amount), use(from), now;
    session_ << "UPDATE accounts SET balance = balance + ? WHERE id = ?", use(amount), use(to), now;
    session_.commit();
  }

  // Of two handlers the last one forgets.
  int close(int account) {
    session_.begin();
    try {
      session_ << "INSERT INTO closed SELECT * FROM accounts WHERE id = ?", use(account), now;
      session_ << "DELETE FROM accounts WHERE id = ?", use(account), now;
      session_.commit();
      return 0;
    } catch (const Poco::Data::LengthExceededException& e) {
      session_.rollback();
      logError(e.displayText());
      return 1;
    } catch (const Poco::Exception& e) { // expect: session-missing-rollback
      logError(e.displayText());
      return 2;
    }
  }

private:
  Session session_;
};

// The session is somebody's member, and is got by a method alone.
class LockedSession {
public:
  Poco::Data::Session& session() { return *session_; }

private:
  std::shared_ptr<Poco::Data::Session> session_;
};

bool addVisit(LockedSession& locked, int visitor) {
  try {
    locked.session().begin();
    locked.session() << "INSERT INTO visit VALUES (?)", Poco::Data::Keywords::use(visitor), Poco::Data::Keywords::now;
    locked.session().commit();
    return true;
  } catch (const Poco::Exception&) {  // expect: session-missing-rollback
  }
  return false;
}
