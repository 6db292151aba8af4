// A project's own database layer (Session, Transaction, Pool) and the code on top of it.
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace store {

struct Error : std::runtime_error { using std::runtime_error::runtime_error; };

class Session {                             // declared here, defined in the library
public:
    explicit Session(const std::string& dsn);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();                             // closes and rolls back
    void open(const std::string& dsn);
    void close();
    bool isOpen() const noexcept;
    void begin();
    void commit();
    void rollback();
    void exec(const std::string& sql);
    int scalar(const std::string& sql);
};

class Transaction {                         // rolls back unless committed
public:
    explicit Transaction(Session& s) : s_(s) { s_.begin(); }
    ~Transaction() {
        if (done_) return;
        try { s_.rollback(); } catch (const Error& e) { std::fprintf(stderr, "%s\n", e.what()); }
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit() { s_.commit(); done_ = true; }
    void rollback() { done_ = true; s_.rollback(); }

private:
    Session& s_;
    bool done_ = false;
};

class HopefulTransaction {
public:
    explicit HopefulTransaction(Session& s) : s_(s) { s_.begin(); }
    ~HopefulTransaction() noexcept(false) { s_.commit(); }  // expect: session-commit-in-destructor
    HopefulTransaction(const HopefulTransaction&) = delete;
    HopefulTransaction& operator=(const HopefulTransaction&) = delete;

private:
    Session& s_;
};

class CarefulTransaction {
public:
    explicit CarefulTransaction(Session& s) : s_(s), depth_(std::uncaught_exceptions()) { s_.begin(); }
    ~CarefulTransaction() noexcept(false) {
        if (std::uncaught_exceptions() > depth_) s_.rollback();
        else s_.commit();
    }
    CarefulTransaction(const CarefulTransaction&) = delete;
    CarefulTransaction& operator=(const CarefulTransaction&) = delete;

private:
    Session& s_;
    int depth_;
};

class Pool {
public:
    Session* acquire();
    void release(Session* s) noexcept;
};

class Lease {
public:
    explicit Lease(Pool& p) : pool_(p), s_(p.acquire()) {}
    ~Lease() { if (s_) pool_.release(s_); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Session& operator*() const { return *s_; }
    Session* operator->() const { return s_; }

private:
    Pool& pool_;
    Session* s_;
};

}  // namespace store

using store::Lease;
using store::Pool;
using store::Session;
using store::Transaction;

void logError(const char* text) noexcept;

// --- pool -----------------------------------------------------------------

int countUsers(Pool& pool) {
    Session* s = pool.acquire();  // expect: session-leak
    const int n = s->scalar("SELECT COUNT(*) FROM users");
    pool.release(s);                        // not reached when scalar throws
    return n;
}

int countUsersLeased(Pool& pool) {
    Lease s(pool);
    const int n = s->scalar("SELECT COUNT(*) FROM users");
    if (n > 1000) logError("many users");
    return n;
}

int countUsersDeleter(Pool& pool) {
    auto give = [&pool](Session* s) { pool.release(s); };
    std::unique_ptr<Session, decltype(give)> s(pool.acquire(), give);
    return s->scalar("SELECT COUNT(*) FROM users");
}

int countUsersByHand(Pool& pool) {
    Session* s = pool.acquire();
    int n = -1;
    try {
        n = s->scalar("SELECT COUNT(*) FROM users");
    } catch (...) {
        pool.release(s);
        throw;
    }
    pool.release(s);
    return n;
}

void releaseTwice(Pool& pool) {
    Session* s = pool.acquire();
    try {
        s->exec("UPDATE users SET seen = 1");
    } catch (const std::exception& e) {
        logError(e.what());
        pool.release(s);
    }
    pool.release(s);  // expect: session-double-end
}

int useReturned(Pool& pool) {
    Session* kept = nullptr;
    {
        Lease lease(pool);
        kept = &*lease;
        kept->exec("UPDATE users SET seen = 0");
    }
    return kept->scalar("SELECT COUNT(*) FROM users");  // expect: session-use-after-scope
}

void twoLeases(Pool& pool, int id) {
    {
        Lease a(pool);
        a->exec("INSERT INTO orders VALUES (" + std::to_string(id) + ")");
    }
    Lease b(pool);  // expect: session-split-unit-of-work
    b->exec("INSERT INTO order_items VALUES (" + std::to_string(id) + ")");
}

// --- transactions ---------------------------------------------------------

void transfer(Session& s, int from, int to) {
    Transaction tx(s);
    s.exec("UPDATE acc SET n = n - 1 WHERE id = " + std::to_string(from));
    s.exec("UPDATE acc SET n = n + 1 WHERE id = " + std::to_string(to));
    tx.commit();
}

void transferForgotten(Session& s, int from, int to) {
    Transaction tx(s);  // expect: session-unfinished-transaction
    s.exec("UPDATE acc SET n = n - 1 WHERE id = " + std::to_string(from));
    s.exec("UPDATE acc SET n = n + 1 WHERE id = " + std::to_string(to));
}

void transferAuto(Session& s, int from, int to) {
    store::CarefulTransaction tx(s);
    s.exec("UPDATE acc SET n = n - 1 WHERE id = " + std::to_string(from));
    s.exec("UPDATE acc SET n = n + 1 WHERE id = " + std::to_string(to));
}

bool withdraw(Session& s, int id, int n) {
    s.begin();
    try {
        const int have = s.scalar("SELECT n FROM acc WHERE id = " + std::to_string(id));
        if (have < n) {
            s.rollback();
            return false;
        }
        s.exec("UPDATE acc SET n = n - 1 WHERE id = " + std::to_string(id));
        s.commit();
        return true;
    } catch (const store::Error& e) {  // expect: session-missing-rollback
        logError(e.what());
        return false;
    }
}

static void finish(Session& s, bool ok) {
    if (ok) s.commit();
    else s.rollback();
}

bool withdrawFinished(Session& s, int id) {
    s.begin();
    bool ok = false;
    try {
        s.exec("UPDATE acc SET n = n - 1 WHERE id = " + std::to_string(id));
        ok = true;
    } catch (const std::exception& e) {
        logError(e.what());
    } catch (...) {
        finish(s, false);
        throw;
    }
    finish(s, ok);
    return ok;
}

template <class Body>
auto inTransaction(Session& s, Body&& body) {
    Transaction tx(s);
    auto result = body(s);
    tx.commit();
    return result;
}

int createUser(Session& s, const std::string& name) {
    return inTransaction(s, [&](Session& db) {
        db.exec("INSERT INTO users VALUES ('" + name + "')");
        return db.scalar("SELECT last_insert_rowid()");
    });
}

void createUserNested(Session& s, const std::string& name) {
    Transaction tx(s);
    s.exec("UPDATE stats SET users = users + 1");
    Transaction inner(s);  // expect: session-nested-begin
    s.exec("INSERT INTO users VALUES ('" + name + "')");
    inner.commit();
    tx.commit();
}

void threePhases(Session& s) {
    s.begin();
    try {
        s.exec("DELETE FROM a");
        s.commit();
        s.exec("DELETE FROM b");
        s.commit();  // expect: session-multiple-commits
    } catch (...) {
        s.rollback();  // expect: session-double-end
        throw;
    }
}

void dropBatch(Session& s, const std::vector<int>& ids) {
    Transaction tx(s);
    for (int id : ids) {
        try {
            s.exec("DELETE FROM users WHERE id = " + std::to_string(id));
            s.exec("DELETE FROM acc WHERE id = " + std::to_string(id));
        } catch (const store::Error& e) {  // expect: session-swallow-and-commit
            logError(e.what());
        }
    }
    tx.commit();
}

void guardInPassing(Session& s) {
    Transaction{s};  // expect: session-temporary-guard
    s.exec("UPDATE users SET active = 1");
}

// --- owners ---------------------------------------------------------------

class Service {
public:
    explicit Service(std::string dsn) : dsn_(std::move(dsn)) {}
    void ensure() {
        if (!session_) session_ = std::make_unique<Session>(dsn_);
        else if (!session_->isOpen()) session_->open(dsn_);
    }
    int health() {
        std::lock_guard<std::mutex> lock(m_);
        ensure();
        return session_->scalar("SELECT 1");
    }
    void stop() {
        std::lock_guard<std::mutex> lock(m_);
        if (session_ && session_->isOpen()) session_->close();
        session_.reset();
    }

private:
    std::string dsn_;
    std::mutex m_;
    std::unique_ptr<Session> session_;
};

int rawNew(const std::string& dsn) {
    Session* s = new Session(dsn);  // expect: session-raw-construction
    int n = 0;
    try {
        n = s->scalar("SELECT 1");
    } catch (...) {
        delete s;
        throw;
    }
    delete s;
    return n;
}

void closeThenWrite(const std::string& dsn) {
    Session s(dsn);
    s.exec("VACUUM");
    s.close();
    s.exec("ANALYZE");  // expect: session-use-after-scope
}
