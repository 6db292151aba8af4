// Two writing transactions of one LMDB environment at once: the second waits for the first.
// library: lmdb
#include <lmdb.h>
#include <memory>
#include <string>

namespace tiles {

struct Abort {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
};
using Txn = std::unique_ptr<MDB_txn, Abort>;

Txn begin(MDB_env* env, unsigned flags = 0, MDB_txn* parent = nullptr) {
  MDB_txn* raw = nullptr;
  if (mdb_txn_begin(env, parent, flags, &raw) != 0) return nullptr;
  return Txn(raw);
}

bool commit(Txn txn) {
  return mdb_txn_commit(txn.release()) == 0;
}

bool rename(MDB_env* env, MDB_dbi dbi, MDB_val from, MDB_val to) {
  Txn txn = begin(env);
  if (!txn) return false;
  MDB_val value{};
  if (mdb_get(txn.get(), dbi, &from, &value) != 0) return false;
  const std::string copy(static_cast<const char*>(value.mv_data), value.mv_size);
  Txn second = begin(env); // expect: session-nested-begin
  if (!second) return false;
  MDB_val kept{copy.size(), const_cast<char*>(copy.data())};
  if (mdb_put(second.get(), dbi, &to, &kept, 0) != 0) return false;
  return commit(std::move(second)) && commit(std::move(txn));
}

bool renameInside(MDB_env* env, MDB_dbi dbi, MDB_val from, MDB_val to) {
  Txn txn = begin(env);
  if (!txn) return false;
  MDB_val value{};
  if (mdb_get(txn.get(), dbi, &from, &value) != 0) return false;
  Txn child = begin(env, 0, txn.get());
  if (!child) return false;
  if (mdb_put(child.get(), dbi, &to, &value, 0) != 0) return false;
  return commit(std::move(child)) && commit(std::move(txn));
}

bool copyBeside(MDB_env* env, MDB_dbi dbi, MDB_val from, MDB_val to) {
  Txn reader = begin(env, MDB_RDONLY);
  if (!reader) return false;
  MDB_val value{};
  if (mdb_get(reader.get(), dbi, &from, &value) != 0) return false;
  Txn writer = begin(env);
  if (!writer) return false;
  if (mdb_put(writer.get(), dbi, &to, &value, 0) != 0) return false;
  return commit(std::move(writer));
}

} // namespace tiles
