// Seen in the field: numbers are copied out of the memory of a record before its transaction ends.
// library: lmdb
#include <cstdint>
#include <lmdb.h>
#include <stdexcept>

std::uint8_t version(MDB_env* env, MDB_dbi dbi, std::uint64_t height) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0)
    throw std::runtime_error("no transaction");
  MDB_val key{sizeof height, &height};
  MDB_val found;
  if (mdb_get(txn, dbi, &key, &found) != 0) {
    mdb_txn_abort(txn);
    throw std::runtime_error("no such height");
  }
  const std::uint8_t answer = *static_cast<const std::uint8_t*>(found.mv_data);
  mdb_txn_abort(txn);
  return answer;
}

class Heights {
public:
  bool read(MDB_env* env, MDB_dbi dbi, MDB_val key) {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0)
      return false;
    MDB_val found;
    const bool good = mdb_get(txn, dbi, &key, &found) == 0;
    if (good)
      height_ = *(std::uint64_t*)found.mv_data;
    mdb_txn_abort(txn);
    return good;
  }
  std::uint64_t height() const { return height_; }

private:
  std::uint64_t height_ = 0;
};
