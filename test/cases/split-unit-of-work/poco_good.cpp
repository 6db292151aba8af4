// Several sessions of Poco::Data that do not split a piece of work.
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

// The second session only reads.
void reprice(SessionPool& pool, int item) {
  double factor = 1;
  Session session(pool.get());
  Session settings(pool.get());
  settings << "SELECT factor FROM settings", into(factor), now;
  session << "UPDATE items SET price = price * ? WHERE id = ?", use(factor), use(item), now;
}

// Two databases.
void copy(SessionPool& shop, SessionPool& archive, int order) {
  Session from(shop.get());
  Session to(archive.get());
  to << "INSERT INTO orders(id) VALUES(?)", use(order), now;
  from << "DELETE FROM orders WHERE id = ?", use(order), now;
}

void copyFiles(const std::string& source, const std::string& target) {
  std::vector<int> ids;
  Session from("SQLite", source);
  Session to("SQLite", target);
  from << "SELECT id FROM orders", into(ids), now;
  from << "UPDATE meta SET copied = 1", now;
  to << "INSERT INTO orders(id) VALUES(?)", use(ids), now;
}

// One session, handed on.
void insertItems(Session& session, int order, std::vector<int>& items) {
  for (int& item : items)
    session << "INSERT INTO order_items(orders, item) VALUES(?, ?)", use(order), use(item), now;
}

void place(SessionPool& pool, int order, std::vector<int>& items) {
  Session session(pool.get());
  Transaction transaction(session);
  session << "INSERT INTO orders(id) VALUES(?)", use(order), now;
  insertItems(session, order, items);
  transaction.commit();
}

// Helpers for bulk work, each with its own, one after the other.
void insertNodes(SessionPool& pool, std::vector<int>& ids) {
  Session session(pool.get());
  Transaction transaction(session);
  session << "INSERT INTO nodes(id) VALUES(?)", use(ids), now;
  transaction.commit();
}

void insertEdges(SessionPool& pool, std::vector<int>& ids) {
  Session session(pool.get());
  Transaction transaction(session);
  session << "INSERT INTO edges(id) VALUES(?)", use(ids), now;
  transaction.commit();
}

void load(SessionPool& pool, std::vector<int>& nodes, std::vector<int>& edges) {
  insertNodes(pool, nodes);
  insertEdges(pool, edges);
}

// In exclusive branches.
void toggle(SessionPool& pool, int id, bool open) {
  if (open)
    pool.get() << "UPDATE orders SET state = 1 WHERE id = ?", use(id), now;
  else
    pool.get() << "UPDATE orders SET state = 9 WHERE id = ?", use(id), now;
}
