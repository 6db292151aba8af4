// Exceptions inside transactions of LMDB after which nobody aborts: no writer gets in any more.
// library: lmdb
#include <cstdio>
#include <lmdb.h>
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

// Leaves by the exception of the put.
void store(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* txn = nullptr;
  check(mdb_txn_begin(env, nullptr, 0, &txn)); // expect: session-missing-rollback
  check(mdb_put(txn, dbi, &key, &value, 0));
  check(mdb_txn_commit(txn));
}

// Says so, and keeps the lock.
bool storeAll(MDB_env* env, MDB_dbi dbi, std::vector<Entry> entries) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  try {
    for (Entry& entry : entries) {
      if (entry.first.mv_size == 0) throw std::invalid_argument("empty key");
      check(mdb_put(txn, dbi, &entry.first, &entry.second, 0));
    }
  } catch (const std::exception& e) { // expect: session-missing-rollback
    std::fprintf(stderr, "not stored: %s\n", e.what());
    return false;
  }
  return mdb_txn_commit(txn) == 0;
}

// Only the own errors are thought of.
class Counters {
public:
  Counters(MDB_env* env, MDB_dbi dbi) : env_(env), dbi_(dbi) {}

  void set(const std::string& name, long value) {
    MDB_txn* txn = nullptr;
    const int rc = mdb_txn_begin(env_, nullptr, 0, &txn); // expect: session-missing-rollback
    if (rc != 0) throw LmdbError(rc);
    MDB_val key{name.size(), const_cast<char*>(name.data())};
    MDB_val data{sizeof value, &value};
    if (mdb_put(txn, dbi_, &key, &data, 0) != 0) throw std::runtime_error("counter " + name);
    check(mdb_txn_commit(txn));
  }

private:
  MDB_env* env_;
  MDB_dbi dbi_;
};

// Translated, not aborted.
void erase(MDB_env* env, MDB_dbi dbi, std::string name) {
  MDB_txn* txn = nullptr;
  check(mdb_txn_begin(env, nullptr, 0, &txn));
  try {
    MDB_val key{name.size(), name.data()};
    check(mdb_del(txn, dbi, &key, nullptr));
  } catch (const LmdbError& e) { // expect: session-missing-rollback
    throw std::out_of_range("no entry " + name + ": " + e.what());
  }
  check(mdb_txn_commit(txn));
}
