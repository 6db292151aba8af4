// One unit of work written through two connections to one database.
// library: libpqxx
#include <pqxx/pqxx>

#include <functional>
#include <memory>
#include <string>
#include <vector>

// By the same text.
void placeOrder(const std::string& dsn, int order, double total) {
  pqxx::connection orders(dsn);
  pqxx::connection invoices(dsn); // expect: session-split-unit-of-work
  pqxx::work first(orders);
  pqxx::work second(invoices);
  first.exec_params("INSERT INTO orders(id) VALUES($1)", order);
  second.exec_params("INSERT INTO invoices(order_id, total) VALUES($1, $2)", order, total);
  first.commit();
  second.commit();
}

// By the same literal.
void transfer(int from, int to, int amount) {
  pqxx::connection debit("dbname=bank");
  pqxx::work out(debit);
  out.exec_params("UPDATE accounts SET n = n - $1 WHERE id = $2", amount, from);
  pqxx::connection credit("dbname=bank"); // expect: session-split-unit-of-work
  pqxx::work in(credit);
  in.exec_params("UPDATE accounts SET n = n + $1 WHERE id = $2", amount, to);
  in.commit();
  out.commit();
}

// A second one for the log, in the middle of the transaction.
class Tickets {
public:
  explicit Tickets(std::string dsn) : dsn_(std::move(dsn)) {}

  void close(int ticket, const std::string& reason) {
    const auto conn = std::make_unique<pqxx::connection>(dsn_);
    pqxx::work tx(*conn);
    tx.exec_params("UPDATE tickets SET closed = true WHERE id = $1", ticket);
    const auto logConn = std::make_unique<pqxx::connection>(dsn_); // expect: session-split-unit-of-work
    pqxx::work log(*logConn);
    log.exec_params("INSERT INTO closings(ticket, reason) VALUES($1, $2)", ticket, reason);
    log.commit();
    tx.commit();
  }

private:
  std::string dsn_;
};
