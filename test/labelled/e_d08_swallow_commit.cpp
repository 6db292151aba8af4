// library: soci, libpqxx, sqlitecpp, poco, mysqlcppconn
// d08: the handler swallows the error and the half-done work is committed
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/statement.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

void logError(const std::string& s) noexcept;

// declared only
class HrSession {
public:
    void begin();
    void commit();
    void rollback();
    void execute(const std::string& sql);
    void savepoint(const std::string& name);
    void rollbackTo(const std::string& name);
};

class HrTransaction {
public:
    explicit HrTransaction(HrSession& s) : s_(s) { s_.begin(); }
    ~HrTransaction() {
        if (!open_) return;
        try {
            s_.rollback();
        } catch (...) {
        }
    }
    HrTransaction(const HrTransaction&) = delete;
    HrTransaction& operator=(const HrTransaction&) = delete;
    void commit() {
        s_.commit();
        open_ = false;
    }

private:
    HrSession& s_;
    bool open_ = true;
};

namespace hr {

void hire(soci::session& sql, const std::string& name, int dept) {
    soci::transaction tr(sql);
    sql << "insert into person(name) values(:n)", soci::use(name);
    try {
        sql << "update dept set heads = heads + 1 where id = :d", soci::use(dept);
        sql << "insert into badge(name) values(:n)", soci::use(name);
    } catch (const soci::soci_error& e) {  // expect: session-swallow-and-commit
        logError(e.what());
    }
    tr.commit();
}

void fire(soci::session& sql, int id) {
    soci::transaction tr(sql);
    try {
        sql << "delete from badge where person = :i", soci::use(id);
        sql << "delete from person where id = :i", soci::use(id);
    } catch (const soci::soci_error& e) {
        logError(e.what());
        throw;
    }
    tr.commit();
}

bool promote(soci::session& sql, int id) {
    soci::transaction tr(sql);
    try {
        sql << "update person set level = level + 1 where id = :i", soci::use(id);
        sql << "insert into promotion(person) values(:i)", soci::use(id);
    } catch (const std::exception& e) {
        logError(e.what());
        return false; // the guard rolls back
    }
    tr.commit();
    return true;
}

int raise(HrSession& s, const std::vector<int>& people) {
    HrTransaction tx(s);
    int failed = 0;
    try {
        for (int p : people) s.execute("update pay set v = v * 1.02 where p = " + std::to_string(p));
        s.execute("insert into raise_log values(1)");
    } catch (...) {  // expect: session-swallow-and-commit
        ++failed;
    }
    tx.commit();
    return failed;
}

int raiseStrict(HrSession& s, const std::vector<int>& people) {
    int failed = 0;
    try {
        HrTransaction tx(s);
        for (int p : people) s.execute("update pay set v = v * 1.02 where p = " + std::to_string(p));
        tx.commit();
    } catch (const std::exception& e) {
        logError(e.what());
        failed = 1;
    }
    return failed;
}

void transferStaff(HrSession& s, int from, int to) {
    HrTransaction tx(s);
    try {
        s.execute("update person set dept = " + std::to_string(to) + " where dept = " + std::to_string(from));
        s.execute("delete from dept where id = " + std::to_string(from));
    } catch (const std::runtime_error& e) {  // expect: session-swallow-and-commit
        logError(std::string("transfer: ") + e.what());
        tx.commit();
        return;
    }
    tx.commit();
}

void importStaff(HrSession& s, const std::vector<std::string>& rows) {
    HrTransaction tx(s);
    for (const auto& r : rows) {
        s.savepoint("row");
        try {
            s.execute(r);
        } catch (const std::exception& e) {
            s.rollbackTo("row");
            logError(e.what());
        }
    }
    tx.commit();
}

} // namespace hr

namespace shop {

void checkout(SQLite::Database& db, int cart) {
    SQLite::Transaction tx(db);
    db.exec("INSERT INTO orders SELECT * FROM cart WHERE id = " + std::to_string(cart));
    try {
        db.exec("UPDATE stock SET n = n - 1");
        db.exec("DELETE FROM cart WHERE id = " + std::to_string(cart));
    } catch (const SQLite::Exception& e) {  // expect: session-swallow-and-commit
        logError(e.getErrorStr());
    }
    tx.commit();
}

bool checkoutStrict(SQLite::Database& db, int cart) {
    try {
        SQLite::Transaction tx(db);
        db.exec("INSERT INTO orders SELECT * FROM cart WHERE id = " + std::to_string(cart));
        db.exec("DELETE FROM cart WHERE id = " + std::to_string(cart));
        tx.commit();
        return true;
    } catch (const SQLite::Exception& e) {
        logError(e.what());
        return false;
    }
}

void restock(SQLite::Database& db, int item, int n) {
    SQLite::Transaction tx(db);
    bool ok = true;
    try {
        db.exec("UPDATE stock SET n = n + " + std::to_string(n));
        db.exec("INSERT INTO delivery VALUES(" + std::to_string(item) + ")");
    } catch (const SQLite::Exception& e) {
        logError(e.what());
        ok = false;
    }
    if (!ok) return;
    tx.commit();
}

void discount(pqxx::connection& c, int item, int pct) {
    pqxx::work tx(c);
    tx.exec_params("UPDATE item SET pct = $2 WHERE id = $1", item, pct);
    try {
        tx.exec_params("INSERT INTO discount_log(item, pct) VALUES($1, $2)", item, pct);
    } catch (const pqxx::sql_error& e) {  // expect: session-swallow-and-commit
        logError(e.query());
    }
    tx.commit();
}

void discountLogged(pqxx::connection& c, int item, int pct) {
    pqxx::work tx(c);
    tx.exec_params("UPDATE item SET pct = $2 WHERE id = $1", item, pct);
    try {
        pqxx::subtransaction sp(tx, "log");
        sp.exec_params("INSERT INTO discount_log(item, pct) VALUES($1, $2)", item, pct);
        sp.commit();
    } catch (const pqxx::sql_error& e) {
        logError(e.query());
    }
    tx.commit();
}

int addItems(pqxx::connection& c, const std::vector<std::string>& names) {
    pqxx::work tx(c);
    int n = 0;
    for (const auto& name : names) {
        try {
            tx.exec_params("INSERT INTO item(name) VALUES($1)", name);
            tx.exec("UPDATE item_count SET n = n + 1");
            ++n;
        } catch (const std::exception&) {  // expect: session-swallow-and-commit
            continue;
        }
    }
    tx.commit();
    return n;
}

void returnItem(Poco::Data::Session& ses, int order, int item) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Transaction tx(ses);
    try {
        ses << "DELETE FROM line WHERE o = ? AND i = ?", use(order), use(item), now;
        ses << "UPDATE stock SET n = n + 1 WHERE i = ?", use(item), now;
    } catch (const Poco::Exception& e) {  // expect: session-swallow-and-commit
        logError(e.displayText());
    }
    tx.commit();
}

bool refund(Poco::Data::Session& ses, int order) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Transaction tx(ses);
    try {
        ses << "UPDATE orders SET refunded = 1 WHERE id = ?", use(order), now;
        ses << "INSERT INTO refund VALUES(?)", use(order), now;
    } catch (const Poco::Exception& e) {
        tx.rollback();
        logError(e.displayText());
        return false;
    }
    tx.commit();
    return true;
}

void ship(std::unique_ptr<sql::Connection> con, int order) {
    con->setAutoCommit(false);
    try {
        std::unique_ptr<sql::Statement> st(con->createStatement());
        st->executeUpdate("UPDATE orders SET shipped = 1 WHERE id = " + std::to_string(order));
        st->executeUpdate("INSERT INTO parcel VALUES(" + std::to_string(order) + ")");
    } catch (const sql::SQLException& e) {  // expect: session-swallow-and-commit
        logError(e.what());
    }
    con->commit();
}

void unship(sql::Connection* con, int order) {
    con->setAutoCommit(false);
    try {
        std::unique_ptr<sql::Statement> st(con->createStatement());
        st->executeUpdate("DELETE FROM parcel WHERE o = " + std::to_string(order));
        st->executeUpdate("UPDATE orders SET shipped = 0 WHERE id = " + std::to_string(order));
        con->commit();
    } catch (const sql::SQLException&) {
        con->rollback();
        throw;
    }
}

// the helper swallows, its caller commits
bool applyCoupon(soci::session& sql, int order, const std::string& code) noexcept {
    try {
        sql << "update orders set coupon = :c where id = :o", soci::use(code), soci::use(order);
        return true;
    } catch (const std::exception& e) {
        logError(e.what());
        return false;
    }
}

bool finishOrder(soci::session& sql, int order, const std::string& code) {
    soci::transaction tr(sql);
    sql << "update orders set done = 1 where id = :o", soci::use(order);
    if (!applyCoupon(sql, order, code)) return false;
    tr.commit();
    return true;
}

void mailQueue(SQLite::Database& db, int order) {
    SQLite::Transaction tx(db);
    db.exec("INSERT INTO mail VALUES(" + std::to_string(order) + ")");
    auto mark = [&] {
        try {
            db.exec("UPDATE orders SET mailed = 1 WHERE id = " + std::to_string(order));
        } catch (const std::exception& e) {  // expect: session-swallow-and-commit
            logError(e.what());
        }
    };
    mark();
    tx.commit();
}

} // namespace shop
