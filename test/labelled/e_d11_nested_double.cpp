// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, mariadb, lmdb, qtsql
// d11: begun twice, ended twice
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <libpq-fe.h>
#include <lmdb.h>
#include <mariadb/mysql.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <sqlite3.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

void logError(const std::string& s) noexcept;

// declared only, never throws
class LabDb {
public:
    bool begin() noexcept;
    bool commit() noexcept;
    bool rollback() noexcept;
    bool exec(const std::string& sql) noexcept;
};

class LabTx {
public:
    explicit LabTx(LabDb& db) noexcept : db_(db) { db_.begin(); }
    ~LabTx() {
        if (open_) db_.rollback();
    }
    LabTx(const LabTx&) = delete;
    LabTx& operator=(const LabTx&) = delete;
    void commit() noexcept {
        db_.commit();
        open_ = false;
    }

private:
    LabDb& db_;
    bool open_ = true;
};

namespace samples {

void link(soci::session& sql, int a, int b) {
    soci::transaction tr(sql);
    sql << "insert into link(a, b) values(:a, :b)", soci::use(a), soci::use(b);
    soci::transaction inner(sql);  // expect: session-nested-begin
    sql << "update sample set linked = 1 where id = :a", soci::use(a);
    inner.commit();
    tr.commit();
}

void store(soci::session& sql, int id) {
    soci::transaction tr(sql);
    sql << "insert into sample(id) values(:i)", soci::use(id);
    tr.commit();
}

void storeAll(soci::session& sql, const std::vector<int>& ids) {
    for (int id : ids) {
        soci::transaction tr(sql);
        sql << "insert into sample(id) values(:i)", soci::use(id);
        tr.commit();
    }
}

bool checkIn(soci::session& sql, int id, int rack) {
    soci::transaction tr(sql);
    try {
        sql << "update sample set rack = :r where id = :i", soci::use(rack), soci::use(id);
        tr.commit();
        if (rack < 0) throw std::out_of_range("rack");
    } catch (const std::exception& e) {
        logError(e.what());
        tr.rollback();  // expect: session-double-end
        return false;
    }
    return true;
}

bool checkOut(soci::session& sql, int id, int rack) {
    if (rack < 0) throw std::out_of_range("rack");
    soci::transaction tr(sql);
    try {
        sql << "update sample set rack = 0 where id = :i", soci::use(id);
        tr.commit();
    } catch (const std::exception& e) {
        logError(e.what());
        tr.rollback();
        return false;
    }
    return true;
}

void weigh(SQLite::Database& db, const std::vector<double>& grams) {
    SQLite::Transaction outer(db);
    for (double g : grams) {
        SQLite::Transaction one(db);  // expect: session-nested-begin
        db.exec("INSERT INTO weight VALUES(" + std::to_string(g) + ")");
        one.commit();
    }
    outer.commit();
}

void weighSaved(SQLite::Database& db, const std::vector<double>& grams) {
    SQLite::Transaction outer(db);
    for (double g : grams) {
        db.exec("SAVEPOINT one");
        db.exec("INSERT INTO weight VALUES(" + std::to_string(g) + ")");
        db.exec("RELEASE one");
    }
    outer.commit();
}

void tare(SQLite::Database& db) {
    SQLite::Transaction tx(db);
    const int n = db.exec("UPDATE weight SET g = g - 1");
    tx.commit();
    if (n > 0) logError("tared " + std::to_string(n));
    tx.commit();  // expect: session-double-end
}

int label(pqxx::connection& c, const std::string& text) {
    pqxx::work tx(c);
    pqxx::result r = tx.exec_params("INSERT INTO label(t) VALUES($1) RETURNING id", text);
    pqxx::work check(c);  // expect: session-nested-begin
    check.exec("SELECT 1");
    check.commit();
    tx.commit();
    return r[0][0].as<int>();
}

int labelOnce(pqxx::connection& c, const std::string& text) {
    {
        pqxx::work look(c);
        pqxx::result r = look.exec_params("SELECT id FROM label WHERE t = $1", text);
        if (!r.empty()) return r[0][0].as<int>();
    }
    pqxx::work tx(c);
    pqxx::result r = tx.exec_params("INSERT INTO label(t) VALUES($1) RETURNING id", text);
    tx.commit();
    return r[0][0].as<int>();
}

} // namespace samples

namespace lab {

bool calibrate(LabDb& db, const std::vector<int>& devices) {
    for (int d : devices) {
        db.begin();  // expect: session-nested-begin
        db.exec("update device set cal = 1 where id = " + std::to_string(d));
    }
    return db.commit();
}

bool calibrateEach(LabDb& db, const std::vector<int>& devices) {
    bool all = true;
    for (int d : devices) {
        db.begin();
        if (!db.exec("update device set cal = 1 where id = " + std::to_string(d))) {
            db.rollback();
            all = false;
            continue;
        }
        db.commit();
    }
    return all;
}

bool measure(LabDb& db, int device) {
    if (!db.begin()) return false;
    bool ok = db.exec("insert into m values(" + std::to_string(device) + ")");
    if (!ok) db.rollback();
    ok = db.exec("update device set n = n + 1") && ok;
    if (!ok) {
        db.rollback();  // expect: session-double-end
        return false;
    }
    return db.commit();
}

void reset(LabDb& db) {
    LabTx tx(db);
    db.exec("delete from m");
    db.begin();  // expect: session-nested-begin
    db.exec("update device set n = 0");
    tx.commit();
}

bool recount(LabDb& db, int device) {
    const std::string where = " where device = " + std::to_string(device);
    if (!db.exec("select count(*) from m" + where)) {
        db.rollback();  // expect: session-double-end
        return false;
    }
    db.begin();
    db.exec("update device set n = 0" + where);
    return db.commit();
}

bool snapshot(QSqlDatabase db) {
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    const bool copied = q.exec("INSERT INTO snap SELECT * FROM m");
    if (!copied) db.rollback();
    return copied && db.commit();
}

bool freeze(QSqlDatabase db, int id) {
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    if (!q.exec(QString("UPDATE snap SET frozen = 1 WHERE id = %1").arg(id))) {
        db.rollback();
        return false;
    }
    const bool ok = db.commit();
    q.exec("ANALYZE snap");
    db.commit();  // waits: session-double-end
    return ok;
}

int putBoth(MDB_env* env, MDB_dbi dbi, MDB_val k, MDB_val v) {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env, nullptr, 0, &txn);
    if (rc) return rc;
    rc = mdb_put(txn, dbi, &k, &v, 0);
    if (rc == 0) rc = mdb_txn_commit(txn);
    if (rc != 0) mdb_txn_abort(txn);  // expect: session-double-end
    return rc;
}

int putOne(MDB_env* env, MDB_dbi dbi, MDB_val k, MDB_val v) {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env, nullptr, 0, &txn);
    if (rc) return rc;
    rc = mdb_put(txn, dbi, &k, &v, 0);
    if (rc) {
        mdb_txn_abort(txn);
        return rc;
    }
    return mdb_txn_commit(txn);
}

} // namespace lab

namespace rawapi {

int upgrade(sqlite3* db, int version) {
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    if (version < 2) {
        sqlite3_exec(db, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr);  // expect: session-nested-begin
        sqlite3_exec(db, "ALTER TABLE m ADD COLUMN unit", nullptr, nullptr, nullptr);
    }
    sqlite3_exec(db, "PRAGMA user_version = 2", nullptr, nullptr, nullptr);
    return sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}

bool hasRows(PGconn* c) {
    PGresult* r = PQexec(c, "SELECT 1 FROM m LIMIT 1");
    if (PQresultStatus(r) != PGRES_TUPLES_OK) {
        logError(PQerrorMessage(c));
        PQclear(r);
    }
    const bool any = c != nullptr;
    PQclear(r);  // expect: session-double-end
    return any;
}

unsigned rows(MYSQL* my) {
    if (mysql_query(my, "SELECT * FROM m")) return 0;
    MYSQL_RES* res = mysql_store_result(my);
    if (!res) return 0;
    unsigned n = static_cast<unsigned>(mysql_num_rows(res));
    mysql_free_result(res);
    return n;
}

void drop(Poco::Data::Session& ses, int id) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Transaction tx(ses);
    ses << "DELETE FROM m WHERE id = ?", use(id), now;
    tx.commit();
    ses << "SELECT 1", now;
    tx.rollback();  // expect: session-double-end
}

} // namespace rawapi
