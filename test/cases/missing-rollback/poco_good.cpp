// Transactions of Poco::Data that are rolled back when a statement fails, by whoever it is.
// library: poco
#include <Poco/Data/DataException.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;

struct Order {
  int id = 0;
  int customer = 0;
  std::vector<int> items;
};

void logError(const std::string& what);

// The pool rolls back what comes back open.
void store(SessionPool& pool, Order& order) {
  Session session(pool.get());
  session.begin();
  session << "INSERT INTO orders(id, customer) VALUES(?, ?)", use(order.id), use(order.customer), now;
  for (int& item : order.items)
    session << "INSERT INTO order_items(orders, item) VALUES(?, ?)", use(order.id), use(item), now;
  session.commit();
}

// The same with a handler outside of it.
bool tryStore(SessionPool& pool, Order& order) {
  try {
    Session session = pool.get();
    session.begin();
    session << "INSERT INTO orders(id, customer) VALUES(?, ?)", use(order.id), use(order.customer), now;
    session.commit();
    return true;
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
    return false;
  }
}

// By hand.
bool cancel(Session& session, int order) {
  session.begin();
  try {
    session << "DELETE FROM order_items WHERE orders = ?", use(order), now;
    session << "DELETE FROM orders WHERE id = ?", use(order), now;
    session.commit();
  } catch (const Poco::Exception& e) {
    session.rollback();
    logError(e.displayText());
    return false;
  } catch (...) {
    session.rollback();
    throw;
  }
  return true;
}

// The library's guard, the handler outside.
bool reprice(Session& session, double factor) {
  try {
    Poco::Data::Transaction transaction(session);
    session << "UPDATE items SET price = price * ?", use(factor), now;
    transaction.commit();
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
    return false;
  }
  return true;
}

// A guard declared at once after the begin.
class RollbackUnlessDone {
public:
  explicit RollbackUnlessDone(Session& session) : session_(session) {}
  RollbackUnlessDone(const RollbackUnlessDone&) = delete;
  RollbackUnlessDone& operator=(const RollbackUnlessDone&) = delete;
  ~RollbackUnlessDone() {
    try {
      if (session_.isTransaction())
        session_.rollback();
    } catch (const Poco::Exception& e) {
      logError(e.displayText());
    }
  }

private:
  Session& session_;
};

void transfer(Session& session, int from, int to, double amount) {
  session.begin();
  const RollbackUnlessDone guard(session);
  session << "UPDATE accounts SET balance = balance - ? WHERE id = ?", use(amount), use(from), now;
  session << "UPDATE accounts SET balance = balance + ? WHERE id = ?", use(amount), use(to), now;
  session.commit();
}

// The handler asks whether there is something to roll back.
void archive(Session& session) {
  try {
    session.begin();
    session << "INSERT INTO archive SELECT * FROM orders", now;
    session << "DELETE FROM orders", now;
    session.commit();
  } catch (...) {
    if (session.isTransaction())
      session.rollback();
    throw;
  }
}

// The handler's helper does it, and nothing of its own may come in between.
void abandon(Session& session, const std::string& why) noexcept {
  try {
    session.rollback();
  } catch (const Poco::Exception&) {
    logError("cannot roll back");
  }
  logError(why);
}

int addAll(Session& session, std::vector<Order>& orders) {
  int stored = 0;
  session.begin();
  try {
    for (Order& order : orders) {
      session << "INSERT INTO orders(id, customer) VALUES(?, ?)", use(order.id), use(order.customer), now;
      ++stored;
    }
    session.commit();
  } catch (const std::exception& e) {
    abandon(session, e.what());
    stored = -1;
  } catch (...) {
    abandon(session, "unknown");
    stored = -1;
  }
  return stored;
}

// A failed statement has its own handler; the transaction has another.
int mergeAll(Session& session, std::vector<Order>& orders) {
  session.begin();
  try {
    int skipped = 0;
    for (Order& order : orders) {
      int known = 0;
      session << "SELECT count(*) FROM orders WHERE id = ?", into(known), use(order.id), now;
      if (known > 0) {
        ++skipped;
        continue;
      }
      session << "INSERT INTO orders(id, customer) VALUES(?, ?)", use(order.id), use(order.customer), now;
    }
    session.commit();
    return skipped;
  } catch (...) {
    session.rollback();
    throw;
  }
}

// The wrapper knows.
void inTransaction(Session& session, const std::function<void(Session&)>& work) {
  session.begin();
  try {
    work(session);
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
}

void clear(Session& session) {
  inTransaction(session, [](Session& inner) { inner << "DELETE FROM orders", now; });
}
