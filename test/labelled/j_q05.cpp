// library: libpq
#include <libpq-fe.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ferry {

struct LineConfig {
    std::string dsn;
    std::string mirror;
    int pool = 4;
    int attempts = 3;
};

struct Sailing {
    std::string vessel;
    int cars = 0;
    int pier = 0;
};

class PgError : public std::runtime_error {
public:
    PgError(const std::string& what, const std::string& state) : std::runtime_error(what), state_(state) {}
    bool retryable() const noexcept { return state_ == "40001" || state_ == "40P01"; }
private:
    std::string state_;
};

void warn(const char* what) noexcept { std::fprintf(stderr, "ferry: %s\n", what); }

struct Finish {
    void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
struct Clear {
    void operator()(PGresult* r) const noexcept { PQclear(r); }
};
using Conn = std::unique_ptr<PGconn, Finish>;
using Result = std::unique_ptr<PGresult, Clear>;

Conn dial(const std::string& dsn) {
    Conn c(PQconnectdb(dsn.c_str()));
    if (PQstatus(c.get()) != CONNECTION_OK)
        throw PgError(PQerrorMessage(c.get()), "08006");
    return c;
}

Result query(PGconn* c, const char* sql, const std::vector<std::string>& args = {}) {
    std::vector<const char*> values;
    values.reserve(args.size());
    for (const auto& a : args)
        values.push_back(a.c_str());
    Result r(PQexecParams(c, sql, static_cast<int>(values.size()), nullptr, values.data(), nullptr, nullptr, 0));
    const ExecStatusType st = PQresultStatus(r.get());
    if (st != PGRES_COMMAND_OK && st != PGRES_TUPLES_OK) {
        const char* state = r ? PQresultErrorField(r.get(), PG_DIAG_SQLSTATE) : nullptr;
        throw PgError(PQerrorMessage(c), state ? state : "");
    }
    return r;
}

class Unit {
public:
    explicit Unit(PGconn* c) : c_(c) { query(c_, "BEGIN"); }
    Unit(Unit&& o) noexcept : c_(std::exchange(o.c_, nullptr)) {}
    Unit& operator=(Unit&&) = delete;
    ~Unit() {
        if (c_)
            PQclear(PQexec(c_, "ROLLBACK"));
    }
    void commit() {
        query(c_, "COMMIT");
        c_ = nullptr;
    }
private:
    PGconn* c_;
};

class Berths {
public:
    explicit Berths(const LineConfig& cfg) {
        for (int i = 0; i < cfg.pool; ++i)
            idle_.push_back(dial(cfg.dsn));
    }

    class Lease {
    public:
        Lease(Berths& home, Conn c) : home_(&home), c_(std::move(c)) {}
        Lease(Lease&& o) noexcept : home_(o.home_), c_(std::move(o.c_)) {}
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (c_)
                home_->giveBack(std::move(c_));
        }
        PGconn* get() const noexcept { return c_.get(); }
    private:
        Berths* home_;
        Conn c_;
    };

    Lease take() {
        std::unique_lock lock(m_);
        ready_.wait(lock, [this] { return !idle_.empty(); });
        Conn c = std::move(idle_.front());
        idle_.pop_front();
        return Lease(*this, std::move(c));
    }

private:
    void giveBack(Conn c) noexcept {
        if (PQtransactionStatus(c.get()) != PQTRANS_IDLE)
            PQclear(PQexec(c.get(), "ROLLBACK"));
        {
            std::lock_guard lock(m_);
            idle_.push_back(std::move(c));
        }
        ready_.notify_one();
    }

    std::mutex m_;
    std::condition_variable ready_;
    std::deque<Conn> idle_;
};

void schedule(Berths& berths, const Sailing& s) {
    auto lease = berths.take();
    Unit unit(lease.get());
    Result r = query(lease.get(), "SELECT capacity FROM vessel WHERE name = $1 FOR UPDATE", {s.vessel});
    if (PQntuples(r.get()) == 0) {
        warn("unknown vessel");
        return;
    }
    if (std::atoi(PQgetvalue(r.get(), 0, 0)) < s.cars)
        throw PgError("overbooked", "");
    query(lease.get(), "INSERT INTO sailing(vessel, cars) VALUES($1, $2)", {s.vessel, std::to_string(s.cars)});
    unit.commit();
}

void swapPiers(Berths& berths, int a, int b) {
    auto lease = berths.take();
    Unit(lease.get());  // expect: session-temporary-guard
    query(lease.get(), "UPDATE sailing SET pier = -1 WHERE pier = $1", {std::to_string(a)});
    query(lease.get(), "UPDATE sailing SET pier = $1 WHERE pier = $2", {std::to_string(a), std::to_string(b)});
    query(lease.get(), "UPDATE sailing SET pier = $1 WHERE pier = -1", {std::to_string(b)});
}

PGconn* borrowForReport(Berths& berths) {
    auto lease = berths.take();
    query(lease.get(), "SET statement_timeout = 60000");
    return lease.get();  // expect: session-use-after-scope
}

Berths::Lease borrowForExport(Berths& berths) {
    auto lease = berths.take();
    query(lease.get(), "SET statement_timeout = 0");
    return lease;
}

void cancelSailing(Berths& berths, int id) {
    auto lease = berths.take();
    Unit unit(lease.get());
    query(lease.get(), "UPDATE sailing SET cancelled = true WHERE id = $1", {std::to_string(id)});
    auto other = berths.take();  // expect: session-split-unit-of-work
    query(other.get(), "INSERT INTO refund(sailing) VALUES($1)", {std::to_string(id)});
    unit.commit();
}

void replaceTimetable(const LineConfig& cfg, const std::vector<Sailing>& all) {
    Conn c = dial(cfg.dsn);
    for (int attempt = 1; attempt <= cfg.attempts; ++attempt) {
        try {
            Unit unit(c.get());
            query(c.get(), "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            query(c.get(), "DELETE FROM timetable");
            for (const auto& s : all)
                query(c.get(), "INSERT INTO timetable(vessel, pier) VALUES($1, $2)", {s.vessel, std::to_string(s.pier)});
            unit.commit();
            return;
        } catch (const PgError& e) {
            if (!e.retryable() || attempt == cfg.attempts)
                throw;
            warn(e.what());
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20 * attempt));
    }
}

bool pingMirror(const LineConfig& cfg) {
    PGconn* c = PQconnectdb(cfg.mirror.c_str());  // expect: session-leak
    if (PQstatus(c) != CONNECTION_OK) {
        warn(PQerrorMessage(c));
        return false;
    }
    const bool ok = PQserverVersion(c) >= 130000;
    PQfinish(c);
    return ok;
}

int mirrorVersion(const LineConfig& cfg) {
    PGconn* c = PQconnectdb(cfg.mirror.c_str());  // expect: session-raw-construction
    int version = 0;
    if (PQstatus(c) == CONNECTION_OK)
        version = PQserverVersion(c);
    else
        warn(PQerrorMessage(c));
    PQfinish(c);
    return version;
}

bool copyVessels(PGconn* from, PGconn* to) {
    Result rows = query(from, "SELECT name, capacity FROM vessel");
    Unit unit(to);
    for (int i = 0; i < PQntuples(rows.get()); ++i)
        query(to, "INSERT INTO vessel(name, capacity) VALUES($1, $2)",
              {PQgetvalue(rows.get(), i, 0), PQgetvalue(rows.get(), i, 1)});
    unit.commit();
    return true;
}

std::string captainOf(PGconn* c, const std::string& vessel) {
    const char* name = "";
    {
        Result r = query(c, "SELECT captain FROM vessel WHERE name = $1", {vessel});
        if (PQntuples(r.get()) == 1)
            name = PQgetvalue(r.get(), 0, 0);
    }
    return name;  // expect: session-use-after-scope
}

std::vector<std::string> crewOf(PGconn* c, const std::string& vessel) {
    std::vector<std::string> names;
    {
        Result r = query(c, "SELECT name FROM crew WHERE vessel = $1", {vessel});
        for (int i = 0; i < PQntuples(r.get()); ++i)
            names.emplace_back(PQgetvalue(r.get(), i, 0));
    }
    return names;
}

bool setCapacity(PGconn* c, const std::string& vessel, int cars) {
    const std::string n = std::to_string(cars);
    const std::array<const char*, 2> args{n.c_str(), vessel.c_str()};
    Result b(PQexec(c, "BEGIN"));
    if (PQresultStatus(b.get()) != PGRES_COMMAND_OK)
        return false;
    Result u(PQexecParams(c, "UPDATE vessel SET capacity = $1 WHERE name = $2", 2, nullptr, args.data(), nullptr, nullptr, 0));
    const bool ok = PQresultStatus(u.get()) == PGRES_COMMAND_OK && std::strcmp(PQcmdTuples(u.get()), "1") == 0;
    Result e(PQexec(c, ok ? "COMMIT" : "ROLLBACK"));
    return ok && PQresultStatus(e.get()) == PGRES_COMMAND_OK;
}

bool sellVessel(PGconn* c, const std::string& vessel) {
    const char* args[] = {vessel.c_str()};
    Result b(PQexec(c, "BEGIN"));  // expect: session-unfinished-transaction
    if (PQresultStatus(b.get()) != PGRES_COMMAND_OK)
        return false;
    Result d(PQexecParams(c, "DELETE FROM vessel WHERE name = $1", 1, nullptr, args, nullptr, nullptr, 0));
    if (PQresultStatus(d.get()) != PGRES_COMMAND_OK) {
        warn(PQresultErrorMessage(d.get()));
        return false;
    }
    Result e(PQexec(c, "COMMIT"));
    return PQresultStatus(e.get()) == PGRES_COMMAND_OK;
}

void closeSeason(PGconn* c, int year) {
    bool active = false;
    try {
        query(c, "BEGIN");
        active = true;
        query(c, "INSERT INTO season_log(year) VALUES($1)", {std::to_string(year)});
        query(c, "DELETE FROM timetable");
        query(c, "COMMIT");
        active = false;
        query(c, "ANALYZE timetable");
    } catch (const PgError&) {
        if (active)
            PQclear(PQexec(c, "ROLLBACK"));
        throw;
    }
}

void openSeason(PGconn* c, int year) {
    query(c, "BEGIN");
    try {
        query(c, "INSERT INTO season(year) VALUES($1)", {std::to_string(year)});
        query(c, "INSERT INTO timetable SELECT * FROM template");
        query(c, "COMMIT");
    } catch (const PgError& e) {
        PQclear(PQexec(c, "ROLLBACK"));
        warn(e.what());
        PQclear(PQexec(c, "ROLLBACK"));  // expect: session-double-end
        throw;
    }
}

void listen(const LineConfig& cfg, std::function<void(const std::string&)> sink, const std::function<bool()>& stop) {
    Conn c = dial(cfg.dsn);
    query(c.get(), "LISTEN sailing");
    while (!stop()) {
        if (!PQconsumeInput(c.get())) {
            warn(PQerrorMessage(c.get()));
            c = dial(cfg.dsn);
            query(c.get(), "LISTEN sailing");
            continue;
        }
        while (PGnotify* n = PQnotifies(c.get())) {
            std::unique_ptr<PGnotify, void (*)(void*)> hold(n, PQfreemem);
            sink(n->extra);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

void watchPier(Berths& berths, int pier) {
    auto lease = berths.take();
    PGconn* raw = lease.get();
    std::thread([raw, pier] {  // expect: session-shared-across-threads
        Result r(PQexec(raw, ("LISTEN pier" + std::to_string(pier)).c_str()));
        if (PQresultStatus(r.get()) != PGRES_COMMAND_OK)
            warn(PQerrorMessage(raw));
    }).detach();
    query(raw, "INSERT INTO watch(pier) VALUES($1)", {std::to_string(pier)});
}

void watchAll(Berths& berths) {
    std::thread([lease = berths.take()] {
        Result r(PQexec(lease.get(), "UPDATE watch SET active = true"));
        if (PQresultStatus(r.get()) != PGRES_COMMAND_OK)
            warn(PQerrorMessage(lease.get()));
    }).join();
}

void bookBatch(Berths& berths, const std::vector<Sailing>& batch) {
    auto lease = berths.take();
    int failed = 0;
    Unit unit(lease.get());
    for (const auto& s : batch) {
        query(lease.get(), "SAVEPOINT one");
        try {
            query(lease.get(), "INSERT INTO sailing(vessel, cars) VALUES($1, $2)", {s.vessel, std::to_string(s.cars)});
            query(lease.get(), "UPDATE vessel SET trips = trips + 1 WHERE name = $1", {s.vessel});
            query(lease.get(), "RELEASE SAVEPOINT one");
        } catch (const PgError& e) {
            query(lease.get(), "ROLLBACK TO SAVEPOINT one");
            warn(e.what());
            ++failed;
        }
    }
    query(lease.get(), "INSERT INTO batch_log(failed) VALUES($1)", {std::to_string(failed)});
    unit.commit();
}

}  // namespace ferry
