// Transactions, cursors and environments of LMDB that are ended twice: each frees its memory.
// library: lmdb
#include <cstdio>
#include <lmdb.h>
#include <stdexcept>
#include <string>

// A failed commit has freed the transaction, too.
int store(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  rc = mdb_put(txn, dbi, &key, &value, 0);
  if (rc != 0) {
    mdb_txn_abort(txn);
    return rc;
  }
  rc = mdb_txn_commit(txn);
  if (rc != 0) mdb_txn_abort(txn); // expect: session-double-end
  return rc;
}

// The label is reached after the commit as well.
bool erase(MDB_env* env, MDB_dbi dbi, std::string name) {
  MDB_txn* txn = nullptr;
  bool erased = false;
  MDB_val key{name.size(), name.data()};
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  if (mdb_del(txn, dbi, &key, nullptr) != 0) goto out;
  erased = mdb_txn_commit(txn) == 0;
out:
  mdb_txn_abort(txn); // expect: session-double-end
  return erased;
}

// The handler aborts what the commit has ended.
class Counters {
public:
  Counters(MDB_env* env, MDB_dbi dbi) : env_(env), dbi_(dbi) {}

  void set(long id, long value) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env_, nullptr, 0, &txn) != 0) throw std::runtime_error("no write lock");
    try {
      MDB_val key{sizeof id, &id};
      MDB_val data{sizeof value, &value};
      if (mdb_put(txn, dbi_, &key, &data, 0) != 0) throw std::runtime_error("not put");
      if (mdb_txn_commit(txn) != 0) throw std::runtime_error("not committed");
    } catch (...) {
      mdb_txn_abort(txn); // expect: session-double-end
      throw;
    }
  }

private:
  MDB_env* env_;
  MDB_dbi dbi_;
};

// Closed in the branch and after it.
std::size_t countPrefix(MDB_txn* txn, MDB_dbi dbi, char first) {
  MDB_cursor* cursor = nullptr;
  if (mdb_cursor_open(txn, dbi, &cursor) != 0) return 0;
  MDB_val key{1, &first};
  MDB_val value{};
  std::size_t n = 0;
  int rc = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
  if (rc == MDB_NOTFOUND) mdb_cursor_close(cursor);
  while (rc == 0) {
    if (key.mv_size == 0 || static_cast<const char*>(key.mv_data)[0] != first) break;
    ++n;
    rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
  }
  mdb_cursor_close(cursor); // expect: session-double-end
  return n;
}

// Closed where the open fails, and by the common end.
MDB_env* openTuned(const char* path) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0) return nullptr;
  int rc = mdb_env_open(env, path, 0, 0644);
  if (rc != 0) {
    std::fprintf(stderr, "%s: %s\n", path, mdb_strerror(rc));
    mdb_env_close(env);
  }
  if (rc == 0) rc = mdb_env_set_flags(env, MDB_NOMETASYNC, 1);
  if (rc == 0) return env;
  mdb_env_close(env); // expect: session-double-end
  return nullptr;
}
