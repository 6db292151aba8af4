// One unit of work written through two sessions of one database.
// library: soci
#include <soci/soci.h>

#include <string>
#include <vector>

// Two leases at once: the order may stay without its invoice.
void placeOrder(soci::connection_pool& pool, int order, double total) {
  soci::session orders(pool);
  soci::session invoices(pool); // expect: session-split-unit-of-work
  soci::transaction first(orders);
  soci::transaction second(invoices);
  orders << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
  invoices << "INSERT INTO invoices(order_id, total) VALUES(:o, :t)", soci::use(order), soci::use(total);
  first.commit();
  second.commit();
}

// The same database, by the same text.
void transfer(const std::string& dsn, int from, int to, double amount) {
  soci::session debit("postgresql", dsn);
  soci::session credit("postgresql", dsn); // expect: session-split-unit-of-work
  debit << "UPDATE accounts SET n = n - :a WHERE id = :f", soci::use(amount), soci::use(from);
  credit << "UPDATE accounts SET n = n + :a WHERE id = :t", soci::use(amount), soci::use(to);
}

// The second is taken while the first is held, and only sometimes.
void cancel(soci::connection_pool& pool, int order, const std::vector<int>& items) {
  soci::session sql(pool);
  sql << "DELETE FROM orders WHERE id = :o", soci::use(order);
  if (!items.empty()) {
    soci::session stock(pool); // expect: session-split-unit-of-work
    for (const int item : items)
      stock << "UPDATE stock SET n = n + 1 WHERE item = :i", soci::use(item);
  }
  sql << "INSERT INTO cancellations(order_id) VALUES(:o)", soci::use(order);
}

class Tickets {
public:
  explicit Tickets(soci::connection_pool& pool) : pool_(pool) {}

  void close(int ticket, const std::string& reason) {
    soci::session sql(pool_);
    sql << "UPDATE tickets SET closed = 1 WHERE id = :t", soci::use(ticket);
    soci::session log(pool_); // expect: session-split-unit-of-work
    log << "INSERT INTO closings(ticket, reason) VALUES(:t, :r)", soci::use(ticket), soci::use(reason);
  }

private:
  soci::connection_pool& pool_;
};

// One right after the other, each with its own transaction.
void acceptOffer(soci::connection_pool& pool, int offer, double price) {
  {
    soci::session sql(pool);
    soci::transaction tr(sql);
    sql << "UPDATE offers SET state = 'accepted' WHERE id = :o", soci::use(offer);
    tr.commit();
  }
  soci::session bills(pool); // expect: session-split-unit-of-work
  soci::transaction tr(bills);
  bills << "INSERT INTO bills(offer, price) VALUES(:o, :p)", soci::use(offer), soci::use(price);
  tr.commit();
}
