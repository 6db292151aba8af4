// Several connections of libpqxx in one function, and nothing split.
// library: libpqxx
#include <pqxx/pqxx>

#include <memory>
#include <string>
#include <vector>

void placeOrder(const std::string& dsn, int order, double total) {
  pqxx::connection conn(dsn);
  pqxx::work tx(conn);
  tx.exec_params("INSERT INTO orders(id) VALUES($1)", order);
  tx.exec_params("INSERT INTO invoices(order_id, total) VALUES($1, $2)", order, total);
  tx.commit();
}

// Two databases.
void archive(const std::string& shop, const std::string& history, int order) {
  pqxx::connection from(shop);
  pqxx::connection to(history);
  pqxx::work source(from);
  pqxx::work target(to);
  target.exec_params("INSERT INTO orders(id) VALUES($1)", order);
  source.exec_params("DELETE FROM orders WHERE id = $1", order);
  target.commit();
  source.commit();
}

void mirror(int order) {
  pqxx::connection shop("dbname=shop");
  pqxx::connection books("dbname=books");
  pqxx::work first(shop);
  pqxx::work second(books);
  first.exec_params("UPDATE orders SET booked = true WHERE id = $1", order);
  second.exec_params("INSERT INTO entries(order_id) VALUES($1)", order);
  second.commit();
  first.commit();
}

// The second only reads, outside the transaction, because it has to see what is committed.
void refresh(const std::string& dsn, int order) {
  pqxx::connection conn(dsn);
  pqxx::connection readConn(dsn);
  pqxx::read_transaction reader(readConn);
  const double total = reader.exec1("SELECT sum(price) FROM order_items")[0].as<double>();
  pqxx::work tx(conn);
  tx.exec_params("UPDATE orders SET total = $1 WHERE id = $2", total, order);
  tx.commit();
}

// Given by the caller, who knows what they are.
void copy(pqxx::connection& from, pqxx::connection& to) {
  pqxx::work source(from);
  pqxx::work target(to);
  for (const pqxx::row& row : source.exec("DELETE FROM outbox RETURNING id"))
    target.exec_params("INSERT INTO inbox(id) VALUES($1)", row[0].as<int>());
  target.commit();
  source.commit();
}

// One for listening.
int nextJob(const std::string& dsn) {
  pqxx::connection conn(dsn);
  pqxx::connection bell(dsn);
  if (bell.await_notification(1, 0) == 0)
    return 0;
  pqxx::work tx(conn);
  const pqxx::result rows = tx.exec("UPDATE jobs SET state = 1 WHERE state = 0 RETURNING id");
  tx.commit();
  return rows.empty() ? 0 : rows[0][0].as<int>();
}

// One connection for each shard.
void clean(const std::vector<std::string>& shards) {
  for (const std::string& shard : shards) {
    pqxx::connection conn(shard);
    pqxx::work tx(conn);
    tx.exec("DELETE FROM carts WHERE age > 7");
    tx.commit();
  }
}

// Exclusive.
void toggle(const std::string& dsn, int ticket, bool open) {
  if (open) {
    pqxx::connection conn(dsn);
    pqxx::work tx(conn);
    tx.exec_params("UPDATE tickets SET closed = true WHERE id = $1", ticket);
    tx.commit();
    return;
  }
  pqxx::connection conn(dsn);
  pqxx::work tx(conn);
  tx.exec_params("UPDATE tickets SET closed = false WHERE id = $1", ticket);
  tx.commit();
}
