// library: mariadb
// Game server persistence on the MariaDB C API.
#include <mariadb/mysql.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace game {

struct DbConfig {
  std::string host = "localhost", user = "game", password, schema = "world";
  unsigned port = 3306;
  unsigned connectTimeout = 5;
};

struct Item { std::uint32_t vnum = 0; int count = 0; int slot = 0; };
struct Character { std::uint32_t id = 0; std::string name; int level = 1; long gold = 0; std::vector<Item> bag; };

struct CloseConn { void operator()(MYSQL* m) const noexcept { mysql_close(m); } };
struct FreeResult { void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); } };
using ConnPtr = std::unique_ptr<MYSQL, CloseConn>;
using ResultPtr = std::unique_ptr<MYSQL_RES, FreeResult>;

enum class Status { Ok, NoConnection, QueryFailed, NotFound, Refused };

void logf(const char* what, const char* detail) noexcept { std::fprintf(stderr, "[db] %s: %s\n", what, detail); }

bool query(MYSQL* m, const std::string& sql) noexcept {
  if (mysql_real_query(m, sql.data(), static_cast<unsigned long>(sql.size())) == 0) return true;
  logf(sql.c_str(), mysql_error(m));
  return false;
}

#define DB_TRY(expr) do { if (!(expr)) { status = Status::QueryFailed; goto cleanup; } } while (0)
#define GAME_CONCAT_(a, b) a##b
#define GAME_CONCAT(a, b) GAME_CONCAT_(a, b)
#define ON_SCOPE_EXIT(...) ::game::ScopeExit GAME_CONCAT(onExit_, __LINE__)([&]() noexcept { __VA_ARGS__; })

template <class F>
class ScopeExit {
public:
  explicit ScopeExit(F f) noexcept : f_(std::move(f)) {}
  ~ScopeExit() { f_(); }
  ScopeExit(const ScopeExit&) = delete;
private:
  F f_;
};

ConnPtr connect(const DbConfig& cfg) {
  ConnPtr conn(mysql_init(nullptr));
  if (!conn) return nullptr;
  mysql_options(conn.get(), MYSQL_OPT_CONNECT_TIMEOUT, &cfg.connectTimeout);
  if (!mysql_real_connect(conn.get(), cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(),
                          cfg.schema.c_str(), cfg.port, nullptr, 0)) {
    logf("connect", mysql_error(conn.get()));
    return nullptr;
  }
  return conn;
}

class World {
public:
  explicit World(DbConfig cfg) : cfg_(std::move(cfg)) {}
  ~World();

  bool start();
  Status saveCharacter(const Character& c);
  Status trade(std::uint32_t from, std::uint32_t to, const Item& item, long gold);
  Status deleteCharacter(std::uint32_t id);
  std::optional<Character> load(std::uint32_t id);
  std::vector<std::string> online();
  Status auction(std::uint32_t seller, std::uint32_t vnum, long price);
  Status guildDisband(std::uint32_t guild);
  Status mailAll(const std::vector<std::uint32_t>& to, const std::string& text);
  Status saveAll(const std::vector<Character>& all);
  Status transferServer(const DbConfig& target, std::uint32_t id);
  Status rename(std::uint32_t id, const std::string& name);
  Status claimReward(std::uint32_t id, int reward);
  long countBans();
  bool checkSchema();
  Status resetSeason();
  Status depositGuild(std::uint32_t id, std::uint32_t guild, long gold);
  Status logKill(std::uint32_t killer, std::uint32_t victim);
  void enqueue(std::string sql);

private:
  std::string esc(const std::string& s) const;
  void loop();

  DbConfig cfg_;
  ConnPtr conn_;
  std::thread writer_;
  std::mutex mu_;
  std::condition_variable cv_;
  std::deque<std::string> queue_;
  bool stop_ = false;
};

World::~World() {
  {
    std::lock_guard lock(mu_);
    stop_ = true;
  }
  cv_.notify_all();
  if (writer_.joinable()) writer_.join();
}

bool World::start() {
  conn_ = connect(cfg_);
  if (!conn_) return false;
  if (!checkSchema()) {
    conn_.reset();
    return false;
  }
  writer_ = std::thread(&World::loop, this);
  return true;
}

void World::loop() {
  ConnPtr own = connect(cfg_);
  std::unique_lock lock(mu_);
  while (!stop_ || !queue_.empty()) {
    cv_.wait(lock, [this] { return stop_ || !queue_.empty(); });
    std::deque<std::string> batch;
    batch.swap(queue_);
    lock.unlock();
    if (!own) own = connect(cfg_);
    for (const std::string& sql : batch)
      if (own) query(own.get(), sql);
    lock.lock();
  }
}

void World::enqueue(std::string sql) {
  {
    std::lock_guard lock(mu_);
    queue_.push_back(std::move(sql));
  }
  cv_.notify_one();
}

std::string World::esc(const std::string& s) const {
  std::string out(s.size() * 2 + 1, '\0');
  const auto n = mysql_real_escape_string(conn_.get(), out.data(), s.data(), static_cast<unsigned long>(s.size()));
  out.resize(n);
  return out;
}

Status World::saveCharacter(const Character& c) {
  MYSQL* m = conn_.get();
  Status status = Status::Ok;
  bool open = false;
  const std::string id = std::to_string(c.id);
  DB_TRY(query(m, "START TRANSACTION"));
  open = true;
  DB_TRY(query(m, "UPDATE chars SET level=" + std::to_string(c.level) + ", gold=" + std::to_string(c.gold) + " WHERE id=" + id));
  DB_TRY(query(m, "DELETE FROM items WHERE owner=" + id));
  for (const Item& i : c.bag)
    DB_TRY(query(m, "INSERT INTO items VALUES(" + id + "," + std::to_string(i.vnum) + "," + std::to_string(i.count) + ")"));
  DB_TRY(query(m, "COMMIT"));
  open = false;
cleanup:
  if (open) query(m, "ROLLBACK");
  return status;
}

Status World::trade(std::uint32_t from, std::uint32_t to, const Item& item, long gold) {
  MYSQL* m = conn_.get();
  if (!query(m, "START TRANSACTION")) return Status::QueryFailed;  // expect: session-unfinished-transaction
  const std::string a = std::to_string(from), b = std::to_string(to);
  if (!query(m, "UPDATE items SET owner=" + b + " WHERE owner=" + a + " AND vnum=" + std::to_string(item.vnum))) {
    mysql_rollback(m);
    return Status::QueryFailed;
  }
  if (mysql_affected_rows(m) == 0) {
    logf("trade", "item is gone");
    return Status::Refused;
  }
  if (!query(m, "UPDATE chars SET gold=gold-" + std::to_string(gold) + " WHERE id=" + b) ||
      !query(m, "UPDATE chars SET gold=gold+" + std::to_string(gold) + " WHERE id=" + a) || mysql_commit(m)) {
    mysql_rollback(m);
    return Status::QueryFailed;
  }
  return Status::Ok;
}

Status World::deleteCharacter(std::uint32_t id) {
  MYSQL* m = conn_.get();
  if (mysql_autocommit(m, 0)) return Status::NoConnection;
  ON_SCOPE_EXIT(mysql_autocommit(m, 1));
  const std::string where = " WHERE owner=" + std::to_string(id);
  for (const char* table : {"items", "quests", "skills"}) {
    if (!query(m, "DELETE FROM " + std::string(table) + where)) {
      mysql_rollback(m);
      return Status::QueryFailed;
    }
  }
  if (!query(m, "DELETE FROM chars WHERE id=" + std::to_string(id)) || mysql_commit(m)) {
    mysql_rollback(m);
    return Status::QueryFailed;
  }
  return Status::Ok;
}

std::optional<Character> World::load(std::uint32_t id) {
  MYSQL* m = conn_.get();
  if (!query(m, "SELECT name, level FROM chars WHERE id=" + std::to_string(id))) return std::nullopt;
  ResultPtr res(mysql_store_result(m));
  if (!res) return std::nullopt;
  MYSQL_ROW row = mysql_fetch_row(res.get());
  if (!row || !row[0] || !row[1]) return std::nullopt;
  Character c;
  c.id = id;
  c.name = row[0];
  c.level = std::atoi(row[1]);
  return c;
}

std::vector<std::string> World::online() {
  std::vector<std::string> names;
  MYSQL* m = conn_.get();
  if (!query(m, "SELECT name FROM chars WHERE online=1")) return names;
  MYSQL_RES* res = mysql_use_result(m);  // expect: session-leak
  if (!res) return names;
  while (MYSQL_ROW row = mysql_fetch_row(res)) {
    if (!row[0]) continue;
    if (names.size() == 1000) {
      logf("online", "list truncated");
      return names;
    }
    names.emplace_back(row[0]);
  }
  mysql_free_result(res);
  return names;
}

Status World::auction(std::uint32_t seller, std::uint32_t vnum, long price) {
  MYSQL* m = conn_.get();
  const std::string s = std::to_string(seller), v = std::to_string(vnum);
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (!query(m, "BEGIN")) return Status::NoConnection;
    const bool ok = query(m, "DELETE FROM items WHERE owner=" + s + " AND vnum=" + v + " LIMIT 1") &&
                    query(m, "INSERT INTO auction VALUES(" + s + "," + v + "," + std::to_string(price) + ")") &&
                    query(m, "COMMIT");
    if (ok) return Status::Ok;
    const unsigned err = mysql_errno(m);
    query(m, "ROLLBACK");
    if (err != 1213 && err != 1205) return Status::QueryFailed;
    std::this_thread::sleep_for(std::chrono::milliseconds(10 << attempt));
  }
  return Status::Refused;
}

Status World::guildDisband(std::uint32_t guild) {
  MYSQL* m = conn_.get();
  const std::string g = std::to_string(guild);
  if (!query(m, "START TRANSACTION")) return Status::QueryFailed;
  if (!query(m, "UPDATE chars SET guild=0 WHERE guild=" + g)) {
    mysql_rollback(m);
    return Status::QueryFailed;
  }
  if (!query(m, "BEGIN")) {  // expect: session-nested-begin
    mysql_rollback(m);
    return Status::QueryFailed;
  }
  if (!query(m, "DELETE FROM guilds WHERE id=" + g) || mysql_commit(m)) {
    mysql_rollback(m);
    return Status::QueryFailed;
  }
  return Status::Ok;
}

Status World::mailAll(const std::vector<std::uint32_t>& to, const std::string& text) {
  MYSQL* m = conn_.get();
  const std::string body = esc(text);
  size_t i = 0;
  while (i < to.size()) {
    if (!query(m, "START TRANSACTION")) return Status::NoConnection;
    bool ok = true;
    for (size_t n = 0; ok && n < 200 && i < to.size(); ++n, ++i)
      ok = query(m, "INSERT INTO mail VALUES(" + std::to_string(to[i]) + ",'" + body + "')");
    if (!ok || mysql_commit(m)) {
      mysql_rollback(m);
      return Status::QueryFailed;
    }
  }
  return Status::Ok;
}

Status World::saveAll(const std::vector<Character>& all) {
  Status worst = Status::Ok;
  for (const Character& c : all) {
    const Status s = saveCharacter(c);
    if (s != Status::Ok) {
      logf("saveAll", c.name.c_str());
      worst = s;
    }
  }
  return worst;
}

Status World::transferServer(const DbConfig& target, std::uint32_t id) {
  MYSQL* there = mysql_init(nullptr);  // expect: session-leak
  if (!there) return Status::NoConnection;
  if (!mysql_real_connect(there, target.host.c_str(), target.user.c_str(), target.password.c_str(),
                          target.schema.c_str(), target.port, nullptr, 0)) {
    logf("transfer", mysql_error(there));
    mysql_close(there);
    return Status::NoConnection;
  }
  const std::optional<Character> c = load(id);
  if (!c) return Status::NotFound;
  const bool ok = query(there, "INSERT INTO chars(name, level) VALUES('" + esc(c->name) + "'," + std::to_string(c->level) + ")");
  mysql_close(there);
  return ok ? Status::Ok : Status::QueryFailed;
}

Status World::rename(std::uint32_t id, const std::string& name) {
  MYSQL* m = conn_.get();
  if (!query(m, "UPDATE chars SET name='" + esc(name) + "' WHERE id=" + std::to_string(id))) return Status::QueryFailed;
  return mysql_affected_rows(m) == 1 ? Status::Ok : Status::NotFound;
}

Status World::claimReward(std::uint32_t id, int reward) {
  MYSQL* m = conn_.get();
  const std::string who = std::to_string(id), what = std::to_string(reward);
  if (!query(m, "START TRANSACTION")) return Status::QueryFailed;
  if (!query(m, "INSERT INTO claims VALUES(" + who + "," + what + ")") || mysql_commit(m)) {
    mysql_rollback(m);
    return Status::QueryFailed;
  }
  if (!query(m, "START TRANSACTION")) return Status::QueryFailed;
  if (!query(m, "UPDATE chars SET gold=gold+100 WHERE id=" + who)) {
    mysql_rollback(m);
    return Status::QueryFailed;
  }
  if (mysql_commit(m)) {  // expect: session-multiple-commits
    mysql_rollback(m);
    return Status::QueryFailed;
  }
  return Status::Ok;
}

long World::countBans() {
  MYSQL* m = conn_.get();
  if (!query(m, "SELECT count(*) FROM bans")) return -1;
  MYSQL_ROW row = nullptr;
  {
    ResultPtr res(mysql_store_result(m));
    if (res) row = mysql_fetch_row(res.get());
    if (!row) return -1;
  }
  return std::atol(row[0]);  // expect: session-use-after-scope
}

bool World::checkSchema() {
  MYSQL* m = conn_.get();
  if (!query(m, "SHOW TABLES LIKE 'chars'; SHOW TABLES LIKE 'items'")) return false;
  bool all = true;
  do {
    ResultPtr res(mysql_store_result(m));
    if (res && mysql_num_rows(res.get()) == 0) all = false;
  } while (mysql_next_result(m) == 0);
  return all;
}

Status World::resetSeason() {
  MYSQL* m = conn_.get();
  if (!query(m, "START TRANSACTION")) return Status::QueryFailed;  /* wrong */  // expect: session-unfinished-transaction
  const char* const steps[] = {"DELETE FROM ladder", "UPDATE chars SET points=0", "INSERT INTO seasons(started) VALUES(NOW())"};
  const char* end = "COMMIT";
  for (const char* s : steps) {
    if (query(m, s)) continue;
    end = "ROLLBACK";
    break;
  }
  if (!query(m, end)) {
    query(m, "ROLLBACK");
    return Status::QueryFailed;
  }
  return *end == 'C' ? Status::Ok : Status::Refused;
}

Status World::depositGuild(std::uint32_t id, std::uint32_t guild, long gold) {
  MYSQL* m = conn_.get();
  Status status = Status::Ok;
  const std::string amount = std::to_string(gold);
  DB_TRY(query(m, "START TRANSACTION"));
  if (!query(m, "UPDATE chars SET gold=gold-" + amount + " WHERE id=" + std::to_string(id)) ||
      !query(m, "UPDATE guilds SET gold=gold+" + amount + " WHERE id=" + std::to_string(guild))) {
    mysql_rollback(m);
    status = Status::QueryFailed;
    goto cleanup;
  }
  if (mysql_commit(m)) {
    mysql_rollback(m);
    status = Status::Refused;
  }
cleanup:
  if (status != Status::Ok) logf("deposit", mysql_error(m));
  return status;
}

Status World::logKill(std::uint32_t killer, std::uint32_t victim) {
  enqueue("INSERT INTO kills VALUES(" + std::to_string(killer) + "," + std::to_string(victim) + ")");
  return Status::Ok;
}

bool ping(const DbConfig& cfg) {
  bool alive = false;
  MYSQL* m = mysql_init(nullptr);  // expect: session-raw-construction
  if (m && mysql_real_connect(m, cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(), nullptr, cfg.port, nullptr, 0))
    alive = mysql_ping(m) == 0;
  else if (m)
    logf("ping", mysql_error(m));
  if (m) mysql_close(m);
  return alive;
}

void watchdog(const DbConfig& cfg, std::atomic<bool>& stop) {
  ConnPtr conn = connect(cfg);
  std::thread reader([&conn, &stop] {  // expect: session-shared-across-threads
    while (!stop && conn) {
      query(conn.get(), "DO 1");
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  });
  while (!stop && conn) {
    query(conn.get(), "UPDATE heartbeat SET at=NOW()");
    std::this_thread::sleep_for(std::chrono::seconds(2));
  }
  reader.join();
}

}  // namespace game
