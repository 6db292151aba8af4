#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <future>
#include <map>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

// ---- as in guild/store/gateway.h ----
namespace guild::store {

class StoreFault : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class DbSession {
public:
  DbSession(DbSession&&) noexcept;
  DbSession& operator=(DbSession&&) noexcept;
  ~DbSession();
  std::size_t exec(std::string_view sql, std::initializer_list<std::int64_t> args = {});
  std::vector<std::int64_t> pick(std::string_view sql, std::initializer_list<std::int64_t> args = {});
  void begin();
  void commit();
  void rollback() noexcept;
  void close();
};

class DbTransaction {
public:
  explicit DbTransaction(DbSession& s);
  DbTransaction(DbTransaction&&) noexcept;
  ~DbTransaction();
  void commit();
  void rollback() noexcept;
};

template <class T>
class Generator {
public:
  struct Sentinel {};
  class Iter {
  public:
    T& operator*() const;
    Iter& operator++();
    bool operator!=(Sentinel) const;
  };
  Generator(Generator&&) noexcept;
  ~Generator();
  Iter begin();
  Sentinel end();
};

class Gateway {
public:
  DbSession connect();
  std::unique_ptr<DbSession> connectUnique();
  Generator<DbSession> sessions();
  const std::string& shard() const noexcept;
};

}  // namespace guild::store

namespace guild {
void logLine(const std::string& s) noexcept;
std::string renderMail(std::int64_t player);
}  // namespace guild
// ---- end of header part ----

namespace guild {

using store::DbSession;
using store::DbTransaction;
using store::Gateway;
using store::Generator;
using store::StoreFault;

class GameError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

struct Trade {
  std::int64_t seller = 0;
  std::int64_t buyer = 0;
  std::int64_t item = 0;
  std::int64_t gold = 0;
};

struct SaveConfig {
  bool keepInventory = true;
  bool verbose = false;
  int maxBatch = 64;
};

DbSession* firstSession(Gateway& gw) {
  for (DbSession& s : gw.sessions()) {
    s.exec("set lock_timeout = 500");
    logLine("session for " + gw.shard());
    return &s;  // expect: session-generator-early-return
  }
  return nullptr;
}

void resetDailyQuests(Gateway& gw, int day) {
  std::size_t n = 0;
  for (DbSession& s : gw.sessions()) {
    DbTransaction tx(s);
    if (s.pick("select 1 from quest_reset where day = ?", {day}).empty()) {
      n += s.exec("update quest set progress = 0 where daily = 1");
      s.exec("insert into quest_reset(day) values(?)", {day});
      tx.commit();
    }
  }
  logLine("reset " + std::to_string(n));
}

std::int64_t onlineCount(Gateway& gw) {
  DbSession& s = *gw.sessions().begin();  // expect: session-generator-early-return
  const auto v = s.pick("select count(*) from player where online = 1");
  return v.empty() ? 0 : v.front();
}

class PlayerRepo {
public:
  explicit PlayerRepo(Gateway& gw) : gw_(gw), db_(gw.connectUnique()) {}
  virtual ~PlayerRepo() = default;

  void rename(std::int64_t player, std::int64_t nameId) {
    db_->begin();
    try {
      db_->exec("update player set name = ? where id = ?", {nameId, player});
      db_->exec("insert into rename_log(player, name) values(?, ?)", {player, nameId});
      db_->commit();
    } catch (const StoreFault& e) {  // expect: session-missing-rollback
      throw GameError(std::string("rename refused: ") + e.what());
    }
  }

  void ban(std::int64_t player, int days) {
    db_->begin();
    try {
      db_->exec("update player set banned = ? where id = ?", {days, player});
      for (const auto s : db_->pick("select id from login where player = ?", {player}))
        db_->exec("delete from login where id = ?", {s});
      db_->commit();
    } catch (...) {
      db_->rollback();
      std::throw_with_nested(GameError("ban refused"));
    }
  }

  bool saveGold(std::int64_t player, std::int64_t gold, const SaveConfig& cfg) {
    DbTransaction tx(*db_);  // expect: session-unfinished-transaction
    if (gold < 0) return false;
    const auto n = db_->exec("update player set gold = ? where id = ?", {gold, player});
    if (n != 1) return false;
    db_->exec("insert into gold_log(player, gold) values(?, ?)", {player, gold});
    if (cfg.verbose) logLine("gold saved");
    return true;
  }

  bool saveLevel(std::int64_t player, int level) {
    DbTransaction tx(*db_);
    if (level < 1) return false;
    if (db_->exec("update player set level = ? where id = ?", {level, player}) != 1) return false;
    tx.commit();
    return true;
  }

protected:
  DbSession& db() noexcept { return *db_; }
  Gateway& gateway() noexcept { return gw_; }

private:
  Gateway& gw_;
  std::unique_ptr<DbSession> db_;
};

class MarketRepo : public PlayerRepo {
public:
  using PlayerRepo::PlayerRepo;

  void settle(const Trade& t) {
    DbTransaction tx(db());
    db().exec("update player set gold = gold - ? where id = ?", {t.gold, t.buyer});
    db().exec("update player set gold = gold + ? where id = ?", {t.gold, t.seller});
    auto mailer = gateway().connectUnique();  //  // waits: session-split-unit-of-work
    mailer->exec("insert into item_mail(player, item) values(?, ?)", {t.buyer, t.item});
    mailer->exec("delete from market where item = ?", {t.item});
    tx.commit();
  }

  void cancelOffer(const Trade& t) {
    {
      DbTransaction tx(db());
      db().exec("delete from market where item = ? and seller = ?", {t.item, t.seller});
      db().exec("insert into item_mail(player, item) values(?, ?)", {t.seller, t.item});
      tx.commit();
    }
    logLine(renderMail(t.seller));
  }

  void expireOffers(const std::vector<Trade>& old, const SaveConfig& cfg) {
    std::optional<DbTransaction> tx;
    int open = 0;
    for (const auto& t : old) {
      if (!tx) tx.emplace(db());
      db().exec("delete from market where item = ?", {t.item});
      if (++open == cfg.maxBatch) {
        tx->commit();
        tx.reset();
        open = 0;
      }
    }
    if (tx) tx->commit();
  }

  void tax(const std::vector<Trade>& trades) {
    db().begin();
    bool clean = true;
    for (const auto& t : trades) {
      try {
        db().exec("update player set gold = gold - ? where id = ?", {t.gold / 20, t.seller});
        db().exec("update treasury set gold = gold + ?", {t.gold / 20});
      } catch (...) {
        logLine("tax run stopped");
        clean = false;
        break;
      }
    }
    if (!clean) {
      db().rollback();
      return;
    }
    try {
      db().commit();
    } catch (...) {
      db().rollback();
      throw;
    }
  }
};

void payGuildWages(DbSession& s, std::int64_t guildId, const std::vector<std::int64_t>& members) {
  s.begin();
  try {
    s.exec("update guild set bank = bank - ? where id = ?", {static_cast<std::int64_t>(members.size()) * 100, guildId});
    for (const auto m : members) s.exec("update player set gold = gold + 100 where id = ?", {m});
  } catch (const std::exception& e) {  // expect: session-swallow-and-commit
    logLine(std::string("wages incomplete: ") + e.what());
  }
  try {
    s.commit();
  } catch (...) {
    s.rollback();
    throw;
  }
}

class CombatJournal {
public:
  explicit CombatJournal(DbSession s) : s_(std::move(s)), tx_(s_) {}
  CombatJournal(const CombatJournal&) = delete;
  CombatJournal& operator=(const CombatJournal&) = delete;

  void hit(std::int64_t who, std::int64_t damage) {
    s_.exec("insert into hit(player, damage) values(?, ?)", {who, damage});
    s_.exec("update player set hp = hp - ? where id = ?", {damage, who});
  }

  ~CombatJournal() {
    try {
      s_.exec("insert into combat_end(at) values(now())");
      tx_.commit();  // expect: session-commit-in-destructor
    } catch (const std::exception& e) {
      logLine(e.what());
    }
  }

private:
  DbSession s_;
  DbTransaction tx_;
};

class SessionCache {
public:
  explicit SessionCache(Gateway& gw) : gw_(gw) {}

  std::int64_t remember(const std::string& key, std::int64_t player) {
    auto fresh = gw_.connectUnique();
    fresh->exec("set search_path = world");
    std::lock_guard<std::mutex> g(m_);
    byKey_[key] = std::move(fresh);
    const auto v = fresh->pick("select zone from player where id = ?", {player});  // expect: session-use-after-scope
    return v.empty() ? -1 : v.front();
  }

  std::int64_t zoneOf(const std::string& key, std::int64_t player) {
    std::lock_guard<std::mutex> g(m_);
    auto it = byKey_.find(key);
    if (it == byKey_.end()) it = byKey_.emplace(key, gw_.connectUnique()).first;
    DbSession& s = *it->second;
    const auto v = s.pick("select zone from player where id = ?", {player});
    return v.empty() ? -1 : v.front();
  }

  void forget(const std::string& key) {
    std::unique_ptr<DbSession> gone;
    {
      std::lock_guard<std::mutex> g(m_);
      auto node = byKey_.extract(key);
      if (node.empty()) return;
      gone = std::move(node.mapped());
    }
    gone->exec("delete from presence where k = 1");
    gone->close();
  }

private:
  Gateway& gw_;
  std::mutex m_;
  std::unordered_map<std::string, std::unique_ptr<DbSession>> byKey_;
};

class WorldSaver {
public:
  explicit WorldSaver(Gateway& gw) : gw_(gw), db_(gw.connectUnique()) {}

  void saveAll(const std::vector<std::int64_t>& zones) {
    pending_ = std::async(std::launch::async, [this, zones] {  // expect: session-shared-across-threads
      for (const auto z : zones) db_->exec("update zone set saved = now() where id = ?", {z});
    });
    db_->exec("update world set last_save = now()");
  }

  void saveParallel(const std::vector<std::int64_t>& zones) {
    std::vector<std::future<std::size_t>> parts;
    for (const auto z : zones)
      parts.push_back(std::async(std::launch::async, [s = gw_.connect(), z]() mutable {
        return s.exec("update zone set saved = now() where id = ?", {z});
      }));
    std::size_t n = 0;
    for (auto& p : parts) n += p.get();
    auto own = gw_.connect();
    own.exec("update world set zones = ?", {static_cast<std::int64_t>(n)});
  }

  std::size_t countBlocking() {
    auto s = gw_.connect();
    auto f = std::async(std::launch::async, [&s] { return s.pick("select id from zone where dirty = 1"); });
    const auto dirty = f.get();
    for (const auto z : dirty) s.exec("update zone set dirty = 0 where id = ?", {z});
    s.close();
    return dirty.size();
  }

private:
  Gateway& gw_;
  std::unique_ptr<DbSession> db_;
  std::future<void> pending_;
};

std::vector<std::int64_t> topPlayers(Gateway& gw, int n) {
  std::vector<std::int64_t> ids;
  auto s = gw.connect();
  for (int attempt = 0; attempt < 2; ++attempt) {
    try {
      ids = s.pick("select id from player order by score desc limit ?", {n});
      break;
    } catch (const StoreFault& e) {
      logLine(e.what());
      s = gw.connect();
    }
  }
  return ids;
}

void reassignPets(Gateway& gw, std::int64_t from, std::int64_t to) {
  auto s = gw.connect();
  s.exec("update pet set owner = ? where owner = ?", {to, from});
  s.close();
  const auto left = s.pick("select id from pet where owner = ?", {from});  // expect: session-use-after-scope
  if (!left.empty()) logLine("pets left behind");
}

}  // namespace guild
