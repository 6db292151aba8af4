// library: libpq
#include <libpq-fe.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <condition_variable>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace transit {

void note(const std::string& text) noexcept;

struct Result {
    bool success = true;
    std::string error;
    static Result ok() noexcept { return {}; }
    static Result fail(std::string why) noexcept { return {false, std::move(why)}; }
    explicit operator bool() const noexcept { return success; }
};

class Rows {
public:
    explicit Rows(PGresult* raw) noexcept : raw_(raw, &PQclear) {}
    bool good() const noexcept {
        const auto s = PQresultStatus(raw_.get());
        return s == PGRES_TUPLES_OK || s == PGRES_COMMAND_OK;
    }
    int size() const noexcept { return PQntuples(raw_.get()); }
    const char* text(int row, int column) const noexcept { return PQgetvalue(raw_.get(), row, column); }
    long number(int row, int column) const noexcept { return std::strtol(text(row, column), nullptr, 10); }
    std::string error() const noexcept { return PQresultErrorMessage(raw_.get()); }

private:
    std::unique_ptr<PGresult, decltype(&PQclear)> raw_;
};

class Connection {
public:
    static std::shared_ptr<Connection> connect(const std::string& dsn) noexcept {
        std::shared_ptr<Connection> made(new Connection(PQconnectdb(dsn.c_str())));
        if (PQstatus(made->pg_.get()) != CONNECTION_OK) {
            note(PQerrorMessage(made->pg_.get()));
            return nullptr;
        }
        return made;
    }

    Result exec(const std::string& sql) noexcept {
        Rows rows(PQexec(pg_.get(), sql.c_str()));
        return rows.good() ? Result::ok() : Result::fail(rows.error());
    }
    Rows query(const std::string& sql) noexcept { return Rows(PQexec(pg_.get(), sql.c_str())); }

    Result begin() noexcept { return exec("BEGIN"); }
    Result commit() noexcept { return exec("COMMIT"); }
    Result rollback() noexcept { return exec("ROLLBACK"); }
    bool idle() const noexcept { return PQtransactionStatus(pg_.get()) == PQTRANS_IDLE; }

private:
    explicit Connection(PGconn* pg) noexcept : pg_(pg, &PQfinish) {}
    std::unique_ptr<PGconn, decltype(&PQfinish)> pg_;
};

using ConnectionPtr = std::shared_ptr<Connection>;

class ConnectionPool {
public:
    ConnectionPool(const std::string& dsn, int size) {
        for (int i = 0; i < size; ++i) {
            if (auto c = Connection::connect(dsn)) {
                free_.push_back(std::move(c));
            }
        }
    }

    ConnectionPtr borrow() noexcept {
        std::unique_lock<std::mutex> lock(mutex_);
        ready_.wait_for(lock, std::chrono::seconds(2), [this] { return !free_.empty(); });
        if (free_.empty()) {
            return nullptr;
        }
        ConnectionPtr c = std::move(free_.back());
        free_.pop_back();
        return c;
    }

    void giveBack(ConnectionPtr c) noexcept {
        if (c && !c->idle()) {
            c->rollback();
        }
        std::lock_guard<std::mutex> lock(mutex_);
        free_.push_back(std::move(c));
        ready_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable ready_;
    std::vector<ConnectionPtr> free_;
};

class Borrowed {
public:
    explicit Borrowed(ConnectionPool& pool) noexcept : pool_(pool), c_(pool.borrow()) {}
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    ~Borrowed() {
        if (c_) {
            pool_.giveBack(std::move(c_));
        }
    }
    explicit operator bool() const noexcept { return c_ != nullptr; }
    Connection* operator->() const noexcept { return c_.get(); }
    Connection& operator*() const noexcept { return *c_; }

private:
    ConnectionPool& pool_;
    ConnectionPtr c_;
};

class Tx {
public:
    explicit Tx(Connection& c) noexcept : c_(c), open_(c.begin().success) {}
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;
    ~Tx() {
        if (open_) {
            c_.rollback();
        }
    }
    bool open() const noexcept { return open_; }
    Result commit() noexcept {
        auto r = c_.commit();
        open_ = !r;
        return r;
    }

private:
    Connection& c_;
    bool open_;
};

struct Stop {
    long id = 0;
    std::string name;
    int zone = 1;
};

struct Config {
    std::string dsn;
    std::string feed;
    int workers = 2;
};

std::string quoted(const std::string& text) {
    std::string out = "'";
    for (char c : text) {
        out += c;
        if (c == '\'') {
            out += c;
        }
    }
    return out + "'";
}

Result saveStop(Connection& c, const Stop& stop) {
    return c.exec("INSERT INTO stop(id, name, zone) VALUES(" + std::to_string(stop.id) + "," + quoted(stop.name) + "," +
                  std::to_string(stop.zone) + ")");
}

Result replaceStops(ConnectionPool& pool, const std::vector<Stop>& stops) {
    Borrowed c(pool);
    if (!c) {
        return Result::fail("no connection");
    }
    Tx tx(*c);
    if (!tx.open()) {
        return Result::fail("begin");
    }
    if (auto r = c->exec("DELETE FROM stop"); !r) {
        return r;
    }
    for (const Stop& stop : stops) {
        if (auto r = saveStop(*c, stop); !r) {
            note(r.error);
            return r;
        }
    }
    return tx.commit();
}

Result mergeZones(ConnectionPool& pool, int keep, int drop) {
    Borrowed c(pool);
    if (!c || !c->begin()) {
        return Result::fail("no connection");
    }
    if (auto r = c->exec("UPDATE stop SET zone = " + std::to_string(keep) + " WHERE zone = " + std::to_string(drop)); !r) {
        return r;
    }
    if (auto r = c->exec("DELETE FROM zone WHERE id = " + std::to_string(drop)); !r) {
        return r;
    }
    return c->commit();
}

long tripCount(ConnectionPool& pool, const std::string& day) {
    ConnectionPtr c = pool.borrow();  // waits: session-leak
    if (!c) {
        return -1;
    }
    Rows rows = c->query("SELECT count(*) FROM trip WHERE day = " + quoted(day));
    if (!rows.good() || rows.size() != 1) {
        note(rows.error());
        return -1;
    }
    const long n = rows.number(0, 0);
    pool.giveBack(std::move(c));
    return n;
}

long lateCount(ConnectionPool& pool, const std::string& day) {
    ConnectionPtr c = pool.borrow();
    if (!c) {
        return -1;
    }
    Rows rows = c->query("SELECT count(*) FROM trip WHERE late > 0 AND day = " + quoted(day));
    pool.giveBack(std::move(c));
    if (!rows.good() || rows.size() != 1) {
        note(rows.error());
        return -1;
    }
    return rows.number(0, 0);
}

long delaySum(ConnectionPool& pool, const std::string& day) {
    ConnectionPtr c = pool.borrow();
    if (!c) {
        return -1;
    }
    Connection& db = *c;
    Rows head = db.query("SELECT id FROM day WHERE name = " + quoted(day));
    pool.giveBack(std::move(c));
    if (!head.good() || head.size() == 0) {
        return -1;
    }
    Rows sum = db.query("SELECT sum(late) FROM trip WHERE day_id = " + std::to_string(head.number(0, 0)));  // waits: session-use-after-scope
    return sum.good() && sum.size() == 1 ? sum.number(0, 0) : -1;
}

Result cancelTrip(Connection& c, long trip, const std::string& why) {
    if (auto r = c.begin(); !r) {
        return r;
    }
    std::array<std::string, 3> steps{
        "UPDATE trip SET cancelled = true WHERE id = " + std::to_string(trip),
        "DELETE FROM seat WHERE trip = " + std::to_string(trip),
        "INSERT INTO notice(trip, text) VALUES(" + std::to_string(trip) + "," + quoted(why) + ")",
    };
    Result r = Result::ok();
    for (const std::string& step : steps) {
        if (!(r = c.exec(step))) {
            break;
        }
    }
    if (r) {
        r = c.commit();
    }
    if (!r) {
        c.rollback();
    }
    return r;
}

Result restoreTrip(Connection& c, long trip) {
    auto r = c.begin();  // expect: session-unfinished-transaction
    if (!r) {
        return r;
    }
    Rows rows = c.query("SELECT cancelled FROM trip WHERE id = " + std::to_string(trip) + " FOR UPDATE");
    if (!rows.good()) {
        c.rollback();
        return Result::fail(rows.error());
    }
    if (rows.size() == 0 || rows.text(0, 0)[0] != 't') {
        return Result::fail("trip is not cancelled");
    }
    r = c.exec("UPDATE trip SET cancelled = false WHERE id = " + std::to_string(trip));
    return r && (r = c.commit()) ? r : (c.rollback(), r);
}

Result sellSeat(Connection& c, Connection& payments, long trip, long cents) {
    Tx tx(c);
    if (!tx.open()) {
        return Result::fail("begin");
    }
    if (auto r = c.exec("UPDATE seat SET sold = sold + 1 WHERE trip = " + std::to_string(trip)); !r) {
        return r;
    }
    if (auto r = payments.exec("SELECT authorise(" + std::to_string(cents) + ")"); !r) {
        note("payment refused: " + r.error);
        return r;
    }
    return tx.commit();
}

Result withTransaction(Connection& c, const std::function<Result(Connection&)>& work) {
    if (auto r = c.begin(); !r) {
        return r;
    }
    auto r = work(c);
    if (r) {
        r = c.commit();
    }
    if (!r) {
        c.rollback();
    }
    return r;
}

Result renumber(Connection& c, long line, int offset) {
    return withTransaction(c, [&](Connection& db) {
        if (auto r = db.exec("UPDATE trip SET nr = -nr WHERE line = " + std::to_string(line)); !r) {
            return r;
        }
        return db.exec("UPDATE trip SET nr = " + std::to_string(offset) + " - nr WHERE line = " + std::to_string(line));
    });
}

Result dropLine(Connection& c, long line) {
    return withTransaction(c, [line](Connection& db) {
        auto r = db.exec("DELETE FROM trip WHERE line = " + std::to_string(line));
        if (!r) {
            db.rollback();
            return r;
        }
        return db.exec("DELETE FROM line WHERE id = " + std::to_string(line));
    });
}

Result publishTimetable(Connection& c, const std::vector<long>& lines) {
    Tx tx(c);
    if (!tx.open()) {
        return Result::fail("begin");
    }
    if (auto r = c.exec("DELETE FROM published"); !r) {
        return r;
    }
    for (long line : lines) {
        if (auto r = c.exec("INSERT INTO published SELECT * FROM trip WHERE line = " + std::to_string(line)); !r) {
            return r;
        }
    }
    if (auto r = tx.commit(); !r) {
        return r;
    }
    note("published " + std::to_string(lines.size()));
    return tx.commit();  // expect: session-double-end
}

Result importFeed(ConnectionPool& pool, const Config& config, const std::vector<Stop>& stops) {
    Borrowed c(pool);
    if (!c) {
        return Result::fail("no connection");
    }
    std::size_t done = 0;
    while (done < stops.size()) {
        Tx chunk(*c);
        if (!chunk.open()) {
            return Result::fail("begin");
        }
        for (std::size_t i = 0; i < 100 && done < stops.size(); ++i, ++done) {
            if (auto r = saveStop(*c, stops[done]); !r) {
                return r;
            }
        }
        if (auto r = chunk.commit(); !r) {
            return r;
        }
        note(config.feed + ": " + std::to_string(done));
    }
    return Result::ok();
}

Result shiftDay(Connection& c, const std::string& day, int minutes) {
    if (auto r = c.begin(); !r) {
        return r;
    }
    auto r = c.exec("UPDATE trip SET dep = dep + " + std::to_string(minutes) + " WHERE day = " + quoted(day));
    if (r) {
        Tx inner(c);  // expect: session-nested-begin
        r = c.exec("UPDATE trip SET arr = arr + " + std::to_string(minutes) + " WHERE day = " + quoted(day));
        if (r) {
            r = inner.commit();
        }
    }
    if (r) {
        r = c.commit();
    }
    if (!r) {
        c.rollback();
    }
    return r;
}

void recompute(const Config& config, const std::vector<long>& lines) {
    ConnectionPtr shared = Connection::connect(config.dsn);
    if (!shared) {
        return;
    }
    std::vector<std::thread> workers;
    for (int w = 0; w < config.workers; ++w) {
        workers.emplace_back([shared, &lines, w, step = config.workers] {  // expect: session-shared-across-threads
            for (std::size_t i = w; i < lines.size(); i += step) {
                shared->exec("SELECT recompute(" + std::to_string(lines[i]) + ")");
            }
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
}

void recomputeEach(const Config& config, const std::vector<long>& lines) {
    std::vector<std::thread> workers;
    for (int w = 0; w < config.workers; ++w) {
        ConnectionPtr own = Connection::connect(config.dsn);
        if (!own) {
            break;
        }
        workers.emplace_back([own = std::move(own), &lines, w, step = config.workers] {
            for (std::size_t i = w; i < lines.size(); i += step) {
                own->exec("SELECT recompute(" + std::to_string(lines[i]) + ")");
            }
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
}

bool serverReady(const Config& config) {
    PGconn* probe = PQconnectdb(config.dsn.c_str());  // expect: session-raw-construction
    const bool ready = PQstatus(probe) == CONNECTION_OK && PQserverVersion(probe) >= 140000;
    if (!ready) {
        note(PQerrorMessage(probe));
    }
    PQfinish(probe);
    return ready;
}

}  // namespace transit
