// library: lmdb
#include <lmdb.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace tilecache {

struct EnvClose {
    void operator()(MDB_env* e) const noexcept { mdb_env_close(e); }
};
struct TxnAbort {
    void operator()(MDB_txn* t) const noexcept { mdb_txn_abort(t); }
};
struct CursorClose {
    void operator()(MDB_cursor* c) const noexcept { mdb_cursor_close(c); }
};
using Env = std::unique_ptr<MDB_env, EnvClose>;
using Txn = std::unique_ptr<MDB_txn, TxnAbort>;
using Cursor = std::unique_ptr<MDB_cursor, CursorClose>;

struct CacheConfig {
    std::string dir;
    std::size_t bytes = std::size_t{1} << 30;
    unsigned readers = 64;
};

struct Tile {
    std::string key;
    std::string png;
};

static void report(const char* where, int rc) noexcept {
    std::fprintf(stderr, "%s: %s\n", where, mdb_strerror(rc));
}

static MDB_val view(std::string_view s) noexcept {
    return MDB_val{s.size(), const_cast<char*>(s.data())};
}

static Txn begin(MDB_env* env, unsigned flags = 0, MDB_txn* parent = nullptr) {
    MDB_txn* raw = nullptr;
    if (const int rc = mdb_txn_begin(env, parent, flags, &raw); rc != 0) {
        report("begin", rc);
        return nullptr;
    }
    return Txn(raw);
}

static bool commit(Txn txn) {
    const int rc = mdb_txn_commit(txn.release());
    if (rc != 0)
        report("commit", rc);
    return rc == 0;
}

Env open_cache(const CacheConfig& cfg) {
    MDB_env* raw = nullptr;
    if (mdb_env_create(&raw) != 0)
        return nullptr;
    Env env(raw);
    mdb_env_set_mapsize(raw, cfg.bytes);
    mdb_env_set_maxreaders(raw, cfg.readers);
    if (const int rc = mdb_env_open(raw, cfg.dir.c_str(), MDB_NOSUBDIR, 0640); rc != 0) {
        report("open", rc);
        return nullptr;
    }
    return env;
}

bool cache_exists(const CacheConfig& cfg) {
    MDB_env* env = nullptr;
    if (mdb_env_create(&env) != 0)  // expect: session-leak
        return false;
    if (const int rc = mdb_env_open(env, cfg.dir.c_str(), MDB_RDONLY | MDB_NOSUBDIR, 0640); rc != 0) {
        report("exists", rc);
        return false;
    }
    mdb_env_close(env);
    return true;
}

std::size_t page_size(const CacheConfig& cfg) {
    MDB_env* env = nullptr;
    if (mdb_env_create(&env) != 0)  // expect: session-raw-construction
        return 0;
    std::size_t size = 0;
    MDB_stat st{};
    if (mdb_env_open(env, cfg.dir.c_str(), MDB_RDONLY | MDB_NOSUBDIR, 0640) == 0 && mdb_env_stat(env, &st) == 0)
        size = st.ms_psize;
    mdb_env_close(env);
    return size;
}

bool put_tile(MDB_env* env, MDB_dbi dbi, const Tile& t) {
    Txn txn = begin(env);
    if (!txn)
        return false;
    MDB_val k = view(t.key);
    MDB_val v = view(t.png);
    if (const int rc = mdb_put(txn.get(), dbi, &k, &v, 0); rc != 0) {
        report("put", rc);
        return false;
    }
    return commit(std::move(txn));
}

std::optional<std::string> get_tile(MDB_env* env, MDB_dbi dbi, std::string_view key) {
    Txn txn = begin(env, MDB_RDONLY);
    if (!txn)
        return std::nullopt;
    MDB_val k = view(key);
    MDB_val v{};
    if (mdb_get(txn.get(), dbi, &k, &v) != 0)
        return std::nullopt;
    return std::string(static_cast<const char*>(v.mv_data), v.mv_size);
}

std::string_view peek_tile(MDB_env* env, MDB_dbi dbi, std::string_view key) {
    MDB_val k = view(key);
    MDB_val v{};
    {
        Txn txn = begin(env, MDB_RDONLY);
        if (!txn || mdb_get(txn.get(), dbi, &k, &v) != 0)
            return {};
    }
    return {static_cast<const char*>(v.mv_data), v.mv_size};  // expect: session-use-after-scope
}

bool drop_tile(MDB_env* env, MDB_dbi dbi, std::string_view key) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, 0, &txn) != 0)  // expect: session-unfinished-transaction
        return false;
    MDB_val k = view(key);
    const int rc = mdb_del(txn, dbi, &k, nullptr);
    if (rc == MDB_NOTFOUND)
        return true;
    if (rc != 0) {
        report("del", rc);
        mdb_txn_abort(txn);
        return false;
    }
    return mdb_txn_commit(txn) == 0;
}

bool bump_hits(MDB_env* env, MDB_dbi dbi, std::string_view key) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, 0, &txn) != 0)
        return false;
    MDB_val k = view(key);
    MDB_val v{};
    std::uint64_t n = 0;
    if (mdb_get(txn, dbi, &k, &v) == 0 && v.mv_size == sizeof n)
        std::memcpy(&n, v.mv_data, sizeof n);
    ++n;
    v = MDB_val{sizeof n, &n};
    if (mdb_put(txn, dbi, &k, &v, 0) != 0) {
        mdb_txn_abort(txn);
        return false;
    }
    return mdb_txn_commit(txn) == 0;
}

bool store_meta(MDB_env* env, MDB_dbi dbi, std::string_view key, std::string_view value) {
    Txn txn = begin(env);
    if (!txn)
        return false;
    MDB_val k = view(key);
    MDB_val v = view(value);
    if (mdb_put(txn.get(), dbi, &k, &v, MDB_NOOVERWRITE) == MDB_KEYEXIST) {
        report("meta", MDB_KEYEXIST);
        return false;
    }
    MDB_txn* raw = txn.release();
    const int rc = mdb_txn_commit(raw);
    if (rc != 0) {
        report("commit", rc);
        mdb_txn_abort(raw);  // expect: session-double-end
        return false;
    }
    return true;
}

std::size_t put_many(MDB_env* env, MDB_dbi dbi, const std::vector<Tile>& tiles) {
    Txn outer = begin(env);
    if (!outer)
        return 0;
    std::size_t n = 0;
    for (const Tile& t : tiles) {
        Txn child = begin(env, 0, outer.get());
        if (!child)
            continue;
        MDB_val k = view(t.key);
        MDB_val v = view(t.png);
        if (mdb_put(child.get(), dbi, &k, &v, 0) != 0)
            continue;
        if (commit(std::move(child)))
            ++n;
    }
    return commit(std::move(outer)) ? n : 0;
}

bool rename_tile(MDB_env* env, MDB_dbi dbi, std::string_view from, std::string_view to) {
    Txn txn = begin(env);
    if (!txn)
        return false;
    MDB_val k = view(from);
    MDB_val v{};
    if (mdb_get(txn.get(), dbi, &k, &v) != 0)
        return false;
    const std::string copy(static_cast<const char*>(v.mv_data), v.mv_size);
    Txn second = begin(env);  // expect: session-nested-begin
    if (!second)
        return false;
    MDB_val nk = view(to);
    MDB_val nv = view(copy);
    if (mdb_put(second.get(), dbi, &nk, &nv, 0) != 0 || mdb_del(txn.get(), dbi, &k, nullptr) != 0)
        return false;
    return commit(std::move(second)) && commit(std::move(txn));
}

std::vector<std::string> keys_with(MDB_env* env, MDB_dbi dbi, std::string_view prefix) {
    std::vector<std::string> out;
    Txn txn = begin(env, MDB_RDONLY);
    if (!txn)
        return out;
    MDB_cursor* raw = nullptr;
    if (mdb_cursor_open(txn.get(), dbi, &raw) != 0)
        return out;
    const Cursor cur(raw);
    MDB_val k = view(prefix);
    MDB_val v{};
    for (int rc = mdb_cursor_get(raw, &k, &v, MDB_SET_RANGE); rc == 0; rc = mdb_cursor_get(raw, &k, &v, MDB_NEXT)) {
        const std::string_view key(static_cast<const char*>(k.mv_data), k.mv_size);
        if (key.substr(0, prefix.size()) != prefix)
            break;
        out.emplace_back(key);
    }
    return out;
}

std::size_t count_level(MDB_env* env, MDB_dbi dbi, char level) {
    Txn txn = begin(env, MDB_RDONLY);
    if (!txn)
        return 0;
    MDB_cursor* cur = nullptr;
    if (mdb_cursor_open(txn.get(), dbi, &cur) != 0)  // expect: session-leak
        return 0;
    MDB_val k{}, v{};
    std::size_t n = 0;
    while (mdb_cursor_get(cur, &k, &v, MDB_NEXT) == 0) {
        if (k.mv_size == 0)
            return n;
        if (*static_cast<const char*>(k.mv_data) == level)
            ++n;
    }
    mdb_cursor_close(cur);
    return n;
}

bool expire(MDB_env* env, MDB_dbi dbi, const std::vector<std::string>& keys) {
    constexpr std::size_t kRound = 1000;
    for (std::size_t i = 0; i < keys.size();) {
        Txn txn = begin(env);
        if (!txn)
            return false;
        for (const std::size_t end = std::min(keys.size(), i + kRound); i < end; ++i) {
            MDB_val k = view(keys[i]);
            if (const int rc = mdb_del(txn.get(), dbi, &k, nullptr); rc != 0 && rc != MDB_NOTFOUND) {
                report("expire", rc);
                return false;
            }
        }
        if (!commit(std::move(txn)))
            return false;
    }
    return true;
}

bool invalidate(MDB_env* env, MDB_dbi tiles, MDB_dbi index, std::string_view key) {
    MDB_val k = view(key);
    Txn first = begin(env);
    if (!first || mdb_del(first.get(), tiles, &k, nullptr) != 0)
        return false;
    if (!commit(std::move(first)))
        return false;
    Txn second = begin(env);
    if (!second || mdb_del(second.get(), index, &k, nullptr) != 0)
        return false;
    return commit(std::move(second));  // expect: session-multiple-commits
}

bool clear(MDB_env* env, MDB_dbi dbi) {
    Txn txn = begin(env);  // expect: session-unfinished-transaction
    if (!txn)
        return false;
    const int rc = mdb_drop(txn.get(), dbi, 0);
    if (rc != 0)
        report("drop", rc);
    return rc == 0;
}

class Snapshot {
public:
    explicit Snapshot(MDB_env* env) {
        if (const int rc = mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn_); rc != 0)
            throw std::runtime_error(mdb_strerror(rc));
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot() { mdb_txn_abort(txn_); }

    void refresh() {
        mdb_txn_reset(txn_);
        if (const int rc = mdb_txn_renew(txn_); rc != 0)
            throw std::runtime_error(mdb_strerror(rc));
    }

    std::optional<std::size_t> size_of(MDB_dbi dbi, std::string_view key) const {
        MDB_val k = view(key);
        MDB_val v{};
        if (mdb_get(txn_, dbi, &k, &v) != 0)
            return std::nullopt;
        return v.mv_size;
    }

private:
    MDB_txn* txn_ = nullptr;
};

std::size_t total_size(MDB_env* env, MDB_dbi dbi, const std::vector<std::string>& keys) {
    Snapshot snap(env);
    std::size_t sum = 0;
    for (const auto& k : keys)
        sum += snap.size_of(dbi, k).value_or(0);
    return sum;
}

bool prefetch(MDB_env* env, MDB_dbi dbi, const std::vector<Tile>& tiles) {
    Txn txn = begin(env);
    if (!txn)
        return false;
    std::thread filler([&tiles, dbi, t = txn.get()] {  // expect: session-shared-across-threads
        for (const Tile& tile : tiles) {
            MDB_val k = view(tile.key);
            MDB_val v = view(tile.png);
            mdb_put(t, dbi, &k, &v, MDB_NOOVERWRITE);
        }
    });
    MDB_val k = view("prefetched");
    MDB_val v = view("1");
    const int rc = mdb_put(txn.get(), dbi, &k, &v, 0);
    filler.join();
    return rc == 0 && commit(std::move(txn));
}

void warm(MDB_env* env, MDB_dbi dbi, const std::vector<std::string>& keys) {
    std::thread reader([env, dbi, &keys] {
        for (const auto& k : keys)
            if (const auto tile = get_tile(env, dbi, k); tile && tile->empty())
                report("empty tile", 0);
    });
    reader.join();
}

bool copy_tile(MDB_env* from, MDB_env* to, MDB_dbi src, MDB_dbi dst, std::string_view key) {
    Txn in = begin(from, MDB_RDONLY);
    Txn out = begin(to);
    if (!in || !out)
        return false;
    MDB_val k = view(key);
    MDB_val v{};
    if (mdb_get(in.get(), src, &k, &v) != 0 || mdb_put(out.get(), dst, &k, &v, 0) != 0)
        return false;
    return commit(std::move(out));
}

}  // namespace tilecache
