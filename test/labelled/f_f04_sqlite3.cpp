// library: sqlite3
#include <sqlite3.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace meteo {

struct CloseDb {
    void operator()(sqlite3* p) const noexcept { sqlite3_close_v2(p); }
};
struct Finalize {
    void operator()(sqlite3_stmt* p) const noexcept { sqlite3_finalize(p); }
};
using Db = std::unique_ptr<sqlite3, CloseDb>;
using Stmt = std::unique_ptr<sqlite3_stmt, Finalize>;

struct Reading {
    std::int64_t at = 0;
    int station = 0;
    double celsius = 0;
};

static void warn(const char* what, sqlite3* db) noexcept {
    std::fprintf(stderr, "%s: %s\n", what, db ? sqlite3_errmsg(db) : "?");
}

static bool run(sqlite3* db, const char* sql) noexcept {
    char* err = nullptr;
    if (sqlite3_exec(db, sql, nullptr, nullptr, &err) == SQLITE_OK)
        return true;
    std::fprintf(stderr, "%s: %s\n", sql, err ? err : "");
    sqlite3_free(err);
    return false;
}

static Stmt prepare(sqlite3* db, std::string_view sql) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &raw, nullptr) != SQLITE_OK)
        warn("prepare", db);
    return Stmt(raw);
}

Db open_archive(const std::string& path) {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
    Db db(raw);
    if (rc != SQLITE_OK) {
        warn("open", raw);
        return nullptr;
    }
    sqlite3_busy_timeout(raw, 3000);
    return db;
}

int station_count(const char* path) {
    sqlite3* db = nullptr;
    if (sqlite3_open(path, &db) != SQLITE_OK) {  // expect: session-leak
        warn("open", db);
        return -1;
    }
    int n = 0;
    if (Stmt st = prepare(db, "SELECT count(*) FROM station"); st && sqlite3_step(st.get()) == SQLITE_ROW)
        n = sqlite3_column_int(st.get(), 0);
    sqlite3_close_v2(db);
    return n;
}

bool vacuum_file(const char* path) {
    sqlite3* db = nullptr;
    bool ok = false;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) {  // expect: session-raw-construction
        warn("open", db);
        goto done;
    }
    ok = run(db, "VACUUM");
done:
    sqlite3_close(db);
    return ok;
}

bool insert_readings(sqlite3* db, const std::vector<Reading>& rs) {
    if (!run(db, "BEGIN IMMEDIATE"))
        return false;
    Stmt st = prepare(db, "INSERT INTO reading(at, station, c) VALUES(?1, ?2, ?3)");
    bool ok = st != nullptr;
    for (const auto& r : rs) {
        if (!ok)
            break;
        sqlite3_bind_int64(st.get(), 1, r.at);
        sqlite3_bind_int(st.get(), 2, r.station);
        sqlite3_bind_double(st.get(), 3, r.celsius);
        ok = sqlite3_step(st.get()) == SQLITE_DONE;
        sqlite3_reset(st.get());
    }
    st.reset();
    if (ok && run(db, "COMMIT"))
        return true;
    run(db, "ROLLBACK");
    return false;
}

bool retire_station(sqlite3* db, int station) {
    if (!run(db, "BEGIN"))  // expect: session-unfinished-transaction
        return false;
    Stmt st = prepare(db, "UPDATE station SET active = 0 WHERE id = ?1");
    if (!st) {
        run(db, "ROLLBACK");
        return false;
    }
    sqlite3_bind_int(st.get(), 1, station);
    if (sqlite3_step(st.get()) != SQLITE_DONE) {
        warn("retire", db);
        return false;
    }
    st.reset();
    if (!run(db, "COMMIT")) {
        run(db, "ROLLBACK");
        return false;
    }
    return true;
}

class Tx {
public:
    explicit Tx(sqlite3* db) : db_(db), open_(run(db, "BEGIN")) {}
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;
    ~Tx() {
        if (open_)
            run(db_, "ROLLBACK");
    }
    explicit operator bool() const noexcept { return open_; }
    bool commit() noexcept {
        if (!run(db_, "COMMIT"))
            return false;
        open_ = false;
        return true;
    }

private:
    sqlite3* db_;
    bool open_;
};

bool merge_stations(sqlite3* db, int from, int into) {
    Tx tx(db);
    if (!tx)
        return false;
    const std::string move =
        "UPDATE reading SET station = " + std::to_string(into) + " WHERE station = " + std::to_string(from);
    if (!run(db, move.c_str()))
        return false;
    if (sqlite3_changes(db) == 0)
        return false;
    return run(db, ("DELETE FROM station WHERE id = " + std::to_string(from)).c_str()) && tx.commit();
}

bool recompute_normals(sqlite3* db, int year) {
    Tx tx(db);  // expect: session-unfinished-transaction
    if (!tx)
        return false;
    const std::string y = std::to_string(year);
    bool ok = run(db, ("DELETE FROM normal WHERE year = " + y).c_str());
    ok = ok && run(db, ("INSERT INTO normal SELECT " + y + ", station, avg(c) FROM reading GROUP BY station").c_str());
    if (!ok)
        warn("normals", db);
    return ok;
}

void reset_alarms(sqlite3* db) {
    Tx{db};  // expect: session-temporary-guard
    run(db, "DELETE FROM alarm");
    run(db, "UPDATE station SET alarmed = 0");
}

std::optional<std::string> station_name(sqlite3* db, int id) {
    Stmt st = prepare(db, "SELECT name FROM station WHERE id = ?1");
    if (!st)
        return std::nullopt;
    sqlite3_bind_int(st.get(), 1, id);
    if (sqlite3_step(st.get()) != SQLITE_ROW)
        return std::nullopt;
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 0));
    return text ? std::optional<std::string>(text) : std::nullopt;
}

const char* operator_name(sqlite3* db, int station) {
    Stmt st = prepare(db, "SELECT operator FROM station WHERE id = ?1");
    if (!st)
        return "";
    sqlite3_bind_int(st.get(), 1, station);
    if (sqlite3_step(st.get()) != SQLITE_ROW)
        return "";
    return reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 0));  // expect: session-use-after-scope
}

double mean_of_day(sqlite3* db, std::int64_t day) {
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db, "SELECT c FROM reading WHERE at / 86400 = ?1", -1, &st, nullptr) != SQLITE_OK) {  // expect: session-leak
        warn("mean", db);
        return 0;
    }
    sqlite3_bind_int64(st, 1, day);
    double sum = 0;
    int n = 0;
    while (sqlite3_step(st) == SQLITE_ROW) {
        if (sqlite3_column_type(st, 0) == SQLITE_NULL)
            return 0;
        sum += sqlite3_column_double(st, 0);
        ++n;
    }
    sqlite3_finalize(st);
    return n ? sum / n : 0;
}

class Recorder {
public:
    explicit Recorder(const std::string& path) {
        if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) {
            const std::string msg = sqlite3_errmsg(db_);
            sqlite3_close(db_);
            throw std::runtime_error(msg);
        }
        sqlite3_prepare_v2(db_, "INSERT INTO raw(v) VALUES(?1)", -1, &ins_, nullptr);
    }
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;
    ~Recorder() {
        abandon();
        sqlite3_finalize(ins_);
        sqlite3_close(db_);
    }

    bool put(double v) {
        const std::lock_guard<std::mutex> lock(m_);
        if (ins_ == nullptr)
            return false;
        if (!open_)
            open_ = run(db_, "BEGIN");
        sqlite3_bind_double(ins_, 1, v);
        const bool ok = sqlite3_step(ins_) == SQLITE_DONE;
        sqlite3_reset(ins_);
        return ok;
    }

    bool save() {
        const std::lock_guard<std::mutex> lock(m_);
        if (!open_)
            return true;
        if (!run(db_, "COMMIT"))
            return false;
        open_ = false;
        return true;
    }

    void discard() {
        const std::lock_guard<std::mutex> lock(m_);
        if (open_ && run(db_, "ROLLBACK"))
            open_ = false;
    }

private:
    void abandon() noexcept {
        if (open_)
            run(db_, "ROLLBACK");
        open_ = false;
    }

    sqlite3* db_ = nullptr;
    sqlite3_stmt* ins_ = nullptr;
    std::mutex m_;
    bool open_ = false;
};

bool upsert_station(sqlite3* db, int id, const char* name) {
    if (!run(db, "SAVEPOINT upsert"))
        return false;
    Stmt st = prepare(db, "INSERT INTO station(id, name) VALUES(?1, ?2) ON CONFLICT(id) DO UPDATE SET name = ?2");
    bool ok = false;
    if (st) {
        sqlite3_bind_int(st.get(), 1, id);
        sqlite3_bind_text(st.get(), 2, name, -1, SQLITE_TRANSIENT);
        ok = sqlite3_step(st.get()) == SQLITE_DONE;
        st.reset();
    }
    if (!ok)
        run(db, "ROLLBACK TO upsert");
    return run(db, "RELEASE upsert") && ok;
}

bool rotate(sqlite3* db) {
    if (!run(db, "BEGIN EXCLUSIVE"))
        return false;
    bool ok = run(db, "INSERT INTO reading_old SELECT * FROM reading");
    if (ok)
        ok = run(db, "DELETE FROM reading");
    if (ok)
        ok = run(db, "COMMIT");
    else
        run(db, "ROLLBACK");
    if (!ok) {
        warn("rotate", db);
        run(db, "ROLLBACK");  // expect: session-double-end
    }
    return ok;
}

bool compress_months(sqlite3* db, const std::vector<int>& months) {
    for (int m : months) {
        if (!run(db, "BEGIN"))  // expect: session-nested-begin
            return false;
        const std::string sql = "INSERT INTO monthly SELECT station, avg(c) FROM reading WHERE month = " + std::to_string(m);
        if (!run(db, sql.c_str())) {
            run(db, "ROLLBACK");
            return false;
        }
    }
    if (!run(db, "COMMIT")) {
        run(db, "ROLLBACK");
        return false;
    }
    return true;
}

int compress_days(sqlite3* db, int first, int last) {
    int done = 0;
    for (int d = first; d <= last; ++d) {
        if (!run(db, "BEGIN"))
            break;
        const std::string sql = "INSERT INTO daily SELECT station, avg(c) FROM reading WHERE day = " + std::to_string(d);
        if (run(db, sql.c_str()) && run(db, "COMMIT")) {
            ++done;
            continue;
        }
        run(db, "ROLLBACK");
        break;
    }
    return done;
}

void export_station(const std::string& path, int station) {
    std::thread worker([path, station] {
        Db db = open_archive(path);
        if (!db)
            return;
        const std::string sql = "INSERT INTO export SELECT * FROM reading WHERE station = " + std::to_string(station);
        run(db.get(), sql.c_str());
    });
    worker.detach();
}

void reindex_in_background(const std::string& path) {
    Db db = open_archive(path);
    if (!db)
        return;
    std::thread([h = db.get()] { run(h, "REINDEX"); }).detach();  // expect: session-shared-across-threads
    std::fprintf(stderr, "reindex started\n");
}

void analyze_owned(const std::string& path) {
    Db db = open_archive(path);
    if (!db)
        return;
    std::thread([own = std::move(db)] { run(own.get(), "ANALYZE"); }).detach();
    std::fprintf(stderr, "analyze started\n");
}

bool swap_archive(Db& current, const std::string& path) {
    sqlite3* old = current.get();
    Db next = open_archive(path);
    if (!next)
        return false;
    current = std::move(next);
    run(old, "PRAGMA optimize");  // expect: session-use-after-scope
    return true;
}

std::int64_t last_reading(sqlite3* db) {
    std::int64_t at = 0;
    sqlite3_exec(
        db, "SELECT max(at) FROM reading",
        [](void* out, int n, char** v, char**) {
            if (n == 1 && v[0] != nullptr)
                *static_cast<std::int64_t*>(out) = std::strtoll(v[0], nullptr, 10);
            return 0;
        },
        &at, nullptr);
    return at;
}

}  // namespace meteo
