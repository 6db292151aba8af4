// Exceptions swallowed within a transaction of LMDB before its commit.
// library: lmdb
#include <cstdio>
#include <lmdb.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

void check(int rc) {
  if (rc != MDB_SUCCESS) throw std::runtime_error(mdb_strerror(rc));
}

struct TxnAbort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
using TxnPtr = std::unique_ptr<MDB_txn, TxnAbort>;

// The value is in, its index perhaps not, and both are committed.
void store(MDB_env* env, MDB_dbi data, MDB_dbi index, MDB_val key, MDB_val value) {
  MDB_txn* raw = nullptr;
  check(mdb_txn_begin(env, nullptr, 0, &raw));
  TxnPtr txn(raw);
  try {
    check(mdb_put(raw, data, &key, &value, 0));
    check(mdb_put(raw, index, &value, &key, MDB_NODUPDATA));
  } catch (const std::exception& e) { // expect: session-swallow-and-commit
    std::fprintf(stderr, "store: %s\n", e.what());
  }
  check(mdb_txn_commit(txn.release()));
}

// By hand.
bool rename(MDB_env* env, MDB_dbi dbi, MDB_val from, MDB_val to, MDB_val value) {
  bool clean = true;
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  try {
    check(mdb_del(txn, dbi, &from, nullptr));
    check(mdb_put(txn, dbi, &to, &value, MDB_NOOVERWRITE));
  } catch (...) { // expect: session-swallow-and-commit
    clean = false;
  }
  return mdb_txn_commit(txn) == 0 && clean;
}
