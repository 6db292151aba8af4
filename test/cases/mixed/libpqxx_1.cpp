// Ticket desk: repositories over libpqxx connections, own pool, reports, imports
// library: libpqxx
#include <pqxx/pqxx>

#include <condition_variable>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace desk {

void log(const std::string& text) { std::clog << text << '\n'; }

struct Ticket {
  int id = 0;
  int owner = 0;
  std::string title;
};

class ConnectionPool {
public:
  class Lease {
  public:
    Lease(ConnectionPool& pool, std::unique_ptr<pqxx::connection> c) : pool_(&pool), c_(std::move(c)) {}
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (c_) pool_->giveBack(std::move(c_));
    }
    pqxx::connection& operator*() const { return *c_; }
    pqxx::connection* operator->() const { return c_.get(); }

  private:
    ConnectionPool* pool_;
    std::unique_ptr<pqxx::connection> c_;
  };

  ConnectionPool(std::string dsn, std::size_t limit) : dsn_(std::move(dsn)), limit_(limit) {}

  Lease acquire() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return !idle_.empty() || open_ < limit_; });
    if (idle_.empty()) {
      auto c = std::make_unique<pqxx::connection>(dsn_);
      c->prepare("ticket", "SELECT id, owner, title FROM ticket WHERE id = $1");
      ++open_;
      return Lease(*this, std::move(c));
    }
    std::unique_ptr<pqxx::connection> c = std::move(idle_.back());
    idle_.pop_back();
    return Lease(*this, std::move(c));
  }

private:
  void giveBack(std::unique_ptr<pqxx::connection> c) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (c->is_open())
        idle_.push_back(std::move(c));
      else
        --open_;
    }
    changed_.notify_one();
  }

  std::string dsn_;
  std::size_t limit_;
  std::size_t open_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<pqxx::connection>> idle_;
};

std::optional<Ticket> find(ConnectionPool& pool, int id) {
  auto c = pool.acquire();
  pqxx::work tx(*c);
  const pqxx::result r = tx.exec_prepared("ticket", id);
  if (r.empty()) return std::nullopt;
  Ticket t;
  t.id = r[0]["id"].as<int>();
  t.owner = r[0]["owner"].as<int>(0);
  t.title = r[0]["title"].c_str();
  return t;
}

pqxx::result search(pqxx::connection& c, const std::string& text, int limit) {
  pqxx::read_transaction tx(c);
  auto found = tx.exec_params("SELECT id, title FROM ticket WHERE title ILIKE $1 LIMIT $2", "%" + text + "%", limit);
  tx.commit();
  return found;
}

const char* titleOf(pqxx::connection& c, int id) {
  pqxx::nontransaction tx(c);
  pqxx::result r = tx.exec_params("SELECT title FROM ticket WHERE id = $1", id);
  if (r.empty()) return "";
  return r[0][0].c_str();  // expect: session-use-after-scope
}

void printOldest(pqxx::connection& c, std::ostream& out) {
  const char* title = nullptr;
  {
    pqxx::read_transaction tx(c);
    pqxx::result r = tx.exec("SELECT title FROM ticket ORDER BY created LIMIT 1");
    if (!r.empty()) title = r[0][0].c_str();
  }
  if (title != nullptr) out << "oldest: " << title << '\n';  // expect: session-use-after-scope
}

std::map<int, std::string> titles(pqxx::connection& c, const std::vector<int>& ids) {
  std::map<int, std::string> byId;
  pqxx::work tx(c);
  for (const int id : ids) {
    const auto r = tx.exec_params("SELECT title FROM ticket WHERE id = $1", id);
    if (!r.empty()) byId.emplace(id, r.front()[0].as<std::string>());
  }
  return byId;
}

int create(pqxx::connection& c, const Ticket& t, const std::vector<std::string>& labels) {
  pqxx::work tx(c);
  const int id =
      tx.exec_params1("INSERT INTO ticket(owner, title) VALUES ($1, $2) RETURNING id", t.owner, t.title)[0].as<int>();
  for (const std::string& label : labels) {
    if (label.empty()) continue;
    tx.exec_params0("INSERT INTO label(ticket, name) VALUES ($1, $2)", id, label);
  }
  tx.commit();
  log("created " + std::to_string(id));
  return id;
}

int createDraft(pqxx::connection& c, const Ticket& t) {
  pqxx::work tx{c, "draft"};  // expect: session-unfinished-transaction
  const pqxx::row row = tx.exec_params1("INSERT INTO draft(owner, title) VALUES ($1, $2) RETURNING id", t.owner, t.title);
  const int id = row[0].as<int>();
  tx.exec_params0("INSERT INTO event(kind, ref) VALUES ('draft', $1)", id);
  log("draft " + std::to_string(id));
  return id;
}

bool assign(pqxx::connection& c, int ticket, int owner) {
  pqxx::work tx(c);
  const auto r = tx.exec_params("SELECT owner FROM ticket WHERE id = $1 FOR UPDATE", ticket);
  if (r.empty()) {
    log("no ticket " + std::to_string(ticket));
    return false;
  }
  if (!r[0][0].is_null() && r[0][0].as<int>() == owner) return true;
  tx.exec_params0("UPDATE ticket SET owner = $1 WHERE id = $2", owner, ticket);
  tx.commit();
  return true;
}

// The caller's transaction: neither begun nor ended here.
void addEvent(pqxx::transaction_base& tx, const std::string& kind, int ref) {
  tx.exec_params0("INSERT INTO event(kind, ref) VALUES ($1, $2)", kind, ref);
}

void close(pqxx::connection& c, int ticket, const std::string& reason) {
  pqxx::work tx(c);
  tx.exec_params0("UPDATE ticket SET state = 'closed', reason = $2 WHERE id = $1", ticket, reason);
  addEvent(tx, "closed", ticket);
  tx.commit();
}

void recordAlone(pqxx::connection& c, const std::string& kind, int ref) {
  pqxx::work tx(c);
  addEvent(tx, kind, ref);
  tx.commit();
}

void reopen(pqxx::connection& c, int ticket) {
  pqxx::work tx(c);
  tx.exec_params0("UPDATE ticket SET state = 'open' WHERE id = $1", ticket);
  recordAlone(c, "reopened", ticket);  // expect: session-nested-begin
  tx.commit();
}

void merge(pqxx::connection& c, int from, int into) {
  {
    pqxx::work move(c);
    move.exec_params0("UPDATE comment SET ticket = $2 WHERE ticket = $1", from, into);
    move.exec_params0("UPDATE ticket SET state = 'merged' WHERE id = $1", from);
    move.commit();
  }
  recordAlone(c, "merged", into);  // expect: session-multiple-commits
}

void escalate(pqxx::connection& c, int ticket) {
  pqxx::work tx(c);
  tx.exec_params0("UPDATE ticket SET priority = priority + 1 WHERE id = $1", ticket);
  try {
    const auto manager = tx.exec_params1("SELECT manager FROM team t JOIN ticket k ON k.team = t.id WHERE k.id = $1", ticket);
    tx.exec_params0("INSERT INTO inbox(owner, ticket) VALUES ($1, $2)", manager[0].as<int>(), ticket);
  } catch (const pqxx::unexpected_rows&) {  // expect: session-swallow-and-commit
    log("no manager for " + std::to_string(ticket));
  }
  tx.commit();
}

void escalateWithSavepoint(pqxx::connection& c, int ticket) {
  pqxx::work tx(c);
  tx.exec_params0("UPDATE ticket SET priority = priority + 1 WHERE id = $1", ticket);
  try {
    pqxx::subtransaction part(tx, "inbox");
    const auto manager = part.exec_params1("SELECT manager FROM team");
    part.exec_params0("INSERT INTO inbox(owner, ticket) VALUES ($1, $2)", manager[0].as<int>(), ticket);
    part.commit();
  } catch (const pqxx::sql_error& e) {
    log(e.what());
  }
  tx.commit();
}

bool tryClose(pqxx::connection& c, int ticket) {
  pqxx::work tx(c);
  try {
    tx.exec_params0("UPDATE ticket SET state = 'closed' WHERE id = $1", ticket);
    addEvent(tx, "closed", ticket);
  } catch (const pqxx::sql_error& e) {
    log(e.what() + (": " + e.query()));
    tx.abort();
    return false;
  }
  tx.commit();
  return true;
}

void applyRules(pqxx::connection& c, const std::vector<std::string>& rules, bool dryRun) {
  pqxx::work tx(c);
  std::size_t changed = 0;
  for (const std::string& rule : rules) changed += tx.exec("UPDATE ticket SET touched = now() WHERE " + rule).affected_rows();
  log(std::to_string(changed) + " tickets");
  if (dryRun) {
    tx.abort();
    return;
  }
  tx.commit();
}

void applyOneRule(pqxx::connection& c, const std::string& rule) {
  pqxx::work tx(c);
  const auto changed = tx.exec("UPDATE ticket SET touched = now() WHERE " + rule).affected_rows();
  if (changed > 1000) {
    tx.abort();
    addEvent(tx, "refused", static_cast<int>(changed));  // expect: session-use-after-scope
    return;
  }
  tx.commit();
}

std::size_t prune(pqxx::connection& c) {
  std::size_t total = 0;
  for (;;) {
    pqxx::work tx(c);
    const auto n = tx.exec("DELETE FROM event WHERE id IN (SELECT id FROM event WHERE old LIMIT 1000)").affected_rows();
    tx.commit();
    total += n;
    if (n < 1000) break;
  }
  return total;
}

// --- own little retry -------------------------------------------------------------------------------------------

template <class Work>
void withRetry(pqxx::connection& c, int attempts, Work work) {
  while (true) {
    try {
      pqxx::transaction<pqxx::serializable> tx(c);
      work(tx);
      tx.commit();
      return;
    } catch (const pqxx::serialization_failure&) {
      if (--attempts <= 0) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void transferPoints(pqxx::connection& c, int from, int to, int points) {
  withRetry(c, 5, [&](pqxx::transaction_base& tx) {
    tx.exec_params0("UPDATE score SET points = points - $2 WHERE owner = $1", from, points);
    tx.exec_params0("UPDATE score SET points = points + $2 WHERE owner = $1", to, points);
  });
}

// --- connections ------------------------------------------------------------------------------------------------

std::size_t countTickets(const std::string& dsn) {
  pqxx::connection* c = new pqxx::connection(dsn);  // expect: session-leak
  std::size_t n = 0;
  {
    pqxx::read_transaction tx(*c);
    const pqxx::result r = tx.exec("SELECT count(*) FROM ticket");
    if (r.empty()) return 0;
    n = r[0][0].as<std::size_t>();
  }
  delete c;
  return n;
}

bool ping(const std::string& dsn) {
  pqxx::connection* c = nullptr;
  try {
    c = new pqxx::connection(dsn);  // expect: session-raw-construction
    pqxx::nontransaction tx(*c);
    tx.exec1("SELECT 1");
  } catch (const std::exception& e) {
    log(e.what());
    delete c;
    return false;
  }
  delete c;
  return true;
}

bool pingOwned(const std::string& dsn) {
  try {
    pqxx::connection c(dsn);
    pqxx::nontransaction(c).exec1("SELECT 1");
    return c.is_open();
  } catch (const pqxx::broken_connection&) {
    return false;
  }
}

std::shared_ptr<pqxx::connection> shared(const std::string& dsn) {
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<pqxx::connection>> known;
  std::lock_guard<std::mutex> lock(mutex);
  auto& slot = known[dsn];
  auto c = slot.lock();
  if (!c) {
    c = std::make_shared<pqxx::connection>(dsn);
    slot = c;
  }
  return c;
}

void warmUp(const std::string& dsn, const std::vector<std::string>& tables) {
  std::vector<std::thread> workers;
  for (const std::string& table : tables)
    workers.emplace_back([dsn, table] {
      pqxx::connection c(dsn);
      pqxx::nontransaction tx(c);
      tx.exec("SELECT pg_prewarm('" + tx.esc(table) + "')");
    });
  for (std::thread& worker : workers) worker.join();
}

void exportTables(pqxx::connection& c, const std::vector<std::string>& tables) {
  std::vector<std::future<void>> running;
  for (const std::string& table : tables)
    running.push_back(std::async(std::launch::async, [&c, table] {  // expect: session-shared-across-threads
      pqxx::nontransaction tx(c);
      tx.exec("COPY " + tx.quote_name(table) + " TO '/var/export/" + table + ".csv'");
    }));
  for (auto& one : running) one.get();
}

void resetCounters(pqxx::connection& c) {
  pqxx::work tx(c);
  tx.exec("UPDATE counter SET value = 0");
  tx.commit();
  log("counters reset");
  tx.commit();  // expect: session-double-end
}

void lockAndFix(pqxx::connection& c, int ticket) {
  pqxx::work{c, "fix"};  // expect: session-temporary-guard
  pqxx::nontransaction tx(c);
  tx.exec_params0("UPDATE ticket SET fixed = true WHERE id = $1", ticket);
}

void forget(pqxx::connection& c, int owner) {
  pqxx::work(c).exec_params0("DELETE FROM inbox WHERE owner = $1", owner);  // expect: session-temporary-guard
}

std::string serverTime(pqxx::connection& c) {
  return pqxx::work(c).exec1("SELECT now()")[0].as<std::string>();
}

}  // namespace desk
