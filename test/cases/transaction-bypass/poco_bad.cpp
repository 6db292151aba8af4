// Statements of Poco::Data that run beside the open transaction, on another lease.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <string>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Transaction;

// The order may be rolled back, the stock is not.
void place(Poco::Data::SessionPool& pool, int order) {
  Session session(pool.get());
  Transaction transaction(session);
  session << "INSERT INTO orders(id) VALUES(?)", use(order), now;
  pool.get() << "UPDATE stock SET amount = amount - 1", now; // expect: session-transaction-bypass
  transaction.commit();
}

class Orders {
public:
  explicit Orders(const std::string& path) : pool_("SQLite", path) {}

  void cancel(int order, bool counted) {
    Session session(pool_.get());
    session.begin();
    session << "DELETE FROM orders WHERE id = ?", use(order), now;
    if (counted)
      pool_.get() << "UPDATE counters SET cancelled = cancelled + 1", now; // expect: session-transaction-bypass
    session.commit();
  }

private:
  Poco::Data::SessionPool pool_;
};
