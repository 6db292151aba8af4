// One unit of work written through two sessions of one pool.
// header: session.h
#include "session.h"

#include <string>
#include <vector>

void placeOrder(db::Pool& pool, int order, int total) {
  db::Session orders = pool.acquire();
  db::Session invoices = pool.acquire(); // expect: session-split-unit-of-work
  orders.exec("INSERT INTO orders(id) VALUES(?)", order);
  invoices.exec("INSERT INTO invoices(order_id, total) VALUES(?, ?)", order, total);
}

void transfer(const std::string& dsn, int from, int to, int amount) {
  db::Session debit(dsn);
  db::Session credit(dsn); // expect: session-split-unit-of-work
  db::Transaction out(debit);
  db::Transaction in(credit);
  debit.exec("UPDATE accounts SET n = n - ? WHERE id = ?", amount, from);
  credit.exec("UPDATE accounts SET n = n + ? WHERE id = ?", amount, to);
  in.commit();
  out.commit();
}

void cancel(db::Pool& pool, int order, const std::vector<int>& items) {
  db::Session session = pool.acquire();
  session.exec("DELETE FROM orders WHERE id = ?", order);
  if (!items.empty()) {
    db::Session stock = pool.acquire(); // expect: session-split-unit-of-work
    for (const int item : items)
      stock.exec("UPDATE stock SET n = n + 1 WHERE item = ?", item);
  }
  session.exec("INSERT INTO cancellations(order_id) VALUES(?)", order);
}

void close(const std::string& dsn, int ticket) {
  db::Session session = db::connect(dsn);
  session.exec("UPDATE tickets SET closed = 1 WHERE id = ?", ticket);
  db::Session log = db::connect(dsn); // expect: session-split-unit-of-work
  log.exec("INSERT INTO closings(ticket) VALUES(?)", ticket);
}
