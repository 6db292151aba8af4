// Write transactions of LMDB begun while this thread has one open: it waits for itself.
// library: lmdb
#include <lmdb.h>
#include <memory>
#include <string>
#include <vector>

struct TxnAbort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
using TxnPtr = std::unique_ptr<MDB_txn, TxnAbort>;

// The second one is no child of the first.
int storeBoth(MDB_env* env, MDB_dbi data, MDB_dbi index, MDB_val key, MDB_val value) {
  MDB_txn* raw = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &raw);
  if (rc != 0) return rc;
  TxnPtr first(raw);
  rc = mdb_put(raw, data, &key, &value, 0);
  if (rc != 0) return rc;
  MDB_txn* other = nullptr;
  rc = mdb_txn_begin(env, nullptr, 0, &other); // expect: session-nested-begin
  if (rc != 0) return rc;
  TxnPtr second(other);
  rc = mdb_put(other, index, &value, &key, 0);
  if (rc == 0) rc = mdb_txn_commit(second.release());
  return rc == 0 ? mdb_txn_commit(first.release()) : rc;
}

int bump(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  rc = mdb_put(txn, dbi, &key, &value, 0);
  if (rc == 0) return mdb_txn_commit(txn);
  mdb_txn_abort(txn);
  return rc;
}

// The helper begins one of its own on the same environment.
class Journal {
public:
  Journal(MDB_env* env, MDB_dbi entries, MDB_dbi counters)
      : env_(env), entries_(entries), counters_(counters) {}

  int append(MDB_val key, MDB_val value) {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env_, nullptr, 0, &txn);
    if (rc != 0) return rc;
    rc = mdb_put(txn, entries_, &key, &value, MDB_APPEND);
    if (rc == 0) rc = bump(env_, counters_, key, value); // expect: session-nested-begin
    if (rc == 0) return mdb_txn_commit(txn);
    mdb_txn_abort(txn);
    return rc;
  }

private:
  MDB_env* env_;
  MDB_dbi entries_;
  MDB_dbi counters_;
};
