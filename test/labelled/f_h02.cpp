// library: lmdb
// Block store of a small chain node on LMDB.
#include <lmdb.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace chain {

using Hash = std::array<unsigned char, 32>;

struct StoreError : std::runtime_error {
  int code;
  StoreError(const char* what, int rc) : std::runtime_error(std::string(what) + ": " + mdb_strerror(rc)), code(rc) {}
};

struct EnvClose { void operator()(MDB_env* e) const noexcept { mdb_env_close(e); } };
struct CursorClose { void operator()(MDB_cursor* c) const noexcept { mdb_cursor_close(c); } };
using EnvPtr = std::unique_ptr<MDB_env, EnvClose>;
using CursorPtr = std::unique_ptr<MDB_cursor, CursorClose>;

inline void check(int rc, const char* what) { if (rc != MDB_SUCCESS) throw StoreError(what, rc); }
inline MDB_val val(const Hash& h) { return {h.size(), const_cast<unsigned char*>(h.data())}; }
inline MDB_val val(std::string_view s) { return {s.size(), const_cast<char*>(s.data())}; }

void note(const char* what, int rc) noexcept { std::fprintf(stderr, "store: %s (%d)\n", what, rc); }

class Txn {
public:
  Txn(MDB_env* env, unsigned flags, MDB_txn* parent = nullptr) { check(mdb_txn_begin(env, parent, flags, &txn_), "begin"); }
  Txn(Txn&& o) noexcept : txn_(std::exchange(o.txn_, nullptr)) {}
  Txn& operator=(Txn&&) = delete;
  ~Txn() { if (txn_) mdb_txn_abort(txn_); }
  MDB_txn* get() const noexcept { return txn_; }
  void commit() { check(mdb_txn_commit(std::exchange(txn_, nullptr)), "commit"); }
  void abort() noexcept { if (txn_) mdb_txn_abort(std::exchange(txn_, nullptr)); }
private:
  MDB_txn* txn_ = nullptr;
};

struct Dbis { MDB_dbi blocks = 0, heights = 0, utxo = 0, peers = 0; };
struct Block { Hash id{}; std::uint64_t height = 0; std::string body; };

class BlockStore {
public:
  explicit BlockStore(const std::string& dir, size_t mapSize = size_t{1} << 30);

  void append(const Block& b);
  int appendMany(const std::vector<Block>& blocks);
  bool has(const Hash& id) const;
  std::string body(const Hash& id) const;
  std::string_view bodyView(const Hash& id) const;
  bool rollbackTo(std::uint64_t height);
  int spend(const Hash& out);
  bool reorg(const std::vector<Hash>& drop, const std::vector<Block>& add);
  int importPeers(const std::vector<std::string>& lines);
  std::uint64_t tip() const;
  int prune(std::uint64_t below);
  void forEachPeer(const std::function<void(std::string_view)>& visit) const;
  int touchPeer(std::string_view addr);
  int banPeer(std::string_view addr);
  int verify(const Hash& id) const;
  Txn beginWrite() { return Txn(env_.get(), 0); }
  std::future<std::uint64_t> tipAsync() const;
  void indexInBackground(const std::vector<Hash>& ids);
  int resetHeights();
  bool putUnlessPresent(const Block& b);
  int compactStats();
  void tagFork(const Hash& id, std::string_view label);

private:
  EnvPtr env_;
  Dbis dbi_;
};

BlockStore::BlockStore(const std::string& dir, size_t mapSize) {
  MDB_env* raw = nullptr;
  check(mdb_env_create(&raw), "env_create");
  env_.reset(raw);
  check(mdb_env_set_mapsize(raw, mapSize), "mapsize");
  check(mdb_env_set_maxdbs(raw, 8), "maxdbs");
  check(mdb_env_open(raw, dir.c_str(), MDB_NOSUBDIR, 0644), "env_open");
  Txn tx(raw, 0);
  check(mdb_dbi_open(tx.get(), "blocks", MDB_CREATE, &dbi_.blocks), "dbi");
  check(mdb_dbi_open(tx.get(), "heights", MDB_CREATE | MDB_INTEGERKEY, &dbi_.heights), "dbi");
  check(mdb_dbi_open(tx.get(), "utxo", MDB_CREATE, &dbi_.utxo), "dbi");
  check(mdb_dbi_open(tx.get(), "peers", MDB_CREATE, &dbi_.peers), "dbi");
  tx.commit();
}

void BlockStore::append(const Block& b) {
  Txn tx(env_.get(), 0);
  MDB_val k = val(b.id), v = val(b.body);
  check(mdb_put(tx.get(), dbi_.blocks, &k, &v, MDB_NOOVERWRITE), "put block");
  std::uint64_t h = b.height;
  MDB_val hk{sizeof h, &h};
  check(mdb_put(tx.get(), dbi_.heights, &hk, &k, 0), "put height");
  tx.commit();
}

int BlockStore::appendMany(const std::vector<Block>& blocks) {
  int stored = 0;
  auto it = blocks.begin();
  while (it != blocks.end()) {
    Txn tx(env_.get(), 0);
    for (int n = 0; n < 128 && it != blocks.end(); ++n, ++it) {
      MDB_val k = val(it->id), v = val(it->body);
      const int rc = mdb_put(tx.get(), dbi_.blocks, &k, &v, MDB_NOOVERWRITE);
      if (rc == MDB_KEYEXIST) continue;
      check(rc, "put block");
      ++stored;
    }
    tx.commit();
  }
  return stored;
}

bool BlockStore::has(const Hash& id) const {
  Txn tx(env_.get(), MDB_RDONLY);
  MDB_val k = val(id), v{};
  const int rc = mdb_get(tx.get(), dbi_.blocks, &k, &v);
  if (rc == MDB_NOTFOUND) return false;
  check(rc, "get");
  return true;
}

std::string BlockStore::body(const Hash& id) const {
  Txn tx(env_.get(), MDB_RDONLY);
  MDB_val k = val(id), v{};
  check(mdb_get(tx.get(), dbi_.blocks, &k, &v), "get");
  return std::string(static_cast<const char*>(v.mv_data), v.mv_size);
}

std::string_view BlockStore::bodyView(const Hash& id) const {
  Txn tx(env_.get(), MDB_RDONLY);
  MDB_val k = val(id), v{};
  check(mdb_get(tx.get(), dbi_.blocks, &k, &v), "get");
  return {static_cast<const char*>(v.mv_data), v.mv_size};  // expect: session-use-after-scope
}

bool BlockStore::rollbackTo(std::uint64_t height) {
  Txn tx(env_.get(), 0);
  MDB_cursor* raw = nullptr;
  check(mdb_cursor_open(tx.get(), dbi_.heights, &raw), "cursor");
  CursorPtr cur(raw);
  MDB_val k{}, v{};
  int removed = 0;
  while (mdb_cursor_get(cur.get(), &k, &v, MDB_LAST) == MDB_SUCCESS) {
    std::uint64_t h = 0;
    std::memcpy(&h, k.mv_data, sizeof h);
    if (h <= height) break;
    check(mdb_cursor_del(cur.get(), 0), "del");
    ++removed;
  }
  cur.reset();
  if (removed == 0) return false;
  tx.commit();
  return true;
}

int BlockStore::spend(const Hash& out) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env_.get(), nullptr, 0, &txn);  // expect: session-unfinished-transaction
  if (rc != MDB_SUCCESS) return rc;
  MDB_val k = val(out), v{};
  rc = mdb_get(txn, dbi_.utxo, &k, &v);
  if (rc == MDB_NOTFOUND) {
    note("double spend", rc);
    return rc;
  }
  if (rc == MDB_SUCCESS) rc = mdb_del(txn, dbi_.utxo, &k, nullptr);
  if (rc != MDB_SUCCESS) {
    mdb_txn_abort(txn);
    return rc;
  }
  return mdb_txn_commit(txn);
}

bool BlockStore::reorg(const std::vector<Hash>& drop, const std::vector<Block>& add) {
  Txn outer(env_.get(), 0);
  for (const Hash& h : drop) {
    MDB_val k = val(h);
    const int rc = mdb_del(outer.get(), dbi_.blocks, &k, nullptr);
    if (rc != MDB_SUCCESS && rc != MDB_NOTFOUND) return false;
  }
  for (const Block& b : add) {
    try {
      Txn inner(env_.get(), 0, outer.get());
      MDB_val k = val(b.id), v = val(b.body);
      check(mdb_put(inner.get(), dbi_.blocks, &k, &v, 0), "put");
      inner.commit();
    } catch (const StoreError& e) {
      note(e.what(), e.code);
      return false;
    }
  }
  outer.commit();
  return true;
}

int BlockStore::importPeers(const std::vector<std::string>& lines) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env_.get(), nullptr, 0, &txn);
  if (rc) goto out;
  for (const std::string& line : lines) {
    MDB_val k = val(std::string_view(line)), v{};
    rc = mdb_put(txn, dbi_.peers, &k, &v, 0);
    if (rc == MDB_MAP_FULL) goto out;
    if (rc) goto out;
  }
  rc = mdb_txn_commit(txn);
  txn = nullptr;
out:
  if (txn) mdb_txn_abort(txn);
  if (rc) note("importPeers", rc);
  return rc;
}

std::uint64_t BlockStore::tip() const {
  Txn tx(env_.get(), MDB_RDONLY);
  MDB_cursor* raw = nullptr;
  check(mdb_cursor_open(tx.get(), dbi_.heights, &raw), "cursor");
  CursorPtr cur(raw);
  MDB_val k{}, v{};
  if (mdb_cursor_get(cur.get(), &k, &v, MDB_LAST) != MDB_SUCCESS) return 0;
  std::uint64_t h = 0;
  std::memcpy(&h, k.mv_data, sizeof h);
  return h;
}

int BlockStore::prune(std::uint64_t below) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env_.get(), nullptr, 0, &txn);
  if (rc != MDB_SUCCESS) return rc;
  for (std::uint64_t h = 0; h < below; ++h) {
    MDB_val k{sizeof h, &h};
    rc = mdb_del(txn, dbi_.heights, &k, nullptr);
    if (rc != MDB_SUCCESS && rc != MDB_NOTFOUND) {
      mdb_txn_abort(txn);
      return rc;
    }
  }
  rc = mdb_txn_commit(txn);
  if (rc != MDB_SUCCESS) {
    note("prune", rc);
    mdb_txn_abort(txn);  // expect: session-double-end
  }
  return rc;
}

void BlockStore::forEachPeer(const std::function<void(std::string_view)>& visit) const {
  Txn tx(env_.get(), MDB_RDONLY);
  MDB_cursor* raw = nullptr;
  check(mdb_cursor_open(tx.get(), dbi_.peers, &raw), "cursor");
  CursorPtr cur(raw);
  MDB_val k{}, v{};
  while (mdb_cursor_get(cur.get(), &k, &v, MDB_NEXT) == MDB_SUCCESS) {
    visit({static_cast<const char*>(k.mv_data), k.mv_size});
  }
}

int BlockStore::touchPeer(std::string_view addr) {
  Txn tx(env_.get(), MDB_RDONLY);
  MDB_val k = val(addr), v{};
  if (mdb_get(tx.get(), dbi_.peers, &k, &v) == MDB_SUCCESS) return 0;
  tx.abort();
  Txn wr(env_.get(), 0);
  check(mdb_put(wr.get(), dbi_.peers, &k, &v, 0), "put peer");
  wr.commit();
  return 1;
}

int BlockStore::banPeer(std::string_view addr) {
  MDB_txn* txn = nullptr;
  if (int rc = mdb_txn_begin(env_.get(), nullptr, 0, &txn); rc != MDB_SUCCESS) return rc;
  MDB_val k = val(addr), v = val(std::string_view("banned"));
  if (int rc = mdb_put(txn, dbi_.peers, &k, &v, 0); rc != MDB_SUCCESS) {
    mdb_txn_abort(txn);
    return rc;
  }
  const int rc = mdb_txn_commit(txn);
  if (rc == MDB_SUCCESS) {
    MDB_stat st{};
    mdb_stat(txn, dbi_.peers, &st);  // expect: session-use-after-scope
    std::fprintf(stderr, "peers: %zu\n", st.ms_entries);
  }
  return rc;
}

int BlockStore::verify(const Hash& id) const {
  Txn tx(env_.get(), MDB_RDONLY);
  MDB_val k = val(id), v{};
  int rc = mdb_get(tx.get(), dbi_.blocks, &k, &v);
  if (rc != MDB_SUCCESS) return rc;
  unsigned sum = 0;
  for (size_t i = 0; i < v.mv_size; ++i) sum += static_cast<const unsigned char*>(v.mv_data)[i];
  mdb_txn_reset(tx.get());
  rc = mdb_txn_renew(tx.get());
  if (rc != MDB_SUCCESS) return rc;
  rc = mdb_get(tx.get(), dbi_.utxo, &k, &v);
  return rc == MDB_NOTFOUND ? static_cast<int>(sum & 0xff) : rc;
}

std::future<std::uint64_t> BlockStore::tipAsync() const {
  return std::async(std::launch::async, [this] {
    Txn own(env_.get(), MDB_RDONLY);
    MDB_stat st{};
    check(mdb_stat(own.get(), dbi_.heights, &st), "stat");
    return static_cast<std::uint64_t>(st.ms_entries);
  });
}

void BlockStore::indexInBackground(const std::vector<Hash>& ids) {
  Txn tx(env_.get(), 0);
  std::thread helper([this, raw = tx.get(), ids] {  // expect: session-shared-across-threads
    for (const Hash& h : ids) {
      MDB_val k = val(h), v{};
      if (mdb_put(raw, dbi_.utxo, &k, &v, 0) != MDB_SUCCESS) return;
    }
  });
  for (std::uint64_t i = 0; i < ids.size(); ++i) {
    MDB_val hk{sizeof i, &i}, v = val(ids[i]);
    if (int rc = mdb_put(tx.get(), dbi_.heights, &hk, &v, 0)) note("height", rc);
  }
  helper.join();
  tx.commit();
}

int BlockStore::resetHeights() {
  MDB_txn* txn = nullptr;
  for (int attempt = 0; attempt < 2; ++attempt) {
    int rc = mdb_txn_begin(env_.get(), nullptr, 0, &txn);
    if (rc == MDB_MAP_RESIZED) {
      mdb_env_set_mapsize(env_.get(), 0);
      continue;
    }
    if (rc != MDB_SUCCESS) return rc;
    rc = mdb_drop(txn, dbi_.heights, 0);
    if (rc == MDB_SUCCESS) return mdb_txn_commit(txn);
    mdb_txn_abort(txn);
    return rc;
  }
  return MDB_MAP_RESIZED;
}

bool BlockStore::putUnlessPresent(const Block& b) {
  Txn tx(env_.get(), 0);
  MDB_val k = val(b.id), v = val(b.body);
  switch (const int rc = mdb_put(tx.get(), dbi_.blocks, &k, &v, MDB_NOOVERWRITE)) {
    case MDB_SUCCESS:
      tx.commit();
      return true;
    case MDB_KEYEXIST:
      return false;
    default:
      throw StoreError("putUnlessPresent", rc);
  }
}

int BlockStore::compactStats() {
  Txn tx(env_.get(), 0);
  MDB_stat st{};
  check(mdb_stat(tx.get(), dbi_.utxo, &st), "stat");
  const std::string text = std::to_string(st.ms_entries);
  MDB_val k = val(std::string_view("utxo.count")), v = val(std::string_view(text));
  Txn inner(env_.get(), 0);  // expect: session-nested-begin
  check(mdb_put(inner.get(), dbi_.peers, &k, &v, 0), "put");
  inner.commit();
  tx.commit();
  return static_cast<int>(st.ms_depth);
}

void BlockStore::tagFork(const Hash& id, std::string_view label) {
  Txn tx = beginWrite();
  MDB_val k = val(id), v = val(label);
  check(mdb_put(tx.get(), dbi_.peers, &k, &v, 0), "tag");
  Txn moved(std::move(tx));
  moved.commit();
}

bool copySnapshot(const std::string& from, const std::string& to) {
  MDB_env* env = nullptr;
  int rc = mdb_env_create(&env);  // expect: session-leak
  if (rc != MDB_SUCCESS) return false;
  rc = mdb_env_open(env, from.c_str(), MDB_RDONLY | MDB_NOSUBDIR, 0644);
  if (rc != MDB_SUCCESS) {
    note("snapshot open", rc);
    return false;
  }
  rc = mdb_env_copy2(env, to.c_str(), MDB_CP_COMPACT);
  mdb_env_close(env);
  return rc == MDB_SUCCESS;
}

EnvPtr openReadOnly(const std::string& path) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != MDB_SUCCESS) return nullptr;
  EnvPtr owned(env);
  const int rc = mdb_env_open(env, path.c_str(), MDB_RDONLY | MDB_NOSUBDIR, 0644);
  if (rc != MDB_SUCCESS) {
    note("read-only open", rc);
    owned.reset();
  }
  return owned;
}

}  // namespace chain
