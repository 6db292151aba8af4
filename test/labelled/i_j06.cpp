// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace telemetry {

struct Sample { int64_t at = 0; int sensor = 0; double value = 0.0; };
struct Limits { std::size_t chunk = 500; int keepDays = 30; bool verbose = false; };

class StorageError : public std::runtime_error {
public:
    StorageError(const std::string& what, int code) : std::runtime_error(what), code_(code) {}
    int code() const noexcept { return code_; }

private:
    int code_;
};

class FilePool {
public:
    explicit FilePool(std::string file) : file_(std::move(file)) {}

    std::shared_ptr<SQLite::Database> borrow() {
        std::unique_ptr<SQLite::Database> db;
        {
            std::lock_guard<std::mutex> l(m_);
            if (!free_.empty()) {
                db = std::move(free_.front());
                free_.pop_front();
            }
        }
        if (!db)
            db = std::make_unique<SQLite::Database>(file_, SQLite::OPEN_READWRITE);
        return {db.release(), [this](SQLite::Database* p) {
                    std::unique_ptr<SQLite::Database> back(p);
                    std::lock_guard<std::mutex> l(m_);
                    free_.push_back(std::move(back));
                }};
    }

private:
    std::string file_;
    std::mutex m_;
    std::list<std::unique_ptr<SQLite::Database>> free_;
};

void storeSamples(SQLite::Database& db, const std::vector<Sample>& samples) {
    SQLite::Transaction tx(db);
    SQLite::Statement put(db, "INSERT INTO sample VALUES (?, ?, ?)");
    for (const Sample& s : samples) {
        put.bind(1, s.at);
        put.bind(2, s.sensor);
        put.bind(3, s.value);
        put.exec();
        put.reset();
    }
    tx.commit();
}

void storeTranslated(FilePool& pool, const std::vector<Sample>& samples) {
    try {
        const auto db = pool.borrow();
        storeSamples(*db, samples);
    } catch (const SQLite::Exception& e) {
        throw StorageError(std::string("samples not stored: ") + e.what(), e.getErrorCode());
    }
}

void storeInChunks(FilePool& pool, const std::vector<Sample>& samples, const Limits& limits) {
    const auto db = pool.borrow();
    for (std::size_t from = 0; from < samples.size(); from += limits.chunk) {
        const std::size_t to = std::min(samples.size(), from + limits.chunk);
        storeSamples(*db, {samples.begin() + static_cast<std::ptrdiff_t>(from), samples.begin() + static_cast<std::ptrdiff_t>(to)});
        if (limits.verbose)
            std::clog << "stored " << to << '/' << samples.size() << '\n';
    }
}

void ingest(SQLite::Database& db, std::istream& in) {
    db.exec("BEGIN IMMEDIATE");
    try {
        Sample s;
        SQLite::Statement put(db, "INSERT INTO sample VALUES (?, ?, ?)");
        while (in >> s.at >> s.sensor >> s.value) {
            put.bind(1, s.at);
            put.bind(2, s.sensor);
            put.bind(3, s.value);
            put.exec();
            put.reset();
        }
        db.exec("COMMIT");
    } catch (const SQLite::Exception& e) {  // expect: session-missing-rollback
        std::cerr << "ingest: " << e.what() << '\n';
        throw StorageError(e.what(), e.getErrorCode());
    }
}

void ingestCareful(SQLite::Database& db, std::istream& in) {
    db.exec("BEGIN IMMEDIATE");
    try {
        Sample s;
        while (in >> s.at >> s.sensor >> s.value) {
            SQLite::Statement put(db, "INSERT INTO sample VALUES (?, ?, ?)");
            put.bind(1, s.at);
            put.bind(2, s.sensor);
            put.bind(3, s.value);
            put.exec();
        }
        db.exec("END TRANSACTION");
    } catch (const SQLite::Exception& e) {
        const std::string text = e.what();
        const int code = e.getErrorCode();
        if (db.tryExec("ROLLBACK") != SQLite::OK)
            std::cerr << "rollback failed: " << db.getErrorMsg() << '\n';
        throw StorageError(text, code);
    }
}

int expire(SQLite::Database& db, const Limits& limits) {
    int total = 0;
    for (;;) {
        SQLite::Transaction tx(db);
        SQLite::Statement del(db, "DELETE FROM sample WHERE rowid IN (SELECT rowid FROM sample WHERE at < ? LIMIT 1000)");
        del.bind(1, static_cast<int64_t>(limits.keepDays) * 86400);
        const int n = del.exec();
        if (n == 0)
            break;
        tx.commit();
        total += n;
    }
    return total;
}

class CalibrationGuard {
public:
    explicit CalibrationGuard(SQLite::Database& db) : db_(db) { db_.exec("BEGIN EXCLUSIVE"); }
    CalibrationGuard(const CalibrationGuard&) = delete;
    CalibrationGuard& operator=(const CalibrationGuard&) = delete;
    ~CalibrationGuard() {
        if (armed_ && db_.tryExec("ROLLBACK") != SQLite::OK)
            std::cerr << "calibration: " << db_.getErrorMsg() << '\n';
    }
    void accept() {
        db_.exec("COMMIT");
        armed_ = false;
    }

private:
    SQLite::Database& db_;
    bool armed_ = true;
};

bool calibrate(SQLite::Database& db, int sensor, double offset) {
    CalibrationGuard guard(db);
    SQLite::Statement cur(db, "SELECT locked FROM calibration WHERE sensor = ?");
    cur.bind(1, sensor);
    if (cur.executeStep() && cur.getColumn(0).getInt() != 0)
        return false;
    cur.reset();
    SQLite::Statement put(db, "REPLACE INTO calibration(sensor, shift, locked) VALUES (?, ?, 0)");
    put.bind(1, sensor);
    put.bind(2, offset);
    put.exec();
    guard.accept();
    return true;
}

void resetCalibration(SQLite::Database& db, const std::vector<int>& sensors) {
    CalibrationGuard{db};  // expect: session-temporary-guard
    for (int s : sensors) {
        SQLite::Statement put(db, "UPDATE calibration SET shift = 0 WHERE sensor = ?");
        put.bind(1, s);
        put.exec();
    }
    std::clog << "reset " << sensors.size() << " sensors\n";
}

class SampleSink {
public:
    explicit SampleSink(std::shared_ptr<SQLite::Database> db)
        : db_(std::move(db)), put_(*db_, "INSERT INTO sample VALUES (?, ?, ?)") {}

    ~SampleSink() {
        if (buffered_ > 0) {
            tx_->commit();  // expect: session-commit-in-destructor
            std::clog << "flushed " << buffered_ << '\n';
        }
    }

    void write(const Sample& s) {
        if (!tx_)
            tx_.emplace(*db_);
        put_.bind(1, s.at);
        put_.bind(2, s.sensor);
        put_.bind(3, s.value);
        put_.exec();
        put_.reset();
        if (++buffered_ >= 256)
            flush();
    }

    void flush() {
        if (!tx_)
            return;
        tx_->commit();
        tx_.reset();
        buffered_ = 0;
    }

private:
    std::shared_ptr<SQLite::Database> db_;
    SQLite::Statement put_;
    std::optional<SQLite::Transaction> tx_;
    int buffered_ = 0;
};

void registerSensor(FilePool& pool, int sensor, const std::string& kind) {
    const auto db = pool.borrow();
    SQLite::Transaction tx(*db);  // expect: session-unfinished-transaction
    SQLite::Statement put(*db, "INSERT INTO sensor(id, kind) VALUES (?, ?)");
    put.bind(1, sensor);
    put.bind(2, kind);
    if (put.exec() != 1)
        throw StorageError("sensor not stored", 0);
    db->exec("UPDATE summary SET sensors = sensors + 1");
}

void swapSensor(FilePool& pool, int oldId, int newId) {
    const auto left = pool.borrow();
    SQLite::Transaction retire(*left);
    SQLite::Statement off(*left, "UPDATE sensor SET active = 0 WHERE id = ?");
    off.bind(1, oldId);
    off.exec();
    retire.commit();
    const auto right = pool.borrow();  // expect: session-split-unit-of-work
    SQLite::Transaction enable(*right);
    SQLite::Statement on(*right, "UPDATE sensor SET active = 1, replaces = ? WHERE id = ?");
    on.bind(1, oldId);
    on.bind(2, newId);
    on.exec();
    enable.commit();
}

double latest(FilePool& pool, int sensor) {
    SQLite::Statement q(*pool.borrow(), "SELECT value FROM sample WHERE sensor = ? ORDER BY at DESC LIMIT 1");
    q.bind(1, sensor);
    return q.executeStep() ? q.getColumn(0).getDouble() : 0.0;
}

std::string describe(const std::string& file, int sensor) {
    SQLite::Database& db = *std::make_unique<SQLite::Database>(file);
    SQLite::Statement q(db, "SELECT kind FROM sensor WHERE id = ?");  // expect: session-use-after-scope
    q.bind(1, sensor);
    return q.executeStep() ? q.getColumn(0).getString() : "unknown";
}

std::string describeAll(const std::string& file) {
    const auto db = std::make_unique<SQLite::Database>(file);
    SQLite::Database& ref = *db;
    SQLite::Statement q(ref, "SELECT group_concat(kind) FROM sensor");
    return q.executeStep() ? q.getColumn(0).getString() : std::string();
}

class Aggregator {
public:
    explicit Aggregator(const std::string& file) : db_(file, SQLite::OPEN_READWRITE) {}

    void runHour(int64_t hour) {
        for (int tries = 3; tries > 0; --tries) {
            try {
                SQLite::Transaction tx(db_, SQLite::TransactionBehavior::IMMEDIATE);
                SQLite::Statement agg(db_, "INSERT INTO hourly SELECT ?, sensor, avg(value) FROM sample GROUP BY sensor");
                agg.bind(1, hour);
                agg.exec();
                tx.commit();
                return;
            } catch (const SQLite::Exception& e) {
                if (e.getErrorCode() != 5 || tries == 1)
                    throw;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }

    void runDay(int64_t day) {
        SQLite::Transaction tx(db_);
        SQLite::Statement agg(db_, "INSERT INTO daily SELECT ?, sensor, avg(value) FROM hourly GROUP BY sensor");
        agg.bind(1, day);
        if (agg.exec() == 0) {
            std::clog << "nothing to aggregate\n";
            return;
        }
        tx.commit();
    }

    void correct(int sensor, double factor) {
        SQLite::Transaction tx(db_);
        SQLite::Statement up(db_, "UPDATE hourly SET value = value * ? WHERE sensor = ?");
        up.bind(1, factor);
        up.bind(2, sensor);
        up.exec();
        tx.commit();
        if (factor > 10.0) {
            std::clog << "implausible factor, undoing\n";
            db_.exec("ROLLBACK");  // expect: session-double-end
        }
    }

    SQLite::Database& raw() { return db_; }

private:
    SQLite::Database db_;
};

void aggregateParallel(Aggregator& agg, int64_t hour) {
    std::jthread main([&agg, hour] { agg.runHour(hour); });  // expect: session-shared-across-threads
    SQLite::Statement q(agg.raw(), "UPDATE summary SET last_hour = ?");
    q.bind(1, hour);
    q.exec();
    std::cout << "hour " << hour << " announced\n";
}

int compareFiles(const std::string& a, const std::string& b) {
    SQLite::Database left(a);
    SQLite::Database right(b, SQLite::OPEN_READWRITE);
    SQLite::Transaction tx(right);
    right.exec("DELETE FROM difference");
    SQLite::Statement rows(left, "SELECT id FROM sensor");
    SQLite::Statement has(right, "SELECT 1 FROM sensor WHERE id = ?");
    int missing = 0;
    while (rows.executeStep()) {
        has.bind(1, rows.getColumn(0).getInt());
        if (!has.executeStep()) {
            SQLite::Statement put(right, "INSERT INTO difference VALUES (?)");
            put.bind(1, rows.getColumn(0).getInt());
            put.exec();
            ++missing;
        }
        has.reset();
    }
    tx.commit();
    return missing;
}

std::unordered_map<int, std::string> warmCache(FilePool& pool) {
    const auto db = pool.borrow();
    std::unordered_map<int, std::string> kinds;
    SQLite::Transaction snapshot(*db);
    SQLite::Statement q(*db, "SELECT id, kind FROM sensor");
    while (q.executeStep())
        kinds.emplace(q.getColumn(0).getInt(), q.getColumn(1).getString());
    return kinds;
}

void purgeSensor(SQLite::Database& db, int sensor, const std::function<void(int)>& audit) {
    SQLite::Transaction tx(db);
    SQLite::Statement a(db, "DELETE FROM sample WHERE sensor = ?");
    a.bind(1, sensor);
    a.exec();
    SQLite::Statement b(db, "DELETE FROM sensor WHERE id = ?");
    b.bind(1, sensor);
    b.exec();
    try {
        audit(sensor);
    } catch (const std::exception& e) {
        std::cerr << "audit of sensor " << sensor << " refused: " << e.what() << '\n';
        throw;
    }
    tx.commit();
}

}  // namespace telemetry
