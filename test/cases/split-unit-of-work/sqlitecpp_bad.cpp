// Pieces of work written through two connections to one file with SQLiteCpp.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

void transfer(const std::string& path, int from, int to) {
  SQLite::Database debit(path, SQLite::OPEN_READWRITE);
  SQLite::Database credit(path, SQLite::OPEN_READWRITE); // expect: session-split-unit-of-work
  SQLite::Statement take(debit, "UPDATE accounts SET balance = balance - 1 WHERE id = ?");
  SQLite::Statement give(credit, "UPDATE accounts SET balance = balance + 1 WHERE id = ?");
  take.bind(1, from);
  take.exec();
  give.bind(1, to);
  give.exec();
}

// With transactions that know nothing of each other.
void place(const std::string& path, int order) {
  const std::string id = std::to_string(order);
  SQLite::Database orders(path, SQLite::OPEN_READWRITE);
  SQLite::Database stock(path, SQLite::OPEN_READWRITE); // expect: session-split-unit-of-work
  SQLite::Transaction inOrders(orders);
  orders.exec("INSERT INTO orders(id) VALUES(" + id + ")");
  inOrders.commit();
  SQLite::Transaction inStock(stock);
  stock.exec("UPDATE stock SET amount = amount - 1 WHERE item = " + id);
  inStock.commit();
}
