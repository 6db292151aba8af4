// library: libpqxx
// Billing service, libpqxx 6. Invoices, dunning, usage aggregation.
#include <pqxx/pqxx>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace billing {

void logWarn(const std::string&) noexcept;
void mailCustomer(int customer, const std::string& body);

struct Error { int code; std::string what; };
template <class T> class Result {
 public:
  Result(T v) : v_(std::move(v)) {}
  Result(Error e) : v_(std::move(e)) {}
  explicit operator bool() const { return v_.index() == 0; }
  const T& operator*() const { return std::get<0>(v_); }
  const Error& error() const { return std::get<1>(v_); }
 private:
  std::variant<T, Error> v_;
};

class Pool {
 public:
  class Lease {
   public:
    Lease(Pool& p, pqxx::connection* c) : p_(&p), c_(c) {}
    Lease(Lease&& o) noexcept : p_(o.p_), c_(std::exchange(o.c_, nullptr)) {}
    Lease(const Lease&) = delete;
    ~Lease() { if (c_) p_->giveBack(c_); }
    pqxx::connection& operator*() const { return *c_; }
    pqxx::connection* operator->() const { return c_; }
   private:
    Pool* p_;
    pqxx::connection* c_;
  };
  Lease acquire() {
    std::unique_lock<std::mutex> l(m_);
    cv_.wait(l, [this] { return !free_.empty(); });
    pqxx::connection* c = free_.back();
    free_.pop_back();
    return Lease(*this, c);
  }
 private:
  void giveBack(pqxx::connection* c) noexcept {
    { std::lock_guard<std::mutex> l(m_); free_.push_back(c); }
    cv_.notify_one();
  }
  std::mutex m_;
  std::condition_variable cv_;
  std::vector<pqxx::connection*> free_;
  std::vector<std::unique_ptr<pqxx::connection>> all_;
};

struct Line { int article; int qty; long cents; };

Result<int> createInvoice(pqxx::connection& c, int customer, const std::vector<Line>& lines) {
  try {
    pqxx::work tx(c, "invoice");
    const pqxx::row r = tx.exec_params1("INSERT INTO invoice(customer) VALUES ($1) RETURNING id", customer);
    const int id = r[0].as<int>();
    for (const Line& l : lines)
      tx.exec_params0("INSERT INTO line VALUES ($1,$2,$3,$4)", id, l.article, l.qty, l.cents);
    if (lines.empty()) return Error{422, "empty invoice"};   // rolled back by the destructor: wanted
    tx.commit();
    return id;
  } catch (const pqxx::sql_error& e) {
    return Error{500, e.what()};
  }
}

Result<int> cancelInvoice(pqxx::connection& c, int invoice, const std::string& reason) {
  pqxx::work tx(c);  // expect: session-unfinished-transaction
  const pqxx::result r = tx.exec_params("SELECT state FROM invoice WHERE id=$1 FOR UPDATE", invoice);
  if (r.empty()) return Error{404, "no such invoice"};
  tx.exec_params0("UPDATE invoice SET state='cancelled' WHERE id=$1", invoice);
  tx.exec_params0("INSERT INTO audit(invoice, note) VALUES ($1,$2)", invoice, reason);
  logWarn("cancelled " + std::to_string(invoice));
  return invoice;
}

std::vector<int> overdue(pqxx::connection& c, int days) {
  pqxx::read_transaction tx(c);
  std::vector<int> ids;
  for (const auto& row : tx.exec_params("SELECT id FROM invoice WHERE due < now() - $1 * interval '1 day'", days))
    ids.push_back(row[0].as<int>());
  return ids;      // nothing to commit
}

void dunning(Pool& pool, int days) {
  std::vector<int> ids;
  {
    auto lease = pool.acquire();
    ids = overdue(*lease, days);
  }
  for (int id : ids) {
    auto lease = pool.acquire();
    pqxx::work tx(*lease);
    tx.exec_params0("UPDATE invoice SET reminders = reminders + 1 WHERE id=$1", id);
    tx.commit();
  }
}

void closeMonth(pqxx::connection& c, const std::string& month) {
  pqxx::work booking(c);
  booking.exec_params0("INSERT INTO ledger SELECT * FROM pending WHERE month=$1", month);
  booking.commit();
  pqxx::work cleanup(c);
  cleanup.exec_params0("DELETE FROM pending WHERE month=$1", month);
  cleanup.commit();  // expect: session-multiple-commits
  pqxx::work seal(c);
  seal.exec_params0("UPDATE period SET closed=true WHERE month=$1", month);
  seal.commit();  // expect: session-multiple-commits
}

bool settle(pqxx::connection& c, int invoice, long cents) {
  pqxx::work tx(c);
  const auto r = tx.exec_params("UPDATE invoice SET paid = paid + $2 WHERE id=$1 RETURNING total - paid", invoice, cents);
  if (r.empty()) {
    tx.abort();
    return false;
  }
  if (r[0][0].as<long>() < 0) {
    tx.exec_params0("INSERT INTO overpaid(invoice) VALUES ($1)", invoice);
    tx.commit();
    return true;
  }
  tx.commit();      // the other, exclusive branch
  return true;
}

void applyDiscounts(pqxx::connection& c, const std::vector<int>& invoices) {
  pqxx::work tx(c);
  for (int id : invoices) {
    try {
      tx.exec_params0("UPDATE invoice SET total = total * 0.9 WHERE id=$1", id);
      tx.exec_params0("INSERT INTO discount(invoice) VALUES ($1)", id);
    } catch (const std::exception& e) {  // expect: session-swallow-and-commit
      logWarn(std::string("discount: ") + e.what());
    }
  }
  tx.commit();
}

int applyDiscountsSafely(pqxx::connection& c, const std::vector<int>& invoices) {
  pqxx::work tx(c);
  int skipped = 0;
  for (int id : invoices) {
    try {
      pqxx::subtransaction sp(tx, "disc");
      sp.exec_params0("UPDATE invoice SET total = total * 0.9 WHERE id=$1", id);
      sp.exec_params0("INSERT INTO discount(invoice) VALUES ($1)", id);
      sp.commit();
    } catch (const pqxx::sql_error& e) {
      ++skipped;                       // the savepoint was undone by its destructor
      logWarn(e.what());
    }
  }
  tx.commit();
  return skipped;
}

void writeOff(pqxx::connection& c, int invoice) {
  pqxx::work(c, "writeoff");  // expect: session-temporary-guard
  pqxx::nontransaction n(c);
  const auto r = n.exec_params("SELECT total - paid FROM invoice WHERE id=$1", invoice);
  if (r.empty()) return;
  n.exec_params0("UPDATE invoice SET written_off = $2 WHERE id=$1", invoice, r[0][0].as<long>());
}

const char* customerName(pqxx::connection& c, int customer) {
  pqxx::work tx(c);
  const char* name = "";
  {
    pqxx::result r = tx.exec_params("SELECT name FROM customer WHERE id=$1", customer);
    if (!r.empty()) name = r[0][0].c_str();
  }
  return name;  // expect: session-use-after-scope
}

pqxx::result usage(pqxx::connection& c, int customer) {
  std::optional<pqxx::work> tx;
  tx.emplace(c);
  pqxx::result r = tx->exec_params("SELECT day, units FROM usage WHERE customer=$1", customer);
  tx->commit();
  tx.reset();
  return r;                // a result owns its data
}

long recalc(pqxx::connection& c, int customer) {
  pqxx::work tx(c);
  tx.exec_params0("UPDATE customer SET balance = (SELECT sum(total-paid) FROM invoice WHERE customer=$1) WHERE id=$1", customer);
  tx.commit();
  const auto r = tx.exec_params("SELECT balance FROM customer WHERE id=$1", customer);  // expect: session-use-after-scope
  return r.empty() ? 0 : r[0][0].as<long>();
}

void transferCredit(Pool& pool, int from, int to, long cents) {
  auto a = pool.acquire();
  pqxx::work debit(*a);
  debit.exec_params0("UPDATE customer SET credit = credit - $2 WHERE id=$1", from, cents);
  auto b = pool.acquire();  // waits: session-split-unit-of-work
  pqxx::work credit(*b);
  credit.exec_params0("UPDATE customer SET credit = credit + $2 WHERE id=$1", to, cents);
  debit.commit();
  credit.commit();
}

void archive(pqxx::connection& live, pqxx::connection& cold, int year) {
  pqxx::work src(live);
  pqxx::work dst(cold);              // another server altogether
  for (const auto& row : src.exec_params("DELETE FROM invoice WHERE year=$1 RETURNING id, total", year))
    dst.exec_params0("INSERT INTO old_invoice VALUES ($1,$2)", row[0].as<int>(), row[1].as<long>());
  dst.commit();
  src.commit();
}

bool withRetry(pqxx::connection& c, const std::function<void(pqxx::work&)>& body) {
  for (int attempt = 0; attempt < 4; ++attempt) {
    try {
      pqxx::work tx(c);
      body(tx);
      tx.commit();
      return true;
    } catch (const pqxx::serialization_failure&) {
      logWarn("again");
    } catch (const pqxx::deadlock_detected&) {
      logWarn("deadlock");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20 << attempt));
  }
  return false;
}

bool reprice(pqxx::connection& c, int article, long cents) {
  return withRetry(c, [&](pqxx::work& tx) {
    tx.exec_params0("UPDATE article SET cents=$2 WHERE id=$1", article, cents);
    tx.exec_params0("INSERT INTO price_log VALUES ($1,$2,now())", article, cents);
  });
}

void refreshViews(Pool& pool) {
  auto lease = pool.acquire();
  pqxx::connection& conn = *lease;
  std::thread([&conn] {  // expect: session-shared-across-threads
    pqxx::nontransaction tx(conn);
    tx.exec("REFRESH MATERIALIZED VIEW CONCURRENTLY revenue");
  }).detach();
  pqxx::nontransaction stamp(conn);
  stamp.exec("UPDATE jobs SET refreshed = now()");
}

void refreshInBackground(std::shared_ptr<Pool> pool, std::vector<std::thread>& workers) {
  workers.emplace_back([pool = std::move(pool)] {
    try {
      auto lease = pool->acquire();
      pqxx::nontransaction tx(*lease);
      tx.exec("REFRESH MATERIALIZED VIEW CONCURRENTLY revenue");
    } catch (const std::exception& e) {
      logWarn(e.what());
    }
  });
}

void bulkUsage(pqxx::connection& c, const std::vector<Line>& rows) {
  pqxx::work tx(c);
  pqxx::stream_to out(tx, "usage_raw", std::vector<std::string>{"article", "qty", "cents"});
  for (const Line& l : rows) out << std::make_tuple(l.article, l.qty, l.cents);
  out.complete();
  tx.exec0("UPDATE import_state SET rows = (SELECT count(*) FROM usage_raw)");
  tx.commit();
}

void bookNested(pqxx::connection& c, int customer) {
  pqxx::work outer(c);
  outer.exec_params0("INSERT INTO booking(customer) VALUES ($1)", customer);
  {
    pqxx::work inner(c);  // expect: session-nested-begin
    inner.exec_params0("INSERT INTO booking_audit(customer) VALUES ($1)", customer);
    inner.commit();
  }
  outer.commit();
}

bool payAndReport(pqxx::connection& c, int invoice) {
  pqxx::work tx(c);
  tx.exec_params0("UPDATE invoice SET paid = total WHERE id=$1", invoice);
  try {
    tx.commit();
  } catch (const std::exception& e) {  // waits: session-swallowed-commit-error
    logWarn(e.what());
  }
  return true;
}

bool payAndTell(pqxx::connection& c, int invoice) {
  pqxx::work tx(c);
  tx.exec_params0("UPDATE invoice SET paid = total WHERE id=$1", invoice);
  try {
    tx.commit();
  } catch (const pqxx::in_doubt_error& e) {
    logWarn(e.what());
    return false;
  }
  return true;
}

}  // namespace billing
