// Sessions and leases of SOCI that are not given back on some path.
// library: soci
#include <soci/soci.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

void logError(const std::string& what);

// The early return, and any failing statement, skip the delete.
int countOrders(const std::string& dsn, bool archived) {
  auto* sql = new soci::session(dsn); // expect: session-leak
  int n = 0;
  *sql << "SELECT count(*) FROM orders", soci::into(n);
  if (n == 0)
    return 0;
  if (archived) {
    int old = 0;
    *sql << "SELECT count(*) FROM archive", soci::into(old);
    n += old;
  }
  delete sql;
  return n;
}

// The lease is not given back when a statement throws.
void touch(soci::connection_pool& pool, int order) {
  const std::size_t pos = pool.lease(); // expect: session-leak
  soci::session& sql = pool.at(pos);
  sql << "UPDATE orders SET touched = 1 WHERE id = :o", soci::use(order);
  pool.give_back(pos);
}

// Nor when the order is unknown.
bool cancel(soci::connection_pool& pool, int order) {
  std::size_t pos = 0;
  if (!pool.try_lease(pos, 500)) // expect: session-leak
    return false;
  try {
    int state = 0;
    pool.at(pos) << "SELECT state FROM orders WHERE id = :o", soci::into(state), soci::use(order);
    if (state == 3)
      return false;
    pool.at(pos) << "DELETE FROM orders WHERE id = :o", soci::use(order);
  } catch (...) {
    pool.give_back(pos);
    throw;
  }
  pool.give_back(pos);
  return true;
}

// The handler forgets.
int sumOf(const std::string& dsn, int customer) {
  soci::session* sql = nullptr;
  int sum = 0;
  try {
    sql = new soci::session("postgresql", dsn); // expect: session-leak
    *sql << "SELECT sum(total) FROM orders WHERE customer = :c", soci::into(sum), soci::use(customer);
    delete sql;
  } catch (const std::exception& e) {
    logError(e.what());
  }
  return sum;
}

// The constructor throws when the setup fails; its destructor will not run.
class Repository {
public:
  explicit Repository(const std::string& dsn) : sql_(new soci::session(dsn)) { // expect: session-leak
    *sql_ << "SET search_path TO shop";
  }
  Repository(const Repository&) = delete;
  ~Repository() { delete sql_; }

  int orders() {
    int n = 0;
    *sql_ << "SELECT count(*) FROM orders", soci::into(n);
    return n;
  }

private:
  soci::session* sql_;
};

// One of two has an owner.
void warmUp(const std::string& dsn) {
  auto* first = new soci::session(dsn); // expect: session-leak
  std::unique_ptr<soci::session> second = std::make_unique<soci::session>(dsn);
  int n = 0;
  *second << "SELECT 1", soci::into(n);
  first->reconnect();
}
