// library: lmdb
#include <lmdb.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#define MDB_TRY(call)                                              \
  do {                                                             \
    rc = (call);                                                   \
    if (rc != MDB_SUCCESS) {                                       \
      std::fprintf(stderr, "%s: %s\n", #call, mdb_strerror(rc));   \
      goto done;                                                   \
    }                                                              \
  } while (0)

namespace ledgerd {

struct Tables {
  MDB_dbi blocks = 0;
  MDB_dbi heights = 0;
  MDB_dbi peers = 0;
};

static MDB_val slice(std::string_view s) { return MDB_val{s.size(), const_cast<char*>(s.data())}; }

static int put(MDB_txn* txn, MDB_dbi dbi, std::string_view k, std::string_view v) {
  MDB_val key = slice(k), value = slice(v);
  return mdb_put(txn, dbi, &key, &value, 0);
}

MDB_env* openEnv(const char* path, std::size_t mapSize) {
  MDB_env* env = nullptr;
  int rc = mdb_env_create(&env);
  if (rc) return nullptr;
  mdb_env_set_maxdbs(env, 8);
  if ((rc = mdb_env_set_mapsize(env, mapSize)) || (rc = mdb_env_open(env, path, MDB_NOTLS, 0644))) {
    std::fprintf(stderr, "open %s: %s\n", path, mdb_strerror(rc));
    mdb_env_close(env);
    return nullptr;
  }
  return env;
}

MDB_env* openReadOnly(const char* path) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env)) return nullptr;  // expect: session-leak
  mdb_env_set_maxreaders(env, 512);
  const int rc = mdb_env_open(env, path, MDB_RDONLY, 0644);
  if (rc) {
    std::fprintf(stderr, "readonly %s: %s\n", path, mdb_strerror(rc));
    return nullptr;
  }
  return env;
}

int openTables(MDB_env* env, Tables* t) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc) return rc;
  if ((rc = mdb_dbi_open(txn, "blocks", MDB_CREATE, &t->blocks)) == 0 &&
      (rc = mdb_dbi_open(txn, "heights", MDB_CREATE | MDB_INTEGERKEY, &t->heights)) == 0 &&
      (rc = mdb_dbi_open(txn, "peers", MDB_CREATE, &t->peers)) == 0)
    return mdb_txn_commit(txn);
  mdb_txn_abort(txn);
  return rc;
}

int addBlock(MDB_env* env, const Tables& t, std::string_view hash, std::string_view body) {
  MDB_txn* txn = nullptr;
  int rc = 0;
  MDB_TRY(mdb_txn_begin(env, nullptr, 0, &txn));
  MDB_TRY(put(txn, t.blocks, hash, body));
  MDB_TRY(put(txn, t.heights, "tip", hash));
  rc = mdb_txn_commit(txn);
  txn = nullptr;
done:
  if (txn) mdb_txn_abort(txn);
  return rc;
}

int addPeer(MDB_env* env, const Tables& t, std::string_view address) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != MDB_SUCCESS) return rc;
  if ((rc = put(txn, t.peers, address, "1")) != MDB_SUCCESS) {
    mdb_txn_abort(txn);
    return rc;
  }
  rc = mdb_txn_commit(txn);
  if (rc != MDB_SUCCESS) {
    std::fprintf(stderr, "peer: %s\n", mdb_strerror(rc));
    mdb_txn_abort(txn);  // expect: session-double-end
  }
  return rc;
}

bool hasPeer(MDB_env* env, const Tables& t, std::string_view address) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn) != MDB_SUCCESS) return false;
  MDB_val key = slice(address), value;
  const bool found = mdb_get(txn, t.peers, &key, &value) == MDB_SUCCESS;
  mdb_txn_abort(txn);
  return found;
}

std::size_t blockSize(MDB_env* env, const Tables& t, std::string_view hash) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn)) return 0;  // expect: session-unfinished-transaction
  MDB_val key = slice(hash), value;
  const int rc = mdb_get(txn, t.blocks, &key, &value);
  if (rc == MDB_NOTFOUND) return 0;
  const std::size_t n = rc ? 0 : value.mv_size;
  mdb_txn_abort(txn);
  return n;
}

std::string blockBody(MDB_env* env, const Tables& t, std::string_view hash) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn)) return {};
  MDB_val key = slice(hash), value{0, nullptr};
  const int rc = mdb_get(txn, t.blocks, &key, &value);
  mdb_txn_abort(txn);
  if (rc) return {};
  return std::string(static_cast<char*>(value.mv_data), value.mv_size);  // expect: session-use-after-scope
}

std::string tipHash(MDB_env* env, const Tables& t) {
  std::string out;
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn)) return out;
  MDB_val key = slice("tip"), value;
  if (mdb_get(txn, t.heights, &key, &value) == MDB_SUCCESS) out.assign(static_cast<char*>(value.mv_data), value.mv_size);
  mdb_txn_abort(txn);
  return out;
}

int countPrefix(MDB_env* env, MDB_dbi dbi, std::string_view prefix) {
  MDB_txn* txn = nullptr;
  MDB_cursor* cur = nullptr;
  MDB_val k = slice(prefix), v;
  int rc = 0, n = 0;
  MDB_TRY(mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn));
  MDB_TRY(mdb_cursor_open(txn, dbi, &cur));
  for (rc = mdb_cursor_get(cur, &k, &v, MDB_SET_RANGE); rc == 0; rc = mdb_cursor_get(cur, &k, &v, MDB_NEXT)) {
    if (k.mv_size < prefix.size() || std::memcmp(k.mv_data, prefix.data(), prefix.size()) != 0) break;
    ++n;
  }
done:
  if (cur) mdb_cursor_close(cur);
  if (txn) mdb_txn_abort(txn);
  return n;
}

int lastEntry(MDB_env* env, MDB_dbi dbi, std::string* out) {
  MDB_txn* txn = nullptr;
  MDB_cursor* cur = nullptr;
  MDB_val k, v;
  int rc = mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn);
  if (rc) return rc;
  rc = mdb_cursor_open(txn, dbi, &cur);
  if (rc == 0) {
    rc = mdb_cursor_get(cur, &k, &v, MDB_LAST);
    if (rc == 0) out->assign(static_cast<char*>(k.mv_data), k.mv_size);
    mdb_cursor_close(cur);
  }
  mdb_txn_abort(txn);
  return rc;
}

int trim(MDB_env* env, MDB_dbi dbi, std::size_t keep) {
  MDB_txn* txn = nullptr;
  MDB_cursor* cur = nullptr;
  MDB_val k, v;
  MDB_stat st;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc) return rc;
  if ((rc = mdb_stat(txn, dbi, &st)) || (rc = mdb_cursor_open(txn, dbi, &cur))) {
    mdb_txn_abort(txn);
    return rc;
  }
  while (st.ms_entries-- > keep && (rc = mdb_cursor_get(cur, &k, &v, MDB_FIRST)) == 0) {
    if ((rc = mdb_cursor_del(cur, 0)) != 0) break;
  }
  mdb_cursor_close(cur);
  if (rc) {
    mdb_txn_abort(txn);
    return rc;
  }
  return mdb_txn_commit(txn);
}

int importBlocks(MDB_env* env, const Tables& t, const std::vector<std::string>& blocks, std::size_t chunk) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  std::size_t inTxn = 0;
  for (std::size_t i = 0; rc == 0 && i < blocks.size(); ++i) {
    rc = put(txn, t.blocks, std::to_string(i), blocks[i]);
    if (rc == 0 && ++inTxn == chunk) {
      rc = mdb_txn_commit(txn);
      txn = nullptr;
      inTxn = 0;
      if (rc == 0) rc = mdb_txn_begin(env, nullptr, 0, &txn);
      if (rc) txn = nullptr;
    }
  }
  if (rc == 0) return mdb_txn_commit(txn);
  if (txn) mdb_txn_abort(txn);
  return rc;
}

int reorg(MDB_env* env, const Tables& t, const std::vector<std::string>& drop, std::string_view tip) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);  /* wrong */  // expect: session-unfinished-transaction
  if (rc) return rc;
  for (const std::string& h : drop) {
    MDB_val key = slice(h);
    if ((rc = mdb_del(txn, t.blocks, &key, nullptr)) != 0) {
      mdb_txn_abort(txn);
      break;
    }
  }
  rc = put(txn, t.heights, "tip", tip);  // expect: session-use-after-scope
  if (rc) return rc;
  return mdb_txn_commit(txn);
}

int replaceTip(MDB_env* env, const Tables& t, std::string_view tip, bool notify) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc) return rc;
  rc = put(txn, t.heights, "tip", tip);
  if (rc == 0 && notify) rc = put(txn, t.peers, "dirty", "1");
  if (rc == 0)
    rc = mdb_txn_commit(txn);
  else
    mdb_txn_abort(txn);
  return rc;
}

int nestedMerge(MDB_env* env, const Tables& t, std::string_view hash, std::string_view body) {
  MDB_txn *outer = nullptr, *inner = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &outer);
  if (rc) return rc;
  rc = mdb_txn_begin(env, outer, 0, &inner);
  if (rc == 0) {
    if ((rc = put(inner, t.blocks, hash, body)) == 0)
      rc = mdb_txn_commit(inner);
    else
      mdb_txn_abort(inner);
  }
  if (rc) {
    mdb_txn_abort(outer);
    return rc;
  }
  return mdb_txn_commit(outer);
}

int recount(MDB_env* env, const Tables& t, std::string_view label) {
  MDB_txn *txn = nullptr, *other = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc) return rc;
  rc = put(txn, t.heights, label, "0");
  if (rc == 0) rc = mdb_txn_begin(env, nullptr, 0, &other);  // expect: session-nested-begin
  if (rc) {
    mdb_txn_abort(txn);
    return rc;
  }
  if ((rc = put(other, t.peers, label, "0")) != 0) {
    mdb_txn_abort(other);
    mdb_txn_abort(txn);
    return rc;
  }
  rc = mdb_txn_commit(other);
  if (rc) {
    mdb_txn_abort(txn);
    return rc;
  }
  return mdb_txn_commit(txn);
}

int scanTwice(MDB_env* env, MDB_dbi dbi, int (*each)(const MDB_val&, void*) noexcept, void* user) {
  MDB_txn* txn = nullptr;
  MDB_cursor* cur = nullptr;
  MDB_val k, v;
  int rc = mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn);
  if (rc) return rc;
  if ((rc = mdb_cursor_open(txn, dbi, &cur)) != 0) {
    mdb_txn_abort(txn);
    return rc;
  }
  while (mdb_cursor_get(cur, &k, &v, MDB_NEXT) == 0) rc += each(k, user);
  mdb_txn_reset(txn);
  if (mdb_txn_renew(txn) == 0 && mdb_cursor_renew(txn, cur) == 0)
    while (mdb_cursor_get(cur, &k, &v, MDB_NEXT) == 0) rc += each(v, user);
  mdb_cursor_close(cur);
  mdb_txn_abort(txn);
  return rc;
}

int copyTo(const char* from, const char* to) {
  MDB_env* env = nullptr;
  int rc = mdb_env_create(&env);  // expect: session-raw-construction
  if (rc) return rc;
  rc = mdb_env_open(env, from, MDB_RDONLY, 0644);
  if (rc == 0) rc = mdb_env_copy2(env, to, MDB_CP_COMPACT);
  mdb_env_close(env);
  return rc;
}

int readerCheck(const char* path) {
  int dead = 0;
  MDB_env* env = openEnv(path, 1u << 20);  // expect: session-raw-construction
  if (!env) return -1;
  if (mdb_reader_check(env, &dead) == 0 && dead > 0) std::printf("%d stale readers\n", dead);
  mdb_env_close(env);
  return dead;
}

}  // namespace ledgerd
