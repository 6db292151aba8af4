// library: lmdb
// Block index on LMDB.
#include <lmdb.h>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct EnvClose { void operator()(MDB_env* e) const { mdb_env_close(e); } };
struct TxnAbort { void operator()(MDB_txn* t) const { mdb_txn_abort(t); } };
struct CursorClose { void operator()(MDB_cursor* c) const { mdb_cursor_close(c); } };
using Env = std::unique_ptr<MDB_env, EnvClose>;
using Txn = std::unique_ptr<MDB_txn, TxnAbort>;
using Cursor = std::unique_ptr<MDB_cursor, CursorClose>;

static MDB_val val(std::string_view s) { return MDB_val{s.size(), const_cast<char*>(s.data())}; }

// --- environment ----------------------------------------------------------

Env openEnv(const char* dir, std::size_t mapSize) {
    MDB_env* raw = nullptr;
    if (mdb_env_create(&raw) != 0) return nullptr;
    Env env(raw);
    mdb_env_set_mapsize(raw, mapSize);
    mdb_env_set_maxdbs(raw, 4);
    if (int rc = mdb_env_open(raw, dir, 0, 0644); rc != 0) {
        std::fprintf(stderr, "lmdb: %s\n", mdb_strerror(rc));
        return nullptr;
    }
    return env;
}

MDB_env* openRaw(const char* dir) {
    MDB_env* env = nullptr;
    if (mdb_env_create(&env) != 0) return nullptr;  // expect: session-leak
    if (mdb_env_open(env, dir, MDB_RDONLY, 0644) != 0) {
        std::fprintf(stderr, "cannot open %s\n", dir);
        return nullptr;
    }
    return env;
}

long entries(const char* dir) {
    MDB_env* env = nullptr;
    if (mdb_env_create(&env) != 0) return -1;  // expect: session-raw-construction
    long n = -1;
    MDB_stat st;
    if (mdb_env_open(env, dir, MDB_RDONLY, 0644) == 0 && mdb_env_stat(env, &st) == 0)
        n = static_cast<long>(st.ms_entries);
    mdb_env_close(env);
    return n;
}

long entriesLate(Env env) {
    MDB_env* raw = env.get();
    mdb_env_sync(raw, 1);
    env.reset();
    MDB_stat st;
    if (mdb_env_stat(raw, &st) != 0) return -1;  // expect: session-use-after-scope
    return static_cast<long>(st.ms_entries);
}

// --- writing --------------------------------------------------------------

bool putBlock(MDB_env* env, MDB_dbi dbi, std::string_view key, std::string_view body) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
    MDB_val k = val(key), v = val(body);
    if (int rc = mdb_put(txn, dbi, &k, &v, 0); rc != 0) {
        std::fprintf(stderr, "put: %s\n", mdb_strerror(rc));
        mdb_txn_abort(txn);
        return false;
    }
    return mdb_txn_commit(txn) == 0;        // frees the handle either way
}

bool putUnique(MDB_env* env, MDB_dbi dbi, std::string_view key, std::string_view body) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;  // expect: session-unfinished-transaction
    MDB_val k = val(key), v = val(body);
    const int rc = mdb_put(txn, dbi, &k, &v, MDB_NOOVERWRITE);
    if (rc == MDB_KEYEXIST) return true;
    if (rc != 0) {
        mdb_txn_abort(txn);
        return false;
    }
    return mdb_txn_commit(txn) == 0;
}

bool putMany(MDB_env* env, MDB_dbi dbi, const std::vector<std::string>& keys) {
    MDB_txn* raw = nullptr;
    if (mdb_txn_begin(env, nullptr, 0, &raw) != 0) return false;
    Txn txn(raw);
    for (const auto& key : keys) {
        MDB_val k = val(key), v = val("1");
        if (mdb_put(txn.get(), dbi, &k, &v, 0) != 0) return false;   // ~Txn aborts
    }
    return mdb_txn_commit(txn.release()) == 0;
}

bool putChunks(MDB_env* env, MDB_dbi dbi, const std::vector<std::string>& keys) {
    MDB_txn* txn = nullptr;
    std::size_t inTxn = 0;
    for (const auto& key : keys) {
        if (!txn && mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
        MDB_val k = val(key), v = val("1");
        if (mdb_put(txn, dbi, &k, &v, 0) != 0) {
            mdb_txn_abort(txn);
            return false;
        }
        if (++inTxn < 500) continue;
        const int rc = mdb_txn_commit(txn);
        txn = nullptr;
        inTxn = 0;
        if (rc != 0) return false;
    }
    return !txn || mdb_txn_commit(txn) == 0;
}

bool abortAfterCommit(MDB_env* env, MDB_dbi dbi, std::string_view key) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
    MDB_val k = val(key);
    int rc = mdb_del(txn, dbi, &k, nullptr);
    if (rc == 0 || rc == MDB_NOTFOUND) {
        rc = mdb_txn_commit(txn);
        if (rc == 0) return true;
        std::fprintf(stderr, "commit: %s\n", mdb_strerror(rc));
    }
    mdb_txn_abort(txn);  // expect: session-double-end
    return false;
}

bool eraseRange(MDB_env* env, MDB_dbi dbi, std::string_view from) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
    MDB_cursor* cur = nullptr;
    int rc = mdb_cursor_open(txn, dbi, &cur);
    if (rc != 0) {
        mdb_txn_abort(txn);
        return false;
    }
    MDB_val k = val(from), v;
    for (rc = mdb_cursor_get(cur, &k, &v, MDB_SET_RANGE); rc == 0; rc = mdb_cursor_get(cur, &k, &v, MDB_NEXT))
        if ((rc = mdb_cursor_del(cur, 0)) != 0) break;
    mdb_cursor_close(cur);
    if (rc == MDB_NOTFOUND) return mdb_txn_commit(txn) == 0;
    mdb_txn_abort(txn);
    return false;
}

bool twoWriters(MDB_env* env, MDB_dbi a, std::string_view key) {
    MDB_txn* first = nullptr;
    if (mdb_txn_begin(env, nullptr, 0, &first) != 0) return false;
    MDB_val k = val(key), v = val("1");
    if (mdb_put(first, a, &k, &v, 0) != 0) {
        mdb_txn_abort(first);
        return false;
    }
    MDB_txn* second = nullptr;
    if (mdb_txn_begin(env, nullptr, 0, &second) != 0) {  // expect: session-nested-begin
        mdb_txn_abort(first);
        return false;
    }
    const bool ok = mdb_put(second, a, &v, &k, 0) == 0;
    if (ok) mdb_txn_commit(second); else mdb_txn_abort(second);
    return mdb_txn_commit(first) == 0 && ok;
}

bool childWriter(MDB_env* env, MDB_dbi a, std::string_view key) {
    MDB_txn* parent = nullptr;
    if (mdb_txn_begin(env, nullptr, 0, &parent) != 0) return false;
    MDB_txn* child = nullptr;
    if (mdb_txn_begin(env, parent, 0, &child) != 0) {
        mdb_txn_abort(parent);
        return false;
    }
    MDB_val k = val(key), v = val("1");
    if (mdb_put(child, a, &k, &v, 0) != 0)
        mdb_txn_abort(child);               // only the child's writes are lost
    else if (mdb_txn_commit(child) != 0) {
        mdb_txn_abort(parent);
        return false;
    }
    return mdb_txn_commit(parent) == 0;
}

bool throwingWriter(MDB_env* env, MDB_dbi dbi, const std::string& key) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;  // expect: session-missing-rollback
    if (key.empty()) throw std::invalid_argument("empty key");
    MDB_val k = val(key), v = val("x");
    if (mdb_put(txn, dbi, &k, &v, 0) != 0) {
        mdb_txn_abort(txn);
        return false;
    }
    return mdb_txn_commit(txn) == 0;
}

// --- reading --------------------------------------------------------------

std::string readBlock(MDB_env* env, MDB_dbi dbi, std::string_view key) {
    std::string out;
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return out;
    MDB_val k = val(key), v;
    if (mdb_get(txn, dbi, &k, &v) == 0) out.assign(static_cast<const char*>(v.mv_data), v.mv_size);
    mdb_txn_abort(txn);                     // read only: abort is the usual end
    return out;
}

std::string_view viewBlock(MDB_env* env, MDB_dbi dbi, std::string_view key) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return {};
    MDB_val k = val(key), v{0, nullptr};
    const int rc = mdb_get(txn, dbi, &k, &v);
    mdb_txn_abort(txn);
    if (rc != 0) return {};
    return {static_cast<const char*>(v.mv_data), v.mv_size};  // expect: session-use-after-scope
}

int scan(MDB_env* env, MDB_dbi dbi) {
    MDB_txn* raw = nullptr;
    if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &raw) != 0) return -1;
    Txn txn(raw);
    MDB_cursor* cur = nullptr;
    if (mdb_cursor_open(raw, dbi, &cur) != 0) return -1;
    Cursor guard(cur);
    int n = 0, rc;
    MDB_val k, v;
    while ((rc = mdb_cursor_get(cur, &k, &v, MDB_NEXT)) == 0) ++n;
    return rc == MDB_NOTFOUND ? n : -1;
}

int scanLeaky(MDB_env* env, MDB_dbi dbi) {
    MDB_txn* raw = nullptr;
    if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &raw) != 0) return -1;
    Txn txn(raw);
    MDB_cursor* cur = nullptr;
    if (mdb_cursor_open(raw, dbi, &cur) != 0) return -1;  // expect: session-leak
    MDB_val k, v;
    if (mdb_cursor_get(cur, &k, &v, MDB_FIRST) != 0) return 0;
    int n = 1;
    while (mdb_cursor_get(cur, &k, &v, MDB_NEXT) == 0) ++n;
    mdb_cursor_close(cur);
    return n;
}

class Snapshot {
public:
    explicit Snapshot(MDB_env* env) {
        if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn_) != 0) throw std::runtime_error("snapshot");
    }
    ~Snapshot() { mdb_txn_abort(txn_); }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    void refresh() {
        mdb_txn_reset(txn_);
        if (mdb_txn_renew(txn_) != 0) throw std::runtime_error("renew");
    }
    bool has(MDB_dbi dbi, std::string_view key) const {
        MDB_val k = val(key), v;
        return mdb_get(txn_, dbi, &k, &v) == 0;
    }

private:
    MDB_txn* txn_ = nullptr;
};

bool known(MDB_env* env, MDB_dbi dbi, const std::vector<std::string>& keys) {
    Snapshot snap(env);
    for (const auto& k : keys) {
        if (!snap.has(dbi, k)) return false;
    }
    return true;
}
