// library: poco
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionFactory.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/DateTime.h>
#include <Poco/Exception.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace warehouse {

namespace pd = Poco::Data;
using namespace Poco::Data::Keywords;

struct StockLine { std::string sku; int quantity = 0; int bin = 0; };
struct ImportOptions { bool strict = true; int maxErrors = 10; std::string source; };
struct ImportReport { int stored = 0; std::vector<std::string> errors; };

ImportReport importStrict(pd::SessionPool& pool, const std::vector<StockLine>& lines) {
    ImportReport report;
    pd::Session db = pool.get();
    pd::Transaction tx(db);
    for (StockLine line : lines) {
        if (line.quantity < 0) {
            report.errors.push_back(line.sku + ": negative quantity");
            return report;
        }
        db << "INSERT INTO stock VALUES (?, ?, ?)", use(line.sku), use(line.quantity), use(line.bin), now;
        ++report.stored;
    }
    tx.commit();
    return report;
}

ImportReport importLenient(pd::SessionPool& pool, const std::vector<StockLine>& lines, const ImportOptions& opt) {
    ImportReport report;
    pd::Session db = pool.get();
    for (StockLine line : lines) {
        try {
            pd::Transaction tx(db);
            db << "INSERT INTO stock VALUES (?, ?, ?)", use(line.sku), use(line.quantity), use(line.bin), now;
            db << "UPDATE bin SET used = used + ? WHERE id = ?", use(line.quantity), use(line.bin), now;
            tx.commit();
            ++report.stored;
        } catch (const Poco::Exception& e) {
            report.errors.push_back(line.sku + ": " + e.displayText());
            if (static_cast<int>(report.errors.size()) >= opt.maxErrors)
                break;
        }
    }
    return report;
}

ImportReport importMixed(pd::SessionPool& pool, const std::vector<StockLine>& lines, const ImportOptions& opt) {
    ImportReport report;
    pd::Session db = pool.get();
    auto tx = std::make_unique<pd::Transaction>(db);
    for (StockLine line : lines) {
        try {
            db << "UPDATE bin SET used = used + ? WHERE id = ?", use(line.quantity), use(line.bin), now;
            db << "INSERT INTO stock VALUES (?, ?, ?)", use(line.sku), use(line.quantity), use(line.bin), now;
            ++report.stored;
        } catch (const Poco::Exception& e) {  // expect: session-swallow-and-commit
            report.errors.push_back(e.displayText());
            if (opt.strict)
                throw;
        }
    }
    tx->commit();
    return report;
}

class Inventory {
public:
    explicit Inventory(pd::Session db) : db_(std::move(db)) {}

    bool take(const std::string& sku, int n) {
        std::string key = sku;
        int have = 0;
        int want = n;
        db_.begin();  // expect: session-unfinished-transaction
        try {
            db_ << "SELECT quantity FROM stock WHERE sku = ?", into(have), use(key), now;
            if (have < want)
                return false;
            db_ << "UPDATE stock SET quantity = quantity - ? WHERE sku = ?", use(want), use(key), now;
            db_ << "INSERT INTO taken VALUES (?, ?)", use(key), use(want), now;
            db_.commit();
        } catch (...) {
            db_.rollback();
            throw;
        }
        return true;
    }

    bool put(const std::string& sku, int n) {
        std::string key = sku;
        int add = n;
        bool known = false;
        db_.begin();
        try {
            int rows = 0;
            db_ << "SELECT count(*) FROM stock WHERE sku = ?", into(rows), use(key), now;
            known = rows > 0;
            if (known) {
                db_ << "UPDATE stock SET quantity = quantity + ? WHERE sku = ?", use(add), use(key), now;
                db_ << "INSERT INTO put_log VALUES (?, ?)", use(key), use(add), now;
            }
            if (known)
                db_.commit();
            else
                db_.rollback();
        } catch (const Poco::Exception& e) {
            std::cerr << e.displayText() << '\n';
            if (db_.isTransaction())
                db_.rollback();
            throw;
        }
        return known;
    }

    void recount(const std::map<std::string, int>& counted) {
        pd::Transaction tx(db_);
        for (const auto& [sku, n] : counted) {
            std::string key = sku;
            int value = n;
            db_ << "UPDATE stock SET quantity = ? WHERE sku = ?", use(value), use(key), now;
        }
        tx.commit();
        std::string stamp = "recount";
        db_.begin();
        try {
            db_ << "INSERT INTO event(kind) VALUES (?)", use(stamp), now;
            db_ << "UPDATE meta SET recounts = recounts + 1", now;
            db_.commit();  // expect: session-multiple-commits
        } catch (...) {
            db_.rollback();
            throw;
        }
    }

    void undoLast() {
        int last = 0;
        db_ << "SELECT coalesce(max(rowid), 0) FROM taken", into(last), now;
        if (last == 0) {
            std::cerr << "nothing to undo\n";
            return;
        }
        pd::Transaction tx(db_);
        db_ << "UPDATE stock SET quantity = quantity + (SELECT n FROM taken WHERE rowid = ?)", use(last), now;
        db_ << "DELETE FROM taken WHERE rowid = ?", use(last), now;
        tx.commit();
    }

    int lowStock(int limit) {
        int n = 0;
        db_ << "SELECT count(*) FROM stock WHERE quantity < ?", into(n), use(limit), now;
        return n;
    }

private:
    pd::Session db_;
};

Inventory openInventory(const std::string& file, bool fresh) {
    pd::Session db = pd::SessionFactory::instance().create("SQLite", file);
    if (fresh) {
        pd::Transaction tx(db);
        db << "CREATE TABLE stock(sku TEXT, quantity INTEGER, bin INTEGER)", now;
        db << "CREATE TABLE taken(sku TEXT, n INTEGER)", now;
        tx.commit();
    }
    return Inventory(db);
}

class PickList {
public:
    explicit PickList(pd::Session& db) : db_(db) { db_.begin(); }
    PickList(const PickList&) = delete;
    PickList& operator=(const PickList&) = delete;
    ~PickList() {
        if (lines_.empty()) {
            db_.rollback();
            return;
        }
        for (std::string& sku : lines_)
            db_ << "INSERT INTO pick VALUES (?)", use(sku), now;
        db_.commit();  // expect: session-commit-in-destructor
    }
    void add(std::string sku) { lines_.push_back(std::move(sku)); }

private:
    pd::Session& db_;
    std::vector<std::string> lines_;
};

class MoveScope {
public:
    explicit MoveScope(pd::Session& db) : db_(db) { db_.begin(); }
    MoveScope(const MoveScope&) = delete;
    MoveScope& operator=(const MoveScope&) = delete;
    ~MoveScope() {
        if (!open_)
            return;
        try {
            db_.rollback();
        } catch (const Poco::Exception& e) {
            std::cerr << "move: " << e.displayText() << '\n';
        }
    }
    void done() {
        db_.commit();
        open_ = false;
    }

private:
    pd::Session& db_;
    bool open_ = true;
};

bool moveBin(pd::Session& db, int from, int to) {
    MoveScope scope(db);
    int items = 0;
    db << "SELECT count(*) FROM stock WHERE bin = ?", into(items), use(from), now;
    if (items == 0)
        return false;
    db << "UPDATE stock SET bin = ? WHERE bin = ?", use(to), use(from), now;
    db << "UPDATE bin SET used = 0 WHERE id = ?", use(from), now;
    scope.done();
    return true;
}

void clearBin(pd::Session& db, int bin) {
    MoveScope scope(db);  // expect: session-unfinished-transaction
    db << "DELETE FROM stock WHERE bin = ?", use(bin), now;
    db << "UPDATE bin SET used = 0 WHERE id = ?", use(bin), now;
    std::cout << "bin " << bin << " cleared\n";
}

void compareStock(const std::string& file, pd::Session& central) {
    pd::Session local("SQLite", file);
    int mine = 0;
    int theirs = 0;
    local << "SELECT sum(quantity) FROM stock", into(mine), now;
    central << "SELECT sum(quantity) FROM stock", into(theirs), now;
    local.close();
    if (mine != theirs) {
        int diff = mine - theirs;
        local << "INSERT INTO mismatch VALUES (?)", use(diff), now;  // expect: session-use-after-scope
    }
}

void reopenCompare(const std::string& file, pd::Session& central) {
    pd::Session local("SQLite", file);
    int mine = 0;
    local << "SELECT sum(quantity) FROM stock", into(mine), now;
    local.close();
    int theirs = 0;
    central << "SELECT sum(quantity) FROM stock", into(theirs), now;
    if (mine == theirs)
        return;
    local.open(file);
    int diff = mine - theirs;
    local << "INSERT INTO mismatch VALUES (?)", use(diff), now;
}

int scanBoxes(const std::string& file, std::istream& in) {
    std::unique_ptr<pd::Session> db;
    int n = 0;
    std::string code;
    while (in >> code) {
        if (!db)
            db.reset(new pd::Session("SQLite", file));
        *db << "INSERT INTO box VALUES (?)", use(code), now;
        if (++n % 1000 == 0)
            db.reset();
    }
    return n;
}

int probeAll(const std::vector<std::string>& files) {
    int alive = 0;
    for (const std::string& f : files) {
        pd::Session* s = nullptr;
        try {
            s = new pd::Session("SQLite", f);  // expect: session-raw-construction
            int one = 0;
            *s << "SELECT 1", into(one), now;
            alive += one;
        } catch (const Poco::Exception& e) {
            std::cerr << f << ": " << e.displayText() << '\n';
        }
        delete s;
    }
    return alive;
}

int countShards(const std::vector<std::string>& files, const std::string& sku) {
    int total = 0;
    for (const std::string& f : files) {
        auto* s = new pd::Session("SQLite", f);  // expect: session-leak
        try {
            int n = 0;
            std::string key = sku;
            *s << "SELECT count(*) FROM stock WHERE sku = ?", into(n), use(key), now;
            if (n == 0)
                continue;
            total += n;
        } catch (const Poco::Exception& e) {
            std::cerr << f << ": " << e.displayText() << '\n';
        }
        delete s;
    }
    return total;
}

class RestockWorker {
public:
    explicit RestockWorker(pd::SessionPool& pool) : pool_(pool), thread_([this] { work(); }) {}
    RestockWorker(const RestockWorker&) = delete;
    RestockWorker& operator=(const RestockWorker&) = delete;
    ~RestockWorker() {
        {
            std::lock_guard<std::mutex> l(m_);
            stop_ = true;
        }
        ready_.notify_one();
        thread_.join();
    }
    void order(std::string sku) {
        std::lock_guard<std::mutex> l(m_);
        queue_.push_back(std::move(sku));
        ready_.notify_one();
    }

private:
    void work() {
        std::unique_lock<std::mutex> l(m_);
        while (!stop_) {
            ready_.wait(l, [this] { return stop_ || !queue_.empty(); });
            while (!queue_.empty()) {
                std::string sku = std::move(queue_.front());
                queue_.pop_front();
                l.unlock();
                try {
                    pd::Session db = pool_.get();
                    db.begin();
                    db << "INSERT INTO restock(sku) VALUES (?)", use(sku), now;
                    db << "UPDATE stock SET ordered = 1 WHERE sku = ?", use(sku), now;
                    db.commit();
                } catch (const Poco::Exception& e) {
                    std::cerr << "restock " << sku << ": " << e.displayText() << '\n';
                }
                l.lock();
            }
        }
    }

    pd::SessionPool& pool_;
    std::mutex m_;
    std::condition_variable ready_;
    std::deque<std::string> queue_;
    bool stop_ = false;
    std::thread thread_;
};

void weeklyReport(pd::SessionPool& pool, std::ostream& os) {
    pd::Session db = pool.get();
    pd::Transaction snapshot(db);
    pd::RecordSet rows(db, "SELECT sku, quantity FROM stock ORDER BY sku");
    for (std::size_t r = 0; r < rows.rowCount(); ++r)
        os << rows.value(0, r).convert<std::string>() << ';' << rows.value(1, r).convert<int>() << '\n';
}

void ship(pd::Session& db, int order) {
    pd::Transaction tx(db);
    try {
        db << "UPDATE orders SET state = 'shipped' WHERE id = ?", use(order), now;
        db << "DELETE FROM reservation WHERE order_id = ?", use(order), now;
        tx.commit();
    } catch (const pd::DataException& e) {
        std::cerr << "ship: " << e.displayText() << '\n';
        tx.rollback();
        db.rollback();  // expect: session-double-end
        throw;
    }
}

}  // namespace warehouse
