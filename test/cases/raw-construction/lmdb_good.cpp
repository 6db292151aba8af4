// Environments of LMDB made raw, as the library has it, and owned from there on.
// library: lmdb
#include <cstdio>
#include <lmdb.h>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

struct EnvClose {
  void operator()(MDB_env* env) const noexcept { mdb_env_close(env); }
};
using EnvPtr = std::unique_ptr<MDB_env, EnvClose>;

// Owned before it is opened.
EnvPtr openEnv(const std::string& path, std::size_t size) {
  MDB_env* raw = nullptr;
  if (mdb_env_create(&raw) != 0) throw std::runtime_error("no environment");
  EnvPtr env(raw);
  mdb_env_set_mapsize(raw, size);
  if (mdb_env_open(raw, path.c_str(), MDB_NOSUBDIR, 0600) != 0)
    throw std::runtime_error("cannot open " + path);
  return env;
}

std::size_t entriesIn(const std::string& path) {
  const EnvPtr env = openEnv(path, std::size_t{1} << 20);
  MDB_stat stat{};
  return mdb_env_stat(env.get(), &stat) == 0 ? stat.ms_entries : 0;
}

// A factory with a raw result, and its owning caller.
MDB_env* createEnv(unsigned databases) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0) return nullptr;
  mdb_env_set_maxdbs(env, databases);
  return env;
}

bool verify(const char* path) {
  const EnvPtr env(createEnv(16));
  return env && mdb_env_open(env.get(), path, MDB_RDONLY, 0) == 0;
}

// A member that the destructor closes.
class SpoolFile {
public:
  SpoolFile() {
    if (mdb_env_create(&env_) != 0) throw std::bad_alloc();
  }
  ~SpoolFile() { mdb_env_close(env_); }
  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;

  void open(const char* path) {
    const int rc = mdb_env_open(env_, path, MDB_NOSYNC, 0600);
    if (rc != 0) throw std::runtime_error(mdb_strerror(rc));
  }

private:
  MDB_env* env_ = nullptr;
};

// Shared by all who use the same folder.
class Registry {
public:
  std::shared_ptr<MDB_env> get(const std::string& folder) {
    if (auto known = known_[folder].lock()) return known;
    MDB_env* env = nullptr;
    if (mdb_env_create(&env) != 0) return nullptr;
    std::shared_ptr<MDB_env> shared(env, &mdb_env_close);
    if (mdb_env_open(env, folder.c_str(), 0, 0644) != 0) return nullptr;
    known_[folder] = shared;
    return shared;
  }

private:
  std::map<std::string, std::weak_ptr<MDB_env>> known_;
};

// To the caller through a parameter, as the library itself does.
int openInto(const char* path, MDB_env** out) {
  int rc = mdb_env_create(out);
  if (rc != 0) return rc;
  rc = mdb_env_open(*out, path, 0, 0644);
  if (rc != 0) {
    mdb_env_close(*out);
    *out = nullptr;
  }
  return rc;
}

// An object of the file's own that takes a raw handle over.
class Env {
public:
  explicit Env(MDB_env* env) noexcept : env_(env) {}
  Env(Env&& other) noexcept : env_(std::exchange(other.env_, nullptr)) {}
  Env& operator=(Env&&) = delete;
  ~Env() {
    if (env_) mdb_env_close(env_);
  }
  int sync(bool force) noexcept { return mdb_env_sync(env_, force ? 1 : 0); }

private:
  MDB_env* env_;
};

int flush(const char* path) {
  MDB_env* raw = nullptr;
  if (mdb_env_create(&raw) != 0) return -1;
  Env env(raw);
  const int rc = mdb_env_open(raw, path, MDB_MAPASYNC | MDB_WRITEMAP, 0644);
  return rc == 0 ? env.sync(true) : rc;
}

// Begun and ended by hand on an environment of the caller: no handle of its own.
int put(MDB_env* env, MDB_dbi dbi, MDB_val key, MDB_val value) {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env, nullptr, 0, &txn);
  if (rc != 0) return rc;
  rc = mdb_put(txn, dbi, &key, &value, 0);
  if (rc != 0) {
    mdb_txn_abort(txn);
    return rc;
  }
  return mdb_txn_commit(txn);
}
