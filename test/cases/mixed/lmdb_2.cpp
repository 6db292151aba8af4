// Settings and session storage of a desktop tool over LMDB, C style in the middle of C++
// library: lmdb
#include <lmdb.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace settings {

enum class Result { ok, missing, full, broken };

static Result toResult(int rc) {
  switch (rc) {
    case MDB_SUCCESS: return Result::ok;
    case MDB_NOTFOUND: return Result::missing;
    case MDB_MAP_FULL: return Result::full;
    default: std::fprintf(stderr, "lmdb: %s\n", mdb_strerror(rc)); return Result::broken;
  }
}

struct AbortTxn {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
struct CloseCursor {
  void operator()(MDB_cursor* cursor) const noexcept { mdb_cursor_close(cursor); }
};
using TxnPtr = std::unique_ptr<MDB_txn, AbortTxn>;
using CursorPtr = std::unique_ptr<MDB_cursor, CloseCursor>;

TxnPtr begin(MDB_env* env, unsigned flags) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, flags, &txn) != 0) return nullptr;
  return TxnPtr(txn);
}

Result commit(TxnPtr txn) { return toResult(mdb_txn_commit(txn.release())); }

class Settings {
public:
  Settings() = default;
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;
  ~Settings() { close(); }

  Result open(const char* path) {
    close();
    int rc = mdb_env_create(&env_);
    if (rc != 0) return toResult(rc);
    rc = mdb_env_open(env_, path, MDB_NOSUBDIR, 0600);
    if (rc != 0) {
      close();
      return toResult(rc);
    }
    return openTable();
  }

  void close() {
    if (env_ == nullptr) return;
    mdb_env_close(env_);
    env_ = nullptr;
  }

  std::optional<std::string> get(const std::string& key) const {
    const TxnPtr txn = begin(env_, MDB_RDONLY);
    if (!txn) return std::nullopt;
    MDB_val k{key.size(), const_cast<char*>(key.data())};
    MDB_val v{0, nullptr};
    if (mdb_get(txn.get(), table_, &k, &v) != 0) return std::nullopt;
    return std::string(static_cast<const char*>(v.mv_data), v.mv_size);
  }

  Result set(const std::string& key, const std::string& value) {
    const std::lock_guard<std::mutex> lock(mutex_);
    TxnPtr txn = begin(env_, 0);
    if (!txn) return Result::broken;
    MDB_val k{key.size(), const_cast<char*>(key.data())};
    MDB_val v{value.size(), const_cast<char*>(value.data())};
    if (const int rc = mdb_put(txn.get(), table_, &k, &v, 0); rc != 0) return toResult(rc);
    return commit(std::move(txn));
  }

  Result setAll(const std::map<std::string, std::string>& values) {
    const std::lock_guard<std::mutex> lock(mutex_);
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env_, nullptr, 0, &txn);
    if (rc != 0) return toResult(rc);
    for (auto it = values.begin(); rc == 0 && it != values.end(); ++it) {
      MDB_val k{it->first.size(), const_cast<char*>(it->first.data())};
      MDB_val v{it->second.size(), const_cast<char*>(it->second.data())};
      rc = mdb_put(txn, table_, &k, &v, 0);
    }
    if (rc == 0)
      rc = mdb_txn_commit(txn);
    else
      mdb_txn_abort(txn);
    return toResult(rc);
  }

  Result removeAll(const std::vector<std::string>& keys) {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env_, nullptr, 0, &txn);  // expect: session-unfinished-transaction
    if (rc != 0) return toResult(rc);
    for (const std::string& key : keys) {
      MDB_val k{key.size(), const_cast<char*>(key.data())};
      rc = mdb_del(txn, table_, &k, nullptr);
      if (rc != 0 && rc != MDB_NOTFOUND) return toResult(rc);
    }
    return toResult(mdb_txn_commit(txn));
  }

  Result touch(const std::string& key) {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env_, nullptr, 0, &txn);
    if (rc != 0) return toResult(rc);
    MDB_val k{key.size(), const_cast<char*>(key.data())};
    MDB_val v{0, nullptr};
    rc = mdb_put(txn, table_, &k, &v, MDB_NOOVERWRITE);
    if (rc == MDB_KEYEXIST) mdb_txn_abort(txn);
    return toResult(mdb_txn_commit(txn));  // expect: session-double-end
  }

  std::size_t count() const {
    const TxnPtr txn = begin(env_, MDB_RDONLY);
    MDB_stat stat;
    return txn && mdb_stat(txn.get(), table_, &stat) == 0 ? stat.ms_entries : 0;
  }

  void each(const std::function<bool(const std::string&)>& visit) const {
    const TxnPtr txn = begin(env_, MDB_RDONLY);
    if (!txn) return;
    MDB_cursor* raw = nullptr;
    if (mdb_cursor_open(txn.get(), table_, &raw) != 0) return;
    const CursorPtr cursor(raw);
    MDB_val k;
    MDB_val v;
    while (mdb_cursor_get(cursor.get(), &k, &v, MDB_NEXT) == 0)
      if (!visit(std::string(static_cast<const char*>(k.mv_data), k.mv_size))) return;
  }

private:
  Result openTable() {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env_, nullptr, 0, &txn);
    if (rc != 0) return toResult(rc);
    rc = mdb_dbi_open(txn, nullptr, 0, &table_);
    if (rc != 0) {
      mdb_txn_abort(txn);
      return toResult(rc);
    }
    return toResult(mdb_txn_commit(txn));
  }

  MDB_env* env_ = nullptr;
  MDB_dbi table_ = 0;
  std::mutex mutex_;
};

// the caller commits or aborts
int writePair(MDB_txn* txn, MDB_dbi dbi, const char* key, const char* value) {
  MDB_val k{std::strlen(key), const_cast<char*>(key)};
  MDB_val v{std::strlen(value), const_cast<char*>(value)};
  return mdb_put(txn, dbi, &k, &v, 0);
}

int writeVersion(MDB_env* env, MDB_dbi dbi, int version) {
  char text[16];
  std::snprintf(text, sizeof text, "%d", version);
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  rc = writePair(txn, dbi, "version", text);
  if (rc == 0) rc = writePair(txn, dbi, "dirty", "0");
  if (rc == 0) return mdb_txn_commit(txn);
  mdb_txn_abort(txn);
  return rc;
}

int beginWrite(MDB_env* env, MDB_txn** out) { return mdb_txn_begin(env, nullptr, 0, out); }

int readTwice(MDB_env* env, MDB_dbi dbi, const char* key, std::size_t* first, std::size_t* second) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn);
  if (rc != 0) return rc;
  MDB_val k{std::strlen(key), const_cast<char*>(key)};
  MDB_val v{0, nullptr};
  rc = mdb_get(txn, dbi, &k, &v);
  *first = v.mv_size;
  mdb_txn_reset(txn);
  rc = mdb_txn_renew(txn);
  if (rc == 0) {
    rc = mdb_get(txn, dbi, &k, &v);
    *second = v.mv_size;
  }
  mdb_txn_abort(txn);
  return rc;
}

int readAfterAbort(MDB_env* env, MDB_dbi dbi, const char* key, MDB_val* out) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn);
  if (rc != 0) return rc;
  mdb_txn_abort(txn);
  MDB_val k{std::strlen(key), const_cast<char*>(key)};
  return mdb_get(txn, dbi, &k, out);  // expect: session-use-after-scope
}

int growAndPut(MDB_env* env, MDB_dbi dbi, const char* key, const char* value, std::size_t mapSize) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env, nullptr, 0, &txn);
    if (rc != 0) return rc;
    rc = writePair(txn, dbi, key, value);
    if (rc == 0) return mdb_txn_commit(txn);
    mdb_txn_abort(txn);
    if (rc != MDB_MAP_FULL) return rc;
    if ((rc = mdb_env_set_mapsize(env, mapSize * 2)) != 0) return rc;
  }
  return MDB_MAP_FULL;
}

int migrate(MDB_env* env, MDB_dbi dbi) {
  int rc = writeVersion(env, dbi, 2);
  if (rc != 0) return rc;
  MDB_txn* txn = nullptr;
  if ((rc = beginWrite(env, &txn)) != 0) return rc;
  if ((rc = writePair(txn, dbi, "theme", "dark")) != 0) {
    mdb_txn_abort(txn);
    return rc;
  }
  return mdb_txn_commit(txn);  // expect: session-multiple-commits
}

int exportSize(const char* path, std::size_t* size) {
  MDB_env* env = nullptr;
  int rc = mdb_env_create(&env);  // expect: session-raw-construction
  if (rc != 0) return rc;
  MDB_envinfo info;
  rc = mdb_env_open(env, path, MDB_RDONLY | MDB_NOSUBDIR, 0600);
  if (rc != 0) goto out;
  rc = mdb_env_info(env, &info);
  if (rc == 0) *size = info.me_mapsize;
out:
  mdb_env_close(env);
  return rc;
}

}  // namespace settings
