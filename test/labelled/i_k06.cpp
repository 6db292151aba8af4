// Warehouse stock keeping: abstract drivers, injected sessions, repositories.
#include <algorithm>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace depot {

void report(std::string_view what) noexcept;

class DriverError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class Driver {
public:
  virtual ~Driver() = default;
  virtual void connect(const std::string& url) = 0;
  virtual void disconnect() noexcept = 0;
  virtual long execute(const std::string& sql) = 0;
};

class DriverRegistry {
public:
  virtual ~DriverRegistry() = default;
  virtual Driver* create(const std::string& kind) = 0;
};

class Session {
public:
  Session(std::unique_ptr<Driver> d, const std::string& url) : d_(std::move(d)) { d_->connect(url); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    if (open_)
      abandon();
    d_->disconnect();
  }
  void begin() {
    if (open_)
      throw DriverError("already in a transaction");
    d_->execute("BEGIN");
    open_ = true;
  }
  void commit() {
    if (!open_)
      throw DriverError("no transaction");
    d_->execute("COMMIT");
    open_ = false;
  }
  void rollback() {
    if (!open_)
      throw DriverError("no transaction");
    d_->execute("ROLLBACK");
    open_ = false;
  }
  void abandon() noexcept {
    try {
      d_->execute("ROLLBACK");
    } catch (const std::exception& e) {
      report(e.what());
    }
    open_ = false;
  }
  long exec(const std::string& sql) { return d_->execute(sql); }
  bool open() const noexcept { return open_; }

private:
  std::unique_ptr<Driver> d_;
  bool open_ = false;
};

class UnitOfWork {
public:
  explicit UnitOfWork(Session& s) : s_(s) { s_.begin(); }
  UnitOfWork(const UnitOfWork&) = delete;
  virtual ~UnitOfWork() {
    if (!done_)
      s_.abandon();
  }
  void complete() {
    s_.commit();
    done_ = true;
    for (auto& f : after_)
      f();
  }
  void after_commit(std::function<void()> f) { after_.push_back(std::move(f)); }

private:
  Session& s_;
  bool done_ = false;
  std::vector<std::function<void()>> after_;
};

class SessionFactory {
public:
  virtual ~SessionFactory() = default;
  virtual std::unique_ptr<Session> open_session() = 0;
  virtual std::unique_ptr<UnitOfWork> start(Session& s) = 0;
};

template <class Derived> class Repository {
public:
  explicit Repository(Session& s) : s_(s) {}
  long remove(long id) { return s_.exec("DELETE FROM " + self().table() + " WHERE id = " + std::to_string(id)); }
  long count() { return s_.exec("SELECT count(*) FROM " + self().table()); }

protected:
  Session& s_;

private:
  Derived& self() { return static_cast<Derived&>(*this); }
};

class Bins : public Repository<Bins> {
public:
  using Repository::Repository;
  std::string table() const { return "bin"; }
  void put(long bin, long item, long n) {
    s_.exec("INSERT INTO bin_item VALUES (" + std::to_string(bin) + "," + std::to_string(item) + "," + std::to_string(n) + ")");
  }
  long take(long bin, long item, long n) {
    long left = s_.exec("UPDATE bin_item SET n = n - " + std::to_string(n) + " WHERE bin = " + std::to_string(bin) +
                        " AND item = " + std::to_string(item));
    if (left < 0)
      throw DriverError("bin is short");
    return left;
  }
};

class Orders : public Repository<Orders> {
public:
  using Repository::Repository;
  std::string table() const { return "orders"; }
  void state(long id, const std::string& st) {
    s_.exec("UPDATE orders SET state = '" + st + "' WHERE id = " + std::to_string(id));
  }
};

class AutoUnit {
public:
  explicit AutoUnit(Session& s) : s_(s) { s_.begin(); }
  AutoUnit(const AutoUnit&) = delete;
  ~AutoUnit() noexcept(false) {
    if (s_.open())
      s_.commit();  // expect: session-commit-in-destructor
  }

private:
  Session& s_;
};

class SafeUnit {
public:
  explicit SafeUnit(Session& s) : s_(s), depth_(std::uncaught_exceptions()) { s_.begin(); }
  SafeUnit(const SafeUnit&) = delete;
  ~SafeUnit() {
    if (!s_.open())
      return;
    if (depth_ == std::uncaught_exceptions()) {
      try {
        s_.commit();
        return;
      } catch (const std::exception& e) {
        report(e.what());
      }
    }
    s_.abandon();
  }

private:
  Session& s_;
  int depth_;
};

void move_stock(Session& s, long item, long from, long to, long n) {
  UnitOfWork u(s);
  Bins bins(s);
  long left = bins.take(from, item, n);
  bins.put(to, item, n);
  if (left == 0)
    u.after_commit([from] { report("bin is empty: " + std::to_string(from)); });
  u.complete();
}

std::unique_ptr<Session> connect(DriverRegistry& reg, const std::string& kind, const std::string& url) {
  std::unique_ptr<Driver> d(reg.create(kind));
  if (!d)
    throw DriverError("no driver " + kind);
  auto s = std::make_unique<Session>(std::move(d), url);
  s->exec("SET application = 'depot'");
  return s;
}

bool probe(DriverRegistry& reg, const std::string& kind, const std::string& url) {
  Session* s = nullptr;
  try {
    s = new Session(std::unique_ptr<Driver>(reg.create(kind)), url);  // expect: session-leak
    if (s->exec("SELECT 1") != 1)
      return false;
    delete s;
    return true;
  } catch (const DriverError& e) {
    report(e.what());
  }
  return false;
}

long stock_of(SessionFactory& f, long item) {
  Bins bins(*f.open_session());  // waits: session-use-after-scope
  long n = bins.count();  /* wrong */  // expect: session-use-after-scope
  if (n == 0)
    return 0;
  return n * item;
}

long orders_open(SessionFactory& f) {
  auto s = f.open_session();
  Orders orders(*s);
  long n = orders.count();
  return n - s->exec("SELECT count(*) FROM orders WHERE state = 'closed'");
}

bool pick(SessionFactory& f, Session& s, long order, long item, long bin) {
  f.start(s);  // expect: session-temporary-guard
  Bins bins(s);
  Orders orders(s);
  bins.take(bin, item, 1);
  orders.state(order, "picked");
  return true;
}

bool pack(SessionFactory& f, Session& s, long order, long parcels) {
  auto u = f.start(s);
  Orders orders(s);
  if (parcels <= 0)
    return false;
  for (long i = 0; i < parcels; ++i)
    s.exec("INSERT INTO parcel(ord) VALUES (" + std::to_string(order) + ")");
  orders.state(order, "packed");
  u->complete();
  return true;
}

void ship(SessionFactory& f, Session& s, long order, const std::string& carrier) {
  auto unit = f.start(s);  // waits: session-unfinished-transaction
  Orders orders(s);
  if (carrier.empty())
    throw std::invalid_argument("no carrier");
  orders.state(order, "shipped");
  s.exec("UPDATE parcel SET carrier = '" + carrier + "' WHERE ord = " + std::to_string(order));
  report("shipped " + std::to_string(order));
}

class Restocker {
public:
  Restocker(Session& s, SessionFactory& f) : s_(s), f_(f), bins_(s) {}

  void restock(long item, const std::vector<std::pair<long, long>>& plan) {
    UnitOfWork u(s_);
    for (const auto& [bin, n] : plan) {
      try {
        bins_.take(0, item, n);
        bins_.put(bin, item, n);
      } catch (const DriverError& e) {  // waits: session-swallow-and-commit
        report(e.what());
      }
    }
    u.complete();
  }

  int restock_each(long item, const std::vector<std::pair<long, long>>& plan) {
    int failed = 0;
    for (const auto& [bin, n] : plan) {
      try {
        UnitOfWork u(s_);
        bins_.take(0, item, n);
        bins_.put(bin, item, n);
        u.complete();
      } catch (const DriverError& e) {
        ++failed;
        report(e.what());
      }
    }
    return failed;
  }

  void write_off(long item, long n) {
    auto local = f_.open_session();
    UnitOfWork u(*local);
    local->exec("UPDATE item SET lost = lost + " + std::to_string(n) + " WHERE id = " + std::to_string(item));
    s_.exec("DELETE FROM bin_item WHERE n <= 0 AND item = " + std::to_string(item));  // waits: session-transaction-bypass
    u.complete();
  }

  void recount(long bin) {
    s_.begin();
    try {
      s_.exec("DELETE FROM diff WHERE bin = " + std::to_string(bin));
      s_.exec("INSERT INTO diff SELECT * FROM recount(" + std::to_string(bin) + ")");
      s_.commit();
    } catch (...) {
      undo();
      throw;
    }
  }

  bool lock_bin(long bin) {
    s_.begin();
    try {
      if (s_.exec("UPDATE bin SET locked = 1 WHERE locked = 0 AND id = " + std::to_string(bin)) != 1) {
        s_.rollback();
        report("bin is locked already");
      }
      s_.commit();  // expect: session-double-end
    } catch (const std::exception& e) {
      report(e.what());
      if (s_.open())
        s_.abandon();
      return false;
    }
    return true;
  }

private:
  void undo() noexcept {
    if (s_.open())
      s_.abandon();
  }

  Session& s_;
  SessionFactory& f_;
  Bins bins_;
};

bool close_order(Session& s, long order) {
  bool outer = s.open();
  if (!outer)
    s.begin();
  try {
    Orders(s).state(order, "closed");
    s.exec("DELETE FROM parcel WHERE ord = " + std::to_string(order));
    if (!outer)
      s.commit();
  } catch (...) {
    if (!outer)
      s.abandon();
    throw;
  }
  return true;
}

void split_order(Session& s, long order, long half) {
  UnitOfWork first(s);
  s.exec("INSERT INTO orders(id, parent) VALUES (" + std::to_string(half) + "," + std::to_string(order) + ")");
  first.complete();
  UnitOfWork second(s);
  s.exec("UPDATE order_line SET ord = " + std::to_string(half) + " WHERE late = 1 AND ord = " + std::to_string(order));
  second.complete();  // expect: session-multiple-commits
}

struct TxVisitor {
  virtual ~TxVisitor() = default;
  virtual bool visit(Session& s, long id) = 0;
};

long visit_orders(Session& s, const std::vector<long>& ids, TxVisitor& v) {
  long done = 0;
  for (long id : ids) {
    UnitOfWork u(s);
    if (!v.visit(s, id))
      continue;
    u.complete();
    ++done;
  }
  return done;
}

void compare(SessionFactory& f, std::vector<std::string>& names) {
  std::vector<std::unique_ptr<Session>> all;
  for (std::size_t i = 0; i < names.size(); ++i)
    all.push_back(f.open_session());
  std::sort(names.begin(), names.end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    long n = all[i]->exec("SELECT count(*) FROM " + names[i]);
    report(names[i] + ": " + std::to_string(n));
  }
}

}  // namespace depot
