// library: soci
// ERP core on SOCI: orders, stock, postings. Enterprise layering with a unit-of-work base class.
#include <soci/soci.h>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace erp {

using soci::into;
using soci::use;

class Outcome {
 public:
  static Outcome ok() { return Outcome(true, {}); }
  static Outcome fail(std::string why) { return Outcome(false, std::move(why)); }
  bool isOk() const { return ok_; }
  const std::string& why() const { return why_; }
 private:
  Outcome(bool ok, std::string why) : ok_(ok), why_(std::move(why)) {}
  bool ok_;
  std::string why_;
};

class ScopeExit {
 public:
  explicit ScopeExit(std::function<void()> f) : f_(std::move(f)) {}
  ~ScopeExit() { if (f_) f_(); }
  ScopeExit(const ScopeExit&) = delete;
  void dismiss() { f_ = nullptr; }
 private:
  std::function<void()> f_;
};

class UnitOfWork {
 public:
  explicit UnitOfWork(soci::session& sql) : sql_(sql) { sql_.begin(); }
  UnitOfWork(const UnitOfWork&) = delete;
  UnitOfWork& operator=(const UnitOfWork&) = delete;
  virtual ~UnitOfWork() {
    if (done_) return;
    try { sql_.rollback(); } catch (const std::exception& e) { std::cerr << e.what() << '\n'; }
  }
  void complete() {
    sql_.commit();
    done_ = true;
  }
  soci::session& sql() { return sql_; }
 protected:
  soci::session& sql_;
  bool done_ = false;
};

class OrderService {
 public:
  explicit OrderService(soci::connection_pool& pool) : pool_(pool) {}
  Outcome place(int customer, int article, int qty);
  Outcome cancel(int order);
  Outcome ship(int order);
  void repost(soci::session& sql, int order);
  bool tryReserve(soci::session& sql, int article, int qty);
  void splitOrder(int order, int newOrder);
  std::optional<int> customerOf(int order);
  void markAll(const std::vector<int>& orders);
  void importPrices(soci::session& sql, const std::map<int, double>& prices);
  void importPricesStrict(soci::session& sql, const std::map<int, double>& prices);
  void recalcAsync(int order);
  void recalcParallel(const std::vector<int>& orders);
  void monthEnd(soci::session& sql);
  void transferStock(soci::session& sql, int from, int to, int qty);
  int nextNumber(soci::session& sql);
  void auditOnly(soci::session& sql, int order);
  std::unique_ptr<soci::session> reportSession(const std::string& dsn);
  int rebuild(const std::string& dsn);
  bool verify(const std::string& dsn);
 private:
  soci::connection_pool& pool_;
};

Outcome OrderService::place(int customer, int article, int qty) {
  soci::session sql(pool_);
  UnitOfWork uow(sql);
  int stock = 0;
  sql << "SELECT stock FROM article WHERE id = :a FOR UPDATE", into(stock), use(article);
  if (!sql.got_data()) return Outcome::fail("no such article");     // undone by ~UnitOfWork
  if (stock < qty) return Outcome::fail("sold out");
  sql << "UPDATE article SET stock = stock - :q WHERE id = :a", use(qty), use(article);
  sql << "INSERT INTO orders(customer, article, qty) VALUES(:c, :a, :q)", use(customer), use(article), use(qty);
  uow.complete();
  return Outcome::ok();
}

Outcome OrderService::cancel(int order) {
  soci::session sql(pool_);
  UnitOfWork uow(sql);  // expect: session-unfinished-transaction
  soci::statement st = (sql.prepare << "UPDATE orders SET state = 'X' WHERE id = :o", use(order));
  st.execute(true);
  if (st.get_affected_rows() == 0) return Outcome::fail("unknown order");
  sql << "INSERT INTO order_log(id, what) VALUES(:o, 'cancel')", use(order);
  return Outcome::ok();
}

Outcome OrderService::ship(int order) {
  soci::session sql(pool_);
  sql.begin();  // expect: session-unfinished-transaction
  try {
    std::string state;
    sql << "SELECT state FROM orders WHERE id = :o FOR UPDATE", into(state), use(order);
    if (!sql.got_data() || state != "packed") return Outcome::fail("not packed");
    sql << "UPDATE orders SET state = 'shipped' WHERE id = :o", use(order);
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
  return Outcome::ok();
}

void OrderService::repost(soci::session& sql, int order) {
  sql.begin();
  ScopeExit undo([&sql] {
    try { sql.rollback(); } catch (const soci::soci_error& e) { std::cerr << e.what(); }
  });
  sql << "DELETE FROM posting WHERE order_id = :o", use(order);
  sql << "INSERT INTO posting SELECT * FROM posting_draft WHERE order_id = :o", use(order);
  sql.commit();
  undo.dismiss();
}

bool OrderService::tryReserve(soci::session& sql, int article, int qty) {
  sql.begin();
  try {
    sql << "UPDATE article SET reserved = reserved + :q WHERE id = :a", use(qty), use(article);
    sql << "INSERT INTO reservation(article, qty) VALUES(:a, :q)", use(article), use(qty);
    sql.commit();
    return true;
  } catch (const soci::soci_error& e) {  // expect: session-missing-rollback
    std::cerr << "reserve: " << e.what() << '\n';
    return false;
  }
}

void OrderService::splitOrder(int order, int newOrder) {
  soci::session sql(pool_);
  sql.begin();
  std::exception_ptr failure;
  try {
    sql << "INSERT INTO orders SELECT :n, customer, article, qty / 2 FROM orders WHERE id = :o", use(newOrder), use(order);
    sql << "UPDATE orders SET qty = qty - qty / 2 WHERE id = :o", use(order);
    sql.commit();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    sql.rollback();
    std::rethrow_exception(failure);
  }
}

std::optional<int> OrderService::customerOf(int order) {
  soci::session sql(pool_);
  int customer = 0;
  soci::indicator ind = soci::i_null;
  sql << "SELECT customer FROM orders WHERE id = :o", into(customer, ind), use(order);
  if (!sql.got_data() || ind != soci::i_ok) return std::nullopt;
  return customer;
}

void OrderService::markAll(const std::vector<int>& orders) {
  soci::session sql(pool_);
  int id = 0;
  soci::transaction tr(sql);
  soci::statement st = (sql.prepare << "UPDATE orders SET marked = 1 WHERE id = :o", use(id));
  for (int o : orders) {
    id = o;
    st.execute(true);
  }
  if (orders.empty())
    tr.rollback();
  else
    tr.commit();
}

void OrderService::importPrices(soci::session& sql, const std::map<int, double>& prices) {
  soci::transaction tr(sql);
  for (const auto& [article, price] : prices) {
    try {
      sql << "INSERT INTO price_log(article, price) VALUES(:a, :p)", use(article), use(price);
      sql << "UPDATE article SET price = :p WHERE id = :a", use(price), use(article);
    } catch (const soci::soci_error& e) {  // expect: session-swallow-and-commit
      std::cerr << "article " << article << ": " << e.what() << '\n';
    }
  }
  tr.commit();
}

void OrderService::importPricesStrict(soci::session& sql, const std::map<int, double>& prices) {
  soci::transaction tr(sql);
  std::string bad;
  for (const auto& [article, price] : prices) {
    try {
      sql << "UPDATE article SET price = :p WHERE id = :a", use(price), use(article);
    } catch (const soci::soci_error& e) {
      bad = e.what();
      break;
    }
  }
  if (!bad.empty()) {
    tr.rollback();
    throw std::runtime_error(bad);
  }
  tr.commit();
}

void OrderService::recalcAsync(int order) {
  auto sql = std::make_unique<soci::session>(pool_);
  *sql << "UPDATE orders SET dirty = 1 WHERE id = :o", use(order);
  std::thread([s = std::move(sql), order] {        // the lease moves with the work
    try {
      soci::transaction tr(*s);
      *s << "UPDATE orders SET total = qty * 2, dirty = 0 WHERE id = :o", use(order);
      tr.commit();
    } catch (const std::exception& e) {
      std::cerr << e.what() << '\n';
    }
  }).detach();
}

void OrderService::recalcParallel(const std::vector<int>& orders) {
  soci::session sql(pool_);
  std::vector<std::thread> workers;
  for (int order : orders)
    workers.emplace_back([&sql, order] {  // expect: session-shared-across-threads
      sql << "UPDATE orders SET total = qty * 2 WHERE id = :o", use(order);
    });
  int n = 0;
  sql << "SELECT COUNT(*) FROM orders", into(n);
  for (auto& w : workers) w.join();
}

void OrderService::monthEnd(soci::session& sql) {
  {
    UnitOfWork post(sql);
    sql << "INSERT INTO ledger SELECT * FROM posting";
    post.complete();
  }
  {
    UnitOfWork clear(sql);
    sql << "DELETE FROM posting";
    clear.complete();  // expect: session-multiple-commits
  }
}

static void logMove(soci::session& sql, int article, int qty) {
  soci::transaction tr(sql);
  sql << "INSERT INTO move(article, qty) VALUES(:a, :q)", use(article), use(qty);
  tr.commit();
}

void OrderService::transferStock(soci::session& sql, int from, int to, int qty) {
  soci::transaction tr(sql);
  sql << "UPDATE article SET stock = stock - :q WHERE id = :a", use(qty), use(from);
  sql << "UPDATE article SET stock = stock + :q WHERE id = :a", use(qty), use(to);
  logMove(sql, from, -qty);  // expect: session-nested-begin
  tr.commit();
}

int OrderService::nextNumber(soci::session& sql) {
  int n = 0;
  for (int attempt = 0; attempt < 3; ++attempt) {
    soci::transaction tr(sql);
    sql << "SELECT last FROM counter WHERE name = 'order' FOR UPDATE", into(n);
    if (!sql.got_data()) {
      sql << "INSERT INTO counter(name, last) VALUES('order', 0)";
      tr.commit();
      continue;
    }
    sql << "UPDATE counter SET last = last + 1 WHERE name = 'order'";
    tr.commit();
    return n + 1;
  }
  throw std::runtime_error("counter");
}

void OrderService::auditOnly(soci::session& sql, int order) {
  soci::transaction{sql};  // expect: session-temporary-guard
  sql << "INSERT INTO audit(order_id) VALUES(:o)", use(order);
}

std::unique_ptr<soci::session> OrderService::reportSession(const std::string& dsn) {
  auto s = std::make_unique<soci::session>();
  s->open(dsn);
  *s << "SET TRANSACTION READ ONLY";
  return s;
}

int OrderService::rebuild(const std::string& dsn) {
  soci::session* sql = new soci::session(dsn);  // expect: session-leak
  int rows = 0;
  *sql << "SELECT COUNT(*) FROM posting", into(rows);
  if (rows > 0)
    *sql << "DELETE FROM posting";
  delete sql;
  return rows;
}

bool OrderService::verify(const std::string& dsn) {
  soci::session* sql = new soci::session(dsn);  // expect: session-raw-construction
  bool good = false;
  try {
    int bad = 0;
    *sql << "SELECT COUNT(*) FROM posting WHERE amount IS NULL", into(bad);
    good = bad == 0;
  } catch (...) {
    delete sql;
    throw;
  }
  delete sql;
  return good;
}

}  // namespace erp
