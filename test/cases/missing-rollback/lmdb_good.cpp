// Exceptions inside transactions of LMDB that find an abort, where one is needed.
// library: lmdb
#include <cstdio>
#include <functional>
#include <lmdb.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using Entry = std::pair<MDB_val, MDB_val>;

class LmdbError : public std::runtime_error {
public:
  explicit LmdbError(int rc) : std::runtime_error(mdb_strerror(rc)), rc_(rc) {}
  int code() const noexcept { return rc_; }

private:
  int rc_;
};

void check(int rc) {
  if (rc != MDB_SUCCESS) throw LmdbError(rc);
}

struct TxnAbort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
using TxnPtr = std::unique_ptr<MDB_txn, TxnAbort>;

TxnPtr beginWrite(MDB_env* env) {
  MDB_txn* txn = nullptr;
  check(mdb_txn_begin(env, nullptr, 0, &txn));
  return TxnPtr(txn);
}

// The owner aborts.
void store(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  TxnPtr txn = beginWrite(env);
  check(mdb_put(txn.get(), dbi, &key, &value, 0));
  check(mdb_txn_commit(txn.release()));
}

// By hand; the commit is outside, for it frees in any case.
bool storeAll(MDB_env* env, MDB_dbi dbi, std::vector<Entry> entries) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  try {
    for (Entry& entry : entries) check(mdb_put(txn, dbi, &entry.first, &entry.second, 0));
  } catch (const std::exception& e) {
    mdb_txn_abort(txn);
    std::fprintf(stderr, "not stored: %s\n", e.what());
    return false;
  }
  return mdb_txn_commit(txn) == 0;
}

// Aborted before it is thrown; a failed commit has ended it as well.
void put(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* txn = nullptr;
  check(mdb_txn_begin(env, nullptr, 0, &txn));
  const int rc = mdb_put(txn, dbi, &key, &value, MDB_NOOVERWRITE);
  if (rc != 0) {
    mdb_txn_abort(txn);
    throw LmdbError(rc);
  }
  check(mdb_txn_commit(txn));
}

class WriteTxn {
public:
  explicit WriteTxn(MDB_env* env) { check(mdb_txn_begin(env, nullptr, 0, &txn_)); }
  ~WriteTxn() { mdb_txn_abort(txn_); } // takes null
  WriteTxn(const WriteTxn&) = delete;
  WriteTxn& operator=(const WriteTxn&) = delete;
  MDB_txn* get() const noexcept { return txn_; }
  void commit() { check(mdb_txn_commit(std::exchange(txn_, nullptr))); }

private:
  MDB_txn* txn_ = nullptr;
};

// The handler stands outside of the guard.
bool erase(MDB_env* env, MDB_dbi dbi, std::string name) {
  try {
    WriteTxn txn(env);
    MDB_val key{name.size(), name.data()};
    check(mdb_del(txn.get(), dbi, &key, nullptr));
    txn.commit();
    return true;
  } catch (const LmdbError& e) {
    if (e.code() == MDB_NOTFOUND) return false;
    throw;
  }
}

// The nested one is aborted by its guard; the outer one goes on.
int importAll(MDB_env* env, MDB_dbi dbi, std::vector<std::vector<Entry>> groups) {
  WriteTxn outer(env);
  int refused = 0;
  for (auto& group : groups) {
    MDB_txn* raw = nullptr;
    check(mdb_txn_begin(env, outer.get(), 0, &raw));
    TxnPtr inner(raw);
    bool ok = true;
    for (Entry& entry : group)
      ok = ok && mdb_put(raw, dbi, &entry.first, &entry.second, MDB_NOOVERWRITE) == 0;
    if (ok)
      check(mdb_txn_commit(inner.release()));
    else
      ++refused;
  }
  outer.commit();
  return refused;
}

// The work may throw, the wrapper aborts.
void transact(MDB_env* env, const std::function<void(MDB_txn*)>& work) {
  MDB_txn* txn = nullptr;
  check(mdb_txn_begin(env, nullptr, 0, &txn));
  try {
    work(txn);
  } catch (...) {
    mdb_txn_abort(txn);
    throw;
  }
  check(mdb_txn_commit(txn));
}

void setVersion(MDB_env* env, MDB_dbi dbi, int version) {
  transact(env, [dbi, &version](MDB_txn* txn) {
    int name = 0;
    MDB_val key{sizeof name, &name};
    MDB_val value{sizeof version, &version};
    check(mdb_put(txn, dbi, &key, &value, 0));
  });
}

// Thrown before it begins and after it has ended.
void resize(MDB_env* env, MDB_dbi dbi, std::size_t size) {
  if (size < 4096) throw std::invalid_argument("too small a map");
  MDB_txn* txn = nullptr;
  check(mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn));
  MDB_stat stat{};
  const int rc = mdb_stat(txn, dbi, &stat);
  mdb_txn_abort(txn);
  check(rc);
  if (stat.ms_entries == 0) throw std::logic_error("nothing in the map");
  check(mdb_env_set_mapsize(env, size));
}
