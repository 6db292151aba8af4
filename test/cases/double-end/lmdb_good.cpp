// Transactions, cursors and environments of LMDB that seem to end twice and do not.
// library: lmdb
#include <cstdio>
#include <lmdb.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// Commit ends it, whatever it says; abort is for the rest.
int store(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  rc = mdb_put(txn, dbi, &key, &value, 0);
  if (rc == 0)
    rc = mdb_txn_commit(txn);
  else
    mdb_txn_abort(txn);
  return rc;
}

// Null after the commit, and null may be aborted.
bool erase(MDB_env* env, MDB_dbi dbi, std::string name) {
  MDB_txn* txn = nullptr;
  bool erased = false;
  MDB_val key{name.size(), name.data()};
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  if (mdb_del(txn, dbi, &key, nullptr) != 0) goto out;
  erased = mdb_txn_commit(txn) == 0;
  txn = nullptr;
out:
  mdb_txn_abort(txn);
  return erased;
}

struct TxnAbort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
using TxnPtr = std::unique_ptr<MDB_txn, TxnAbort>;

// Released from its owner before it is committed.
int swap(MDB_env* env, MDB_dbi dbi, MDB_val a, MDB_val b) {
  MDB_txn* raw = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &raw);
  if (rc != 0) return rc;
  TxnPtr txn(raw);
  MDB_val va{};
  MDB_val vb{};
  if ((rc = mdb_get(raw, dbi, &a, &va)) != 0 || (rc = mdb_get(raw, dbi, &b, &vb)) != 0) return rc;
  std::string copyA(static_cast<const char*>(va.mv_data), va.mv_size);
  std::string copyB(static_cast<const char*>(vb.mv_data), vb.mv_size);
  va = MDB_val{copyA.size(), copyA.data()};
  vb = MDB_val{copyB.size(), copyB.data()};
  if ((rc = mdb_put(raw, dbi, &a, &vb, 0)) != 0 || (rc = mdb_put(raw, dbi, &b, &va, 0)) != 0)
    return rc;
  return mdb_txn_commit(txn.release());
}

// A begin for every end.
int copyAll(MDB_env* from, MDB_env* to, MDB_dbi source, MDB_dbi target,
            const std::vector<MDB_val>& keys) {
  MDB_txn* txn = nullptr;
  for (MDB_val key : keys) {
    int rc = mdb_txn_begin(from, nullptr, MDB_RDONLY, &txn);
    if (rc != 0) return rc;
    MDB_val value{};
    rc = mdb_get(txn, source, &key, &value);
    std::string copy;
    if (rc == 0) copy.assign(static_cast<const char*>(value.mv_data), value.mv_size);
    mdb_txn_abort(txn);
    if (rc != 0) return rc;
    rc = mdb_txn_begin(to, nullptr, 0, &txn);
    if (rc != 0) return rc;
    value = MDB_val{copy.size(), copy.data()};
    rc = mdb_put(txn, target, &key, &value, 0);
    if (rc != 0) {
      mdb_txn_abort(txn);
      return rc;
    }
    rc = mdb_txn_commit(txn);
    if (rc != 0) return rc;
  }
  return 0;
}

// The guard knows that it has been committed.
class Txn {
public:
  explicit Txn(MDB_env* env) {
    if (mdb_txn_begin(env, nullptr, 0, &txn_) != 0) throw std::runtime_error("no write lock");
  }
  ~Txn() { abort(); }
  Txn(const Txn&) = delete;
  Txn& operator=(const Txn&) = delete;
  MDB_txn* get() const noexcept { return txn_; }
  bool commit() noexcept { return mdb_txn_commit(std::exchange(txn_, nullptr)) == 0; }
  void abort() noexcept {
    if (txn_ != nullptr) mdb_txn_abort(txn_);
    txn_ = nullptr;
  }

private:
  MDB_txn* txn_ = nullptr;
};

bool putOrDrop(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  Txn txn(env);
  if (mdb_put(txn.get(), dbi, &key, &value, 0) != 0) {
    txn.abort();
    return false;
  }
  return txn.commit();
}

// The outer end does not end the inner one again.
bool nested(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* outer = nullptr;
  MDB_txn* inner = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &outer) != 0) return false;
  if (mdb_txn_begin(env, outer, 0, &inner) != 0) {
    mdb_txn_abort(outer);
    return false;
  }
  if (mdb_put(inner, dbi, &key, &value, MDB_NOOVERWRITE) == 0)
    mdb_txn_commit(inner);
  else
    mdb_txn_abort(inner);
  return mdb_txn_commit(outer) == 0;
}

MDB_env* openTuned(const char* path) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0) return nullptr;
  if (mdb_env_open(env, path, 0, 0644) == 0 && mdb_env_set_flags(env, MDB_NOMETASYNC, 1) == 0)
    return env;
  mdb_env_close(env);
  return nullptr;
}

// Reset, renewed, and aborted once in the end.
std::size_t poll(MDB_env* env, MDB_dbi dbi, int rounds) {
  MDB_txn* reader = nullptr;
  MDB_stat stat{};
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &reader) != 0) return 0;
  for (int i = 0; i < rounds; ++i) {
    mdb_stat(reader, dbi, &stat);
    mdb_txn_reset(reader);
    if (mdb_txn_renew(reader) != 0) break;
  }
  mdb_txn_abort(reader);
  return stat.ms_entries;
}
