#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace db {

class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};
class DuplicateKey : public Error {
public:
    using Error::Error;
};

struct Row {
    std::int64_t integer(const char* col) const;
    std::string text(const char* col) const;
};

class Session {
public:
    explicit Session(const std::string& dsn);
    Session(Session&&) noexcept;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    void execute(const std::string& sql);
    void execute(const std::string& sql, std::int64_t a);
    void execute(const std::string& sql, std::int64_t a, std::int64_t b);
    std::vector<Row> query(const std::string& sql);
    std::optional<Row> queryOne(const std::string& sql, std::int64_t a);

    void begin();
    void commit();
    void rollback();
    bool inTransaction() const noexcept;
    void close();
};

class Transaction {
public:
    explicit Transaction(Session& s);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();
    void rollback();
};

class Savepoint {
public:
    Savepoint(Session& s, const char* name);
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    ~Savepoint();
    void release();
};

class ConnectionPool {
public:
    class Lease {
    public:
        Lease(Lease&&) noexcept;
        Lease& operator=(Lease&&) noexcept;
        ~Lease();
        Session& operator*() const noexcept;
        Session* operator->() const noexcept;
        Session* get() const noexcept;
        explicit operator bool() const noexcept;
    };
    Lease acquire();
    Lease tryAcquire(int ms);
    Session* checkout();
    void checkin(Session* s) noexcept;
};

class UnitOfWork {
public:
    explicit UnitOfWork(ConnectionPool& pool);
    UnitOfWork(const UnitOfWork&) = delete;
    UnitOfWork& operator=(const UnitOfWork&) = delete;
    ~UnitOfWork();
    Session& session() noexcept;
    void commit();
    void rollback();
};

}  // namespace db

namespace payroll {

struct Payslip {
    std::int64_t employee = 0;
    std::int64_t cents = 0;
};

struct RunOptions {
    bool preview = false;
    std::size_t chunk = 250;
    int attempts = 3;
};

void info(const std::string& s) noexcept;
std::int64_t taxFor(std::int64_t cents);
std::int64_t parseCents(const std::string& s);
void notifyPayroll(std::int64_t employee) noexcept;

void raiseSalary(db::Session& s, std::int64_t employee, std::int64_t cents) {
    db::Transaction tx(s);
    s.execute("UPDATE employee SET salary = ? WHERE id = ?", cents, employee);
    s.execute("INSERT INTO raise(employee, cents) VALUES(?, ?)", employee, cents);
    tx.commit();
    notifyPayroll(employee);
}

bool grantBonus(db::ConnectionPool& pool, const Payslip& p) {
    db::UnitOfWork uow(pool);
    const auto budget = uow.session().queryOne("SELECT cents FROM budget WHERE year = ?", 2026);
    if (!budget || budget->integer("cents") < p.cents) {
        info("bonus exceeds budget");
        return false;
    }
    uow.session().execute("UPDATE budget SET cents = cents - ? WHERE year = ?", p.cents, 2026);
    uow.session().execute("INSERT INTO bonus(employee, cents) VALUES(?, ?)", p.employee, p.cents);
    uow.commit();
    return true;
}

bool deductLoan(db::ConnectionPool& pool, const Payslip& p) {
    db::UnitOfWork uow(pool);  // expect: session-unfinished-transaction
    db::Session& s = uow.session();
    const auto loan = s.queryOne("SELECT open FROM loan WHERE employee = ?", p.employee);
    if (!loan)
        return false;
    s.execute("UPDATE loan SET open = open - ? WHERE employee = ?", p.cents, p.employee);
    s.execute("INSERT INTO deduction(employee, cents) VALUES(?, ?)", p.employee, p.cents);
    info("deducted " + std::to_string(p.cents));
    return true;
}

std::int64_t headcount(db::ConnectionPool& pool) {
    db::Session* s = pool.checkout();  // expect: session-leak
    const auto rows = s->query("SELECT count(*) AS n FROM employee");
    if (rows.empty())
        return 0;
    const auto n = rows.front().integer("n");
    pool.checkin(s);
    return n;
}

std::int64_t openShifts(db::ConnectionPool& pool) {
    auto giveBack = [&pool](db::Session* s) { pool.checkin(s); };
    std::unique_ptr<db::Session, decltype(giveBack)> s(pool.checkout(), giveBack);
    const auto rows = s->query("SELECT count(*) AS n FROM shift WHERE closed IS NULL");
    return rows.empty() ? 0 : rows.front().integer("n");
}

std::optional<std::string> employeeName(db::ConnectionPool& pool, std::int64_t id) {
    if (auto lease = pool.tryAcquire(100)) {
        const auto row = lease->queryOne("SELECT name FROM employee WHERE id = ?", id);
        if (!row)
            return std::nullopt;
        return row->text("name");
    }
    return std::nullopt;
}

void terminate(db::Session& s, std::int64_t employee) {
    s.begin();
    try {
        s.execute("UPDATE employee SET active = 0 WHERE id = ?", employee);
        s.execute("DELETE FROM shift_plan WHERE employee = ?", employee);
        s.commit();
    } catch (const db::DuplicateKey&) {
        s.rollback();
        info("already terminated");
    } catch (const db::Error& e) {  // expect: session-missing-rollback
        info(e.what());
        throw std::invalid_argument("terminate");
    }
}

void rehire(db::Session& s, std::int64_t employee) {
    s.begin();
    try {
        s.execute("UPDATE employee SET active = 1 WHERE id = ?", employee);
        s.execute("INSERT INTO onboarding(employee) VALUES(?)", employee);
        s.commit();
    } catch (...) {
        if (s.inTransaction())
            s.rollback();
        throw;
    }
}

std::size_t payAll(db::Session& s, const std::vector<Payslip>& slips) {
    db::Transaction tx(s);
    std::size_t paid = 0;
    for (const auto& p : slips) {
        try {
            s.execute("INSERT INTO payment(employee, cents) VALUES(?, ?)", p.employee, p.cents);
            s.execute("INSERT INTO tax(employee, cents) VALUES(?, ?)", p.employee, taxFor(p.cents));
            ++paid;
        } catch (const std::exception& e) {  // expect: session-swallow-and-commit
            info(std::string("slip skipped: ") + e.what());
        }
    }
    tx.commit();
    return paid;
}

std::size_t payEach(db::Session& s, const std::vector<Payslip>& slips) {
    db::Transaction tx(s);
    std::size_t paid = 0;
    for (const auto& p : slips) {
        try {
            db::Savepoint sp(s, "slip");
            s.execute("INSERT INTO payment(employee, cents) VALUES(?, ?)", p.employee, p.cents);
            s.execute("INSERT INTO tax(employee, cents) VALUES(?, ?)", p.employee, taxFor(p.cents));
            sp.release();
            ++paid;
        } catch (const db::Error& e) {
            info(std::string("slip skipped: ") + e.what());
        }
    }
    tx.commit();
    return paid;
}

void correctPayment(db::Session& s, std::int64_t payment, const std::string& amount) {
    db::Transaction tx(s);
    std::int64_t cents = 0;
    try {
        cents = parseCents(amount);
    } catch (const std::invalid_argument&) {
        tx.rollback();
        info("bad amount " + amount);
        return;
    }
    s.execute("UPDATE payment SET cents = ? WHERE id = ?", cents, payment);
    s.execute("INSERT INTO correction(payment, cents) VALUES(?, ?)", payment, cents);
    tx.commit();
}

void closeMonth(db::Session& s, int month) {
    s.begin();
    try {
        s.execute("UPDATE payment SET closed = 1 WHERE month = ?", month);
        db::Transaction totals(s);  // expect: session-nested-begin
        s.execute("INSERT INTO month_total SELECT month, sum(cents) FROM payment WHERE month = ?", month);
        totals.commit();
        s.commit();
    } catch (...) {
        s.rollback();
        throw;
    }
}

void preview(db::Session& s, const std::vector<Payslip>& slips, const RunOptions& o) {
    db::Transaction tx(s);
    for (const auto& p : slips)
        s.execute("INSERT INTO payment(employee, cents) VALUES(?, ?)", p.employee, p.cents);
    for (const auto& r : s.query("SELECT employee, sum(cents) AS c FROM payment GROUP BY employee"))
        info(std::to_string(r.integer("employee")) + ": " + std::to_string(r.integer("c")));
    if (o.preview)
        tx.rollback();
    else
        tx.commit();
}

void moveDepartment(db::ConnectionPool& pool, std::int64_t employee, std::int64_t from, std::int64_t to) {
    auto src = pool.acquire();
    db::Transaction out(*src);
    src->execute("UPDATE department SET heads = heads - 1 WHERE id = ?", from);
    auto dst = pool.acquire();  // expect: session-split-unit-of-work
    db::Transaction in(*dst);
    dst->execute("UPDATE department SET heads = heads + 1 WHERE id = ?", to);
    dst->execute("UPDATE employee SET dept = ? WHERE id = ?", to, employee);
    in.commit();
    out.commit();
}

void copyToLedger(db::ConnectionPool& payrollDb, db::ConnectionPool& ledgerDb, std::int64_t month) {
    std::vector<db::Row> rows;
    {
        auto src = payrollDb.acquire();
        rows = src->query("SELECT id, cents FROM payment WHERE booked = 0");
    }
    db::UnitOfWork uow(ledgerDb);
    for (const auto& r : rows)
        uow.session().execute("INSERT INTO entry(ref, cents) VALUES(?, ?)", r.integer("id"), r.integer("cents"));
    uow.session().execute("UPDATE period SET state = 'loaded' WHERE month = ?", month);
    uow.commit();
}

std::int64_t lastRun(db::ConnectionPool& pool) {
    db::Session* s = nullptr;
    {
        auto lease = pool.acquire();
        s = lease.get();
        s->execute("UPDATE stats SET reads = reads + 1");
    }
    const auto row = s->queryOne("SELECT max(id) AS id FROM run WHERE state = ?", 1);  // expect: session-use-after-scope
    return row ? row->integer("id") : -1;
}

void rebuildIndex(db::ConnectionPool& pool, const std::vector<std::int64_t>& depts) {
    std::vector<std::thread> ts;
    ts.reserve(depts.size());
    for (std::int64_t d : depts) {
        ts.emplace_back([lease = pool.acquire(), d] {
            db::Transaction tx(*lease);
            lease->execute("DELETE FROM dept_index WHERE dept = ?", d);
            lease->execute("INSERT INTO dept_index SELECT * FROM dept_view WHERE dept = ?", d);
            tx.commit();
        });
    }
    for (auto& t : ts)
        t.join();
}

void recomputeLeave(db::ConnectionPool& pool, std::int64_t year) {
    auto lease = pool.acquire();
    lease->execute("UPDATE job SET running = 1 WHERE year = ?", year);
    std::thread([s = lease.get(), year] {  // expect: session-shared-across-threads
        s->execute("CALL recompute_leave(?)", year);
    }).detach();
    info("leave recompute started");
}

void retire(db::Session& s, std::int64_t employee, bool pension) {
    db::Transaction tx(s);
    s.execute("UPDATE employee SET retired = 1 WHERE id = ?", employee);
    if (!pension) {
        tx.rollback();
        info("no pension plan for " + std::to_string(employee));
    } else {
        s.execute("INSERT INTO pension(employee) VALUES(?)", employee);
    }
    tx.commit();  // expect: session-double-end
}

bool runWithRetry(db::ConnectionPool& pool, const RunOptions& o, const std::function<void(db::Session&)>& work) {
    for (int i = 0; i < o.attempts; ++i) {
        try {
            db::UnitOfWork uow(pool);
            work(uow.session());
            uow.commit();
            return true;
        } catch (const db::Error& e) {
            info("attempt " + std::to_string(i) + ": " + e.what());
        }
    }
    return false;
}

void importSlips(db::Session& s, const std::vector<Payslip>& slips, const RunOptions& o) {
    std::optional<db::Transaction> tx(std::in_place, s);
    std::size_t n = 0;
    for (const auto& p : slips) {
        s.execute("INSERT INTO payslip(employee, cents) VALUES(?, ?)", p.employee, p.cents);
        if (++n % o.chunk == 0) {
            tx->commit();
            tx.reset();
            tx.emplace(s);
        }
    }
    tx->commit();
}

void approveRun(db::Session& s, std::int64_t run) {
    s.begin();
    try {
        s.execute("UPDATE run SET state = 'approved' WHERE id = ?", run);
        s.commit();
    } catch (...) {
        s.rollback();
        throw;
    }
    s.begin();
    try {
        s.execute("INSERT INTO transfer_job(run) VALUES(?)", run);
        s.commit();  // expect: session-multiple-commits
    } catch (...) {
        s.rollback();
        throw;
    }
}

void wipeTestData(db::Session& s) {
    (void)db::Transaction(s);  // expect: session-temporary-guard
    s.execute("DELETE FROM payment WHERE test = 1");
    s.execute("DELETE FROM employee WHERE test = 1");
}

std::unique_ptr<db::Session> openReporting(const std::string& dsn) {
    auto s = std::make_unique<db::Session>(dsn);
    s->execute("SET default_transaction_read_only = on");
    return s;
}

}  // namespace payroll
