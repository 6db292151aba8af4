// library: sqlite3
#include <sqlite3.h>

#include <condition_variable>
#include <coroutine>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace orbit {

template <typename T>
class Scope {
public:
    struct promise_type {
        T* value = nullptr;
        std::exception_ptr error;
        Scope get_return_object() { return Scope(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(T& v) noexcept {
            value = &v;
            return {};
        }
        void return_void() noexcept {}
        void unhandled_exception() { error = std::current_exception(); }
    };
    struct sentinel {};
    struct iterator {
        std::coroutine_handle<promise_type> h;
        T& operator*() const { return *h.promise().value; }
        iterator& operator++() {
            h.resume();
            if (h.promise().error)
                std::rethrow_exception(h.promise().error);
            return *this;
        }
        bool operator==(sentinel) const { return h.done(); }
    };

    explicit Scope(std::coroutine_handle<promise_type> h) : h_(h) {}
    Scope(Scope&& o) noexcept : h_(std::exchange(o.h_, nullptr)) {}
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() {
        if (h_)
            h_.destroy();
    }
    iterator begin() {
        h_.resume();
        if (h_.promise().error)
            std::rethrow_exception(h_.promise().error);
        return {h_};
    }
    sentinel end() const noexcept { return {}; }

private:
    std::coroutine_handle<promise_type> h_;
};

struct DbError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Database {
public:
    explicit Database(const std::string& path) {
        if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) {
            const std::string why = sqlite3_errmsg(db_);
            sqlite3_close(db_);
            throw DbError(why);
        }
    }
    Database(Database&& o) noexcept : db_(std::exchange(o.db_, nullptr)) {}
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() { close(); }

    void close() noexcept {
        sqlite3_close(db_);
        db_ = nullptr;
    }
    void exec(const std::string& sql) {
        char* err = nullptr;
        if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &err) != SQLITE_OK) {
            const std::string why = err ? err : "unknown";
            sqlite3_free(err);
            throw DbError(sql + ": " + why);
        }
    }
    std::int64_t number(const std::string& sql) {
        std::int64_t out = 0;
        auto cb = [](void* p, int n, char** v, char**) {
            if (n > 0 && v[0])
                *static_cast<std::int64_t*>(p) = std::strtoll(v[0], nullptr, 10);
            return 0;
        };
        if (sqlite3_exec(db_, sql.c_str(), cb, &out, nullptr) != SQLITE_OK)
            throw DbError(sql);
        return out;
    }
    bool autocommit() const noexcept { return sqlite3_get_autocommit(db_) != 0; }
    sqlite3* raw() const noexcept { return db_; }

private:
    sqlite3* db_ = nullptr;
};

class Tx {
public:
    explicit Tx(Database& db) : db_(&db) { db_->exec("BEGIN"); }
    Tx(Tx&& o) noexcept : db_(std::exchange(o.db_, nullptr)) {}
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;
    ~Tx() {
        if (db_ == nullptr)
            return;
        try {
            db_->exec("ROLLBACK");
        } catch (const DbError& e) {
            std::fprintf(stderr, "%s\n", e.what());
        }
    }
    void commit() {
        db_->exec("COMMIT");
        db_ = nullptr;
    }

private:
    Database* db_;
};

class Finally {
public:
    explicit Finally(std::function<void()> f) : f_(std::move(f)) {}
    Finally(const Finally&) = delete;
    Finally& operator=(const Finally&) = delete;
    ~Finally() {
        if (f_)
            f_();
    }
    void dismiss() noexcept { f_ = nullptr; }

private:
    std::function<void()> f_;
};

class Pool {
public:
    Pool(std::string path, std::size_t n) : path_(std::move(path)), left_(n) {}

    Database* take() {
        std::unique_lock<std::mutex> lock(m_);
        cv_.wait(lock, [this] { return !idle_.empty() || left_ > 0; });
        if (idle_.empty()) {
            auto fresh = std::make_unique<Database>(path_);
            --left_;
            return fresh.release();
        }
        Database* d = idle_.back().release();
        idle_.pop_back();
        return d;
    }

    void give(Database* d) {
        const std::lock_guard<std::mutex> lock(m_);
        idle_.emplace_back(d);
        cv_.notify_one();
    }

    class Lease {
    public:
        explicit Lease(Pool& p) : pool_(&p), db_(p.take()) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { pool_->give(db_); }
        Database& operator*() const noexcept { return *db_; }
        Database* operator->() const noexcept { return db_; }

    private:
        Pool* pool_;
        Database* db_;
    };

private:
    std::string path_;
    std::size_t left_;
    std::mutex m_;
    std::condition_variable cv_;
    std::vector<std::unique_ptr<Database>> idle_;
};

Scope<Database> leased(Pool& pool) {
    Pool::Lease lease(pool);
    co_yield *lease;
}

Scope<Database> transactional(Pool& pool) {
    Pool::Lease lease(pool);
    Tx tx(*lease);
    co_yield *lease;
    tx.commit();
}

std::int64_t satellites(Pool& pool) {
    for (Database& db : leased(pool))
        return db.number("SELECT count(*) FROM satellite");
    return 0;
}

std::int64_t addSatellite(Pool& pool, int norad) {
    for (Database& db : transactional(pool)) {
        db.exec("INSERT INTO satellite(norad) VALUES(" + std::to_string(norad) + ")");
        const auto n = db.number("SELECT count(*) FROM satellite");
        if (n > 10000)
            std::fprintf(stderr, "catalogue is large\n");
        return n;  // expect: session-generator-early-return
    }
    return 0;
}

std::int64_t removeSatellite(Pool& pool, int norad) {
    std::int64_t left = 0;
    for (Database& db : transactional(pool)) {
        db.exec("DELETE FROM satellite WHERE norad = " + std::to_string(norad));
        left = db.number("SELECT count(*) FROM satellite");
        if (left == 0)
            throw DbError("refusing to empty the catalogue");
    }
    return left;
}

void openReaders(const std::vector<Pool*>& pools, std::vector<Database*>& readers) {
    readers.reserve(pools.size());
    for (Pool* p : pools) {
        for (Database& d : leased(*p)) {
            d.exec("PRAGMA query_only = ON");
            readers.push_back(&d);  // waits: session-generator-early-return
        }
    }
}

void pruneTracks(Pool& pool, int days) {
    auto scope = leased(pool);
    Database& db = *scope.begin();
    Tx tx(db);
    db.exec("DELETE FROM track WHERE age > " + std::to_string(days));
    db.exec("UPDATE prune_log SET last = datetime('now')");
    tx.commit();
}

void pruneEphemeris(Pool& pool, int days) {
    Database& db = *leased(pool).begin();  // expect: session-generator-early-return
    db.exec("DELETE FROM ephemeris WHERE age > " + std::to_string(days));
}

Tx beginBatch(Database& db, const std::string& label) {
    Tx tx(db);
    db.exec("INSERT INTO batch(label) VALUES('" + label + "')");
    return tx;
}

void ingest(Database& db, const std::vector<std::string>& tles) {
    Tx tx = beginBatch(db, "ingest");
    for (const auto& t : tles) {
        if (t.size() < 69)
            throw DbError("short element set");
        db.exec("INSERT INTO tle(line) VALUES('" + t + "')");
    }
    tx.commit();
}

void reingest(Database& db, const std::vector<std::string>& tles) {
    Tx tx = beginBatch(db, "reingest");
    Tx handed = std::move(tx);
    for (const auto& t : tles)
        db.exec("INSERT OR REPLACE INTO tle(line) VALUES('" + t + "')");
    handed.commit();
}

void replan(Database& db, int pass) {
    db.exec("BEGIN IMMEDIATE");
    Finally undo([&db] {
        if (!db.autocommit())
            sqlite3_exec(db.raw(), "ROLLBACK", nullptr, nullptr, nullptr);
    });
    db.exec("DELETE FROM plan WHERE pass = " + std::to_string(pass));
    db.exec("INSERT INTO plan SELECT * FROM draft WHERE pass = " + std::to_string(pass));
    db.exec("COMMIT");
    undo.dismiss();
}

void freezePlan(Database& db, int pass) {
    Finally note([] { std::fprintf(stderr, "freezePlan done\n"); });
    db.exec("BEGIN IMMEDIATE");  // expect: session-missing-rollback
    db.exec("UPDATE plan SET frozen = 1 WHERE pass = " + std::to_string(pass));
    db.exec("INSERT INTO freeze_log(pass) VALUES(" + std::to_string(pass) + ")");
    db.exec("COMMIT");
}

std::int64_t passesToday(Pool& pool) {
    Database* db = pool.take();  // expect: session-leak
    const auto n = db->number("SELECT count(*) FROM pass WHERE day = date('now')");
    pool.give(db);
    return n;
}

std::int64_t passesTomorrow(Pool& pool) {
    Database* db = pool.take();
    const Finally back([&pool, db] { pool.give(db); });
    return db->number("SELECT count(*) FROM pass WHERE day = date('now', '+1 day')");
}

void cancelPass(Pool& pool, int pass) {
    Pool::Lease lease(pool);
    Tx tx(*lease);
    lease->exec("UPDATE pass SET cancelled = 1 WHERE id = " + std::to_string(pass));
    Pool::Lease other(pool);  // expect: session-split-unit-of-work
    other->exec("DELETE FROM antenna_slot WHERE pass = " + std::to_string(pass));
    tx.commit();
}

void archivePass(Pool& live, Pool& archive, int pass) {
    const std::string id = std::to_string(pass);
    std::int64_t bytes = 0;
    {
        Pool::Lease l(live);
        bytes = l->number("SELECT bytes FROM pass WHERE id = " + id);
    }
    Pool::Lease a(archive);
    Tx tx(*a);
    a->exec("INSERT INTO pass(id, bytes) VALUES(" + id + "," + std::to_string(bytes) + ")");
    tx.commit();
}

template <typename F>
void atomically(Database& db, F&& body) {
    Tx tx(db);
    std::forward<F>(body)();
    tx.commit();
}

void markDownlinked(Database& db, int pass) {
    atomically(db, [&] {
        db.exec("UPDATE pass SET done = 1 WHERE id = " + std::to_string(pass));
        db.exec("UPDATE station SET passes = passes + 1");
    });
}

void markFailed(Database& db, int pass) {
    Tx tx(db);
    db.exec("UPDATE pass SET failed = 1 WHERE id = " + std::to_string(pass));
    atomically(db, [&] { db.exec("UPDATE station SET failures = failures + 1"); });  // expect: session-nested-begin
    tx.commit();
}

void calibrate(Database& db, const std::function<double(int)>& offset, int antennas) {
    Tx tx(db);
    db.exec("DELETE FROM calibration");
    try {
        for (int a = 0; a < antennas; ++a)
            db.exec("INSERT INTO calibration VALUES(" + std::to_string(a) + "," + std::to_string(offset(a)) + ")");
    } catch (const std::exception& e) {  // expect: session-swallow-and-commit
        std::fprintf(stderr, "calibration: %s\n", e.what());
    }
    tx.commit();
}

void recalibrate(Database& db, const std::function<double(int)>& offset, int antenna) {
    double value = 0;
    Tx tx(db);
    try {
        value = offset(antenna);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "no offset: %s\n", e.what());
        return;
    }
    db.exec("UPDATE calibration SET v = " + std::to_string(value) + " WHERE a = " + std::to_string(antenna));
    tx.commit();
}

class AutoSave {
public:
    explicit AutoSave(Database& db) : db_(db) { db_.exec("BEGIN"); }
    AutoSave(const AutoSave&) = delete;
    AutoSave& operator=(const AutoSave&) = delete;
    ~AutoSave() {
        if (sqlite3_exec(db_.raw(), "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK)  // expect: session-commit-in-destructor
            std::fprintf(stderr, "autosave failed\n");
    }

private:
    Database& db_;
};

void closeStation(Database& db, int station) {
    const std::string id = std::to_string(station);
    Tx tx(db);
    db.exec("UPDATE station SET closed = 1 WHERE id = " + id);
    tx.commit();
    atomically(db, [&] { db.exec("DELETE FROM antenna WHERE station = " + id); });  // expect: session-multiple-commits
}

void abandonPlan(Database& db, int pass) {
    db.exec("BEGIN");
    try {
        db.exec("DELETE FROM plan WHERE pass = " + std::to_string(pass));
        if (db.number("SELECT count(*) FROM plan") == 0)
            db.exec("ROLLBACK");
        else
            db.exec("COMMIT");
    } catch (const DbError&) {
        if (!db.autocommit())
            db.exec("ROLLBACK");
        throw;
    }
}

class Archive {
public:
    explicit Archive(std::string path) : path_(std::move(path)) {}

    std::int64_t frames() { return open().number("SELECT count(*) FROM frame"); }

    void store(int frame) {
        Database& db = open();
        Tx tx(db);
        db.exec("INSERT INTO frame(id) VALUES(" + std::to_string(frame) + ")");
        tx.commit();
    }

    void sleep() { db_.reset(); }

    void compact() {
        Database& db = open();
        db.exec("DELETE FROM frame WHERE dead = 1");
        sleep();
        open().exec("VACUUM");
    }

    void retire() {
        Database& db = open();
        db.exec("UPDATE meta SET retired = 1");
        db_.reset();
        db.exec("PRAGMA wal_checkpoint(TRUNCATE)");  // expect: session-use-after-scope
    }

private:
    Database& open() {
        if (!db_)
            db_.emplace(path_);
        return *db_;
    }

    std::string path_;
    std::optional<Database> db_;
};

void startMonitor(Pool& pool, int station) {
    Pool::Lease lease(pool);
    lease->exec("UPDATE station SET monitored = 1 WHERE id = " + std::to_string(station));
    std::thread([&db = *lease, station] {  // expect: session-shared-across-threads
        try {
            db.exec("INSERT INTO heartbeat(station) VALUES(" + std::to_string(station) + ")");
        } catch (const DbError& e) {
            std::fprintf(stderr, "%s\n", e.what());
        }
    }).detach();
}

void stopMonitor(Pool& pool, int station) {
    std::thread worker([&pool, station] {
        try {
            Pool::Lease own(pool);
            own->exec("DELETE FROM heartbeat WHERE station = " + std::to_string(station));
        } catch (const DbError& e) {
            std::fprintf(stderr, "%s\n", e.what());
        }
    });
    worker.join();
}

}  // namespace orbit
