// Transactions of libpqxx begun on a connection that has one: the library throws.
// library: libpqxx
#include <pqxx/pqxx>

#include <memory>
#include <string>
#include <vector>

// The nontransaction registers itself as well.
int countAfter(pqxx::connection& conn, int order) {
  pqxx::work tx(conn);
  tx.exec_params("DELETE FROM orders WHERE id = $1", order);
  pqxx::nontransaction direct(conn); // expect: session-nested-begin
  const int n = direct.exec1("SELECT count(*) FROM orders")[0].as<int>();
  tx.commit();
  return n;
}
