// Block and peer index of a node over LMDB: wrappers, cursors, error codes
// library: lmdb
#include <lmdb.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace node {

class LmdbError : public std::runtime_error {
public:
  LmdbError(const char* what, int rc) : std::runtime_error(std::string(what) + ": " + mdb_strerror(rc)), code(rc) {}
  int code;
};

void check(int rc, const char* what) {
  if (rc != MDB_SUCCESS) throw LmdbError(what, rc);
}

MDB_val view(std::string_view s) {
  MDB_val v;
  v.mv_size = s.size();
  v.mv_data = const_cast<char*>(s.data());
  return v;
}

std::string copy(const MDB_val& v) { return std::string(static_cast<const char*>(v.mv_data), v.mv_size); }

struct CloseEnv {
  void operator()(MDB_env* env) const noexcept { mdb_env_close(env); }
};
using Env = std::unique_ptr<MDB_env, CloseEnv>;

Env open(const std::string& path, std::size_t mapSize) {
  MDB_env* raw = nullptr;
  check(mdb_env_create(&raw), "create");
  Env env(raw);
  check(mdb_env_set_mapsize(raw, mapSize), "mapsize");
  check(mdb_env_set_maxdbs(raw, 8), "maxdbs");
  check(mdb_env_open(raw, path.c_str(), MDB_NOSUBDIR, 0644), "open");
  return env;
}

class Txn {
public:
  explicit Txn(MDB_env* env, unsigned flags = 0, MDB_txn* parent = nullptr) {
    check(mdb_txn_begin(env, parent, flags, &txn_), "begin");
  }
  Txn(Txn&& other) noexcept : txn_(std::exchange(other.txn_, nullptr)) {}
  Txn& operator=(Txn&&) = delete;
  ~Txn() {
    if (txn_ != nullptr) mdb_txn_abort(txn_);
  }
  void commit() {
    MDB_txn* txn = std::exchange(txn_, nullptr);
    check(mdb_txn_commit(txn), "commit");
  }
  void abort() { mdb_txn_abort(std::exchange(txn_, nullptr)); }
  operator MDB_txn*() const { return txn_; }

private:
  MDB_txn* txn_ = nullptr;
};

class CommitScope {
public:
  explicit CommitScope(MDB_env* env) { check(mdb_txn_begin(env, nullptr, 0, &txn_), "begin"); }
  ~CommitScope() {
    mdb_txn_commit(txn_);  // expect: session-commit-in-destructor
  }
  CommitScope(const CommitScope&) = delete;
  CommitScope& operator=(const CommitScope&) = delete;
  MDB_txn* get() const { return txn_; }

private:
  MDB_txn* txn_ = nullptr;
};

std::optional<std::string> get(MDB_env* env, MDB_dbi dbi, std::string_view key) {
  const Txn txn(env, MDB_RDONLY);
  MDB_val k = view(key);
  MDB_val v;
  const int rc = mdb_get(txn, dbi, &k, &v);
  if (rc == MDB_NOTFOUND) return std::nullopt;
  check(rc, "get");
  return copy(v);
}

std::string_view peek(MDB_env* env, MDB_dbi dbi, std::string_view key) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return {};
  MDB_val k = view(key);
  MDB_val v{0, nullptr};
  if (mdb_get(txn, dbi, &k, &v) != 0) {
    mdb_txn_abort(txn);
    return {};
  }
  mdb_txn_abort(txn);
  return std::string_view(static_cast<const char*>(v.mv_data), v.mv_size);  // expect: session-use-after-scope
}

bool has(MDB_env* env, MDB_dbi dbi, std::string_view key) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return false;
  MDB_val k = view(key);
  MDB_val v;
  const bool found = mdb_get(txn, dbi, &k, &v) == 0;
  mdb_txn_abort(txn);
  return found;
}

int put(MDB_env* env, MDB_dbi dbi, std::string_view key, std::string_view value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  MDB_val k = view(key);
  MDB_val v = view(value);
  rc = mdb_put(txn, dbi, &k, &v, 0);
  if (rc != 0) {
    mdb_txn_abort(txn);
    return rc;
  }
  return mdb_txn_commit(txn);
}

int putNew(MDB_env* env, MDB_dbi dbi, std::string_view key, std::string_view value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);  // expect: session-unfinished-transaction
  if (rc != 0) return rc;
  MDB_val k = view(key);
  MDB_val v = view(value);
  rc = mdb_put(txn, dbi, &k, &v, MDB_NOOVERWRITE);
  if (rc == MDB_KEYEXIST) return 0;
  if (rc != 0) {
    mdb_txn_abort(txn);
    return rc;
  }
  return mdb_txn_commit(txn);
}

int erase(MDB_env* env, MDB_dbi dbi, std::string_view key) {
  MDB_txn* txn = nullptr;
  MDB_val k = view(key);
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) goto failed;
  rc = mdb_del(txn, dbi, &k, nullptr);
  if (rc != 0 && rc != MDB_NOTFOUND) goto failed;
  rc = mdb_txn_commit(txn);
  txn = nullptr;
  if (rc == 0) return 0;
failed:
  std::fprintf(stderr, "erase: %s\n", mdb_strerror(rc));
  if (txn != nullptr) mdb_txn_abort(txn);
  return rc;
}

int rename(MDB_env* env, MDB_dbi dbi, std::string_view from, std::string_view to) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  MDB_val k = view(from);
  MDB_val n = view(to);
  MDB_val v;
  if ((rc = mdb_get(txn, dbi, &k, &v)) == 0 && (rc = mdb_put(txn, dbi, &n, &v, 0)) == 0 && (rc = mdb_del(txn, dbi, &k, nullptr)) == 0)
    return mdb_txn_commit(txn);
  mdb_txn_abort(txn);
  return rc;
}

int commitOrAbort(MDB_env* env, MDB_dbi dbi, std::string_view key, std::string_view value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  MDB_val k = view(key);
  MDB_val v = view(value);
  rc = mdb_put(txn, dbi, &k, &v, 0);
  if (rc != 0) {
    mdb_txn_abort(txn);
    return rc;
  }
  rc = mdb_txn_commit(txn);
  if (rc != 0) mdb_txn_abort(txn);  // expect: session-double-end
  return rc;
}

void putAll(MDB_env* env, MDB_dbi dbi, const std::vector<std::pair<std::string, std::string>>& entries) {
  Txn txn(env);
  for (const auto& [key, value] : entries) {
    MDB_val k = view(key);
    MDB_val v = view(value);
    check(mdb_put(txn, dbi, &k, &v, 0), "put");
  }
  txn.commit();
}

bool putAllOrNone(MDB_env* env, MDB_dbi dbi, const std::vector<std::pair<std::string, std::string>>& entries, std::size_t limit) {
  Txn txn(env);
  std::size_t bytes = 0;
  for (const auto& [key, value] : entries) {
    bytes += key.size() + value.size();
    if (bytes > limit) {
      txn.abort();
      return false;
    }
    MDB_val k = view(key);
    MDB_val v = view(value);
    const int rc = mdb_put(txn, dbi, &k, &v, 0);
    if (rc == MDB_MAP_FULL) return false;
    check(rc, "put");
  }
  txn.commit();
  return true;
}

void putTolerant(MDB_env* env, MDB_dbi dbi, const std::vector<std::pair<std::string, std::string>>& entries) {
  Txn txn(env);
  for (const auto& [key, value] : entries) {
    try {
      MDB_val k = view(key);
      MDB_val v = view(value);
      check(mdb_put(txn, dbi, &k, &v, 0), "put");
      MDB_val stamp = view("stamp");
      check(mdb_put(txn, dbi, &stamp, &k, 0), "stamp");
    } catch (const LmdbError& e) {  // expect: session-swallow-and-commit
      std::cerr << key << ": " << e.what() << '\n';
    }
  }
  txn.commit();
}

void bump(MDB_env* env, MDB_dbi dbi, std::string_view counter) {
  Txn txn(env);
  MDB_val k = view(counter);
  MDB_val v;
  std::uint64_t n = 0;
  if (mdb_get(txn, dbi, &k, &v) == 0 && v.mv_size == sizeof n) std::memcpy(&n, v.mv_data, sizeof n);
  ++n;
  v.mv_size = sizeof n;
  v.mv_data = &n;
  check(mdb_put(txn, dbi, &k, &v, 0), "bump");
  txn.commit();
}

void addPeer(MDB_env* env, MDB_dbi peers, MDB_dbi counters, const std::string& address) {
  Txn txn(env);
  MDB_val k = view(address);
  MDB_val v = view("new");
  check(mdb_put(txn, peers, &k, &v, 0), "peer");
  bump(env, counters, "peers");  // expect: session-nested-begin
  txn.commit();
}

void removePeer(MDB_env* env, MDB_dbi peers, MDB_dbi counters, const std::string& address) {
  Txn txn(env);
  MDB_val k = view(address);
  const int rc = mdb_del(txn, peers, &k, nullptr);
  if (rc == MDB_NOTFOUND) return;
  check(rc, "peer");
  txn.commit();
  Txn count(env);
  MDB_val c = view("peers");
  MDB_val v = view("0");
  check(mdb_put(count, counters, &c, &v, 0), "count");
  count.commit();  // expect: session-multiple-commits
}

std::vector<std::string> keys(MDB_env* env, MDB_dbi dbi) {
  std::vector<std::string> all;
  const Txn txn(env, MDB_RDONLY);
  MDB_cursor* cursor = nullptr;
  check(mdb_cursor_open(txn, dbi, &cursor), "cursor");
  MDB_val k;
  MDB_val v;
  for (int rc = mdb_cursor_get(cursor, &k, &v, MDB_FIRST); rc == 0; rc = mdb_cursor_get(cursor, &k, &v, MDB_NEXT)) all.push_back(copy(k));
  mdb_cursor_close(cursor);
  return all;
}

std::string firstKey(MDB_env* env, MDB_dbi dbi) {
  const Txn txn(env, MDB_RDONLY);
  MDB_cursor* cursor = nullptr;
  check(mdb_cursor_open(txn, dbi, &cursor), "cursor");  // expect: session-leak
  MDB_val k;
  MDB_val v;
  const int rc = mdb_cursor_get(cursor, &k, &v, MDB_FIRST);
  if (rc == MDB_NOTFOUND) return {};
  std::string key = rc == 0 ? copy(k) : std::string("?");
  mdb_cursor_close(cursor);
  return key;
}

void clear(MDB_env* env, MDB_dbi dbi) {
  Txn{env};  // expect: session-temporary-guard
  MDB_txn* txn = nullptr;
  check(mdb_txn_begin(env, nullptr, 0, &txn), "begin");
  if (mdb_drop(txn, dbi, 0) != 0)
    mdb_txn_abort(txn);
  else
    mdb_txn_commit(txn);
}

int compact(const char* from, const char* to) {
  MDB_env* env = nullptr;
  int rc = mdb_env_create(&env);  // expect: session-raw-construction
  if (rc != 0) return rc;
  rc = mdb_env_open(env, from, MDB_RDONLY, 0644);
  if (rc == 0) rc = mdb_env_copy2(env, to, MDB_CP_COMPACT);
  mdb_env_close(env);
  return rc;
}

long entries(const char* path) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0) return -1;  // expect: session-leak
  if (mdb_env_open(env, path, MDB_RDONLY, 0644) != 0) {
    std::fprintf(stderr, "cannot open %s\n", path);
    return -1;
  }
  MDB_stat stat;
  const int rc = mdb_env_stat(env, &stat);
  mdb_env_close(env);
  return rc == 0 ? static_cast<long>(stat.ms_entries) : -1;
}

void update(MDB_env* env, MDB_dbi dbi, std::string_view key, const std::function<std::string(std::string)>& change) {
  MDB_txn* txn = nullptr;
  check(mdb_txn_begin(env, nullptr, 0, &txn), "begin");
  try {
    MDB_val k = view(key);
    MDB_val v;
    check(mdb_get(txn, dbi, &k, &v), "get");
    const std::string changed = change(copy(v));
    v = view(changed);
    check(mdb_put(txn, dbi, &k, &v, 0), "put");
  } catch (...) {
    mdb_txn_abort(txn);
    throw;
  }
  check(mdb_txn_commit(txn), "commit");
}

void updateUnsafe(MDB_env* env, MDB_dbi dbi, std::string_view key, const std::function<std::string(std::string)>& change) {
  MDB_txn* txn = nullptr;
  check(mdb_txn_begin(env, nullptr, 0, &txn), "begin");  // expect: session-missing-rollback
  MDB_val k = view(key);
  MDB_val v;
  check(mdb_get(txn, dbi, &k, &v), "get");
  const std::string changed = change(copy(v));
  v = view(changed);
  check(mdb_put(txn, dbi, &k, &v, 0), "put");
  check(mdb_txn_commit(txn), "commit");
}

void prefetch(MDB_env* env, MDB_dbi dbi) {
  Txn txn(env, MDB_RDONLY);
  MDB_txn* raw = txn;
  std::thread([raw, dbi] {  // expect: session-shared-across-threads
    MDB_stat stat;
    mdb_stat(raw, dbi, &stat);
  }).detach();
}

// an environment may be used by several threads, each with its own transaction
void prefetchAll(MDB_env* env, const std::vector<MDB_dbi>& dbis) {
  std::vector<std::thread> threads;
  for (const MDB_dbi dbi : dbis)
    threads.emplace_back([env, dbi] {
      const Txn txn(env, MDB_RDONLY);
      MDB_stat stat;
      mdb_stat(txn, dbi, &stat);
    });
  for (std::thread& t : threads) t.join();
}

void trim(MDB_env* env, MDB_dbi dbi, std::size_t keep) {
  for (std::vector<std::string> all = keys(env, dbi); all.size() > keep; all.pop_back()) {
    Txn txn(env);
    MDB_val k = view(all.back());
    check(mdb_del(txn, dbi, &k, nullptr), "trim");
    txn.commit();
  }
}

std::pair<MDB_dbi, MDB_dbi> openTables(MDB_env* env) {
  MDB_dbi blocks = 0;
  MDB_dbi peers = 0;
  Txn txn(env);
  check(mdb_dbi_open(txn, "blocks", MDB_CREATE, &blocks), "blocks");
  check(mdb_dbi_open(txn, "peers", MDB_CREATE, &peers), "peers");
  txn.commit();
  return {blocks, peers};
}

class BlockStore {
public:
  explicit BlockStore(const std::string& path) : env_(open(path, 1u << 30)) {
    std::tie(blocks_, peers_) = openTables(env_.get());
  }

  Txn write() { return Txn(env_.get()); }
  Txn read() const { return Txn(env_.get(), MDB_RDONLY); }

  void add(const std::string& hash, const std::string& block) {
    Txn txn = write();
    MDB_val k = view(hash);
    MDB_val v = view(block);
    check(mdb_put(txn, blocks_, &k, &v, MDB_APPEND), "add");
    txn.commit();
  }

  void startBatch() {
    if (!batch_) batch_.emplace(env_.get());
  }
  void stopBatch() {
    if (!batch_) return;
    batch_->commit();
    batch_.reset();
  }

  std::size_t count() const {
    const Txn txn = read();
    MDB_stat stat;
    check(mdb_stat(txn, blocks_, &stat), "stat");
    return stat.ms_entries;
  }

private:
  Env env_;
  MDB_dbi blocks_ = 0;
  MDB_dbi peers_ = 0;
  std::optional<Txn> batch_;
};

}  // namespace node
