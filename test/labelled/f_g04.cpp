// library: soci, libpqxx, sqlitecpp, poco, sqlite3, qtsql
#include <sqlite3.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Transaction.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <coroutine>
#include <cstdio>
#include <exception>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace co {

template <class T>
class lazy_range {
public:
  struct promise_type {
    std::remove_reference_t<T>* current = nullptr;
    std::exception_ptr failure;
    lazy_range get_return_object() { return lazy_range(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(std::remove_reference_t<T>& v) noexcept { current = std::addressof(v); return {}; }
    std::suspend_always yield_value(std::remove_reference_t<T>&& v) noexcept { current = std::addressof(v); return {}; }
    void return_void() noexcept {}
    void unhandled_exception() { failure = std::current_exception(); }
  };
  struct cursor {
    using difference_type = std::ptrdiff_t;
    using value_type = std::remove_reference_t<T>;
    std::coroutine_handle<promise_type> h;
    value_type& operator*() const { return *h.promise().current; }
    value_type* operator->() const { return h.promise().current; }
    cursor& operator++() {
      h.resume();
      if (h.done() && h.promise().failure) std::rethrow_exception(h.promise().failure);
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const cursor& c, std::default_sentinel_t) { return c.h.done(); }
  };
  explicit lazy_range(std::coroutine_handle<promise_type> h) : h_(h) {}
  lazy_range(lazy_range&& o) noexcept : h_(std::exchange(o.h_, {})) {}
  lazy_range(const lazy_range&) = delete;
  ~lazy_range() { if (h_) h_.destroy(); }
  cursor begin() { cursor c{h_}; ++c; return c; }
  std::default_sentinel_t end() const { return {}; }
private:
  std::coroutine_handle<promise_type> h_;
};

}

namespace mill {

struct Order { int id = 0; int sacks = 0; bool urgent = false; };

co::lazy_range<soci::session> scoped(soci::connection_pool& pool) {
  soci::session s(pool);
  soci::transaction tr(s);
  co_yield s;
  tr.commit();
}

co::lazy_range<soci::session> plain(soci::connection_pool& pool) {
  soci::session s(pool);
  co_yield s;
}

co::lazy_range<pqxx::work> working(pqxx::connection& c, int attempts) {
  for (int i = 0; i < attempts; ++i) {
    pqxx::work w(c);
    co_yield w;
  }
}

co::lazy_range<SQLite::Database> journalled(const std::string& file) {
  SQLite::Database db(file, SQLite::OPEN_READWRITE);
  SQLite::Transaction tx(db);
  co_yield db;
  db.exec("insert into journal default values");
  tx.commit();
}

co::lazy_range<Order> openOrders(SQLite::Database& db) {
  SQLite::Statement q(db, "select id, sacks, urgent from orders where done = 0");
  while (q.executeStep()) {
    Order o{q.getColumn(0).getInt(), q.getColumn(1).getInt(), q.getColumn(2).getInt() != 0};
    co_yield o;
  }
}

co::lazy_range<std::shared_ptr<SQLite::Database>> shards(std::vector<std::string> files) {
  for (const auto& f : files) {
    auto db = std::make_shared<SQLite::Database>(f, SQLite::OPEN_READWRITE);
    co_yield db;
  }
}

int store(soci::connection_pool& pool, const Order& o) {
  int sacks = 0;
  for (soci::session& s : scoped(pool)) {
    s << "insert into orders(id, sacks) values(:i, :s)", soci::use(o.id), soci::use(o.sacks);
    s << "select sum(sacks) from orders", soci::into(sacks);
    if (sacks > 0) return sacks;  // expect: session-generator-early-return
  }
  return 0;
}

int storeSafely(soci::connection_pool& pool, const std::vector<Order>& orders) {
  int kept = 0;
  for (soci::session& s : scoped(pool)) {
    for (const auto& o : orders) {
      if (o.sacks > 400) break;
      s << "insert into orders(id, sacks) values(:i, :s)", soci::use(o.id), soci::use(o.sacks);
      ++kept;
    }
    if (kept == 0) continue;
    s << "update counter set n = n + :k", soci::use(kept);
  }
  return kept;
}

void mustStore(soci::connection_pool& pool, const Order& o) {
  for (soci::session& s : scoped(pool)) {
    int limit = 0;
    s << "select max_sacks from mill", soci::into(limit);
    s << "insert into orders(id, sacks) values(:i, :s)", soci::use(o.id), soci::use(o.sacks);
    if (o.sacks > limit) throw std::out_of_range("too many sacks");
  }
}

int millCapacity(soci::connection_pool& pool) {
  for (soci::session& s : plain(pool)) {
    int cap = 0;
    s << "select capacity from mill", soci::into(cap);
    if (s.got_data()) return cap;
  }
  return -1;
}

bool deliver(pqxx::connection& c, int order) {
  for (pqxx::work& w : working(c, 3)) {
    try {
      w.exec_params("update orders set delivered = true where id = $1", order);
      w.exec_params("insert into delivery(order_id) values($1)", order);
      w.commit();
      return true;
    } catch (const pqxx::sql_error& e) {
      std::fprintf(stderr, "retry: %s\n", e.what());
    }
  }
  return false;
}

void dust(const std::string& file, bool full) {
  for (auto& db : journalled(file)) {
    db.exec("delete from dust where age > 30");
    if (!full) break;  // expect: session-generator-early-return
    db.exec("delete from dust");
  }
}

std::optional<Order> firstUrgent(SQLite::Database& db) {
  for (const Order& o : openOrders(db))
    if (o.urgent) return o;
  return std::nullopt;
}

int sacksUntil(SQLite::Database& db, int limit) {
  int total = 0;
  for (Order& o : openOrders(db)) {
    total += o.sacks;
    if (total >= limit) break;
  }
  return total;
}

soci::session& pick(soci::connection_pool& pool) {
  for (soci::session& s : plain(pool)) {
    s << "set application_name = 'mill'";
    return s;  // expect: session-generator-early-return
  }
  throw std::runtime_error("no session");
}

std::shared_ptr<SQLite::Database> shardOf(const std::vector<std::string>& files, int order) {
  for (const auto& db : shards(files)) {
    SQLite::Statement q(*db, "select 1 from orders where id = ?");
    q.bind(1, order);
    if (q.executeStep()) return db;
  }
  return nullptr;
}

void recount(soci::connection_pool& pool) {
  soci::session& s = *plain(pool).begin();  // expect: session-generator-early-return
  s << "update mill set total = (select sum(sacks) from orders)";
}

void recountByHand(soci::connection_pool& pool, int mill) {
  auto range = scoped(pool);
  for (auto it = range.begin(); it != range.end(); ++it) {
    *it << "update mill set total = (select sum(sacks) from orders) where id = :m", soci::use(mill);
  }
}

int peek(soci::connection_pool& pool) {
  auto range = plain(pool);
  auto it = range.begin();
  int n = 0;
  *it << "select count(*) from orders", soci::into(n);
  return n;
}

class Hopper {
public:
  explicit Hopper(soci::connection_pool& pool) : pool_(pool) {}

  void prime() {
    for (soci::session& s : plain(pool_)) {
      int level = 0;
      s << "select level from hopper", soci::into(level);
      level_ = level;
      current_ = &s;  // expect: session-generator-early-return
    }
  }

  int refresh() {
    for (soci::session& s : plain(pool_)) {
      s << "select level from hopper", soci::into(level_);
      auto low = [this] { if (level_ > 10) return false; return true; };
      if (low()) s << "update hopper set alarm = 1";
    }
    return level_;
  }

private:
  soci::connection_pool& pool_;
  soci::session* current_ = nullptr;
  int level_ = 0;
};

class PerTenant {
public:
  PerTenant(Poco::Data::SessionPool& pool, std::vector<std::string> tenants) : pool_(pool), tenants_(std::move(tenants)) {}
  void each(const std::function<void(Poco::Data::Session&, const std::string&)>& f) {
    for (const auto& t : tenants_) {
      Poco::Data::Session s = pool_.get();
      Poco::Data::Transaction tx(s);
      f(s, t);
      tx.commit();
    }
  }
private:
  Poco::Data::SessionPool& pool_;
  std::vector<std::string> tenants_;
};

int billAll(PerTenant& tenants) {
  using namespace Poco::Data::Keywords;
  int billed = 0;
  tenants.each([&billed](Poco::Data::Session& s, const std::string& t) {
    std::string name = t;
    int due = 0;
    s << "select due from tenant where name = ?", into(due), use(name), now;
    if (due == 0) return;
    s << "update tenant set due = 0, billed = billed + ? where name = ?", use(due), use(name), now;
    ++billed;
  });
  return billed;
}

class QtBatch {
public:
  explicit QtBatch(QSqlDatabase db) : db_(db) {}
  struct iterator {
    QSqlDatabase* db;
    bool done;
    QSqlDatabase& operator*() const { return *db; }
    iterator& operator++() { db->commit(); done = true; return *this; }
    bool operator!=(const iterator& o) const { return done != o.done; }
  };
  iterator begin() { open_ = db_.transaction(); return {&db_, !open_}; }
  iterator end() { return {&db_, true}; }
private:
  QSqlDatabase db_;
  bool open_ = false;
};

bool grind(QSqlDatabase db, int order) {
  bool ground = false;
  for (QSqlDatabase& d : QtBatch(db)) {
    QSqlQuery q(d);
    q.prepare("update orders set ground = 1 where id = ?");
    q.addBindValue(order);
    ground = q.exec() && q.numRowsAffected() == 1;
    if (!ground) continue;
    QSqlQuery log(d);
    log.exec("insert into log(what) values('ground')");
  }
  return ground;
}

bool sift(QSqlDatabase db, const std::vector<int>& sieves) {
  for (QSqlDatabase& d : QtBatch(db)) {
    QSqlQuery q(d);
    q.prepare("update sieve set used = used + 1 where id = ?");
    for (int id : sieves) {
      q.addBindValue(id);
      if (q.exec() && q.numRowsAffected() == 1) return true;  // waits: session-generator-early-return
    }
  }
  return false;
}

co::lazy_range<Poco::Data::Session> committedEarly(Poco::Data::SessionPool& pool) {
  using namespace Poco::Data::Keywords;
  Poco::Data::Session s = pool.get();
  {
    Poco::Data::Transaction tx(s);
    s << "insert into usage(at) values(current_timestamp)", now;
    tx.commit();
  }
  co_yield s;
}

int useOnce(Poco::Data::SessionPool& pool) {
  using namespace Poco::Data::Keywords;
  for (auto& s : committedEarly(pool)) {
    int n = 0;
    s << "select count(*) from usage", into(n), now;
    return n;
  }
  return 0;
}

int consumeStock(const std::string& file, const std::vector<Order>& orders) {
  int left = 0;
  for (auto& db : journalled(file)) {
    left = db.execAndGet("select sacks from stock").getInt();
    for (const auto& o : orders) {
      SQLite::Statement st(db, "update orders set reserved = 1 where id = ?");
      st.bind(1, o.id);
      st.exec();
      left -= o.sacks;
      if (left == 0) goto all_reserved;  // expect: session-generator-early-return
    }
  }
  return left;
all_reserved:
  std::fprintf(stderr, "the last sack is reserved\n");
  return 0;
}

std::vector<Order> backlog(SQLite::Database& db) {
  std::vector<Order> out;
  auto rows = openOrders(db);
  for (auto it = rows.begin(); it != rows.end() && out.size() < 50; ++it) out.push_back(*it);
  return out;
}

}
