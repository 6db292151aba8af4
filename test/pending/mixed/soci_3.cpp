// Points programme on SOCI: several leases in one function, some of them rightly
// library: soci
#include <soci/soci.h>

#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace points {

class Card {
public:
  Card(soci::session& sql, int id) : sql_(sql), id_(id) {}
  void add(int amount) { sql_ << "update card set points = points + :a where id = :c", soci::use(amount), soci::use(id_); }
  int points() const {
    int n = 0;
    sql_ << "select points from card where id = :c", soci::into(n), soci::use(id_);
    return n;
  }

private:
  soci::session& sql_;
  int id_;
};

Card findAnywhere(soci::connection_pool& pool, int id) {
  soci::session sql(pool);
  return Card(sql, id);  // expect: session-use-after-scope
}

}  // namespace points
