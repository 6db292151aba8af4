#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

extern "C" {

typedef struct fdb_conn fdb_conn;
typedef struct fdb_cursor fdb_cursor;

enum { FDB_OK = 0, FDB_BUSY = 5, FDB_ROW = 100, FDB_DONE = 101 };

/* NULL when the server cannot be reached */
fdb_conn* fdb_connect(const char* url, unsigned flags);
void fdb_disconnect(fdb_conn* conn);
int fdb_begin(fdb_conn* conn);
int fdb_commit(fdb_conn* conn);
int fdb_rollback(fdb_conn* conn);
int fdb_exec(fdb_conn* conn, const char* sql);
int fdb_execf(fdb_conn* conn, const char* format, ...);
const char* fdb_error(fdb_conn* conn);
/* NULL when the statement is wrong */
fdb_cursor* fdb_query(fdb_conn* conn, const char* sql);
int fdb_fetch(fdb_cursor* cursor);
const char* fdb_text(fdb_cursor* cursor, int column);
int64_t fdb_int(fdb_cursor* cursor, int column);
void fdb_cursor_free(fdb_cursor* cursor);

}  // extern "C"

namespace fleet {

struct FreeConn {
    void operator()(fdb_conn* conn) const noexcept { fdb_disconnect(conn); }
};
struct FreeCursor {
    void operator()(fdb_cursor* cursor) const noexcept { fdb_cursor_free(cursor); }
};
using ConnPtr = std::unique_ptr<fdb_conn, FreeConn>;
using CursorPtr = std::unique_ptr<fdb_cursor, FreeCursor>;

struct Options {
    std::string url;
    unsigned flags = 0;
    int maxBusy = 4;
    bool verbose = false;
};

struct Position {
    int vehicle;
    double lat;
    double lon;
    int64_t at;
};

void trace(const char* format, ...) noexcept;
void decode(std::string_view payload, Position& out);

int vehicleCount(const Options& options) {
    fdb_conn* conn = fdb_connect(options.url.c_str(), options.flags);  // expect: session-raw-construction
    if (conn == nullptr) {
        trace("no connection to %s", options.url.c_str());
        return -1;
    }
    int count = -1;
    {
        CursorPtr cursor(fdb_query(conn, "SELECT count(*) FROM vehicle"));
        if (cursor && fdb_fetch(cursor.get()) == FDB_ROW) {
            count = static_cast<int>(fdb_int(cursor.get(), 0));
        }
    }
    fdb_disconnect(conn);
    return count;
}

bool storePosition(const Options& options, std::string_view payload) {
    fdb_conn* conn = fdb_connect(options.url.c_str(), options.flags);  // expect: session-leak
    if (!conn) {
        return false;
    }
    if (payload.size() < sizeof(Position)) {
        throw std::invalid_argument("short payload");
    }
    Position p{};
    std::memcpy(&p, payload.data(), sizeof p);
    const int rc = fdb_execf(conn, "INSERT INTO position VALUES(%d, %f, %f, %lld)", p.vehicle, p.lat, p.lon, static_cast<long long>(p.at));
    if (rc != FDB_OK) {
        trace("position: %s", fdb_error(conn));
    }
    fdb_disconnect(conn);
    return rc == FDB_OK;
}

bool storeDecoded(const Options& options, std::string_view payload) {
    Position p{};
    decode(payload, p);
    ConnPtr conn(fdb_connect(options.url.c_str(), options.flags));
    if (!conn) {
        return false;
    }
    if (fdb_begin(conn.get()) != FDB_OK) {
        return false;
    }
    bool ok = fdb_execf(conn.get(), "INSERT INTO position VALUES(%d, %f, %f)", p.vehicle, p.lat, p.lon) == FDB_OK;
    ok = ok && fdb_execf(conn.get(), "UPDATE vehicle SET seen = now() WHERE id = %d", p.vehicle) == FDB_OK;
    if (ok && fdb_commit(conn.get()) == FDB_OK) {
        return true;
    }
    fdb_rollback(conn.get());
    return false;
}

std::vector<std::string> driverNames(fdb_conn* conn, int depot) {
    std::vector<std::string> names;
    char sql[128];
    std::snprintf(sql, sizeof sql, "SELECT name FROM driver WHERE depot = %d", depot);
    fdb_cursor* cursor = fdb_query(conn, sql);  // expect: session-leak
    if (cursor == nullptr) {
        return names;
    }
    int rc = FDB_ROW;
    while ((rc = fdb_fetch(cursor)) == FDB_ROW) {
        const char* name = fdb_text(cursor, 0);
        if (name == nullptr) {
            trace("driver without a name in depot %d", depot);
            return {};
        }
        names.emplace_back(name);
    }
    if (rc != FDB_DONE) {
        trace("drivers: %s", fdb_error(conn));
    }
    fdb_cursor_free(cursor);
    return names;
}

const char* plateOf(fdb_conn* conn, int vehicle) {
    char sql[128];
    std::snprintf(sql, sizeof sql, "SELECT plate FROM vehicle WHERE id = %d", vehicle);
    CursorPtr cursor(fdb_query(conn, sql));
    if (!cursor || fdb_fetch(cursor.get()) != FDB_ROW) {
        return "";
    }
    const char* plate = fdb_text(cursor.get(), 0);
    trace("vehicle %d is %s", vehicle, plate);
    return plate;  // expect: session-use-after-scope
}

std::string depotOf(fdb_conn* conn, int vehicle) {
    char sql[128];
    std::snprintf(sql, sizeof sql, "SELECT depot FROM vehicle WHERE id = %d", vehicle);
    CursorPtr cursor(fdb_query(conn, sql));
    if (!cursor || fdb_fetch(cursor.get()) != FDB_ROW) {
        return {};
    }
    const char* depot = fdb_text(cursor.get(), 0);
    return depot == nullptr ? std::string("unknown") : std::string(depot);
}

int closeTrip(fdb_conn* conn, int trip, int64_t endedAt) {
    int rc = fdb_begin(conn);
    if (rc != FDB_OK) {
        return rc;
    }
    if ((rc = fdb_execf(conn, "UPDATE trip SET ended = %lld WHERE id = %d", static_cast<long long>(endedAt), trip)) != FDB_OK) {
        goto failed;
    }
    if ((rc = fdb_execf(conn, "INSERT INTO trip_sum SELECT trip, sum(dist) FROM leg WHERE trip = %d GROUP BY trip", trip)) != FDB_OK) {
        goto failed;
    }
    if ((rc = fdb_commit(conn)) == FDB_OK) {
        return FDB_OK;
    }
failed:
    trace("trip %d: %s", trip, fdb_error(conn));
    fdb_rollback(conn);
    return rc;
}

int reopenTrip(fdb_conn* conn, int trip) {
    int rc = fdb_begin(conn);
    if (rc != FDB_OK) {
        return rc;
    }
    rc = fdb_execf(conn, "UPDATE trip SET ended = NULL WHERE id = %d", trip);
    if (rc != FDB_OK) {
        fdb_rollback(conn);
        goto done;
    }
    rc = fdb_execf(conn, "DELETE FROM trip_sum WHERE trip = %d", trip);
    if (rc == FDB_OK) {
        return fdb_commit(conn) == FDB_OK ? FDB_OK : (fdb_rollback(conn), FDB_BUSY);
    }
done:
    trace("reopen %d: %d", trip, rc);
    fdb_rollback(conn);  // expect: session-double-end
    return rc;
}

int assignDriver(fdb_conn* conn, int driver, int vehicle, const Options& options) {
    int rc = FDB_BUSY;
    for (int busy = 0; rc == FDB_BUSY && busy < options.maxBusy; ++busy) {
        rc = fdb_begin(conn);
        if (rc != FDB_OK) {
            continue;
        }
        rc = fdb_execf(conn, "UPDATE vehicle SET driver = %d WHERE id = %d", driver, vehicle);
        if (rc == FDB_OK) {
            rc = fdb_execf(conn, "INSERT INTO shift(driver, vehicle) VALUES(%d, %d)", driver, vehicle);
        }
        if (rc == FDB_OK) {
            rc = fdb_commit(conn);
        }
        if (rc != FDB_OK) {
            fdb_rollback(conn);
        }
    }
    return rc;
}

int importTrips(fdb_conn* conn, const std::vector<int>& trips, const std::function<bool(int)>& wanted) {
    int imported = 0;
    if (fdb_begin(conn) != FDB_OK) {  // expect: session-unfinished-transaction
        return -1;
    }
    for (int trip : trips) {
        if (trip <= 0) {
            trace("stopped at trip %d", trip);
            return imported;
        }
        if (fdb_execf(conn, "INSERT INTO trip(id) VALUES(%d)", trip) != FDB_OK) {
            fdb_rollback(conn);
            return -1;
        }
        ++imported;
    }
    if (fdb_commit(conn) != FDB_OK) {
        fdb_rollback(conn);
        return -1;
    }
    return imported;
}

class Tracker {
public:
    explicit Tracker(const Options& options) : options_(options) {}
    Tracker(const Tracker&) = delete;
    Tracker& operator=(const Tracker&) = delete;
    ~Tracker() { disconnect(); }

    bool connect();
    void disconnect();
    bool reconnect();
    bool push(const Position& p);
    void startFlusher();
    void stopFlusher();
    bool flushGeofences(const std::map<int, std::string>& fences);

private:
    Options options_;
    fdb_conn* conn_ = nullptr;
    std::mutex guard_;
    std::thread flusher_;
    std::atomic<bool> running_{false};
};

bool Tracker::connect() {
    std::lock_guard<std::mutex> lock(guard_);
    if (conn_ != nullptr) {
        return true;
    }
    conn_ = fdb_connect(options_.url.c_str(), options_.flags);
    if (conn_ == nullptr) {
        trace("tracker offline");
        return false;
    }
    return fdb_exec(conn_, "SET role tracker") == FDB_OK;
}

void Tracker::disconnect() {
    stopFlusher();
    std::lock_guard<std::mutex> lock(guard_);
    if (conn_ != nullptr) {
        fdb_disconnect(conn_);
        conn_ = nullptr;
    }
}

bool Tracker::reconnect() {
    stopFlusher();
    fdb_conn* fresh = fdb_connect(options_.url.c_str(), options_.flags);
    if (fresh == nullptr) {
        return false;
    }
    {
        std::lock_guard<std::mutex> lock(guard_);
        std::swap(conn_, fresh);
    }
    if (fresh != nullptr) {
        fdb_disconnect(fresh);
    }
    return true;
}

bool Tracker::push(const Position& p) {
    std::lock_guard<std::mutex> lock(guard_);
    if (conn_ == nullptr) {
        return false;
    }
    return fdb_execf(conn_, "INSERT INTO position VALUES(%d, %f, %f, %lld)", p.vehicle, p.lat, p.lon, static_cast<long long>(p.at)) ==
           FDB_OK;
}

void Tracker::startFlusher() {
    if (running_.exchange(true)) {
        return;
    }
    flusher_ = std::thread([this] {
        while (running_) {
            {
                std::lock_guard<std::mutex> lock(guard_);
                if (conn_ != nullptr && fdb_exec(conn_, "CALL compress_positions()") != FDB_OK) {
                    trace("compress: %s", fdb_error(conn_));
                }
            }
            std::this_thread::sleep_for(std::chrono::seconds(30));
        }
    });
}

void Tracker::stopFlusher() {
    running_ = false;
    if (flusher_.joinable()) {
        flusher_.join();
    }
}

bool Tracker::flushGeofences(const std::map<int, std::string>& fences) {
    std::lock_guard<std::mutex> lock(guard_);
    if (conn_ == nullptr || fdb_begin(conn_) != FDB_OK) {
        return false;
    }
    const bool ok = [&] {
        for (const auto& [id, shape] : fences) {
            if (shape.empty()) {
                continue;
            }
            if (fdb_execf(conn_, "INSERT INTO fence VALUES(%d, '%s')", id, shape.c_str()) != FDB_OK) {
                return false;
            }
        }
        return fdb_commit(conn_) == FDB_OK;
    }();
    if (!ok) {
        fdb_rollback(conn_);
    }
    return ok;
}

int serveDepot(const Options& options, int depot) {
    ConnPtr conn(fdb_connect(options.url.c_str(), options.flags));
    if (!conn) {
        return 1;
    }
    fdb_conn* raw = conn.get();
    std::thread heartbeat([raw, depot] {  // expect: session-shared-across-threads
        for (int i = 0; i < 100; ++i) {
            fdb_execf(raw, "UPDATE depot SET alive = now() WHERE id = %d", depot);
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
    });
    int failed = 0;
    for (const std::string& name : {std::string("north"), std::string("south")}) {
        if (fdb_execf(raw, "UPDATE gate SET open = 1 WHERE name = '%s'", name.c_str()) != FDB_OK) {
            ++failed;
        }
    }
    heartbeat.join();
    return failed;
}

int warmCaches(const Options& options) {
    ConnPtr conn(fdb_connect(options.url.c_str(), options.flags));
    if (!conn) {
        return 1;
    }
    int rc = FDB_OK;
    std::thread loader([&rc, raw = conn.get()] { rc = fdb_exec(raw, "CALL warm_routes()"); });
    trace("warming");
    loader.join();
    if (rc == FDB_OK) {
        rc = fdb_exec(conn.get(), "CALL warm_drivers()");
    }
    return rc;
}

int mergeVehicles(fdb_conn* conn, int keep, const std::vector<int>& duplicates) {
    int rc = FDB_OK;
    for (std::size_t i = 0; rc == FDB_OK && i < duplicates.size(); ++i) {
        rc = fdb_begin(conn);  // expect: session-nested-begin
        if (rc == FDB_OK) {
            rc = fdb_execf(conn, "UPDATE trip SET vehicle = %d WHERE vehicle = %d", keep, duplicates[i]);
        }
    }
    if (rc == FDB_OK) {
        rc = fdb_commit(conn);
    }
    if (rc != FDB_OK) {
        trace("merge: %s", fdb_error(conn));
        fdb_rollback(conn);
    }
    return rc;
}

bool copyFuelPrices(const Options& from, const Options& to) {
    ConnPtr source(fdb_connect(from.url.c_str(), from.flags));
    ConnPtr target(fdb_connect(to.url.c_str(), to.flags));
    if (!source || !target) {
        return false;
    }
    CursorPtr prices(fdb_query(source.get(), "SELECT station, cents FROM fuel"));
    if (!prices || fdb_begin(target.get()) != FDB_OK) {
        return false;
    }
    int rc = FDB_ROW;
    while ((rc = fdb_fetch(prices.get())) == FDB_ROW) {
        const auto station = static_cast<int>(fdb_int(prices.get(), 0));
        const auto cents = static_cast<int>(fdb_int(prices.get(), 1));
        if (fdb_execf(target.get(), "UPDATE fuel SET cents = %d WHERE station = %d", cents, station) != FDB_OK) {
            fdb_rollback(target.get());
            return false;
        }
    }
    if (rc == FDB_DONE && fdb_commit(target.get()) == FDB_OK) {
        return true;
    }
    fdb_rollback(target.get());
    return false;
}

fdb_conn* connectAny(const std::vector<Options>& candidates) {
    for (const Options& candidate : candidates) {
        ConnPtr conn(fdb_connect(candidate.url.c_str(), candidate.flags));
        if (conn && fdb_exec(conn.get(), "SELECT 1") == FDB_OK) {
            trace("using %s", candidate.url.c_str());
            return conn.release();
        }
    }
    return nullptr;
}

void settleFuel(const Options& options, int vehicle, int cents) {
    ConnPtr conn(fdb_connect(options.url.c_str(), options.flags));
    if (!conn || fdb_begin(conn.get()) != FDB_OK) {
        return;
    }
    if (fdb_execf(conn.get(), "INSERT INTO fuel_bill VALUES(%d, %d)", vehicle, cents) != FDB_OK || fdb_commit(conn.get()) != FDB_OK) {
        fdb_rollback(conn.get());
        return;
    }
    if (fdb_begin(conn.get()) != FDB_OK) {
        return;
    }
    const int rc = fdb_execf(conn.get(), "UPDATE vehicle SET owed = owed + %d WHERE id = %d", cents, vehicle);
    if (rc != FDB_OK || fdb_commit(conn.get()) != FDB_OK) {  // expect: session-multiple-commits
        fdb_rollback(conn.get());
    }
}

}  // namespace fleet
