// library: libpqxx
#include <pqxx/pqxx>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace inv {

void note(const std::string& s) noexcept;
struct Status {
  int code = 0;
  std::string text;
  bool ok() const { return code == 0; }
};

// 1: guard factory by value through unique_ptr
std::unique_ptr<pqxx::work> begin(pqxx::connection& c, bool readOnly) {
  auto w = std::make_unique<pqxx::work>(c);
  if (readOnly) w->exec("SET TRANSACTION READ ONLY");
  return w;
}

int stock(pqxx::connection& c, int item) {
  auto w = begin(c, true);
  auto r = w->exec_params("SELECT n FROM stock WHERE id = $1", item);
  return r.empty() ? 0 : r[0][0].as<int>();
}

// 2: the guard passed on, the receiver ends it
Status finish(std::unique_ptr<pqxx::work> w, bool good) {
  if (!good) {
    w->abort();
    return {1, "aborted"};
  }
  w->commit();
  return {};
}

Status reserve(pqxx::connection& c, int item, int n) {
  auto w = begin(c, false);
  auto r = w->exec_params("UPDATE stock SET n = n - $2 WHERE id = $1 AND n >= $2", item, n);
  return finish(std::move(w), r.affected_rows() == 1);
}

// 3: subtransactions in a loop, one commit
int importRows(pqxx::connection& c, const std::vector<std::string>& names) {
  pqxx::work tx(c);
  int bad = 0;
  for (const auto& n : names) {
    try {
      pqxx::subtransaction sp(tx, "row");
      sp.exec_params("INSERT INTO item(name) VALUES($1)", n);
      sp.commit();
    } catch (const pqxx::sql_error& e) {
      note(e.what());
      ++bad;
    }
  }
  tx.commit();
  return bad;
}

// 4: a transaction per round, with continue and break
int work_queue(pqxx::connection& c, int max) {
  int done = 0;
  while (done < max) {
    pqxx::work tx(c);
    auto r = tx.exec("SELECT id FROM q WHERE st = 0 LIMIT 1 FOR UPDATE SKIP LOCKED");
    if (r.empty()) break;
    int id = r[0][0].as<int>();
    if (id % 2) {
      tx.exec_params("UPDATE q SET st = 2 WHERE id = $1", id);
      tx.commit();
      continue;
    }
    tx.exec_params("UPDATE q SET st = 1 WHERE id = $1", id);
    tx.commit();
    ++done;
  }
  return done;
}

// 5: results outlive all
pqxx::result snapshot(const std::string& dsn) {
  pqxx::connection c(dsn);
  pqxx::read_transaction tx(c);
  pqxx::result r = tx.exec("SELECT id, name FROM item");
  tx.commit();
  return r;
}

// 6: the row is copied out too (it keeps the result alive)
std::vector<pqxx::row> topRows(pqxx::connection& c) {
  std::vector<pqxx::row> out;
  {
    pqxx::work tx(c);
    for (auto row : tx.exec("SELECT id, name FROM item LIMIT 10")) out.push_back(row);
  }
  for (const auto& r : out) note(r[1].c_str());
  return out;
}

// 7: perform with the transaction inside the callable
void rename(pqxx::connection& c, int id, const std::string& name) {
  pqxx::perform([&c, id, &name] {
    pqxx::work tx(c);
    tx.exec_params("UPDATE item SET name = $2 WHERE id = $1", id, name);
    tx.commit();
  });
}

// 8: nontransaction next to a finished work; then DDL
void maintain(pqxx::connection& c) {
  {
    pqxx::work tx(c);
    tx.exec("DELETE FROM log WHERE at < now() - interval '30 days'");
    tx.commit();
  }
  pqxx::nontransaction n(c);
  n.exec("VACUUM log");
}

// 9: pool with visible code; the deleter gives back
class Pool {
public:
  struct Back {
    Pool* pool = nullptr;
    void operator()(pqxx::connection* p) const noexcept {
      if (pool) pool->put(p);
    }
  };
  using Handle = std::unique_ptr<pqxx::connection, Back>;

  Pool(const std::string& dsn, int n) {
    for (int i = 0; i < n; ++i) free_.push_back(std::make_unique<pqxx::connection>(dsn));
  }
  Handle get() {
    std::lock_guard<std::mutex> l(m_);
    if (free_.empty()) throw std::runtime_error("pool is empty");
    Handle h(free_.front().release(), Back{this});
    free_.pop_front();
    return h;
  }

private:
  void put(pqxx::connection* p) noexcept {
    std::lock_guard<std::mutex> l(m_);
    free_.emplace_back(p);
  }
  std::mutex m_;
  std::deque<std::unique_ptr<pqxx::connection>> free_;
};

// 10: the lease in a task of its own
std::future<int> countAsync(Pool& pool) {
  return std::async(std::launch::async, [&pool] {
    auto c = pool.get();
    pqxx::work tx(*c);
    return tx.exec("SELECT count(*) FROM item")[0][0].as<int>();
  });
}

// 11: connection moved into a thread that is joined by the future
int handOver(std::unique_ptr<pqxx::connection> c) {
  auto f = std::async(std::launch::async, [c = std::move(c)] {
    pqxx::work tx(*c);
    tx.exec("UPDATE item SET seen = true");
    tx.commit();
    return 1;
  });
  return f.get();
}

// 12: reassigning the connection under a finished transaction
void reconnecting(std::unique_ptr<pqxx::connection>& c, const std::string& dsn) {
  for (int i = 0; i < 3; ++i) {
    try {
      if (!c || !c->is_open()) c = std::make_unique<pqxx::connection>(dsn);
      pqxx::work tx(*c);
      tx.exec("INSERT INTO beat DEFAULT VALUES");
      tx.commit();
      return;
    } catch (const pqxx::broken_connection& e) {
      note(e.what());
      c.reset();
    }
  }
  throw std::runtime_error("database is down");
}

// 13: stream completed, then commit
void bulk(pqxx::connection& c, const std::vector<int>& v) {
  pqxx::work tx(c);
  pqxx::stream_to s(tx, "nums");
  for (int i : v) s << std::make_tuple(i);
  s.complete();
  tx.commit();
}

// 14: commit twice through a branch that does not leave
void closeMonth(pqxx::connection& c, bool early) {
  pqxx::work tx(c);
  tx.exec("UPDATE month SET closed = true");
  if (early) {
    tx.exec("UPDATE month SET early = true");
    tx.commit();
    note("early");
  }
  tx.commit();  // expect: session-double-end
}

// 15: the guard is dropped without commit on purpose
bool wouldFit(pqxx::connection& c, int n) {
  pqxx::work tx(c);
  tx.exec_params("INSERT INTO box(n) VALUES($1)", n);
  int sum = tx.exec("SELECT sum(n) FROM box")[0][0].as<int>();
  tx.abort();
  return sum < 100;
}

// 16: exceptions mapped to codes by a function called in the handler
Status translate() {
  try {
    throw;
  } catch (const pqxx::unique_violation& e) {
    return {23505, e.what()};
  } catch (const pqxx::sql_error& e) {
    return {1, e.what()};
  } catch (const std::exception& e) {
    return {2, e.what()};
  }
}

Status addItem(pqxx::connection& c, const std::string& name) {
  try {
    pqxx::work tx(c);
    tx.exec_params("INSERT INTO item(name) VALUES($1)", name);
    tx.commit();
    return {};
  } catch (...) {
    return translate();
  }
}

// 17: hierarchy; the base owns the connection
class Store {
public:
  explicit Store(const std::string& dsn) : c_(dsn) {}
  virtual ~Store() = default;
  Status run() {
    pqxx::work tx(c_);
    Status s = body(tx);
    if (s.ok()) tx.commit();
    return s;
  }

protected:
  virtual Status body(pqxx::transaction_base& tx) = 0;
  pqxx::connection c_;
};

class ItemStore : public Store {
public:
  using Store::Store;
  void prepareAll() {
    c_.prepare("touch", "UPDATE item SET at = now() WHERE id = $1");
    id_ = 7;
  }

protected:
  Status body(pqxx::transaction_base& tx) override {
    auto r = tx.exec_prepared("touch", id_);
    if (r.affected_rows() != 1) return {4, "no such item"};
    return {};
  }

private:
  int id_ = 0;
};

// 18: optional work, reset ends it before the next
int twoRounds(pqxx::connection& c) {
  std::optional<pqxx::work> tx;
  tx.emplace(c, "first");
  int a = tx->exec("SELECT max(id) FROM item")[0][0].as<int>(0);
  tx.reset();
  tx.emplace(c, "second");
  int b = tx->exec("SELECT max(id) FROM log")[0][0].as<int>(0);
  tx.reset();
  return a + b;
}

// 19: a second work while the first is alive, in a helper
void audit(pqxx::connection& c, int id) {
  pqxx::work tx(c);
  tx.exec_params("INSERT INTO audit(id) VALUES($1)", id);
  tx.commit();
}

void sell(pqxx::connection& c, int id) {
  pqxx::work tx(c);
  tx.exec_params("UPDATE item SET sold = true WHERE id = $1", id);
  audit(c, id);  // expect: session-nested-begin
  tx.commit();
}

// 20: the audit goes to the other database, and after the commit
void sellAudited(pqxx::connection& c, pqxx::connection& auditDb, int id) {
  std::function<void()> after;
  {
    pqxx::work tx(c);
    tx.exec_params("UPDATE item SET sold = true WHERE id = $1", id);
    after = [&auditDb, id] { audit(auditDb, id); };
    tx.commit();
  }
  if (after) after();
}

// 21: temporaries that are right: used to the end in one full expression
int quickCount(pqxx::connection& c) {
  return pqxx::read_transaction(c).exec("SELECT count(*) FROM item")[0][0].as<int>();
}

// 22: the write is lost with the guard
void markSeen(pqxx::connection& c, const std::vector<int>& ids) {
  pqxx::work tx(c);  // expect: session-unfinished-transaction
  for (int id : ids) {
    tx.exec_params("UPDATE item SET seen = true WHERE id = $1", id);
  }
  note("seen");
}

}  // namespace inv
