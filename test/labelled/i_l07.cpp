// library: lmdb
// hoard, key/value cache daemon on LMDB
#include <lmdb.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
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

#define HOARD_TRY(expr)                                                      \
  do {                                                                       \
    if (int rc_ = (expr); rc_ != MDB_SUCCESS) {                              \
      std::fprintf(stderr, "hoard:%d: %s\n", __LINE__, mdb_strerror(rc_));   \
      return rc_;                                                            \
    }                                                                        \
  } while (0)

namespace hoard {

struct Options {
  std::string dir;
  size_t mapSize = size_t{1} << 30;
  unsigned maxDbs = 4;
};

struct EnvClose {
  void operator()(MDB_env* e) const noexcept { mdb_env_close(e); }
};
using Env = std::unique_ptr<MDB_env, EnvClose>;

struct TxnAbort {
  void operator()(MDB_txn* t) const noexcept { mdb_txn_abort(t); }
};
using Txn = std::unique_ptr<MDB_txn, TxnAbort>;

struct CursorClose {
  void operator()(MDB_cursor* c) const noexcept { mdb_cursor_close(c); }
};
using Cursor = std::unique_ptr<MDB_cursor, CursorClose>;

static MDB_val val(std::string_view s) noexcept { return MDB_val{s.size(), const_cast<char*>(s.data())}; }
static std::string_view view(const MDB_val& v) noexcept { return {static_cast<const char*>(v.mv_data), v.mv_size}; }

Env openEnv(const Options& o) {
  MDB_env* raw = nullptr;
  if (mdb_env_create(&raw) != MDB_SUCCESS) return nullptr;
  Env env(raw);
  mdb_env_set_mapsize(raw, o.mapSize);
  mdb_env_set_maxdbs(raw, o.maxDbs);
  if (int rc = mdb_env_open(raw, o.dir.c_str(), MDB_NOTLS, 0644); rc != MDB_SUCCESS) {
    std::fprintf(stderr, "open %s: %s\n", o.dir.c_str(), mdb_strerror(rc));
    return nullptr;
  }
  return env;
}

int openReadOnly(const char* dir, MDB_env** out) {
  MDB_env* env = nullptr;
  HOARD_TRY(mdb_env_create(&env));  // expect: session-leak
  mdb_env_set_maxreaders(env, 8);
  HOARD_TRY(mdb_env_open(env, dir, MDB_RDONLY, 0));
  *out = env;
  return MDB_SUCCESS;
}

int printStat(const char* dir) {
  MDB_env* env = nullptr;
  int rc = mdb_env_create(&env);  // expect: session-raw-construction
  if (rc != MDB_SUCCESS) return rc;
  MDB_stat st;
  std::memset(&st, 0, sizeof st);
  if ((rc = mdb_env_open(env, dir, MDB_RDONLY, 0)) == MDB_SUCCESS && (rc = mdb_env_stat(env, &st)) == MDB_SUCCESS)
    std::printf("%zu entries, depth %u\n", st.ms_entries, st.ms_depth);
  mdb_env_close(env);
  return rc;
}

std::optional<std::string> get(MDB_env* env, MDB_dbi dbi, std::string_view key) {
  MDB_txn* raw = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &raw) != MDB_SUCCESS) return std::nullopt;
  Txn txn(raw);
  MDB_val k = val(key), v;
  if (mdb_get(raw, dbi, &k, &v) != MDB_SUCCESS) return std::nullopt;
  return std::string(view(v));
}

std::string_view peek(MDB_env* env, MDB_dbi dbi, std::string_view key) {
  MDB_txn* raw = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &raw) != MDB_SUCCESS) return {};
  Txn txn(raw);
  MDB_val k = val(key), v;
  if (mdb_get(raw, dbi, &k, &v) != MDB_SUCCESS) return {};
  return view(v);  // expect: session-use-after-scope
}

int put(MDB_env* env, MDB_dbi dbi, std::string_view key, std::string_view data) {
  MDB_txn* raw = nullptr;
  HOARD_TRY(mdb_txn_begin(env, nullptr, 0, &raw));
  Txn txn(raw);
  MDB_val k = val(key), v = val(data);
  HOARD_TRY(mdb_put(raw, dbi, &k, &v, 0));
  return mdb_txn_commit(txn.release());
}

int putIfAbsent(MDB_env* env, MDB_dbi dbi, std::string_view key, std::string_view data) {
  MDB_txn* txn = nullptr;
  HOARD_TRY(mdb_txn_begin(env, nullptr, 0, &txn));  // expect: session-unfinished-transaction
  MDB_val k = val(key), v = val(data);
  int rc = mdb_put(txn, dbi, &k, &v, MDB_NOOVERWRITE);
  if (rc == MDB_KEYEXIST) return MDB_SUCCESS;
  if (rc != MDB_SUCCESS) {
    mdb_txn_abort(txn);
    return rc;
  }
  return mdb_txn_commit(txn);
}

int increment(MDB_env* env, MDB_dbi dbi, std::string_view key, long by) {
  MDB_txn* txn = nullptr;
  long now = by;
  MDB_val k = val(key), v;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != MDB_SUCCESS) return rc;
  rc = mdb_get(txn, dbi, &k, &v);
  if (rc != MDB_SUCCESS && rc != MDB_NOTFOUND) goto fail;
  if (rc == MDB_SUCCESS && v.mv_size == sizeof now) {
    std::memcpy(&now, v.mv_data, sizeof now);
    now += by;
  }
  v.mv_size = sizeof now;
  v.mv_data = &now;
  if ((rc = mdb_put(txn, dbi, &k, &v, 0)) != MDB_SUCCESS) goto fail;
  return mdb_txn_commit(txn);
fail:
  mdb_txn_abort(txn);
  return rc;
}

int touch(MDB_env* env, MDB_dbi dbi, const std::vector<std::string>& keys) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != MDB_SUCCESS) return rc;
  for (const auto& key : keys) {
    MDB_val k = val(key), v = val("1");
    if ((rc = mdb_put(txn, dbi, &k, &v, 0)) != MDB_SUCCESS) break;
  }
  if (rc == MDB_SUCCESS) rc = mdb_txn_commit(txn);
  if (rc != MDB_SUCCESS) mdb_txn_abort(txn);  // expect: session-double-end
  return rc;
}

int eraseAll(MDB_env* env, MDB_dbi dbi, const std::vector<std::string>& keys) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != MDB_SUCCESS) return rc;
  for (const auto& key : keys) {
    MDB_val k = val(key);
    rc = mdb_del(txn, dbi, &k, nullptr);
    if (rc == MDB_NOTFOUND) rc = MDB_SUCCESS;
    if (rc != MDB_SUCCESS) break;
  }
  if (rc == MDB_SUCCESS) {
    rc = mdb_txn_commit(txn);
  } else {
    mdb_txn_abort(txn);
  }
  return rc;
}

int forEach(MDB_env* env, MDB_dbi dbi, const std::function<bool(std::string_view, std::string_view)>& fn) {
  MDB_txn* rawTxn = nullptr;
  HOARD_TRY(mdb_txn_begin(env, nullptr, MDB_RDONLY, &rawTxn));
  Txn txn(rawTxn);
  MDB_cursor* rawCur = nullptr;
  HOARD_TRY(mdb_cursor_open(rawTxn, dbi, &rawCur));
  Cursor cur(rawCur);
  MDB_val k, v;
  int rc;
  while ((rc = mdb_cursor_get(rawCur, &k, &v, MDB_NEXT)) == MDB_SUCCESS) {
    if (!fn(view(k), view(v))) return MDB_SUCCESS;
  }
  return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

int countPrefix(MDB_env* env, MDB_dbi dbi, std::string_view prefix) {
  MDB_txn* txn = nullptr;
  MDB_cursor* cur = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != MDB_SUCCESS) return -1;
  int n = 0;
  if (mdb_cursor_open(txn, dbi, &cur) == MDB_SUCCESS) {
    MDB_val k = val(prefix), v;
    for (int rc = mdb_cursor_get(cur, &k, &v, MDB_SET_RANGE); rc == MDB_SUCCESS && view(k).substr(0, prefix.size()) == prefix;
         rc = mdb_cursor_get(cur, &k, &v, MDB_NEXT))
      ++n;
    mdb_cursor_close(cur);
  }
  mdb_txn_abort(txn);
  return n;
}

int firstKey(MDB_env* env, MDB_dbi dbi, std::string& out) {
  MDB_txn* txn = nullptr;
  MDB_cursor* cur = nullptr;
  HOARD_TRY(mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn));
  int rc = mdb_cursor_open(txn, dbi, &cur);
  MDB_val k{0, nullptr}, v;
  if (rc == MDB_SUCCESS) {
    rc = mdb_cursor_get(cur, &k, &v, MDB_FIRST);
    mdb_cursor_close(cur);
  }
  mdb_txn_abort(txn);
  if (rc == MDB_SUCCESS) out.assign(static_cast<const char*>(k.mv_data), k.mv_size);  // waits: session-use-after-scope
  return rc;
}

int sweepExpired(MDB_env* env, MDB_dbi dbi, long now) {
  MDB_txn* txn = nullptr;
  MDB_cursor* cur = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != MDB_SUCCESS) return rc;
  if ((rc = mdb_cursor_open(txn, dbi, &cur)) != MDB_SUCCESS) {
    mdb_txn_abort(txn);
    return rc;
  }
  MDB_val k, v;
  while ((rc = mdb_cursor_get(cur, &k, &v, MDB_NEXT)) == MDB_SUCCESS) {
    long until = 0;
    if (v.mv_size == sizeof until) std::memcpy(&until, v.mv_data, sizeof until);
    if (until >= now) continue;
    if ((rc = mdb_cursor_del(cur, 0)) != MDB_SUCCESS) break;
  }
  mdb_cursor_close(cur);
  if (rc != MDB_NOTFOUND) {
    mdb_txn_abort(txn);
    return rc;
  }
  return mdb_txn_commit(txn);
}

int loadChunks(MDB_env* env, MDB_dbi dbi, const std::vector<std::pair<std::string, std::string>>& rows, size_t chunk) {
  Txn txn;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!txn) {
      MDB_txn* raw = nullptr;
      HOARD_TRY(mdb_txn_begin(env, nullptr, 0, &raw));
      txn.reset(raw);
    }
    MDB_val k = val(rows[i].first), v = val(rows[i].second);
    HOARD_TRY(mdb_put(txn.get(), dbi, &k, &v, 0));
    if ((i + 1) % chunk == 0) HOARD_TRY(mdb_txn_commit(txn.release()));
  }
  return txn ? mdb_txn_commit(txn.release()) : MDB_SUCCESS;
}

int tryNested(MDB_env* env, MDB_dbi dbi, const std::vector<std::string>& keys) {
  MDB_txn* outer = nullptr;
  HOARD_TRY(mdb_txn_begin(env, nullptr, 0, &outer));
  Txn guard(outer);
  for (const auto& key : keys) {
    MDB_txn* inner = nullptr;
    HOARD_TRY(mdb_txn_begin(env, outer, 0, &inner));
    MDB_val k = val(key), v = val("x");
    if (mdb_put(inner, dbi, &k, &v, MDB_NOOVERWRITE) == MDB_SUCCESS) {
      HOARD_TRY(mdb_txn_commit(inner));
    } else {
      mdb_txn_abort(inner);
    }
  }
  return mdb_txn_commit(guard.release());
}

class Reader {
 public:
  explicit Reader(MDB_env* env) {
    if (int rc = mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn_); rc != MDB_SUCCESS) throw std::runtime_error(mdb_strerror(rc));
    mdb_txn_reset(txn_);
  }
  ~Reader() { mdb_txn_abort(txn_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  std::optional<std::string> lookup(MDB_dbi dbi, std::string_view key) {
    if (mdb_txn_renew(txn_) != MDB_SUCCESS) return std::nullopt;
    std::optional<std::string> out;
    MDB_val k = val(key), v;
    if (mdb_get(txn_, dbi, &k, &v) == MDB_SUCCESS) out.emplace(view(v));
    mdb_txn_reset(txn_);
    return out;
  }

 private:
  MDB_txn* txn_ = nullptr;
};

class Batch {
 public:
  Batch(MDB_env* env, MDB_dbi dbi) : dbi_(dbi) {
    if (mdb_txn_begin(env, nullptr, 0, &txn_) != MDB_SUCCESS) throw std::runtime_error("batch");
  }
  ~Batch() {
    if (txn_) mdb_txn_commit(txn_);  // expect: session-commit-in-destructor
  }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  void add(std::string_view key, std::string_view data) {
    MDB_val k = val(key), v = val(data);
    if (int rc = mdb_put(txn_, dbi_, &k, &v, 0); rc != MDB_SUCCESS) throw std::runtime_error(mdb_strerror(rc));
  }

 private:
  MDB_txn* txn_ = nullptr;
  MDB_dbi dbi_;
};

int openDbi(MDB_env* env, const char* name, MDB_dbi* dbi) {
  MDB_txn* txn = nullptr;
  HOARD_TRY(mdb_txn_begin(env, nullptr, 0, &txn));
  int rc = mdb_dbi_open(txn, name, MDB_CREATE, dbi);
  if (rc == MDB_SUCCESS) return mdb_txn_commit(txn);
  mdb_txn_abort(txn);
  return rc;
}

void serve(MDB_env* env, MDB_dbi dbi, int threads) {
  std::vector<std::thread> ts;
  std::atomic<int> hits{0};
  for (int i = 0; i < threads; ++i) {
    ts.emplace_back([env, dbi, i, &hits] {
      try {
        Reader r(env);
        if (r.lookup(dbi, "key" + std::to_string(i))) ++hits;
      } catch (const std::exception& e) {
        std::fprintf(stderr, "reader %d: %s\n", i, e.what());
      }
    });
  }
  for (auto& t : ts) t.join();
  std::printf("%d hits\n", hits.load());
}

}  // namespace hoard

int main(int argc, char** argv) {
  hoard::Options o;
  if (argc > 1) o.dir = argv[1];
  auto env = hoard::openEnv(o);
  MDB_dbi dbi;
  if (!env || hoard::openDbi(env.get(), nullptr, &dbi) != MDB_SUCCESS) return 1;
  hoard::serve(env.get(), dbi, 4);
  return 0;
}
