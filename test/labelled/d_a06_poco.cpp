// library: poco
// Inventory service on Poco::Data.
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Exception.h>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using Poco::Data::Transaction;

void logError(const std::string& s) noexcept;
struct Item { int id = 0; int qty = 0; };

// --- handlers: a session per request, from the pool ---------------------------

class InventoryHandler {
public:
    explicit InventoryHandler(SessionPool& pool) : pool_(pool) {}

    int quantity(int id) {
        Session s = pool_.get();
        int n = 0;
        s << "SELECT qty FROM item WHERE id = ?", into(n), use(id), now;
        return n;
    }

    void receive(int id, int n) {
        Session s = pool_.get();
        Transaction tx(s);
        s << "UPDATE item SET qty = qty + ? WHERE id = ?", use(n), use(id), now;
        s << "INSERT INTO movement VALUES(?, ?)", use(id), use(n), now;
        tx.commit();
    }

    void issue(int id, int n) {
        Session s = pool_.get();
        Transaction tx(s);  // expect: session-unfinished-transaction
        s << "UPDATE item SET qty = qty - ? WHERE id = ?", use(n), use(id), now;
        s << "INSERT INTO movement VALUES(?, ?)", use(id), use(n), now;
        if (n < 0) tx.rollback();
    }

    bool issueChecked(int id, int n) {
        Session s = pool_.get();
        Transaction tx(s);
        int have = 0;
        s << "SELECT qty FROM item WHERE id = ?", into(have), use(id), now;
        if (have < n) return false;
        s << "UPDATE item SET qty = qty - ? WHERE id = ?", use(n), use(id), now;
        tx.commit();
        return true;
    }

    void pooledByHand(int id) {
        Session s = pool_.get();
        s.begin();
        s << "UPDATE item SET counted = 1 WHERE id = ?", use(id), now;
        s << "INSERT INTO recount VALUES(?)", use(id), now;
        s.commit();                         // a throw above: the pool rolls back when it takes the session back
    }

    void splitOrder(int id, int n) {
        {
            Session first = pool_.get();
            first << "INSERT INTO reservation VALUES(?, ?)", use(id), use(n), now;
        }
        Session second = pool_.get();  // expect: session-split-unit-of-work
        second << "UPDATE item SET reserved = reserved + ? WHERE id = ?", use(n), use(id), now;
    }

    std::vector<int> lowStock(int limit) {
        std::vector<int> ids;
        {
            Session s = pool_.get();
            s << "SELECT id FROM item WHERE qty < ?", into(ids), use(limit), now;
        }
        std::clog << ids.size() << " low\n";
        return ids;
    }

private:
    SessionPool& pool_;
};

// --- library functions on a session that belongs to the caller ----------------

void relabel(Session& s, int id, const std::string& label) {
    s.begin();  // expect: session-missing-rollback
    std::string text = label;
    s << "UPDATE item SET label = ? WHERE id = ?", use(text), use(id), now;
    s << "INSERT INTO label_log VALUES(?)", use(id), now;
    s.commit();
}

void relabelSafely(Session& s, int id, const std::string& label) {
    s.begin();
    try {
        std::string text = label;
        s << "UPDATE item SET label = ? WHERE id = ?", use(text), use(id), now;
        s << "INSERT INTO label_log VALUES(?)", use(id), now;
        s.commit();
    } catch (Poco::Exception& e) {
        logError(e.displayText());
        s.rollback();
        throw;
    } catch (...) {
        s.rollback();
        throw;
    }
}

bool discontinue(Session& s, int id) {
    s.begin();
    try {
        s << "UPDATE item SET active = 0 WHERE id = ?", use(id), now;
        s << "DELETE FROM reservation WHERE item = ?", use(id), now;
        s.commit();
        return true;
    } catch (Poco::Exception& e) {  // expect: session-missing-rollback
        logError(e.displayText());
        return false;
    }
}

bool reserveIfFree(Session& s, int id) {
    s.begin();  // expect: session-unfinished-transaction
    try {
        int free = 0;
        s << "SELECT qty - reserved FROM item WHERE id = ?", into(free), use(id), now;
        if (free <= 0)
            return false;
        s << "UPDATE item SET reserved = reserved + 1 WHERE id = ?", use(id), now;
        s.commit();
    } catch (...) {
        s.rollback();
        throw;
    }
    return true;
}

bool joinOrBegin(Session& s, int id) {
    const bool mine = !s.isTransaction();
    if (mine) s.begin();
    try {
        s << "UPDATE item SET joined = 1 WHERE id = ?", use(id), now;
        if (mine) s.commit();
    } catch (...) {
        if (mine) s.rollback();
        throw;
    }
    return mine;
}

void importCounts(Session& s, const std::vector<Item>& items) {
    Transaction tx(s);
    int failed = 0;
    for (const Item& it : items) {
        int id = it.id, qty = it.qty;
        try {
            s << "UPDATE item SET qty = ? WHERE id = ?", use(qty), use(id), now;
            s << "INSERT INTO count_log VALUES(?, ?)", use(id), use(qty), now;
        } catch (const Poco::Exception& e) {  // expect: session-swallow-and-commit
            ++failed;
            logError(e.displayText());
        }
    }
    std::clog << failed << " failed\n";
    tx.commit();
}

void importAllOrNothing(Session& s, const std::vector<Item>& items) {
    Transaction tx(s, true);
    for (const Item& it : items) {
        int id = it.id, qty = it.qty;
        try {
            s << "UPDATE item SET qty = ? WHERE id = ?", use(qty), use(id), now;
        } catch (const Poco::Exception& e) {
            logError(e.displayText());
            throw;
        }
    }
    tx.commit();
}

void closeMonth(Session& s, int month) {
    Transaction one(s);
    s << "INSERT INTO closing VALUES(?)", use(month), now;
    one.commit();
    Transaction two(s);
    s << "DELETE FROM movement WHERE month = ?", use(month), now;
    two.commit();  // expect: session-multiple-commits
}

void closeMonthWithin(Session& s, int month) {
    Transaction outer(s);
    s << "INSERT INTO closing VALUES(?)", use(month), now;
    Transaction inner(s);  // expect: session-nested-begin
    s << "DELETE FROM movement WHERE month = ?", use(month), now;
    inner.commit();
    outer.commit();
}

void forgetNow(Session& s, int id) {
    s << "DELETE FROM item WHERE id = ?", use(id);  // waits: session-statement-not-executed
    std::clog << "deleted " << id << '\n';
}

void prepareThenRun(Session& s, const std::vector<int>& ids) {
    int id = 0;
    Statement del(s);
    del << "DELETE FROM item WHERE id = ?", use(id);
    Transaction tx(s);
    for (int i : ids) {
        id = i;
        del.execute();
    }
    tx.commit();
}

// --- owners -------------------------------------------------------------------

int dailyReport(const std::string& path) {
    Session s("SQLite", path);
    int n = 0;
    s << "SELECT COUNT(*) FROM movement", into(n), now;
    s.close();
    s << "DELETE FROM movement", now;  // expect: session-use-after-scope
    return n;
}

int freshReport(const std::string& path) {
    Session s("SQLite", path);
    int n = 0;
    s << "SELECT COUNT(*) FROM movement", into(n), now;
    s.close();
    s.open();
    int m = 0;
    s << "SELECT COUNT(*) FROM item", into(m), now;
    return n + m;
}

int rawReport(const std::string& path) {
    Session* s = new Session("SQLite", path);  // expect: session-leak
    int n = 0;
    *s << "SELECT COUNT(*) FROM item", into(n), now;
    if (n == 0) return 0;
    delete s;
    return n;
}

void doubleEnd(Session& s, int id) {
    Transaction tx(s);
    s << "UPDATE item SET n = 0 WHERE id = ?", use(id), now;
    tx.commit();
    tx.rollback();  // expect: session-double-end
}

void sendToThread(SessionPool& pool) {
    Session s = pool.get();
    std::thread([s]() mutable {  // expect: session-shared-across-threads
        s << "ANALYZE", now;
    }).detach();
    s << "UPDATE meta SET analyzed = 1", now;
}

void ownInThread(SessionPool& pool, int id) {
    std::thread worker([&pool, id]() mutable {
        try {
            Session s = pool.get();
            s << "UPDATE meta SET id = ?", use(id), now;
        } catch (const Poco::Exception& e) {
            logError(e.displayText());
        }
    });
    worker.join();
}
