// library: lmdb
#include <lmdb.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace tiles {

struct CloseEnv {
  void operator()(MDB_env* e) const noexcept { mdb_env_close(e); }
};
struct AbortTxn {
  void operator()(MDB_txn* t) const noexcept { mdb_txn_abort(t); }
};
struct CloseCursor {
  void operator()(MDB_cursor* c) const noexcept { mdb_cursor_close(c); }
};
using Env = std::unique_ptr<MDB_env, CloseEnv>;
using Txn = std::unique_ptr<MDB_txn, AbortTxn>;
using Cursor = std::unique_ptr<MDB_cursor, CloseCursor>;

struct CacheConfig {
  std::string dir;
  std::size_t mapSize = std::size_t{1} << 28;
  unsigned maxDbs = 4;
};

struct Tile {
  std::string key;
  std::string bytes;
};

MDB_val view(std::string_view s) noexcept {
  MDB_val v;
  v.mv_size = s.size();
  v.mv_data = const_cast<char*>(s.data());
  return v;
}

int report(int rc, const char* what) noexcept {
  if (rc != MDB_SUCCESS) std::fprintf(stderr, "%s: %s\n", what, mdb_strerror(rc));
  return rc;
}

#define CHECK_OR(rc, action)                       \
  if (report((rc), #rc) != MDB_SUCCESS) { \
    action;                                        \
  }

Env openCache(const CacheConfig& cfg) noexcept {
  MDB_env* raw = nullptr;
  if (report(mdb_env_create(&raw), "create") != 0) return nullptr;
  Env env(raw);
  mdb_env_set_mapsize(raw, cfg.mapSize);
  mdb_env_set_maxdbs(raw, cfg.maxDbs);
  if (report(mdb_env_open(raw, cfg.dir.c_str(), MDB_NOTLS, 0664), "open") != 0) return nullptr;
  return env;
}

MDB_env* openLegacyCache(const CacheConfig& cfg) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0) return nullptr;  // expect: session-leak
  mdb_env_set_maxdbs(env, cfg.maxDbs);
  if (report(mdb_env_open(env, cfg.dir.c_str(), MDB_NOSYNC, 0664), "open") != 0) return nullptr;
  return env;
}

Txn begin(MDB_env* env, unsigned flags = 0) noexcept {
  MDB_txn* raw = nullptr;
  report(mdb_txn_begin(env, nullptr, flags, &raw), "begin");
  return Txn(raw);
}

bool finish(Txn txn) noexcept { return report(mdb_txn_commit(txn.release()), "commit") == 0; }

bool putTile(MDB_env* env, MDB_dbi dbi, const Tile& t) {
  Txn txn = begin(env);
  if (!txn) return false;
  MDB_val k = view(t.key), v = view(t.bytes);
  if (mdb_put(txn.get(), dbi, &k, &v, 0) != 0) return false;
  return finish(std::move(txn));
}

bool putRaw(MDB_env* env, MDB_dbi dbi, const Tile& t) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;  // expect: session-unfinished-transaction
  MDB_val k = view(t.key), v = view(t.bytes);
  const int rc = mdb_put(txn, dbi, &k, &v, MDB_NOOVERWRITE);
  if (rc == MDB_KEYEXIST) return true;
  if (rc != 0) {
    mdb_txn_abort(txn);
    return false;
  }
  return mdb_txn_commit(txn) == 0;
}

bool eraseTile(MDB_env* env, MDB_dbi dbi, const std::string& key) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  MDB_val k = view(key);
  const int rc = mdb_del(txn, dbi, &k, nullptr);
  if (rc != 0) {
    mdb_txn_abort(txn);
    return rc == MDB_NOTFOUND;
  }
  return report(mdb_txn_commit(txn), "erase") == 0;
}

bool replaceTile(MDB_env* env, MDB_dbi dbi, const Tile& t) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  MDB_val k = view(t.key), v = view(t.bytes);
  int rc = mdb_put(txn, dbi, &k, &v, 0);
  if (rc == 0) rc = mdb_txn_commit(txn);
  if (rc != 0) {
    report(rc, "replace");
    mdb_txn_abort(txn);  // expect: session-double-end
    return false;
  }
  return true;
}

bool swapTiles(MDB_env* env, MDB_dbi dbi, const Tile& a, const Tile& b) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return false;
  MDB_val ka = view(a.key), kb = view(b.key), va = view(b.bytes), vb = view(a.bytes);
  rc = mdb_put(txn, dbi, &ka, &va, 0);
  if (rc != 0) goto fail;
  rc = mdb_put(txn, dbi, &kb, &vb, 0);
  if (rc != 0) goto fail;
  return mdb_txn_commit(txn) == 0;
fail:
  report(rc, "swap");
  mdb_txn_abort(txn);
  return false;
}

std::string_view peekTile(MDB_env* env, MDB_dbi dbi, const std::string& key) {
  Txn txn = begin(env, MDB_RDONLY);
  if (!txn) return {};
  MDB_val k = view(key), v;
  if (mdb_get(txn.get(), dbi, &k, &v) != 0) return {};
  return {static_cast<const char*>(v.mv_data), v.mv_size};  // expect: session-use-after-scope
}

std::optional<std::string> getTile(MDB_env* env, MDB_dbi dbi, const std::string& key) {
  Txn txn = begin(env, MDB_RDONLY);
  if (!txn) return std::nullopt;
  MDB_val k = view(key), v;
  if (mdb_get(txn.get(), dbi, &k, &v) != 0) return std::nullopt;
  return std::string(static_cast<const char*>(v.mv_data), v.mv_size);
}

std::size_t tileSize(MDB_env* env, MDB_dbi dbi, const std::string& key) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return 0;
  MDB_val k = view(key), v;
  v.mv_size = 0;
  const int rc = mdb_get(txn, dbi, &k, &v);
  mdb_txn_abort(txn);
  return rc == 0 ? v.mv_size : 0;
}

int firstByte(MDB_env* env, MDB_dbi dbi, const std::string& key) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != 0) return -1;
  MDB_val k = view(key), v;
  const int rc = mdb_get(txn, dbi, &k, &v);
  mdb_txn_abort(txn);
  if (rc != 0 || v.mv_size == 0) return -1;
  return *static_cast<const unsigned char*>(v.mv_data);  // expect: session-use-after-scope
}

std::vector<std::string> keys(MDB_env* env, MDB_dbi dbi) {
  std::vector<std::string> out;
  Txn txn = begin(env, MDB_RDONLY);
  MDB_cursor* raw = nullptr;
  if (!txn || mdb_cursor_open(txn.get(), dbi, &raw) != 0) return out;
  Cursor cursor(raw);
  MDB_val k, v;
  for (int rc = mdb_cursor_get(raw, &k, &v, MDB_FIRST); rc == 0; rc = mdb_cursor_get(raw, &k, &v, MDB_NEXT))
    out.emplace_back(static_cast<const char*>(k.mv_data), k.mv_size);
  return out;
}

bool hasPrefix(MDB_env* env, MDB_dbi dbi, const std::string& prefix) {
  Txn txn = begin(env, MDB_RDONLY);
  if (!txn) return false;
  MDB_cursor* cursor = nullptr;
  if (mdb_cursor_open(txn.get(), dbi, &cursor) != 0) return false;  // expect: session-leak
  MDB_val k = view(prefix), v;
  if (mdb_cursor_get(cursor, &k, &v, MDB_SET_RANGE) != 0) return false;
  const bool hit = k.mv_size >= prefix.size() && std::memcmp(k.mv_data, prefix.data(), prefix.size()) == 0;
  mdb_cursor_close(cursor);
  return hit;
}

bool dropPrefix(MDB_env* env, MDB_dbi dbi, const std::string& prefix) {
  Txn txn = begin(env);
  if (!txn) return false;
  MDB_cursor* cursor = nullptr;
  if (mdb_cursor_open(txn.get(), dbi, &cursor) != 0) return false;
  MDB_val k = view(prefix), v;
  int rc = mdb_cursor_get(cursor, &k, &v, MDB_SET_RANGE);
  while (rc == 0 && k.mv_size >= prefix.size() && std::memcmp(k.mv_data, prefix.data(), prefix.size()) == 0) {
    if ((rc = mdb_cursor_del(cursor, 0)) != 0) break;
    rc = mdb_cursor_get(cursor, &k, &v, MDB_GET_CURRENT);
  }
  mdb_cursor_close(cursor);
  if (rc != 0 && rc != MDB_NOTFOUND && rc != EINVAL) return false;
  return finish(std::move(txn));
}

bool trimOldest(MDB_env* env, MDB_dbi dbi, int n) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  MDB_cursor* cursor = nullptr;
  if (mdb_cursor_open(txn, dbi, &cursor) != 0) {
    mdb_txn_abort(txn);
    return false;
  }
  MDB_val k, v;
  while (n-- > 0 && mdb_cursor_get(cursor, &k, &v, MDB_FIRST) == 0)
    if (mdb_cursor_del(cursor, 0) != 0) break;
  const bool good = mdb_txn_commit(txn) == 0;
  if (mdb_cursor_get(cursor, &k, &v, MDB_FIRST) == 0) std::fprintf(stderr, "cache still holds tiles\n");  // expect: session-use-after-scope
  return good;
}

int zoomOf(const std::string& key) {
  const auto slash = key.find('/');
  if (slash == std::string::npos) throw std::invalid_argument("tile key " + key);
  return std::stoi(key.substr(0, slash));
}

int storeAbove(MDB_env* env, MDB_dbi dbi, const std::vector<Tile>& tiles, int zoom) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return -1;  // expect: session-missing-rollback
  int n = 0;
  for (const Tile& t : tiles) {
    if (zoomOf(t.key) < zoom) continue;
    MDB_val k = view(t.key), v = view(t.bytes);
    if (mdb_put(txn, dbi, &k, &v, 0) != 0) {
      mdb_txn_abort(txn);
      return -1;
    }
    ++n;
  }
  return mdb_txn_commit(txn) == 0 ? n : -1;
}

int storeBelow(MDB_env* env, MDB_dbi dbi, const std::vector<Tile>& tiles, int zoom) {
  Txn txn = begin(env);
  if (!txn) return -1;
  int n = 0;
  for (const Tile& t : tiles) {
    if (zoomOf(t.key) >= zoom) continue;
    MDB_val k = view(t.key), v = view(t.bytes);
    CHECK_OR(mdb_put(txn.get(), dbi, &k, &v, 0), return -1);
    ++n;
  }
  return finish(std::move(txn)) ? n : -1;
}

int storeLenient(MDB_env* env, MDB_dbi dbi, const std::vector<Tile>& tiles) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return -1;
  int top = 0;
  try {
    for (const Tile& t : tiles) {
      top = std::max(top, zoomOf(t.key));
      MDB_val k = view(t.key), v = view(t.bytes);
      if (mdb_put(txn, dbi, &k, &v, 0) != 0) throw std::runtime_error("put");
    }
  } catch (const std::invalid_argument& e) {  // expect: session-missing-rollback
    std::fprintf(stderr, "%s\n", e.what());
    return -1;
  } catch (...) {
    mdb_txn_abort(txn);
    throw;
  }
  return mdb_txn_commit(txn) == 0 ? top : -1;
}

bool mergeTiles(MDB_env* env, MDB_dbi dbi, const std::vector<Tile>& tiles) {
  Txn outer = begin(env);
  if (!outer) return false;
  for (const Tile& t : tiles) {
    MDB_txn* child = nullptr;
    if (mdb_txn_begin(env, outer.get(), 0, &child) != 0) return false;
    MDB_val k = view(t.key), v = view(t.bytes);
    if (mdb_put(child, dbi, &k, &v, MDB_NOOVERWRITE) != 0) {
      mdb_txn_abort(child);
      continue;
    }
    if (mdb_txn_commit(child) != 0) return false;
  }
  return finish(std::move(outer));
}

bool mergeCounted(MDB_env* env, MDB_dbi dbi, const Tile& t) {
  Txn outer = begin(env);
  if (!outer) return false;
  MDB_val k = view(t.key), v = view(t.bytes);
  if (mdb_put(outer.get(), dbi, &k, &v, 0) != 0) return false;
  Txn counter = begin(env);  // expect: session-nested-begin
  if (!counter) return false;
  MDB_val ck = view("count"), cv = view("1");
  if (mdb_put(counter.get(), dbi, &ck, &cv, 0) != 0) return false;
  return finish(std::move(counter)) && finish(std::move(outer));
}

bool storeInChunks(MDB_env* env, MDB_dbi dbi, const std::vector<Tile>& tiles, std::size_t chunk) {
  Txn txn = begin(env);
  if (!txn) return false;
  std::size_t inChunk = 0;
  for (const Tile& t : tiles) {
    MDB_val k = view(t.key), v = view(t.bytes);
    if (mdb_put(txn.get(), dbi, &k, &v, 0) != 0) return false;
    if (++inChunk < chunk) continue;
    if (!finish(std::move(txn))) return false;
    txn = begin(env);
    if (!txn) return false;
    inChunk = 0;
  }
  return finish(std::move(txn));
}

std::size_t mapUse(const CacheConfig& cfg) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0) return 0;  // expect: session-raw-construction
  MDB_envinfo info;
  std::memset(&info, 0, sizeof info);
  if (mdb_env_open(env, cfg.dir.c_str(), MDB_RDONLY, 0664) == 0) mdb_env_info(env, &info);
  mdb_env_close(env);
  return info.me_mapsize;
}

unsigned readers(const CacheConfig& cfg) {
  Env env = openCache(cfg);
  if (!env) return 0;
  MDB_env* handle = env.get();
  MDB_envinfo info;
  std::memset(&info, 0, sizeof info);
  mdb_env_sync(handle, 1);
  env.reset();
  mdb_env_info(handle, &info);  // expect: session-use-after-scope
  return info.me_numreaders;
}

class TileStore {
 public:
  explicit TileStore(const CacheConfig& cfg) : env_(openCache(cfg)) {
    if (!env_) throw std::runtime_error("cache " + cfg.dir);
    Txn txn = begin(env_.get());
    if (!txn || mdb_dbi_open(txn.get(), "tiles", MDB_CREATE, &dbi_) != 0) throw std::runtime_error("tiles");
    if (!finish(std::move(txn))) throw std::runtime_error("commit");
  }
  TileStore(const TileStore&) = delete;
  TileStore& operator=(const TileStore&) = delete;
  ~TileStore() {
    if (reader_) mdb_txn_abort(reader_);
  }

  std::optional<std::string> read(const std::string& key) {
    std::lock_guard<std::mutex> hold(m_);
    const int rc = reader_ ? mdb_txn_renew(reader_) : mdb_txn_begin(env_.get(), nullptr, MDB_RDONLY, &reader_);
    if (rc != 0) return std::nullopt;
    std::optional<std::string> out;
    MDB_val k = view(key), v;
    if (mdb_get(reader_, dbi_, &k, &v) == 0) out.emplace(static_cast<const char*>(v.mv_data), v.mv_size);
    mdb_txn_reset(reader_);
    return out;
  }

  bool write(const Tile& t) noexcept { return putTile(env_.get(), dbi_, t); }

 private:
  Env env_;
  MDB_dbi dbi_ = 0;
  MDB_txn* reader_ = nullptr;
  std::mutex m_;
};

class Batch {
 public:
  Batch(MDB_env* env, MDB_dbi dbi) noexcept : dbi_(dbi) { report(mdb_txn_begin(env, nullptr, 0, &txn_), "batch"); }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch() {
    if (txn_) mdb_txn_commit(txn_);  // expect: session-commit-in-destructor
  }
  bool put(const Tile& t) noexcept {
    MDB_val k = view(t.key), v = view(t.bytes);
    return txn_ && mdb_put(txn_, dbi_, &k, &v, 0) == 0;
  }

 private:
  MDB_dbi dbi_;
  MDB_txn* txn_ = nullptr;
};

void fillFromThreads(MDB_env* env, MDB_dbi dbi, const std::vector<Tile>& a, const std::vector<Tile>& b) {
  auto feed = [env, dbi](const std::vector<Tile>& part) {
    for (const Tile& t : part)
      if (!putTile(env, dbi, t)) return;
  };
  std::thread left(feed, std::cref(a));
  std::thread right(feed, std::cref(b));
  left.join();
  right.join();
}

bool fillTwoHanded(MDB_env* env, MDB_dbi dbi, const Tile& a, const Tile& b) {
  Txn txn = begin(env);
  if (!txn) return false;
  MDB_txn* shared = txn.get();
  bool other = false;
  std::thread helper([&other, shared, dbi, &b] {  // expect: session-shared-across-threads
    MDB_val k = view(b.key), v = view(b.bytes);
    other = mdb_put(shared, dbi, &k, &v, 0) == 0;
  });
  MDB_val k = view(a.key), v = view(a.bytes);
  const bool mine = mdb_put(shared, dbi, &k, &v, 0) == 0;
  helper.join();
  if (!mine || !other) return false;
  return finish(std::move(txn));
}

}  // namespace tiles
