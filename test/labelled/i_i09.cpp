// library: lmdb
#include <lmdb.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace kv {

class Failure : public std::runtime_error {
 public:
  Failure(const char* where, int rc) : std::runtime_error(std::string(where) + ": " + mdb_strerror(rc)), rc_(rc) {}
  int rc() const noexcept { return rc_; }

 private:
  int rc_;
};

inline void expect(const char* where, int rc) {
  if (rc != MDB_SUCCESS) throw Failure(where, rc);
}

struct CloseEnv {
  void operator()(MDB_env* e) const noexcept { mdb_env_close(e); }
};
struct AbortTxn {
  void operator()(MDB_txn* t) const noexcept { mdb_txn_abort(t); }
};
struct CloseCursor {
  void operator()(MDB_cursor* c) const noexcept { mdb_cursor_close(c); }
};
using EnvPtr = std::unique_ptr<MDB_env, CloseEnv>;
using TxnPtr = std::unique_ptr<MDB_txn, AbortTxn>;
using CursorPtr = std::unique_ptr<MDB_cursor, CloseCursor>;

EnvPtr makeEnv(const char* path, unsigned flags) {
  MDB_env* raw = nullptr;
  expect("create", mdb_env_create(&raw));
  EnvPtr env(raw);
  expect("maxdbs", mdb_env_set_maxdbs(raw, 4));
  expect("open", mdb_env_open(raw, path, flags, 0600));
  return env;
}

EnvPtr makeEnvSized(const char* path, std::size_t size) {
  MDB_env* raw = nullptr;
  expect("create", mdb_env_create(&raw));  // expect: session-leak
  expect("mapsize", mdb_env_set_mapsize(raw, size));
  expect("open", mdb_env_open(raw, path, 0, 0600));
  return EnvPtr(raw);
}

TxnPtr beginRead(MDB_env* env) {
  MDB_txn* t = nullptr;
  expect("begin", mdb_txn_begin(env, nullptr, MDB_RDONLY, &t));
  return TxnPtr(t);
}

class Write {
 public:
  explicit Write(MDB_env* env) : env_(env) { expect("begin", mdb_txn_begin(env_, nullptr, 0, &txn_)); }
  Write(const Write&) = delete;
  Write& operator=(const Write&) = delete;
  ~Write() {
    if (txn_) mdb_txn_abort(txn_);
  }
  void commit() { expect("commit", mdb_txn_commit(std::exchange(txn_, nullptr))); }
  void restart() {
    if (txn_) mdb_txn_abort(std::exchange(txn_, nullptr));
    expect("begin", mdb_txn_begin(env_, nullptr, 0, &txn_));
  }
  void put(MDB_dbi dbi, std::string_view k, std::string_view v) {
    MDB_val key{k.size(), const_cast<char*>(k.data())}, val{v.size(), const_cast<char*>(v.data())};
    expect("put", mdb_put(txn_, dbi, &key, &val, 0));
  }
  bool erase(MDB_dbi dbi, std::string_view k) {
    MDB_val key{k.size(), const_cast<char*>(k.data())};
    const int rc = mdb_del(txn_, dbi, &key, nullptr);
    if (rc != MDB_NOTFOUND) expect("del", rc);
    return rc == MDB_SUCCESS;
  }
  operator MDB_txn*() const noexcept { return txn_; }

 private:
  MDB_env* env_;
  MDB_txn* txn_ = nullptr;
};

class Journal {
 public:
  Journal(MDB_env* env, MDB_dbi dbi) : dbi_(dbi) { expect("begin", mdb_txn_begin(env, nullptr, 0, &txn_)); }
  ~Journal() {
    if (!txn_) return;
    if (entries_ > 0)
      mdb_txn_commit(txn_);  // expect: session-commit-in-destructor
    else
      mdb_txn_abort(txn_);
  }
  void line(std::string_view text) {
    std::uint64_t n = ++entries_;
    MDB_val key{sizeof n, &n}, val{text.size(), const_cast<char*>(text.data())};
    expect("line", mdb_put(txn_, dbi_, &key, &val, MDB_APPEND));
  }

 private:
  MDB_dbi dbi_;
  MDB_txn* txn_ = nullptr;
  std::uint64_t entries_ = 0;
};

std::optional<std::string> find(MDB_env* env, MDB_dbi dbi, std::string_view k) {
  TxnPtr txn = beginRead(env);
  MDB_val key{k.size(), const_cast<char*>(k.data())}, val;
  const int rc = mdb_get(txn.get(), dbi, &key, &val);
  if (rc == MDB_NOTFOUND) return std::nullopt;
  expect("get", rc);
  return std::string(static_cast<const char*>(val.mv_data), val.mv_size);
}

std::string_view peek(MDB_env* env, MDB_dbi dbi, std::string_view k) {
  TxnPtr txn = beginRead(env);
  MDB_val key{k.size(), const_cast<char*>(k.data())}, val;
  const int rc = mdb_get(txn.get(), dbi, &key, &val);
  if (rc == MDB_NOTFOUND) return {};
  expect("get", rc);
  return std::string_view(static_cast<const char*>(val.mv_data), val.mv_size);  // expect: session-use-after-scope
}

std::string_view peekIn(MDB_txn* txn, MDB_dbi dbi, std::string_view k) {
  MDB_val key{k.size(), const_cast<char*>(k.data())}, val;
  const int rc = mdb_get(txn, dbi, &key, &val);
  if (rc == MDB_NOTFOUND) return {};
  expect("get", rc);
  return std::string_view(static_cast<const char*>(val.mv_data), val.mv_size);
}

bool rename(MDB_env* env, MDB_dbi dbi, std::string_view from, std::string_view to) {
  Write w(env);
  const std::string body(peekIn(w, dbi, from));
  if (body.empty()) return false;
  w.erase(dbi, from);
  w.put(dbi, to, body);
  w.commit();
  return true;
}

void putRetryingFull(MDB_env* env, MDB_dbi dbi, std::string_view k, std::string_view v, std::size_t grow) {
  Write w(env);
  try {
    w.put(dbi, k, v);
  } catch (const Failure& f) {
    if (f.rc() != MDB_TXN_FULL) throw;
    w.restart();
    w.erase(dbi, "cache");
    w.put(dbi, k, v.substr(0, grow));
  }
  w.commit();
}

void storeAll(MDB_env* env, MDB_dbi dbi, const std::map<std::string, std::string>& all) {
  Write w(env);
  std::size_t n = 0;
  for (const auto& [k, v] : all) {
    w.put(dbi, k, v);
    if (++n % 1000 == 0) {
      w.commit();
      w.restart();
    }
  }
  w.commit();
}

void storeIndexed(MDB_env* env, MDB_dbi dbi, MDB_dbi index, const std::map<std::string, std::string>& all) {
  Write w(env);
  for (const auto& [k, v] : all) w.put(dbi, k, v);
  w.commit();
  for (const auto& [k, v] : all) {
    if (v.size() < 8) continue;
    w.put(index, std::string_view(v).substr(0, 8), k);  // expect: session-use-after-scope
  }
}

std::size_t dropPrefix(MDB_env* env, MDB_dbi dbi, std::string_view prefix) {
  Write w(env);
  std::size_t n = 0;
  {
    MDB_cursor* raw = nullptr;
    expect("cursor", mdb_cursor_open(w, dbi, &raw));
    CursorPtr cur(raw);
    MDB_val k{prefix.size(), const_cast<char*>(prefix.data())}, v;
    int rc = mdb_cursor_get(cur.get(), &k, &v, MDB_SET_RANGE);
    while (rc == 0 && k.mv_size >= prefix.size() && !std::memcmp(k.mv_data, prefix.data(), prefix.size())) {
      expect("del", mdb_cursor_del(cur.get(), 0));
      ++n;
      rc = mdb_cursor_get(cur.get(), &k, &v, MDB_NEXT);
    }
    if (rc != MDB_NOTFOUND) expect("next", rc);
  }
  if (n > 0) w.commit();
  return n;
}

std::vector<std::string> keys(MDB_env* env, MDB_dbi dbi) {
  std::vector<std::string> out;
  TxnPtr txn = beginRead(env);
  MDB_cursor* cur = nullptr;
  expect("cursor", mdb_cursor_open(txn.get(), dbi, &cur));  // expect: session-leak
  MDB_val k, v;
  int rc = 0;
  while ((rc = mdb_cursor_get(cur, &k, &v, MDB_NEXT)) == 0) out.emplace_back(static_cast<char*>(k.mv_data), k.mv_size);
  if (rc != MDB_NOTFOUND) throw Failure("next", rc);
  mdb_cursor_close(cur);
  return out;
}

void update(MDB_env* env, MDB_dbi dbi, std::string_view k, const std::function<std::string(std::string_view)>& f) {
  MDB_txn* raw = nullptr;
  expect("begin", mdb_txn_begin(env, nullptr, 0, &raw));
  TxnPtr guard(raw);
  const std::string now = f(peekIn(raw, dbi, k));
  MDB_val key{k.size(), const_cast<char*>(k.data())}, val{now.size(), const_cast<char*>(now.data())};
  expect("put", mdb_put(raw, dbi, &key, &val, 0));
  expect("commit", mdb_txn_commit(guard.release()));
}

void updateRaw(MDB_env* env, MDB_dbi dbi, std::string_view k, std::string_view suffix) {
  MDB_txn* raw = nullptr;
  expect("begin", mdb_txn_begin(env, nullptr, 0, &raw));  // expect: session-missing-rollback
  std::string now(peekIn(raw, dbi, k));
  now += suffix;
  MDB_val key{k.size(), const_cast<char*>(k.data())}, val{now.size(), now.data()};
  const int rc = mdb_put(raw, dbi, &key, &val, 0);
  if (rc != MDB_SUCCESS) {
    mdb_txn_abort(raw);
    throw Failure("put", rc);
  }
  expect("commit", mdb_txn_commit(raw));
}

void commitTwiceOwned(MDB_env* env, MDB_dbi dbi, std::string_view k) {
  TxnPtr txn;
  {
    MDB_txn* raw = nullptr;
    expect("begin", mdb_txn_begin(env, nullptr, 0, &raw));
    txn.reset(raw);
  }
  MDB_val key{k.size(), const_cast<char*>(k.data())};
  const int rc = mdb_del(txn.get(), dbi, &key, nullptr);
  if (rc == MDB_NOTFOUND) return;
  expect("del", rc);
  expect("commit", mdb_txn_commit(txn.get()));
  txn.reset();  // expect: session-double-end
}

MDB_dbi openTable(MDB_env* env, const char* name, bool create) {
  MDB_txn* txn = nullptr;
  MDB_dbi dbi = 0;
  expect("begin", mdb_txn_begin(env, nullptr, create ? 0 : MDB_RDONLY, &txn));
  const int rc = mdb_dbi_open(txn, name, create ? MDB_CREATE : 0, &dbi);
  if (rc != MDB_SUCCESS) {
    mdb_txn_abort(txn);
    throw Failure(name, rc);
  }
  expect("commit", mdb_txn_commit(txn));
  return dbi;
}

bool swapValues(MDB_env* env, MDB_dbi dbi, std::string_view a, std::string_view b) {
  Write w(env);
  bool done = true;
  try {
    const std::string va(peekIn(w, dbi, a)), vb(peekIn(w, dbi, b));
    w.put(dbi, a, vb);
    w.put(dbi, b, va);
  } catch (const Failure& f) {  // expect: session-swallow-and-commit
    std::fprintf(stderr, "swap: %s\n", f.what());
    done = false;
  }
  w.commit();
  return done;
}

void clearTwo(MDB_env* env, MDB_dbi first, MDB_dbi second) {
  Write a(env);
  expect("drop", mdb_drop(a, first, 0));
  Write b(env);  // expect: session-nested-begin
  expect("drop", mdb_drop(b, second, 0));
  b.commit();
  a.commit();
}

std::size_t scanParallel(MDB_env* env, const std::vector<MDB_dbi>& tables) {
  std::vector<std::size_t> counts(tables.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < tables.size(); ++i)
    threads.emplace_back([env, &counts, &tables, i]() noexcept {
      MDB_txn* txn = nullptr;
      if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn)) return;
      MDB_stat st{};
      if (mdb_stat(txn, tables[i], &st) == 0) counts[i] = st.ms_entries;
      mdb_txn_abort(txn);
    });
  for (auto& t : threads) t.join();
  std::size_t sum = 0;
  for (std::size_t c : counts) sum += c;
  return sum;
}

void fillParallel(MDB_env* env, MDB_dbi dbi, const std::vector<std::string>& items) {
  Write w(env);
  std::thread helper([&w, dbi, &items] {  // expect: session-shared-across-threads
    for (std::size_t i = 1; i < items.size(); i += 2) w.put(dbi, items[i], "odd");
  });
  for (std::size_t i = 0; i < items.size(); i += 2) w.put(dbi, items[i], "even");
  helper.join();
  w.commit();
}

}  // namespace kv
