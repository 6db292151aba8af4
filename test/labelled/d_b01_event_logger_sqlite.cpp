// library: sqlite3
// Event logger of a small embedded box. sqlite3 C API, written in the style of about 2004.
#include <sqlite3.h>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#define EVL_OK 0
#define EVL_ERR (-1)
#define EVL_FULL (-2)

struct EventRec { int code; int severity; time_t when; char text[96]; };

static int runSql(sqlite3* db, const char* sql)
{
    char* err = 0;
    int rc = sqlite3_exec(db, sql, 0, 0, &err);
    if (rc != SQLITE_OK) {
        std::fprintf(stderr, "evlog: %s: %s\n", sql, err ? err : "?");
        sqlite3_free(err);
        return EVL_ERR;
    }
    return EVL_OK;
}

class EventLog {
public:
    EventLog() : db_(0), ins_(0), depth_(0) {}
    ~EventLog() { shutdown(); }
    int start(const char* path);
    void shutdown();
    int append(const EventRec& e);
    int appendAll(const std::vector<EventRec>& v);
    int enter();
    int leave(bool good);
    int rotate(int keep);
    int resetAndVacuum();
private:
    EventLog(const EventLog&);
    EventLog& operator=(const EventLog&);
    sqlite3* db_;
    sqlite3_stmt* ins_;
    int depth_;
};

int EventLog::start(const char* path)
{
    if (db_) return EVL_OK;
    if (sqlite3_open(path, &db_) != SQLITE_OK) {
        std::fprintf(stderr, "evlog: %s\n", sqlite3_errmsg(db_));
        shutdown();                      // closes the half-open handle too
        return EVL_ERR;
    }
    sqlite3_busy_timeout(db_, 2000);
    if (runSql(db_, "CREATE TABLE IF NOT EXISTS ev(code INT, sev INT, t INT, txt TEXT)") != EVL_OK)
        return EVL_ERR;                  // the destructor closes
    if (sqlite3_prepare_v2(db_, "INSERT INTO ev VALUES(?,?,?,?)", -1, &ins_, 0) != SQLITE_OK)
        return EVL_ERR;
    return EVL_OK;
}

void EventLog::shutdown()
{
    if (ins_) {
        sqlite3_finalize(ins_);
        ins_ = 0;
    }
    if (db_) {
        if (depth_ > 0) runSql(db_, "ROLLBACK");
        depth_ = 0;
        sqlite3_close(db_);
        db_ = 0;
    }
}

int EventLog::append(const EventRec& e)
{
    int rc;
    sqlite3_bind_int(ins_, 1, e.code);
    sqlite3_bind_int(ins_, 2, e.severity);
    sqlite3_bind_int64(ins_, 3, (sqlite3_int64)e.when);
    sqlite3_bind_text(ins_, 4, e.text, -1, SQLITE_STATIC);
    rc = sqlite3_step(ins_);
    sqlite3_reset(ins_);
    sqlite3_clear_bindings(ins_);
    return rc == SQLITE_DONE ? EVL_OK : EVL_ERR;
}

int EventLog::enter()
{
    if (depth_++ > 0) return EVL_OK;     // only the outermost one really begins
    if (runSql(db_, "BEGIN IMMEDIATE") != EVL_OK) {
        depth_ = 0;
        return EVL_ERR;
    }
    return EVL_OK;
}

int EventLog::leave(bool good)
{
    if (depth_ == 0) return EVL_ERR;
    if (--depth_ > 0) return EVL_OK;
    if (good && runSql(db_, "COMMIT") == EVL_OK) return EVL_OK;
    runSql(db_, "ROLLBACK");
    return EVL_ERR;
}

int EventLog::appendAll(const std::vector<EventRec>& v)
{
    if (runSql(db_, "BEGIN") != EVL_OK) return EVL_ERR;  // expect: session-unfinished-transaction
    for (size_t i = 0; i < v.size(); ++i) {
        if (append(v[i]) != EVL_OK) {
            std::fprintf(stderr, "evlog: dropping batch at %u\n", (unsigned)i);
            return EVL_FULL;
        }
    }
    if (runSql(db_, "COMMIT") != EVL_OK) {
        runSql(db_, "ROLLBACK");
        return EVL_ERR;
    }
    return EVL_OK;
}

int EventLog::rotate(int keep)
{
    char sql[128];
    int res = EVL_ERR;
    if (runSql(db_, "BEGIN EXCLUSIVE") != EVL_OK) return EVL_ERR;
    std::snprintf(sql, sizeof sql, "DELETE FROM ev WHERE rowid <= (SELECT max(rowid) FROM ev) - %d", keep);
    if (runSql(db_, sql) != EVL_OK) goto undo;
    if (sqlite3_changes(db_) == 0) { res = EVL_OK; goto undo; }   // nothing done: just let go of the lock
    if (runSql(db_, "UPDATE stat SET rotations = rotations + 1") != EVL_OK) goto undo;
    if (runSql(db_, "END TRANSACTION") != EVL_OK) goto undo;
    return EVL_OK;
undo:
    runSql(db_, "ROLLBACK");
    return res;
}

int EventLog::resetAndVacuum()
{
    sqlite3_stmt* st = 0;
    if (sqlite3_prepare_v2(db_, "SELECT count(*) FROM ev", -1, &st, 0) != SQLITE_OK)  // expect: session-leak
        return EVL_ERR;
    if (sqlite3_step(st) != SQLITE_ROW)
        return EVL_ERR;
    int n = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    if (n == 0) return EVL_OK;
    if (runSql(db_, "DELETE FROM ev") != EVL_OK) return EVL_ERR;
    return runSql(db_, "VACUUM");
}

int evlog_count(const char* path, int* out)
{
    sqlite3* db = 0;
    sqlite3_stmt* st = 0;
    int rc = EVL_ERR;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, 0) != SQLITE_OK) goto done;  // expect: session-raw-construction
    if (sqlite3_prepare_v2(db, "SELECT count(*) FROM ev", -1, &st, 0) != SQLITE_OK) goto done;
    if (sqlite3_step(st) == SQLITE_ROW) {
        *out = sqlite3_column_int(st, 0);
        rc = EVL_OK;
    }
done:
    sqlite3_finalize(st);       // finalize(NULL) is a no-op
    sqlite3_close(db);          // so is close(NULL)
    return rc;
}

int evlog_probe(const char* path)
{
    sqlite3* db = 0;
    if (sqlite3_open(path, &db) != SQLITE_OK) {  // expect: session-leak
        std::fprintf(stderr, "probe: %s\n", sqlite3_errmsg(db));
        return EVL_ERR;
    }
    int rc = runSql(db, "PRAGMA quick_check");
    sqlite3_close(db);
    return rc;
}

void evlog_dump(const char* path, FILE* out)
{
    sqlite3* db = 0;
    if (sqlite3_open(path, &db) == SQLITE_OK) {  // expect: session-raw-construction
        sqlite3_stmt* st = 0;
        if (sqlite3_prepare_v2(db, "SELECT code, txt FROM ev", -1, &st, 0) == SQLITE_OK) {
            int rc;
            while ((rc = sqlite3_step(st)) == SQLITE_ROW)
                std::fprintf(out, "%d %s\n", sqlite3_column_int(st, 0), (const char*)sqlite3_column_text(st, 1));
            if (rc != SQLITE_DONE) std::fprintf(out, "-- truncated: %s\n", sqlite3_errmsg(db));
        }
        sqlite3_finalize(st);
    }
    sqlite3_close(db);
    if (!db) std::fprintf(out, "-- out of memory\n");
}

int evlog_check_version(const char* path, int want)
{
    sqlite3* db = 0;
    sqlite3_stmt* st = 0;
    int have = -1;
    if (sqlite3_open(path, &db) != SQLITE_OK) {  // expect: session-raw-construction
        sqlite3_close(db);
        return EVL_ERR;
    }
    if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &st, 0) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
        have = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    if (have < 0) std::fprintf(stderr, "version: %s\n", sqlite3_errmsg(db));  // expect: session-use-after-scope
    return have == want ? EVL_OK : EVL_ERR;
}

int evlog_purge_sev(sqlite3* db, int sev)
{
    sqlite3_stmt* st = NULL;
    int rc;
    if (sqlite3_prepare_v2(db, "DELETE FROM ev WHERE sev < ?", -1, &st, NULL) != SQLITE_OK)
        return EVL_ERR;                        // st is NULL after a failed prepare
    sqlite3_bind_int(st, 1, sev);
    rc = sqlite3_step(st);
    if (rc != SQLITE_DONE) {
        sqlite3_finalize(st);
        std::fprintf(stderr, "purge: %d\n", rc);
    }
    sqlite3_finalize(st);  // expect: session-double-end
    return rc == SQLITE_DONE ? EVL_OK : EVL_ERR;
}

const char* evlog_last_text(sqlite3* db)
{
    static char buf[96];
    sqlite3_stmt* st = NULL;
    buf[0] = 0;
    if (sqlite3_prepare_v2(db, "SELECT txt FROM ev ORDER BY rowid DESC LIMIT 1", -1, &st, NULL) != SQLITE_OK)
        return buf;
    if (sqlite3_step(st) == SQLITE_ROW) {
        const unsigned char* p = sqlite3_column_text(st, 0);
        if (p) std::strncpy(buf, (const char*)p, sizeof buf - 1);
    }
    sqlite3_finalize(st);
    return buf;
}

const char* evlog_first_text(sqlite3* db)
{
    sqlite3_stmt* st = NULL;
    const char* txt = "";
    if (sqlite3_prepare_v2(db, "SELECT txt FROM ev ORDER BY rowid LIMIT 1", -1, &st, NULL) != SQLITE_OK)
        return txt;
    if (sqlite3_step(st) == SQLITE_ROW)
        txt = (const char*)sqlite3_column_text(st, 0);
    sqlite3_finalize(st);
    return txt;  // expect: session-use-after-scope
}

int evlog_merge(sqlite3* db, const std::vector<std::string>& files)
{
    int merged = 0;
    for (size_t i = 0; i < files.size(); ++i) {
        char* sql = sqlite3_mprintf("ATTACH %Q AS src", files[i].c_str());
        int rc = runSql(db, sql);
        sqlite3_free(sql);
        if (rc != EVL_OK) continue;
        if (runSql(db, "BEGIN") == EVL_OK) {
            if (runSql(db, "INSERT INTO main.ev SELECT * FROM src.ev") == EVL_OK && runSql(db, "COMMIT") == EVL_OK)
                ++merged;
            else
                runSql(db, "ROLLBACK");
        }
        runSql(db, "DETACH src");
    }
    return merged;
}

int evlog_compact(sqlite3* db, int passes)
{
    int i;
    for (i = 0; i < passes; ++i) {
        if (runSql(db, "BEGIN") != EVL_OK) return EVL_ERR;  // expect: session-nested-begin
        if (runSql(db, "DELETE FROM ev WHERE rowid IN (SELECT rowid FROM ev WHERE sev = 0 LIMIT 500)") != EVL_OK) {
            runSql(db, "ROLLBACK");
            return EVL_ERR;
        }
    }
    if (runSql(db, "COMMIT") != EVL_OK) { runSql(db, "ROLLBACK"); return EVL_ERR; }
    return EVL_OK;
}

int evlog_tag(sqlite3* db, int from, int to, int sev)
{
    int own = sqlite3_get_autocommit(db);      // join the caller's transaction when there is one
    int ok;
    char sql[120];
    if (own && runSql(db, "BEGIN") != EVL_OK) return EVL_ERR;
    std::snprintf(sql, sizeof sql, "UPDATE ev SET sev=%d WHERE rowid BETWEEN %d AND %d", sev, from, to);
    ok = runSql(db, sql) == EVL_OK;
    if (own) {
        if (!ok || runSql(db, "COMMIT") != EVL_OK) {
            runSql(db, "ROLLBACK");
            ok = 0;
        }
    }
    return ok ? EVL_OK : EVL_ERR;
}

int evlog_open_for(const char* unit, sqlite3** out)
{
    char path[256];
    *out = NULL;
    std::snprintf(path, sizeof path, "/var/log/ev/%s.db", unit);
    if (sqlite3_open(path, out) != SQLITE_OK) {
        sqlite3_close(*out);
        *out = NULL;
        return EVL_ERR;
    }
    return EVL_OK;                             // the caller's from here on
}

long evlog_sum(sqlite3* db, int code)
{
    sqlite3_stmt* st = NULL;
    long sum = 0;
    if (sqlite3_prepare_v2(db, "SELECT sev FROM ev WHERE code = ?", -1, &st, NULL) != SQLITE_OK)
        return -1;
    sqlite3_bind_int(st, 1, code);
    while (sqlite3_step(st) == SQLITE_ROW)  // waits: session-unchecked-iteration
        sum += sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    return sum;
}
