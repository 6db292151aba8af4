// Statements of Poco::Data on other sessions that bypass nothing.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Transaction;

// A copy is the same session.
void place(Session& session, int order) {
  Transaction transaction(session);
  Session copy(session);
  copy << "INSERT INTO orders(id) VALUES(?)", use(order), now;
  transaction.commit();
}

// Through the transaction, and through the session: the same.
void clear(Session& session) {
  Transaction transaction(session);
  transaction.execute("DELETE FROM orders", false);
  session << "DELETE FROM order_items", now;
  transaction.commit();
}

// Another database on purpose.
void copy(Session& shop, Session& archive) {
  std::vector<int> orders;
  Transaction transaction(archive);
  shop << "SELECT id FROM orders", into(orders), now;
  archive << "INSERT INTO orders(id) VALUES(?)", use(orders), now;
  transaction.commit();
}

// Read before the transaction.
void reprice(SessionPool& pool, int item) {
  double factor = 1;
  pool.get() << "SELECT factor FROM settings", into(factor), now;
  Session session(pool.get());
  Transaction transaction(session);
  session << "UPDATE items SET price = price * ? WHERE id = ?", use(factor), use(item), now;
  transaction.commit();
}

// Statements made of the session before the transaction are in it as well.
void addAll(Session& session, std::vector<std::string>& names) {
  std::string name;
  Poco::Data::Statement insert = (session << "INSERT INTO names(name) VALUES(?)", use(name));
  Transaction transaction(session);
  for (const std::string& next : names) {
    name = next;
    insert.execute();
  }
  transaction.commit();
}
