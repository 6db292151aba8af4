// Seen in the field: a guard without a body in sight was given a lambda that ends whatever the handles hold by then.
// library: lmdb
#include <functional>
#include <lmdb.h>
#include <stdexcept>

class AtEnd {
public:
  explicit AtEnd(std::function<void()> action);
  ~AtEnd();
};

void copy(MDB_env* from, MDB_env* to) {
  MDB_txn* reading = nullptr;
  MDB_txn* writing = nullptr;
  bool active = false;
  const AtEnd stop([&] {
    if (active)
      mdb_txn_abort(writing);
    mdb_txn_abort(reading);
  });
  if (mdb_txn_begin(from, nullptr, MDB_RDONLY, &reading) != 0)
    throw std::runtime_error("no source");
  if (mdb_txn_begin(to, nullptr, 0, &writing) != 0)
    throw std::runtime_error("no target");
  active = true;
  MDB_dbi dbi = 0;
  if (mdb_dbi_open(writing, "blocks", 0, &dbi) != 0)
    throw std::runtime_error("no table");
  mdb_txn_commit(writing);
  active = false;
}
