// library: lmdb
// Key/value wallet on LMDB.
#include <lmdb.h>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wallet {

struct LmdbError : std::runtime_error {
  explicit LmdbError(int rc) : std::runtime_error(mdb_strerror(rc)), code(rc) {}
  int code;
};

#define MDB_CHECK(expr)                    \
  do {                                     \
    const int rc_ = (expr);                \
    if (rc_ != MDB_SUCCESS) throw LmdbError(rc_); \
  } while (0)

static MDB_val toVal(std::string_view s) { return MDB_val{s.size(), const_cast<char*>(s.data())}; }

class Txn {
 public:
  Txn(MDB_env* env, unsigned flags) { MDB_CHECK(mdb_txn_begin(env, nullptr, flags, &txn_)); }
  Txn(const Txn&) = delete;
  Txn& operator=(const Txn&) = delete;
  ~Txn() {
    if (txn_) mdb_txn_abort(txn_);
  }
  void commit() {
    MDB_txn* t = std::exchange(txn_, nullptr);   // commit frees the handle even when it fails
    MDB_CHECK(mdb_txn_commit(t));
  }
  MDB_txn* get() const { return txn_; }

 private:
  MDB_txn* txn_ = nullptr;
};

class Store {
 public:
  explicit Store(const std::string& path);
  ~Store() {
    if (env_) mdb_env_close(env_);
  }
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  std::optional<std::string> get(std::string_view key);
  void put(std::string_view key, std::string_view value);
  int putRaw(std::string_view key, std::string_view value);
  int rename(std::string_view from, std::string_view to);
  int drop(std::string_view key);
  std::string_view peek(std::string_view key);
  size_t countPrefix(std::string_view prefix);
  size_t countAll();
  int importPairs(const std::vector<std::pair<std::string, std::string>>& in);
  void visit(const std::function<bool(std::string_view)>& fn);
  int renewable(std::vector<std::string>& out);
  int swapKeys(std::string_view a, std::string_view b);
  void bump(std::string_view key);
  int stamp(std::string_view key);
  int prune(const std::vector<std::string>& dead);
  int nested(std::string_view key);

 private:
  MDB_env* env_ = nullptr;
  MDB_dbi dbi_ = 0;
};

static MDB_env* openEnv(const std::string& path) {
  MDB_env* env = nullptr;
  MDB_CHECK(mdb_env_create(&env));
  int rc = mdb_env_set_mapsize(env, size_t(1) << 30);
  if (rc == 0) rc = mdb_env_open(env, path.c_str(), MDB_NOSUBDIR, 0644);
  if (rc != 0) {
    mdb_env_close(env);          // required also after a failed open
    throw LmdbError(rc);
  }
  return env;
}

Store::Store(const std::string& path) : env_(openEnv(path)) {
  MDB_txn* t = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, 0, &t);
  if (rc == 0) {
    rc = mdb_dbi_open(t, nullptr, 0, &dbi_);
    if (rc == 0)
      rc = mdb_txn_commit(t);
    else
      mdb_txn_abort(t);
  }
  if (rc != 0) {
    mdb_env_close(env_);         // ~Store does not run when the constructor throws
    env_ = nullptr;
    throw LmdbError(rc);
  }
}

std::optional<std::string> Store::get(std::string_view key) {
  Txn t(env_, MDB_RDONLY);
  MDB_val k = toVal(key), v{};
  const int rc = mdb_get(t.get(), dbi_, &k, &v);
  if (rc == MDB_NOTFOUND) return std::nullopt;
  MDB_CHECK(rc);
  return std::string(static_cast<const char*>(v.mv_data), v.mv_size);   // copied inside the transaction
}

void Store::put(std::string_view key, std::string_view value) {
  Txn t(env_, 0);
  MDB_val k = toVal(key), v = toVal(value);
  MDB_CHECK(mdb_put(t.get(), dbi_, &k, &v, 0));
  t.commit();
}

int Store::putRaw(std::string_view key, std::string_view value) {
  MDB_txn* t = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, 0, &t);  // expect: session-unfinished-transaction
  if (rc) return rc;
  MDB_val k = toVal(key), v = toVal(value);
  rc = mdb_put(t, dbi_, &k, &v, MDB_NOOVERWRITE);
  if (rc == MDB_KEYEXIST) return 0;
  if (rc) {
    mdb_txn_abort(t);
    return rc;
  }
  return mdb_txn_commit(t);
}

int Store::rename(std::string_view from, std::string_view to) {
  MDB_txn* t = nullptr;
  MDB_val k = toVal(from), v{}, k2 = toVal(to);
  int rc = mdb_txn_begin(env_, nullptr, 0, &t);
  if (rc) return rc;
  std::string copy;
  if ((rc = mdb_get(t, dbi_, &k, &v))) goto fail;
  copy.assign(static_cast<const char*>(v.mv_data), v.mv_size);
  if ((rc = mdb_del(t, dbi_, &k, nullptr))) goto fail;
  v = toVal(copy);
  if ((rc = mdb_put(t, dbi_, &k2, &v, 0))) goto fail;
  rc = mdb_txn_commit(t);
  t = nullptr;                     // gone, whatever rc says
fail:
  if (t) mdb_txn_abort(t);
  return rc;
}

int Store::drop(std::string_view key) {
  MDB_txn* t = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, 0, &t);
  if (rc) return rc;
  MDB_val k = toVal(key);
  rc = mdb_del(t, dbi_, &k, nullptr);
  if (rc == 0) rc = mdb_txn_commit(t);
  if (rc != 0) mdb_txn_abort(t);  // expect: session-double-end
  return rc;
}

std::string_view Store::peek(std::string_view key) {
  MDB_txn* t = nullptr;
  MDB_CHECK(mdb_txn_begin(env_, nullptr, MDB_RDONLY, &t));
  MDB_val k = toVal(key), v{};
  std::string_view found;
  if (mdb_get(t, dbi_, &k, &v) == 0)
    found = std::string_view(static_cast<const char*>(v.mv_data), v.mv_size);
  mdb_txn_abort(t);
  return found;  // expect: session-use-after-scope
}

size_t Store::countPrefix(std::string_view prefix) {
  Txn t(env_, MDB_RDONLY);
  MDB_cursor* cur = nullptr;
  MDB_CHECK(mdb_cursor_open(t.get(), dbi_, &cur));  // expect: session-leak
  MDB_val k = toVal(prefix), v{};
  size_t n = 0;
  int rc = mdb_cursor_get(cur, &k, &v, MDB_SET_RANGE);
  while (rc == 0 && k.mv_size >= prefix.size() && !std::memcmp(k.mv_data, prefix.data(), prefix.size())) {
    ++n;
    rc = mdb_cursor_get(cur, &k, &v, MDB_NEXT);
  }
  if (rc != 0 && rc != MDB_NOTFOUND) throw LmdbError(rc);
  mdb_cursor_close(cur);
  return n;
}

size_t Store::countAll() {
  Txn t(env_, MDB_RDONLY);
  MDB_cursor* raw = nullptr;
  MDB_CHECK(mdb_cursor_open(t.get(), dbi_, &raw));
  std::unique_ptr<MDB_cursor, void (*)(MDB_cursor*)> cur(raw, mdb_cursor_close);
  MDB_val k{}, v{};
  size_t n = 0;
  int rc;
  while ((rc = mdb_cursor_get(cur.get(), &k, &v, n ? MDB_NEXT : MDB_FIRST)) == 0) ++n;
  if (rc != MDB_NOTFOUND) throw LmdbError(rc);
  return n;
}

int Store::importPairs(const std::vector<std::pair<std::string, std::string>>& in) {
  MDB_txn* t = nullptr;
  int rc = 0;
  size_t inBatch = 0;
  for (const auto& [key, value] : in) {
    if (!t && (rc = mdb_txn_begin(env_, nullptr, 0, &t)) != 0) return rc;
    MDB_val k = toVal(key), v = toVal(value);
    if ((rc = mdb_put(t, dbi_, &k, &v, 0)) != 0) break;
    if (++inBatch == 1000) {
      inBatch = 0;
      rc = mdb_txn_commit(t);
      t = nullptr;
      if (rc) return rc;
    }
  }
  if (!t) return rc;
  if (rc) {
    mdb_txn_abort(t);
    return rc;
  }
  return mdb_txn_commit(t);
}

void Store::visit(const std::function<bool(std::string_view)>& fn) {
  Txn t(env_, MDB_RDONLY);
  MDB_cursor* cur = nullptr;
  MDB_CHECK(mdb_cursor_open(t.get(), dbi_, &cur));
  struct Close {
    MDB_cursor* c;
    ~Close() { mdb_cursor_close(c); }
  } closer{cur};
  MDB_val k{}, v{};
  for (int rc = mdb_cursor_get(cur, &k, &v, MDB_FIRST);; rc = mdb_cursor_get(cur, &k, &v, MDB_NEXT)) {
    if (rc == MDB_NOTFOUND) break;
    MDB_CHECK(rc);
    if (!fn({static_cast<const char*>(k.mv_data), k.mv_size})) return;
  }
}

int Store::renewable(std::vector<std::string>& out) {
  MDB_txn* t = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, MDB_RDONLY, &t);
  if (rc) return rc;
  for (const char* key : {"seed", "label", "birthday"}) {
    MDB_val k = toVal(key), v{};
    rc = mdb_get(t, dbi_, &k, &v);
    if (rc == 0) out.emplace_back(static_cast<const char*>(v.mv_data), v.mv_size);
    mdb_txn_reset(t);                        // do not pin old pages between the keys
    if ((rc = mdb_txn_renew(t)) != 0) break;
  }
  mdb_txn_abort(t);
  return rc;
}

int Store::swapKeys(std::string_view a, std::string_view b) {
  MDB_txn* t = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, 0, &t);
  if (rc) return rc;
  MDB_val ka = toVal(a), kb = toVal(b), va{}, vb{};
  if (mdb_get(t, dbi_, &ka, &va) || mdb_get(t, dbi_, &kb, &vb)) {
    mdb_txn_abort(t);
    return MDB_NOTFOUND;
  }
  std::string sa(static_cast<char*>(va.mv_data), va.mv_size), sb(static_cast<char*>(vb.mv_data), vb.mv_size);
  va = toVal(sa), vb = toVal(sb);
  rc = mdb_put(t, dbi_, &ka, &vb, 0);
  if (!rc) rc = mdb_put(t, dbi_, &kb, &va, 0);
  if (rc) {
    mdb_txn_abort(t);
    return rc;
  }
  if ((rc = mdb_txn_commit(t))) return rc;
  return mdb_get(t, dbi_, &ka, &va);  // expect: session-use-after-scope
}

void Store::bump(std::string_view key) {
  Txn(env_, 0);  // expect: session-temporary-guard
  MDB_txn* t = nullptr;
  MDB_CHECK(mdb_txn_begin(env_, nullptr, 0, &t));
  MDB_val k = toVal(key), v{};
  int rc = mdb_get(t, dbi_, &k, &v);
  unsigned n = 0;
  if (rc == 0 && v.mv_size == sizeof n) std::memcpy(&n, v.mv_data, sizeof n);
  ++n;
  v = MDB_val{sizeof n, &n};
  rc = mdb_put(t, dbi_, &k, &v, 0);
  if (rc != 0) {
    mdb_txn_abort(t);
    throw LmdbError(rc);
  }
  MDB_CHECK(mdb_txn_commit(t));
}

int Store::stamp(std::string_view key) {
  MDB_txn* t = nullptr;
  if (int rc = mdb_txn_begin(env_, nullptr, 0, &t)) return rc;
  auto guard = std::unique_ptr<MDB_txn, void (*)(MDB_txn*)>(t, mdb_txn_abort);
  long now = 42;
  MDB_val k = toVal(key), v{sizeof now, &now};
  if (int rc = mdb_put(t, dbi_, &k, &v, 0)) return rc;
  return mdb_txn_commit(guard.release());
}

int Store::prune(const std::vector<std::string>& dead) {
  MDB_txn* t = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, 0, &t);  // expect: session-missing-rollback
  if (rc) return rc;
  for (const auto& d : dead) {
    MDB_val k = toVal(d);
    MDB_CHECK(mdb_del(t, dbi_, &k, nullptr));     // throws past the raw handle
  }
  return mdb_txn_commit(t);
}

int Store::nested(std::string_view key) {
  MDB_txn *outer = nullptr, *inner = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, 0, &outer);
  if (rc) return rc;
  MDB_val k = toVal(key), v = toVal("1"), k2 = toVal("tried");
  if ((rc = mdb_put(outer, dbi_, &k2, &v, 0)) == 0 && (rc = mdb_txn_begin(env_, outer, 0, &inner)) == 0) {
    rc = mdb_put(inner, dbi_, &k, &v, MDB_NOOVERWRITE);
    if (rc) {
      mdb_txn_abort(inner);                        // only the child; the attempt stays recorded
      rc = 0;
    } else {
      rc = mdb_txn_commit(inner);
    }
  }
  if (rc) {
    mdb_txn_abort(outer);
    return rc;
  }
  return mdb_txn_commit(outer);
}

}  // namespace wallet
