// library: sqlite3
#include <sqlite3.h>

#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace filmvault {

struct VaultConfig {
    std::string file = "vault.db";
    std::string key;
    int busyMs = 3000;
    int sessions = 4;
};

class VaultError : public std::runtime_error {
public:
    VaultError(int code, const std::string& text) : std::runtime_error(text), code_(code) {}
    int code() const noexcept { return code_; }
    bool busy() const noexcept { return code_ == SQLITE_BUSY || code_ == SQLITE_LOCKED; }
private:
    int code_;
};

void logf(const char* what) noexcept { std::fprintf(stderr, "[vault] %s\n", what); }

class Statement {
public:
    Statement(sqlite3* db, std::string_view sql) {
        const int rc = sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &st_, nullptr);
        if (rc != SQLITE_OK)
            throw VaultError(rc, sqlite3_errmsg(db));
    }
    Statement(Statement&& o) noexcept : st_(std::exchange(o.st_, nullptr)) {}
    Statement& operator=(Statement&&) = delete;
    ~Statement() { sqlite3_finalize(st_); }

    Statement& bind(int i, std::int64_t v) {
        sqlite3_bind_int64(st_, i, v);
        return *this;
    }
    Statement& bind(int i, const std::string& v) {
        sqlite3_bind_text(st_, i, v.c_str(), -1, SQLITE_TRANSIENT);
        return *this;
    }
    bool step() {
        const int rc = sqlite3_step(st_);
        if (rc == SQLITE_ROW)
            return true;
        if (rc != SQLITE_DONE)
            throw VaultError(rc, sqlite3_errmsg(sqlite3_db_handle(st_)));
        return false;
    }
    void reset() noexcept { sqlite3_reset(st_); }
    std::int64_t integer(int c) const noexcept { return sqlite3_column_int64(st_, c); }
    const char* text(int c) const noexcept { return reinterpret_cast<const char*>(sqlite3_column_text(st_, c)); }

private:
    sqlite3_stmt* st_ = nullptr;
};

class Session {
public:
    explicit Session(const VaultConfig& cfg) {
        const int rc = sqlite3_open(cfg.file.c_str(), &db_);
        if (rc != SQLITE_OK) {
            const std::string text = sqlite3_errmsg(db_);
            sqlite3_close(db_);
            throw VaultError(rc, text);
        }
        sqlite3_busy_timeout(db_, cfg.busyMs);
    }
    Session(Session&& o) noexcept : db_(std::exchange(o.db_, nullptr)) {}
    Session& operator=(Session&& o) noexcept {
        std::swap(db_, o.db_);
        return *this;
    }
    ~Session() { sqlite3_close(db_); }

    void run(const char* sql) {
        const int rc = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
        if (rc != SQLITE_OK)
            throw VaultError(rc, sqlite3_errmsg(db_));
    }
    Statement prepare(std::string_view sql) { return Statement(db_, sql); }
    void begin() { run("BEGIN IMMEDIATE"); }
    void commit() { run("COMMIT"); }
    void rollback() noexcept { sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr); }
    bool active() const noexcept { return sqlite3_get_autocommit(db_) == 0; }

private:
    sqlite3* db_ = nullptr;
};

class KeyedSession {
public:
    explicit KeyedSession(const VaultConfig& cfg) {
        if (sqlite3_open(cfg.file.c_str(), &db_) != SQLITE_OK)  // expect: session-leak
            throw VaultError(SQLITE_CANTOPEN, sqlite3_errmsg(db_));
        sqlite3_busy_timeout(db_, cfg.busyMs);
    }
    KeyedSession(const KeyedSession&) = delete;
    KeyedSession& operator=(const KeyedSession&) = delete;
    ~KeyedSession() { sqlite3_close(db_); }
    sqlite3* handle() const noexcept { return db_; }
private:
    sqlite3* db_ = nullptr;
};

class Transaction {
public:
    explicit Transaction(Session& s) : s_(&s) { s_->begin(); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() {
        if (s_)
            s_->rollback();
    }
    void commit() {
        s_->commit();
        s_ = nullptr;
    }
private:
    Session* s_;
};

class FinalTransaction {
public:
    explicit FinalTransaction(Session& s) : s_(s) { s_.begin(); }
    FinalTransaction(const FinalTransaction&) = delete;
    FinalTransaction& operator=(const FinalTransaction&) = delete;
    ~FinalTransaction() {
        try {
            s_.commit();  // expect: session-commit-in-destructor
        } catch (const VaultError& e) {
            logf(e.what());
        }
    }
private:
    Session& s_;
};

class UnlessThrown {
public:
    explicit UnlessThrown(Session& s) : s_(s), depth_(std::uncaught_exceptions()) { s_.begin(); }
    UnlessThrown(const UnlessThrown&) = delete;
    UnlessThrown& operator=(const UnlessThrown&) = delete;
    ~UnlessThrown() noexcept(false) {
        if (std::uncaught_exceptions() > depth_) {
            s_.rollback();
            return;
        }
        try {
            s_.commit();
        } catch (...) {
            s_.rollback();
            throw;
        }
    }
private:
    Session& s_;
    int depth_;
};

class Pool {
public:
    explicit Pool(const VaultConfig& cfg) {
        for (int i = 0; i < cfg.sessions; ++i)
            free_.push_back(std::make_unique<Session>(cfg));
    }

    class Lease {
    public:
        Lease(Pool* p, std::unique_ptr<Session> s) : p_(p), s_(std::move(s)) {}
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (s_)
                p_->put(std::move(s_));
        }
        Session& operator*() const noexcept { return *s_; }
        Session* operator->() const noexcept { return s_.get(); }
    private:
        Pool* p_;
        std::unique_ptr<Session> s_;
    };

    Lease get() {
        std::unique_lock lock(m_);
        cv_.wait(lock, [this] { return !free_.empty(); });
        auto s = std::move(free_.back());
        free_.pop_back();
        return Lease(this, std::move(s));
    }

private:
    void put(std::unique_ptr<Session> s) noexcept {
        if (s->active())
            s->rollback();
        std::lock_guard lock(m_);
        free_.push_back(std::move(s));
        cv_.notify_one();
    }

    std::mutex m_;
    std::condition_variable cv_;
    std::deque<std::unique_ptr<Session>> free_;
};

std::int64_t addReel(Pool& pool, const std::string& title, int shelf) {
    auto lease = pool.get();
    lease->begin();
    auto ins = lease->prepare("INSERT INTO reel(title, shelf) VALUES(?, ?) RETURNING id");
    ins.bind(1, title).bind(2, shelf);
    if (!ins.step())
        throw VaultError(SQLITE_INTERNAL, "no id");
    const std::int64_t id = ins.integer(0);
    while (ins.step()) {
    }
    ins.reset();
    lease->commit();
    return id;
}

void moveReel(Session& s, std::int64_t reel, int shelf) {
    s.begin();  // expect: session-missing-rollback
    s.prepare("UPDATE reel SET shelf = ? WHERE id = ?").bind(1, shelf).bind(2, reel).step();
    s.prepare("INSERT INTO move(reel, shelf) VALUES(?, ?)").bind(1, reel).bind(2, shelf).step();
    s.commit();
    logf("reel moved");
}

void swapReels(Session& s, std::int64_t a, std::int64_t b) {
    UnlessThrown scope(s);
    auto q = s.prepare("SELECT shelf FROM reel WHERE id = ?");
    q.bind(1, a);
    if (!q.step())
        throw VaultError(SQLITE_NOTFOUND, "first reel");
    const std::int64_t shelf = q.integer(0);
    q.reset();
    s.prepare("UPDATE reel SET shelf = (SELECT shelf FROM reel WHERE id = ?) WHERE id = ?").bind(1, b).bind(2, a).step();
    s.prepare("UPDATE reel SET shelf = ? WHERE id = ?").bind(1, shelf).bind(2, b).step();
}

bool restore(Session& s, std::int64_t reel) {
    for (int round = 0; round < 3; ++round) {
        try {
            Transaction tx(s);
            s.prepare("DELETE FROM damage WHERE reel = ?").bind(1, reel).step();
            s.prepare("INSERT INTO restored(reel) VALUES(?)").bind(1, reel).step();
            tx.commit();
            return true;
        } catch (const VaultError& e) {
            if (!e.busy())
                throw;
            logf(e.what());
        }
    }
    return false;
}

void markDamaged(Session& s, std::int64_t reel, const std::string& how) {
    Transaction tx(s);
    try {
        s.prepare("INSERT INTO damage(reel, how) VALUES(?, ?)").bind(1, reel).bind(2, how).step();
        s.prepare("UPDATE reel SET lendable = 0 WHERE id = ?").bind(1, reel).step();
    } catch (const VaultError& e) {  //  // waits: session-swallow-and-commit
        if (e.busy())
            throw;
        logf(e.what());
    }
    tx.commit();
}

void logAccess(Session& s, std::int64_t reel) {
    s.prepare("INSERT INTO access(reel) VALUES(?)").bind(1, reel).step();
}

void closeShelf(Session& s, int shelf) {
    Transaction tx(s);
    {
        auto q = s.prepare("SELECT id FROM reel WHERE shelf = ?");
        q.bind(1, shelf);
        while (q.step())
            logAccess(s, q.integer(0));
    }
    s.prepare("UPDATE reel SET shelf = 0 WHERE shelf = ?").bind(1, shelf).step();
    s.prepare("DELETE FROM shelf WHERE id = ?").bind(1, shelf).step();
    tx.commit();
}

void openShelf(Session& s, int shelf, bool audited) {
    Transaction tx(s);
    s.prepare("INSERT INTO shelf(id) VALUES(?)").bind(1, shelf).step();
    if (audited) {
        s.begin();  // expect: session-nested-begin
        s.prepare("INSERT INTO audit(shelf) VALUES(?)").bind(1, shelf).step();
        s.commit();
    }
    tx.commit();
}

Session* quickSession(Pool& pool) {
    auto lease = pool.get();
    if (lease->active())
        throw VaultError(SQLITE_MISUSE, "dirty session");
    return &*lease;  // expect: session-use-after-scope
}

std::map<int, std::string> shelfTitles(Pool& pool) {
    std::map<int, std::string> out;
    auto lease = pool.get();
    auto q = lease->prepare("SELECT shelf, title FROM reel");
    while (q.step())
        if (const char* t = q.text(1))
            out.emplace(static_cast<int>(q.integer(0)), t);
    return out;
}

std::vector<const char*> allTitles(Session& s) {
    std::vector<const char*> out;
    auto q = s.prepare("SELECT title FROM reel ORDER BY title");
    while (q.step())
        out.push_back(q.text(0));  //  // waits: session-use-after-scope
    return out;
}

void lendReel(Pool& pool, std::int64_t reel, const std::string& who) {
    auto lease = pool.get();
    Transaction tx(*lease);
    lease->prepare("UPDATE reel SET lendable = 0 WHERE id = ?").bind(1, reel).step();
    auto second = pool.get();  // expect: session-split-unit-of-work
    second->prepare("INSERT INTO loan(reel, who) VALUES(?, ?)").bind(1, reel).bind(2, who).step();
    tx.commit();
}

void takeBack(Pool& pool, std::int64_t reel) {
    {
        auto lease = pool.get();
        Transaction tx(*lease);
        lease->prepare("DELETE FROM loan WHERE reel = ?").bind(1, reel).step();
        lease->prepare("UPDATE reel SET lendable = 1 WHERE id = ?").bind(1, reel).step();
        tx.commit();
    }
    logf("reel back");
}

void digitise(Pool& pool, const std::vector<std::int64_t>& reels) {
    std::vector<std::jthread> crew;
    for (std::int64_t reel : reels)
        crew.emplace_back([&pool, reel] {
            try {
                auto lease = pool.get();
                Transaction tx(*lease);
                lease->prepare("INSERT INTO digital(reel) VALUES(?)").bind(1, reel).step();
                lease->prepare("UPDATE reel SET digital = 1 WHERE id = ?").bind(1, reel).step();
                tx.commit();
            } catch (const std::exception& e) {
                logf(e.what());
            }
        });
}

void digitiseFast(Pool& pool, std::int64_t a, std::int64_t b) {
    auto lease = pool.get();
    Session& s = *lease;
    std::jthread left([&s, a] {  // expect: session-shared-across-threads
        s.prepare("INSERT INTO digital(reel) VALUES(?)").bind(1, a).step();
    });
    s.prepare("INSERT INTO digital(reel) VALUES(?)").bind(1, b).step();
    logf("both reels queued");
}

void retireReel(Session& s, std::int64_t reel) {
    s.begin();
    try {
        s.prepare("INSERT INTO retired SELECT * FROM reel WHERE id = ?").bind(1, reel).step();
        s.prepare("DELETE FROM reel WHERE id = ?").bind(1, reel).step();
        s.commit();
        logAccess(s, reel);
    } catch (const VaultError&) {
        if (s.active())
            s.rollback();
        throw;
    }
}

void reviveReel(Session& s, std::int64_t reel) {
    s.begin();
    try {
        s.prepare("INSERT INTO reel SELECT * FROM retired WHERE id = ?").bind(1, reel).step();
        s.prepare("DELETE FROM retired WHERE id = ?").bind(1, reel).step();
        s.commit();
        logAccess(s, reel);
    } catch (const VaultError& e) {
        logf(e.what());
        s.rollback();  // expect: session-double-end
        throw;
    }
}

int renameReels(Session& s, const std::map<std::int64_t, std::string>& titles) {
    Transaction tx(s);  // expect: session-unfinished-transaction
    auto upd = s.prepare("UPDATE reel SET title = ? WHERE id = ?");
    int n = 0;
    for (const auto& [id, title] : titles) {
        upd.bind(1, title).bind(2, id);
        upd.step();
        upd.reset();
        ++n;
    }
    logf("reels renamed");
    return n;
}

int countReels(const VaultConfig& cfg) {
    std::optional<Session> s;
    try {
        s.emplace(cfg);
    } catch (const VaultError& e) {
        logf(e.what());
        return 0;
    }
    Transaction snapshot(*s);
    auto q = s->prepare("SELECT count(*) FROM reel");
    return q.step() ? static_cast<int>(q.integer(0)) : 0;
}

void stamp(Session& s, int year) {
    Transaction tx(s);
    s.prepare("UPDATE vault SET year = ?").bind(1, year).step();
    tx.commit();
    Statement check = s.prepare("SELECT count(*) FROM vault");
    if (check.step() && check.integer(0) > 1) {
        logf("more than one vault row");
        return;
    }
    logf("stamped");
}

}  // namespace filmvault
