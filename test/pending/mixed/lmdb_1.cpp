// Block and peer index of a node over LMDB: wrappers, cursors, error codes
// library: lmdb
#include <lmdb.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace node {

class LmdbError : public std::runtime_error {
public:
  LmdbError(const char* what, int rc) : std::runtime_error(std::string(what) + ": " + mdb_strerror(rc)), code(rc) {}
  int code;
};

void check(int rc, const char* what) {
  if (rc != MDB_SUCCESS) throw LmdbError(what, rc);
}

MDB_val view(std::string_view s) {
  MDB_val v;
  v.mv_size = s.size();
  v.mv_data = const_cast<char*>(s.data());
  return v;
}

struct CloseEnv {
  void operator()(MDB_env* env) const noexcept { mdb_env_close(env); }
};
using Env = std::unique_ptr<MDB_env, CloseEnv>;

class Txn {
public:
  explicit Txn(MDB_env* env, unsigned flags = 0, MDB_txn* parent = nullptr) {
    check(mdb_txn_begin(env, parent, flags, &txn_), "begin");
  }
  Txn(Txn&& other) noexcept : txn_(std::exchange(other.txn_, nullptr)) {}
  Txn& operator=(Txn&&) = delete;
  ~Txn() {
    if (txn_ != nullptr) mdb_txn_abort(txn_);
  }
  void commit() {
    MDB_txn* txn = std::exchange(txn_, nullptr);
    check(mdb_txn_commit(txn), "commit");
  }
  void abort() { mdb_txn_abort(std::exchange(txn_, nullptr)); }
  operator MDB_txn*() const { return txn_; }

private:
  MDB_txn* txn_ = nullptr;
};

void putAllForgotten(MDB_env* env, MDB_dbi dbi, const std::vector<std::pair<std::string, std::string>>& entries) {
  Txn txn(env);  // expect: session-unfinished-transaction
  for (const auto& [key, value] : entries) {
    MDB_val k = view(key);
    MDB_val v = view(value);
    check(mdb_put(txn, dbi, &k, &v, 0), "put");
  }
}

void putInParts(MDB_env* env, MDB_dbi dbi, const std::vector<std::pair<std::string, std::string>>& entries) {
  Txn txn(env);
  for (const auto& [key, value] : entries) {
    try {
      Txn part(env, 0, txn);
      MDB_val k = view(key);
      MDB_val v = view(value);
      check(mdb_put(part, dbi, &k, &v, 0), "put");
      part.commit();
    } catch (const LmdbError& e) {
      std::cerr << key << ": " << e.what() << '\n';
    }
  }
  txn.commit();
}

}  // namespace node
