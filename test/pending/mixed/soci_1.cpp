// Order and stock service of a web shop on SOCI: pooled sessions, guards, helpers
// library: soci
#include <soci/soci.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace shop {

soci::rowset<soci::row> ordersOf(soci::connection_pool& pool, const std::string& customer) {
  soci::session sql(pool);
  soci::rowset<soci::row> rows =
      (sql.prepare << "select id, total from orders where customer = :c", soci::use(customer));
  return rows;  // expect: session-use-after-scope
}

}  // namespace shop
