// Guards over transactions of LMDB: committed, for reading, or dropped on purpose.
// library: lmdb
#include <lmdb.h>

#include <memory>
#include <stdexcept>

inline void check(int rc) {
  if (rc != 0)
    throw std::runtime_error(mdb_strerror(rc));
}

class Txn {
public:
  explicit Txn(MDB_env* env, unsigned flags = 0, MDB_txn* parent = nullptr) { check(mdb_txn_begin(env, parent, flags, &txn_)); }
  ~Txn() {
    if (txn_ != nullptr)
      mdb_txn_abort(txn_);
  }
  Txn(const Txn&) = delete;
  Txn& operator=(const Txn&) = delete;
  void commit() {
    MDB_txn* txn = txn_;
    txn_ = nullptr;
    check(mdb_txn_commit(txn));
  }
  void abort() {
    mdb_txn_abort(txn_);
    txn_ = nullptr;
  }
  MDB_txn* get() const { return txn_; }

private:
  MDB_txn* txn_ = nullptr;
};

void put(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  Txn txn(env);
  check(mdb_put(txn.get(), dbi, &key, &value, 0));
  txn.commit();
}

bool tryOut(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  Txn txn(env);
  const bool fits = mdb_put(txn.get(), dbi, &key, &value, 0) == 0;
  txn.abort();
  return fits;
}

// What fails in a child is undone with the child.
int putEach(MDB_env* env, MDB_dbi dbi, MDB_val* keys, MDB_val* values, int count) {
  int refused = 0;
  Txn all(env);
  for (int i = 0; i < count; ++i) {
    try {
      Txn one(env, 0, all.get());
      check(mdb_put(one.get(), dbi, &keys[i], &values[i], 0));
      one.commit();
    } catch (const std::runtime_error&) {
      ++refused;
    }
  }
  all.commit();
  return refused;
}

// A reader that is reset is renewed before it is used again, or aborted.
int lookUp(MDB_env* env, MDB_dbi dbi, MDB_val key, int times) {
  MDB_txn* reader = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &reader) != 0)
    return -1;
  mdb_txn_reset(reader);
  int found = 0;
  for (int i = 0; i < times; ++i) {
    if (mdb_txn_renew(reader) != 0)
      break;
    MDB_val value{};
    if (mdb_get(reader, dbi, &key, &value) == 0)
      ++found;
    mdb_txn_reset(reader);
  }
  mdb_txn_abort(reader);
  return found;
}
