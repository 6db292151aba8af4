// library: mariadb
// ratio, small torrent tracker, MariaDB storage
#include <mariadb/mysql.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <queue>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ratio {

struct Error : std::runtime_error {
  explicit Error(MYSQL* m) : std::runtime_error(mysql_error(m)), code(mysql_errno(m)) {}
  unsigned code;
};

struct Config {
  std::string host, user, pass, db;
  int workers = 2;
};

struct Peer {
  std::string hash;
  std::string ip;
  uint16_t port = 0;
  uint64_t left = 0;
};

class Connection {
 public:
  explicit Connection(const Config& c) : h_(mysql_init(nullptr)) {
    if (!h_) throw std::runtime_error("mysql_init");
    if (!mysql_real_connect(h_, c.host.c_str(), c.user.c_str(), c.pass.c_str(), c.db.c_str(), 0, nullptr, 0)) {
      Error e(h_);
      mysql_close(h_);
      throw e;
    }
  }
  Connection(Connection&& o) noexcept : h_(std::exchange(o.h_, nullptr)) {}
  Connection& operator=(Connection&& o) noexcept {
    std::swap(h_, o.h_);
    return *this;
  }
  ~Connection() {
    if (h_) mysql_close(h_);
  }
  void exec(const std::string& sql) {
    if (mysql_real_query(h_, sql.data(), sql.size()) != 0) throw Error(h_);
  }
  bool tryExec(const std::string& sql) noexcept { return mysql_real_query(h_, sql.data(), sql.size()) == 0; }
  MYSQL* native() const noexcept { return h_; }

 private:
  MYSQL* h_;
};

class UnitOfWork {
 public:
  explicit UnitOfWork(Connection& c) : c_(c) { c_.exec("START TRANSACTION"); }
  ~UnitOfWork() {
    if (!done_) c_.tryExec("ROLLBACK");
  }
  UnitOfWork(const UnitOfWork&) = delete;
  UnitOfWork& operator=(const UnitOfWork&) = delete;
  void commit() {
    c_.exec("COMMIT");
    done_ = true;
  }
  void abandon() noexcept {
    c_.tryExec("ROLLBACK");
    done_ = true;
  }

 private:
  Connection& c_;
  bool done_ = false;
};

void announce(Connection& c, const Peer& p) {
  UnitOfWork uow(c);
  c.exec("REPLACE INTO peer(hash, ip, port) VALUES ('" + p.hash + "', '" + p.ip + "', " + std::to_string(p.port) + ")");
  if (p.left == 0) c.exec("UPDATE torrent SET seeders = seeders + 1 WHERE hash = '" + p.hash + "'");
  uow.commit();
}

bool banClient(Connection& c, const std::string& ip) {
  UnitOfWork uow(c);
  c.exec("DELETE FROM peer WHERE ip = '" + ip + "'");
  if (mysql_affected_rows(c.native()) == 0) {
    uow.abandon();
    return false;
  }
  c.exec("INSERT INTO ban(ip) VALUES ('" + ip + "')");
  uow.commit();
  return true;
}

void retireTorrent(Connection& c, const std::string& hash) {
  UnitOfWork uow(c);
  c.exec("DELETE FROM peer WHERE hash = '" + hash + "'");
  uow.commit();
  UnitOfWork second(c);
  c.exec("DELETE FROM torrent WHERE hash = '" + hash + "'");
  second.commit();  // expect: session-multiple-commits
}

bool creditUpload(Connection& c, int user, uint64_t bytes) {
  const std::string id = std::to_string(user), n = std::to_string(bytes);
  if (!c.tryExec("START TRANSACTION")) return false;
  if (!c.tryExec("UPDATE account SET up = up + " + n + " WHERE id = " + id) || !c.tryExec("COMMIT")) {
    c.tryExec("ROLLBACK");
    return false;
  }
  if (!c.tryExec("START TRANSACTION")) return false;
  if (!c.tryExec("UPDATE account SET ratio = up / down WHERE id = " + id) ||
      !c.tryExec("COMMIT")) {  // expect: session-multiple-commits
    c.tryExec("ROLLBACK");
    return false;
  }
  if (!c.tryExec("START TRANSACTION")) return false;
  if (!c.tryExec("INSERT INTO credit_log(user, bytes) VALUES (" + id + ", " + n + ")") ||
      !c.tryExec("COMMIT")) {  // expect: session-multiple-commits
    c.tryExec("ROLLBACK");
    return false;
  }
  return true;
}

bool withDeadlockRetry(Connection& c, const std::function<void(Connection&)>& body) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    try {
      UnitOfWork uow(c);
      body(c);
      uow.commit();
      return true;
    } catch (const Error& e) {
      if (e.code != 1213 && e.code != 1205) throw;
      std::fprintf(stderr, "deadlock, attempt %d\n", attempt);
    }
  }
  return false;
}

bool recount(Connection& c) {
  return withDeadlockRetry(c, [](Connection& db) {
    db.exec("UPDATE torrent SET seeders = (SELECT count(*) FROM peer WHERE peer.hash = torrent.hash)");
    db.exec("UPDATE stat SET recounted = now()");
  });
}

void expirePeers(Connection& c, int minutes) {
  UnitOfWork uow(c);
  try {
    c.exec("DELETE FROM peer WHERE seen < now() - INTERVAL " + std::to_string(minutes) + " MINUTE");
    c.exec("UPDATE stat SET expired = expired + row_count()");
  } catch (const Error& e) {  // expect: session-swallow-and-commit
    std::fprintf(stderr, "expire: %s\n", e.what());
  }
  uow.commit();
}

int importWhitelist(Connection& c, const std::vector<std::string>& hashes) {
  int skipped = 0;
  UnitOfWork uow(c);
  for (const auto& h : hashes) {
    c.exec("SAVEPOINT item");
    try {
      c.exec("INSERT INTO whitelist(hash) VALUES ('" + h + "')");
    } catch (const Error& e) {
      if (e.code != 1062) throw;
      c.exec("ROLLBACK TO SAVEPOINT item");
      ++skipped;
    }
  }
  uow.commit();
  return skipped;
}

long scalar(Connection& c, const std::string& sql) {
  c.exec(sql);
  MYSQL_RES* raw = mysql_store_result(c.native());
  if (!raw) throw Error(c.native());
  std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> res(raw, &mysql_free_result);
  MYSQL_ROW row = mysql_fetch_row(raw);
  return row && row[0] ? std::stol(row[0]) : 0;
}

std::vector<Peer> swarm(Connection& c, const std::string& hash) {
  std::vector<Peer> out;
  c.exec("SELECT ip, port FROM peer WHERE hash = '" + hash + "' LIMIT 50");
  MYSQL_RES* res = mysql_store_result(c.native());  // waits: session-leak
  if (!res) return out;
  while (MYSQL_ROW row = mysql_fetch_row(res)) {
    if (!row[0] || !row[1]) throw std::runtime_error("corrupt peer row");
    out.push_back(Peer{hash, row[0], static_cast<uint16_t>(std::atoi(row[1])), 0});
  }
  mysql_free_result(res);
  return out;
}

std::vector<std::string> banned(Connection& c) {
  std::vector<std::string> ips;
  c.exec("SELECT ip FROM ban");
  MYSQL_RES* res = mysql_use_result(c.native());
  if (res == nullptr) return ips;
  for (MYSQL_ROW row; (row = mysql_fetch_row(res)) != nullptr;) {
    if (row[0]) ips.emplace_back(row[0]);
  }
  mysql_free_result(res);
  return ips;
}

class Pool {
 public:
  explicit Pool(const Config& cfg) {
    for (int i = 0; i < cfg.workers; ++i) idle_.push(std::make_unique<Connection>(cfg));
  }
  std::unique_ptr<Connection> take() {
    std::lock_guard<std::mutex> g(m_);
    if (idle_.empty()) throw std::runtime_error("pool exhausted");
    auto c = std::move(idle_.front());
    idle_.pop();
    return c;
  }
  void give(std::unique_ptr<Connection> c) {
    std::lock_guard<std::mutex> g(m_);
    idle_.push(std::move(c));
  }

 private:
  std::mutex m_;
  std::queue<std::unique_ptr<Connection>> idle_;
};

class Lease {
 public:
  explicit Lease(Pool& p) : p_(p), c_(p.take()) {}
  ~Lease() { p_.give(std::move(c_)); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  Connection& operator*() const noexcept { return *c_; }

 private:
  Pool& p_;
  std::unique_ptr<Connection> c_;
};

void scrapeAll(Pool& pool, const std::vector<std::string>& hashes) {
  std::vector<std::thread> ts;
  for (const auto& h : hashes) {
    ts.emplace_back([&pool, h] {
      try {
        Lease c(pool);
        std::printf("%s %ld\n", h.c_str(), scalar(*c, "SELECT seeders FROM torrent WHERE hash = '" + h + "'"));
      } catch (const std::exception& e) {
        std::fprintf(stderr, "scrape: %s\n", e.what());
      }
    });
  }
  for (auto& t : ts) t.join();
}

void doubleScan(const Config& cfg) {
  Connection c(cfg);
  std::thread expiry(expirePeers, std::ref(c), 30);  // expect: session-shared-across-threads
  for (int i = 0; i < 3; ++i) recount(c);
  expiry.join();
}

void handOff(const Config& cfg) {
  Connection c(cfg);
  c.exec("SET SESSION wait_timeout = 600");
  std::thread t([conn = std::move(c)]() mutable {
    if (!conn.tryExec("OPTIMIZE TABLE peer")) return;
    MYSQL_RES* r = mysql_store_result(conn.native());
    mysql_free_result(r);
  });
  t.join();
  c = Connection(cfg);
  c.tryExec("UPDATE stat SET optimized = now()");
}

bool auditTorrent(Connection& c, const std::string& hash) {
  std::make_unique<UnitOfWork>(c);  // expect: session-temporary-guard
  c.exec("INSERT INTO audit(hash) VALUES ('" + hash + "')");
  c.exec("UPDATE torrent SET audited = 1 WHERE hash = '" + hash + "'");
  return mysql_affected_rows(c.native()) == 1;
}

bool shutdownTracker(MYSQL* m) {
  if (mysql_query(m, "START TRANSACTION") != 0) return false;
  if (mysql_query(m, "DELETE FROM peer") != 0) {
    mysql_rollback(m);
    return false;
  }
  if (mysql_query(m, "UPDATE stat SET running = 0") != 0) goto fail;
  if (mysql_commit(m) == 0) return true;
fail:
  mysql_rollback(m);
  return false;
}

}  // namespace ratio

int main() {
  try {
    ratio::Config cfg;
    ratio::Connection c(cfg);
    return ratio::shutdownTracker(c.native()) ? 0 : 1;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 2;
  }
}
