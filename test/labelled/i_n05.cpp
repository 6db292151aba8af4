#include <chrono>
#include <coroutine>
#include <deque>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

namespace util {

template <class T>
class Generator {
public:
    struct promise_type {
        Generator get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        std::suspend_always yield_value(T& value) noexcept;
        void return_void() noexcept;
        void unhandled_exception();
    };
    class iterator {
    public:
        iterator& operator++();
        T& operator*() const;
        T* operator->() const;
        bool operator==(std::default_sentinel_t) const;
    };
    Generator(Generator&& other) noexcept;
    ~Generator();
    iterator begin();
    std::default_sentinel_t end() const noexcept;
};

class ThreadPool {
public:
    void post(std::function<void()> job);
};

void info(std::string_view text) noexcept;
void warn(std::string_view text) noexcept;

}  // namespace util

namespace storage {

class Session {
public:
    void exec(std::string_view sql);
    template <class... A> int exec(std::string_view sql, const A&... args);
    template <class T, class... A> std::optional<T> one(std::string_view sql, const A&... args);
    template <class T, class... A> std::vector<T> all(std::string_view sql, const A&... args);
};

class Lease {
public:
    Lease(Lease&&) noexcept;
    Lease& operator=(Lease&&) noexcept;
    ~Lease();
    Session& operator*() const noexcept;
    Session* operator->() const noexcept;
    explicit operator bool() const noexcept;
    void release() noexcept;
};

class Pool {
public:
    Lease acquire(std::chrono::milliseconds timeout);
    std::shared_ptr<Session> shared();
};

// Rolls back when destroyed without commit().
class UnitOfWork {
public:
    explicit UnitOfWork(Session& session);
    ~UnitOfWork();
    void commit();
    void rollback();
};

// Runs f in a transaction: commits when f returns, rolls back and rethrows when f throws.
void with_transaction(Session& session, const std::function<void()>& f);

}  // namespace storage

namespace billing {

using namespace std::chrono_literals;
using storage::Lease;
using storage::Pool;
using storage::Session;
using storage::UnitOfWork;

struct Invoice {
    long id = 0;
    long customer = 0;
    long cents = 0;
};

class Declined : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

util::Generator<Session> session_scope(Pool& pool) {
    Lease lease = pool.acquire(2s);
    co_yield *lease;
}

util::Generator<Session> unit_scope(Pool& pool) {
    Lease lease = pool.acquire(2s);
    UnitOfWork unit(*lease);
    co_yield *lease;
    unit.commit();
}

long open_total(Pool& pool, long customer) {
    for (Session& db : session_scope(pool)) {
        auto sum = db.one<long>("SELECT sum(cents) FROM invoice WHERE customer = $1 AND paid = 0", customer);
        return sum.value_or(0);
    }
    return 0;
}

bool mark_paid(Pool& pool, const Invoice& invoice) {
    for (Session& db : unit_scope(pool)) {
        const int changed = db.exec("UPDATE invoice SET paid = 1 WHERE id = $1", invoice.id);
        db.exec("INSERT INTO ledger(customer, cents) VALUES($1, $2)", invoice.customer, -invoice.cents);
        if (changed == 1) {
            util::info("invoice paid");
            return true;  // expect: session-generator-early-return
        }
    }
    return false;
}

bool mark_unpaid(Pool& pool, const Invoice& invoice) {
    bool changed = false;
    for (Session& db : unit_scope(pool)) {
        if (db.exec("UPDATE invoice SET paid = 0 WHERE id = $1", invoice.id) == 0) {
            continue;
        }
        db.exec("INSERT INTO ledger(customer, cents) VALUES($1, $2)", invoice.customer, invoice.cents);
        changed = true;
    }
    return changed;
}

long next_number(Pool& pool) {
    Session& db = *session_scope(pool).begin();  // expect: session-generator-early-return
    auto number = db.one<long>("SELECT nextval('invoice_number')");
    if (!number) {
        throw std::runtime_error("no sequence");
    }
    return *number;
}

long peek_number(Pool& pool) {
    auto scope = session_scope(pool);
    auto it = scope.begin();
    Session& db = *it;
    auto number = db.one<long>("SELECT last_value FROM invoice_number");
    return number.value_or(0);
}

Session* reporting_session(Pool& pool) {
    for (Session& db : session_scope(pool)) {
        db.exec("SET work_mem = '256MB'");
        return &db;  // expect: session-generator-early-return
    }
    return nullptr;
}

void require_customer(Pool& pool, long customer) {
    for (Session& db : unit_scope(pool)) {
        if (!db.one<long>("SELECT id FROM customer WHERE id = $1", customer)) {
            throw Declined("unknown customer");
        }
        db.exec("UPDATE customer SET checked = now() WHERE id = $1", customer);
    }
}

void send_reminders(Pool& pool, util::ThreadPool& jobs, const std::vector<long>& customers) {
    Lease lease = pool.acquire(2s);
    for (long customer : customers) {
        jobs.post([db = &*lease, customer] {  // expect: session-shared-across-threads
            db->exec("INSERT INTO reminder(customer) VALUES($1)", customer);
        });
    }
    lease->exec("UPDATE run SET reminded = $1", customers.size());
}

void send_statements(Pool& pool, util::ThreadPool& jobs, const std::vector<long>& customers) {
    std::vector<Invoice> open;
    {
        Lease lease = pool.acquire(2s);
        open = lease->all<Invoice>("SELECT id, customer, cents FROM invoice WHERE paid = 0");
    }
    for (const Invoice& invoice : open) {
        jobs.post([&pool, invoice] {
            Lease own = pool.acquire(5s);
            own->exec("INSERT INTO statement(invoice, cents) VALUES($1, $2)", invoice.id, invoice.cents);
        });
    }
    util::info(std::to_string(customers.size()));
}

void rebuild_index(Pool& pool, util::ThreadPool& jobs) {
    Lease lease = pool.acquire(10s);
    auto shared = std::make_shared<Lease>(std::move(lease));
    jobs.post([shared] {
        Session& db = **shared;
        db.exec("REINDEX TABLE invoice");
        db.exec("ANALYZE invoice");
    });
}

void charge(Pool& pool, const Invoice& invoice) {
    Lease lease = pool.acquire(2s);
    storage::with_transaction(*lease, [&] {
        lease->exec("INSERT INTO charge(invoice, cents) VALUES($1, $2)", invoice.id, invoice.cents);
        auto limit = lease->one<long>("SELECT credit FROM customer WHERE id = $1", invoice.customer);
        if (!limit || *limit < invoice.cents) {
            throw Declined("over limit");
        }
        lease->exec("UPDATE customer SET credit = credit - $1 WHERE id = $2", invoice.cents, invoice.customer);
    });
}

bool try_charge(Pool& pool, const Invoice& invoice, std::string& why) {
    try {
        charge(pool, invoice);
    } catch (const Declined& e) {
        why = e.what();
        Lease lease = pool.acquire(2s);
        lease->exec("INSERT INTO declined(invoice, why) VALUES($1, $2)", invoice.id, why);
        return false;
    }
    return true;
}

void refund(Pool& pool, const Invoice& invoice) {
    auto cash = pool.shared();
    UnitOfWork cash_unit(*cash);
    cash->exec("INSERT INTO refund(invoice, cents) VALUES($1, $2)", invoice.id, invoice.cents);
    auto credit = pool.shared();  // waits: session-split-unit-of-work
    UnitOfWork credit_unit(*credit);
    credit->exec("UPDATE customer SET credit = credit + $1 WHERE id = $2", invoice.cents, invoice.customer);
    cash_unit.commit();
    credit_unit.commit();
}

long dunning(Pool& pool, long level) {
    Lease lease = pool.acquire(2s);
    Session& db = *lease;
    auto count = db.one<long>("SELECT count(*) FROM invoice WHERE dunning = $1", level);
    lease.release();
    if (count.value_or(0) == 0) {
        return 0;
    }
    return db.exec("UPDATE invoice SET dunning = dunning + 1 WHERE dunning = $1", level);  // waits: session-use-after-scope
}

int dunning_all(Pool& pool, int levels) {
    int raised = 0;
    Lease lease = pool.acquire(2s);
    for (int level = levels; level > 0; --level) {
        if (!lease) {
            lease = pool.acquire(2s);
        }
        const int n = lease->exec("UPDATE invoice SET dunning = $1 WHERE dunning = $2", level, level - 1);
        raised += n;
        if (n > 10000) {
            lease.release();
            std::this_thread::sleep_for(250ms);
        }
    }
    return raised;
}

void post_payment(Pool& pool, const Invoice& invoice) {
    auto db = pool.shared();
    UnitOfWork unit(*db);
    db->exec("INSERT INTO payment(invoice, cents) VALUES($1, $2)", invoice.id, invoice.cents);
    try {
        db->exec("UPDATE invoice SET paid = 1 WHERE id = $1", invoice.id);
        db->exec("INSERT INTO ledger(customer, cents) VALUES($1, $2)", invoice.customer, -invoice.cents);
        unit.commit();
    } catch (const std::exception& e) {
        util::warn(e.what());
        unit.rollback();
    }
}

void post_late_fee(Pool& pool, const std::vector<Invoice>& late) {
    auto db = pool.shared();
    UnitOfWork unit(*db);
    for (const Invoice& invoice : late) {
        try {
            db->exec("INSERT INTO fee(invoice, cents) VALUES($1, 500)", invoice.id);
            db->exec("UPDATE customer SET credit = credit - 500 WHERE id = $1", invoice.customer);
        } catch (...) {  // expect: session-swallow-and-commit
            util::warn("fee not posted for " + std::to_string(invoice.id));
            break;
        }
    }
    unit.commit();
}

std::future<int> count_async(Pool& pool) {
    return std::async(std::launch::async, [&pool] {
        auto db = pool.shared();
        auto n = db->one<int>("SELECT count(*) FROM invoice");
        return n.value_or(0);
    });
}

int compare_counts(Pool& pool) {
    Lease lease = pool.acquire(2s);
    auto paid = std::async(std::launch::async, [&lease] {
        return lease->one<int>("SELECT count(*) FROM invoice WHERE paid = 1").value_or(0);
    });
    const int settled = paid.get();
    const int all = lease->one<int>("SELECT count(*) FROM invoice").value_or(0);
    return all - settled;
}

class InvoiceCache {
public:
    explicit InvoiceCache(Pool& pool) : pool_(pool) {}

    void refresh(long customer) {
        Lease lease = pool_.acquire(1s);
        auto rows = lease->all<Invoice>("SELECT id, customer, cents FROM invoice WHERE customer = $1", customer);
        std::lock_guard<std::mutex> lock(mutex_);
        for (const Invoice& row : rows) {
            known_[row.id] = row;
        }
    }

    void pin(long customer) {
        Lease lease = pool_.acquire(1s);
        lease->exec("SELECT pg_advisory_lock($1)", customer);
        current_ = &*lease;  // expect: session-use-after-scope
        pinned_ = customer;
    }

    void unpin() {
        if (pinned_ != 0) {
            pinned_ = 0;
            current_ = nullptr;
        }
    }

    Lease checkout(long customer) {
        Lease lease = pool_.acquire(1s);
        lease->exec("SELECT pg_advisory_lock($1)", customer);
        return lease;
    }

private:
    Pool& pool_;
    std::mutex mutex_;
    std::unordered_map<long, Invoice> known_;
    Session* current_ = nullptr;
    long pinned_ = 0;
};

}  // namespace billing
