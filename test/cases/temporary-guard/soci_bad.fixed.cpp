// Transactions of SOCI that nobody named: each is rolled back before the work it should guard.
// library: soci
// checks: session-temporary-guard
#include <soci/soci.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

struct Order {
  int id = 0;
  int customer = 0;
  double total = 0;
  bool express = false;
};

// Braces do not declare a variable, so this one compiles.
void placeOrder(soci::session& sql, const Order& order, const std::vector<int>& items) {
  if (items.empty())
    throw std::invalid_argument("an order needs items");

  soci::transaction tr{sql}; // expect: session-temporary-guard "soci::transaction"

  sql << "INSERT INTO orders(id, customer, total) VALUES(:id, :c, :t)", soci::use(order.id), soci::use(order.customer),
      soci::use(order.total);
  for (const int item : items)
    sql << "INSERT INTO order_items(order_id, item) VALUES(:o, :i)", soci::use(order.id), soci::use(item);
  sql << "UPDATE customers SET orders = orders + 1 WHERE id = :c", soci::use(order.customer);
}

// A cast to void silences the compiler, not the mistake.
bool cancelOrder(soci::session& sql, int id) {
  int shipped = 0;
  soci::indicator found = soci::i_null;
  sql << "SELECT shipped FROM orders WHERE id = :id", soci::into(shipped, found), soci::use(id);
  if (!sql.got_data() || shipped != 0)
    return false;
  soci::transaction tr{sql}; // expect: session-temporary-guard
  sql << "DELETE FROM order_items WHERE order_id = :id", soci::use(id);
  sql << "DELETE FROM orders WHERE id = :id", soci::use(id);
  return true;
}

// The name that the fix would take is in use.
void moveStock(soci::session& sql, int from, int to, int amount) {
  const int tr = amount > 100 ? 100 : amount;
  soci::transaction tr2{sql}; // expect: session-temporary-guard
  sql << "UPDATE stock SET n = n - :n WHERE id = :id", soci::use(tr), soci::use(from);
  sql << "UPDATE stock SET n = n + :n WHERE id = :id", soci::use(tr), soci::use(to);
}

// Two in one function.
void nightlyRun(soci::session& orders, soci::session& archive) {
  soci::transaction tr{orders}; // expect: session-temporary-guard
  soci::transaction tr2{archive}; // expect: session-temporary-guard
  orders << "UPDATE orders SET state = 'old' WHERE day < date('now', '-30 day')";
  archive << "INSERT INTO runs(day) VALUES(date('now'))";
}

class Ledger {
public:
  explicit Ledger(soci::session& sql) : sql_(sql) {}

  void book(int account, double amount) {
    soci::transaction tr(this->sql_); // expect: session-temporary-guard
    sql_ << "INSERT INTO entries(account, amount) VALUES(:a, :m)", soci::use(account), soci::use(amount);
    sql_ << "UPDATE accounts SET balance = balance + :m WHERE id = :a", soci::use(amount), soci::use(account);
  }

  // In a lambda, which is a function of its own.
  void bookAll(const std::vector<int>& accounts, double amount) {
    const auto each = [this, amount](int account) {
      soci::transaction tr{sql_}; // expect: session-temporary-guard
      sql_ << "UPDATE accounts SET balance = balance + :m WHERE id = :a", soci::use(amount), soci::use(account);
    };
    for (const int account : accounts)
      each(account);
  }

private:
  soci::session& sql_;
};

// The last statement of a block: nothing is left to guard, and surely something was meant.
void prepareImport(soci::session& sql, bool fresh) {
  if (fresh) {
    sql << "DELETE FROM staging";
    soci::transaction tr{sql}; // expect: session-temporary-guard
  }
  sql << "INSERT INTO staging SELECT * FROM inbox";
  sql << "DELETE FROM inbox";
}
