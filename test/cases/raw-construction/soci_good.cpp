// Sessions of SOCI that have an owner from the start.
// library: soci
#include <soci/soci.h>

#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

void logError(const std::string& what);

int countOrders(const std::string& dsn) {
  soci::session sql(dsn);
  int n = 0;
  sql << "SELECT count(*) FROM orders", soci::into(n);
  return n;
}

int countItems(const std::string& dsn) {
  const std::unique_ptr<soci::session> sql(new soci::session(dsn));
  int n = 0;
  *sql << "SELECT count(*) FROM items", soci::into(n);
  return n;
}

void swapIn(std::unique_ptr<soci::session>& slot, const std::string& dsn) {
  if (slot && slot->is_connected())
    return;
  slot.reset(new soci::session(dsn));
}

std::shared_ptr<soci::session> shared(const std::string& dsn) {
  std::shared_ptr<soci::session> sql(new soci::session(dsn));
  *sql << "SET search_path TO shop";
  return sql;
}

// Factories hand it out.
soci::session* makeSession(const std::string& dsn) {
  return new soci::session(dsn);
}

std::unique_ptr<soci::session> makeOwned(const std::string& dsn) {
  auto* raw = new soci::session(dsn);
  return std::unique_ptr<soci::session>(raw);
}

// In a member that the destructor releases.
class Store {
public:
  explicit Store(const std::string& dsn) : sql_(new soci::session(dsn)) {}
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store() { delete sql_; }
  soci::session& session() { return *sql_; }

private:
  soci::session* sql_;
};

// In storage of its own.
class Slot {
public:
  Slot() = default;
  Slot(const Slot&) = delete;
  ~Slot() { clear(); }

  void open(const std::string& dsn) {
    clear();
    sql_ = new (&storage_) soci::session(dsn);
  }
  void clear() {
    if (sql_ != nullptr)
      sql_->~session();
    sql_ = nullptr;
  }

private:
  alignas(soci::session) unsigned char storage_[sizeof(soci::session)] = {};
  soci::session* sql_ = nullptr;
};

// Owners in containers.
void openAll(std::map<std::string, std::unique_ptr<soci::session>>& sessions, const std::vector<std::string>& shards) {
  for (const std::string& shard : shards)
    sessions.emplace(shard, std::unique_ptr<soci::session>(new soci::session(shard)));
}

// A function that takes ownership.
class Workers {
public:
  void add(std::unique_ptr<soci::session> sql) { sessions_.push_back(std::move(sql)); }

private:
  std::vector<std::unique_ptr<soci::session>> sessions_;
};

void addWorker(Workers& workers, const std::string& dsn) {
  workers.add(std::unique_ptr<soci::session>(new soci::session(dsn)));
}

// Opened only if asked for.
int maybe(const std::string& dsn, bool wanted) {
  std::optional<soci::session> sql;
  if (!wanted)
    return 0;
  sql.emplace(dsn);
  int n = 0;
  *sql << "SELECT count(*) FROM orders", soci::into(n);
  return n;
}

// From a pool.
int leased(soci::connection_pool& pool) {
  soci::session sql(pool);
  int n = 0;
  sql << "SELECT count(*) FROM orders", soci::into(n);
  return n;
}
