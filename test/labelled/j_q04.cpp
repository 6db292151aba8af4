// library: sqlite3
#include <sqlite3.h>

#include <cstdio>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace tidegauge {

struct GaugeConfig {
    std::string path = "tides.db";
    std::string archive = "archive.db";
    int busyMs = 1500;
    bool foreignKeys = true;
};

struct Reading {
    std::int64_t at = 0;
    int station = 0;
    double level = 0;
};

class DbError : public std::runtime_error {
public:
    DbError(sqlite3* db, const char* where)
        : std::runtime_error(std::string(where) + ": " + (db ? sqlite3_errmsg(db) : "no handle")) {}
};

void say(const char* what, const char* detail = "") noexcept { std::fprintf(stderr, "%s %s\n", what, detail); }

struct CloseDb {
    void operator()(sqlite3* p) const noexcept { sqlite3_close_v2(p); }
};
struct FreeStmt {
    void operator()(sqlite3_stmt* p) const noexcept { sqlite3_finalize(p); }
};
using DbPtr = std::unique_ptr<sqlite3, CloseDb>;
using StmtPtr = std::unique_ptr<sqlite3_stmt, FreeStmt>;

DbPtr openGauge(const GaugeConfig& cfg) {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open(cfg.path.c_str(), &raw);
    DbPtr db(raw);
    if (rc != SQLITE_OK)
        throw DbError(db.get(), "open");
    sqlite3_busy_timeout(db.get(), cfg.busyMs);
    return db;
}

void exec(sqlite3* db, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw DbError(db, sql);
}

StmtPtr prepare(sqlite3* db, std::string_view sql) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &raw, nullptr) != SQLITE_OK)
        throw DbError(db, "prepare");
    return StmtPtr(raw);
}

void runOnce(sqlite3* db, const char* sql, std::int64_t a, double b) {
    StmtPtr st = prepare(db, sql);
    sqlite3_bind_int64(st.get(), 1, a);
    sqlite3_bind_double(st.get(), 2, b);
    if (sqlite3_step(st.get()) != SQLITE_DONE)
        throw DbError(db, "step");
}

class WriteScope {
public:
    explicit WriteScope(sqlite3* db) : db_(db) { exec(db_, "BEGIN IMMEDIATE"); }
    WriteScope(const WriteScope&) = delete;
    WriteScope& operator=(const WriteScope&) = delete;
    ~WriteScope() {
        if (db_)
            sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
    void commit() {
        exec(db_, "COMMIT");
        db_ = nullptr;
    }
private:
    sqlite3* db_;
};

DbPtr openArchive(const GaugeConfig& cfg) {
    sqlite3* raw = nullptr;
    if (sqlite3_open_v2(cfg.archive.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) {  // expect: session-leak
        say("archive missing");
        return nullptr;
    }
    return DbPtr(raw);
}

std::pair<DbPtr, DbPtr> openBoth(const GaugeConfig& cfg) {
    DbPtr live = openGauge(cfg);
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open(cfg.archive.c_str(), &raw);
    DbPtr archive(raw);
    if (rc != SQLITE_OK)
        throw DbError(archive.get(), "archive");
    return {std::move(live), std::move(archive)};
}

void addReadings(sqlite3* db, const std::vector<Reading>& all) {
    WriteScope tx(db);
    StmtPtr ins = prepare(db, "INSERT INTO reading(at, station, level) VALUES(?, ?, ?)");
    for (const Reading& r : all) {
        sqlite3_bind_int64(ins.get(), 1, r.at);
        sqlite3_bind_int(ins.get(), 2, r.station);
        sqlite3_bind_double(ins.get(), 3, r.level);
        if (sqlite3_step(ins.get()) != SQLITE_DONE)
            throw DbError(db, "insert");
        sqlite3_reset(ins.get());
    }
    ins.reset();
    tx.commit();
}

bool correctStation(sqlite3* db, int station, double offset) {
    exec(db, "BEGIN");  // expect: session-missing-rollback
    StmtPtr upd = prepare(db, "UPDATE reading SET level = level + ? WHERE station = ?");
    sqlite3_bind_double(upd.get(), 1, offset);
    sqlite3_bind_int(upd.get(), 2, station);
    if (sqlite3_step(upd.get()) != SQLITE_DONE)
        throw DbError(db, "correct");
    upd.reset();
    exec(db, "COMMIT");
    return sqlite3_changes(db) > 0;
}

bool correctAll(sqlite3* db, double offset) {
    exec(db, "BEGIN");
    try {
        runOnce(db, "UPDATE reading SET level = level + ?2 WHERE at > ?1", 0, offset);
        runOnce(db, "INSERT INTO correction(at, value) VALUES(?, ?)", 0, offset);
        exec(db, "COMMIT");
        return true;
    } catch (const DbError& e) {
        say("correction failed", e.what());
        sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
        return false;
    }
}

int pruneBefore(sqlite3* db, std::int64_t limit) {
    if (sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK)  // expect: session-unfinished-transaction
        return -1;
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(db, "DELETE FROM reading WHERE at < ?", -1, &raw, nullptr) != SQLITE_OK) {
        sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
        return -1;
    }
    StmtPtr del(raw);
    sqlite3_bind_int64(del.get(), 1, limit);
    if (sqlite3_step(del.get()) != SQLITE_DONE) {
        sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
        return -1;
    }
    const int n = sqlite3_changes(db);
    if (n == 0)
        return 0;
    del.reset();
    if (sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) {
        sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
        return -1;
    }
    return n;
}

int renumber(sqlite3* db) {
    if (sqlite3_get_autocommit(db))
        return SQLITE_MISUSE;
    int rc = sqlite3_exec(db, "SAVEPOINT renumber", nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK)
        return rc;
    rc = sqlite3_exec(db, "UPDATE station SET pos = pos + 1000", nullptr, nullptr, nullptr);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(db, "UPDATE station SET pos = (SELECT count(*) FROM station s WHERE s.pos < station.pos)",
                          nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK)
        sqlite3_exec(db, "ROLLBACK TO renumber", nullptr, nullptr, nullptr);
    sqlite3_exec(db, "RELEASE renumber", nullptr, nullptr, nullptr);
    return rc;
}

std::string_view stationName(sqlite3* db, int station) {
    StmtPtr q = prepare(db, "SELECT name FROM station WHERE id = ?");
    sqlite3_bind_int(q.get(), 1, station);
    if (sqlite3_step(q.get()) != SQLITE_ROW)
        return {};
    return reinterpret_cast<const char*>(sqlite3_column_text(q.get(), 0));  // expect: session-use-after-scope
}

std::string stationOwner(sqlite3* db, int station) {
    StmtPtr q = prepare(db, "SELECT owner FROM station WHERE id = ?");
    sqlite3_bind_int(q.get(), 1, station);
    if (sqlite3_step(q.get()) != SQLITE_ROW)
        return {};
    const unsigned char* text = sqlite3_column_text(q.get(), 0);
    return text ? reinterpret_cast<const char*>(text) : "";
}

void vacuumFile(const std::string& path) {
    sqlite3* db = nullptr;
    if (sqlite3_open(path.c_str(), &db) == SQLITE_OK) {  // expect: session-raw-construction
        if (sqlite3_exec(db, "VACUUM", nullptr, nullptr, nullptr) != SQLITE_OK)
            say("vacuum", sqlite3_errmsg(db));
    } else {
        say("cannot open", path.c_str());
    }
    sqlite3_close(db);
}

void mergeStations(sqlite3* db, int keep, int drop) {
    WriteScope tx(db);
    runOnce(db, "UPDATE reading SET station = ? WHERE station = ?", keep, drop);
    if (keep < drop) {
        WriteScope inner(db);  // expect: session-nested-begin
        runOnce(db, "DELETE FROM station WHERE id = ? AND ? > 0", drop, 1.0);
        inner.commit();
    }
    tx.commit();
}

class Recorder {
public:
    explicit Recorder(const GaugeConfig& cfg) : cfg_(cfg) {}
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;
    ~Recorder() { stop(); }

    bool start() {
        stop();
        if (sqlite3_open(cfg_.path.c_str(), &db_) != SQLITE_OK) {
            say("recorder", sqlite3_errmsg(db_));
            stop();
            return false;
        }
        if (cfg_.foreignKeys)
            sqlite3_exec(db_, "PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr);
        return true;
    }

    void stop() noexcept {
        sqlite3_finalize(last_);
        last_ = nullptr;
        sqlite3_close(db_);
        db_ = nullptr;
    }

    double lastLevel(int station) {
        std::lock_guard lock(m_);
        if (!last_ && sqlite3_prepare_v2(db_, "SELECT level FROM reading WHERE station = ? ORDER BY at DESC LIMIT 1", -1,
                                         &last_, nullptr) != SQLITE_OK)
            throw DbError(db_, "lastLevel");
        sqlite3_bind_int(last_, 1, station);
        const double v = sqlite3_step(last_) == SQLITE_ROW ? sqlite3_column_double(last_, 0) : 0.0;
        sqlite3_reset(last_);
        return v;
    }

    void exportTo(const std::string& path) {
        StmtPtr count;
        {
            DbPtr copy = openGauge({.path = path});
            exec(copy.get(), "CREATE TABLE IF NOT EXISTS export(n INTEGER)");
            pending_ = copy.get();  // expect: session-use-after-scope
        }
        count = prepare(db_, "SELECT count(*) FROM reading");
        if (sqlite3_step(count.get()) == SQLITE_ROW)
            say("exported");
    }

    void flushPending() {
        if (pending_)
            sqlite3_db_cacheflush(pending_);
    }

    void compactInBackground() {
        std::thread([path = cfg_.path] {
            sqlite3* raw = nullptr;
            const int rc = sqlite3_open(path.c_str(), &raw);
            DbPtr own(raw);
            if (rc == SQLITE_OK)
                sqlite3_exec(own.get(), "PRAGMA incremental_vacuum", nullptr, nullptr, nullptr);
        }).detach();
    }

private:
    GaugeConfig cfg_;
    sqlite3* db_ = nullptr;
    sqlite3* pending_ = nullptr;
    sqlite3_stmt* last_ = nullptr;
    std::mutex m_;
};

void withDb(const GaugeConfig& cfg, sqlite3* given, const std::function<void(sqlite3*)>& fn) {
    DbPtr own;
    if (!given) {
        own = openGauge(cfg);
        given = own.get();
    }
    fn(given);
}

void refreshHarmonics(const GaugeConfig& cfg) {
    DbPtr db = openGauge(cfg);
    sqlite3* handle = db.release();
    if (sqlite3_exec(handle, "DELETE FROM harmonic WHERE stale = 1", nullptr, nullptr, nullptr) != SQLITE_OK)
        say("harmonic", sqlite3_errmsg(handle));
    db.reset(handle);
    WriteScope tx(handle);
    exec(handle, "INSERT INTO harmonic SELECT * FROM harmonic_new");
    exec(handle, "DELETE FROM harmonic_new");
    tx.commit();
}

bool storeAlarm(sqlite3* db, int station, double level) {
    exec(db, "BEGIN");
    bool stored = false;
    try {
        runOnce(db, "INSERT INTO alarm(station, level) VALUES(?, ?)", station, level);
        runOnce(db, "UPDATE station SET alarms = alarms + 1 WHERE id = ?1 AND ?2 > 0", station, level);
        stored = true;
    } catch (const DbError& e) {
        say("alarm", e.what());
    }
    if (stored && sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK)
        return true;
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    return false;
}

void clearAlarms(sqlite3* db, int station) {
    WriteScope tx(db);
    try {
        runOnce(db, "INSERT INTO alarm_log SELECT * FROM alarm WHERE station = ? AND level > ?", station, 0.0);
        runOnce(db, "DELETE FROM alarm WHERE station = ? AND level > ?", station, 0.0);
    } catch (const std::exception& e) {  // expect: session-swallow-and-commit
        say("clearing", e.what());
    }
    tx.commit();
}

}  // namespace tidegauge
