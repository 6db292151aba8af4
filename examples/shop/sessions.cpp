// Where sessions come from.
#include "shop.h"

#include <soci/sqlite3/soci-sqlite3.h>

namespace shop {

std::string connectionString(const std::string& file) {
  return "db=" + file + " timeout=2";
}

void fillPool(soci::connection_pool& pool, std::size_t size, const std::string& file) {
  for (std::size_t i = 0; i < size; ++i) pool.at(i).open(soci::sqlite3, connectionString(file));
}

void createTables(soci::session& sql) {
  soci::transaction tr(sql);
  sql << "CREATE TABLE IF NOT EXISTS stock(item INTEGER PRIMARY KEY, quantity INTEGER NOT NULL)";
  sql << "CREATE TABLE IF NOT EXISTS orders(id INTEGER PRIMARY KEY, customer TEXT NOT NULL, "
         "state TEXT NOT NULL)";
  sql << "CREATE TABLE IF NOT EXISTS order_items(order_id INTEGER, item INTEGER, quantity INTEGER)";
  sql << "CREATE TABLE IF NOT EXISTS days(day TEXT PRIMARY KEY, orders INTEGER)";
  tr.commit();
}

} // namespace shop
