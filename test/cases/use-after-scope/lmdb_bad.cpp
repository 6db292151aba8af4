// Transactions, cursors and values of LMDB used after their end.
// library: lmdb
#include <cstdio>
#include <cstring>
#include <lmdb.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct TxnAbort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
using TxnPtr = std::unique_ptr<MDB_txn, TxnAbort>;

// The value points into the map of a transaction that is over.
std::string readName(MDB_env* env, MDB_dbi dbi, MDB_val key) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return {};
  MDB_val value{};
  const int rc = mdb_get(txn, dbi, &key, &value);
  mdb_txn_abort(txn);
  if (rc != 0) return {};
  // expect@+1: session-use-after-scope
  return std::string(static_cast<const char*>(value.mv_data), value.mv_size);
}

// A view of what the owner of the transaction takes with it.
std::string_view peek(MDB_env* env, MDB_dbi dbi, MDB_val key) {
  MDB_txn* raw = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &raw) != 0) return {};
  const TxnPtr txn(raw);
  MDB_val value{};
  if (mdb_get(raw, dbi, &key, &value) != 0) return {};
  std::string_view view(static_cast<const char*>(value.mv_data), value.mv_size);
  return view; // expect: session-use-after-scope
}

// The commit has freed the transaction.
int rename(MDB_env* env, MDB_dbi dbi, MDB_val from, MDB_val to, MDB_val data) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  rc = mdb_put(txn, dbi, &to, &data, MDB_NOOVERWRITE);
  if (rc != 0) {
    mdb_txn_abort(txn);
    return rc;
  }
  rc = mdb_txn_commit(txn);
  if (rc != 0) return rc;
  return mdb_del(txn, dbi, &from, nullptr); // expect: session-use-after-scope
}

// Asked for its number when it is gone.
std::size_t bump(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return 0;
  if (mdb_put(txn, dbi, &key, &value, 0) != 0) {
    mdb_txn_abort(txn);
    return mdb_txn_id(txn); // expect: session-use-after-scope
  }
  const std::size_t id = mdb_txn_id(txn);
  return mdb_txn_commit(txn) == 0 ? id : 0;
}

// The cursor of a write transaction ends with it.
bool dropFirst(MDB_env* env, MDB_dbi dbi) {
  MDB_txn* txn = nullptr;
  MDB_cursor* cursor = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  if (mdb_cursor_open(txn, dbi, &cursor) != 0) {
    mdb_txn_abort(txn);
    return false;
  }
  MDB_val key{};
  MDB_val value{};
  if (mdb_cursor_get(cursor, &key, &value, MDB_FIRST) == 0) mdb_cursor_del(cursor, 0);
  const bool ok = mdb_txn_commit(txn) == 0;
  // expect@+1: session-use-after-scope
  const int more = mdb_cursor_get(cursor, &key, &value, MDB_FIRST);
  return ok && more == 0;
}
