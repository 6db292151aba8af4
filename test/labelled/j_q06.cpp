// library: mariadb, lmdb
#include <lmdb.h>
#include <mysql.h>

#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace beehive {

struct ApiaryConfig {
    std::string host = "localhost";
    std::string user;
    std::string password;
    std::string schema = "apiary";
    std::string cache = "/var/lib/apiary";
    unsigned port = 3306;
};

struct Frame {
    unsigned hive = 0;
    unsigned slot = 0;
    double honey = 0;
};

void moan(const char* where, const char* what) noexcept { std::fprintf(stderr, "%s: %s\n", where, what); }

class HiveError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct CloseMy {
    void operator()(MYSQL* m) const noexcept { mysql_close(m); }
};
struct FreeRes {
    void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); }
};
struct CloseEnv {
    void operator()(MDB_env* e) const noexcept { mdb_env_close(e); }
};
struct AbortTxn {
    void operator()(MDB_txn* t) const noexcept { mdb_txn_abort(t); }
};
struct CloseCursor {
    void operator()(MDB_cursor* c) const noexcept { mdb_cursor_close(c); }
};
using My = std::unique_ptr<MYSQL, CloseMy>;
using Rows = std::unique_ptr<MYSQL_RES, FreeRes>;
using Env = std::unique_ptr<MDB_env, CloseEnv>;
using Txn = std::unique_ptr<MDB_txn, AbortTxn>;
using Cursor = std::unique_ptr<MDB_cursor, CloseCursor>;

void check(int rc, const char* where) {
    if (rc != MDB_SUCCESS)
        throw HiveError(std::string(where) + ": " + mdb_strerror(rc));
}

MDB_val asVal(std::string_view s) { return MDB_val{s.size(), const_cast<char*>(s.data())}; }

My connect(const ApiaryConfig& cfg) {
    My m(mysql_init(nullptr));
    if (!m)
        throw HiveError("mysql_init");
    if (!mysql_real_connect(m.get(), cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(), cfg.schema.c_str(),
                            cfg.port, nullptr, 0))
        throw HiveError(mysql_error(m.get()));
    return m;
}

MYSQL* connectQuiet(const ApiaryConfig& cfg) {
    MYSQL* m = mysql_init(nullptr);  // expect: session-leak
    if (!m)
        return nullptr;
    if (!mysql_real_connect(m, cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(), cfg.schema.c_str(), cfg.port,
                            nullptr, 0)) {
        moan("connect", mysql_error(m));
        return nullptr;
    }
    mysql_set_character_set(m, "utf8mb4");
    return m;
}

std::optional<My> connectAny(const std::vector<ApiaryConfig>& hosts) {
    for (const auto& cfg : hosts) {
        My m(mysql_init(nullptr));
        if (m && mysql_real_connect(m.get(), cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(),
                                    cfg.schema.c_str(), cfg.port, nullptr, 0))
            return m;
        moan("connect", m ? mysql_error(m.get()) : "out of memory");
    }
    return std::nullopt;
}

bool probe(const ApiaryConfig& cfg) {
    MYSQL* m = mysql_init(nullptr);  // expect: session-raw-construction
    if (!m)
        return false;
    bool ok = false;
    if (mysql_real_connect(m, cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(), nullptr, cfg.port, nullptr, 0)) {
        ok = mysql_ping(m) == 0;
        if (!ok)
            moan("ping", mysql_error(m));
    }
    mysql_close(m);
    return ok;
}

bool run(MYSQL* m, const std::string& sql) {
    if (mysql_real_query(m, sql.data(), sql.size()) == 0)
        return true;
    moan("query", mysql_error(m));
    return false;
}

bool moveFrame(MYSQL* m, const Frame& f, unsigned target) {
    if (!run(m, "START TRANSACTION"))
        return false;
    const std::string hive = std::to_string(f.hive), to = std::to_string(target);
    const bool ok = run(m, "DELETE FROM frame WHERE hive = " + hive + " AND slot = " + std::to_string(f.slot)) &&
                    run(m, "INSERT INTO frame(hive, slot) VALUES(" + to + ", " + std::to_string(f.slot) + ")") &&
                    mysql_commit(m) == 0;
    if (!ok)
        mysql_rollback(m);
    return ok;
}

bool harvest(MYSQL* m, unsigned hive, double kilos) {
    if (!run(m, "START TRANSACTION"))  // expect: session-unfinished-transaction
        return false;
    if (!run(m, "UPDATE hive SET honey = honey - " + std::to_string(kilos) + " WHERE id = " + std::to_string(hive))) {
        mysql_rollback(m);
        return false;
    }
    switch (mysql_affected_rows(m)) {
    case 0:
        moan("harvest", "no such hive");
        return false;
    case 1:
        break;
    default:
        mysql_rollback(m);
        return false;
    }
    if (mysql_commit(m) != 0) {
        mysql_rollback(m);
        return false;
    }
    return true;
}

class ManualCommit {
public:
    explicit ManualCommit(MYSQL* m) : m_(m) { mysql_autocommit(m_, 0); }
    ManualCommit(const ManualCommit&) = delete;
    ManualCommit& operator=(const ManualCommit&) = delete;
    ~ManualCommit() {
        mysql_rollback(m_);
        mysql_autocommit(m_, 1);
    }
    bool commit() noexcept { return mysql_commit(m_) == 0; }
private:
    MYSQL* m_;
};

bool relabelHives(MYSQL* m, const std::map<unsigned, std::string>& names) {
    ManualCommit scope(m);
    for (const auto& [id, name] : names) {
        std::string quoted(name.size() * 2 + 1, '\0');
        quoted.resize(mysql_real_escape_string(m, quoted.data(), name.data(), name.size()));
        if (!run(m, "UPDATE hive SET name = '" + quoted + "' WHERE id = " + std::to_string(id)))
            return false;
    }
    return scope.commit();
}

class EagerScope {
public:
    explicit EagerScope(MYSQL* m) : m_(m) { run(m_, "START TRANSACTION"); }
    EagerScope(const EagerScope&) = delete;
    EagerScope& operator=(const EagerScope&) = delete;
    ~EagerScope() {
        if (mysql_commit(m_) != 0)  // expect: session-commit-in-destructor
            moan("scope", mysql_error(m_));
    }
private:
    MYSQL* m_;
};

unsigned long queenCount(MYSQL* m, const std::string& breed) {
    if (!run(m, "SELECT id FROM queen WHERE breed = '" + breed + "'"))
        return 0;
    MYSQL_RES* res = mysql_store_result(m);  // expect: session-leak
    if (!res)
        return 0;
    const auto n = static_cast<unsigned long>(mysql_num_rows(res));
    if (n > 500)
        throw HiveError("too many queens of breed " + breed);
    mysql_free_result(res);
    return n;
}

std::vector<std::string> breeds(MYSQL* m) {
    std::vector<std::string> out;
    if (!run(m, "SELECT DISTINCT breed FROM queen"))
        return out;
    Rows res(mysql_store_result(m));
    if (!res)
        throw HiveError(mysql_error(m));
    while (MYSQL_ROW row = mysql_fetch_row(res.get()))
        out.emplace_back(row[0] ? row[0] : "");
    return out;
}

const char* firstBreed(MYSQL* m) {
    if (!run(m, "SELECT breed FROM queen ORDER BY id LIMIT 1"))
        return nullptr;
    Rows res(mysql_store_result(m));
    if (!res)
        return nullptr;
    MYSQL_ROW row = mysql_fetch_row(res.get());
    return row ? row[0] : nullptr;  // expect: session-use-after-scope
}

Env openCache(const ApiaryConfig& cfg) {
    MDB_env* raw = nullptr;
    check(mdb_env_create(&raw), "env_create");
    Env env(raw);
    check(mdb_env_set_maxdbs(env.get(), 8), "maxdbs");
    check(mdb_env_open(env.get(), cfg.cache.c_str(), 0, 0644), "env_open");
    return env;
}

Txn beginTxn(MDB_env* env, unsigned flags = 0, MDB_txn* parent = nullptr) {
    MDB_txn* raw = nullptr;
    check(mdb_txn_begin(env, parent, flags, &raw), "txn_begin");
    return Txn(raw);
}

void commitTxn(Txn& t) { check(mdb_txn_commit(t.release()), "commit"); }

void cacheFrame(MDB_env* env, MDB_dbi dbi, std::string_view key, const Frame& f) {
    Txn txn = beginTxn(env);
    MDB_val k = asVal(key);
    MDB_val v{sizeof f, const_cast<Frame*>(&f)};
    check(mdb_put(txn.get(), dbi, &k, &v, 0), "put");
    commitTxn(txn);
}

std::optional<Frame> cachedFrame(MDB_env* env, MDB_dbi dbi, std::string_view key) {
    Txn txn = beginTxn(env, MDB_RDONLY);
    MDB_val k = asVal(key), v{};
    if (mdb_get(txn.get(), dbi, &k, &v) != MDB_SUCCESS || v.mv_size != sizeof(Frame))
        return std::nullopt;
    Frame f;
    std::memcpy(&f, v.mv_data, sizeof f);
    return f;
}

std::string_view cachedNote(MDB_env* env, MDB_dbi dbi, std::string_view key) {
    Txn txn = beginTxn(env, MDB_RDONLY);
    MDB_val k = asVal(key), v{};
    if (mdb_get(txn.get(), dbi, &k, &v) != MDB_SUCCESS)
        return {};
    return {static_cast<const char*>(v.mv_data), v.mv_size};  // expect: session-use-after-scope
}

int dropNote(MDB_env* env, MDB_dbi dbi, std::string_view key) {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env, nullptr, 0, &txn);
    if (rc != MDB_SUCCESS)
        return rc;
    MDB_val k = asVal(key);
    rc = mdb_del(txn, dbi, &k, nullptr);
    if (rc == MDB_SUCCESS) {
        rc = mdb_txn_commit(txn);
        if (rc != MDB_SUCCESS)
            mdb_txn_abort(txn);  // expect: session-double-end
    } else {
        mdb_txn_abort(txn);
    }
    return rc;
}

void copyNotes(MDB_env* env, MDB_dbi from, MDB_dbi to) {
    Txn txn = beginTxn(env);
    {
        MDB_cursor* raw = nullptr;
        check(mdb_cursor_open(txn.get(), from, &raw), "cursor");
        Cursor cur(raw);
        MDB_val k{}, v{};
        while (mdb_cursor_get(cur.get(), &k, &v, MDB_NEXT) == MDB_SUCCESS) {
            std::string key(static_cast<const char*>(k.mv_data), k.mv_size);
            std::string text(static_cast<const char*>(v.mv_data), v.mv_size);
            MDB_val ck = asVal(key), cv = asVal(text);
            check(mdb_put(txn.get(), to, &ck, &cv, 0), "copy");
        }
    }
    commitTxn(txn);
}

bool tryMerge(MDB_env* env, MDB_txn* outer, MDB_dbi dbi, const std::map<std::string, std::string>& notes) {
    Txn child = beginTxn(env, 0, outer);
    for (const auto& [key, text] : notes) {
        MDB_val k = asVal(key), v = asVal(text);
        const int rc = mdb_put(child.get(), dbi, &k, &v, MDB_NOOVERWRITE);
        if (rc == MDB_KEYEXIST)
            return false;
        check(rc, "merge");
    }
    commitTxn(child);
    return true;
}

void touchNote(MDB_env* env, MDB_dbi dbi, const std::string& key) {
    Txn txn = beginTxn(env);
    MDB_val k = asVal(key), v{};
    const int rc = mdb_get(txn.get(), dbi, &k, &v);
    commitTxn(txn);
    if (rc == MDB_SUCCESS) {
        std::string text(static_cast<const char*>(v.mv_data), v.mv_size);  // expect: session-use-after-scope
        moan("note", text.c_str());
    }
}

void warmUp(const ApiaryConfig& cfg) {
    std::vector<std::thread> workers;
    for (const char* table : {"hive", "frame", "queen"})
        workers.emplace_back([&cfg, table] {
            My own(mysql_init(nullptr));
            if (own && mysql_real_connect(own.get(), cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(),
                                          cfg.schema.c_str(), cfg.port, nullptr, 0) &&
                run(own.get(), std::string("SELECT * FROM ") + table))
                Rows(mysql_store_result(own.get()));
        });
    for (auto& w : workers)
        w.join();
}

void logAsync(const My& m, std::string line) {
    std::thread([db = m.get(), line = std::move(line)] {  // expect: session-shared-across-threads
        run(db, "INSERT INTO log(line) VALUES('" + line + "')");
    }).detach();
    run(m.get(), "UPDATE stats SET logged = logged + 1");
}

}  // namespace beehive
