// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, mariadb, rocksdb, qtsql
// d06: transactions that nobody ends
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <libpq-fe.h>
#include <mariadb/mysql.h>
#include <pqxx/pqxx>
#include <rocksdb/utilities/transaction.h>
#include <rocksdb/utilities/transaction_db.h>
#include <soci/soci.h>
#include <sqlite3.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <memory>
#include <string>
#include <vector>

// declared only
class GameDb {
public:
    void beginTransaction() noexcept;
    void commitTransaction() noexcept;
    void rollbackTransaction() noexcept;
    bool execute(const std::string& sql) noexcept;
    int queryInt(const std::string& sql) noexcept;
};

class GameTx { // rolls back unless committed
public:
    explicit GameTx(GameDb& db) noexcept : db_(db) { db_.beginTransaction(); }
    ~GameTx() {
        if (!done_) db_.rollbackTransaction();
    }
    GameTx(const GameTx&) = delete;
    GameTx& operator=(const GameTx&) = delete;
    void commit() noexcept {
        db_.commitTransaction();
        done_ = true;
    }

private:
    GameDb& db_;
    bool done_ = false;
};

namespace seats {

bool reserve(soci::session& sql, int show, int wanted) {
    sql.begin();  // expect: session-unfinished-transaction
    try {
        int freeSeats = 0;
        sql << "select free from shows where id = :i", soci::into(freeSeats), soci::use(show);
        if (freeSeats < wanted) return false;
        sql << "update shows set free = free - :n where id = :i", soci::use(wanted), soci::use(show);
        sql.commit();
        return true;
    } catch (...) {
        sql.rollback();
        throw;
    }
}

bool release(soci::session& sql, int show, int n) {
    sql.begin();
    try {
        int taken = 0;
        sql << "select taken from shows where id = :i", soci::into(taken), soci::use(show);
        if (taken < n) {
            sql.rollback();
            return false;
        }
        sql << "update shows set free = free + :n where id = :i", soci::use(n), soci::use(show);
        sql.commit();
    } catch (...) {
        sql.rollback();
        throw;
    }
    return true;
}

void addShow(soci::connection_pool& pool, const std::string& title) {
    soci::session sql(pool);
    soci::transaction tr(sql);  // expect: session-unfinished-transaction
    sql << "insert into shows(title) values(:t)", soci::use(title);
    sql << "insert into show_log(title) values(:t)", soci::use(title);
}

void renameShow(soci::connection_pool& pool, int id, const std::string& title) {
    soci::session sql(pool);
    soci::transaction tr(sql);
    int n = 0;
    sql << "select count(*) from shows where id = :i", soci::into(n), soci::use(id);
    if (n == 0) return; // nothing done, the guard rolls back
    sql << "update shows set title = :t where id = :i", soci::use(title), soci::use(id);
    tr.commit();
}

int countShows(pqxx::connection& c) { // read only
    pqxx::work tx(c);
    pqxx::result r = tx.exec("SELECT count(*) FROM shows");
    return r[0][0].as<int>();
}

void dropShow(pqxx::connection& c, int id) {
    pqxx::work tx(c);  // expect: session-unfinished-transaction
    tx.exec_params("DELETE FROM seat WHERE show = $1", id);
    tx.exec_params("DELETE FROM shows WHERE id = $1", id);
}

} // namespace seats

namespace devices {

int rename(sqlite3* db, int id, const char* name) {
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);  // expect: session-unfinished-transaction
    if (!name || !*name) return SQLITE_MISUSE;
    char* q = sqlite3_mprintf("UPDATE device SET name=%Q WHERE id=%d", name, id);
    sqlite3_exec(db, q, nullptr, nullptr, nullptr);
    sqlite3_free(q);
    return sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}

int retire(sqlite3* db, int id) {
    if (id <= 0) return SQLITE_MISUSE;
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    char* q = sqlite3_mprintf("UPDATE device SET retired=1 WHERE id=%d", id);
    sqlite3_exec(db, q, nullptr, nullptr, nullptr);
    sqlite3_free(q);
    if (sqlite3_changes(db) > 1) {
        sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
        return SQLITE_ERROR;
    }
    return sqlite3_exec(db, "END TRANSACTION", nullptr, nullptr, nullptr);
}

int beginBatch(sqlite3* db) { return sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr); }

bool ping(PGconn* c, const std::vector<std::string>& ids) {
    PQclear(PQexec(c, "BEGIN"));  // expect: session-unfinished-transaction
    for (const auto& id : ids) {
        const char* a[] = {id.c_str()};
        PQclear(PQexecParams(c, "UPDATE device SET seen=now() WHERE id=$1", 1, nullptr, a, nullptr, nullptr, 0));
    }
    return !ids.empty();
}

bool pong(PGconn* c, const std::vector<std::string>& ids) {
    PQclear(PQexec(c, "BEGIN"));
    for (const auto& id : ids) {
        const char* a[] = {id.c_str()};
        PQclear(PQexecParams(c, "UPDATE device SET seen=now() WHERE id=$1", 1, nullptr, a, nullptr, nullptr, 0));
    }
    PGresult* r = PQexec(c, ids.empty() ? "ROLLBACK" : "COMMIT");
    bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
    PQclear(r);
    return ok;
}

bool assign(MYSQL* my, int dev, int room) {
    mysql_query(my, "START TRANSACTION");  // expect: session-unfinished-transaction
    std::string q = "UPDATE device SET room=" + std::to_string(room) + " WHERE id=" + std::to_string(dev);
    mysql_query(my, q.c_str());
    switch (mysql_affected_rows(my)) {
    case 0:
        return false;
    case 1:
        mysql_commit(my);
        return true;
    default:
        mysql_rollback(my);
        return false;
    }
}

bool unassign(MYSQL* my, int dev) {
    mysql_query(my, "START TRANSACTION");
    std::string q = "UPDATE device SET room=NULL WHERE id=" + std::to_string(dev);
    mysql_query(my, q.c_str());
    const bool one = mysql_affected_rows(my) == 1;
    if (one)
        mysql_commit(my);
    else
        mysql_rollback(my);
    return one;
}

} // namespace devices

namespace game {

bool buy(GameDb& db, int player, int price) {
    db.beginTransaction();  // expect: session-unfinished-transaction
    int gold = db.queryInt("select gold from player where id = " + std::to_string(player));
    if (gold < price) {
        return false;
    }
    db.execute("update player set gold = gold - " + std::to_string(price));
    db.commitTransaction();
    return true;
}

bool sell(GameDb& db, int player, int price) {
    GameTx tx(db);
    int items = db.queryInt("select items from player where id = " + std::to_string(player));
    if (items == 0) return false;
    db.execute("update player set gold = gold + " + std::to_string(price));
    tx.commit();
    return true;
}

void reward(GameDb& db, const std::vector<int>& players) {
    GameTx tx(db);  // expect: session-unfinished-transaction
    for (int p : players)
        db.execute("update player set gold = gold + 10 where id = " + std::to_string(p));
}

bool trade(QSqlDatabase db, int a, int b) {
    if (!db.transaction()) return false;  // expect: session-unfinished-transaction
    QSqlQuery q(db);
    q.exec(QString("UPDATE item SET owner=%1 WHERE owner=%2").arg(a).arg(b));
    if (q.numRowsAffected() < 1)
        return false;
    q.exec(QString("INSERT INTO trade VALUES(%1,%2)").arg(a).arg(b));
    return db.commit();
}

bool gift(QSqlDatabase db, int a, int b) {
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    q.exec(QString("UPDATE item SET owner=%1 WHERE owner=%2").arg(a).arg(b));
    if (q.numRowsAffected() >= 1) return db.commit();
    db.rollback();
    return false;
}

rocksdb::Status setScore(rocksdb::TransactionDB* db, const std::string& player, const std::string& score) {
    std::unique_ptr<rocksdb::Transaction> txn(db->BeginTransaction(rocksdb::WriteOptions()));  // expect: session-unfinished-transaction
    std::string old;
    rocksdb::Status s = txn->GetForUpdate(rocksdb::ReadOptions(), player, &old);
    if (!s.ok() && !s.IsNotFound()) return s;
    if (old == score) return rocksdb::Status::OK();
    return txn->Put(player, score);
}

rocksdb::Status addScore(rocksdb::TransactionDB* db, const std::string& player, const std::string& score) {
    std::unique_ptr<rocksdb::Transaction> txn(db->BeginTransaction(rocksdb::WriteOptions()));
    std::string old;
    rocksdb::Status s = txn->GetForUpdate(rocksdb::ReadOptions(), player, &old);
    if (!s.ok()) return s;
    s = txn->Put(player, old + score);
    return s.ok() ? txn->Commit() : s;
}

void saveReplay(SQLite::Database& db, const std::string& blob) {
    SQLite::Transaction tx(db);  // expect: session-unfinished-transaction
    SQLite::Statement st(db, "INSERT INTO replay VALUES(?)");
    st.bind(1, blob);
    st.exec();
    if (db.getLastInsertRowid() > 1000) db.exec("DELETE FROM replay WHERE id < 100");
}

void logMatch(Poco::Data::SessionPool& pool, int a, int b) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Session s = pool.get();
    Poco::Data::Transaction tx(s);  // expect: session-unfinished-transaction
    s << "INSERT INTO match VALUES(?, ?)", use(a), use(b), now;
    s << "UPDATE player SET games = games + 1 WHERE id = ?", use(a), now;
}

} // namespace game
