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

// A reader that has been reset has to be renewed first.
class Lookup {
public:
  Lookup(MDB_txn* reader, MDB_dbi dbi) : reader_(reader), dbi_(dbi) {}

  bool contains(MDB_val key, MDB_val other) {
    MDB_val value{};
    if (mdb_txn_renew(reader_) != 0) return false;
    const bool first = mdb_get(reader_, dbi_, &key, &value) == 0;
    mdb_txn_reset(reader_);
    return first && mdb_get(reader_, dbi_, &other, &value) == 0; // expect: session-use-after-scope
  }

private:
  MDB_txn* reader_;
  MDB_dbi dbi_;
};
