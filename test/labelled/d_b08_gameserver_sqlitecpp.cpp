// library: sqlitecpp
// Game server persistence, SQLiteCpp. Callback-heavy, one writer thread, modern C++.
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Backup.h>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace game {

struct Item { int id; int count; };
struct Player { int id; std::string name; int gold; std::vector<Item> bag; };

template <class F> auto atomically(SQLite::Database& db, F&& f) {
  SQLite::Transaction tx(db);
  if constexpr (std::is_void_v<decltype(f(db))>) {
    std::forward<F>(f)(db);
    tx.commit();
  } else {
    auto r = std::forward<F>(f)(db);
    tx.commit();
    return r;
  }
}

class Journal {
 public:
  explicit Journal(const std::string& file) : db_(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE), worker_([this] { run(); }) {}
  ~Journal() {
    { std::lock_guard<std::mutex> l(m_); stop_ = true; }
    cv_.notify_all();
    worker_.join();
  }
  Journal(const Journal&) = delete;
  void post(std::function<void(SQLite::Database&)> job) {
    { std::lock_guard<std::mutex> l(m_); jobs_.push_back(std::move(job)); }
    cv_.notify_one();
  }
 private:
  void run() {                       // only this thread touches db_
    for (;;) {
      std::function<void(SQLite::Database&)> job;
      {
        std::unique_lock<std::mutex> l(m_);
        cv_.wait(l, [this] { return stop_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
      try {
        SQLite::Transaction tx(db_);
        job(db_);
        tx.commit();
      } catch (const std::exception& e) {
        std::cerr << "journal: " << e.what() << '\n';
      }
    }
  }
  SQLite::Database db_;
  std::mutex m_;
  std::condition_variable cv_;
  std::deque<std::function<void(SQLite::Database&)>> jobs_;
  bool stop_ = false;
  std::thread worker_;
};

void savePlayer(SQLite::Database& db, const Player& p) {
  SQLite::Transaction tx(db);
  SQLite::Statement up(db, "UPDATE player SET name=?, gold=? WHERE id=?");
  up.bind(1, p.name);
  up.bind(2, p.gold);
  up.bind(3, p.id);
  if (up.exec() == 0) return;            // not our player: nothing was written
  SQLite::Statement ins(db, "INSERT OR REPLACE INTO item(owner, id, n) VALUES(?,?,?)");
  for (const auto& i : p.bag) {
    ins.bind(1, p.id);
    ins.bind(2, i.id);
    ins.bind(3, i.count);
    ins.exec();
    ins.reset();
  }
  tx.commit();
}

void giveGold(SQLite::Database& db, int player, int amount) {
  SQLite::Transaction tx(db);  // expect: session-unfinished-transaction
  SQLite::Statement st(db, "UPDATE player SET gold = gold + ? WHERE id = ?");
  st.bind(1, amount);
  st.bind(2, player);
  const int changed = st.exec();
  if (changed != 1) std::cerr << "gold: player " << player << " changed " << changed << '\n';
}

bool trade(SQLite::Database& db, int seller, int buyer, int item, int price) {
  return atomically(db, [&](SQLite::Database& d) {
    SQLite::Statement pay(d, "UPDATE player SET gold = gold - ?1 WHERE id = ?2 AND gold >= ?1");
    pay.bind(1, price);
    pay.bind(2, buyer);
    if (pay.exec() != 1) return false;   // no row changed yet, so committing nothing is fine
    SQLite::Statement earn(d, "UPDATE player SET gold = gold + ? WHERE id = ?");
    earn.bind(1, price);
    earn.bind(2, seller);
    SQLite::Statement own(d, "UPDATE item SET owner = ? WHERE id = ?");
    own.bind(1, buyer);
    own.bind(2, item);
    if (earn.exec() != 1 || own.exec() != 1) throw std::runtime_error("trade");   // undoes the payment
    return true;
  });
}

void loot(SQLite::Database& db, int player, const std::vector<Item>& drop) {
  SQLite::Transaction tx(db);
  for (const auto& i : drop) {
    try {
      SQLite::Statement st(db, "INSERT INTO item(owner, id, n) VALUES(?,?,?)");
      st.bind(1, player);
      st.bind(2, i.id);
      st.bind(3, i.count);
      st.exec();
      db.exec("UPDATE world SET drops = drops + 1");
    } catch (const SQLite::Exception& e) {  // expect: session-swallow-and-commit
      std::cerr << "loot: " << e.what() << '\n';
    }
  }
  tx.commit();
}

std::optional<Player> load(SQLite::Database& db, int id) {
  SQLite::Statement st(db, "SELECT name, gold FROM player WHERE id = ?");
  st.bind(1, id);
  if (!st.executeStep()) return std::nullopt;
  Player p{id, st.getColumn(0).getString(), st.getColumn(1).getInt(), {}};
  SQLite::Statement bag(db, "SELECT id, n FROM item WHERE owner = ?");
  bag.bind(1, id);
  while (bag.executeStep()) p.bag.push_back({bag.getColumn(0).getInt(), bag.getColumn(1).getInt()});
  return p;
}

const char* guildName(SQLite::Database& db, int guild) {
  SQLite::Statement st(db, "SELECT name FROM guild WHERE id = ?");
  st.bind(1, guild);
  if (!st.executeStep()) return "";
  return st.getColumn(0).getText();  // expect: session-use-after-scope
}

class World {
 public:
  explicit World(const std::string& file) : db_(std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE)) {}
  void tick();
  void saveAll(const std::vector<Player>& players);
  void autosave(const std::vector<Player>& players);
  void backupAsync(const std::string& to);
  void statsAsync();
  std::future<int> onlineCount();
  void reopen(const std::string& file);
  int resetSeason();
  void wipe();
  void begin();
  void end(bool keep);
  void migrate();
  int purge(int days);
  void rename(int id, const std::string& name);
  void duel(int a, int b);
 private:
  std::unique_ptr<SQLite::Database> db_;
  std::unique_ptr<SQLite::Transaction> open_;
  std::mutex m_;
  std::atomic<int> ticks_{0};
};

void World::begin() {
  if (open_) return;
  open_ = std::make_unique<SQLite::Transaction>(*db_);
}

void World::end(bool keep) {
  auto tx = std::move(open_);
  if (tx && keep) tx->commit();       // otherwise the pointer rolls back as it goes
}

void World::tick() {
  const int n = ++ticks_;
  if (n % 100 != 0) return;
  SQLite::Statement st(*db_, "UPDATE world SET tick = ?");
  st.bind(1, n);
  st.exec();
}

void World::saveAll(const std::vector<Player>& players) {
  for (const auto& p : players) savePlayer(*db_, p);   // each player is a unit of its own
}

void World::autosave(const std::vector<Player>& players) {
  SQLite::Transaction tx(*db_);
  db_->exec("UPDATE world SET saved = datetime('now')");
  for (const auto& p : players) savePlayer(*db_, p);  // expect: session-nested-begin
  tx.commit();
}

void World::backupAsync(const std::string& to) {
  std::thread([from = db_->getFilename(), to] {
    try {
      SQLite::Database src(from, SQLite::OPEN_READONLY);
      SQLite::Database dst(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      SQLite::Backup b(dst, src);
      b.executeStep();
    } catch (const SQLite::Exception& e) {
      std::cerr << "backup: " << e.what() << '\n';
    }
  }).detach();
}

void World::statsAsync() {
  SQLite::Database& d = *db_;
  std::thread([&d] {  // expect: session-shared-across-threads
    try {
      d.exec("INSERT INTO stats SELECT count(*), sum(gold) FROM player");
    } catch (const SQLite::Exception& e) {
      std::cerr << e.what() << '\n';
    }
  }).detach();
  d.exec("UPDATE world SET stats = stats + 1");
}

std::future<int> World::onlineCount() {
  return std::async(std::launch::deferred, [this] {      // runs in the thread that asks
    std::lock_guard<std::mutex> l(m_);
    return db_->execAndGet("SELECT count(*) FROM player WHERE online = 1").getInt();
  });
}

void World::reopen(const std::string& file) {
  std::lock_guard<std::mutex> l(m_);
  open_.reset();                       // before its database goes
  auto fresh = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE);
  db_.swap(fresh);
}

int World::resetSeason() {
  SQLite::Transaction tx(*db_);
  db_->exec("INSERT INTO hall SELECT id, score FROM player ORDER BY score DESC LIMIT 10");
  tx.commit();
  const int n = db_->exec("UPDATE player SET score = 0");
  if (n == 0) tx.commit();  // expect: session-double-end
  return n;
}

void World::wipe() {
  (void)SQLite::Transaction(*db_);  // expect: session-temporary-guard
  db_->exec("DELETE FROM item");
}

void World::migrate() {
  const int v = db_->execAndGet("PRAGMA user_version").getInt();
  static const std::pair<int, const char*> steps[] = {
      {1, "ALTER TABLE player ADD COLUMN score INT; PRAGMA user_version = 1"},
      {2, "CREATE TABLE hall(id INT, score INT); PRAGMA user_version = 2"},
  };
  for (const auto& [to, sql] : steps) {
    if (v >= to) continue;
    SQLite::Transaction step(*db_);
    db_->exec(sql);
    step.commit();
  }
}

int World::purge(int days) {
  SQLite::Statement* st = nullptr;
  {
    SQLite::Statement local(*db_, "DELETE FROM player WHERE idle > ?");
    local.bind(1, days);
    st = &local;
    st->exec();
  }
  return st->getColumnCount();  // expect: session-use-after-scope
}

void World::rename(int id, const std::string& name) {
  SQLite::Transaction tx(*db_);
  SQLite::Statement st(*db_, "UPDATE player SET name = ? WHERE id = ?");
  st.bind(1, name);
  st.bind(2, id);
  if (st.exec() == 1) tx.commit();     // anything else is undone by the guard
}

void World::duel(int a, int b) {
  db_->exec("BEGIN IMMEDIATE");  // expect: session-missing-rollback
  SQLite::Statement st(*db_, "UPDATE player SET score = score + ? WHERE id = ?");
  st.bind(1, 3);
  st.bind(2, a);
  st.exec();
  st.reset();
  st.bind(1, -3);
  st.bind(2, b);
  st.exec();
  db_->exec("COMMIT");
}

}  // namespace game
