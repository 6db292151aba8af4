// library: sqlite3
// Feed reader cache on the sqlite3 C API.
#include <sqlite3.h>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

struct DbCloser { void operator()(sqlite3* db) const { sqlite3_close_v2(db); } };
struct StmtCloser { void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); } };
using Db = std::unique_ptr<sqlite3, DbCloser>;
using Stmt = std::unique_ptr<sqlite3_stmt, StmtCloser>;

static bool run(sqlite3* db, const char* sql) {
    char* err = nullptr;
    const int rc = sqlite3_exec(db, sql, nullptr, nullptr, &err);
    if (rc != SQLITE_OK) {
        std::fprintf(stderr, "sqlite: %s\n", err ? err : "?");
        sqlite3_free(err);
    }
    return rc == SQLITE_OK;
}

// --- opening --------------------------------------------------------------

Db openCache(const std::string& path) {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    Db db(raw);                             // owns it even when the open failed
    if (rc != SQLITE_OK) return nullptr;
    if (!run(raw, "PRAGMA foreign_keys = ON")) return nullptr;
    sqlite3_busy_timeout(raw, 2000);
    return db;
}

int openAndCount(const char* path) {
    sqlite3* db = nullptr;
    if (sqlite3_open(path, &db) != SQLITE_OK) {  // expect: session-leak
        std::fprintf(stderr, "cannot open %s\n", path);
        return -1;
    }
    int n = 0;
    sqlite3_exec(db, "SELECT count(*) FROM feed",
                 [](void* out, int, char** v, char**) { *static_cast<int*>(out) = std::atoi(v[0]); return 0; }, &n, nullptr);
    sqlite3_close(db);
    return n;
}

int openAndCheck(const char* path) {
    sqlite3* db = nullptr;
    int rc = sqlite3_open(path, &db);  // expect: session-raw-construction
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(db, "PRAGMA quick_check", nullptr, nullptr, nullptr);
    else
        std::fprintf(stderr, "cannot open: %s\n", sqlite3_errmsg(db));
    sqlite3_close(db);
    return rc;
}

bool openInto(const char* path, sqlite3** out) {
    if (sqlite3_open(path, out) == SQLITE_OK) return true;
    sqlite3_close(*out);
    *out = nullptr;
    return false;
}

// --- statements -----------------------------------------------------------

bool addFeed(sqlite3* db, const std::string& url) {
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db, "INSERT INTO feed(url) VALUES(?)", -1, &st, nullptr) != SQLITE_OK)
        return false;                       // st is null here
    sqlite3_bind_text(st, 1, url.c_str(), -1, SQLITE_TRANSIENT);
    const int rc = sqlite3_step(st);
    sqlite3_finalize(st);
    return rc == SQLITE_DONE;
}

int feedId(sqlite3* db, const std::string& url) {
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db, "SELECT id FROM feed WHERE url=?", -1, &st, nullptr) != SQLITE_OK) return -1;  // expect: session-leak
    sqlite3_bind_text(st, 1, url.c_str(), -1, SQLITE_TRANSIENT);
    const int rc = sqlite3_step(st);
    if (rc != SQLITE_ROW) {
        std::fprintf(stderr, "no feed\n");
        return -1;
    }
    const int id = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    return id;
}

std::string feedTitle(sqlite3* db, int id) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(db, "SELECT title FROM feed WHERE id=?", -1, &raw, nullptr) != SQLITE_OK) return {};
    Stmt st(raw);
    sqlite3_bind_int(raw, 1, id);
    if (sqlite3_step(raw) != SQLITE_ROW) return {};
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw, 0));
    return text ? std::string(text) : std::string();
}

std::string_view feedTitleView(sqlite3* db) {
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db, "SELECT title FROM feed LIMIT 1", -1, &st, nullptr) != SQLITE_OK) return {};
    std::string_view title;
    if (sqlite3_step(st) == SQLITE_ROW)
        title = reinterpret_cast<const char*>(sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
    return title;  // expect: session-use-after-scope
}

bool listFeeds(sqlite3* db, std::vector<std::string>& out) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(db, "SELECT url FROM feed", -1, &raw, nullptr) != SQLITE_OK) return false;
    int rc;
    while ((rc = sqlite3_step(raw)) == SQLITE_ROW)
        out.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(raw, 0)));
    const bool ok = rc == SQLITE_DONE;
    sqlite3_finalize(raw);
    return ok;
}

// --- transactions ---------------------------------------------------------

bool replaceItems(sqlite3* db, int feed, const std::vector<std::string>& items) {
    if (!run(db, "BEGIN IMMEDIATE")) return false;
    sqlite3_stmt* st = nullptr;
    bool ok = sqlite3_prepare_v2(db, "INSERT INTO item(feed,body) VALUES(?,?)", -1, &st, nullptr) == SQLITE_OK;
    for (std::size_t i = 0; ok && i < items.size(); ++i) {
        sqlite3_reset(st);
        sqlite3_bind_int(st, 1, feed);
        sqlite3_bind_text(st, 2, items[i].c_str(), -1, SQLITE_TRANSIENT);
        ok = sqlite3_step(st) == SQLITE_DONE;
    }
    sqlite3_finalize(st);
    if (ok && run(db, "COMMIT")) return true;
    run(db, "ROLLBACK");
    return false;
}

bool dropFeed(sqlite3* db, int id) {
    if (!run(db, "BEGIN")) return false;  // expect: session-unfinished-transaction
    char sql[96];
    std::snprintf(sql, sizeof sql, "DELETE FROM item WHERE feed=%d", id);
    if (!run(db, sql)) return false;
    std::snprintf(sql, sizeof sql, "DELETE FROM feed WHERE id=%d", id);
    if (!run(db, sql) || !run(db, "COMMIT")) {
        run(db, "ROLLBACK");
        return false;
    }
    return true;
}

int pruneFeeds(sqlite3* db, const int* ids, int n) {
    int rc = SQLITE_ERROR;
    bool inTx = false;
    if (!run(db, "BEGIN")) goto out;
    inTx = true;
    for (int i = 0; i < n; ++i) {
        char sql[96];
        std::snprintf(sql, sizeof sql, "DELETE FROM feed WHERE id=%d AND stale", ids[i]);
        if (!run(db, sql)) goto out;
    }
    if (!run(db, "COMMIT")) goto out;
    inTx = false;
    rc = SQLITE_OK;
out:
    if (inTx) run(db, "ROLLBACK");
    return rc;
}

bool commitTwice(sqlite3* db) {
    if (!run(db, "BEGIN")) return false;
    if (!run(db, "UPDATE feed SET seen = 1") || !run(db, "COMMIT")) {
        run(db, "ROLLBACK");
        return false;
    }
    std::fprintf(stderr, "all seen\n");
    return run(db, "COMMIT");  // expect: session-double-end
}

bool tryRename(sqlite3* db, const char* update) {
    if (!run(db, "SAVEPOINT rename")) return false;
    if (!run(db, update)) {
        run(db, "ROLLBACK TO rename");
        run(db, "RELEASE rename");
        return false;
    }
    return run(db, "RELEASE rename");
}

bool nestedImport(sqlite3* db, const std::vector<const char*>& inserts) {
    for (const char* sql : inserts) {
        if (!run(db, "BEGIN")) return false;  // expect: session-nested-begin
        if (!run(db, sql)) {
            run(db, "ROLLBACK");
            return false;
        }
    }
    if (run(db, "COMMIT")) return true;
    run(db, "ROLLBACK");
    return false;
}

bool batchedImport(sqlite3* db, const std::vector<const char*>& inserts) {
    for (const char* sql : inserts) {
        if (!run(db, "BEGIN")) return false;
        if (!run(db, sql) || !run(db, "COMMIT")) {
            run(db, "ROLLBACK");
            return false;
        }
    }
    return true;
}

// --- lifetime -------------------------------------------------------------

class FeedCache {
public:
    explicit FeedCache(const char* path) {
        if (sqlite3_open(path, &db_) != SQLITE_OK) { sqlite3_close(db_); db_ = nullptr; }
    }
    ~FeedCache() { close(); }
    FeedCache(const FeedCache&) = delete;
    FeedCache& operator=(const FeedCache&) = delete;
    void close() {
        if (!db_) return;
        sqlite3_close(db_);
        db_ = nullptr;
    }
    void reopen(const char* path) {
        close();
        if (sqlite3_open(path, &db_) != SQLITE_OK) close();
    }
    bool touch() { return db_ && run(db_, "UPDATE meta SET touched = 1"); }

private:
    sqlite3* db_ = nullptr;
};

void closeLate(sqlite3* db, bool verbose) {
    run(db, "PRAGMA optimize");
    sqlite3_close(db);
    if (verbose) std::fprintf(stderr, "closed, %d changes\n", sqlite3_total_changes(db));  // expect: session-use-after-scope
}

void finalizeTwice(sqlite3* db) {
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db, "DELETE FROM item", -1, &st, nullptr) != SQLITE_OK) return;
    const int rc = sqlite3_step(st);
    if (rc != SQLITE_DONE) {
        std::fprintf(stderr, "delete: %d\n", rc);
        sqlite3_finalize(st);
    }
    sqlite3_finalize(st);  // expect: session-double-end
}
