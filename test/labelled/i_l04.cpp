// library: libpq
// oubliette, dungeon game server persistence on libpq
#include <libpq-fe.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace oubliette {

class DbError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Result {
 public:
  explicit Result(PGresult* r) noexcept : r_(r) {}
  Result(Result&& o) noexcept : r_(std::exchange(o.r_, nullptr)) {}
  Result& operator=(Result&& o) noexcept {
    std::swap(r_, o.r_);
    return *this;
  }
  ~Result() { PQclear(r_); }
  int rows() const noexcept { return PQntuples(r_); }
  const char* at(int row, int col) const noexcept { return PQgetvalue(r_, row, col); }
  ExecStatusType status() const noexcept { return PQresultStatus(r_); }

 private:
  PGresult* r_;
};

static Result must(PGconn* c, const std::string& sql) {
  Result r(PQexec(c, sql.c_str()));
  if (r.status() != PGRES_COMMAND_OK && r.status() != PGRES_TUPLES_OK) throw DbError(PQerrorMessage(c));
  return r;
}

static void quiet(PGconn* c, const char* sql) noexcept { PQclear(PQexec(c, sql)); }

class Db {
 public:
  explicit Db(const char* dsn) : c_(PQconnectdb(dsn), &PQfinish) {
    if (PQstatus(c_.get()) != CONNECTION_OK) throw DbError(PQerrorMessage(c_.get()));
  }
  PGconn* raw() const noexcept { return c_.get(); }

 private:
  std::unique_ptr<PGconn, decltype(&PQfinish)> c_;
};

class LegacyDb {
 public:
  explicit LegacyDb(const char* dsn) {
    c_ = PQconnectdb(dsn);  // expect: session-leak
    if (PQstatus(c_) != CONNECTION_OK) throw DbError("legacy connection refused");
  }
  ~LegacyDb() { PQfinish(c_); }
  LegacyDb(const LegacyDb&) = delete;
  LegacyDb& operator=(const LegacyDb&) = delete;

 private:
  PGconn* c_ = nullptr;
};

struct Player {
  int id = 0;
  long gold = 0;
  std::string room;
};

void tradeGold(PGconn* c, const Player& a, const Player& b, long amount) {
  must(c, "BEGIN");
  try {
    must(c, "UPDATE player SET gold = gold - " + std::to_string(amount) + " WHERE id = " + std::to_string(a.id));
    must(c, "UPDATE player SET gold = gold + " + std::to_string(amount) + " WHERE id = " + std::to_string(b.id));
    must(c, "COMMIT");
  } catch (...) {
    quiet(c, "ROLLBACK");
    throw;
  }
}

void moveParty(PGconn* c, const std::vector<Player>& party, const std::string& room) {
  must(c, "BEGIN");  // expect: session-missing-rollback
  for (const Player& p : party)
    must(c, "UPDATE player SET room = '" + room + "' WHERE id = " + std::to_string(p.id));
  must(c, "INSERT INTO visit(room, size) VALUES ('" + room + "', " + std::to_string(party.size()) + ")");
  must(c, "COMMIT");
}

bool dropLoot(PGconn* c, int monster) {
  must(c, "START TRANSACTION");
  bool dropped = false;
  try {
    Result r = must(c, "DELETE FROM carried WHERE owner = " + std::to_string(monster) + " RETURNING item");
    for (int i = 0; i < r.rows(); ++i) must(c, std::string("INSERT INTO floor(item) VALUES (") + r.at(i, 0) + ")");
    dropped = r.rows() > 0;
    must(c, dropped ? "COMMIT" : "ROLLBACK");
  } catch (const DbError& e) {
    std::fprintf(stderr, "loot: %s\n", e.what());
    quiet(c, "ROLLBACK");
    return false;
  }
  return dropped;
}

void endSeason(PGconn* c) {
  must(c, "BEGIN");
  try {
    must(c, "INSERT INTO hall_of_fame SELECT * FROM player ORDER BY gold DESC LIMIT 10");
    must(c, "UPDATE player SET gold = 0");
    must(c, "COMMIT");
    std::fputs("season closed\n", stdout);
  } catch (const DbError& e) {
    std::fprintf(stderr, "season: %s\n", e.what());
    quiet(c, "ROLLBACK");
    must(c, "INSERT INTO incident(text) VALUES ('season failed')");
  }
}

template <class F>
auto atomically(PGconn* c, F&& fn) -> decltype(fn(c)) {
  must(c, "BEGIN");
  try {
    auto out = fn(c);
    must(c, "COMMIT");
    return out;
  } catch (...) {
    quiet(c, "ROLLBACK");
    throw;
  }
}

int spawnWave(PGconn* c, int level) {
  return atomically(c, [level](PGconn* db) {
    int n = 0;
    for (; n < level * 3; ++n) must(db, "INSERT INTO monster(level) VALUES (" + std::to_string(level) + ")");
    return n;
  });
}

long buyItem(PGconn* c, int player, int item) {
  return atomically(c, [&](PGconn* db) -> long {
    Result price = must(db, "SELECT price FROM shop WHERE id = " + std::to_string(item));
    if (price.rows() == 0) throw DbError("no such item");
    must(db, std::string("UPDATE player SET gold = gold - ") + price.at(0, 0) + " WHERE id = " + std::to_string(player));
    must(db, "INSERT INTO carried(owner, item) VALUES (" + std::to_string(player) + ", " + std::to_string(item) + ")");
    return std::atol(price.at(0, 0));
  });
}

class Saver {
 public:
  explicit Saver(const char* dsn) : db_(dsn), worker_([this] { loop(); }) {}
  ~Saver() {
    {
      std::lock_guard<std::mutex> g(m_);
      quit_ = true;
    }
    cv_.notify_one();
    worker_.join();
  }
  void post(std::string sql) {
    {
      std::lock_guard<std::mutex> g(m_);
      jobs_.push_back(std::move(sql));
    }
    cv_.notify_one();
  }

 private:
  void loop() {
    std::unique_lock<std::mutex> g(m_);
    for (;;) {
      cv_.wait(g, [this] { return quit_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      std::string sql = std::move(jobs_.front());
      jobs_.pop_front();
      g.unlock();
      quiet(db_.raw(), sql.c_str());
      g.lock();
    }
  }

  Db db_;
  std::mutex m_;
  std::condition_variable cv_;
  std::deque<std::string> jobs_;
  bool quit_ = false;
  std::thread worker_;
};

void autosave(Db& db, std::vector<Player> snapshot) {
  PGconn* c = db.raw();
  std::thread([c, snapshot = std::move(snapshot)] {  // expect: session-shared-across-threads
    for (const Player& p : snapshot)
      quiet(c, ("UPDATE player SET gold = " + std::to_string(p.gold) + " WHERE id = " + std::to_string(p.id)).c_str());
  }).detach();
  quiet(c, "UPDATE world SET saved_at = now()");
}

int parallelCheck(const char* dsn, const std::vector<std::string>& checks) {
  std::atomic<int> bad{0};
  std::vector<std::thread> pool;
  for (const auto& sql : checks) {
    pool.emplace_back([dsn, &sql, &bad] {
      try {
        Db own(dsn);
        if (must(own.raw(), sql).rows() != 0) ++bad;
      } catch (const DbError&) {
        ++bad;
      }
    });
  }
  for (auto& t : pool) t.join();
  return bad.load();
}

void bury(PGconn* c, int player) {
  must(c, "BEGIN");
  try {
    must(c, "DELETE FROM carried WHERE owner = " + std::to_string(player));
    must(c, "UPDATE player SET room = 'graveyard' WHERE id = " + std::to_string(player));
    must(c, "COMMIT");
  } catch (const DbError& e) {
    quiet(c, "ROLLBACK");
    std::fprintf(stderr, "bury %d: %s\n", player, e.what());
  }
  quiet(c, "ROLLBACK");  // expect: session-double-end
}

void chargeRent(const char* dsn, int guild) {
  const std::string id = std::to_string(guild);
  Db ledger(dsn);
  atomically(ledger.raw(), [&id](PGconn* c) {
    return must(c, "UPDATE guild SET gold = gold - 100 WHERE id = " + id).status();
  });
  Db side(dsn);  // expect: session-split-unit-of-work
  atomically(side.raw(), [&id](PGconn* c) {
    return must(c, "INSERT INTO rent_paid(guild, amount) VALUES (" + id + ", 100)").status();
  });
}

void migrateWorld(const char* oldDsn, const char* newDsn) {
  Db from(oldDsn);
  Db to(newDsn);
  Result rooms = must(from.raw(), "SELECT name FROM room ORDER BY name");
  atomically(to.raw(), [&rooms](PGconn* c) {
    for (int i = 0; i < rooms.rows(); ++i) must(c, std::string("INSERT INTO room(name) VALUES ('") + rooms.at(i, 0) + "')");
    return rooms.rows();
  });
}

const char* motd(PGconn* c) {
  return must(c, "SELECT text FROM motd LIMIT 1").at(0, 0);  // expect: session-use-after-scope
}

void printMotd(PGconn* c) {
  std::printf("%s\n", must(c, "SELECT coalesce(max(text), '') FROM motd").at(0, 0));
}

int streamLog(PGconn* c, const std::function<void(const char*)>& sink) {
  if (!PQsendQuery(c, "SELECT line FROM log ORDER BY id")) return -1;
  PQsetSingleRowMode(c);
  int n = 0;
  while (PGresult* r = PQgetResult(c)) {
    Result hold(r);
    if (hold.status() == PGRES_SINGLE_TUPLE && ++n) sink(hold.at(0, 0));
  }
  return n;
}

}  // namespace oubliette

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  try {
    oubliette::Db db(argv[1]);
    oubliette::endSeason(db.raw());
  } catch (const oubliette::DbError& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
  return 0;
}
