// From the order to the parcel.
#include "shop.h"

#include <iostream>

namespace shop {

namespace {

std::vector<Item> itemsOf(soci::session& sql, int order) {
  std::vector<Item> items;
  const soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT item, quantity FROM order_items WHERE order_id = :o",
       soci::use(order));
  for (const soci::row& row : rows) items.push_back({row.get<int>(0), row.get<int>(1)});
  return items;
}

} // namespace

// Without a name the transaction ends where it begins: each INSERT is on its own.
void place(soci::session& sql, const Order& order) {
  soci::transaction{sql};
  sql << "INSERT INTO orders(id, customer, state) VALUES(:o, :c, 'open')", soci::use(order.id),
      soci::use(order.customer);
  for (const Item& item : order.items)
    sql << "INSERT INTO order_items(order_id, item, quantity) VALUES(:o, :i, :q)",
        soci::use(order.id), soci::use(item.id), soci::use(item.quantity);
}

// Half a cancellation stays in the transaction when a statement throws.
bool cancel(soci::session& sql, int order) {
  try {
    sql.begin();
    for (const Item& item : itemsOf(sql, order)) deliver(sql, item);
    sql << "UPDATE orders SET state = 'cancelled' WHERE id = :o", soci::use(order);
    sql.commit();
    return true;
  } catch (const soci::soci_error& error) {
    std::cerr << "order " << order << " cannot be cancelled: " << error.what() << '\n';
    return false;
  }
}

// Every way out ends the transaction; an exception leaves that to the guard.
bool ship(soci::session& sql, int order) {
  soci::transaction tr(sql);
  std::string state;
  sql << "SELECT state FROM orders WHERE id = :o", soci::into(state), soci::use(order);
  if (state != "open") {
    tr.rollback();
    return false;
  }
  sql << "UPDATE orders SET state = 'shipped' WHERE id = :o", soci::use(order);
  tr.commit();
  return true;
}

void forgetOrders(soci::session& sql) {
  soci::transaction tr(sql);
  sql << "DELETE FROM order_items";
  sql << "DELETE FROM orders";
  tr.commit();
}

int countOpen(soci::session& sql) {
  int count = 0;
  sql << "SELECT count(*) FROM orders WHERE state = 'open'", soci::into(count);
  return count;
}

} // namespace shop
