// Environments of LMDB held raw and closed rightly by hand: an owner would do it by itself.
// library: lmdb
#include <cstdio>
#include <lmdb.h>
#include <stdexcept>
#include <string>

std::size_t entriesIn(const char* path) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != MDB_SUCCESS) return 0; // expect: session-raw-construction
  if (mdb_env_open(env, path, MDB_RDONLY, 0) != MDB_SUCCESS) {
    mdb_env_close(env);
    return 0;
  }
  MDB_stat stat{};
  const bool known = mdb_env_stat(env, &stat) == MDB_SUCCESS;
  mdb_env_close(env);
  return known ? stat.ms_entries : 0;
}

// The C way, with a label.
int copyCompact(const std::string& from, const std::string& to) {
  MDB_env* env = nullptr;
  int rc = mdb_env_create(&env); // expect: session-raw-construction
  if (rc != 0) return rc;
  rc = mdb_env_set_maxreaders(env, 1);
  if (rc != 0) goto out;
  rc = mdb_env_open(env, from.c_str(), MDB_RDONLY, 0400);
  if (rc != 0) goto out;
  rc = mdb_env_copy2(env, to.c_str(), MDB_CP_COMPACT);
out:
  mdb_env_close(env);
  return rc;
}

// Closed in the handler, too.
std::string describe(const char* path) {
  MDB_env* env = nullptr;
  const int made = mdb_env_create(&env); // expect: session-raw-construction
  if (made != 0) throw std::runtime_error(mdb_strerror(made));
  std::string text;
  try {
    const int rc = mdb_env_open(env, path, MDB_RDONLY | MDB_NOLOCK, 0);
    if (rc != 0) throw std::runtime_error(mdb_strerror(rc));
    MDB_envinfo info{};
    mdb_env_info(env, &info);
    text = "map of " + std::to_string(info.me_mapsize) + " bytes";
  } catch (...) {
    mdb_env_close(env);
    throw;
  }
  mdb_env_close(env);
  return text;
}

MDB_env* openRaw(const char* path, unsigned flags) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0) return nullptr;
  if (mdb_env_open(env, path, flags, 0644) == 0) return env;
  mdb_env_close(env);
  return nullptr;
}

// The factory is in order; who calls it should own what it gives.
class Maintenance {
public:
  int clearStaleReaders(const char* path) {
    MDB_env* env = openRaw(path, 0); // expect: session-raw-construction
    if (env == nullptr) return -1;
    int dead = 0;
    if (mdb_reader_check(env, &dead) == 0) cleared_ += dead;
    mdb_env_sync(env, 1);
    mdb_env_close(env);
    return dead;
  }
  int cleared() const { return cleared_; }

private:
  int cleared_ = 0;
};
