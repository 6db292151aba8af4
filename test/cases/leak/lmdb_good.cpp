// Environments, cursors and transactions of LMDB that are released, though it may not look so.
// library: lmdb
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <lmdb.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

struct LmdbDelete {
  void operator()(MDB_env* env) const noexcept { mdb_env_close(env); }
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
  void operator()(MDB_cursor* cursor) const noexcept { mdb_cursor_close(cursor); }
};
using EnvPtr = std::unique_ptr<MDB_env, LmdbDelete>;
using TxnPtr = std::unique_ptr<MDB_txn, LmdbDelete>;
using CursorPtr = std::unique_ptr<MDB_cursor, LmdbDelete>;

inline void check(int rc, const char* what) {
  if (rc != MDB_SUCCESS) throw std::runtime_error(std::string(what) + ": " + mdb_strerror(rc));
}

// Owned at once; what follows may throw.
EnvPtr openIndex(const std::string& path) {
  MDB_env* raw = nullptr;
  check(mdb_env_create(&raw), "create");
  EnvPtr env(raw);
  check(mdb_env_set_mapsize(env.get(), std::size_t{1} << 32), "map size");
  check(mdb_env_open(env.get(), path.c_str(), MDB_NOSUBDIR, 0644), "open");
  return env;
}

// A factory with a raw result closes what could not be opened.
MDB_env* openScratch(const char* path) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0) return nullptr;
  if (mdb_env_open(env, path, MDB_NOSYNC | MDB_WRITEMAP, 0600) != 0) {
    mdb_env_close(env);
    return nullptr;
  }
  return env;
}

// Converts to the address that the library writes to.
class Txn {
public:
  explicit Txn(MDB_env* env, unsigned flags = 0) {
    check(mdb_txn_begin(env, nullptr, flags, &txn_), "begin");
  }
  ~Txn() {
    if (txn_) mdb_txn_abort(txn_);
  }
  Txn(const Txn&) = delete;
  Txn& operator=(const Txn&) = delete;

  operator MDB_txn*() const noexcept { return txn_; }
  void commit() { check(mdb_txn_commit(std::exchange(txn_, nullptr)), "commit"); }

private:
  MDB_txn* txn_ = nullptr;
};

class Cursor {
public:
  Cursor() = default;
  ~Cursor() {
    if (cursor_) mdb_cursor_close(cursor_);
  }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  operator MDB_cursor**() noexcept { return &cursor_; }
  operator MDB_cursor*() const noexcept { return cursor_; }

private:
  MDB_cursor* cursor_ = nullptr;
};

std::size_t countFrom(MDB_env* env, MDB_dbi dbi, std::uint64_t first) {
  const Txn txn(env, MDB_RDONLY);
  Cursor cursor;
  check(mdb_cursor_open(txn, dbi, cursor), "cursor");
  MDB_val key{sizeof first, &first};
  MDB_val data{};
  std::size_t n = 0;
  for (int rc = mdb_cursor_get(cursor, &key, &data, MDB_SET_RANGE); rc == 0;
       rc = mdb_cursor_get(cursor, &key, &data, MDB_NEXT)) {
    if (data.mv_size == 0) throw std::runtime_error("empty record");
    ++n;
  }
  return n;
}

// Closed on every way out.
bool hasPrefix(MDB_txn* txn, MDB_dbi dbi, std::string_view prefix) {
  MDB_cursor* cursor = nullptr;
  if (mdb_cursor_open(txn, dbi, &cursor) != 0) return false;
  MDB_val key{prefix.size(), const_cast<char*>(prefix.data())};
  MDB_val data{};
  const int rc = mdb_cursor_get(cursor, &key, &data, MDB_SET_RANGE);
  if (rc != 0) {
    mdb_cursor_close(cursor);
    return false;
  }
  const std::string_view found(static_cast<const char*>(key.mv_data), key.mv_size);
  const bool yes = found.substr(0, prefix.size()) == prefix;
  mdb_cursor_close(cursor);
  return yes;
}

// Two cursors, one place that closes them.
int compare(MDB_txn* txn, MDB_dbi left, MDB_dbi right) {
  MDB_cursor* a = nullptr;
  MDB_cursor* b = nullptr;
  MDB_val ka{}, kb{}, va{}, vb{};
  int result = -1;
  if (mdb_cursor_open(txn, left, &a) != 0) goto out;
  if (mdb_cursor_open(txn, right, &b) != 0) goto out;
  result = 0;
  while (mdb_cursor_get(a, &ka, &va, MDB_NEXT) == 0) {
    if (mdb_cursor_get(b, &kb, &vb, MDB_NEXT) != 0 || va.mv_size != vb.mv_size) {
      result = 1;
      goto out;
    }
  }
out:
  if (b) mdb_cursor_close(b);
  if (a) mdb_cursor_close(a);
  return result;
}

// The environment is a member; the destructor closes it.
class PeerCache {
public:
  static std::unique_ptr<PeerCache> open(const char* folder) {
    auto cache = std::make_unique<PeerCache>();
    if (mdb_env_create(&cache->env_) != 0) return nullptr;
    if (mdb_env_open(cache->env_, folder, 0, 0600) != 0) return nullptr;
    return cache;
  }
  ~PeerCache() {
    if (env_ != nullptr) mdb_env_close(env_);
  }

private:
  MDB_env* env_ = nullptr;
};

// A cursor that outlives its reader and is renewed with the next one.
class Scanner {
public:
  explicit Scanner(MDB_dbi dbi) : dbi_(dbi) {}
  ~Scanner() {
    if (cursor_ != nullptr) mdb_cursor_close(cursor_);
  }
  Scanner(const Scanner&) = delete;
  Scanner& operator=(const Scanner&) = delete;

  bool attach(MDB_txn* reader) {
    if (cursor_ == nullptr) return mdb_cursor_open(reader, dbi_, &cursor_) == 0;
    return mdb_cursor_renew(reader, cursor_) == 0;
  }

private:
  MDB_dbi dbi_;
  MDB_cursor* cursor_ = nullptr;
};

// The handle ends in an owner that was given from outside.
bool reopen(EnvPtr& slot, const char* path) {
  slot.reset();
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0) return false;
  slot.reset(env);
  return mdb_env_open(env, path, 0, 0644) == 0;
}

// The transaction is the caller's, the cursor this function's.
std::size_t eraseAll(MDB_txn* txn, MDB_dbi dbi, const std::function<bool(std::string_view)>& old) {
  MDB_cursor* raw = nullptr;
  if (mdb_cursor_open(txn, dbi, &raw) != 0) return 0;
  const CursorPtr cursor(raw);
  MDB_val key{};
  MDB_val data{};
  std::size_t erased = 0;
  while (mdb_cursor_get(cursor.get(), &key, &data, MDB_NEXT) == 0) {
    if (!old({static_cast<const char*>(key.mv_data), key.mv_size})) continue;
    if (mdb_cursor_del(cursor.get(), 0) != 0) break;
    ++erased;
  }
  return erased;
}
