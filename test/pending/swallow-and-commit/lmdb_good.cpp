// Exceptions around transactions of LMDB after which nothing half-done is committed.
// library: lmdb
#include <cstdio>
#include <lmdb.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

void check(int rc) {
  if (rc != MDB_SUCCESS) throw std::runtime_error(mdb_strerror(rc));
}

struct TxnAbort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
using TxnPtr = std::unique_ptr<MDB_txn, TxnAbort>;

TxnPtr begin(MDB_env* env, MDB_txn* parent = nullptr) {
  MDB_txn* txn = nullptr;
  check(mdb_txn_begin(env, parent, 0, &txn));
  return TxnPtr(txn);
}

// The child is aborted, the parent goes on.
int importAll(MDB_env* env, MDB_dbi dbi, std::vector<std::pair<MDB_val, MDB_val>> entries) {
  int refused = 0;
  TxnPtr outer = begin(env);
  for (auto& [key, value] : entries) {
    try {
      TxnPtr inner = begin(env, outer.get());
      check(mdb_put(inner.get(), dbi, &key, &value, MDB_NOOVERWRITE));
      check(mdb_put(inner.get(), dbi, &value, &key, MDB_NOOVERWRITE));
      check(mdb_txn_commit(inner.release()));
    } catch (const std::runtime_error&) {
      ++refused;
    }
  }
  check(mdb_txn_commit(outer.release()));
  return refused;
}
