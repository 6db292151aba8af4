// Units of work on LMDB that are committed in several parts.
// library: lmdb
#include <lmdb.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

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
  MDB_txn* get() const noexcept { return txn_; }
  bool commit() noexcept { return mdb_txn_commit(std::exchange(txn_, nullptr)) == 0; }

private:
  MDB_txn* txn_ = nullptr;
};

// The value is in, its index may never come.
bool store(MDB_env* env, MDB_dbi data, MDB_dbi index, MDB_val key, MDB_val value) {
  {
    WriteTxn txn(env);
    if (mdb_put(txn.get(), data, &key, &value, 0) != 0) return false;
    if (!txn.commit()) return false;
  }
  WriteTxn txn(env);
  if (mdb_put(txn.get(), index, &value, &key, 0) != 0) return false;
  return txn.commit(); // expect: session-multiple-commits
}

// Deleted in one, written in the other.
int rename(MDB_env* env, MDB_dbi dbi, MDB_val from, MDB_val to, MDB_val value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  rc = mdb_del(txn, dbi, &from, nullptr);
  if (rc != 0) {
    mdb_txn_abort(txn);
    return rc;
  }
  rc = mdb_txn_commit(txn);
  if (rc != 0) return rc;
  rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  rc = mdb_put(txn, dbi, &to, &value, 0);
  if (rc != 0) {
    mdb_txn_abort(txn);
    return rc;
  }
  return mdb_txn_commit(txn); // expect: session-multiple-commits
}
