// Transactions of LMDB that end on every way out, though it may not look like it.
// library: lmdb
#include <cstdio>
#include <functional>
#include <lmdb.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using Entry = std::pair<MDB_val, MDB_val>;

struct TxnAbort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
using TxnPtr = std::unique_ptr<MDB_txn, TxnAbort>;

// Aborted where it fails; a failed commit has ended it as well.
int store(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  rc = mdb_put(txn, dbi, &key, &value, 0);
  if (rc != 0) {
    mdb_txn_abort(txn);
    return rc;
  }
  rc = mdb_txn_commit(txn);
  if (rc != 0) std::fprintf(stderr, "commit: %s\n", mdb_strerror(rc));
  return rc;
}

// The guard aborts, the commit takes the pointer out of it.
bool storeAll(MDB_env* env, MDB_dbi dbi, std::vector<Entry> entries) {
  MDB_txn* raw = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &raw) != 0) return false;
  TxnPtr txn(raw);
  for (Entry& entry : entries)
    if (mdb_put(txn.get(), dbi, &entry.first, &entry.second, 0) != 0) return false;
  return mdb_txn_commit(txn.release()) == 0;
}

// One end for all the errors.
int replaceAll(MDB_env* env, MDB_dbi dbi, std::vector<Entry> entries) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) goto out;
  rc = mdb_drop(txn, dbi, 0);
  if (rc != 0) goto out;
  for (Entry& entry : entries) {
    rc = mdb_put(txn, dbi, &entry.first, &entry.second, MDB_NODUPDATA);
    if (rc != 0) goto out;
  }
  rc = mdb_txn_commit(txn);
  txn = nullptr;
out:
  if (txn != nullptr) mdb_txn_abort(txn);
  return rc;
}

// Null means ended: abort takes null, too.
bool erase(MDB_env* env, MDB_dbi dbi, std::string name) {
  MDB_txn* txn = nullptr;
  bool erased = false;
  MDB_val key{name.size(), name.data()};
  if (mdb_txn_begin(env, nullptr, 0, &txn) == 0 && mdb_del(txn, dbi, &key, nullptr) == 0) {
    erased = mdb_txn_commit(txn) == 0;
    txn = nullptr;
  }
  mdb_txn_abort(txn);
  return erased;
}

// A guard of the file's own, left early on purpose.
class WriteTxn {
public:
  explicit WriteTxn(MDB_env* env) {
    if (mdb_txn_begin(env, nullptr, 0, &txn_) != 0) throw std::runtime_error("no write lock");
  }
  ~WriteTxn() {
    if (txn_ != nullptr) mdb_txn_abort(txn_);
  }
  WriteTxn(const WriteTxn&) = delete;
  WriteTxn& operator=(const WriteTxn&) = delete;
  operator MDB_txn*() const noexcept { return txn_; }
  bool commit() noexcept { return mdb_txn_commit(std::exchange(txn_, nullptr)) == 0; }

private:
  MDB_txn* txn_ = nullptr;
};

bool claim(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val owner) {
  WriteTxn txn(env);
  MDB_val current{};
  if (mdb_get(txn, dbi, &key, &current) == 0) return false;
  if (mdb_put(txn, dbi, &key, &owner, MDB_NOOVERWRITE) != 0) return false;
  return txn.commit();
}

// A factory: the transaction is the caller's.
MDB_txn* beginRead(MDB_env* env) {
  MDB_txn* txn = nullptr;
  return mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) == 0 ? txn : nullptr;
}

std::size_t count(MDB_env* env, MDB_dbi dbi) {
  const TxnPtr txn(beginRead(env));
  MDB_stat stat{};
  if (!txn || mdb_stat(txn.get(), dbi, &stat) != 0) return 0;
  return stat.ms_entries;
}

// Begin and end in methods, with a destructor behind them.
class Batch {
public:
  explicit Batch(MDB_env* env) : env_(env) {}
  ~Batch() {
    if (txn_) mdb_txn_abort(txn_);
  }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  bool add(MDB_dbi dbi, MDB_val key, MDB_val value) {
    if (txn_ == nullptr && mdb_txn_begin(env_, nullptr, 0, &txn_) != 0) return false;
    if (mdb_put(txn_, dbi, &key, &value, 0) != 0) return false;
    return ++size_ < 1000 || flush();
  }
  bool flush() {
    size_ = 0;
    return txn_ == nullptr || mdb_txn_commit(std::exchange(txn_, nullptr)) == 0;
  }

private:
  MDB_env* env_;
  MDB_txn* txn_ = nullptr;
  int size_ = 0;
};

int finish(MDB_txn* txn, int rc) {
  if (rc == MDB_SUCCESS) return mdb_txn_commit(txn);
  mdb_txn_abort(txn);
  return rc;
}

// A helper ends it, one way or the other.
int openTable(MDB_env* env, const char* name, MDB_dbi* dbi) {
  MDB_txn* txn = nullptr;
  const int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != MDB_SUCCESS) return rc;
  return finish(txn, mdb_dbi_open(txn, name, MDB_CREATE, dbi));
}

// The map grows, and the next attempt has a transaction of its own.
int putGrowing(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value, std::size_t size) {
  for (;;) {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env, nullptr, 0, &txn);
    if (rc != 0) return rc;
    rc = mdb_put(txn, dbi, &key, &value, 0);
    if (rc == 0) return mdb_txn_commit(txn);
    mdb_txn_abort(txn);
    if (rc != MDB_MAP_FULL) return rc;
    size *= 2;
    if (mdb_env_set_mapsize(env, size) != 0) return MDB_MAP_FULL;
  }
}
