// Leases of which only the declaration is seen, units of work that take their session from a pool,
// members that lie behind a pointer.
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace db {

class Session {
public:
  explicit Session(const std::string& dsn);
  Session(const Session&) = delete;
  ~Session();
  void execute(const std::string& sql);
  std::int64_t number(const std::string& sql);
  void begin();
  void commit();
  void rollback();
  bool inTransaction() const noexcept;
};

class Transaction {
public:
  explicit Transaction(Session& session);
  Transaction(const Transaction&) = delete;
  ~Transaction();
  void commit();
  void rollback();
};

class ConnectionPool {
public:
  class Lease {
  public:
    Lease(Lease&&) noexcept;
    ~Lease();
    Session& operator*() const noexcept;
    Session* operator->() const noexcept;
    Session* get() const noexcept;
    explicit operator bool() const noexcept;
  };
  Lease acquire();
};

class UnitOfWork {
public:
  explicit UnitOfWork(ConnectionPool& pool);
  UnitOfWork(const UnitOfWork&) = delete;
  ~UnitOfWork();
  Session& session() noexcept;
  void commit();
  void rollback();
};

} // namespace db

void note(const std::string& text) noexcept;

std::int64_t lastRun(db::ConnectionPool& pool) {
  db::Session* kept = nullptr;
  {
    auto lease = pool.acquire();
    kept = lease.get();
  }
  return kept->number("SELECT max(id) FROM run"); // expect: session-use-after-scope
}

void recompute(db::ConnectionPool& pool, int year) {
  auto lease = pool.acquire();
  lease->execute("UPDATE job SET running = 1");
  std::thread([session = lease.get(), year] { // expect: session-shared-across-threads
    session->execute("CALL recompute(" + std::to_string(year) + ")");
  }).detach();
  note("started");
}

void recomputeAll(db::ConnectionPool& pool, const std::vector<int>& years) {
  std::vector<std::thread> threads;
  for (int year : years)
    threads.emplace_back([lease = pool.acquire(), year] {
      db::Transaction tx(*lease);
      lease->execute("CALL recompute(" + std::to_string(year) + ")");
      tx.commit();
    });
  for (auto& thread : threads) thread.join();
}

void moveHead(db::ConnectionPool& pool, int from, int to) {
  auto source = pool.acquire();
  db::Transaction out(*source);
  source->execute("UPDATE unit SET heads = heads - 1 WHERE id = " + std::to_string(from));
  auto target = pool.acquire(); // expect: session-split-unit-of-work
  db::Transaction in(*target);
  target->execute("UPDATE unit SET heads = heads + 1 WHERE id = " + std::to_string(to));
  in.commit();
  out.commit();
}

bool deduct(db::ConnectionPool& pool, int cents) {
  db::UnitOfWork unit(pool); // expect: session-unfinished-transaction
  db::Session& session = unit.session();
  if (session.number("SELECT open FROM loan") == 0) return false;
  session.execute("UPDATE loan SET open = open - " + std::to_string(cents));
  note("deducted");
  return true;
}

bool pay(db::ConnectionPool& pool, int cents) {
  db::UnitOfWork unit(pool);
  if (unit.session().number("SELECT left FROM budget") < cents) {
    note("exceeds the budget");
    return false;
  }
  unit.session().execute("UPDATE budget SET left = left - " + std::to_string(cents));
  unit.commit();
  return true;
}

// Whoever asks whether a transaction is open takes it back by the answer.
void dropPlan(db::Session& session, int id) {
  session.execute("BEGIN");
  try {
    session.execute("DELETE FROM plan WHERE id = " + std::to_string(id));
    if (session.number("SELECT count(*) FROM plan") == 0)
      session.execute("ROLLBACK");
    else
      session.execute("COMMIT");
  } catch (...) {
    if (session.inTransaction()) session.execute("ROLLBACK");
    throw;
  }
}

class Cache {
public:
  explicit Cache(const std::string& file);
  ~Cache();
  void storeKeys(const std::vector<std::string>& keys);
  void dropKeys();
  void forget(const std::string& device);
  bool rotate(const std::string& device);

private:
  struct Data;
  std::unique_ptr<Data> data_;
};

struct Cache::Data {
  explicit Data(const std::string& file) : session(file) {}
  db::Session session;
};

void Cache::storeKeys(const std::vector<std::string>& keys) {
  db::Transaction tx(data_->session); // expect: session-unfinished-transaction
  for (const auto& key : keys) data_->session.execute("INSERT INTO key VALUES('" + key + "')");
}

void Cache::dropKeys() {
  db::Transaction tx(data_->session);
  data_->session.execute("DELETE FROM key");
  tx.commit();
}

void Cache::forget(const std::string& device) {
  db::Transaction keys(data_->session);
  data_->session.execute("DELETE FROM key WHERE device = '" + device + "'");
  data_->session.begin(); // expect: session-nested-begin
  data_->session.execute("DELETE FROM trust WHERE device = '" + device + "'");
  keys.commit();
}

bool Cache::rotate(const std::string& device) {
  data_->session.begin();
  try {
    data_->session.execute("UPDATE key SET old = 1 WHERE device = '" + device + "'");
    data_->session.execute("INSERT INTO key VALUES('" + device + "')");
    data_->session.commit();
    return true;
  } catch (const std::exception& e) { // expect: session-missing-rollback
    note(e.what());
  }
  return false;
}
