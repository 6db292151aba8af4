// What lies in the store, and how it comes and goes.
#include "shop.h"

#include <iostream>

namespace shop {

int available(soci::session& sql, int item) {
  int quantity = 0;
  soci::indicator found = soci::i_null;
  sql << "SELECT quantity FROM stock WHERE item = :i", soci::into(quantity, found), soci::use(item);
  return sql.got_data() && found == soci::i_ok ? quantity : 0;
}

void deliver(soci::session& sql, const Item& item) {
  sql << "INSERT INTO stock(item, quantity) VALUES(:i, :q) "
         "ON CONFLICT(item) DO UPDATE SET quantity = quantity + excluded.quantity",
      soci::use(item.id), soci::use(item.quantity);
}

// The early return leaves the transaction open, and the table locked.
bool reserve(soci::session& sql, const Item& wanted) {
  sql.begin();
  try {
    int left = 0;
    sql << "SELECT quantity FROM stock WHERE item = :i", soci::into(left), soci::use(wanted.id);
    if (left < wanted.quantity) return false;
    sql << "UPDATE stock SET quantity = quantity - :q WHERE item = :i", soci::use(wanted.quantity),
        soci::use(wanted.id);
    sql.commit();
    return true;
  } catch (...) {
    sql.rollback();
    throw;
  }
}

// All or nothing: the guard rolls back when a statement throws.
void recount(soci::session& sql, const std::vector<Item>& counted) {
  soci::transaction tr(sql);
  for (const Item& item : counted)
    sql << "UPDATE stock SET quantity = :q WHERE item = :i", soci::use(item.quantity),
        soci::use(item.id);
  tr.commit();
}

// What a failed statement left behind is committed all the same.
void takeOver(soci::session& sql, const std::vector<Item>& delivered) {
  sql.begin();
  try {
    for (const Item& item : delivered) deliver(sql, item);
  } catch (const soci::soci_error& error) {
    std::cerr << "delivery: " << error.what() << '\n';
  }
  sql.commit();
}

} // namespace shop
