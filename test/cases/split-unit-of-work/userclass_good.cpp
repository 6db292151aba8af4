// Several sessions of the project's own in one function, and nothing split.
// header: session.h
#include "session.h"

#include <optional>
#include <string>
#include <vector>

void placeOrder(db::Pool& pool, int order, int total) {
  db::Session session = pool.acquire();
  db::Transaction tx(session);
  session.exec("INSERT INTO orders(id) VALUES(?)", order);
  session.exec("INSERT INTO invoices(order_id, total) VALUES(?, ?)", order, total);
  tx.commit();
}

void refresh(db::Pool& pool, int order) {
  db::Session writer = pool.acquire();
  db::Session reader = pool.acquire();
  const int total = reader.scalar("SELECT sum(price) FROM order_items WHERE order_id = ?", order);
  writer.exec("UPDATE orders SET total = ? WHERE id = ?", total, order);
}

void archive(db::Pool& shop, db::Pool& history, int order) {
  db::Session from = shop.acquire();
  db::Session to = history.acquire();
  to.exec("INSERT INTO orders(id) VALUES(?)", order);
  from.exec("DELETE FROM orders WHERE id = ?", order);
}

static void insertNodes(db::Pool& pool, const std::vector<int>& nodes) {
  db::Session session = pool.acquire();
  db::Transaction tx(session);
  for (const int node : nodes)
    session.exec("INSERT INTO nodes(id) VALUES(?)", node);
  tx.commit();
}

static void insertEdges(db::Pool& pool, const std::vector<int>& edges) {
  db::Session session = pool.acquire();
  db::Transaction tx(session);
  for (const int edge : edges)
    session.exec("INSERT INTO edges(id) VALUES(?)", edge);
  tx.commit();
}

void insertGraph(db::Pool& pool, const std::vector<int>& nodes, const std::vector<int>& edges) {
  insertNodes(pool, nodes);
  insertEdges(pool, edges);
}

// Tried without waiting, then waited for: one session.
void touch(db::Pool& pool, int id) {
  std::optional<db::Session> quick = pool.tryAcquire(10);
  if (quick) {
    quick->exec("UPDATE items SET touched = 1 WHERE id = ?", id);
    return;
  }
  db::Session session = pool.acquire();
  session.exec("UPDATE items SET touched = 1 WHERE id = ?", id);
}

void copy(db::Session& from, db::Session& to, int id) {
  to.exec("INSERT INTO items(id) VALUES(?)", id);
  from.exec("DELETE FROM items WHERE id = ?", id);
}

void mirror(const std::string& shopDsn, const std::string& booksDsn, int id) {
  db::Session shop(shopDsn);
  db::Session books(booksDsn);
  copy(shop, books, id);
}

int compare(db::Pool& pool) {
  db::Session first = pool.acquire();
  db::Session second = pool.acquire();
  return first.scalar("SELECT count(*) FROM orders") - second.scalar("SELECT count(*) FROM invoices");
}
