// What the shop knows about its days.
#include "shop.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <fstream>
#include <iostream>

namespace shop {

// A failure between the commits leaves a day that is half closed.
void closeDay(soci::session& sql, const std::string& day) {
  sql.begin();
  try {
    sql << "INSERT OR REPLACE INTO days(day, orders) SELECT :d, count(*) FROM orders",
        soci::use(day);
    sql.commit();
    sql.begin();
    sql << "DELETE FROM order_items WHERE order_id IN "
           "(SELECT id FROM orders WHERE state = 'cancelled')";
    sql.commit();
    sql.begin();
    sql << "DELETE FROM orders WHERE state = 'cancelled'";
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

// Reading needs no transaction.
void print(soci::session& sql) {
  const soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT id, customer, state FROM orders ORDER BY id");
  for (const soci::row& row : rows)
    std::cout << row.get<int>(0) << '\t' << row.get<std::string>(1) << '\t'
              << row.get<std::string>(2) << '\n';
}

// Nobody deletes the session when the file cannot be written.
bool exportOrders(const std::string& database, const std::string& file) {
  auto* sql = new soci::session(soci::sqlite3, connectionString(database));
  std::ofstream out(file);
  if (!out) return false;
  const soci::rowset<std::string> customers =
      (sql->prepare << "SELECT DISTINCT customer FROM orders ORDER BY customer");
  for (const std::string& customer : customers) out << customer << '\n';
  delete sql;
  return true;
}

} // namespace shop
