#include <any>
#include <condition_variable>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

// ---- drv/driver.h ----
namespace drv {
struct Link;
struct Cursor;
Link* connect(const char* dsn) noexcept;
void disconnect(Link* l) noexcept;
bool exec(Link* l, const char* sql) noexcept;
bool begin(Link* l) noexcept;
bool commit(Link* l) noexcept;
bool rollback(Link* l) noexcept;
bool in_transaction(const Link* l) noexcept;
const char* last_error(const Link* l) noexcept;
Cursor* open_cursor(Link* l, const char* sql) noexcept;
bool fetch(Cursor* c) noexcept;
const char* column(Cursor* c, int i) noexcept;
void close_cursor(Cursor* c) noexcept;
}  // namespace drv
// ---- end of driver.h ----

namespace estate {

struct LedgerError : std::runtime_error { using std::runtime_error::runtime_error; };

void journal(const std::string& s) noexcept;

template <class T>
class Result {
public:
  Result(T v) : v_(std::move(v)) {}
  Result(LedgerError e) : v_(std::move(e)) {}
  explicit operator bool() const noexcept { return v_.index() == 0; }
  T& value() & { return std::get<0>(v_); }
  T&& value() && { return std::get<0>(std::move(v_)); }
  const LedgerError& error() const { return std::get<1>(v_); }

private:
  std::variant<T, LedgerError> v_;
};

class Ledger {
public:
  explicit Ledger(const std::string& dsn) : l_(drv::connect(dsn.c_str())) {
    if (!l_) throw LedgerError("no connection to " + dsn);
  }
  void post(const std::string& sql) {
    if (!drv::exec(l_.get(), sql.c_str())) throw LedgerError(drv::last_error(l_.get()));
  }
  bool tryPost(const std::string& sql) noexcept { return drv::exec(l_.get(), sql.c_str()); }
  drv::Link* link() const noexcept { return l_.get(); }

private:
  struct Off { void operator()(drv::Link* l) const noexcept { drv::disconnect(l); } };
  std::unique_ptr<drv::Link, Off> l_;
};

class Deed {
public:
  explicit Deed(Ledger& l) : l_(&l) {
    if (!drv::begin(l.link())) throw LedgerError(drv::last_error(l.link()));
  }
  Deed(Deed&& o) noexcept : l_(std::exchange(o.l_, nullptr)) {}
  Deed(const Deed&) = delete;
  ~Deed() { if (l_) drv::rollback(l_->link()); }
  void sign() {
    if (!l_) throw LedgerError("deed is not open");
    if (!drv::commit(l_->link())) throw LedgerError(drv::last_error(l_->link()));
    l_ = nullptr;
  }
  void shred() noexcept {
    if (l_) drv::rollback(std::exchange(l_, nullptr)->link());
  }

private:
  Ledger* l_;
};

class Scan {
public:
  Scan(Ledger& l, const std::string& sql) : c_(drv::open_cursor(l.link(), sql.c_str())) {
    if (!c_) throw LedgerError(drv::last_error(l.link()));
  }
  bool next() noexcept { return drv::fetch(c_.get()); }
  const char* text(int i) const noexcept { return drv::column(c_.get(), i); }

private:
  struct Shut { void operator()(drv::Cursor* c) const noexcept { drv::close_cursor(c); } };
  std::unique_ptr<drv::Cursor, Shut> c_;
};

class AnyLedger {
public:
  template <class L>
  explicit AnyLedger(L l) : self_(std::make_unique<Model<L>>(std::move(l))) {}
  void post(const std::string& sql) { self_->post(sql); }
  Ledger& base() noexcept { return self_->base(); }

private:
  struct Concept {
    virtual ~Concept() = default;
    virtual void post(const std::string&) = 0;
    virtual Ledger& base() noexcept = 0;
  };
  template <class L>
  struct Model final : Concept {
    explicit Model(L l) : l_(std::move(l)) {}
    void post(const std::string& s) override { l_.post(s); }
    Ledger& base() noexcept override { return l_; }
    L l_;
  };
  std::unique_ptr<Concept> self_;
};

Ledger& houseLedger() {
  thread_local Ledger l("estate://house");
  return l;
}

class Crew {
public:
  explicit Crew(unsigned n) {
    for (unsigned i = 0; i < n; ++i) threads_.emplace_back([this] { loop(); });
  }
  Crew(const Crew&) = delete;
  ~Crew() {
    {
      std::lock_guard g(m_);
      stop_ = true;
    }
    cv_.notify_all();
    for (auto& t : threads_) t.join();
  }
  void submit(std::function<void()> f) {
    {
      std::lock_guard g(m_);
      q_.push(std::move(f));
    }
    cv_.notify_one();
  }

private:
  void loop() {
    for (;;) {
      std::unique_lock l(m_);
      cv_.wait(l, [this] { return stop_ || !q_.empty(); });
      if (q_.empty()) return;
      auto f = std::move(q_.front());
      q_.pop();
      l.unlock();
      try { f(); } catch (const std::exception& e) { journal(e.what()); }
    }
  }
  std::mutex m_;
  std::condition_variable cv_;
  bool stop_ = false;
  std::queue<std::function<void()>> q_;
  std::vector<std::thread> threads_;
};

std::string id(int n) { return std::to_string(n); }

Result<Ledger> openLedger(const std::string& dsn) {
  try {
    Ledger l(dsn);
    l.post("SET lock_timeout = 500");
    return l;
  } catch (const LedgerError& e) {
    journal(e.what());
    return e;
  }
}

bool registerFlat(const std::string& dsn, int flat, int owner) {
  auto r = openLedger(dsn);
  if (!r) return false;
  Ledger& l = r.value();
  Deed d(l);
  l.post("INSERT INTO flat VALUES (" + id(flat) + ")");
  l.post("INSERT INTO owner_of VALUES (" + id(owner) + "," + id(flat) + ")");
  d.sign();
  return true;
}

void sellFlat(AnyLedger& book, int flat, int buyer) {
  Deed d(book.base());
  book.post("UPDATE owner_of SET owner = " + id(buyer) + " WHERE flat = " + id(flat));
  if (buyer == 0) {
    journal("sale without a buyer");
    return;
  }
  book.post("INSERT INTO sale VALUES (" + id(flat) + "," + id(buyer) + ")");
  d.sign();
}

AnyLedger archiveBook(const std::string& dsn) {
  Ledger l(dsn);
  l.post("SET search_path = archive");
  return AnyLedger(std::move(l));
}

drv::Link* linkOf(const std::string& dsn) {
  Ledger l(dsn);
  l.post("SET role = clerk");
  return l.link();  // expect: session-use-after-scope
}

void evict(Ledger& l, int flat) {
  Deed d(l);
  l.post("DELETE FROM tenant WHERE flat = " + id(flat));
  houseLedger().post("UPDATE flat SET empty = 1 WHERE id = " + id(flat));
  d.sign();
}

void raiseRents(int percent) {
  Ledger own("estate://house");
  Deed d(own);
  own.post("UPDATE lease SET rent = rent * (100 + " + id(percent) + ") / 100");
  houseLedger().post("INSERT INTO rent_history SELECT flat, rent FROM lease");  //  // waits: session-transaction-bypass
  own.post("UPDATE flat SET raised = 1");
  d.sign();
}

int tenants(int flat) {
  Scan s(houseLedger(), "SELECT name FROM tenant WHERE flat = " + id(flat));
  int n = 0;
  while (s.next()) ++n;
  return n;
}

const char* firstTenant(int flat) {
  const char* name = nullptr;
  {
    Scan s(houseLedger(), "SELECT name FROM tenant WHERE flat = " + id(flat));
    if (s.next()) name = s.text(0);
  }
  if (name && *name) return name;  // expect: session-use-after-scope
  return "vacant";
}

std::optional<std::string> lastTenant(Ledger& l, int flat) {
  std::optional<std::string> out;
  Scan s(l, "SELECT name FROM tenant_log WHERE flat = " + id(flat));
  while (s.next()) out = s.text(0);
  return out;
}

bool pingDriver(const char* dsn) noexcept {
  drv::Link* l = drv::connect(dsn);  // expect: session-raw-construction
  if (!l) return false;
  const bool ok = drv::exec(l, "SELECT 1");
  drv::disconnect(l);
  return ok;
}

bool cleanDriver(const char* dsn, int days) {
  drv::Link* l = drv::connect(dsn);  // expect: session-leak
  if (!l) return false;
  if (days <= 0) throw std::invalid_argument("days");
  const bool ok = drv::exec(l, ("DELETE FROM visit WHERE age > " + id(days)).c_str());
  drv::disconnect(l);
  return ok;
}

bool rebuildIndex(drv::Link* l) noexcept {
  const bool outer = drv::in_transaction(l);
  if (!outer && !drv::begin(l)) return false;
  bool ok = drv::exec(l, "DELETE FROM flat_index");
  ok = ok && drv::exec(l, "INSERT INTO flat_index SELECT id FROM flat");
  if (outer) return ok;
  if (ok && drv::commit(l)) return true;
  drv::rollback(l);
  return false;
}

bool dropIndex(drv::Link* l, bool keepStats) noexcept {
  if (!drv::begin(l)) return false;
  bool ok = drv::exec(l, "DELETE FROM flat_index");
  if (!ok) drv::rollback(l);
  if (!keepStats) ok = drv::exec(l, "DELETE FROM flat_stats") && ok;
  if (!ok) {
    drv::rollback(l);  // expect: session-double-end
    return false;
  }
  return drv::commit(l) || (drv::rollback(l), false);
}

class UnitRunner {
public:
  using Step = std::function<void(Ledger&)>;
  explicit UnitRunner(Ledger& l) : l_(l) {}
  UnitRunner& then(Step s) { steps_.push_back(std::move(s)); return *this; }

  void operator()() {
    Deed d(l_);
    for (auto& s : steps_) s(l_);
    d.sign();
    steps_.clear();
  }

  bool tolerant() {
    for (auto& s : steps_) {
      try {
        Deed d(l_);
        s(l_);
        d.sign();
      } catch (const LedgerError& e) {
        journal(e.what());
        return false;
      }
    }
    return true;
  }

  bool lenient() {
    bool clean = true;
    Deed d(l_);
    for (auto& s : steps_) {
      try {
        s(l_);
      } catch (...) {  //  // waits: session-swallow-and-commit
        journal("a step failed");
        clean = false;
      }
    }
    d.sign();
    return clean;
  }

private:
  Ledger& l_;
  std::vector<Step> steps_;
};

void movein(Ledger& l, int flat, const std::string& who) {
  UnitRunner run(l);
  run.then([&](Ledger& s) { s.post("INSERT INTO tenant VALUES ('" + who + "'," + id(flat) + ")"); })
      .then([&](Ledger& s) { s.post("UPDATE flat SET empty = 0 WHERE id = " + id(flat)); });
  run();
}

void moveout(Ledger& l, int flat) {
  drv::begin(l.link());  // expect: session-missing-rollback
  l.post("DELETE FROM tenant WHERE flat = " + id(flat));
  l.post("UPDATE flat SET empty = 1 WHERE id = " + id(flat));
  drv::commit(l.link());
}

void nightly(Crew& crew, const std::vector<int>& houses) {
  for (int h : houses)
    crew.submit([h] {
      Ledger& l = houseLedger();
      Deed d(l);
      l.post("UPDATE house SET closed = 1 WHERE id = " + id(h));
      l.post("INSERT INTO night_log VALUES (" + id(h) + ")");
      d.sign();
    });
}

void inspection(Crew& crew, int house) {
  Ledger& mine = houseLedger();
  mine.post("UPDATE house SET inspected = 1 WHERE id = " + id(house));
  crew.submit([&mine, house] {  //  // waits: session-shared-across-threads
    mine.post("INSERT INTO inspection VALUES (" + id(house) + ")");
  });
  mine.post("INSERT INTO house_log VALUES (" + id(house) + ")");
}

int auditHouse(const std::string& dsn, int house) {
  std::promise<int> found;
  auto fut = found.get_future();
  std::jthread t([dsn, house, p = std::move(found)]() mutable {
    try {
      Ledger l(dsn);
      Scan s(l, "SELECT id FROM flat WHERE house = " + id(house));
      int n = 0;
      while (s.next()) ++n;
      p.set_value(n);
    } catch (...) {
      p.set_exception(std::current_exception());
    }
  });
  return fut.get();
}

class DsnCache {
public:
  std::shared_ptr<Ledger> get(const std::string& dsn) {
    std::lock_guard g(m_);
    auto& w = known_[dsn];
    auto s = w.lock();
    if (!s) w = s = std::make_shared<Ledger>(dsn);
    return s;
  }

private:
  std::mutex m_;
  std::map<std::string, std::weak_ptr<Ledger>> known_;
};

void renameStreet(DsnCache& cache, const std::string& dsn, int street, const std::string& name) {
  auto keep = cache.get(dsn);
  Ledger& l = *keep;
  Deed d(l);
  l.post("UPDATE street SET name = '" + name + "' WHERE id = " + id(street));
  d.sign();
}

std::unique_ptr<Ledger> freshLedger(const std::string& dsn, bool quick) {
  auto l = std::make_unique<Ledger>(dsn);
  if (quick && !l->tryPost("SET synchronous_commit = off")) journal("slow commits on " + dsn);
  return l;
}

Ledger& streetLedger(int street) {
  if (street < 0) throw LedgerError("no such street");
  if (street == 0) return houseLedger();
  const std::string dsn = "estate://street/" + id(street);
  return *freshLedger(dsn, true);  //  // waits: session-use-after-scope
}

void paveStreet(const std::string& dsn, int street) {
  freshLedger(dsn, false)->post("ANALYZE street");
  auto l = freshLedger(dsn, true);
  Deed d(*l);
  l->post("INSERT INTO work VALUES (" + id(street) + ", 'paved')");
  l->post("UPDATE budget SET spent = spent + 1");
  d.sign();
}

void mergeStreets(DsnCache& cache, const std::string& dsn, int a, int b) {
  const auto l = cache.get(dsn);
  Deed d(*l);
  l->post("UPDATE house SET street = " + id(a) + " WHERE street = " + id(b));
  l->post("DELETE FROM street WHERE id = " + id(b));
  d.sign();
}

Deed openCase(Ledger& l, int no) {
  Deed d(l);
  l.post("INSERT INTO court_case VALUES (" + id(no) + ")");
  return d;
}

void settleCase(Ledger& l, int no, bool won) {
  Deed d = openCase(l, no);
  if (won) {
    l.post("UPDATE court_case SET won = 1 WHERE no = " + id(no));
    d.sign();
  } else {
    d.shred();
  }
  journal("case " + id(no));
}

void appealCase(Ledger& l, int no) {
  Deed{l};  // expect: session-temporary-guard
  l.post("UPDATE court_case SET appealed = 1 WHERE no = " + id(no));
  l.post("INSERT INTO appeal VALUES (" + id(no) + ")");
}

}  // namespace estate
