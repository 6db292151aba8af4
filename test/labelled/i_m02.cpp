// library: libpqxx
#include <condition_variable>
#include <coroutine>
#include <cstdint>
#include <deque>
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
#include <utility>
#include <variant>
#include <vector>
#include <pqxx/pqxx>

namespace billing {

template <class T> class Sequence {
public:
  struct promise_type {
    T* current = nullptr;
    std::exception_ptr failure;
    Sequence get_return_object() { return Sequence(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T& value) noexcept {
      current = std::addressof(value);
      return {};
    }
    void return_void() noexcept {}
    void unhandled_exception() { failure = std::current_exception(); }
  };
  class iterator {
  public:
    explicit iterator(std::coroutine_handle<promise_type> h) : h_(h) {}
    iterator& operator++() {
      h_.resume();
      if (h_.done() && h_.promise().failure)
        std::rethrow_exception(h_.promise().failure);
      return *this;
    }
    T& operator*() const { return *h_.promise().current; }
    bool operator==(std::default_sentinel_t) const { return h_.done(); }

  private:
    std::coroutine_handle<promise_type> h_;
  };
  explicit Sequence(std::coroutine_handle<promise_type> h) : h_(h) {}
  Sequence(Sequence&& o) noexcept : h_(std::exchange(o.h_, {})) {}
  Sequence& operator=(Sequence&&) = delete;
  ~Sequence() {
    if (h_)
      h_.destroy();
  }
  iterator begin() {
    iterator it(h_);
    ++it;
    return it;
  }
  std::default_sentinel_t end() const { return {}; }

private:
  std::coroutine_handle<promise_type> h_;
};

struct Problem {
  int code;
  std::string text;
};
template <class T> using Outcome = std::variant<T, Problem>;

void note(const std::string& s) noexcept { std::clog << "[billing] " << s << '\n'; }
bool sendMail(const std::string& to, const std::string& text);
double fetchRate(const std::string& currency);

class Pool {
public:
  class Lease {
  public:
    Lease(Pool& p, std::unique_ptr<pqxx::connection> c) : pool_(&p), conn_(std::move(c)) {}
    Lease(Lease&& o) noexcept : pool_(o.pool_), conn_(std::move(o.conn_)) {}
    ~Lease() {
      if (conn_)
        pool_->put(std::move(conn_));
    }
    pqxx::connection& operator*() { return *conn_; }
    pqxx::connection* operator->() { return conn_.get(); }

  private:
    Pool* pool_;
    std::unique_ptr<pqxx::connection> conn_;
  };

  Pool(std::string dsn, std::size_t n) : dsn_(std::move(dsn)) {
    for (std::size_t i = 0; i < n; ++i)
      idle_.push_back(std::make_unique<pqxx::connection>(dsn_));
  }

  Lease acquire() {
    std::unique_lock<std::mutex> lock(mutex_);
    ready_.wait(lock, [this] { return !idle_.empty(); });
    auto c = std::move(idle_.front());
    idle_.pop_front();
    return Lease(*this, std::move(c));
  }

private:
  void put(std::unique_ptr<pqxx::connection> c) {
    std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(std::move(c));
    ready_.notify_one();
  }
  std::string dsn_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::unique_ptr<pqxx::connection>> idle_;
};

Sequence<pqxx::connection> leased(Pool& pool) {
  auto lease = pool.acquire();
  co_yield *lease;
}

Sequence<pqxx::work> unitOfWork(Pool& pool) {
  auto lease = pool.acquire();
  pqxx::work tx(*lease);
  co_yield tx;
  tx.commit();
}

long nextInvoiceNumber(Pool& pool, int tenant) {
  long number = 0;
  for (auto& tx : unitOfWork(pool)) {
    const auto row = tx.exec_params1("UPDATE counter SET n = n + 1 WHERE tenant = $1 RETURNING n", tenant);
    number = row[0].as<long>();
    if (number % 10000 == 0)
      note("counter of tenant " + std::to_string(tenant) + " at " + std::to_string(number));
  }
  return number;
}

bool voidInvoice(Pool& pool, long id, const std::string& reason) {
  for (auto& tx : unitOfWork(pool)) {
    const auto r = tx.exec_params("UPDATE invoice SET void = true, reason = $2 WHERE id = $1", id, reason);
    if (r.affected_rows() == 1) {
      note("void " + std::to_string(id));
      return true;  // expect: session-generator-early-return
    }
    note("nothing to void");
  }
  return false;
}

long openInvoices(Pool& pool, int tenant) {
  for (auto& conn : leased(pool)) {
    pqxx::read_transaction tx(conn);
    const auto rows = tx.exec_params("SELECT count(*) FROM invoice WHERE tenant = $1 AND paid IS NULL", tenant);
    return rows[0][0].as<long>();
  }
  return 0;
}

std::string currencyOf(Pool& pool, int tenant) {
  pqxx::connection& conn = *leased(pool).begin();  // expect: session-generator-early-return
  pqxx::read_transaction tx(conn);
  const auto rows = tx.exec_params("SELECT currency FROM tenant WHERE id = $1", tenant);
  if (rows.empty())
    return "EUR";
  return rows[0][0].as<std::string>();
}

void chargeAll(Pool& pool, const std::vector<long>& ids) {
  auto units = unitOfWork(pool);
  for (auto& tx : units) {
    for (long id : ids) {
      const auto row = tx.exec_params("SELECT total FROM invoice WHERE id = $1", id);
      if (row.empty())
        continue;
      if (row[0][0].as<double>() < 0)
        throw std::domain_error("negative total");
      tx.exec_params("INSERT INTO charge(invoice, total) VALUES ($1, $2)", id, row[0][0].as<double>());
    }
  }
  note("charged");
}

Outcome<long> createCustomer(Pool& pool, const std::string& name, const std::string& mail) {
  try {
    auto lease = pool.acquire();
    pqxx::work tx(*lease);
    const auto row = tx.exec_params1("INSERT INTO customer(name, mail) VALUES ($1, $2) RETURNING id", name, mail);
    tx.exec_params("INSERT INTO address(customer) VALUES ($1)", row[0].as<long>());
    tx.commit();
    return row[0].as<long>();
  } catch (const pqxx::unique_violation&) {
    return Problem{409, "exists"};
  } catch (const pqxx::broken_connection& e) {
    return Problem{503, e.what()};
  }
}

long getOrCreateTag(pqxx::connection& conn, const std::string& tag) {
  try {
    pqxx::work tx(conn);
    const long id = tx.exec_params1("INSERT INTO tag(name) VALUES ($1) RETURNING id", tag)[0].as<long>();
    tx.commit();
    return id;
  } catch (const pqxx::unique_violation&) {
    note("tag exists: " + tag);
  }
  pqxx::read_transaction again(conn);
  return again.exec_params1("SELECT id FROM tag WHERE name = $1", tag)[0].as<long>();
}

void payInvoice(Pool& pool, long id, double amount) {
  auto lease = pool.acquire();
  pqxx::work tx(*lease);
  tx.exec_params("UPDATE invoice SET paid = now() WHERE id = $1", id);
  {
    auto ledger = pool.acquire();  // expect: session-split-unit-of-work
    pqxx::work entry(*ledger);
    entry.exec_params("INSERT INTO ledger(invoice, amount) VALUES ($1, $2)", id, amount);
    entry.commit();
  }
  tx.exec_params("UPDATE account SET balance = balance + $1", amount);
  tx.commit();
}

void remindAll(Pool& pool) {
  std::vector<std::pair<long, std::string>> due;
  {
    auto lease = pool.acquire();
    pqxx::read_transaction tx(*lease);
    for (const auto& row : tx.exec("SELECT id, mail FROM due_invoice"))
      due.emplace_back(row[0].as<long>(), row[1].as<std::string>());
  }
  for (const auto& [id, mail] : due) {
    if (!sendMail(mail, "invoice " + std::to_string(id)))
      continue;
    auto lease = pool.acquire();
    pqxx::work tx(*lease);
    tx.exec_params("UPDATE invoice SET reminded = now() WHERE id = $1", id);
    tx.commit();
  }
}

class UnitOfWork {
public:
  explicit UnitOfWork(Pool& pool) : lease_(pool.acquire()), tx_(std::make_unique<pqxx::work>(*lease_)) {}
  UnitOfWork(const UnitOfWork&) = delete;
  ~UnitOfWork() = default;
  pqxx::work& sql() { return *tx_; }
  void after(std::function<void()> f) { hooks_.push_back(std::move(f)); }
  void complete() {
    tx_->commit();
    tx_.reset();
    for (auto& h : hooks_)
      h();
  }

private:
  Pool::Lease lease_;
  std::unique_ptr<pqxx::work> tx_;
  std::vector<std::function<void()>> hooks_;
};

void issueCredit(Pool& pool, long invoice, double amount) {
  UnitOfWork uow(pool);
  uow.sql().exec_params("INSERT INTO credit(invoice, amount) VALUES ($1, $2)", invoice, amount);
  uow.after([invoice] { note("credit on " + std::to_string(invoice)); });
  uow.complete();
}

class JournalScope {
public:
  JournalScope(pqxx::connection& c, std::string name) : tx_(c), name_(std::move(name)) {
    tx_.exec_params("INSERT INTO journal(name, state) VALUES ($1, 'open')", name_);
  }
  ~JournalScope() {
    try {
      tx_.exec_params("UPDATE journal SET state = 'done' WHERE name = $1", name_);
      tx_.commit();  // expect: session-commit-in-destructor
    } catch (const std::exception& e) {
      note(e.what());
    }
  }
  void line(const std::string& text) {
    tx_.exec_params("INSERT INTO journal_line(name, text) VALUES ($1, $2)", name_, text);
  }

private:
  pqxx::work tx_;
  std::string name_;
};

class RateCache {
public:
  RateCache(const std::string& dsn, const std::string& statsDsn) : main_(dsn), stats_(statsDsn) {}
  double rate(const std::string& currency) {
    if (auto it = cache_.find(currency); it != cache_.end())
      return it->second;
    const double value = fetchRate(currency);
    pqxx::work tx(main_);
    tx.exec_params("INSERT INTO rate(currency, value) VALUES ($1, $2)", currency, value);
    tx.commit();
    return cache_[currency] = value;
  }
  void drop(const std::string& currency) {
    pqxx::work tx(main_);
    tx.exec_params("DELETE FROM rate WHERE currency = $1", currency);
    pqxx::nontransaction count(stats_);
    count.exec("SELECT pg_stat_clear_snapshot()");
    tx.commit();
    cache_.erase(currency);
  }
  std::size_t size() const { return cache_.size(); }

private:
  pqxx::connection main_;
  pqxx::connection stats_;
  std::map<std::string, double> cache_;
};

void registerRefund(pqxx::connection& conn, long invoice, double amount) {
  pqxx::work order(conn);
  order.exec_params("INSERT INTO refund(invoice, amount) VALUES ($1, $2)", invoice, amount);
  order.commit();
  note("refund stored");
  pqxx::work balance(conn);
  balance.exec_params("UPDATE account SET balance = balance - $1", amount);
  balance.commit();  // expect: session-multiple-commits
}

pqxx::connection* openReporting(const std::string& dsn) {
  auto* conn = new pqxx::connection(dsn);  // expect: session-leak
  pqxx::nontransaction probe(*conn);
  const auto row = probe.exec1("SELECT pg_is_in_recovery()");
  if (!row[0].as<bool>())
    throw std::runtime_error("not a replica");
  return conn;
}

class Exporter {
public:
  explicit Exporter(Pool& pool) : pool_(pool) {}
  ~Exporter() { stop(); }
  void start() {
    thread_ = std::thread([this] { run(); });
  }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!wake_.wait_for(lock, std::chrono::seconds(5), [this] { return stopping_; })) {
      lock.unlock();
      try {
        auto lease = pool_.acquire();
        pqxx::work tx(*lease);
        tx.exec("UPDATE export_queue SET state = 'sent' WHERE state = 'ready'");
        tx.commit();
      } catch (const std::exception& e) {
        note(e.what());
      }
      lock.lock();
    }
  }
  Pool& pool_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

std::size_t copyLines(pqxx::connection& conn, const std::vector<std::pair<long, std::string>>& lines) {
  pqxx::work tx(conn);
  tx.exec("CREATE TEMP TABLE staged(id bigint, text text) ON COMMIT DROP");
  {
    pqxx::stream_to out(tx, "staged", std::vector<std::string>{"id", "text"});
    for (const auto& l : lines)
      out << std::make_tuple(l.first, l.second);
    out.complete();
  }
  const auto moved = tx.exec("INSERT INTO line SELECT * FROM staged");
  tx.commit();
  return moved.affected_rows();
}

std::optional<double> totalOf(Pool& pool, long id) {
  pqxx::result rows;
  pqxx::work* current = nullptr;
  {
    auto lease = pool.acquire();
    pqxx::work tx(*lease);
    current = &tx;
    rows = current->exec_params("SELECT total FROM invoice WHERE id = $1", id);
  }
  if (rows.empty())
    rows = current->exec_params("SELECT total FROM invoice_archive WHERE id = $1", id);  // expect: session-use-after-scope
  if (rows.empty())
    return std::nullopt;
  return rows[0][0].as<double>();
}

bool settle(pqxx::connection& conn, long id, bool simulate) {
  pqxx::work tx(conn);
  const auto r = tx.exec_params("UPDATE invoice SET settled = true WHERE id = $1 AND NOT settled", id);
  if (simulate) {
    note("would settle " + std::to_string(r.affected_rows()));
    tx.abort();
    return r.affected_rows() == 1;
  }
  if (r.affected_rows() == 1)
    tx.exec_params("INSERT INTO settlement(invoice) VALUES ($1)", id);
  tx.commit();
  return r.affected_rows() == 1;
}

} // namespace billing
