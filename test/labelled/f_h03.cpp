// library: libpqxx
// Billing service: invoices, dunning and ledger on PostgreSQL through libpqxx.
#include <pqxx/pqxx>

#include <chrono>
#include <condition_variable>
#include <deque>
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
#include <vector>

namespace billing {

struct Settings {
  std::string dsn = "dbname=billing";
  std::size_t poolSize = 4;
  int retries = 3;
  std::chrono::milliseconds backoff{20};
};

struct Line { std::string sku; int qty = 0; long cents = 0; };
struct Invoice { int id = 0; int customer = 0; std::vector<Line> lines; };
struct RatingError : std::runtime_error { using std::runtime_error::runtime_error; };

void log(const std::string& text) noexcept { std::clog << "billing: " << text << '\n'; }
long rate(const Line& l);
void notifyCustomer(int customer, const std::string& text) noexcept;

class Pool {
public:
  class Lease {
  public:
    Lease(Pool& p, std::unique_ptr<pqxx::connection> c) : pool_(&p), conn_(std::move(c)) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() { if (conn_) pool_->giveBack(std::move(conn_)); }
    pqxx::connection& operator*() const { return *conn_; }
    pqxx::connection* operator->() const { return conn_.get(); }
  private:
    Pool* pool_;
    std::unique_ptr<pqxx::connection> conn_;
  };

  explicit Pool(const Settings& s) {
    for (std::size_t i = 0; i < s.poolSize; ++i) idle_.push_back(std::make_unique<pqxx::connection>(s.dsn));
  }

  Lease lease() {
    std::unique_lock lock(mu_);
    cv_.wait(lock, [this] { return !idle_.empty(); });
    auto c = std::move(idle_.front());
    idle_.pop_front();
    return Lease(*this, std::move(c));
  }

private:
  void giveBack(std::unique_ptr<pqxx::connection> c) noexcept {
    std::lock_guard lock(mu_);
    idle_.push_back(std::move(c));
    cv_.notify_one();
  }
  std::mutex mu_;
  std::condition_variable cv_;
  std::deque<std::unique_ptr<pqxx::connection>> idle_;
};

template <class F>
auto withTransaction(Pool& pool, F&& fn) {
  auto c = pool.lease();
  pqxx::work tx(*c);
  if constexpr (std::is_void_v<std::invoke_result_t<F, pqxx::work&>>) {
    fn(tx);
    tx.commit();
  } else {
    auto result = fn(tx);
    tx.commit();
    return result;
  }
}

class Ledger {
public:
  Ledger(Pool& pool, Settings s) : pool_(pool), cfg_(std::move(s)) {}

  int create(const Invoice& inv);
  bool settle(int invoice, long cents);
  std::map<int, long> openAmounts(int customer);
  void close(int invoice);
  void rateAll(const Invoice& inv);
  int findOrCreateCustomer(const std::string& mail);
  void dun(const std::vector<int>& invoices);
  void importLines(const Invoice& inv);
  bool cancel(int invoice, const std::string& reason);
  void touch(int invoice);
  void moveCredit(int from, int to, long cents);
  void creditNote(int invoice, long cents);
  void exportYear(int year, std::ostream& out);
  pqxx::result history(int customer);
  void archive(int year);
  void remindAsync(int customer);
  void recompute(int customer);
  void applyDiscounts(int customer, const std::vector<int>& percents);
  void merge(int keep, int gone);
  bool lockPeriod(int year, int month);
  void vacuum();

private:
  Pool& pool_;
  Settings cfg_;
};

int Ledger::create(const Invoice& inv) {
  for (int attempt = 1;; ++attempt) {
    auto c = pool_.lease();
    try {
      pqxx::work tx(*c);
      const int id = tx.exec_params("INSERT INTO invoice(customer) VALUES($1) RETURNING id", inv.customer)[0][0].as<int>();
      for (const Line& l : inv.lines)
        tx.exec_params0("INSERT INTO line VALUES($1,$2,$3,$4)", id, l.sku, l.qty, l.cents);
      tx.commit();
      return id;
    } catch (const pqxx::in_doubt_error&) {
      throw;
    } catch (const pqxx::serialization_failure& e) {
      log(e.what());
      if (attempt >= cfg_.retries) throw;
    }
    std::this_thread::sleep_for(cfg_.backoff * attempt);
  }
}

bool Ledger::settle(int invoice, long cents) {
  auto c = pool_.lease();
  pqxx::work tx(*c);
  const auto rows = tx.exec_params("SELECT due FROM invoice WHERE id=$1 FOR UPDATE", invoice);
  if (rows.empty()) return false;
  const long due = rows[0][0].as<long>();
  if (cents > due) {
    log("overpaid invoice " + std::to_string(invoice));
    return false;
  }
  tx.exec_params0("UPDATE invoice SET due = due - $2 WHERE id=$1", invoice, cents);
  if (cents == due) {
    tx.exec_params0("UPDATE invoice SET paid = true WHERE id=$1", invoice);
    tx.commit();
    return true;
  }
  tx.commit();
  return false;
}

std::map<int, long> Ledger::openAmounts(int customer) {
  std::map<int, long> out;
  pqxx::result rows;
  {
    auto c = pool_.lease();
    pqxx::read_transaction tx(*c);
    rows = tx.exec_params("SELECT id, due FROM invoice WHERE customer=$1 AND due > 0", customer);
  }
  for (const auto& r : rows) out.emplace(r[0].as<int>(), r[1].as<long>());
  return out;
}

void Ledger::close(int invoice) {
  auto c = pool_.lease();
  pqxx::work tx(*c);
  const auto due = tx.exec_params1("SELECT due FROM invoice WHERE id=$1", invoice)[0].as<long>();
  if (due != 0) {
    tx.abort();
    tx.exec_params0("INSERT INTO audit VALUES($1, 'close refused')", invoice);  // expect: session-use-after-scope
    return;
  }
  tx.exec_params0("UPDATE invoice SET closed = now() WHERE id=$1", invoice);
  tx.commit();
}

void Ledger::rateAll(const Invoice& inv) {
  auto c = pool_.lease();
  pqxx::work tx(*c);
  long total = 0;
  try {
    for (const Line& l : inv.lines) {
      const long cents = rate(l);
      tx.exec_params0("UPDATE line SET cents=$3 WHERE invoice=$1 AND sku=$2", inv.id, l.sku, cents);
      total += cents;
    }
    tx.exec_params0("UPDATE invoice SET due=$2 WHERE id=$1", inv.id, total);
  } catch (const RatingError& e) {  // expect: session-swallow-and-commit
    log(std::string("rating failed: ") + e.what());
  }
  tx.commit();
}

int Ledger::findOrCreateCustomer(const std::string& mail) {
  auto c = pool_.lease();
  try {
    pqxx::work tx(*c);
    const int id = tx.exec_params1("INSERT INTO customer(mail) VALUES($1) RETURNING id", mail)[0].as<int>();
    tx.commit();
    return id;
  } catch (const pqxx::unique_violation&) {
    log("customer exists: " + mail);
  }
  pqxx::work tx(*c);
  return tx.exec_params1("SELECT id FROM customer WHERE mail=$1", mail)[0].as<int>();
}

void Ledger::dun(const std::vector<int>& invoices) {
  auto c = pool_.lease();
  std::vector<int> told;
  pqxx::work tx(*c);
  for (int id : invoices) {
    pqxx::subtransaction step(tx, "dun");
    try {
      const auto row = step.exec_params1("UPDATE invoice SET level = level + 1 WHERE id=$1 RETURNING customer", id);
      step.exec_params0("INSERT INTO dunning(invoice) VALUES($1)", id);
      step.commit();
      told.push_back(row[0].as<int>());
    } catch (const pqxx::check_violation& e) {
      log(e.what());
      step.abort();
    }
  }
  tx.commit();
  for (int customer : told) notifyCustomer(customer, "payment reminder");
}

void Ledger::importLines(const Invoice& inv) {
  int id = 0;
  {
    auto c = pool_.lease();
    pqxx::work tx(*c);
    id = tx.exec_params1("INSERT INTO invoice(customer) VALUES($1) RETURNING id", inv.customer)[0].as<int>();
    tx.commit();
  }
  auto second = pool_.lease();  // waits: session-split-unit-of-work
  pqxx::work tx(*second);
  for (const Line& l : inv.lines)
    tx.exec_params0("INSERT INTO line VALUES($1,$2,$3,$4)", id, l.sku, l.qty, l.cents);
  tx.commit();
}

bool Ledger::cancel(int invoice, const std::string& reason) {
  return withTransaction(pool_, [&](pqxx::work& tx) {
    const auto done = tx.exec_params("UPDATE invoice SET cancelled = true WHERE id=$1 AND NOT cancelled", invoice);
    if (done.affected_rows() == 0) return false;
    tx.exec_params0("INSERT INTO audit VALUES($1,$2)", invoice, reason);
    return true;
  });
}

void Ledger::touch(int invoice) {
  auto c = pool_.lease();
  const std::string sql = "UPDATE invoice SET seen = now() WHERE id=" + std::to_string(invoice);
  pqxx::work(*c).exec(sql);  // expect: session-temporary-guard
}

void Ledger::moveCredit(int from, int to, long cents) {
  auto c = pool_.lease();
  pqxx::work debit(*c);
  debit.exec_params0("UPDATE customer SET credit = credit - $2 WHERE id=$1", from, cents);
  pqxx::work booking(*c);  // expect: session-nested-begin
  booking.exec_params0("UPDATE customer SET credit = credit + $2 WHERE id=$1", to, cents);
  booking.commit();
  debit.commit();
}

void Ledger::creditNote(int invoice, long cents) {
  auto c = pool_.lease();
  auto tx = std::make_unique<pqxx::work>(*c);
  tx->exec_params0("INSERT INTO credit_note VALUES($1,$2)", invoice, cents);
  tx->commit();
  tx.reset();
  pqxx::nontransaction plain(*c);
  plain.exec("NOTIFY credit_note");
}

void Ledger::exportYear(int year, std::ostream& out) {
  auto* conn = new pqxx::connection(cfg_.dsn);  // expect: session-leak
  pqxx::result rows;
  {
    pqxx::work tx(*conn);
    rows = tx.exec_params("SELECT id, customer, due FROM invoice WHERE year=$1", year);
    tx.commit();
  }
  for (const auto& r : rows) out << r[0].c_str() << ';' << r[1].c_str() << ';' << r[2].c_str() << '\n';
  delete conn;
}

pqxx::result Ledger::history(int customer) {
  auto c = pool_.lease();
  pqxx::work tx(*c);
  pqxx::result r = tx.exec_params("SELECT * FROM ledger WHERE customer=$1 ORDER BY at", customer);
  log(std::to_string(r.size()) + " ledger rows");
  tx.commit();
  return r;
}

void Ledger::archive(int year) {
  auto c = pool_.lease();
  for (;;) {
    pqxx::work tx(*c);
    const auto moved = tx.exec_params(
        "WITH gone AS (DELETE FROM invoice WHERE id IN (SELECT id FROM invoice WHERE year=$1 LIMIT 500) RETURNING *) "
        "INSERT INTO invoice_archive SELECT * FROM gone", year);
    if (moved.affected_rows() == 0) break;
    tx.commit();
    log("archived " + std::to_string(moved.affected_rows()));
  }
}

void Ledger::remindAsync(int customer) {
  std::thread([&pool = pool_, customer] {
    try {
      auto own = pool.lease();
      pqxx::work tx(*own);
      tx.exec_params0("INSERT INTO reminder(customer) VALUES($1)", customer);
      tx.commit();
    } catch (const std::exception& e) {
      log(e.what());
    }
  }).detach();
}

void Ledger::recompute(int customer) {
  auto c = pool_.lease();
  pqxx::work tx(*c);
  long sum = 0;
  for (const auto& r : tx.exec_params("SELECT due FROM invoice WHERE customer=$1", customer)) sum += r[0].as<long>();
  tx.exec_params0("UPDATE customer SET balance=$2 WHERE id=$1", customer, sum);
  if (sum > 1000000) tx.exec_params0("INSERT INTO watchlist VALUES($1)", customer);
  tx.commit();
  pqxx::work score(*c);
  score.exec_params0("UPDATE customer SET score = score_of($1) WHERE id=$1", customer);
  score.commit();  // expect: session-multiple-commits
}

void Ledger::applyDiscounts(int customer, const std::vector<int>& percents) {
  auto c = pool_.lease();
  pqxx::work tx(*c);  // expect: session-unfinished-transaction
  for (int p : percents) {
    if (p <= 0 || p > 50) continue;
    tx.exec_params0("UPDATE invoice SET due = due * (100 - $2) / 100 WHERE customer=$1", customer, p);
  }
  log("discounts applied for " + std::to_string(customer));
}

void Ledger::merge(int keep, int gone) {
  auto c = pool_.lease();
  std::optional<pqxx::work> tx;
  tx.emplace(*c);
  if (tx->exec_params("SELECT 1 FROM customer WHERE id=$1", gone).empty()) return;
  for (const char* table : {"invoice", "ledger", "reminder"})
    tx->exec_params0("UPDATE " + tx->quote_name(table) + " SET customer=$1 WHERE customer=$2", keep, gone);
  tx->exec_params0("DELETE FROM customer WHERE id=$1", gone);
  tx->commit();
}

bool Ledger::lockPeriod(int year, int month) {
  auto c = pool_.lease();
  pqxx::work tx(*c);
  try {
    tx.exec_params0("INSERT INTO locked_period VALUES($1,$2)", year, month);
    tx.commit();
  } catch (const pqxx::unique_violation&) {
    return false;
  } catch (const pqxx::broken_connection& e) {
    log(e.what());
    return false;
  }
  return true;
}

void Ledger::vacuum() {
  auto c = pool_.lease();
  pqxx::nontransaction plain(*c);
  for (const char* sql : {"VACUUM ANALYZE invoice", "VACUUM ANALYZE line", "REINDEX TABLE ledger"}) {
    try {
      plain.exec(sql);
    } catch (const pqxx::sql_error& e) {
      log(e.what());
    }
  }
}

}  // namespace billing
