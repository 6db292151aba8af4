// Environments and cursors of LMDB that are forgotten on one of the ways out.
// library: lmdb
#include <cstdio>
#include <cstring>
#include <lmdb.h>
#include <memory>
#include <stdexcept>
#include <string>

struct EnvClose {
  void operator()(MDB_env* env) const noexcept { mdb_env_close(env); }
};
using EnvPtr = std::unique_ptr<MDB_env, EnvClose>;

// mdb_env_open fails: the manual asks for mdb_env_close all the same.
EnvPtr openIndex(const std::string& path) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != MDB_SUCCESS) return nullptr; // expect: session-leak
  mdb_env_set_mapsize(env, std::size_t{1} << 30);
  if (mdb_env_open(env, path.c_str(), MDB_NOSUBDIR, 0644) != MDB_SUCCESS) return nullptr;
  return EnvPtr(env);
}

// A constructor that throws owes no destructor.
class BlockStore {
public:
  explicit BlockStore(const std::string& folder) {
    int rc = mdb_env_create(&env_); // expect: session-leak
    if (rc != 0) throw std::runtime_error("no environment");
    mdb_env_set_maxdbs(env_, 8);
    rc = mdb_env_open(env_, folder.c_str(), MDB_NORDAHEAD, 0600);
    if (rc != 0) throw std::runtime_error(std::string("block store: ") + mdb_strerror(rc));
  }
  ~BlockStore() { mdb_env_close(env_); }
  BlockStore(const BlockStore&) = delete;
  BlockStore& operator=(const BlockStore&) = delete;

  int readers() const {
    MDB_envinfo info{};
    return mdb_env_info(env_, &info) == 0 ? static_cast<int>(info.me_numreaders) : -1;
  }

private:
  MDB_env* env_ = nullptr;
};

struct TxnAbort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
using TxnPtr = std::unique_ptr<MDB_txn, TxnAbort>;

TxnPtr beginRead(MDB_env* env) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return nullptr;
  return TxnPtr(txn);
}

// Cursors of a read-only transaction are not closed with it.
bool hasPrefix(MDB_env* env, MDB_dbi dbi, const std::string& prefix) {
  const TxnPtr txn = beginRead(env);
  if (!txn) return false;
  MDB_cursor* cursor = nullptr;
  if (mdb_cursor_open(txn.get(), dbi, &cursor) != 0) return false; // expect: session-leak
  MDB_val key{prefix.size(), const_cast<char*>(prefix.data())};
  MDB_val data{};
  if (mdb_cursor_get(cursor, &key, &data, MDB_SET_RANGE) != 0) return false;
  const bool found = key.mv_size >= prefix.size() &&
                     std::memcmp(key.mv_data, prefix.data(), prefix.size()) == 0;
  mdb_cursor_close(cursor);
  return found;
}

// Corrupt records are fatal, and the cursor stays.
std::size_t sumSizes(MDB_env* env, MDB_dbi dbi) {
  const TxnPtr txn = beginRead(env);
  if (!txn) throw std::runtime_error("no reader slot");
  MDB_cursor* cursor = nullptr;
  const int rc = mdb_cursor_open(txn.get(), dbi, &cursor); // expect: session-leak
  if (rc != 0) throw std::runtime_error(mdb_strerror(rc));
  MDB_val key{};
  MDB_val data{};
  std::size_t sum = 0;
  while (mdb_cursor_get(cursor, &key, &data, MDB_NEXT) == 0) {
    if (data.mv_size < sizeof(std::size_t)) throw std::runtime_error("corrupt record");
    sum += data.mv_size;
  }
  mdb_cursor_close(cursor);
  return sum;
}

// Only the last of the environments is kept.
EnvPtr openFirst(const std::string& base, int candidates) {
  MDB_env* env = nullptr;
  for (int i = 0; i < candidates; ++i) {
    if (mdb_env_create(&env) != 0) return nullptr; // expect: session-leak
    const std::string path = base + std::to_string(i);
    if (mdb_env_open(env, path.c_str(), MDB_RDONLY, 0) == 0) return EnvPtr(env);
    std::fprintf(stderr, "skipping %s\n", path.c_str());
  }
  return nullptr;
}
