// Sample tracking of a laboratory: builders, scope guards and CRTP handlers.
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core {

template <class F> class ScopeExit {
public:
  explicit ScopeExit(F f) : f_(std::move(f)) {}
  ScopeExit(const ScopeExit&) = delete;
  ~ScopeExit() {
    if (armed_)
      f_();
  }
  void dismiss() noexcept { armed_ = false; }

private:
  F f_;
  bool armed_ = true;
};

template <class F> ScopeExit<F> on_exit(F f) { return ScopeExit<F>(std::move(f)); }

class SqlError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class Session;

class Transaction {
public:
  explicit Transaction(Session& s);
  Transaction(Transaction&&) noexcept;
  Transaction(const Transaction&) = delete;
  ~Transaction();
  void commit();
  void rollback() noexcept;
};

enum class Isolation { committed, repeatable, serializable };

class TxBuilder {
public:
  TxBuilder& isolation(Isolation i) noexcept;
  TxBuilder& timeout_ms(int ms) noexcept;
  TxBuilder& read_only() noexcept;
  Transaction start();
};

class Statement {
public:
  Statement(Statement&&) noexcept;
  ~Statement();
  Statement& bind(long v);
  Statement& bind(std::string_view v);
  long run();
  bool step();
  long column(int i) const;
};

class Insert {
public:
  Insert& set(std::string_view column, long v);
  Insert& set(std::string_view column, std::string_view v);
  long run();
};

class Session {
public:
  explicit Session(const std::string& dsn);
  Session(const Session&) = delete;
  ~Session();
  TxBuilder tx() noexcept;
  Insert into(std::string_view table);
  Statement prepare(std::string_view sql);
  long exec(std::string_view sql, long a = 0, long b = 0);
  void begin();
  void commit();
  void rollback() noexcept;
  bool alive() noexcept;
  int server_version() noexcept;
};

class Lease {
public:
  Lease(Lease&&) noexcept;
  ~Lease();
  Session& operator*() const noexcept;
  Session* operator->() const noexcept;
};

class Pool {
public:
  Lease lease();
  bool lend(Session** out);
  void put_back(Session* s) noexcept;
};

}  // namespace core

namespace lab {

using core::Isolation;
using core::Lease;
using core::on_exit;
using core::Pool;
using core::Session;
using core::SqlError;
using core::Statement;
using core::Transaction;

void journal(std::string_view what) noexcept;

struct Sample {
  long id = 0;
  long rack = 0;
  std::string donor;
};

void receive(Session& s, const std::vector<Sample>& batch) {
  s.begin();
  auto undo = on_exit([&s] { s.rollback(); });
  for (const Sample& x : batch) {
    if (x.donor.empty())
      throw SqlError("sample without donor");
    s.into("sample").set("id", x.id).set("rack", x.rack).set("donor", x.donor).run();
  }
  s.exec("UPDATE rack SET used = (SELECT count(*) FROM sample WHERE rack = rack.id)");
  s.commit();
  undo.dismiss();
}

long freeze(Session& s, long rack) {
  auto tx = s.tx().isolation(Isolation::serializable).timeout_ms(2000).start();
  long n = s.exec("UPDATE sample SET frozen = 1 WHERE rack = ?", rack);
  if (n == 0)
    return 0;
  s.into("freeze_log").set("rack", rack).set("n", n).run();
  tx.commit();
  return n;
}

long thaw(Session& s, long rack, bool urgent) {
  s.tx().isolation(Isolation::repeatable).timeout_ms(urgent ? 100 : 2000).start();  // expect: session-temporary-guard
  long n = s.exec("UPDATE sample SET frozen = 0 WHERE rack = ?", rack);
  if (n > 0)
    s.into("thaw_log").set("rack", rack).set("n", n).run();
  journal("thawed " + std::to_string(n));
  return n;
}

std::vector<long> frozen_in(Session& s, long rack) {
  auto tx = s.tx().read_only().isolation(Isolation::repeatable).start();
  std::vector<long> ids;
  Statement st = s.prepare("SELECT id FROM sample WHERE frozen = 1 AND rack = ?");
  st.bind(rack);
  while (st.step())
    ids.push_back(st.column(0));
  return ids;
}

template <class Derived> class Handler {
public:
  bool handle(Session& s, long id) {
    Transaction tx(s);
    if (!self().accepts(s, id))
      return false;
    self().apply(s, id);
    tx.commit();
    self().after(id);
    return true;
  }
  void after(long) noexcept {}

private:
  Derived& self() noexcept { return static_cast<Derived&>(*this); }
};

class Discard : public Handler<Discard> {
public:
  bool accepts(Session& s, long id) { return s.exec("SELECT locked FROM sample WHERE id = ?", id) == 0; }
  void apply(Session& s, long id) {
    s.exec("DELETE FROM aliquot WHERE sample = ?", id);
    s.exec("DELETE FROM sample WHERE id = ?", id);
  }
  void after(long id) noexcept { journal("discarded " + std::to_string(id)); }
};

template <class Derived> class Pipeline {
public:
  int run(Session& s, const std::vector<long>& ids) {
    int bad = 0;
    Transaction tx(s);
    for (long id : ids) {
      try {
        self().first(s, id);
        self().second(s, id);
      } catch (const SqlError& e) {  // expect: session-swallow-and-commit
        ++bad;
        journal(e.what());
      }
    }
    tx.commit();
    return bad;
  }

private:
  Derived& self() noexcept { return static_cast<Derived&>(*this); }
};

class Aliquoting : public Pipeline<Aliquoting> {
public:
  void first(Session& s, long id) { s.exec("UPDATE sample SET volume = volume - 50 WHERE id = ?", id); }
  void second(Session& s, long id) { s.into("aliquot").set("sample", id).set("volume", 50L).run(); }
};

bool tidy(Session& s, const std::vector<long>& old, const std::vector<long>& fresh) {
  Discard discard;
  for (long id : old) {
    if (!discard.handle(s, id))
      journal("kept " + std::to_string(id));
  }
  Aliquoting cut;
  return cut.run(s, fresh) == 0;
}

long rack_load(Pool& pool, long rack) {
  Session* s = nullptr;
  if (!pool.lend(&s))
    return -1;
  auto back = on_exit([&] { pool.put_back(s); });
  long n = s->exec("SELECT count(*) FROM sample WHERE rack = ?", rack);
  if (n > 96)
    journal("rack is overfull");
  return n;
}

long rack_volume(Pool& pool, long rack, bool quick) {
  Session* s = nullptr;
  if (!pool.lend(&s))  // waits: session-leak
    return -1;
  auto back = on_exit([&] { pool.put_back(s); });
  long v = s->exec("SELECT volume FROM rack_sum WHERE rack = ?", rack);
  if (quick) {
    back.dismiss();
    return v;
  }
  v = s->exec("SELECT sum(volume) FROM sample WHERE rack = ?", rack);
  return v;
}

bool lend_ready(Pool& pool, Session*& out) {
  Session* s = nullptr;
  if (!pool.lend(&s))
    return false;
  auto back = on_exit([&] { pool.put_back(s); });
  if (!s->alive())
    return false;
  s->exec("SET application = 'lab'");
  back.dismiss();
  out = s;
  return true;
}

Statement pending(Pool& pool, long rack) {
  Lease l = pool.lease();
  Statement st = l->prepare("SELECT id FROM sample WHERE state = 'pending' AND rack = ?");
  st.bind(rack);
  return st;  // expect: session-use-after-scope
}

Statement pending_on(Session& s, long rack, bool frozen) {
  Statement st = s.prepare(frozen ? "SELECT id FROM sample WHERE frozen = 1 AND rack = ?"
                                  : "SELECT id FROM sample WHERE frozen = 0 AND rack = ?");
  st.bind(rack);
  return st;
}

void assign(Pool& pool, long sample, long analyst) {
  pool.lease()->exec("UPDATE sample SET analyst = ? WHERE id = ?", analyst, sample);
  journal("assigned " + std::to_string(sample));
  pool.lease()->exec("UPDATE analyst SET load = load + 1 WHERE id = ?", analyst);  // expect: session-split-unit-of-work
}

long free_racks(Pool& pool) {
  long all = pool.lease()->exec("SELECT count(*) FROM rack");
  long used = pool.lease()->exec("SELECT count(DISTINCT rack) FROM sample");
  return all - used;
}

bool approve(Session& s, long result, long by) {
  Transaction tx(s);
  auto finish = [&](std::string_view what) {
    s.into("audit").set("what", what).set("who", by).run();
    tx.commit();
  };
  long n = s.exec("UPDATE result SET approved_by = ? WHERE id = ?", by, result);
  if (n == 1)
    finish("approve");
  else
    s.into("missing").set("id", result).run();
  tx.commit();  // expect: session-double-end
  return n == 1;
}

bool disprove(Session& s, long result, long by) {
  Transaction tx(s);
  auto give_up = [&tx](std::string_view why) {
    tx.rollback();
    journal(why);
    return false;
  };
  long n = s.exec("UPDATE result SET approved_by = NULL WHERE id = ?", result);
  if (n != 1)
    return give_up("no such result");
  if (s.exec("SELECT released FROM result WHERE id = ?", result) != 0)
    return give_up("already released");
  s.into("audit").set("what", "disprove").set("who", by).run();
  tx.commit();
  return true;
}

void relabel(Session& s, long from, long to, bool with_aliquots) {
  Transaction tx(s);
  s.exec("UPDATE sample SET id = ? WHERE id = ?", to, from);
  if (with_aliquots) {
    s.begin();  // expect: session-nested-begin
    s.exec("UPDATE aliquot SET sample = ? WHERE sample = ?", to, from);
  }
  s.exec("UPDATE result SET sample = ? WHERE sample = ?", to, from);
  tx.commit();
}

int probe_version(const std::string& dsn) {
  Session* s = new Session(dsn);  // expect: session-raw-construction
  int v = -1;
  if (s->alive())
    v = s->server_version();
  if (v < 12)
    journal("old server");
  delete s;
  return v;
}

std::shared_ptr<Session> shared_session(const std::string& dsn) {
  static std::weak_ptr<Session> cached;
  if (auto s = cached.lock(); s && s->alive())
    return s;
  std::shared_ptr<Session> fresh(new Session(dsn), [](Session* p) {
    journal("session closed");
    delete p;
  });
  fresh->exec("SET application = 'lab'");
  cached = fresh;
  return fresh;
}

template <bool DryRun> long prune(Session& s, long days) {
  Transaction tx(s);
  long n = s.exec("DELETE FROM result WHERE age > ?", days);
  n += s.exec("DELETE FROM sample WHERE age > ? AND NOT EXISTS (SELECT 1 FROM result)", days);
  if constexpr (!DryRun)
    tx.commit();
  journal("prune: " + std::to_string(n));
  return n;
}

long prune_if_many(Session& s, long days, long threshold) {
  if (prune<true>(s, days) < threshold)
    return 0;
  return prune<false>(s, days);
}

void move_rack(Session& s, long rack, long freezer) {
  s.begin();  // expect: session-missing-rollback
  Statement st = s.prepare("UPDATE rack SET freezer = ? WHERE id = ?");
  if (st.bind(freezer).bind(rack).run() != 1) {
    s.rollback();
    return;
  }
  s.into("move").set("rack", rack).set("freezer", freezer).run();
  s.commit();
  journal("rack moved");
}

struct Workbench {
  explicit Workbench(Pool& p) : lease(p.lease()), tx(*lease) {}
  Session& db() const noexcept { return *lease; }
  void done() { tx.commit(); }

private:
  Lease lease;
  Transaction tx;
};

long centrifuge(Pool& pool, const std::vector<long>& samples, int rpm) {
  Workbench w(pool);
  long n = 0;
  for (long id : samples)
    n += w.db().exec("UPDATE sample SET spun = ? WHERE id = ?", rpm, id);
  if (n != static_cast<long>(samples.size())) {
    journal("some samples are missing");
    return 0;
  }
  w.done();
  return n;
}

}  // namespace lab
