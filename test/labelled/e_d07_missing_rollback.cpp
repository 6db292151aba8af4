// library: soci, sqlitecpp, poco, sqlite3, libpq, mariadb, mysqlcppconn, qtsql
// d07: error paths that leave the transaction open
// (a return after an error code is labelled missing-rollback at the begin; both that name and
// session-unfinished-transaction have their primary location on that line)
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/statement.h>
#include <libpq-fe.h>
#include <mariadb/mysql.h>
#include <soci/soci.h>
#include <sqlite3.h>

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

void logError(const std::string& s) noexcept;

// declared only: every statement may throw
class FleetSession {
public:
    void begin();
    void commit();
    void rollback();
    void execute(const std::string& sql);
};

// with bodies, on sqlite3, throwing
class MiniDb {
public:
    explicit MiniDb(sqlite3* h) : h_(h) {}
    void run(const char* sql) {
        if (sqlite3_exec(h_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(h_));
    }
    void begin() { run("BEGIN"); }
    void commit() { run("COMMIT"); }
    void rollback() noexcept { sqlite3_exec(h_, "ROLLBACK", nullptr, nullptr, nullptr); }

private:
    sqlite3* h_;
};

namespace fleet {

void addTruck(soci::session& sql, const std::string& plate) {
    sql.begin();
    try {
        sql << "insert into truck(plate) values(:p)", soci::use(plate);
        sql << "update depot set trucks = trucks + 1";
        sql.commit();
    } catch (const soci::soci_error& e) {  // expect: session-missing-rollback
        logError(e.what());
    }
}

void dropTruck(soci::session& sql, const std::string& plate) {
    sql.begin();
    try {
        sql << "delete from truck where plate = :p", soci::use(plate);
        sql << "update depot set trucks = trucks - 1";
        sql.commit();
    } catch (const std::exception& e) {
        sql.rollback();
        logError(e.what());
    }
}

void moveTruck(soci::session& sql, int id, int depot) {
    sql.begin();  // expect: session-missing-rollback
    sql << "update truck set depot = :d where id = :i", soci::use(depot), soci::use(id);
    sql << "insert into move(truck, depot) values(:i, :d)", soci::use(id), soci::use(depot);
    sql.commit();
}

void moveTruckGuarded(soci::session& sql, int id, int depot) {
    soci::transaction tr(sql);
    sql << "update truck set depot = :d where id = :i", soci::use(depot), soci::use(id);
    sql << "insert into move(truck, depot) values(:i, :d)", soci::use(id), soci::use(depot);
    tr.commit();
}

bool refuel(FleetSession& s, int truck, int litres) {
    s.begin();
    try {
        s.execute("update truck set fuel = fuel + " + std::to_string(litres));
        s.execute("insert into fuel_log values(" + std::to_string(truck) + ")");
        s.commit();
        return true;
    } catch (const std::invalid_argument&) {
        s.rollback();
        return false;
    } catch (...) {  // expect: session-missing-rollback
        return false;
    }
}

bool service(FleetSession& s, int truck) {
    s.begin();
    try {
        s.execute("update truck set serviced = 1 where id = " + std::to_string(truck));
        s.commit();
    } catch (const std::exception& e) {  // expect: session-missing-rollback
        logError(e.what());
        throw;
    }
    return true;
}

bool inspect(FleetSession& s, int truck) {
    bool open = false;
    try {
        s.begin();
        open = true;
        s.execute("update truck set inspected = 1 where id = " + std::to_string(truck));
        s.commit();
        open = false;
    } catch (...) {
        if (open) s.rollback();
        throw;
    }
    return true;
}

} // namespace fleet

namespace wiki {

int savePage(sqlite3* db, const char* title, const char* body) {
    int rc = sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);  // expect: session-unfinished-transaction
    if (rc != SQLITE_OK) return rc;
    char* q = sqlite3_mprintf("UPDATE page SET body=%Q WHERE title=%Q", body, title);
    rc = sqlite3_exec(db, q, nullptr, nullptr, nullptr);
    sqlite3_free(q);
    if (rc != SQLITE_OK) return rc;
    return sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}

int deletePage(sqlite3* db, const char* title) {
    int rc = sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) return rc;
    char* q = sqlite3_mprintf("DELETE FROM page WHERE title=%Q", title);
    rc = sqlite3_exec(db, q, nullptr, nullptr, nullptr);
    sqlite3_free(q);
    if (rc != SQLITE_OK) goto fail;
    rc = sqlite3_exec(db, "DELETE FROM link WHERE target NOT IN (SELECT title FROM page)", nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) goto fail;
    rc = sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
    if (rc == SQLITE_OK) return rc;
fail:
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    return rc;
}

void renamePage(MiniDb& db) {
    db.begin();  // expect: session-missing-rollback
    db.run("UPDATE page SET title='New' WHERE title='Old'");
    db.run("UPDATE link SET target='New' WHERE target='Old'");
    db.commit();
}

void reindex(MiniDb& db) {
    db.begin();
    try {
        db.run("DELETE FROM idx");
        db.run("INSERT INTO idx SELECT title FROM page");
        db.commit();
    } catch (...) {
        db.rollback();
        throw;
    }
}

bool publish(PGconn* c, const char* id) {
    const char* args[] = {id};
    PQclear(PQexec(c, "BEGIN"));  // expect: session-unfinished-transaction
    PGresult* r = PQexecParams(c, "UPDATE page SET pub=true WHERE id=$1", 1, nullptr, args, nullptr, nullptr, 0);
    if (PQresultStatus(r) != PGRES_COMMAND_OK) {
        logError(PQresultErrorMessage(r));
        PQclear(r);
        return false;
    }
    PQclear(r);
    PQclear(PQexec(c, "COMMIT"));
    return true;
}

bool unpublish(PGconn* c, const char* id) {
    const char* args[] = {id};
    PQclear(PQexec(c, "BEGIN"));
    PGresult* r = PQexecParams(c, "UPDATE page SET pub=false WHERE id=$1", 1, nullptr, args, nullptr, nullptr, 0);
    const bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (!ok) logError(PQresultErrorMessage(r));
    PQclear(r);
    PQclear(PQexec(c, ok ? "COMMIT" : "ROLLBACK"));
    return ok;
}

bool rate(QSqlDatabase db, int page, int stars) {
    if (!db.transaction()) return false;  // expect: session-unfinished-transaction
    QSqlQuery q(db);
    if (!q.exec(QString("INSERT INTO rating VALUES(%1, %2)").arg(page).arg(stars))) {
        db.rollback();
        return false;
    }
    if (!q.exec(QString("UPDATE page SET n = n + 1 WHERE id = %1").arg(page))) {
        logError(q.lastError().text().toStdString());
        return false;
    }
    return db.commit();
}

bool unrate(QSqlDatabase db, int page) {
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    bool ok = q.exec(QString("DELETE FROM rating WHERE page = %1").arg(page));
    ok = ok && q.exec(QString("UPDATE page SET n = 0 WHERE id = %1").arg(page));
    if (!ok) {
        db.rollback();
        return false;
    }
    return db.commit();
}

} // namespace wiki

namespace bank {

int transfer(MYSQL* my, int a, int b, int n) {
    char q[160];
    if (mysql_query(my, "START TRANSACTION")) return -1;  // expect: session-missing-rollback
    snprintf(q, sizeof q, "UPDATE acc SET bal=bal-%d WHERE id=%d", n, a);
    if (mysql_query(my, q)) {
        mysql_rollback(my);
        return -2;
    }
    snprintf(q, sizeof q, "UPDATE acc SET bal=bal+%d WHERE id=%d", n, b);
    if (mysql_query(my, q))
        throw std::runtime_error(mysql_error(my));
    return mysql_commit(my) ? -3 : 0;
}

int charge(MYSQL* my, int a, int n) {
    char q[160];
    if (mysql_query(my, "START TRANSACTION")) return -1;
    snprintf(q, sizeof q, "UPDATE acc SET bal=bal-%d WHERE id=%d", n, a);
    if (mysql_query(my, q)) {
        mysql_query(my, "ROLLBACK");
        return -2;
    }
    if (mysql_query(my, "COMMIT")) {
        mysql_query(my, "ROLLBACK");
        return -3;
    }
    return 0;
}

bool book(Poco::Data::Session& ses, int acc, double v) {
    using namespace Poco::Data::Keywords;
    ses.begin();
    try {
        ses << "INSERT INTO booking VALUES(?, ?)", use(acc), use(v), now;
        ses << "UPDATE acc SET bal = bal + ? WHERE id = ?", use(v), use(acc), now;
        ses.commit();
    } catch (Poco::Exception& e) {  // expect: session-missing-rollback
        logError(e.displayText());
        return false;
    }
    return true;
}

bool unbook(Poco::Data::Session& ses, int id) {
    using namespace Poco::Data::Keywords;
    ses.begin();
    try {
        ses << "DELETE FROM booking WHERE id = ?", use(id), now;
        ses.commit();
    } catch (...) {
        if (ses.isTransaction()) ses.rollback();
        return false;
    }
    return true;
}

void closeAccount(sql::Connection* con, int acc) {
    con->setAutoCommit(false);
    try {
        std::unique_ptr<sql::Statement> st(con->createStatement());
        st->executeUpdate("DELETE FROM booking WHERE acc = " + std::to_string(acc));
        st->executeUpdate("DELETE FROM acc WHERE id = " + std::to_string(acc));
        con->commit();
        con->setAutoCommit(true);
    } catch (sql::SQLException& e) {  // expect: session-missing-rollback
        logError(e.what());
    }
}

void openAccount(SQLite::Database& db, const std::string& owner) {
    db.exec("BEGIN");  // expect: session-missing-rollback
    SQLite::Statement st(db, "INSERT INTO acc(owner) VALUES(?)");
    st.bind(1, owner);
    st.exec();
    db.exec("COMMIT");
}

} // namespace bank
