// Transactions, cursors and values of LMDB used while they live, though it looks late.
// library: lmdb
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <lmdb.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct LmdbDelete {
  void operator()(MDB_txn* txn) const noexcept { mdb_txn_abort(txn); }
  void operator()(MDB_cursor* cursor) const noexcept { mdb_cursor_close(cursor); }
};
using TxnPtr = std::unique_ptr<MDB_txn, LmdbDelete>;
using CursorPtr = std::unique_ptr<MDB_cursor, LmdbDelete>;

// Copied out before the end.
std::string readName(MDB_env* env, MDB_dbi dbi, MDB_val key) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return {};
  MDB_val value{};
  std::string name;
  if (mdb_get(txn, dbi, &key, &value) == 0)
    name.assign(static_cast<const char*>(value.mv_data), value.mv_size);
  mdb_txn_abort(txn);
  return name;
}

std::optional<std::uint64_t> counter(MDB_env* env, MDB_dbi dbi, std::string_view which) {
  MDB_txn* raw = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &raw) != 0) return std::nullopt;
  const TxnPtr txn(raw);
  MDB_val key{which.size(), const_cast<char*>(which.data())};
  MDB_val value{};
  if (mdb_get(txn.get(), dbi, &key, &value) != 0) return std::nullopt;
  std::uint64_t n = 0;
  if (value.mv_size != sizeof n) return std::nullopt;
  std::memcpy(&n, value.mv_data, sizeof n);
  return n;
}

// The caller's transaction: the view lives as long as that does.
std::string_view peek(MDB_txn* txn, MDB_dbi dbi, MDB_val key) {
  MDB_val value{};
  if (mdb_get(txn, dbi, &key, &value) != 0) return {};
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

// The same variable, a new transaction.
int moveAll(MDB_env* env, MDB_dbi dbi, const std::vector<std::pair<MDB_val, MDB_val>>& entries) {
  MDB_txn* txn = nullptr;
  for (const auto& entry : entries) {
    MDB_val key = entry.first;
    MDB_val value = entry.second;
    int rc = mdb_txn_begin(env, nullptr, 0, &txn);
    if (rc != 0) return rc;
    rc = mdb_put(txn, dbi, &key, &value, 0);
    if (rc != 0) {
      mdb_txn_abort(txn);
      return rc;
    }
    rc = mdb_txn_commit(txn);
    if (rc != 0) return rc;
  }
  return 0;
}

// Reset and renewed: the reader is alive again.
class Lookup {
public:
  explicit Lookup(MDB_dbi dbi) : dbi_(dbi) {}
  ~Lookup() {
    if (reader_) mdb_txn_abort(reader_);
  }
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;

  bool start(MDB_env* env) {
    if (reader_) return true;
    if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &reader_) != 0) {
      reader_ = nullptr;
      return false;
    }
    mdb_txn_reset(reader_);
    return true;
  }
  std::size_t sizeOf(MDB_val key) {
    MDB_val value{};
    if (mdb_txn_renew(reader_) != 0) return 0;
    const std::size_t size = mdb_get(reader_, dbi_, &key, &value) == 0 ? value.mv_size : 0;
    mdb_txn_reset(reader_);
    return size;
  }

private:
  MDB_dbi dbi_;
  MDB_txn* reader_ = nullptr;
};

// The number is asked for before, printed after.
bool store(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  const std::size_t id = mdb_txn_id(txn);
  if (mdb_put(txn, dbi, &key, &value, 0) != 0) {
    mdb_txn_abort(txn);
    std::fprintf(stderr, "transaction %zu aborted\n", id);
    return false;
  }
  const int rc = mdb_txn_commit(txn);
  if (rc != 0) std::fprintf(stderr, "transaction %zu: %s\n", id, mdb_strerror(rc));
  return rc == 0;
}

// Cursor first, transaction after it.
std::vector<std::string> keys(MDB_env* env, MDB_dbi dbi) {
  std::vector<std::string> found;
  MDB_txn* rawTxn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &rawTxn) != 0) return found;
  const TxnPtr txn(rawTxn);
  MDB_cursor* rawCursor = nullptr;
  if (mdb_cursor_open(rawTxn, dbi, &rawCursor) != 0) return found;
  const CursorPtr cursor(rawCursor);
  MDB_val key{};
  MDB_val value{};
  while (mdb_cursor_get(rawCursor, &key, &value, MDB_NEXT_NODUP) == 0)
    found.emplace_back(static_cast<const char*>(key.mv_data), key.mv_size);
  return found;
}

// A cursor of a reader outlives it and is closed afterwards, as the manual allows.
std::size_t countBoth(MDB_env* env, MDB_dbi dbi) {
  MDB_txn* txn = nullptr;
  MDB_cursor* cursor = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return 0;
  if (mdb_cursor_open(txn, dbi, &cursor) != 0) {
    mdb_txn_abort(txn);
    return 0;
  }
  MDB_val key{};
  MDB_val value{};
  std::size_t n = 0;
  while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) ++n;
  mdb_txn_abort(txn);
  mdb_cursor_close(cursor);
  return n;
}

// The key is the caller's memory, not the map's.
bool erase(MDB_env* env, MDB_dbi dbi, std::string name) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  MDB_val key{name.size(), name.data()};
  const int rc = mdb_del(txn, dbi, &key, nullptr);
  if (rc != 0) {
    mdb_txn_abort(txn);
    std::fprintf(stderr, "no entry %.*s\n", static_cast<int>(key.mv_size),
                 static_cast<const char*>(key.mv_data));
    return false;
  }
  return mdb_txn_commit(txn) == 0;
}

// Visited inside the transaction.
template <typename Visit> bool visit(MDB_env* env, MDB_dbi dbi, MDB_val key, Visit&& seen) {
  MDB_txn* raw = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &raw) != 0) return false;
  const TxnPtr txn(raw);
  MDB_val value{};
  if (mdb_get(raw, dbi, &key, &value) != 0) return false;
  seen(std::string_view(static_cast<const char*>(value.mv_data), value.mv_size));
  return true;
}

std::size_t lengthOf(MDB_env* env, MDB_dbi dbi, MDB_val key) {
  std::size_t length = 0;
  visit(env, dbi, key, [&length](std::string_view value) { length = value.size(); });
  return length;
}

// A function that does nothing but throw: the path ends with its call.
void refuse(const std::string& name, int code) {
  if (code == MDB_INVALID)
    throw std::runtime_error("cannot open the store " + name + ": it is no store, or one of another version of the library than " +
                             std::to_string(MDB_VERSION_MAJOR) + "." + std::to_string(MDB_VERSION_MINOR) + ", that is, code " + std::to_string(code));
  throw std::runtime_error("cannot open the store " + name + ": " + std::to_string(code));
}

MDB_env* openStore(const std::string& name) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0) return nullptr;
  if (const int rc = mdb_env_open(env, name.c_str(), 0, 0600)) {
    mdb_env_close(env);
    refuse(name, rc);
  }
  mdb_reader_check(env, nullptr);
  return env;
}

// What is read goes into the caller's record, and is looked at there.
struct Record {
  MDB_val value;
  std::string text() const { return {static_cast<const char*>(value.mv_data), value.mv_size}; }
};

int fetchRecord(MDB_txn* txn, MDB_dbi dbi, MDB_val key, Record& record) {
  int rc = mdb_get(txn, dbi, &key, &record.value);
  if (rc == 0 && record.text().empty()) rc = MDB_NOTFOUND;
  return rc;
}
