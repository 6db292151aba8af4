// library: lmdb
#include <lmdb.h>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace kv {

struct CloseEnv {
  void operator()(MDB_env* e) const noexcept { mdb_env_close(e); }
};
struct AbortTxn {
  void operator()(MDB_txn* t) const noexcept { mdb_txn_abort(t); }
};
struct CloseCursor {
  void operator()(MDB_cursor* c) const noexcept { mdb_cursor_close(c); }
};
using Env = std::unique_ptr<MDB_env, CloseEnv>;
using TxnPtr = std::unique_ptr<MDB_txn, AbortTxn>;
using Cursor = std::unique_ptr<MDB_cursor, CloseCursor>;

MDB_val val(std::string_view s) noexcept { return {s.size(), const_cast<char*>(s.data())}; }
std::string str(const MDB_val& v) { return {static_cast<const char*>(v.mv_data), v.mv_size}; }

// 1: a failed open must be closed too; the owner does so
Env open(const char* path) {
  MDB_env* raw = nullptr;
  if (mdb_env_create(&raw) != 0) return nullptr;
  Env e(raw);
  mdb_env_set_maxdbs(raw, 8);
  if (mdb_env_open(raw, path, MDB_NOSUBDIR, 0644) != 0) return nullptr;
  return e;
}

// 2: by hand, abort on each error; commit frees also when it fails
int put(MDB_env* env, MDB_dbi dbi, std::string_view k, std::string_view v) {
  MDB_txn* t = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &t);
  if (rc) return rc;
  MDB_val key = val(k), data = val(v);
  rc = mdb_put(t, dbi, &key, &data, 0);
  if (rc) {
    mdb_txn_abort(t);
    return rc;
  }
  return mdb_txn_commit(t);
}

// 3: release into the commit
int putOwned(MDB_env* env, MDB_dbi dbi, std::string_view k, std::string_view v) {
  MDB_txn* raw = nullptr;
  if (int rc = mdb_txn_begin(env, nullptr, 0, &raw)) return rc;
  TxnPtr t(raw);
  MDB_val key = val(k), data = val(v);
  if (int rc = mdb_put(t.get(), dbi, &key, &data, MDB_NOOVERWRITE)) return rc;
  return mdb_txn_commit(t.release());
}

// 4: read-only transaction is aborted as its normal end
std::optional<std::string> get(MDB_env* env, MDB_dbi dbi, std::string_view k) {
  MDB_txn* t = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &t)) return std::nullopt;
  MDB_val key = val(k), data;
  std::optional<std::string> out;
  if (mdb_get(t, dbi, &key, &data) == 0) out = str(data);
  mdb_txn_abort(t);
  return out;
}

// 5: the view outlives the transaction
std::string_view getView(MDB_env* env, MDB_dbi dbi, std::string_view k) {
  MDB_txn* t = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &t)) return {};
  MDB_val key = val(k), data{0, nullptr};
  int rc = mdb_get(t, dbi, &key, &data);
  mdb_txn_abort(t);
  if (rc) return {};
  return {static_cast<const char*>(data.mv_data), data.mv_size};  // expect: session-use-after-scope
}

// 6: view used within the transaction of the caller
std::string_view peek(MDB_txn* t, MDB_dbi dbi, std::string_view k) {
  MDB_val key = val(k), data{0, nullptr};
  if (mdb_get(t, dbi, &key, &data)) return {};
  return {static_cast<const char*>(data.mv_data), data.mv_size};
}

// 7: goto cleanup with cursor and transaction
int countPrefix(MDB_env* env, MDB_dbi dbi, std::string_view prefix, long* out) {
  MDB_txn* t = nullptr;
  MDB_cursor* c = nullptr;
  MDB_val key = val(prefix), data;
  long n = 0;
  int rc = mdb_txn_begin(env, nullptr, MDB_RDONLY, &t);
  if (rc) goto done;
  rc = mdb_cursor_open(t, dbi, &c);
  if (rc) goto abort;
  for (rc = mdb_cursor_get(c, &key, &data, MDB_SET_RANGE); rc == 0; rc = mdb_cursor_get(c, &key, &data, MDB_NEXT)) {
    if (key.mv_size < prefix.size()) break;
    if (std::memcmp(key.mv_data, prefix.data(), prefix.size()) != 0) break;
    ++n;
  }
  if (rc == MDB_NOTFOUND) rc = 0;
  mdb_cursor_close(c);
abort:
  mdb_txn_abort(t);
done:
  *out = n;
  return rc;
}

// 8: reset and renew of a reader
class Reader {
public:
  explicit Reader(MDB_env* env) {
    if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &t_) != 0) throw std::runtime_error("begin");
    mdb_txn_reset(t_);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { mdb_txn_abort(t_); }
  std::optional<std::string> get(MDB_dbi dbi, std::string_view k) {
    if (mdb_txn_renew(t_) != 0) return std::nullopt;
    MDB_val key = val(k), data;
    std::optional<std::string> out;
    if (mdb_get(t_, dbi, &key, &data) == 0) out.emplace(str(data));
    mdb_txn_reset(t_);
    return out;
  }

private:
  MDB_txn* t_ = nullptr;
};

// 9: guard with commit and rollback, movable
class Txn {
public:
  explicit Txn(MDB_env* env, MDB_txn* parent = nullptr) {
    if (mdb_txn_begin(env, parent, 0, &t_) != 0) throw std::runtime_error("begin");
  }
  Txn(Txn&& o) noexcept : t_(std::exchange(o.t_, nullptr)) {}
  Txn& operator=(Txn&&) = delete;
  ~Txn() { abort(); }
  MDB_txn* get() const { return t_; }
  void commit() {
    MDB_txn* t = std::exchange(t_, nullptr);
    if (t && mdb_txn_commit(t) != 0) throw std::runtime_error("commit");
  }
  void abort() noexcept {
    if (t_) mdb_txn_abort(std::exchange(t_, nullptr));
  }

private:
  MDB_txn* t_ = nullptr;
};

// 10: nested (child) transactions are savepoints
int importAll(MDB_env* env, MDB_dbi dbi, const std::vector<std::pair<std::string, std::string>>& kv) {
  Txn outer(env);
  int bad = 0;
  for (const auto& [k, v] : kv) {
    Txn inner(env, outer.get());
    MDB_val key = val(k), data = val(v);
    if (mdb_put(inner.get(), dbi, &key, &data, MDB_NOOVERWRITE) != 0) {
      ++bad;
      continue;
    }
    inner.commit();
  }
  outer.commit();
  return bad;
}

// 11: map full: the transaction ends before the map grows
int putGrowing(MDB_env* env, MDB_dbi dbi, std::string_view k, std::string_view v) {
  for (std::size_t size = 1u << 20; size < (1u << 30); size *= 2) {
    int rc = put(env, dbi, k, v);
    if (rc != MDB_MAP_FULL) return rc;
    rc = mdb_env_set_mapsize(env, size * 2);
    if (rc) return rc;
  }
  return MDB_MAP_FULL;
}

// 12: batch with a renewed raw transaction
int batch(MDB_env* env, MDB_dbi dbi, const std::vector<std::string>& keys) {
  MDB_txn* t = nullptr;
  int rc = 0, n = 0;
  for (const auto& k : keys) {
    if (!t && (rc = mdb_txn_begin(env, nullptr, 0, &t)) != 0) return rc;
    MDB_val key = val(k);
    rc = mdb_del(t, dbi, &key, nullptr);
    if (rc && rc != MDB_NOTFOUND) {
      mdb_txn_abort(t);
      return rc;
    }
    if (++n % 100 == 0) {
      rc = mdb_txn_commit(t);
      t = nullptr;
      if (rc) return rc;
    }
  }
  return t ? mdb_txn_commit(t) : 0;
}

// 13: abort after a failed commit: the handle is gone
int putTwo(MDB_env* env, MDB_dbi dbi, std::string_view k) {
  MDB_txn* t = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &t);
  if (rc) return rc;
  MDB_val key = val(k), data = val("1");
  rc = mdb_put(t, dbi, &key, &data, 0);
  if (rc) {
    mdb_txn_abort(t);
    return rc;
  }
  rc = mdb_txn_commit(t);
  if (rc) mdb_txn_abort(t);  // expect: session-double-end
  return rc;
}

// 14: missing abort on one path
int rename(MDB_env* env, MDB_dbi dbi, std::string_view a, std::string_view b) {
  MDB_txn* t = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &t);  // expect: session-unfinished-transaction
  if (rc) return rc;
  MDB_val ka = val(a), kb = val(b), data;
  rc = mdb_get(t, dbi, &ka, &data);
  if (rc) return rc;
  std::string copy = str(data);
  MDB_val d2 = val(copy);
  if ((rc = mdb_put(t, dbi, &kb, &d2, 0)) == 0) rc = mdb_del(t, dbi, &ka, nullptr);
  if (rc == 0) return mdb_txn_commit(t);
  mdb_txn_abort(t);
  return rc;
}

// 15: callable in a transaction
template <class F>
bool write(MDB_env* env, F&& f) {
  Txn t(env);
  if (!f(t.get())) return false;
  t.commit();
  return true;
}

bool incr(MDB_env* env, MDB_dbi dbi, std::string_view k) {
  return write(env, [&](MDB_txn* t) {
    std::string_view old = peek(t, dbi, k);
    long n = old.empty() ? 0 : std::stol(std::string(old));
    std::string next = std::to_string(n + 1);
    MDB_val key = val(k), data = val(next);
    return mdb_put(t, dbi, &key, &data, 0) == 0;
  });
}

// 16: dbi opened in a transaction of its own
std::optional<MDB_dbi> dbi(MDB_env* env, const char* name) {
  MDB_txn* t = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &t) != 0) return std::nullopt;
  MDB_dbi d = 0;
  if (mdb_dbi_open(t, name, MDB_CREATE, &d) != 0) {
    mdb_txn_abort(t);
    return std::nullopt;
  }
  if (mdb_txn_commit(t) != 0) return std::nullopt;
  return d;
}

// 17: cursor owner dies before the transaction
std::vector<std::string> keys(MDB_env* env, MDB_dbi dbi) {
  std::vector<std::string> out;
  MDB_txn* raw = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &raw)) return out;
  TxnPtr t(raw);
  MDB_cursor* rc = nullptr;
  if (mdb_cursor_open(t.get(), dbi, &rc)) return out;
  Cursor c(rc);
  MDB_val k, v;
  while (mdb_cursor_get(c.get(), &k, &v, MDB_NEXT) == 0) out.push_back(str(k));
  return out;
}

// 18: the environment is made for threads; each begins its own
long parallel(MDB_env* env, MDB_dbi dbi) {
  long a = 0, b = 0;
  std::jthread t([&] { countPrefix(env, dbi, "a", &a); });
  countPrefix(env, dbi, "b", &b);
  t.join();
  return a + b;
}

// 19: begin here, end there, with the object between
class Store {
public:
  explicit Store(Env e) : env_(std::move(e)) {}
  bool begin() {
    if (txn_) return false;
    MDB_txn* raw = nullptr;
    if (mdb_txn_begin(env_.get(), nullptr, 0, &raw)) return false;
    txn_.reset(raw);
    return true;
  }
  bool commit() { return txn_ && mdb_txn_commit(txn_.release()) == 0; }
  void rollback() { txn_.reset(); }
  MDB_txn* txn() const { return txn_.get(); }

private:
  Env env_;
  TxnPtr txn_;
};

bool viaStore(Store& s, MDB_dbi dbi) {
  if (!s.begin()) return false;
  if (peek(s.txn(), dbi, "k").empty()) {
    s.rollback();
    return false;
  }
  return s.commit();
}

}  // namespace kv
