// Transactions of LMDB that are left open on one of the ways out: no other writer gets in.
// library: lmdb
#include <cstdio>
#include <lmdb.h>
#include <string>
#include <utility>
#include <vector>

using Entry = std::pair<MDB_val, MDB_val>;

// The failed put returns without an abort.
int store(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn); // expect: session-unfinished-transaction
  if (rc != 0) return rc;
  rc = mdb_put(txn, dbi, &key, &value, 0);
  if (rc != 0) return rc;
  return mdb_txn_commit(txn);
}

// Full is handled, all else is not.
bool storeAll(MDB_env* env, MDB_dbi dbi, std::vector<Entry> entries) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_NOSYNC, &txn) != 0) return false; // expect: session-unfinished-transaction
  for (Entry& entry : entries) {
    const int rc = mdb_put(txn, dbi, &entry.first, &entry.second, MDB_APPEND);
    switch (rc) {
    case MDB_SUCCESS:
      break;
    case MDB_MAP_FULL:
    case MDB_TXN_FULL:
      mdb_txn_abort(txn);
      return false;
    default:
      std::fprintf(stderr, "%s\n", mdb_strerror(rc));
      return false;
    }
  }
  return mdb_txn_commit(txn) == 0;
}

// Nothing to erase, and the writer's lock is kept.
class Spool {
public:
  Spool(MDB_env* env, MDB_dbi dbi) : env_(env), dbi_(dbi) {}

  bool erase(const std::string& name) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env_, nullptr, 0, &txn) != 0) return false; // expect: session-unfinished-transaction
    MDB_val key{name.size(), const_cast<char*>(name.data())};
    MDB_val value{};
    if (mdb_get(txn, dbi_, &key, &value) == MDB_NOTFOUND) return true;
    if (mdb_del(txn, dbi_, &key, nullptr) == 0 && mdb_txn_commit(txn) == 0) {
      ++erased_;
      return true;
    }
    return false;
  }

private:
  MDB_env* env_;
  MDB_dbi dbi_;
  int erased_ = 0;
};

// The database's handle is found, its transaction lost.
bool openTable(MDB_env* env, const char* name, MDB_dbi& dbi) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false; // expect: session-unfinished-transaction
  const int rc = mdb_dbi_open(txn, name, MDB_CREATE, &dbi);
  if (rc == 0) return mdb_txn_commit(txn) == 0;
  std::fprintf(stderr, "%s: %s\n", name, mdb_strerror(rc));
  return false;
}
