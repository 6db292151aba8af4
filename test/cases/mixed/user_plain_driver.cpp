// A driver in a namespace of its own, whose functions have no prefix; guards on it that inherit their
// destructor, and guards that run a lambda of a method.
#include <stdexcept>
#include <string>
#include <utility>

namespace drv {
struct Link;
Link* connect(const char* dsn) noexcept;
void disconnect(Link* link) noexcept;
bool exec(Link* link, const char* sql) noexcept;
bool begin(Link* link) noexcept;
bool commit(Link* link) noexcept;
bool rollback(Link* link) noexcept;
} // namespace drv

struct DriverError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void note(const std::string& text) noexcept;

void run(drv::Link* link, const std::string& sql) {
  if (!drv::exec(link, sql.c_str())) throw DriverError(sql);
}

class Deed {
public:
  Deed(const Deed&) = delete;
  Deed& operator=(const Deed&) = delete;
  ~Deed() {
    if (link_) drv::rollback(link_);
  }
  drv::Link* link() const noexcept { return link_; }

protected:
  explicit Deed(drv::Link* link) : link_(link) {
    if (!drv::begin(link)) throw DriverError("begin");
  }
  drv::Link* link_;
};

class Sale : public Deed {
public:
  explicit Sale(drv::Link* link) : Deed(link) {}
  void sign() {
    if (!drv::commit(std::exchange(link_, nullptr))) throw DriverError("commit");
  }
  void shred() noexcept {
    if (link_) drv::rollback(std::exchange(link_, nullptr));
  }
};

// The destructor of the base class rolls back.
void sell(drv::Link* link, const std::string& flat) {
  Sale sale(link);
  run(link, "UPDATE flat SET sold = 1 WHERE id = " + flat);
  run(link, "INSERT INTO sale SELECT id FROM flat WHERE id = " + flat);
  sale.sign();
}

void sellUnless(drv::Link* link, const std::string& flat, bool reserved) {
  Sale sale(link);
  run(link, "UPDATE flat SET sold = 1 WHERE id = " + flat);
  if (reserved) sale.shred();
  if (sale.link()) sale.sign();
}

void reserve(drv::Link* link, const std::string& flat) {
  Sale sale(link); // expect: session-unfinished-transaction
  run(link, "UPDATE flat SET reserved = 1 WHERE id = " + flat);
  note("reserved " + flat);
}

void moveOut(drv::Link* link, const std::string& flat) {
  drv::begin(link); // expect: session-missing-rollback
  run(link, "DELETE FROM tenant WHERE flat = " + flat);
  drv::commit(link);
}

bool ping(const char* dsn) noexcept {
  drv::Link* link = drv::connect(dsn); // expect: session-raw-construction
  if (!link) return false;
  const bool ok = drv::exec(link, "SELECT 1");
  drv::disconnect(link);
  return ok;
}

bool clean(const char* dsn, int days) {
  drv::Link* link = drv::connect(dsn); // expect: session-leak
  if (!link) return false;
  if (days <= 0) throw std::invalid_argument("days");
  const bool ok = drv::exec(link, "DELETE FROM visit");
  drv::disconnect(link);
  return ok;
}

bool dropIndex(drv::Link* link) noexcept {
  if (!drv::begin(link)) return false;
  bool ok = drv::exec(link, "DELETE FROM flat_index");
  if (!ok) drv::rollback(link);
  ok = drv::exec(link, "DELETE FROM flat_stats") && ok;
  if (!ok) {
    drv::rollback(link); // expect: session-double-end
    return false;
  }
  return drv::commit(link) || (drv::rollback(link), false);
}

template <class Job>
class OnExit {
public:
  explicit OnExit(Job job) : job_(std::move(job)) {}
  OnExit(const OnExit&) = delete;
  OnExit& operator=(const OnExit&) = delete;
  ~OnExit() {
    if (armed_) job_();
  }
  void dismiss() noexcept { armed_ = false; }

private:
  Job job_;
  bool armed_ = true;
};

class Office {
public:
  explicit Office(drv::Link* link) : link_(link) {}

  // `this` in the lambda is the office, not the guard that runs it.
  void rebuild() {
    if (!drv::begin(link_)) throw DriverError("begin");
    OnExit undo([this] { drv::rollback(link_); });
    run(link_, "DELETE FROM flat_index");
    run(link_, "INSERT INTO flat_index SELECT id FROM flat");
    if (!drv::commit(link_)) throw DriverError("commit");
    undo.dismiss();
  }

  void rebuildUnguarded() {
    if (!drv::begin(link_)) throw DriverError("begin"); // expect: session-missing-rollback
    OnExit tell([this] { note(link_ ? "left" : "lost"); });
    run(link_, "DELETE FROM flat_index");
    if (!drv::commit(link_)) throw DriverError("commit");
  }

private:
  drv::Link* link_;
};
