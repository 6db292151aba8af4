// library: libpq
#include <libpq-fe.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace dispatch {

struct Finish {
    void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
struct Clear {
    void operator()(PGresult* r) const noexcept { PQclear(r); }
};
using Conn = std::unique_ptr<PGconn, Finish>;
using Result = std::unique_ptr<PGresult, Clear>;

struct Ride {
    int id = 0;
    int driver = 0;
    std::string pickup;
};

static void complain(const char* where, const PGconn* c) noexcept {
    std::fprintf(stderr, "%s: %s", where, PQerrorMessage(c));
}

static bool command(PGconn* c, const char* sql) noexcept {
    const Result r(PQexec(c, sql));
    return PQresultStatus(r.get()) == PGRES_COMMAND_OK;
}

static Result query(PGconn* c, const std::string& sql, const std::vector<std::string>& args) {
    std::vector<const char*> v;
    v.reserve(args.size());
    for (const auto& a : args)
        v.push_back(a.c_str());
    return Result(PQexecParams(c, sql.c_str(), static_cast<int>(v.size()), nullptr, v.data(), nullptr, nullptr, 0));
}

static bool good(const Result& r) noexcept {
    const auto s = PQresultStatus(r.get());
    return s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK;
}

Conn dial(const char* dsn) {
    Conn c(PQconnectdb(dsn));
    if (PQstatus(c.get()) != CONNECTION_OK) {
        complain("connect", c.get());
        c.reset();
    }
    return c;
}

int drivers_online(const char* dsn) {
    PGconn* c = PQconnectdb(dsn);  // expect: session-leak
    if (PQstatus(c) != CONNECTION_OK) {
        complain("drivers_online", c);
        return -1;
    }
    const Result r(PQexec(c, "SELECT count(*) FROM driver WHERE online"));
    const int n = good(r) ? std::atoi(PQgetvalue(r.get(), 0, 0)) : -1;
    PQfinish(c);
    return n;
}

bool server_alive(const char* dsn) {
    PGconn* c = PQconnectdb(dsn);  // expect: session-raw-construction
    const bool up = PQstatus(c) == CONNECTION_OK;
    if (!up)
        complain("server_alive", c);
    PQfinish(c);
    return up;
}

bool assign(PGconn* c, const Ride& ride) {
    if (!command(c, "BEGIN"))
        return false;
    bool ok = good(query(c, "UPDATE ride SET driver = $2 WHERE id = $1",
                         {std::to_string(ride.id), std::to_string(ride.driver)}));
    ok = ok && good(query(c, "UPDATE driver SET busy = true WHERE id = $1", {std::to_string(ride.driver)}));
    if (!ok) {
        complain("assign", c);
        command(c, "ROLLBACK");
        return false;
    }
    return command(c, "COMMIT");
}

bool cancel_ride(PGconn* c, int ride) {
    const auto id = std::to_string(ride);
    if (!command(c, "BEGIN"))  // expect: session-unfinished-transaction
        return false;
    const Result r = query(c, "DELETE FROM ride WHERE id = $1 RETURNING driver", {id});
    if (!good(r)) {
        command(c, "ROLLBACK");
        return false;
    }
    if (PQntuples(r.get()) == 0)
        return false;
    if (!good(query(c, "UPDATE driver SET busy = false WHERE id = $1", {PQgetvalue(r.get(), 0, 0)}))) {
        command(c, "ROLLBACK");
        return false;
    }
    return command(c, "COMMIT");
}

std::string driver_phone(PGconn* c, int driver) {
    const auto id = std::to_string(driver);
    const std::array<const char*, 1> args{id.c_str()};
    const char* phone = "";
    {
        const Result r(PQexecParams(c, "SELECT phone FROM driver WHERE id = $1", 1, nullptr, args.data(), nullptr, nullptr, 0));
        if (good(r) && PQntuples(r.get()) == 1)
            phone = PQgetvalue(r.get(), 0, 0);
    }
    return phone;  // expect: session-use-after-scope
}

std::map<int, std::string> driver_names(PGconn* c) {
    std::map<int, std::string> out;
    const Result r(PQexec(c, "SELECT id, name FROM driver"));
    if (!good(r)) {
        complain("driver_names", c);
        return out;
    }
    for (int i = 0; i < PQntuples(r.get()); ++i) {
        if (PQgetisnull(r.get(), i, 1))
            continue;
        out.emplace(std::atoi(PQgetvalue(r.get(), i, 0)), PQgetvalue(r.get(), i, 1));
    }
    return out;
}

int surge_level(PGconn* c, const std::string& zone) {
    const char* args[] = {zone.c_str()};
    PGresult* r = PQexecParams(c, "SELECT level FROM surge WHERE zone = $1", 1, nullptr, args, nullptr, nullptr, 0);  // expect: session-leak
    if (PQresultStatus(r) != PGRES_TUPLES_OK) {
        PQclear(r);
        return 1;
    }
    if (PQntuples(r) == 0) {
        std::fprintf(stderr, "no surge zone %s\n", zone.c_str());
        return 1;
    }
    const int level = std::atoi(PQgetvalue(r, 0, 0));
    PQclear(r);
    return level;
}

class Tx {
public:
    explicit Tx(PGconn* c) : c_(c) {
        if (!command(c_, "BEGIN ISOLATION LEVEL SERIALIZABLE"))
            throw std::runtime_error(PQerrorMessage(c_));
    }
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;
    ~Tx() {
        if (!done_)
            command(c_, "ROLLBACK");
    }
    bool commit() {
        done_ = true;
        return command(c_, "COMMIT");
    }

private:
    PGconn* c_;
    bool done_ = false;
};

bool pay_driver(PGconn* c, int driver, const std::string& cents) {
    for (int attempt = 0; attempt < 5; ++attempt) {
        Tx tx(c);
        const auto id = std::to_string(driver);
        const Result r = query(c, "UPDATE wallet SET cents = cents + $2 WHERE driver = $1", {id, cents});
        if (good(r) && tx.commit())
            return true;
        const char* state = PQresultErrorField(r.get(), PG_DIAG_SQLSTATE);
        if (state == nullptr || std::strcmp(state, "40001") != 0)
            return false;
    }
    return false;
}

bool top_up(PGconn* c, int driver, const std::string& cents) {
    Tx tx(c);
    const auto id = std::to_string(driver);
    if (!good(query(c, "UPDATE wallet SET cents = cents + $2 WHERE driver = $1", {id, cents})))
        return false;
    if (!pay_driver(c, 0, "-" + cents))  // expect: session-nested-begin
        return false;
    return tx.commit();
}

bool rate_ride(PGconn* c, int ride, const std::string& stars) {
    Tx rating(c);
    if (!good(query(c, "UPDATE ride SET stars = $2 WHERE id = $1", {std::to_string(ride), stars})))
        return false;
    if (!rating.commit())
        return false;
    Tx stats(c);
    if (!good(query(c, "UPDATE driver SET rides = rides + 1 WHERE id = (SELECT driver FROM ride WHERE id = $1)",
                    {std::to_string(ride)})))
        return false;
    return stats.commit();  // expect: session-multiple-commits
}

std::size_t load_zones(PGconn* c, const std::vector<std::string>& zones) {
    if (!command(c, "BEGIN"))
        return 0;
    std::size_t n = 0;
    for (const auto& z : zones) {
        command(c, "SAVEPOINT zone");
        if (good(query(c, "INSERT INTO zone(name) VALUES($1)", {z}))) {
            command(c, "RELEASE SAVEPOINT zone");
            ++n;
        } else {
            command(c, "ROLLBACK TO SAVEPOINT zone");
        }
    }
    if (n == 0) {
        command(c, "ROLLBACK");
        return 0;
    }
    return command(c, "COMMIT") ? n : 0;
}

bool copy_positions(PGconn* c, const std::vector<std::string>& lines) {
    {
        const Result start(PQexec(c, "COPY position FROM STDIN"));
        if (PQresultStatus(start.get()) != PGRES_COPY_IN)
            return false;
    }
    bool ok = true;
    for (const auto& l : lines)
        ok = ok && PQputCopyData(c, l.data(), static_cast<int>(l.size())) == 1;
    ok = PQputCopyEnd(c, ok ? nullptr : "client error") == 1 && ok;
    while (const Result r{PQgetResult(c)})
        ok = ok && good(r);
    return ok;
}

bool move_zone(const char* dsn, int driver, const std::string& from, const std::string& to) {
    Conn a = dial(dsn);
    if (!a)
        return false;
    const auto id = std::to_string(driver);
    if (!good(query(a.get(), "DELETE FROM zone_driver WHERE driver = $1 AND zone = $2", {id, from})))
        return false;
    Conn b = dial(dsn);  // expect: session-split-unit-of-work
    if (!b)
        return false;
    return good(query(b.get(), "INSERT INTO zone_driver(driver, zone) VALUES($1, $2)", {id, to}));
}

bool sync_ledger(const char* rides_dsn, const char* ledger_dsn) {
    Conn rides = dial(rides_dsn);
    Conn ledger = dial(ledger_dsn);
    if (!rides || !ledger)
        return false;
    const Result r(PQexec(rides.get(), "SELECT id, fare FROM ride WHERE state = 'done'"));
    if (!good(r))
        return false;
    Tx tx(ledger.get());
    for (int i = 0; i < PQntuples(r.get()); ++i) {
        if (!good(query(ledger.get(), "INSERT INTO entry(ride, fare) VALUES($1, $2)",
                        {PQgetvalue(r.get(), i, 0), PQgetvalue(r.get(), i, 1)})))
            return false;
    }
    return tx.commit();
}

class Listener {
public:
    explicit Listener(const char* dsn) : c_(PQconnectdb(dsn)) {}
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { PQfinish(c_); }

    bool ready() {
        if (PQstatus(c_) == CONNECTION_OK)
            return true;
        PQreset(c_);
        return PQstatus(c_) == CONNECTION_OK && command(c_, "LISTEN ride");
    }

    int drain() {
        int n = 0;
        PQconsumeInput(c_);
        while (PGnotify* note = PQnotifies(c_)) {
            ++n;
            PQfreemem(note);
        }
        return n;
    }

private:
    PGconn* c_;
};

bool close_shift(PGconn* c, int driver) {
    const auto id = std::to_string(driver);
    if (!command(c, "BEGIN"))
        return false;
    const bool ok = good(query(c, "UPDATE shift SET closed = now() WHERE driver = $1", {id})) &&
                    good(query(c, "UPDATE driver SET online = false WHERE id = $1", {id}));
    const bool ended = command(c, ok ? "COMMIT" : "ROLLBACK");
    return ok && ended;
}

void stop_all(Conn& c) {
    command(c.get(), "UPDATE driver SET online = false");
    PQfinish(c.release());
    std::fprintf(stderr, "dispatch stopped\n");
}

bool fetch_and_close(PGconn* c, std::vector<Ride>& out) {
    Result r(PQexec(c, "SELECT id, driver, pickup FROM ride"));
    PQfinish(c);
    if (!good(r)) {
        complain("fetch", c);  // expect: session-use-after-scope
        return false;
    }
    for (int i = 0; i < PQntuples(r.get()); ++i)
        out.push_back({std::atoi(PQgetvalue(r.get(), i, 0)), std::atoi(PQgetvalue(r.get(), i, 1)),
                       PQgetvalue(r.get(), i, 2)});
    return true;
}

void notify_riders(const char* dsn, const std::vector<int>& riders) {
    Conn c = dial(dsn);
    if (!c)
        return;
    std::vector<std::thread> senders;
    for (int rider : riders) {
        senders.emplace_back([conn = c.get(), rider] {  // expect: session-shared-across-threads
            query(conn, "INSERT INTO outbox(rider) VALUES($1)", {std::to_string(rider)});
        });
    }
    for (auto& t : senders)
        t.join();
}

}  // namespace dispatch
