#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <future>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace clinic::db {

class DbException : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
    bool transient() const noexcept;
};

using Value = std::variant<std::int64_t, double, std::string>;

class Row {
public:
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
};

class Rows {
public:
    Rows(Rows&&) noexcept;
    ~Rows();
    bool next();
    const Row& current() const;
};

class Session {
public:
    explicit Session(const std::string& dsn);
    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;
    ~Session();
    void begin();
    void commit();
    void rollback() noexcept;
    bool inTransaction() const noexcept;
    int execute(std::string_view sql, std::initializer_list<Value> args = {});
    Rows query(std::string_view sql, std::initializer_list<Value> args = {});
    std::int64_t lastId() const noexcept;
    void close() noexcept;
};

// Rolls back in its destructor unless commit() was called.
class Transaction {
public:
    explicit Transaction(Session& session);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();
    void rollback();
};

// Rolls back to its start in its destructor unless release() was called.
class Savepoint {
public:
    Savepoint(Session& session, std::string_view name);
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    ~Savepoint();
    void release();
};

// Gives the session back to its pool in its destructor; an open transaction is rolled back.
class Lease {
public:
    Lease(Lease&&) noexcept;
    Lease& operator=(Lease&&) noexcept;
    ~Lease();
    Session& operator*() const noexcept;
    Session* operator->() const noexcept;
};

class SessionPool {
public:
    SessionPool(const std::string& dsn, int size);
    ~SessionPool();
    Lease acquire();
    std::optional<Lease> tryAcquire(std::chrono::milliseconds wait);
};

}  // namespace clinic::db

namespace clinic {

using db::Lease;
using db::Session;
using db::SessionPool;
using db::Transaction;

struct Visit {
    std::int64_t patient = 0;
    std::int64_t doctor = 0;
    std::string note;
};

struct ClinicError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void logLine(std::string_view text) noexcept;
bool mailPatient(std::int64_t patient, std::string_view text);

std::int64_t admit(SessionPool& pool, const std::string& name, int ward) {
    Lease lease = pool.acquire();
    Transaction tx(*lease);
    auto beds = lease->query("SELECT free FROM ward WHERE id = ?", {std::int64_t{ward}});
    if (!beds.next() || beds.current().integer(0) == 0)
        throw ClinicError("ward is full");
    lease->execute("INSERT INTO patient(name, ward) VALUES(?, ?)", {name, std::int64_t{ward}});
    const std::int64_t id = lease->lastId();
    lease->execute("UPDATE ward SET free = free - 1 WHERE id = ?", {std::int64_t{ward}});
    tx.commit();
    return id;
}

void discharge(SessionPool& pool, std::int64_t patient) {
    Lease lease = pool.acquire();
    if (auto rows = lease->query("SELECT ward FROM patient WHERE id = ?", {patient}); rows.next()) {
        const std::int64_t ward = rows.current().integer(0);
        Transaction tx(*lease);  // expect: session-unfinished-transaction
        lease->execute("UPDATE ward SET free = free + 1 WHERE id = ?", {ward});
        lease->execute("UPDATE patient SET ward = NULL WHERE id = ?", {patient});
    }
    logLine("discharged");
}

Session& anySession(SessionPool& pool) {
    Lease lease = pool.acquire();
    lease->execute("SET search_path TO clinic");
    return *lease;  // expect: session-use-after-scope
}

Lease freshLease(SessionPool& pool) {
    if (auto quick = pool.tryAcquire(std::chrono::milliseconds(5)))
        return std::move(*quick);
    logLine("pool is busy");
    return pool.acquire();
}

void recordVisit(Session& session, const Visit& v) {
    session.begin();
    try {
        session.execute("INSERT INTO visit(patient, doctor, note) VALUES(?, ?, ?)", {v.patient, v.doctor, v.note});
        session.execute("UPDATE doctor SET visits = visits + 1 WHERE id = ?", {v.doctor});
        session.commit();
    } catch (const db::DbException& e) {
        session.rollback();
        throw ClinicError(std::string("visit: ") + e.what());
    } catch (...) {
        session.rollback();
        throw;
    }
}

bool cancelVisit(Session& session, std::int64_t visit) {
    session.begin();
    try {
        session.execute("INSERT INTO cancelled SELECT * FROM visit WHERE id = ?", {visit});
        session.execute("DELETE FROM visit WHERE id = ?", {visit});
        session.commit();
        return true;
    } catch (const db::DbException& e) {  // expect: session-missing-rollback
        logLine(e.what());
        return false;
    }
}

void importVisits(Session& session, const std::vector<Visit>& visits) {
    Transaction tx(session);
    int skipped = 0;
    for (const Visit& v : visits) {
        try {
            db::Savepoint sp(session, "visit");
            session.execute("INSERT INTO visit(patient, doctor, note) VALUES(?, ?, ?)", {v.patient, v.doctor, v.note});
            session.execute("UPDATE doctor SET visits = visits + 1 WHERE id = ?", {v.doctor});
            sp.release();
        } catch (const db::DbException& e) {
            logLine(e.what());
            ++skipped;
        }
    }
    session.execute("INSERT INTO import(skipped) VALUES(?)", {std::int64_t{skipped}});
    tx.commit();
}

void transferPatient(Session& session, std::int64_t patient, std::int64_t ward) {
    Transaction tx(session);
    session.execute("UPDATE ward SET free = free + 1 WHERE id = (SELECT ward FROM patient WHERE id = ?)", {patient});
    try {
        session.execute("UPDATE patient SET ward = ? WHERE id = ?", {ward, patient});
        session.execute("UPDATE ward SET free = free - 1 WHERE id = ?", {ward});
    } catch (const db::DbException&) {  // expect: session-swallow-and-commit
        logLine("transfer incomplete");
    }
    tx.commit();
}

void prescribe(SessionPool& pool, std::int64_t patient, std::string_view drug) {
    Lease lease = pool.acquire();
    Transaction tx(*lease);
    lease->execute("INSERT INTO prescription(patient, drug) VALUES(?, ?)", {patient, std::string(drug)});
    auto stock = pool.acquire();  // expect: session-split-unit-of-work
    stock->execute("UPDATE pharmacy SET stock = stock - 1 WHERE drug = ?", {std::string(drug)});
    tx.commit();
}

void notifyDue(SessionPool& pool) {
    std::vector<std::pair<std::int64_t, std::string>> due;
    {
        Lease lease = pool.acquire();
        auto rows = lease->query("SELECT patient, note FROM reminder WHERE sent = 0");
        while (rows.next())
            due.emplace_back(rows.current().integer(0), std::string(rows.current().text(1)));
    }
    for (const auto& [patient, note] : due) {
        if (!mailPatient(patient, note))
            continue;
        Lease lease = pool.acquire();
        lease->execute("UPDATE reminder SET sent = 1 WHERE patient = ?", {patient});
    }
}

std::string_view wardName(SessionPool& pool, std::int64_t ward) {
    Lease lease = pool.acquire();
    auto rows = lease->query("SELECT name FROM ward WHERE id = ?", {ward});
    if (!rows.next())
        return "none";
    return rows.current().text(0);  //  // waits: session-use-after-scope
}

void lockChart(Session& session, std::int64_t patient) {
    Transaction{session};  // expect: session-temporary-guard
    session.execute("SELECT 1 FROM chart WHERE patient = ? FOR UPDATE", {patient});
    session.execute("UPDATE chart SET locked = 1 WHERE patient = ?", {patient});
}

void withTransaction(Session& session, const std::function<void(Session&)>& work) {
    if (session.inTransaction()) {
        work(session);
        return;
    }
    Transaction tx(session);
    work(session);
    tx.commit();
}

void mergeCharts(Session& session, std::int64_t keep, std::int64_t drop) {
    withTransaction(session, [keep, drop](Session& s) {
        s.execute("UPDATE entry SET chart = ? WHERE chart = ?", {keep, drop});
        s.execute("DELETE FROM chart WHERE id = ?", {drop});
    });
}

bool billVisit(SessionPool& pool, std::int64_t visit, int attempts) {
    Lease lease = pool.acquire();
    while (attempts-- > 0) {
        try {
            Transaction tx(*lease);
            lease->execute("INSERT INTO bill(visit) VALUES(?)", {visit});
            lease->execute("UPDATE visit SET billed = 1 WHERE id = ?", {visit});
            tx.commit();
            return true;
        } catch (const db::DbException& e) {
            if (!e.transient())
                throw;
            logLine(e.what());
        }
    }
    return false;
}

void billMonth(SessionPool& pool, const std::vector<std::int64_t>& visits) {
    Lease lease = pool.acquire();
    for (std::int64_t visit : visits) {
        lease->begin();  // expect: session-nested-begin
        lease->execute("INSERT INTO bill(visit) VALUES(?)", {visit});
    }
    lease->execute("UPDATE month SET billed = 1");
    lease->commit();
}

void archiveYear(SessionPool& pool, std::int64_t year) {
    auto job = std::async(std::launch::async, [lease = pool.acquire(), year] {
        Transaction tx(*lease);
        lease->execute("INSERT INTO archive SELECT * FROM visit WHERE year = ?", {year});
        lease->execute("DELETE FROM visit WHERE year = ?", {year});
        tx.commit();
    });
    logLine("archiving");
    job.get();
}

void archiveLater(SessionPool& pool, std::int64_t year) {
    Lease lease = pool.acquire();
    lease->execute("INSERT INTO archive_job(year) VALUES(?)", {year});
    std::thread worker([&session = *lease, year] {  // expect: session-shared-across-threads
        session.execute("INSERT INTO archive SELECT * FROM visit WHERE year = ?", {year});
    });
    worker.detach();
    lease->execute("UPDATE archive_job SET started = 1 WHERE year = ?", {year});
}

int countVisits(const std::string& dsn, std::int64_t doctor) {
    auto* session = new Session(dsn);  // expect: session-leak
    auto rows = session->query("SELECT count(*) FROM visit WHERE doctor = ?", {doctor});
    const int n = rows.next() ? static_cast<int>(rows.current().integer(0)) : 0;
    logLine("counted");
    delete session;
    return n;
}

int countPatients(const std::string& dsn) {
    const std::unique_ptr<Session> session(new Session(dsn));
    auto rows = session->query("SELECT count(*) FROM patient");
    return rows.next() ? static_cast<int>(rows.current().integer(0)) : 0;
}

bool settle(Session& session, std::int64_t patient, std::int64_t bill) {
    Transaction tx(session);
    session.execute("UPDATE bill SET paid = 1 WHERE id = ?", {bill});
    session.execute("INSERT INTO payment(bill) VALUES(?)", {bill});
    tx.commit();
    if (!mailPatient(patient, "payment received")) {
        logLine("mail failed");
        tx.rollback();  // expect: session-double-end
        return false;
    }
    return true;
}

void reopen(Session& session, std::int64_t bill) {
    session.begin();
    bool ok = false;
    std::exception_ptr failure;
    try {
        session.execute("UPDATE bill SET paid = 0 WHERE id = ?", {bill});
        session.execute("DELETE FROM payment WHERE bill = ?", {bill});
        ok = true;
    } catch (...) {
        failure = std::current_exception();
    }
    if (!ok) {
        session.rollback();
        std::rethrow_exception(failure);
    }
    try {
        session.commit();
    } catch (...) {
        session.rollback();
        throw;
    }
}

class FrontDesk {
public:
    explicit FrontDesk(Session session) : session_(std::move(session)) {}

    void swapIn(Session next) {
        session_.close();
        session_ = std::move(next);
    }

    void checkIn(std::int64_t patient) {
        Transaction tx(session_);
        session_.execute("INSERT INTO queue(patient) VALUES(?)", {patient});
        session_.execute("UPDATE patient SET waiting = 1 WHERE id = ?", {patient});
        tx.commit();
    }

    void endOfDay() {
        session_.execute("DELETE FROM queue");
        session_.close();
        session_.execute("UPDATE desk SET open = 0");  // expect: session-use-after-scope
    }

    void startOfDay(const std::string& dsn) {
        session_.close();
        session_ = Session(dsn);
        session_.execute("UPDATE desk SET open = 1");
    }

private:
    Session session_;
};

}  // namespace clinic
