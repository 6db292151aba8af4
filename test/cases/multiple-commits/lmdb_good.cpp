// Functions with several commits on LMDB, of which there is one on each path, or one per round.
// library: lmdb
#include <lmdb.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

class WriteTxn {
public:
  explicit WriteTxn(MDB_env* env, MDB_txn* parent = nullptr) {
    if (mdb_txn_begin(env, parent, 0, &txn_) != 0) throw std::runtime_error("no write lock");
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

// One for the value and its index.
bool store(MDB_env* env, MDB_dbi data, MDB_dbi index, MDB_val key, MDB_val value) {
  WriteTxn txn(env);
  return mdb_put(txn.get(), data, &key, &value, 0) == 0 &&
         mdb_put(txn.get(), index, &value, &key, 0) == 0 && txn.commit();
}

// Either of the two.
int replace(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val* value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  if (value == nullptr) {
    rc = mdb_del(txn, dbi, &key, nullptr);
    if (rc == 0) return mdb_txn_commit(txn);
  } else {
    rc = mdb_put(txn, dbi, &key, value, 0);
    if (rc == 0) return mdb_txn_commit(txn);
  }
  mdb_txn_abort(txn);
  return rc;
}

// A batch: each group has its own, so that no writer waits for long.
std::size_t importAll(MDB_env* env, MDB_dbi dbi,
                      std::vector<std::vector<std::pair<MDB_val, MDB_val>>> groups) {
  std::size_t stored = 0;
  for (auto& group : groups) {
    WriteTxn txn(env);
    bool ok = true;
    for (auto& entry : group)
      ok = ok && mdb_put(txn.get(), dbi, &entry.first, &entry.second, 0) == 0;
    if (ok && txn.commit()) stored += group.size();
  }
  return stored;
}

// The child's commit goes to the parent, not to the disk.
bool merge(MDB_env* env, MDB_dbi dbi, std::vector<std::pair<MDB_val, MDB_val>> entries) {
  WriteTxn outer(env);
  {
    WriteTxn inner(env, outer.get());
    bool ok = true;
    for (auto& entry : entries)
      ok = ok && mdb_put(inner.get(), dbi, &entry.first, &entry.second, MDB_NOOVERWRITE) == 0;
    if (ok) ok = inner.commit();
    if (!ok) return false;
  }
  return outer.commit();
}

// Retried with a larger map.
int putGrowing(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value, std::size_t size) {
  int rc = MDB_MAP_FULL;
  while (rc == MDB_MAP_FULL) {
    MDB_txn* txn = nullptr;
    rc = mdb_txn_begin(env, nullptr, 0, &txn);
    if (rc != 0) break;
    rc = mdb_put(txn, dbi, &key, &value, 0);
    if (rc == 0) return mdb_txn_commit(txn);
    mdb_txn_abort(txn);
    size *= 2;
    mdb_env_set_mapsize(env, size);
  }
  return rc;
}

// One environment after the other, each with its own.
bool mirror(MDB_env* left, MDB_env* right, MDB_dbi l, MDB_dbi r, MDB_val key, MDB_val value) {
  WriteTxn a(left);
  WriteTxn b(right);
  if (mdb_put(a.get(), l, &key, &value, 0) != 0) return false;
  if (mdb_put(b.get(), r, &key, &value, 0) != 0) return false;
  return a.commit() && b.commit();
}
