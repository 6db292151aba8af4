// Seen in the field: a guard whose constructor throws after its begin; its uses are not to blame. And a handle for later.
// library: lmdb
#include <lmdb.h>
#include <stdexcept>

static void must(int code) {
  if (code != 0)
    throw std::runtime_error("lmdb");
}

class Reading {
public:
  explicit Reading(MDB_env* env) {
    must(mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn_)); // expect: session-missing-rollback
    must(mdb_dbi_open(txn_, nullptr, 0, &dbi_));
  }
  ~Reading() { mdb_txn_abort(txn_); }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;
  bool has(MDB_val& key) {
    MDB_val value;
    return mdb_get(txn_, dbi_, &key, &value) == 0;
  }

private:
  MDB_txn* txn_ = nullptr;
  MDB_dbi dbi_ = 0;
};

bool known(MDB_env* env, MDB_val key) {
  Reading reading(env);
  return reading.has(key);
}

class Store {
public:
  void start(); // begins, for the methods that follow
  void stop();

private:
  MDB_env* env_ = nullptr;
  MDB_txn* started_ = nullptr;
  MDB_dbi dbi_ = 0;
};

void Store::start() {
  must(mdb_txn_begin(env_, nullptr, 0, &started_));
  must(mdb_dbi_open(started_, nullptr, 0, &dbi_));
}

void Store::stop() {
  const int code = mdb_txn_commit(started_);
  started_ = nullptr;
  must(code);
}
