// Guards over transactions of LMDB that write and are never committed.
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
  explicit Txn(MDB_env* env) { check(mdb_txn_begin(env, nullptr, 0, &txn_)); }
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
  MDB_txn* get() const { return txn_; }

private:
  MDB_txn* txn_ = nullptr;
};

void put(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  Txn txn(env); // expect: session-unfinished-transaction
  check(mdb_put(txn.get(), dbi, &key, &value, 0));
}

struct Abort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};

void putOwned(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* raw = nullptr;
  check(mdb_txn_begin(env, nullptr, 0, &raw)); // expect: session-unfinished-transaction
  const std::unique_ptr<MDB_txn, Abort> txn(raw);
  check(mdb_put(txn.get(), dbi, &key, &value, 0));
}
