// library: sqlite3
// Coroutine-scoped sessions ("for (Db& db : session())") and small wrappers around sqlite3.
#include <sqlite3.h>
#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

// --- a minimal generator ----------------------------------------------------

template <class T>
class generator {
public:
    struct promise_type {
        T* current = nullptr;
        std::exception_ptr error;
        generator get_return_object() { return generator(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(T& v) noexcept { current = &v; return {}; }
        void return_void() noexcept {}
        void unhandled_exception() { error = std::current_exception(); }
    };
    struct sentinel {};
    class iterator {
    public:
        explicit iterator(std::coroutine_handle<promise_type> h) : h_(h) {}
        T& operator*() const { return *h_.promise().current; }
        T* operator->() const { return h_.promise().current; }
        iterator& operator++() {
            h_.resume();
            if (h_.promise().error) std::rethrow_exception(h_.promise().error);
            return *this;
        }
        bool operator==(sentinel) const { return h_.done(); }

    private:
        std::coroutine_handle<promise_type> h_;
    };
    explicit generator(std::coroutine_handle<promise_type> h) : h_(h) {}
    generator(generator&& o) noexcept : h_(std::exchange(o.h_, {})) {}
    generator& operator=(generator&&) = delete;
    ~generator() { if (h_) h_.destroy(); }
    iterator begin() {
        h_.resume();
        if (h_.promise().error) std::rethrow_exception(h_.promise().error);
        return iterator(h_);
    }
    sentinel end() const { return {}; }

private:
    std::coroutine_handle<promise_type> h_;
};

// --- wrappers ---------------------------------------------------------------

struct DbError : std::runtime_error { using std::runtime_error::runtime_error; };

class DbSession {
public:
    explicit DbSession(const std::string& path) {
        if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) {
            const std::string why = sqlite3_errmsg(db_);
            sqlite3_close(db_);
            throw DbError(why);
        }
    }
    ~DbSession() { sqlite3_close(db_); }
    DbSession(const DbSession&) = delete;
    DbSession& operator=(const DbSession&) = delete;
    void exec(const std::string& sql) {
        if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw DbError(sqlite3_errmsg(db_));
    }
    void begin() { exec("BEGIN"); }
    void commit() { exec("COMMIT"); }
    void rollback() { exec("ROLLBACK"); }
    sqlite3* raw() const noexcept { return db_; }

private:
    sqlite3* db_ = nullptr;
};

class LeakyDb {
public:
    explicit LeakyDb(const char* path) {
        if (sqlite3_open(path, &db_) != SQLITE_OK)  // expect: session-leak
            throw DbError("cannot open");           // no destructor runs for a half-made object
    }
    ~LeakyDb() { sqlite3_close(db_); }
    LeakyDb(const LeakyDb&) = delete;
    LeakyDb& operator=(const LeakyDb&) = delete;
    bool ok() const { return sqlite3_errcode(db_) == SQLITE_OK; }

private:
    sqlite3* db_ = nullptr;
};

class Statement {
public:
    Statement(sqlite3* db, const char* sql) {
        if (sqlite3_prepare_v2(db, sql, -1, &st_, nullptr) != SQLITE_OK) throw DbError(sqlite3_errmsg(db));
    }
    ~Statement() { sqlite3_finalize(st_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    bool step() {
        const int rc = sqlite3_step(st_);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) throw DbError("step");
        return rc == SQLITE_ROW;
    }
    int integer(int i) const { return sqlite3_column_int(st_, i); }

private:
    sqlite3_stmt* st_ = nullptr;
};

// --- generators ---------------------------------------------------------------

generator<DbSession> session(std::string path) {
    DbSession s(path);
    co_yield s;
}

generator<DbSession> unitOfWork(std::string path) {
    DbSession s(path);
    s.begin();
    co_yield s;
    s.commit();                             // only when the loop comes back
}

// --- consumers ----------------------------------------------------------------

int countRows(const std::string& path) {
    int n = 0;
    for (DbSession& db : session(path)) {
        Statement st(db.raw(), "SELECT count(*) FROM t");
        if (st.step()) n = st.integer(0);
    }
    return n;
}

int countRowsEarly(const std::string& path) {
    for (DbSession& db : session(path)) {
        Statement st(db.raw(), "SELECT count(*) FROM t");
        return st.step() ? st.integer(0) : 0;      // nothing follows the yield, the value is copied
    }
    return 0;
}

DbSession* currentSession(const std::string& path) {
    for (DbSession& db : session(path)) {
        return &db;  // expect: session-generator-early-return
    }
    return nullptr;
}

void nextSession(const std::string& path) {
    DbSession& db = *session(path).begin();  // expect: session-generator-early-return
    db.exec("INSERT INTO t VALUES (1)");
}

void heldGenerator(const std::string& path) {
    auto gen = session(path);
    auto it = gen.begin();
    if (it == gen.end()) return;
    it->exec("INSERT INTO t VALUES (1)");
    ++it;
}

bool insertOnce(const std::string& path, int v) {
    for (DbSession& db : unitOfWork(path)) {
        db.exec("INSERT INTO t VALUES (" + std::to_string(v) + ")");
        return true;  // expect: session-generator-early-return
    }
    return false;
}

bool insertOnceHoisted(const std::string& path, int v) {
    bool done = false;
    for (DbSession& db : unitOfWork(path)) {
        if (v < 0) continue;                // resumes the generator
        db.exec("INSERT INTO t VALUES (" + std::to_string(v) + ")");
        done = true;
    }
    return done;
}

void insertUntil(const std::string& path, const std::vector<int>& values) {
    for (DbSession& db : unitOfWork(path)) {
        db.exec("DELETE FROM t");
        if (values.empty())
            break;  // expect: session-generator-early-return
        for (int v : values) {
            if (v == 0) break;              // leaves the inner loop only
            db.exec("INSERT INTO t VALUES (" + std::to_string(v) + ")");
        }
    }
}

void insertOrThrow(const std::string& path, int v) {
    for (DbSession& db : unitOfWork(path)) {
        db.exec("INSERT INTO t VALUES (" + std::to_string(v) + ")");
        if (v > 100) throw DbError("too large");   // no commit: the session closes and sqlite rolls back
    }
}

class Registry {
public:
    void remember(const std::string& path) {
        for (DbSession& db : session(path)) {
            db.exec("PRAGMA optimize");
            last_ = &db;  // expect: session-generator-early-return
        }
    }
    void keepPath(const std::string& path) {
        for (DbSession& db : session(path)) {
            db.exec("PRAGMA optimize");
            path_ = path;
        }
    }
    bool any() const { return last_ != nullptr; }

private:
    DbSession* last_ = nullptr;
    std::string path_;
};

int useAfterLoop(const std::string& path) {
    DbSession* kept = nullptr;
    for (DbSession& db : session(path)) kept = &db;  // expect: session-generator-early-return
    kept->exec("UPDATE t SET n = 1");
    return 0;
}

// --- plain use of the wrappers ---------------------------------------------------

void swapRows(DbSession& db) {
    db.begin();
    try {
        db.exec("UPDATE t SET n = 2 WHERE n = 1");
        db.exec("UPDATE t SET n = 1 WHERE n = 3");
        db.commit();
    } catch (...) {
        db.rollback();
        throw;
    }
}

void swapRowsCareless(DbSession& db) {
    db.begin();  // expect: session-missing-rollback
    db.exec("UPDATE t SET n = 2 WHERE n = 1");
    db.exec("UPDATE t SET n = 1 WHERE n = 3");
    db.commit();
}

void swapRowsOwned(const std::string& path) {
    DbSession db(path);
    db.begin();
    db.exec("UPDATE t SET n = 2 WHERE n = 1");
    db.exec("UPDATE t SET n = 1 WHERE n = 3");
    db.commit();                            // on a throw the local session closes, which rolls back
}

bool clearIfSmall(DbSession& db) {
    db.begin();  // expect: session-unfinished-transaction
    try {
        int n = 0;
        {
            Statement st(db.raw(), "SELECT count(*) FROM t");
            if (st.step()) n = st.integer(0);
        }
        if (n > 10) return false;
        db.exec("DELETE FROM t");
        db.commit();
        return true;
    } catch (...) {
        db.rollback();
        throw;
    }
}

sqlite3* rawOfTemporary(const std::string& path) {
    DbSession db(path);
    db.exec("PRAGMA journal_mode = WAL");
    return db.raw();  // expect: session-use-after-scope
}

std::unique_ptr<DbSession> tuned(const std::string& path) {
    auto db = std::make_unique<DbSession>(path);
    db->exec("PRAGMA journal_mode = WAL");
    return db;
}

int generatedTwice(const std::string& a, const std::string& b) {
    int n = 0;
    for (DbSession& src : session(a))
        for (DbSession& dst : unitOfWork(b)) {
            Statement st(src.raw(), "SELECT n FROM t");
            while (st.step()) {
                dst.exec("INSERT INTO copy VALUES (" + std::to_string(st.integer(0)) + ")");
                ++n;
            }
        }
    return n;
}

void compactInThread(const std::string& path) {
    DbSession db(path);
    std::thread t([&db] {  // expect: session-shared-across-threads
        try { db.exec("VACUUM"); } catch (const DbError& e) { std::fprintf(stderr, "%s\n", e.what()); }
    });
    t.detach();
    db.exec("INSERT INTO log VALUES ('vacuum started')");
}
