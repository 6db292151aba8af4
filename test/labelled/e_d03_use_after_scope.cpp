// library: soci, libpqxx, sqlitecpp, sqlite3, libpq, mariadb, lmdb, rocksdb, qtsql
// d03: sessions, transactions, rows and texts used after their owner has gone
#include <libpq-fe.h>
#include <lmdb.h>
#include <mariadb/mysql.h>
#include <pqxx/pqxx>
#include <rocksdb/db.h>
#include <soci/soci.h>
#include <sqlite3.h>
#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

void logLine(const std::string& s) noexcept;

struct Lease;
class TileSession {
public:
    ~TileSession();
    void begin();
    void commit();
    void rollback();
    int exec(const std::string& sql);
    void close();
};
class TilePool {
public:
    TileSession* acquire();
    void release(TileSession* s) noexcept;
    std::shared_ptr<TileSession> shared();
    std::unique_ptr<TileSession> make();
};

namespace tiles {

int touch(TilePool& pool, int z) {
    TileSession* s = nullptr;
    int n = 0;
    s = pool.acquire();
    try {
        n = s->exec("update tile set used = 1 where z = " + std::to_string(z));
    } catch (...) {
        pool.release(s);
        throw;
    }
    pool.release(s);
    if (n == 0) n = s->exec("select count(*) from tile");  // expect: session-use-after-scope
    return n;
}

int touchAll(TilePool& pool) {
    std::unique_ptr<TileSession> s = pool.make();
    int n = s->exec("update tile set used = 1");
    s->close();
    if (n < 0) logLine("tile update failed");
    return n;
}

int countTiles(TilePool& pool) {
    TileSession& s = *pool.make();
    return s.exec("select count(*) from tile");  // expect: session-use-after-scope
}

int countLayers(TilePool& pool) {
    const std::unique_ptr<TileSession> s = pool.make();
    TileSession& ref = *s;
    int n = ref.exec("select count(*) from layer");
    return n < 0 ? 0 : n;
}

void handOver(std::unique_ptr<TileSession> s);
int archive(TilePool& pool) {
    auto s = pool.make();
    int n = s->exec("insert into old select * from tile");
    handOver(std::move(s));
    n += s->exec("delete from tile");  // expect: session-use-after-scope
    return n;
}

int archiveTwice(TilePool& pool) {
    auto s = pool.make();
    int n = s->exec("insert into old select * from tile");
    handOver(std::move(s));
    s = pool.make();
    n += s->exec("delete from tile");
    return n;
}

} // namespace tiles

namespace people {

std::string_view nickname(sqlite3* db, int id) {
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db, "SELECT nick FROM person WHERE id=?", -1, &st, nullptr) != SQLITE_OK) return {};
    sqlite3_bind_int(st, 1, id);
    std::string_view nick;
    if (sqlite3_step(st) == SQLITE_ROW)
        nick = reinterpret_cast<const char*>(sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
    return nick;  // expect: session-use-after-scope
}

std::string fullName(sqlite3* db, int id) {
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db, "SELECT name FROM person WHERE id=?", -1, &st, nullptr) != SQLITE_OK) return {};
    sqlite3_bind_int(st, 1, id);
    std::string name;
    if (sqlite3_step(st) == SQLITE_ROW)
        name = reinterpret_cast<const char*>(sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
    return name;
}

std::string city(PGconn* conn, const char* id) {
    const char* args[] = {id};
    PGresult* r = PQexecParams(conn, "SELECT city FROM person WHERE id=$1", 1, nullptr, args, nullptr, nullptr, 0);
    const char* text = PQntuples(r) ? PQgetvalue(r, 0, 0) : "";
    PQclear(r);
    return std::string("city: ") + text;  // expect: session-use-after-scope
}

unsigned long phoneLength(MYSQL* my) {
    if (mysql_query(my, "SELECT phone FROM person LIMIT 1")) return 0;
    MYSQL_RES* res = mysql_store_result(my);
    if (!res) return 0;
    MYSQL_ROW row = mysql_fetch_row(res);
    unsigned long* lens = mysql_fetch_lengths(res);
    mysql_free_result(res);
    return row ? lens[0] : 0;  // expect: session-use-after-scope
}

unsigned long mailLength(MYSQL* my) {
    if (mysql_query(my, "SELECT mail FROM person LIMIT 1")) return 0;
    MYSQL_RES* res = mysql_store_result(my);
    if (!res) return 0;
    unsigned long n = 0;
    if (mysql_fetch_row(res)) n = mysql_fetch_lengths(res)[0];
    mysql_free_result(res);
    return n;
}

} // namespace people

namespace jobs {

std::vector<int> finish(pqxx::connection& c, int run) {
    std::vector<int> ids;
    pqxx::work tx(c);
    tx.exec_params("UPDATE job SET done = true WHERE run = $1", run);
    tx.commit();
    for (const auto& row : tx.exec("SELECT id FROM job WHERE NOT done"))  // expect: session-use-after-scope
        ids.push_back(row[0].as<int>());
    return ids;
}

std::vector<int> pending(pqxx::connection& c) {
    pqxx::result rows;
    {
        pqxx::work tx(c);
        rows = tx.exec("SELECT id FROM job WHERE NOT done");
        tx.commit();
    }
    std::vector<int> ids;
    for (const auto& row : rows) ids.push_back(row[0].as<int>());
    return ids;
}

std::function<int()> counter(const std::string& dsn) {
    soci::session sql(dsn);
    int floor = 0;
    sql << "select min(id) from job", soci::into(floor);
    return [&sql, floor] {  // expect: session-use-after-scope
        int n = 0;
        sql << "select count(*) from job where id > :f", soci::into(n), soci::use(floor);
        return n;
    };
}

std::function<int()> ownCounter(std::string dsn) {
    auto sql = std::make_shared<soci::session>(dsn);
    return [sql] {
        int n = 0;
        *sql << "select count(*) from job", soci::into(n);
        return n;
    };
}

class Importer {
public:
    void prepare(const std::string& file) {
        SQLite::Database db(file, SQLite::OPEN_READWRITE);
        db.exec("CREATE TABLE IF NOT EXISTS imp(k)");
        current_ = &db;  // expect: session-use-after-scope
    }
    void prepareOwned(const std::string& file) {
        owned_ = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE);
        owned_->exec("CREATE TABLE IF NOT EXISTS imp(k)");
        current_ = owned_.get();
    }
    void put(int k) {
        SQLite::Statement st(*current_, "INSERT INTO imp VALUES(?)");
        st.bind(1, k);
        st.exec();
    }

private:
    SQLite::Database* current_ = nullptr;
    std::unique_ptr<SQLite::Database> owned_;
};

soci::session& scratchSession(const std::string& dsn) {
    static soci::session sql(dsn);
    if (!sql.is_connected()) sql.reconnect();
    return sql;
}

} // namespace jobs

namespace store {

std::string lookup(MDB_env* env, MDB_dbi dbi, const std::string& key) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return {};
    MDB_val k{key.size(), const_cast<char*>(key.data())}, v{};
    int rc = mdb_get(txn, dbi, &k, &v);
    mdb_txn_abort(txn);
    if (rc != 0) return {};
    return std::string(static_cast<const char*>(v.mv_data), v.mv_size);  // expect: session-use-after-scope
}

std::string lookupCopy(MDB_env* env, MDB_dbi dbi, const std::string& key) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return {};
    MDB_val k{key.size(), const_cast<char*>(key.data())}, v{};
    std::string out;
    if (mdb_get(txn, dbi, &k, &v) == 0) out.assign(static_cast<const char*>(v.mv_data), v.mv_size);
    mdb_txn_abort(txn);
    return out;
}

int put(MDB_env* env, MDB_dbi dbi, MDB_val k, MDB_val v) {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env, nullptr, 0, &txn);
    if (rc) return rc;
    MDB_stat stat{};
    rc = mdb_put(txn, dbi, &k, &v, 0);
    if (rc) {
        mdb_txn_abort(txn);
        return rc;
    }
    rc = mdb_txn_commit(txn);
    if (rc == 0) mdb_stat(txn, dbi, &stat);  // expect: session-use-after-scope
    return rc;
}

std::string firstKey(rocksdb::DB* db) {
    rocksdb::Slice key;
    {
        std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(rocksdb::ReadOptions()));
        it->SeekToFirst();
        if (!it->Valid()) return {};
        key = it->key();
    }
    return key.ToString();  // expect: session-use-after-scope
}

std::string lastKey(rocksdb::DB* db) {
    std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(rocksdb::ReadOptions()));
    it->SeekToLast();
    rocksdb::Slice key;
    if (it->Valid()) key = it->key();
    return key.ToString();
}

bool saveSetting(QSqlDatabase db, const QString& k, const QString& v) {
    QSqlQuery q(db);
    q.prepare("INSERT INTO setting VALUES(?, ?)");
    q.addBindValue(k);
    q.addBindValue(v);
    const bool ok = q.exec();
    db.close();
    if (ok) q.exec("ANALYZE setting");  // expect: session-use-after-scope
    return ok;
}

} // namespace store
