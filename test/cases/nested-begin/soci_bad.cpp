// Transactions of SOCI begun on a session that is in one.
// library: soci
#include <soci/soci.h>

#include <string>
#include <vector>

struct Item {
  int id = 0;
  double price = 0;
};

// The helper has a transaction of its own.
static void saveItem(soci::session& sql, const Item& item) {
  soci::transaction tr(sql);
  sql << "UPDATE items SET price = :p WHERE id = :i", soci::use(item.price), soci::use(item.id);
  tr.commit();
}

void saveAll(soci::session& sql, const std::vector<Item>& items) {
  soci::transaction tr(sql);
  sql << "DELETE FROM drafts";
  for (const Item& item : items)
    saveItem(sql, item); // expect: session-nested-begin
  tr.commit();
}

// A guard within a guard.
void placeOrder(soci::session& sql, int order, bool express) {
  soci::transaction outer(sql);
  sql << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
  if (express) {
    soci::transaction inner(sql); // expect: session-nested-begin
    sql << "INSERT INTO express(order_id) VALUES(:o)", soci::use(order);
    inner.commit();
  }
  outer.commit();
}

// By hand, under a guard.
void cancel(soci::session& sql, int order) {
  soci::transaction tr(sql);
  sql << "DELETE FROM order_items WHERE order_id = :o", soci::use(order);
  sql.begin(); // expect: session-nested-begin
  sql << "DELETE FROM orders WHERE id = :o", soci::use(order);
  tr.commit();
}

// In every round, and committed after the last.
void importAll(soci::session& sql, const std::vector<std::string>& names) {
  try {
    for (const std::string& name : names) {
      sql.begin(); // expect: session-nested-begin
      sql << "INSERT INTO names(name) VALUES(:n)", soci::use(name);
    }
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

// In SQL.
void renumber(soci::session& sql, int by) {
  soci::transaction tr(sql);
  sql << "UPDATE orders SET number = number + :b", soci::use(by);
  sql << "BEGIN"; // expect: session-nested-begin
  sql << "UPDATE counters SET n = n + :b", soci::use(by);
  tr.commit();
}
