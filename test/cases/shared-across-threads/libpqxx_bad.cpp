// Connections of libpqxx that two threads use.
// library: libpqxx
#include <pqxx/pqxx>

#include <functional>
#include <future>
#include <string>
#include <thread>

static int countOf(pqxx::connection& conn, const std::string& table) {
  pqxx::nontransaction direct(conn);
  return direct.exec1("SELECT count(*) FROM " + table)[0].as<int>();
}

void later(const std::string& dsn, int mail) {
  pqxx::connection conn(dsn);
  std::thread sender([&conn, mail] { // expect: session-shared-across-threads
    pqxx::work tx(conn);
    tx.exec_params("UPDATE mails SET sent = true WHERE id = $1", mail);
    tx.commit();
  });
  sender.detach();
}

int both(pqxx::connection& conn) {
  std::thread worker([&conn] { countOf(conn, "items"); }); // expect: session-shared-across-threads
  const int n = countOf(conn, "orders");
  worker.join();
  return n;
}

int sum(pqxx::connection& conn) {
  auto items = std::async(std::launch::async, countOf, std::ref(conn), "items"); // expect: session-shared-across-threads
  return countOf(conn, "orders") + items.get();
}

// The transaction, this time.
void split(pqxx::connection& conn, int order) {
  pqxx::work tx(conn);
  std::jthread worker([&tx, order] { tx.exec_params("DELETE FROM order_items WHERE id = $1", order); }); // expect: session-shared-across-threads
  tx.exec_params("DELETE FROM orders WHERE id = $1", order);
  tx.commit();
}
