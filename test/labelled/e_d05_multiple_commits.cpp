// library: soci, libpqxx, sqlitecpp, poco, sqlite3, mariadb, mysqlcppconn, lmdb, qtsql
// d05: one unit of work, several commits
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/statement.h>
#include <lmdb.h>
#include <mariadb/mysql.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <sqlite3.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

#include <functional>
#include <memory>
#include <string>
#include <vector>

void audit(const std::string& what) noexcept;

// our own session, declared only
class CrmSession {
public:
    void begin();
    void commit();
    void rollback();
    void exec(const std::string& sql);
};
// its guard, with a body
class CrmTx {
public:
    explicit CrmTx(CrmSession& s) : s_(s) { s_.begin(); }
    ~CrmTx() {
        if (done_) return;
        try {
            s_.rollback();
        } catch (...) {
        }
    }
    CrmTx(const CrmTx&) = delete;
    CrmTx& operator=(const CrmTx&) = delete;
    void commit() {
        s_.commit();
        done_ = true;
    }

private:
    CrmSession& s_;
    bool done_ = false;
};

struct Order {
    int id = 0, customer = 0;
    std::vector<int> lines;
};

namespace orders {

void place(soci::session& sql, const Order& o) {
    {
        soci::transaction tr(sql);
        sql << "insert into orders(id, c) values(:i, :c)", soci::use(o.id), soci::use(o.customer);
        tr.commit();
    }
    {
        soci::transaction tr(sql);
        for (int l : o.lines) sql << "insert into line values(:o, :l)", soci::use(o.id), soci::use(l);
        tr.commit();  // expect: session-multiple-commits
    }
}

void placeAtOnce(soci::session& sql, const Order& o) {
    soci::transaction tr(sql);
    sql << "insert into orders(id, c) values(:i, :c)", soci::use(o.id), soci::use(o.customer);
    for (int l : o.lines) sql << "insert into line values(:o, :l)", soci::use(o.id), soci::use(l);
    tr.commit();
}

void saveHeader(SQLite::Database& db, const Order& o) {
    SQLite::Transaction tx(db);
    SQLite::Statement st(db, "INSERT INTO orders VALUES(?, ?)");
    st.bind(1, o.id);
    st.bind(2, o.customer);
    st.exec();
    tx.commit();
}

// the header has been committed by the helper
void save(SQLite::Database& db, const Order& o) {
    saveHeader(db, o);
    SQLite::Transaction tx(db);
    SQLite::Statement st(db, "INSERT INTO line VALUES(?, ?)");
    for (int l : o.lines) {
        st.bind(1, o.id);
        st.bind(2, l);
        st.exec();
        st.reset();
    }
    tx.commit();  // expect: session-multiple-commits
}

void saveThenHeader(SQLite::Database& db, const Order& o) {
    SQLite::Transaction tx(db);
    SQLite::Statement st(db, "DELETE FROM line WHERE o = ?");
    st.bind(1, o.id);
    st.exec();
    tx.commit();
    saveHeader(db, o);  // expect: session-multiple-commits
}

bool cancel(SQLite::Database& db, int order, bool soft) {
    SQLite::Transaction tx(db);
    if (soft) {
        db.exec("UPDATE orders SET st = 'C' WHERE id = " + std::to_string(order));
        tx.commit();
        return true;
    }
    const int n = db.exec("DELETE FROM orders WHERE id = " + std::to_string(order));
    tx.commit();
    return n == 1;
}

} // namespace orders

namespace stock {

int move(sqlite3* db, int from, int to, int n) {
    char buf[128];
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    sqlite3_snprintf(sizeof buf, buf, "UPDATE stock SET n=n-%d WHERE id=%d", n, from);
    sqlite3_exec(db, buf, nullptr, nullptr, nullptr);
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    sqlite3_snprintf(sizeof buf, buf, "UPDATE stock SET n=n+%d WHERE id=%d", n, to);
    sqlite3_exec(db, buf, nullptr, nullptr, nullptr);
    return sqlite3_exec(db, "END", nullptr, nullptr, nullptr);  // expect: session-multiple-commits
}

int import(sqlite3* db, const std::vector<std::string>& statements) {
    int done = 0;
    for (const auto& s : statements) {
        if (sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK) break;
        if (sqlite3_exec(db, s.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
            continue;
        }
        sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
        ++done;
    }
    return done;
}

bool reprice(MYSQL* my, int item, int price) {
    std::string p = std::to_string(price), i = std::to_string(item);
    mysql_autocommit(my, 0);
    mysql_query(my, ("UPDATE item SET price=" + p + " WHERE id=" + i).c_str());
    mysql_commit(my);
    mysql_query(my, ("INSERT INTO price_log VALUES(" + i + "," + p + ")").c_str());
    bool bad = mysql_commit(my);  // expect: session-multiple-commits
    mysql_autocommit(my, 1);
    return !bad;
}

bool relabel(MYSQL* my, int item, const char* label) {
    std::string l = label, i = std::to_string(item);
    mysql_autocommit(my, 0);
    bool ok = mysql_query(my, ("UPDATE item SET l='" + l + "' WHERE id=" + i).c_str()) == 0;
    ok = ok && mysql_query(my, ("INSERT INTO label_log VALUES(" + i + ")").c_str()) == 0;
    if (ok)
        ok = !mysql_commit(my);
    else
        mysql_rollback(my);
    mysql_autocommit(my, 1);
    return ok;
}

bool receive(QSqlDatabase db, int item, int n) {
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    if (!q.exec(QString("UPDATE stock SET n = n + %1 WHERE id = %2").arg(n).arg(item))) {
        db.rollback();
        return false;
    }
    db.commit();
    if (!db.transaction()) return false;
    if (!q.exec(QString("INSERT INTO receipt VALUES(%1, %2)").arg(item).arg(n))) {
        db.rollback();
        return false;
    }
    return db.commit();  // expect: session-multiple-commits
}

int putPair(MDB_env* env, MDB_dbi dbi, MDB_val a, MDB_val b, MDB_val v) {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env, nullptr, 0, &txn);
    if (rc) return rc;
    rc = mdb_put(txn, dbi, &a, &v, 0);
    if (rc == 0) rc = mdb_put(txn, dbi, &b, &v, 0);
    if (rc != 0) {
        mdb_txn_abort(txn);
        return rc;
    }
    return mdb_txn_commit(txn);
}

} // namespace stock

namespace crm {

void merge(CrmSession& s, int keep, int drop) {
    CrmTx a(s);
    s.exec("update deal set c = " + std::to_string(keep) + " where c = " + std::to_string(drop));
    a.commit();
    CrmTx b(s);
    s.exec("delete from customer where id = " + std::to_string(drop));
    b.commit();  // expect: session-multiple-commits
}

void assign(CrmSession& s, int deal, int owner) {
    auto step = [&s](const std::string& sql) {
        CrmTx tx(s);
        s.exec(sql);
        tx.commit();
    };
    step("update deal set owner = " + std::to_string(owner) + " where id = " + std::to_string(deal));
    step("insert into history values(" + std::to_string(deal) + ")");  // expect: session-multiple-commits
}

void reassign(CrmSession& s, int deal, int owner) {
    auto step = [&s](const std::string& sql) { s.exec(sql); };
    CrmTx tx(s);
    step("update deal set owner = " + std::to_string(owner) + " where id = " + std::to_string(deal));
    step("insert into history values(" + std::to_string(deal) + ")");
    tx.commit();
}

bool closeDeal(CrmSession& s, int deal) {
    for (int attempt = 0; attempt < 3; ++attempt) {
        try {
            CrmTx tx(s);
            s.exec("update deal set closed = 1 where id = " + std::to_string(deal));
            tx.commit();
            return true;
        } catch (const std::runtime_error&) {
            audit("retry");
        }
    }
    return false;
}

void invite(Poco::Data::Session& ses, int who, int event) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Transaction first(ses);
    ses << "INSERT INTO invite VALUES(?, ?)", use(who), use(event), now;
    first.commit();
    audit("invited");
    Poco::Data::Transaction second(ses);
    ses << "UPDATE event SET guests = guests + 1 WHERE id = ?", use(event), now;
    second.commit();  // expect: session-multiple-commits
}

void uninvite(Poco::Data::Session& ses, int who, int event) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Transaction tx(ses);
    ses << "DELETE FROM invite WHERE w = ? AND e = ?", use(who), use(event), now;
    ses << "UPDATE event SET guests = guests - 1 WHERE id = ?", use(event), now;
    tx.commit();
    audit("uninvited");
}

// two databases, each with its own unit of work
void mirror(pqxx::connection& primary, pqxx::connection& search, int id) {
    pqxx::work a(primary);
    a.exec_params("UPDATE deal SET indexed = true WHERE id = $1", id);
    a.commit();
    pqxx::work b(search);
    b.exec_params("INSERT INTO doc(id) VALUES($1)", id);
    b.commit();
}

void onRename(pqxx::connection& c, int id, const std::string& name) {
    {
        pqxx::work tx(c);
        tx.exec_params("UPDATE customer SET name = $2 WHERE id = $1", id, name);
        tx.commit();
    }
    pqxx::work tx(c);
    tx.exec_params("UPDATE deal SET cname = $2 WHERE c = $1", id, name);
    tx.commit();  // expect: session-multiple-commits
}

void transferPoints(sql::Connection* con, int from, int to) {
    con->setAutoCommit(false);
    try {
        std::unique_ptr<sql::Statement> st(con->createStatement());
        st->executeUpdate("UPDATE points SET n = n - 1 WHERE id = " + std::to_string(from));
        con->commit();
        st->executeUpdate("UPDATE points SET n = n + 1 WHERE id = " + std::to_string(to));
        con->commit();  // expect: session-multiple-commits
    } catch (const sql::SQLException&) {
        con->rollback();
        throw;
    }
}

} // namespace crm
