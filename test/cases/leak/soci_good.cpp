// Sessions and leases of SOCI that are given back.
// library: soci
#include <soci/soci.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

void logError(const std::string& what);

int countOrders(const std::string& dsn) {
  const auto sql = std::make_unique<soci::session>(dsn);
  int n = 0;
  *sql << "SELECT count(*) FROM orders", soci::into(n);
  if (n == 0)
    return -1;
  return n;
}

// Given back in both branches.
bool cancel(soci::connection_pool& pool, int order) {
  std::size_t pos = 0;
  if (!pool.try_lease(pos, 500))
    return false;
  try {
    pool.at(pos) << "DELETE FROM orders WHERE id = :o", soci::use(order);
  } catch (const std::exception& e) {
    pool.give_back(pos);
    logError(e.what());
    return false;
  }
  pool.give_back(pos);
  return true;
}

// A lease of the project's own.
class Lease {
public:
  explicit Lease(soci::connection_pool& pool) : pool_(pool), pos_(pool.lease()) {}
  Lease(const Lease&) = delete;
  ~Lease() { pool_.give_back(pos_); }
  soci::session& operator*() const { return pool_.at(pos_); }

private:
  soci::connection_pool& pool_;
  std::size_t pos_;
};

int lastOrder(soci::connection_pool& pool) {
  Lease lease(pool);
  int id = 0;
  *lease << "SELECT max(id) FROM orders", soci::into(id);
  return id;
}

// The library's lease.
void touch(soci::connection_pool& pool, int order) {
  soci::session sql(pool);
  if (order < 0)
    return;
  sql << "UPDATE orders SET touched = 1 WHERE id = :o", soci::use(order);
}

// The deleter gives it back.
std::shared_ptr<soci::session> borrow(soci::connection_pool& pool) {
  const std::size_t pos = pool.lease();
  return std::shared_ptr<soci::session>(&pool.at(pos), [&pool, pos](soci::session*) { pool.give_back(pos); });
}

// The caller's to delete, as the name says.
soci::session* newSession(const std::string& dsn) {
  return new soci::session(dsn);
}

bool openInto(const std::string& dsn, std::unique_ptr<soci::session>& out) {
  try {
    out.reset(new soci::session(dsn));
  } catch (const soci::soci_error& e) {
    logError(e.what());
    return false;
  }
  return true;
}

// The caller gives the position back.
std::optional<std::size_t> leaseFor(soci::connection_pool& pool, int milliseconds) {
  std::size_t pos = 0;
  if (pool.try_lease(pos, milliseconds))
    return pos;
  return std::nullopt;
}

// Held as long as the repository lives; nothing in its constructor fails after the acquisition.
class Repository {
public:
  explicit Repository(const std::string& dsn) : sql_(new soci::session(dsn)) {}
  Repository(const Repository&) = delete;
  Repository& operator=(const Repository&) = delete;
  ~Repository() { delete sql_; }

  int orders() {
    int n = 0;
    *sql_ << "SELECT count(*) FROM orders", soci::into(n);
    return n;
  }

private:
  soci::session* sql_;
};

// One session for each shard, kept in a map of owners.
class Shards {
public:
  soci::session& of(const std::string& dsn) {
    auto& slot = sessions_[dsn];
    if (!slot)
      slot = std::make_unique<soci::session>(dsn);
    return *slot;
  }
  void forget(const std::string& dsn) { sessions_.erase(dsn); }

private:
  std::map<std::string, std::unique_ptr<soci::session>> sessions_;
};

// Opened where needed, closed by its destructor.
int total(const std::string& dsn, bool needed) {
  soci::session sql;
  if (!needed)
    return 0;
  sql.open(dsn);
  int n = 0;
  sql << "SELECT sum(total) FROM orders", soci::into(n);
  return n;
}

// A scope guard made of a unique_ptr.
int viaUniquePtr(soci::connection_pool& pool) {
  std::size_t pos = pool.lease();
  const auto giveBack = [&pool](const std::size_t* p) { pool.give_back(*p); };
  const std::unique_ptr<std::size_t, decltype(giveBack)> guard(&pos, giveBack);
  int n = 0;
  pool.at(pos) << "SELECT count(*) FROM orders", soci::into(n);
  return n;
}
