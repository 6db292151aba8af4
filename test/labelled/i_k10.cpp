// library: lmdb
// Routing table cache of a mesh gateway; thin classes over LMDB.
#include <lmdb.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace mesh {

void log_warn(const std::string& what) noexcept;

class KvError : public std::runtime_error {
public:
  KvError(const char* what, int rc) : std::runtime_error(std::string(what) + ": " + mdb_strerror(rc)), rc_(rc) {}
  int rc() const noexcept { return rc_; }

private:
  int rc_;
};

inline void check(int rc, const char* what) {
  if (rc != MDB_SUCCESS)
    throw KvError(what, rc);
}

struct CloseEnv {
  void operator()(MDB_env* e) const noexcept { mdb_env_close(e); }
};
using EnvPtr = std::unique_ptr<MDB_env, CloseEnv>;

class Env {
public:
  explicit Env(const std::string& dir, std::size_t map_size = 64u << 20) {
    MDB_env* raw = nullptr;
    check(mdb_env_create(&raw), "create");
    e_.reset(raw);
    check(mdb_env_set_mapsize(raw, map_size), "mapsize");
    check(mdb_env_set_maxdbs(raw, 8), "maxdbs");
    check(mdb_env_open(raw, dir.c_str(), MDB_NOTLS, 0644), "open");
  }
  MDB_env* get() const noexcept { return e_.get(); }

private:
  EnvPtr e_;
};

class Store {
public:
  explicit Store(const char* dir) {
    if (mdb_env_create(&env_) != MDB_SUCCESS)  // expect: session-leak
      throw std::runtime_error("no environment");
    int rc = mdb_env_open(env_, dir, MDB_NOSUBDIR, 0600);
    if (rc != MDB_SUCCESS)
      throw KvError(dir, rc);
  }
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store() { mdb_env_close(env_); }
  MDB_env* env() const noexcept { return env_; }

private:
  MDB_env* env_ = nullptr;
};

class WriteTxn {
public:
  explicit WriteTxn(Env& env, WriteTxn* parent = nullptr) {
    check(mdb_txn_begin(env.get(), parent ? parent->t_ : nullptr, 0, &t_), "begin");
  }
  WriteTxn(const WriteTxn&) = delete;
  ~WriteTxn() { abort(); }
  void commit() { check(mdb_txn_commit(std::exchange(t_, nullptr)), "commit"); }
  void abort() noexcept {
    if (t_)
      mdb_txn_abort(std::exchange(t_, nullptr));
  }
  void put(MDB_dbi db, std::string_view k, std::string_view v) {
    MDB_val key{k.size(), const_cast<char*>(k.data())};
    MDB_val val{v.size(), const_cast<char*>(v.data())};
    check(mdb_put(t_, db, &key, &val, 0), "put");
  }
  bool del(MDB_dbi db, std::string_view k) {
    MDB_val key{k.size(), const_cast<char*>(k.data())};
    int rc = mdb_del(t_, db, &key, nullptr);
    if (rc == MDB_NOTFOUND)
      return false;
    check(rc, "del");
    return true;
  }
  std::optional<std::string_view> get(MDB_dbi db, std::string_view k) {
    MDB_val key{k.size(), const_cast<char*>(k.data())};
    MDB_val val{};
    int rc = mdb_get(t_, db, &key, &val);
    if (rc == MDB_NOTFOUND)
      return std::nullopt;
    check(rc, "get");
    return std::string_view(static_cast<const char*>(val.mv_data), val.mv_size);
  }
  MDB_dbi open_db(const char* name) {
    MDB_dbi db = 0;
    check(mdb_dbi_open(t_, name, MDB_CREATE, &db), "dbi");
    return db;
  }
  MDB_txn* raw() const noexcept { return t_; }

private:
  MDB_txn* t_ = nullptr;
};

class ReadTxn {
public:
  explicit ReadTxn(Env& env) { check(mdb_txn_begin(env.get(), nullptr, MDB_RDONLY, &t_), "read"); }
  ReadTxn(const ReadTxn&) = delete;
  ~ReadTxn() { mdb_txn_abort(t_); }
  std::optional<std::string_view> get(MDB_dbi db, std::string_view k) {
    MDB_val key{k.size(), const_cast<char*>(k.data())};
    MDB_val val{};
    int rc = mdb_get(t_, db, &key, &val);
    if (rc == MDB_NOTFOUND)
      return std::nullopt;
    check(rc, "get");
    return std::string_view(static_cast<const char*>(val.mv_data), val.mv_size);
  }
  void park() noexcept { mdb_txn_reset(t_); }
  void renew() { check(mdb_txn_renew(t_), "renew"); }
  MDB_txn* raw() const noexcept { return t_; }

private:
  MDB_txn* t_ = nullptr;
};

class Cursor {
public:
  Cursor(MDB_txn* t, MDB_dbi db) { check(mdb_cursor_open(t, db, &c_), "cursor"); }
  Cursor(const Cursor&) = delete;
  ~Cursor() { mdb_cursor_close(c_); }
  bool step(MDB_val& k, MDB_val& v, MDB_cursor_op op) {
    int rc = mdb_cursor_get(c_, &k, &v, op);
    if (rc == MDB_NOTFOUND)
      return false;
    check(rc, "step");
    return true;
  }
  void erase() { check(mdb_cursor_del(c_, 0), "erase"); }

private:
  MDB_cursor* c_ = nullptr;
};

class SyncOnExit {
public:
  explicit SyncOnExit(Env& env) { check(mdb_txn_begin(env.get(), nullptr, 0, &t_), "begin"); }
  SyncOnExit(const SyncOnExit&) = delete;
  ~SyncOnExit() {
    int rc = mdb_txn_commit(t_);  // expect: session-commit-in-destructor
    if (rc != MDB_SUCCESS)
      log_warn(mdb_strerror(rc));
  }
  MDB_txn* raw() const noexcept { return t_; }

private:
  MDB_txn* t_ = nullptr;
};

struct Route {
  std::string prefix;
  std::string hop;
  std::uint32_t metric = 0;
};

void announce(Env& env, MDB_dbi routes, const std::vector<Route>& list) {
  WriteTxn t(env);
  for (const Route& r : list) {
    auto old = t.get(routes, r.prefix);
    if (old && *old == r.hop)
      continue;
    t.put(routes, r.prefix, r.hop);
  }
  t.commit();
}

void withdraw(Env& env, MDB_dbi routes, MDB_dbi hops, const std::string& prefix) {
  WriteTxn t(env);  // expect: session-unfinished-transaction
  auto hop = t.get(routes, prefix);
  if (!hop)
    return;
  std::string name(*hop);
  t.del(routes, prefix);
  t.del(hops, name);
  log_warn("withdrawn " + prefix);
}

std::string next_hop(Env& env, MDB_dbi routes, const std::string& prefix) {
  std::string_view hop = "default";
  {
    ReadTxn t(env);
    if (auto v = t.get(routes, prefix))
      hop = *v;
  }
  return std::string(hop);  // waits: session-use-after-scope
}

std::optional<std::string> lookup(Env& env, MDB_dbi routes, std::string prefix) {
  ReadTxn t(env);
  while (!prefix.empty()) {
    if (auto v = t.get(routes, prefix))
      return std::string(*v);
    prefix.pop_back();
  }
  return std::nullopt;
}

bool rename_hop(Env& env, MDB_dbi hops, const std::string& from, const std::string& to) {
  MDB_txn* t = nullptr;
  if (mdb_txn_begin(env.get(), nullptr, 0, &t) != MDB_SUCCESS)
    return false;
  MDB_val k{from.size(), const_cast<char*>(from.data())};
  MDB_val n{to.size(), const_cast<char*>(to.data())};
  MDB_val v{};
  int rc = mdb_get(t, hops, &k, &v);
  if (rc == MDB_SUCCESS) {
    std::string copy(static_cast<const char*>(v.mv_data), v.mv_size);
    v.mv_data = copy.data();
    rc = mdb_put(t, hops, &n, &v, MDB_NOOVERWRITE);
  }
  if (rc != MDB_SUCCESS) {
    mdb_txn_abort(t);
    return false;
  }
  rc = mdb_txn_commit(t);
  if (rc != MDB_SUCCESS) {
    log_warn(mdb_strerror(rc));
    mdb_txn_abort(t);  // expect: session-double-end
    return false;
  }
  return true;
}

bool forget_hop(Env& env, MDB_dbi hops, const std::string& name) {
  WriteTxn t(env);
  try {
    if (!t.del(hops, name))
      return false;
    t.commit();
  } catch (const KvError& e) {
    t.abort();
    log_warn(e.what());
    return false;
  }
  return true;
}

std::size_t expire(Env& env, MDB_dbi routes, const std::function<bool(std::string_view)>& old) {
  std::size_t n = 0;
  WriteTxn t(env);
  {
    Cursor c(t.raw(), routes);
    MDB_val k{};
    MDB_val v{};
    for (bool more = c.step(k, v, MDB_FIRST); more; more = c.step(k, v, MDB_NEXT)) {
      if (!old({static_cast<const char*>(v.mv_data), v.mv_size}))
        continue;
      c.erase();
      ++n;
    }
  }
  if (n == 0)
    return 0;
  t.commit();
  return n;
}

std::size_t longest_prefix(Env& env, MDB_dbi routes) {
  ReadTxn t(env);
  Cursor c(t.raw(), routes);
  MDB_val k{};
  MDB_val v{};
  std::size_t best = 0;
  if (!c.step(k, v, MDB_FIRST))
    return 0;
  do {
    best = std::max(best, k.mv_size);
  } while (c.step(k, v, MDB_NEXT));
  return best;
}

void rebuild_hops(Env& env, MDB_dbi routes, MDB_dbi hops) {
  WriteTxn outer(env);
  check(mdb_drop(outer.raw(), hops, 0), "drop");
  WriteTxn inner(env);  // expect: session-nested-begin
  {
    Cursor c(outer.raw(), routes);
    MDB_val k{};
    MDB_val v{};
    while (c.step(k, v, MDB_NEXT))
      inner.put(hops, {static_cast<const char*>(v.mv_data), v.mv_size}, "up");
  }
  inner.commit();
  outer.commit();
}

int load_tables(Env& env, const std::vector<std::pair<std::string, std::vector<Route>>>& tables) {
  int loaded = 0;
  WriteTxn all(env);
  for (const auto& [name, list] : tables) {
    try {
      WriteTxn one(env, &all);
      MDB_dbi db = one.open_db(name.c_str());
      for (const Route& r : list)
        one.put(db, r.prefix, r.hop);
      one.commit();
      ++loaded;
    } catch (const KvError& e) {
      log_warn(name + ": " + e.what());
    }
  }
  all.commit();
  return loaded;
}

void reset_metrics(Env& env, MDB_dbi metrics, const std::vector<std::string>& keys) {
  WriteTxn t(env);
  std::size_t half = keys.size() / 2;
  std::thread low([&] {  // expect: session-shared-across-threads
    for (std::size_t i = 0; i < half; ++i)
      t.put(metrics, keys[i], "0");
  });
  for (std::size_t i = half; i < keys.size(); ++i)
    t.put(metrics, keys[i], "0");
  low.join();
  t.commit();
}

void store_metrics(Env& env, MDB_dbi metrics, const std::vector<Route>& list, std::size_t chunk) {
  std::size_t i = 0;
  while (i < list.size()) {
    WriteTxn t(env);
    for (std::size_t n = 0; n < chunk && i < list.size(); ++n, ++i)
      t.put(metrics, list[i].prefix, std::to_string(list[i].metric));
    t.commit();
  }
}

void swap_gateway(Env& env, MDB_dbi routes, MDB_dbi hops, const std::string& prefix, const std::string& hop) {
  {
    WriteTxn t(env);
    t.put(routes, prefix, hop);
    t.commit();
  }
  log_warn("gateway of " + prefix + " is " + hop);
  WriteTxn u(env);
  u.put(hops, hop, "up");
  u.commit();  // expect: session-multiple-commits
}

void apply_updates(Env& env, MDB_dbi routes, const std::vector<std::string>& lines) {
  WriteTxn t(env);
  try {
    for (const auto& line : lines) {
      auto eq = line.find('=');
      t.put(routes, line.substr(0, eq), line.substr(eq + 1));
      if (std::stoi(line.substr(line.rfind(' ') + 1)) > 16)
        t.del(routes, line.substr(0, eq));
    }
  } catch (const std::invalid_argument&) {  // waits: session-swallow-and-commit
    log_warn("bad update");
  }
  t.commit();
}

class Watcher {
public:
  Watcher(Env& env, MDB_dbi routes) : routes_(routes), t_(env) { t_.park(); }

  bool changed(const std::string& prefix) {
    t_.renew();
    struct Park {
      ReadTxn& t;
      ~Park() { t.park(); }
    } park{t_};
    auto v = t_.get(routes_, prefix);
    if (!v)
      return std::exchange(last_, std::string()).size() > 0;
    if (*v == last_)
      return false;
    last_.assign(*v);
    return true;
  }

private:
  MDB_dbi routes_;
  ReadTxn t_;
  std::string last_;
};

bool env_is_readable(const char* dir) {
  MDB_env* e = nullptr;
  if (mdb_env_create(&e) != MDB_SUCCESS)  // expect: session-raw-construction
    return false;
  int rc = mdb_env_open(e, dir, MDB_RDONLY, 0);
  if (rc != MDB_SUCCESS)
    log_warn(mdb_strerror(rc));
  mdb_env_close(e);
  return rc == MDB_SUCCESS;
}

std::size_t entries(const char* dir) {
  MDB_env* raw = nullptr;
  if (mdb_env_create(&raw) != MDB_SUCCESS)
    return 0;
  EnvPtr e(raw);
  MDB_stat st{};
  if (mdb_env_open(raw, dir, MDB_RDONLY, 0) != MDB_SUCCESS || mdb_env_stat(raw, &st) != MDB_SUCCESS)
    return 0;
  return st.ms_entries;
}

void warm_up(Env& env, MDB_dbi routes, const std::vector<std::string>& keys) {
  std::vector<std::jthread> crew;
  for (std::size_t part = 0; part < 4; ++part) {
    crew.emplace_back([&, part] {
      try {
        ReadTxn t(env);
        for (std::size_t i = part; i < keys.size(); i += 4)
          t.get(routes, keys[i]);
      } catch (const KvError& e) {
        log_warn(e.what());
      }
    });
  }
}

}  // namespace mesh
