// library: sqlite3, lmdb
// Owners of what is ended by hand, handles that are exchanged for null, objects that keep a
// reference to a session that ends before them.
#include <lmdb.h>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <utility>

namespace store {

struct Abort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
using TxnPtr = std::unique_ptr<MDB_txn, Abort>;

int endedByHand(MDB_env* env, MDB_dbi dbi, MDB_val* key) {
  MDB_txn* raw = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &raw) != 0) return 1;
  TxnPtr txn(raw);
  mdb_del(txn.get(), dbi, key, nullptr);
  return mdb_txn_commit(txn.get()); // expect: session-double-end
}

int resetAfterCommit(MDB_env* env, MDB_dbi dbi, MDB_val* key) {
  MDB_txn* raw = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &raw) != 0) return 1;
  TxnPtr txn(raw);
  mdb_del(txn.get(), dbi, key, nullptr);
  const int rc = mdb_txn_commit(txn.get());
  txn.reset(); // expect: session-double-end
  return rc;
}

int released(MDB_env* env, MDB_dbi dbi, MDB_val* key) {
  MDB_txn* raw = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &raw) != 0) return 1;
  TxnPtr txn(raw);
  if (mdb_del(txn.get(), dbi, key, nullptr) != 0) return 2;
  return mdb_txn_commit(txn.release());
}

void must(int rc) {
  if (rc != 0) throw std::runtime_error(mdb_strerror(rc));
}

class Write {
public:
  explicit Write(MDB_env* env) { must(mdb_txn_begin(env, nullptr, 0, &txn_)); }
  Write(const Write&) = delete;
  ~Write() {
    if (txn_) mdb_txn_abort(txn_);
  }
  void commit() { must(mdb_txn_commit(std::exchange(txn_, nullptr))); }
  void erase(MDB_dbi dbi, MDB_val* key) { must(mdb_del(txn_, dbi, key, nullptr)); }

private:
  MDB_txn* txn_ = nullptr;
};

void afterItsCommit(MDB_env* env, MDB_dbi dbi, MDB_val* key) {
  Write w(env);
  w.erase(dbi, key);
  w.commit();
  w.erase(dbi, key); // expect: session-use-after-scope
}

void committedLast(MDB_env* env, MDB_dbi dbi, MDB_val* key) {
  Write w(env);
  w.erase(dbi, key);
  w.commit();
}

struct Close {
  void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

Handle open(const char* path) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open(path, &raw);
  Handle db(raw);
  if (rc != SQLITE_OK) db.reset();
  return db;
}

class Cache {
public:
  explicit Cache(Handle db) : db_(std::move(db)) {}
  void drop() {
    db_.reset();
    sqlite3_exec(db_.get(), "VACUUM", nullptr, nullptr, nullptr); // expect: session-use-after-scope
  }
  void renew(const char* path) {
    db_.reset();
    db_ = open(path);
    if (db_) sqlite3_exec(db_.get(), "VACUUM", nullptr, nullptr, nullptr);
  }

private:
  Handle db_;
};

bool oneText(sqlite3* db) {
  if (sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK) return false;
  const int rc = sqlite3_exec(db, "PRAGMA user_version = 3; COMMIT", nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
  return rc == SQLITE_OK;
}

} // namespace store
