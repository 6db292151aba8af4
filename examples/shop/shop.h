// What the shop can do; every function works on the session that it is given.
#pragma once

#include <soci/soci.h>

#include <string>
#include <vector>

namespace shop {

struct Item {
  int id = 0;
  int quantity = 0;
};

struct Order {
  int id = 0;
  std::string customer;
  std::vector<Item> items;
};

// sessions.cpp
std::string connectionString(const std::string& file);
void fillPool(soci::connection_pool& pool, std::size_t size, const std::string& file);
void createTables(soci::session& sql);

// stock.cpp
int available(soci::session& sql, int item);
void deliver(soci::session& sql, const Item& item);
bool reserve(soci::session& sql, const Item& wanted);
void recount(soci::session& sql, const std::vector<Item>& counted);
void takeOver(soci::session& sql, const std::vector<Item>& delivered);

// orders.cpp
void place(soci::session& sql, const Order& order);
bool cancel(soci::session& sql, int order);
bool ship(soci::session& sql, int order);
void forgetOrders(soci::session& sql);
int countOpen(soci::session& sql);

// reports.cpp
void closeDay(soci::session& sql, const std::string& day);
void print(soci::session& sql);
bool exportOrders(const std::string& database, const std::string& file);

} // namespace shop
