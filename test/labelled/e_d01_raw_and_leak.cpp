// library: soci, libpqxx, sqlite3, libpq, mariadb, lmdb, rocksdb
// d01: handles made by hand and handles that get lost
#include <libpq-fe.h>
#include <lmdb.h>
#include <mariadb/mysql.h>
#include <pqxx/pqxx>
#include <rocksdb/db.h>
#include <soci/soci.h>
#include <sqlite3.h>

#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

void logWarn(const std::string& text) noexcept;

struct SqliteCloser {
    void operator()(sqlite3* p) const noexcept { sqlite3_close_v2(p); }
};
using SqlitePtr = std::unique_ptr<sqlite3, SqliteCloser>;

struct ResultClearer {
    void operator()(PGresult* r) const noexcept { PQclear(r); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultClearer>;

namespace thumbs {

// a failed open still hands back a handle
bool cacheIsUsable(const std::string& path) {
    sqlite3* db = nullptr;
    int rc = sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr);  // expect: session-leak
    if (rc != SQLITE_OK) {
        logWarn("cannot open thumbnail cache " + path);
        return false;
    }
    rc = sqlite3_exec(db, "PRAGMA quick_check", nullptr, nullptr, nullptr);
    sqlite3_close(db);
    return rc == SQLITE_OK;
}

int countThumbs(const std::string& path) {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open(path.c_str(), &raw);
    SqlitePtr db(raw);
    if (rc != SQLITE_OK) return -1;
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db.get(), "SELECT count(*) FROM thumb", -1, &st, nullptr) != SQLITE_OK)
        return -1;
    int n = -1;
    if (sqlite3_step(st) == SQLITE_ROW) n = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    return n;
}

int vacuumCache(const char* path) {
    sqlite3* db = nullptr;
    int rc = sqlite3_open(path, &db);  // expect: session-raw-construction
    if (rc != SQLITE_OK) {
        sqlite3_close(db);
        return rc;
    }
    rc = sqlite3_exec(db, "VACUUM", nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) logWarn(sqlite3_errmsg(db));
    sqlite3_close(db);
    return rc;
}

bool thumbExists(sqlite3* db, const std::string& key) {
    sqlite3_stmt* stmt = nullptr;
    if (sqlite3_prepare_v2(db, "SELECT 1 FROM thumb WHERE key = ?", -1, &stmt, nullptr) != SQLITE_OK)  // expect: session-leak
        return false;
    sqlite3_bind_text(stmt, 1, key.c_str(), -1, SQLITE_TRANSIENT);
    if (sqlite3_step(stmt) != SQLITE_ROW)
        return false;
    const bool hit = sqlite3_column_int(stmt, 0) == 1;
    sqlite3_finalize(stmt);
    return hit;
}

} // namespace thumbs

namespace billing {

struct Invoice {
    long id = 0;
    std::string customer;
};

std::vector<Invoice> openInvoices(PGconn* conn) {
    std::vector<Invoice> out;
    PGresult* res = PQexec(conn, "SELECT id, customer FROM invoice WHERE paid IS NULL");  // expect: session-leak
    if (PQresultStatus(res) != PGRES_TUPLES_OK) {
        logWarn(PQerrorMessage(conn));
        return out;
    }
    for (int i = 0; i < PQntuples(res); ++i) {
        Invoice inv;
        inv.id = atol(PQgetvalue(res, i, 0));
        inv.customer = PQgetvalue(res, i, 1);
        out.push_back(inv);
    }
    PQclear(res);
    return out;
}

long lastInvoiceId(PGconn* conn) {
    ResultPtr res(PQexec(conn, "SELECT max(id) FROM invoice"));
    if (PQresultStatus(res.get()) != PGRES_TUPLES_OK)
        throw std::runtime_error(PQerrorMessage(conn));
    if (PQgetisnull(res.get(), 0, 0)) return 0;
    return atol(PQgetvalue(res.get(), 0, 0));
}

void ping(const char* dsn) {
    PGconn* c = PQconnectdb(dsn);  // expect: session-leak
    if (PQstatus(c) != CONNECTION_OK) {
        std::string why = PQerrorMessage(c);
        throw std::runtime_error("ping: " + why);
    }
    PQclear(PQexec(c, "SELECT 1"));
    PQfinish(c);
}

// the first result is forgotten when the second one is stored over it
bool markPaid(PGconn* conn, const char* id) {
    const char* args[1] = {id};
    PGresult* r = PQexecParams(conn, "SELECT 1 FROM invoice WHERE id = $1", 1, nullptr, args, nullptr, nullptr, 0);  // expect: session-leak
    if (PQntuples(r) == 0) {
        PQclear(r);
        return false;
    }
    r = PQexecParams(conn, "UPDATE invoice SET paid = now() WHERE id = $1", 1, nullptr, args, nullptr, nullptr, 0);
    bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
    PQclear(r);
    return ok;
}

bool markUnpaid(PGconn* conn, const char* id) {
    const char* args[1] = {id};
    PGresult* r = PQexecParams(conn, "SELECT 1 FROM invoice WHERE id = $1", 1, nullptr, args, nullptr, nullptr, 0);
    const int rows = PQntuples(r);
    PQclear(r);
    if (rows == 0) return false;
    r = PQexecParams(conn, "UPDATE invoice SET paid = NULL WHERE id = $1", 1, nullptr, args, nullptr, nullptr, 0);
    bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
    PQclear(r);
    return ok;
}

PGconn* connectOrNull(const std::string& dsn) {
    PGconn* c = PQconnectdb(dsn.c_str());
    if (PQstatus(c) == CONNECTION_OK) return c;
    logWarn(PQerrorMessage(c));
    PQfinish(c);
    return nullptr;
}

} // namespace billing

namespace forum {

struct MysqlCfg {
    const char *host, *user, *pass, *db;
    unsigned port;
};

int countPosts(const MysqlCfg& cfg, unsigned topic) {
    MYSQL* my = mysql_init(nullptr);  // expect: session-leak
    if (my == nullptr) return -1;
    if (!mysql_real_connect(my, cfg.host, cfg.user, cfg.pass, cfg.db, cfg.port, nullptr, 0)) {
        logWarn(mysql_error(my));
        return -1;
    }
    std::string q = "SELECT id FROM post WHERE topic=" + std::to_string(topic);
    int n = -1;
    if (mysql_query(my, q.c_str()) == 0) {
        MYSQL_RES* res = mysql_store_result(my);
        if (res) {
            n = static_cast<int>(mysql_num_rows(res));
            mysql_free_result(res);
        }
    }
    mysql_close(my);
    return n;
}

std::string topicTitle(MYSQL* my, unsigned topic) {
    std::string q = "SELECT title FROM topic WHERE id=" + std::to_string(topic);
    if (mysql_query(my, q.c_str())) return {};
    MYSQL_RES* res = mysql_store_result(my);  // expect: session-leak
    if (!res) return {};
    MYSQL_ROW row = mysql_fetch_row(res);
    if (!row || !row[0])
        return {};
    std::string title = row[0];
    mysql_free_result(res);
    return title;
}

std::string topicAuthor(MYSQL* my, unsigned topic) {
    std::string q = "SELECT author FROM topic WHERE id=" + std::to_string(topic), author;
    if (mysql_query(my, q.c_str()) != 0) return author;
    if (MYSQL_RES* res = mysql_use_result(my)) {
        while (MYSQL_ROW row = mysql_fetch_row(res))
            if (row[0]) author = row[0];
        mysql_free_result(res);
    }
    return author;
}

bool addPost(MYSQL* my, const std::string& body) {
    MYSQL_STMT* st = mysql_stmt_init(my);  // expect: session-leak
    static const char sql[] = "INSERT INTO post(body) VALUES(?)";
    if (!st) return false;
    if (mysql_stmt_prepare(st, sql, sizeof sql - 1)) {
        logWarn(mysql_stmt_error(st));
        return false;
    }
    MYSQL_BIND b;
    std::memset(&b, 0, sizeof b);
    b.buffer_type = MYSQL_TYPE_STRING;
    b.buffer = const_cast<char*>(body.data());
    b.buffer_length = body.size();
    bool ok = !mysql_stmt_bind_param(st, &b) && !mysql_stmt_execute(st);
    mysql_stmt_close(st);
    return ok;
}

} // namespace forum

namespace kv {

MDB_env* openEnv(const char* dir) {
    MDB_env* env = nullptr;
    if (mdb_env_create(&env)) return nullptr;  // expect: session-leak
    mdb_env_set_maxdbs(env, 8);
    if (int rc = mdb_env_open(env, dir, 0, 0644)) {
        logWarn(mdb_strerror(rc));
        return nullptr;
    }
    return env;
}

MDB_env* openEnvReadOnly(const char* dir) {
    MDB_env* env = nullptr;
    if (mdb_env_create(&env) != 0) return nullptr;
    int rc = mdb_env_open(env, dir, MDB_RDONLY, 0644);
    if (rc != 0) {
        mdb_env_close(env);
        return nullptr;
    }
    return env;
}

size_t countPrefix(rocksdb::DB* db, const std::string& prefix) {
    rocksdb::Iterator* it = db->NewIterator(rocksdb::ReadOptions());  // expect: session-leak
    size_t n = 0;
    for (it->Seek(prefix); it->Valid() && it->key().starts_with(prefix); it->Next()) ++n;
    if (!it->status().ok()) return 0;
    delete it;
    return n;
}

} // namespace kv

namespace legacy {

int userCount(const std::string& dsn) {
    soci::session* sql = new soci::session(dsn);  // expect: session-leak
    int n = 0;
    *sql << "select count(*) from users", soci::into(n);
    if (n < 0) {
        delete sql;
        return 0;
    }
    delete sql;
    return n;
}

std::string serverVersion(const std::string& dsn) {
    auto* conn = new pqxx::connection(dsn);  // expect: session-raw-construction
    std::string v;
    try {
        pqxx::nontransaction tx(*conn);
        v = tx.exec("SELECT version()")[0][0].as<std::string>();
    } catch (const std::exception& e) {
        logWarn(e.what());
    }
    delete conn;
    return v;
}

int groupCount(const std::string& dsn) {
    auto sql = std::make_unique<soci::session>(dsn);
    int n = 0;
    *sql << "select count(*) from groups", soci::into(n);
    if (n < 0) throw std::logic_error("negative count");
    return n;
}

} // namespace legacy
