// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, mariadb, lmdb, qtsql
// d12: guards that die at once, and destructors that commit
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

#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

void logError(const std::string& s) noexcept;

// declared only
class MapSession {
public:
    void begin();
    void commit();
    void rollback();
    void execute(const std::string& sql);
};
class MapTransaction { // declared only: rolls back unless committed
public:
    explicit MapTransaction(MapSession& s);
    MapTransaction(MapTransaction&& o) noexcept;
    ~MapTransaction();
    void commit();
};
MapTransaction beginOn(MapSession& s);

// ------------------------------------------------------------------ guards with bodies
class SociScope {
public:
    explicit SociScope(soci::session& s) : s_(s) { s_.begin(); }
    ~SociScope() {
        s_.commit();  // expect: session-commit-in-destructor
    }
    SociScope(const SociScope&) = delete;
    SociScope& operator=(const SociScope&) = delete;

private:
    soci::session& s_;
};

class SociRollbackScope {
public:
    explicit SociRollbackScope(soci::session& s) : s_(s) { s_.begin(); }
    ~SociRollbackScope() {
        if (done_) return;
        try {
            s_.rollback();
        } catch (const std::exception& e) {
            logError(e.what());
        }
    }
    SociRollbackScope(const SociRollbackScope&) = delete;
    SociRollbackScope& operator=(const SociRollbackScope&) = delete;
    void commit() {
        s_.commit();
        done_ = true;
    }

private:
    soci::session& s_;
    bool done_ = false;
};

class SqliteBatch {
public:
    explicit SqliteBatch(sqlite3* db) : db_(db) { sqlite3_exec(db_, "BEGIN", nullptr, nullptr, nullptr); }
    ~SqliteBatch() {
        if (db_) sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr);  // expect: session-commit-in-destructor
    }
    SqliteBatch(const SqliteBatch&) = delete;
    SqliteBatch& operator=(const SqliteBatch&) = delete;

private:
    sqlite3* db_;
};

class SqliteCareful {
public:
    explicit SqliteCareful(sqlite3* db) : db_(db), depth_(std::uncaught_exceptions()) {
        sqlite3_exec(db_, "BEGIN", nullptr, nullptr, nullptr);
    }
    ~SqliteCareful() {
        const bool unwinding = std::uncaught_exceptions() > depth_;
        sqlite3_exec(db_, unwinding ? "ROLLBACK" : "COMMIT", nullptr, nullptr, nullptr);
    }
    SqliteCareful(const SqliteCareful&) = delete;
    SqliteCareful& operator=(const SqliteCareful&) = delete;

private:
    sqlite3* db_;
    int depth_;
};

class QtUnit {
public:
    explicit QtUnit(QSqlDatabase db) : db_(std::move(db)), active_(db_.transaction()) {}
    ~QtUnit() {
        if (active_ && !db_.commit())  // expect: session-commit-in-destructor
            db_.rollback();
    }
    bool run(const QString& sql) {
        QSqlQuery q(db_);
        return q.exec(sql);
    }

private:
    QSqlDatabase db_;
    bool active_;
};

class MapWriter {
public:
    explicit MapWriter(MapSession& s) : s_(s) { s_.begin(); }
    ~MapWriter() {
        try {
            flush();
            s_.commit();  // expect: session-commit-in-destructor
        } catch (const std::exception& e) {
            logError(e.what());
        }
    }
    MapWriter(const MapWriter&) = delete;
    MapWriter& operator=(const MapWriter&) = delete;
    void add(std::string sql) { pending_.push_back(std::move(sql)); }
    void flush() {
        for (const auto& p : pending_) s_.execute(p);
        pending_.clear();
    }

private:
    MapSession& s_;
    std::vector<std::string> pending_;
};

class LmdbWriter {
public:
    explicit LmdbWriter(MDB_env* env) { mdb_txn_begin(env, nullptr, 0, &txn_); }
    ~LmdbWriter() {
        if (txn_) mdb_txn_abort(txn_);
    }
    LmdbWriter(const LmdbWriter&) = delete;
    LmdbWriter& operator=(const LmdbWriter&) = delete;
    int put(MDB_dbi dbi, MDB_val k, MDB_val v) { return mdb_put(txn_, dbi, &k, &v, 0); }
    int commit() { return mdb_txn_commit(std::exchange(txn_, nullptr)); }

private:
    MDB_txn* txn_ = nullptr;
};

class PgBatch {
public:
    explicit PgBatch(PGconn* c) : c_(c) { PQclear(PQexec(c_, "BEGIN")); }
    ~PgBatch() {
        PQclear(PQexec(c_, "COMMIT"));  // expect: session-commit-in-destructor
    }
    PgBatch(const PgBatch&) = delete;
    PgBatch& operator=(const PgBatch&) = delete;

private:
    PGconn* c_;
};

class MysqlUnit {
public:
    explicit MysqlUnit(MYSQL* my) : my_(my) { mysql_autocommit(my_, 0); }
    ~MysqlUnit() {
        if (!done_) mysql_rollback(my_);
        mysql_autocommit(my_, 1);
    }
    MysqlUnit(const MysqlUnit&) = delete;
    MysqlUnit& operator=(const MysqlUnit&) = delete;
    bool commit() { return done_ = !mysql_commit(my_); }

private:
    MYSQL* my_;
    bool done_ = false;
};

// ------------------------------------------------------------------ guards used
namespace maps {

void addRoad(soci::session& sql, const std::string& name) {
    soci::transaction{sql};  // expect: session-temporary-guard
    sql << "insert into road(name) values(:n)", soci::use(name);
    sql << "update meta set roads = roads + 1";
}

void addRiver(soci::session& sql, const std::string& name) {
    SociRollbackScope _(sql);
    sql << "insert into river(name) values(:n)", soci::use(name);
    sql << "update meta set rivers = rivers + 1";
    _.commit();
}

void dropRoad(SQLite::Database& db, int id) {
    SQLite::Transaction{db};  // expect: session-temporary-guard
    db.exec("DELETE FROM road WHERE id = " + std::to_string(id));
    db.exec("UPDATE meta SET roads = roads - 1");
}

void dropRiver(SQLite::Database& db, int id) {
    auto tx = std::make_unique<SQLite::Transaction>(db);
    db.exec("DELETE FROM river WHERE id = " + std::to_string(id));
    db.exec("UPDATE meta SET rivers = rivers - 1");
    tx->commit();
}

void touchRoad(pqxx::connection& c, int id) {
    pqxx::work(c).exec("UPDATE road SET seen = now() WHERE id = " + std::to_string(id));  // expect: session-temporary-guard
}

int countRoads(pqxx::connection& c) {
    return pqxx::nontransaction(c).exec("SELECT count(*) FROM road")[0][0].as<int>();
}

void paintRoad(MapSession& s, int id) {
    beginOn(s);  // expect: session-temporary-guard
    s.execute("update road set colour = 1 where id = " + std::to_string(id));
    s.execute("insert into paint values(" + std::to_string(id) + ")");
}

void paintRiver(MapSession& s, int id) {
    auto tx = beginOn(s);
    s.execute("update river set colour = 1 where id = " + std::to_string(id));
    s.execute("insert into paint values(" + std::to_string(id) + ")");
    tx.commit();
}

void mergeRoads(MapSession& s, int keep, int drop) {
    MapTransaction{s};  // expect: session-temporary-guard
    s.execute("update segment set road = " + std::to_string(keep) + " where road = " + std::to_string(drop));
    s.execute("delete from road where id = " + std::to_string(drop));
}

void mergeRivers(MapSession& s, int keep, int drop) {
    const auto run = [&s](const std::string& q) { s.execute(q); };
    MapTransaction tx{s};
    run("update segment set river = " + std::to_string(keep) + " where river = " + std::to_string(drop));
    run("delete from river where id = " + std::to_string(drop));
    tx.commit();
}

void nameRoad(Poco::Data::Session& ses, int id, const std::string& name) {
    using namespace Poco::Data::Keywords;
    std::string n = name;
    std::make_unique<Poco::Data::Transaction>(ses);  // expect: session-temporary-guard
    ses << "UPDATE road SET name = ? WHERE id = ?", use(n), use(id), now;
    ses << "INSERT INTO names VALUES(?)", use(n), now;
}

bool vacuumRoads(QSqlDatabase db) {
    return QSqlQuery(db).exec("DELETE FROM road WHERE name IS NULL");
}

} // namespace maps
