// A day in the shop: goods come in, orders are placed, shipped and cancelled.
//
//   shop [database file]
#include "shop.h"

#include <exception>
#include <iostream>

namespace {

void openShop(soci::connection_pool& pool, const std::string& database) {
  shop::fillPool(pool, 2, database);
  soci::session sql(pool);
  shop::createTables(sql);
  shop::forgetOrders(sql);
  shop::takeOver(sql, {{.id = 1, .quantity = 10}, {.id = 2, .quantity = 5}});
  shop::recount(sql, {{.id = 2, .quantity = 4}});
}

void sell(soci::connection_pool& pool) {
  soci::session sql(pool);
  const shop::Item tea{.id = 1, .quantity = 2};
  const shop::Item cups{.id = 2, .quantity = 4};
  for (int id = 1; id <= 3; ++id)
    if (shop::reserve(sql, tea)) shop::place(sql, {id, "customer " + std::to_string(id), {tea}});
  if (shop::reserve(sql, cups)) shop::place(sql, {4, "customer 1", {cups}});
  shop::ship(sql, 1);
  shop::cancel(sql, 2);
}

} // namespace

int main(int argc, char** argv) {
  const std::string database = argc > 1 ? argv[1] : "shop.db";
  try {
    soci::connection_pool pool(2);
    openShop(pool, database);
    sell(pool);
    soci::session sql(pool);
    shop::print(sql);
    std::cout << shop::countOpen(sql) << " open, " << shop::available(sql, 1)
              << " of item 1 left\n";
    shop::closeDay(sql, "2026-01-31");
    return shop::exportOrders(database, database + ".customers") ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "shop: " << error.what() << '\n';
    return 1;
  }
}
