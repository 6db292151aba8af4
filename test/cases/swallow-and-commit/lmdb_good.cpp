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

// The owner is inside of the try.
void store(MDB_env* env, MDB_dbi data, MDB_dbi index, MDB_val key, MDB_val value) {
  try {
    TxnPtr txn = begin(env);
    check(mdb_put(txn.get(), data, &key, &value, 0));
    check(mdb_put(txn.get(), index, &value, &key, MDB_NODUPDATA));
    check(mdb_txn_commit(txn.release()));
  } catch (const std::exception& e) {
    std::fprintf(stderr, "store: %s\n", e.what());
  }
}

// Aborted in the handler.
bool rename(MDB_env* env, MDB_dbi dbi, MDB_val from, MDB_val to, MDB_val value) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  try {
    check(mdb_del(txn, dbi, &from, nullptr));
    check(mdb_put(txn, dbi, &to, &value, MDB_NOOVERWRITE));
  } catch (...) {
    mdb_txn_abort(txn);
    return false;
  }
  return mdb_txn_commit(txn) == 0;
}

// Decided by a flag.
bool move(MDB_env* env, MDB_dbi from, MDB_dbi to, MDB_val key, MDB_val value) {
  bool clean = true;
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  try {
    check(mdb_put(txn, to, &key, &value, 0));
    check(mdb_del(txn, from, &key, nullptr));
  } catch (const std::exception& e) {
    std::fprintf(stderr, "move: %s\n", e.what());
    clean = false;
  }
  if (clean) return mdb_txn_commit(txn) == 0;
  mdb_txn_abort(txn);
  return false;
}

// Passed on.
void put(MDB_env* env, MDB_dbi dbi, std::string name, MDB_val value) {
  TxnPtr txn = begin(env);
  try {
    MDB_val key{name.size(), name.data()};
    check(mdb_put(txn.get(), dbi, &key, &value, 0));
  } catch (const std::runtime_error& e) {
    throw std::runtime_error(name + ": " + e.what());
  }
  check(mdb_txn_commit(txn.release()));
}
