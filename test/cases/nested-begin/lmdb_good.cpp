// Transactions of LMDB that may be open at the same time, or are not.
// library: lmdb
#include <lmdb.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct TxnAbort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
using TxnPtr = std::unique_ptr<MDB_txn, TxnAbort>;

// A child of the first.
int storeBoth(MDB_env* env, MDB_dbi data, MDB_dbi index, MDB_val key, MDB_val value) {
  MDB_txn* parent = nullptr;
  MDB_txn* child = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &parent);
  if (rc != 0) return rc;
  const auto undo = [&parent](int reason) {
    mdb_txn_abort(parent);
    return reason;
  };
  rc = mdb_put(parent, data, &key, &value, 0);
  if (rc != 0) return undo(rc);
  rc = mdb_txn_begin(env, parent, 0, &child);
  if (rc != 0) return undo(rc);
  rc = mdb_put(child, index, &value, &key, MDB_NODUPDATA);
  if (rc == 0)
    rc = mdb_txn_commit(child);
  else
    mdb_txn_abort(child);
  if (rc != 0 && rc != MDB_KEYEXIST) return undo(rc);
  return mdb_txn_commit(parent);
}

// Two environments.
int copy(MDB_env* from, MDB_env* to, MDB_dbi source, MDB_dbi target, MDB_val key) {
  MDB_txn* reader = nullptr;
  MDB_txn* writer = nullptr;
  int rc = mdb_txn_begin(from, nullptr, MDB_RDONLY, &reader);
  if (rc != 0) return rc;
  const TxnPtr read(reader);
  rc = mdb_txn_begin(to, nullptr, 0, &writer);
  if (rc != 0) return rc;
  TxnPtr write(writer);
  MDB_val value{};
  rc = mdb_get(reader, source, &key, &value);
  if (rc == 0) rc = mdb_put(writer, target, &key, &value, 0);
  return rc == 0 ? mdb_txn_commit(write.release()) : rc;
}

// The first is over when the second begins.
int move(MDB_env* env, MDB_dbi dbi, MDB_val from, MDB_val to) {
  MDB_txn* txn = nullptr;
  std::string copied;
  int rc = mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn);
  if (rc != 0) return rc;
  MDB_val value{};
  rc = mdb_get(txn, dbi, &from, &value);
  if (rc == 0) copied.assign(static_cast<const char*>(value.mv_data), value.mv_size);
  mdb_txn_abort(txn);
  if (rc != 0) return rc;
  rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  value = MDB_val{copied.size(), copied.data()};
  rc = mdb_put(txn, dbi, &to, &value, 0);
  if (rc == 0) return mdb_txn_commit(txn);
  mdb_txn_abort(txn);
  return rc;
}

// The helper is given the transaction.
int bump(MDB_txn* txn, MDB_dbi dbi, MDB_val key, MDB_val value) {
  return mdb_put(txn, dbi, &key, &value, 0);
}

int append(MDB_env* env, MDB_dbi entries, MDB_dbi counters, MDB_val key, MDB_val value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  rc = mdb_put(txn, entries, &key, &value, MDB_APPEND);
  if (rc == 0) rc = bump(txn, counters, key, value);
  if (rc == 0) return mdb_txn_commit(txn);
  mdb_txn_abort(txn);
  return rc;
}

// A begin that failed is tried again when the map has been resized.
int beginResized(MDB_env* env, MDB_txn** txn) {
  int rc = mdb_txn_begin(env, nullptr, 0, txn);
  if (rc == MDB_MAP_RESIZED && mdb_env_set_mapsize(env, 0) == 0)
    rc = mdb_txn_begin(env, nullptr, 0, txn);
  return rc;
}

// One for each round.
int eraseAll(MDB_env* env, MDB_dbi dbi, std::vector<MDB_val> keys) {
  for (MDB_val& key : keys) {
    MDB_txn* txn = nullptr;
    int rc = mdb_txn_begin(env, nullptr, 0, &txn);
    if (rc != 0) return rc;
    rc = mdb_del(txn, dbi, &key, nullptr);
    if (rc == MDB_NOTFOUND) {
      mdb_txn_abort(txn);
      continue;
    }
    rc = mdb_txn_commit(txn);
    if (rc != 0) return rc;
  }
  return 0;
}

// Children in a loop, each ended before the next.
class Importer {
public:
  explicit Importer(MDB_env* env) : env_(env) {
    if (mdb_txn_begin(env_, nullptr, 0, &txn_) != 0) throw std::runtime_error("no write lock");
  }
  ~Importer() {
    if (txn_ != nullptr) mdb_txn_abort(txn_);
  }
  Importer(const Importer&) = delete;
  Importer& operator=(const Importer&) = delete;

  int add(MDB_dbi dbi, std::vector<std::pair<MDB_val, MDB_val>> group) {
    MDB_txn* child = nullptr;
    int rc = mdb_txn_begin(env_, txn_, 0, &child);
    for (std::size_t i = 0; rc == 0 && i < group.size(); ++i) {
      rc = mdb_put(child, dbi, &group[i].first, &group[i].second, 0);
      if (rc != 0) mdb_txn_abort(child);
    }
    return rc == 0 ? mdb_txn_commit(child) : rc;
  }
  int finish() { return mdb_txn_commit(std::exchange(txn_, nullptr)); }

private:
  MDB_env* env_;
  MDB_txn* txn_ = nullptr;
};
