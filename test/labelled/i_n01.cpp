#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wms::db {

class DbError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class ResultSet {
public:
    ResultSet(ResultSet&&) noexcept;
    ~ResultSet();
    bool next();
    std::string getString(int column) const;
    long long getInt(int column) const;
};

class Session {
public:
    explicit Session(const std::string& dsn);
    Session(Session&& other) noexcept;
    Session& operator=(Session&& other) noexcept;
    Session(const Session&) = delete;
    ~Session();

    void begin();
    void commit();
    void rollback();
    bool inTransaction() const noexcept;
    template <class... Args> int execute(std::string_view sql, const Args&... args);
    template <class... Args> ResultSet query(std::string_view sql, const Args&... args);
};

// Rolls back in its destructor when neither commit() nor rollback() was called.
class Transaction {
public:
    explicit Transaction(Session& session);
    Transaction(const Transaction&) = delete;
    ~Transaction();
    void commit();
    void rollback();
};

// Rolls back to the savepoint in its destructor unless released.
class Savepoint {
public:
    Savepoint(Session& session, const char* name);
    ~Savepoint();
    void release();
};

}  // namespace wms::db

namespace wms {

using db::Session;
using db::Transaction;

struct Line {
    long long sku;
    int quantity;
    std::string bin;
};

struct StationConfig {
    std::string dsn;
    std::string station;
    int batchSize = 200;
    bool dryRun = false;
};

void logInfo(const std::string& text) noexcept;
void logError(const std::string& text) noexcept;

class ReplicationWorker {
public:
    explicit ReplicationWorker(Session session);
    void start();
};

class SessionRegistry {
public:
    void adopt(std::unique_ptr<Session> session, const std::string& station);
};

class StockService {
public:
    StockService(Session& session, StationConfig config) : session_(session), config_(std::move(config)) {}

    int receiveShipment(long long shipment, const std::vector<Line>& lines);
    bool reserve(long long order, const Line& line);
    void moveBin(const std::string& from, const std::string& to);
    bool recountAisle(int aisle, const std::map<long long, int>& counted);
    long long skuId(const std::string& ean);
    void postAdjustment(long long sku, int delta, const std::string& reason);
    int importLines(const std::vector<Line>& lines);
    int purgeMovements(int olderThanDays);
    void allocateWave(long long wave, const std::vector<Line>& lines);
    void touchBin(const std::string& bin);
    void blockSku(long long sku);
    void writeCorrection(long long sku, int quantity, Transaction* outer);
    void finishPick(long long pick, int picked, int expected);
    bool confirmPick(long long pick, int picked, int expected);
    void createReturn(long long order, const std::vector<Line>& lines);
    void applyInventory(long long document, char kind);
    std::string previewPrices(const std::string& expression);
    void replaceLocations(const std::vector<std::string>& bins);

private:
    Session& session_;
    StationConfig config_;
};

int StockService::receiveShipment(long long shipment, const std::vector<Line>& lines) {
    int received = 0;
    Transaction tx(session_);  // expect: session-unfinished-transaction
    session_.execute("UPDATE shipment SET state = 'arrived', station = ? WHERE id = ?", config_.station, shipment);
    for (const Line& line : lines) {
        if (line.quantity <= 0) {
            logInfo("empty line for sku " + std::to_string(line.sku));
            continue;
        }
        received += session_.execute("INSERT INTO stock(sku, qty, bin) VALUES(?, ?, ?)", line.sku, line.quantity, line.bin);
    }
    logInfo("received " + std::to_string(received) + " lines");
    return received;
}

bool StockService::reserve(long long order, const Line& line) {
    Transaction tx(session_);
    auto rows = session_.query("SELECT qty - reserved FROM stock WHERE sku = ? AND bin = ? FOR UPDATE", line.sku, line.bin);
    if (!rows.next()) {
        return false;
    }
    if (rows.getInt(0) < line.quantity) {
        logInfo("not enough in " + line.bin);
        return false;
    }
    session_.execute("UPDATE stock SET reserved = reserved + ? WHERE sku = ? AND bin = ?", line.quantity, line.sku, line.bin);
    if (session_.execute("INSERT INTO reservation(ord, sku, qty) VALUES(?, ?, ?)", order, line.sku, line.quantity) != 1) {
        return false;
    }
    tx.commit();
    return true;
}

void StockService::moveBin(const std::string& from, const std::string& to) {
    const auto started = std::chrono::steady_clock::now();
    session_.begin();
    try {
        const int moved = session_.execute("UPDATE stock SET bin = ? WHERE bin = ?", to, from);
        if (moved == 0) {
            throw db::DbError("bin is empty: " + from);
        }
        session_.execute("INSERT INTO movement(src, dst, n) VALUES(?, ?, ?)", from, to, moved);
        session_.commit();
    } catch (...) {
        session_.rollback();
        logError("move from " + from + " failed");
        throw;
    }
    const auto spent = std::chrono::steady_clock::now() - started;
    logInfo("moved in " + std::to_string(spent.count()));
}

bool StockService::recountAisle(int aisle, const std::map<long long, int>& counted) {
    int differences = 0;
    session_.begin();
    try {
        for (const auto& [sku, quantity] : counted) {
            differences += session_.execute("UPDATE stock SET qty = ? WHERE sku = ? AND aisle = ? AND qty <> ?", quantity, sku,
                                            aisle, quantity);
        }
        session_.execute("INSERT INTO recount(aisle, diff) VALUES(?, ?)", aisle, differences);
        session_.commit();
    } catch (const db::DbError& e) {  // expect: session-missing-rollback
        logError(std::string("recount of aisle ") + std::to_string(aisle) + ": " + e.what());
        return false;
    }
    return true;
}

long long StockService::skuId(const std::string& ean) {
    try {
        Transaction tx(session_);
        session_.execute("INSERT INTO sku(ean) VALUES(?)", ean);
        session_.execute("INSERT INTO sku_log(ean, station) VALUES(?, ?)", ean, config_.station);
        tx.commit();
    } catch (const db::DbError& e) {
        logInfo("sku known already: " + ean);
    }
    auto rows = session_.query("SELECT id FROM sku WHERE ean = ?", ean);
    if (!rows.next()) {
        throw db::DbError("sku vanished: " + ean);
    }
    return rows.getInt(0);
}

void StockService::postAdjustment(long long sku, int delta, const std::string& reason) {
    Transaction tx(session_);
    session_.execute("INSERT INTO journal(sku, delta, reason) VALUES(?, ?, ?)", sku, delta, reason);
    try {
        session_.execute("UPDATE stock SET qty = qty + ? WHERE sku = ?", delta, sku);
        session_.execute("UPDATE ledger SET value = value + ? * (SELECT price FROM sku WHERE id = ?)", delta, sku);
    } catch (const std::exception& e) {  // expect: session-swallow-and-commit
        logError(std::string("adjustment failed: ") + e.what());
    }
    tx.commit();
}

int StockService::importLines(const std::vector<Line>& lines) {
    int rejected = 0;
    Transaction tx(session_);
    for (const Line& line : lines) {
        try {
            db::Savepoint point(session_, "line");
            session_.execute("INSERT INTO stock(sku, qty, bin) VALUES(?, ?, ?)", line.sku, line.quantity, line.bin);
            session_.execute("UPDATE bin SET used = used + 1 WHERE name = ?", line.bin);
            point.release();
        } catch (const db::DbError& e) {
            logError(std::string("line rejected: ") + e.what());
            ++rejected;
        }
    }
    session_.execute("INSERT INTO import_log(n, rejected) VALUES(?, ?)", lines.size(), rejected);
    tx.commit();
    return rejected;
}

int StockService::purgeMovements(int olderThanDays) {
    int total = 0;
    for (;;) {
        Transaction tx(session_);
        const int gone = session_.execute("DELETE FROM movement WHERE age > ? LIMIT ?", olderThanDays, config_.batchSize);
        tx.commit();
        total += gone;
        if (gone < config_.batchSize) {
            break;
        }
        logInfo("purged " + std::to_string(total));
    }
    return total;
}

void StockService::allocateWave(long long wave, const std::vector<Line>& lines) {
    Transaction tx(session_);
    session_.execute("UPDATE wave SET state = 'allocating' WHERE id = ?", wave);
    for (const Line& line : lines) {
        session_.execute("INSERT INTO allocation(wave, sku, qty) VALUES(?, ?, ?)", wave, line.sku, line.quantity);
    }
    if (lines.size() > 100) {
        Transaction bulk(session_);  // expect: session-nested-begin
        session_.execute("UPDATE wave SET bulk = 1 WHERE id = ?", wave);
        bulk.commit();
    }
    tx.commit();
}

void StockService::touchBin(const std::string& bin) {
    const bool own = !session_.inTransaction();
    if (own) {
        session_.begin();
    }
    try {
        session_.execute("UPDATE bin SET touched = now() WHERE name = ?", bin);
        session_.execute("INSERT INTO bin_log(name) VALUES(?)", bin);
        if (own) {
            session_.commit();
        }
    } catch (...) {
        if (own) {
            session_.rollback();
        }
        throw;
    }
}

void StockService::blockSku(long long sku) {
    logInfo("blocking " + std::to_string(sku));
    Transaction{session_};  // expect: session-temporary-guard
    session_.execute("UPDATE sku SET blocked = 1 WHERE id = ?", sku);
    session_.execute("DELETE FROM reservation WHERE sku = ?", sku);
    auto rows = session_.query("SELECT count(*) FROM stock WHERE sku = ?", sku);
    if (rows.next() && rows.getInt(0) > 0) {
        logInfo("stock left: " + rows.getString(0));
    }
}

void StockService::writeCorrection(long long sku, int quantity, Transaction* outer) {
    std::optional<Transaction> own;
    if (outer == nullptr) {
        own.emplace(session_);
    }
    session_.execute("UPDATE stock SET qty = ? WHERE sku = ?", quantity, sku);
    session_.execute("INSERT INTO correction(sku, qty, station) VALUES(?, ?, ?)", sku, quantity, config_.station);
    if (own) {
        own->commit();
    }
}

void StockService::finishPick(long long pick, int picked, int expected) {
    Transaction tx(session_);
    session_.execute("UPDATE pick SET done = ? WHERE id = ?", picked, pick);
    if (picked > expected) {
        logError("picked more than expected: " + std::to_string(picked));
        tx.rollback();
    } else {
        session_.execute("UPDATE stock SET reserved = reserved - ? WHERE pick = ?", picked, pick);
    }
    tx.commit();  // expect: session-double-end
    logInfo("pick finished");
}

bool StockService::confirmPick(long long pick, int picked, int expected) {
    Transaction tx(session_);
    session_.execute("UPDATE pick SET confirmed = 1 WHERE id = ?", pick);
    const bool complete = picked == expected;
    if (!complete) {
        tx.rollback();
        session_.execute("INSERT INTO pick_issue(pick, picked, expected) VALUES(?, ?, ?)", pick, picked, expected);
        return false;
    }
    session_.execute("UPDATE stock SET qty = qty - ? WHERE pick = ?", picked, pick);
    tx.commit();
    return true;
}

void StockService::createReturn(long long order, const std::vector<Line>& lines) {
    long long header = 0;
    {
        Transaction tx(session_);
        session_.execute("INSERT INTO rma(ord, state) VALUES(?, 'open')", order);
        tx.commit();
    }
    auto rows = session_.query("SELECT max(id) FROM rma WHERE ord = ?", order);
    if (rows.next()) {
        header = rows.getInt(0);
    }
    Transaction tx(session_);
    for (const Line& line : lines) {
        session_.execute("INSERT INTO rma_line(rma, sku, qty) VALUES(?, ?, ?)", header, line.sku, line.quantity);
    }
    tx.commit();  // expect: session-multiple-commits
}

void StockService::applyInventory(long long document, char kind) {
    Transaction tx(session_);
    session_.execute("UPDATE inventory SET state = 'applying' WHERE id = ?", document);
    switch (kind) {
    case 'F':
        session_.execute("DELETE FROM stock");
        session_.execute("INSERT INTO stock SELECT * FROM counted WHERE doc = ?", document);
        tx.commit();
        break;
    case 'P':
        session_.execute("UPDATE stock SET qty = (SELECT qty FROM counted WHERE doc = ?)", document);
        tx.commit();
        break;
    default:
        tx.rollback();
        throw std::invalid_argument("inventory kind");
    }
    logInfo("inventory applied");
}

std::string StockService::previewPrices(const std::string& expression) {
    std::string report;
    Transaction tx(session_);
    session_.execute("UPDATE sku SET price = price * ?", expression);
    auto rows = session_.query("SELECT ean, price FROM sku WHERE price > limit_price");
    while (rows.next()) {
        report += rows.getString(0) + ": " + rows.getString(1) + "\n";
    }
    tx.rollback();
    return report;
}

void StockService::replaceLocations(const std::vector<std::string>& bins) {
    auto write = [this, &bins] {
        session_.execute("DELETE FROM bin");
        for (const std::string& bin : bins) {
            session_.execute("INSERT INTO bin(name) VALUES(?)", bin);
        }
    };
    if (config_.dryRun) {
        logInfo("would replace " + std::to_string(bins.size()) + " bins");
        return;
    }
    Transaction tx(session_);
    write();
    tx.commit();
}

void startReplication(const StationConfig& config, std::vector<std::unique_ptr<ReplicationWorker>>& workers) {
    Session session(config.dsn);
    session.execute("SET application_name = ?", config.station);
    workers.push_back(std::make_unique<ReplicationWorker>(std::move(session)));
    workers.back()->start();
    session.execute("INSERT INTO replica(station) VALUES(?)", config.station);  // expect: session-use-after-scope
    logInfo("replication started");
}

void startReplicationPair(const StationConfig& config, std::vector<std::unique_ptr<ReplicationWorker>>& workers) {
    Session session(config.dsn);
    for (int i = 0; i < 2; ++i) {
        session.execute("SET application_name = ?", config.station + "/" + std::to_string(i));
        workers.push_back(std::make_unique<ReplicationWorker>(std::move(session)));
        workers.back()->start();
        session = Session(config.dsn);
    }
    session.execute("INSERT INTO replica(station) VALUES(?)", config.station);
}

int countStations(const StationConfig& config) {
    auto* session = new Session(config.dsn);  // expect: session-leak
    int stations = 0;
    {
        auto rows = session->query("SELECT count(*), min(state) FROM station");
        if (!rows.next()) {
            logError("no station table");
            return -1;
        }
        stations = static_cast<int>(rows.getInt(0));
    }
    delete session;
    return stations;
}

void openStations(const std::vector<StationConfig>& configs, SessionRegistry& registry) {
    for (const StationConfig& config : configs) {
        auto session = std::make_unique<Session>(config.dsn);
        try {
            session->execute("SET application_name = ?", config.station);
        } catch (const db::DbError& e) {
            logError(config.station + ": " + e.what());
            continue;
        }
        registry.adopt(std::move(session), config.station);
    }
}

bool pingStation(const StationConfig& config) {
    Session* session = new Session(config.dsn);  // expect: session-raw-construction
    bool alive = false;
    try {
        auto rows = session->query("SELECT 1 FROM station WHERE name = ?", config.station);
        alive = rows.next();
    } catch (const std::exception& e) {
        logError(e.what());
    }
    delete session;
    return alive;
}

}  // namespace wms
