// library: soci
#include <soci/soci.h>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace ledger {

void logLine(const std::string& s) noexcept;
enum class Outcome { Ok, Conflict, Failed };
enum class Phase { Idle, Open, Done };

// 1: the state of the transaction is kept in a flag that correlates with begin
void applyRows(soci::session& sql, const std::vector<int>& rows, bool atomic) {
  if (atomic) sql.begin();
  try {
    for (int r : rows) sql << "update acc set n = n + 1 where id = :r", soci::use(r);
  } catch (...) {
    if (atomic) sql.rollback();
    throw;
  }
  if (atomic) {
    try {
      sql.commit();
    } catch (...) {
      sql.rollback();
      throw;
    }
  }
}

// 2: enum state
Outcome stepwise(soci::session& sql, int id, std::string& err) {
  Phase ph = Phase::Idle;
  try {
    sql.begin();
    ph = Phase::Open;
    sql << "insert into ev(id) values(:i)", soci::use(id);
    int n = 0;
    sql << "select count(*) from ev", soci::into(n);
    if (n > 1000) {
      sql.rollback();
      ph = Phase::Done;
      return Outcome::Conflict;
    }
    sql.commit();
    ph = Phase::Done;
    return Outcome::Ok;
  } catch (const soci::soci_error& e) {
    err = e.what();
  }
  if (ph == Phase::Open) sql.rollback();
  return Outcome::Failed;
}

// 3: optional guard, engaged on demand only
int mergeAll(soci::session& sql, const std::vector<int>& ids, bool dry) {
  std::optional<soci::transaction> tr;
  int changed = 0;
  for (int id : ids) {
    int hit = 0;
    sql << "select count(*) from doc where id = :i and dirty = 1", soci::into(hit), soci::use(id);
    if (hit == 0) continue;
    if (!tr) tr.emplace(sql);
    sql << "update doc set dirty = 0 where id = :i", soci::use(id);
    ++changed;
  }
  if (!tr) return 0;
  if (dry) {
    tr->rollback();
    return changed;
  }
  tr->commit();
  return changed;
}

// 4: own session only when none was given
int retention(soci::connection_pool& pool, soci::session* given) {
  std::unique_ptr<soci::session> own;
  if (!given) {
    own = std::make_unique<soci::session>(pool);
    given = own.get();
  }
  int days = 30;
  *given << "select v from setting where k = 'days'", soci::into(days);
  return days;
}

// 5: retry helper taking a callable
template <class F>
bool retrying(soci::session& sql, int tries, F body) {
  while (tries-- > 0) {
    soci::transaction tr(sql);
    try {
      body(sql);
      tr.commit();
      return true;
    } catch (const soci::soci_error& e) {
      logLine(e.what());
      if (tries == 0) throw;
    }
  }
  return false;
}

bool bump(soci::session& sql, int id) {
  return retrying(sql, 3, [&](soci::session& s) {
    s << "update doc set n = n + 1 where id = :i", soci::use(id);
    s << "insert into audit(id) values(:i)", soci::use(id);
  });
}

// 6: lease by hand with an own guard
class Lease {
public:
  explicit Lease(soci::connection_pool& p) : pool_(&p), pos_(p.lease()) {}
  Lease(Lease&& o) noexcept : pool_(std::exchange(o.pool_, nullptr)), pos_(o.pos_) {}
  Lease& operator=(Lease&&) = delete;
  ~Lease() {
    if (pool_) pool_->give_back(pos_);
  }
  soci::session& operator*() const { return pool_->at(pos_); }

private:
  soci::connection_pool* pool_;
  std::size_t pos_;
};

Lease borrow(soci::connection_pool& p) {
  Lease l(p);
  if (!(*l).is_connected()) (*l).reconnect();
  return l;
}

int countDocs(soci::connection_pool& p) {
  Lease l = borrow(p);
  int n = 0;
  *l << "select count(*) from doc", soci::into(n);
  Lease moved = std::move(l);
  int m = 0;
  *moved << "select count(*) from audit", soci::into(m);
  return n + m;
}

// 7: try_lease with a timeout, given back on both ways out
std::optional<int> quickLook(soci::connection_pool& p) {
  std::size_t pos = 0;
  if (!p.try_lease(pos, 50)) return std::nullopt;
  int n = 0;
  try {
    p.at(pos) << "select count(*) from doc", soci::into(n);
  } catch (...) {
    p.give_back(pos);
    throw;
  }
  p.give_back(pos);
  return n;
}

// 8: the same without the handler
std::optional<int> quickLookBad(soci::connection_pool& p) {
  std::size_t pos = 0;
  if (!p.try_lease(pos, 50)) return std::nullopt;  // expect: session-leak
  int n = 0;
  p.at(pos) << "select count(*) from doc", soci::into(n);
  if (n < 0) n = 0;
  p.give_back(pos);
  return n;
}

// 9: reconnect loop; the transaction of a lost connection is gone
void heartbeat(soci::session& sql, const std::atomic<bool>& stop) {
  int misses = 0;
  while (!stop) {
    try {
      soci::transaction tr(sql);
      sql << "update node set seen = now()";
      tr.commit();
      misses = 0;
    } catch (const soci::soci_error& e) {
      logLine(e.what());
      if (++misses > 3) {
        sql.reconnect();
        misses = 0;
      }
    }
  }
}

// 10: begin in one method, the end in others, destructor rolls back
class UnitOfWork {
public:
  explicit UnitOfWork(soci::session& s) : sql_(s) {}
  UnitOfWork(const UnitOfWork&) = delete;
  UnitOfWork& operator=(const UnitOfWork&) = delete;
  ~UnitOfWork() {
    if (!open_) return;
    try {
      sql_.rollback();
    } catch (const std::exception& e) {
      logLine(e.what());
    }
  }
  void start() {
    if (open_) return;
    sql_.begin();
    open_ = true;
  }
  void finish() {
    if (!open_) return;
    sql_.commit();
    open_ = false;
  }
  void abandon() {
    if (!open_) return;
    open_ = false;
    sql_.rollback();
  }

private:
  soci::session& sql_;
  bool open_ = false;
};

void chunked(soci::session& sql, const std::vector<int>& ids) {
  UnitOfWork u(sql);
  int inChunk = 0;
  for (int id : ids) {
    u.start();
    sql << "delete from doc where id = :i", soci::use(id);
    if (++inChunk < 100) continue;
    u.finish();
    inChunk = 0;
  }
  u.finish();
}

// 11: thread borrowed and joined
int sumInThread(soci::session& sql) {
  int n = 0, extra = 0;
  std::exception_ptr err;
  std::thread t([&] {
    try {
      sql << "select sum(n) from acc", soci::into(n);
    } catch (...) {
      err = std::current_exception();
    }
  });
  t.join();
  if (err) std::rethrow_exception(err);
  sql << "select count(*) from acc", soci::into(extra);
  return n + extra;
}

// 12: the thread is let go, the creator uses the session on
void refreshBad(std::shared_ptr<soci::session> sql) {
  std::thread t([sql] {  // expect: session-shared-across-threads
    *sql << "update stat set n = n + 1";
  });
  t.detach();
  *sql << "update stat set m = m + 1";
}

// 13: caller owns the transaction, callee rolls back on error and says so
bool insertLine(soci::session& sql, int order, int item) {
  try {
    sql << "insert into line(o, i) values(:o, :i)", soci::use(order), soci::use(item);
    return true;
  } catch (const soci::soci_error& e) {
    logLine(e.what());
    return false;
  }
}

bool placeOrder(soci::session& sql, int order, const std::vector<int>& items) {
  soci::transaction tr(sql);
  sql << "insert into ord(id) values(:o)", soci::use(order);
  bool ok = true;
  for (int it : items) {
    ok = insertLine(sql, order, it);
    if (!ok) break;
  }
  if (ok)
    tr.commit();
  else
    tr.rollback();
  return ok;
}

// 14: prepared statement cache in a class that owns the session
class Dao {
public:
  explicit Dao(const std::string& dsn) : sql_(dsn) {}
  std::string name(int id) {
    auto it = byId_.find("name");
    if (it == byId_.end()) {
      auto st = std::make_unique<soci::statement>(sql_);
      st->exchange(soci::into(name_));
      st->exchange(soci::use(id_));
      st->alloc();
      st->prepare("select name from doc where id = :i");
      st->define_and_bind();
      it = byId_.emplace("name", std::move(st)).first;
    }
    id_ = id;
    return it->second->execute(true) ? name_ : std::string();
  }
  void reset() {
    byId_.clear();
    sql_.close();
    sql_.open("sqlite3://x.db");
  }

private:
  soci::session sql_;
  std::string name_;
  int id_ = 0;
  std::map<std::string, std::unique_ptr<soci::statement>> byId_;
};

// 15: two databases in lockstep
void mirror(soci::session& from, soci::session& to) {
  soci::transaction rd(from);
  soci::transaction wr(to);
  soci::rowset<int> rs = (from.prepare << "select id from doc");
  for (int id : rs) to << "insert into doc(id) values(:i)", soci::use(id);
  wr.commit();
  rd.commit();
}

// 16: savepoint through SQL text
bool tryUpsert(soci::session& sql, int id) {
  soci::transaction tr(sql);
  sql << "savepoint ins";
  try {
    sql << "insert into doc(id) values(:i)", soci::use(id);
    sql << "release savepoint ins";
  } catch (const soci::soci_error&) {
    sql << "rollback to savepoint ins";
    sql << "update doc set n = n + 1 where id = :i", soci::use(id);
  }
  tr.commit();
  return true;
}

// 17: handler only notes the error inside the guard and the commit is done regardless
void recount(soci::session& sql, const std::vector<int>& ids) {
  soci::transaction tr(sql);
  try {
    for (int id : ids) sql << "update doc set n = 0 where id = :i", soci::use(id);
  } catch (const std::exception& e) {  // expect: session-swallow-and-commit
    logLine(e.what());
  }
  tr.commit();
}

// 18: errors are collected and looked at before the commit
bool recountChecked(soci::session& sql, const std::vector<int>& ids) {
  soci::transaction tr(sql);
  std::string errors;
  for (int id : ids) {
    try {
      sql << "update doc set n = 0 where id = :i", soci::use(id);
    } catch (const std::exception& e) {
      errors += e.what();
      errors += '\n';
    }
  }
  if (!errors.empty()) {
    logLine(errors);
    return false;
  }
  tr.commit();
  return true;
}

// 19: variant of a guard and nothing
void maybeAtomic(soci::session& sql, bool atomic, int id) {
  std::variant<std::monostate, std::unique_ptr<soci::transaction>> hold;
  if (atomic) hold = std::make_unique<soci::transaction>(sql);
  sql << "update doc set a = 1 where id = :i", soci::use(id);
  sql << "update doc set b = 1 where id = :i", soci::use(id);
  if (auto* p = std::get_if<1>(&hold)) (*p)->commit();
}

// 20: all exceptions become codes in one place, transaction included
Outcome guarded(soci::session& sql, const std::function<void(soci::session&)>& hook) noexcept {
  try {
    soci::transaction tr(sql);
    hook(sql);
    tr.commit();
    return Outcome::Ok;
  } catch (const soci::soci_error& e) {
    logLine(e.what());
    return Outcome::Conflict;
  } catch (...) {
    return Outcome::Failed;
  }
}

// 21: guard ended once on each branch, in a switch
void settle(soci::session& sql, Outcome o, int id) {
  soci::transaction tr(sql);
  sql << "update pay set seen = 1 where id = :i", soci::use(id);
  switch (o) {
    case Outcome::Ok:
      sql << "update pay set st = 'ok' where id = :i", soci::use(id);
      tr.commit();
      break;
    case Outcome::Conflict:
      tr.rollback();
      sql << "insert into conflict(id) values(:i)", soci::use(id);
      break;
    case Outcome::Failed:
      tr.rollback();
      break;
  }
}

// 22: the transaction is left when the limit is hit
int drain(soci::session& sql, int limit) {
  sql.begin();  // expect: session-unfinished-transaction
  int n = 0;
  try {
    sql << "select count(*) from queue", soci::into(n);
    if (n > limit) return -1;
    sql << "delete from queue";
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
  return n;
}

}  // namespace ledger
