// library: sqlitecpp, sqlite3
// Messenger client: local cache of rooms, events and keys (SQLiteCpp).
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>
#include <sqlite3.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace messenger {

struct Event { std::string id, room, sender, body; long long ts = 0; };
struct SyncBatch { std::string token; std::vector<Event> events; std::vector<std::string> left; };
struct DecryptError : std::runtime_error { using std::runtime_error::runtime_error; };

void log(const std::string& s) noexcept { std::clog << "cache: " << s << '\n'; }
std::string decrypt(const std::string& cipher);

class Cache {
public:
  explicit Cache(const std::string& file);
  ~Cache();

  void applySync(const SyncBatch& batch);
  std::optional<Event> event(const std::string& id);
  std::vector<std::string> rooms();
  bool redact(const std::string& id, const std::string& reason);
  void storeKeys(const std::map<std::string, std::string>& keys);
  bool rotateKeys(const std::string& device);
  void decryptPending();
  int trimRoom(const std::string& room, int keep);
  const char* displayName(const std::string& user);
  std::string avatar(const std::string& user);
  void markRead(const std::string& room, long long upTo);
  void leaveRoom(const std::string& room);
  void migrate();
  void importBackup(const std::string& file);
  bool setDraft(const std::string& room, const std::string& text);
  void reactAll(const std::vector<std::pair<std::string, std::string>>& reactions);
  void checkpointLater();
  void searchLater(const std::string& term, std::function<void(int)> done);
  void pinMessages(const std::string& room, const std::vector<std::string>& ids);
  bool tryUpgradeRoom(const std::string& from, const std::string& to);
  void forgetDevice(const std::string& device);
  void compact();

private:
  SQLite::Statement& cached(const std::string& sql);

  struct Impl;
  std::unique_ptr<Impl> d_;
};

struct Cache::Impl {
  explicit Impl(const std::string& f) : file(f), db(f, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 3000) {}
  std::string file;
  SQLite::Database db;
  std::map<std::string, std::unique_ptr<SQLite::Statement>> statements;
  std::mutex mu;
};

Cache::Cache(const std::string& file) : d_(std::make_unique<Impl>(file)) {
  d_->db.exec("PRAGMA journal_mode=WAL");
  migrate();
}

Cache::~Cache() = default;

SQLite::Statement& Cache::cached(const std::string& sql) {
  auto& slot = d_->statements[sql];
  if (!slot) slot = std::make_unique<SQLite::Statement>(d_->db, sql);
  slot->reset();
  slot->clearBindings();
  return *slot;
}

void Cache::applySync(const SyncBatch& batch) {
  std::lock_guard lock(d_->mu);
  SQLite::Transaction tx(d_->db);
  for (const Event& e : batch.events) {
    SQLite::Statement& st = cached("INSERT OR IGNORE INTO event VALUES(?,?,?,?,?)");
    st.bind(1, e.id);
    st.bind(2, e.room);
    st.bind(3, e.sender);
    st.bind(4, e.body);
    st.bind(5, static_cast<int64_t>(e.ts));
    st.exec();
  }
  for (const std::string& room : batch.left) {
    SQLite::Statement st(d_->db, "DELETE FROM room WHERE id=?");
    st.bind(1, room);
    st.exec();
  }
  SQLite::Statement tok(d_->db, "UPDATE state SET token=?");
  tok.bind(1, batch.token);
  tok.exec();
  tx.commit();
}

std::optional<Event> Cache::event(const std::string& id) {
  SQLite::Statement& st = cached("SELECT room, sender, body, ts FROM event WHERE id=?");
  st.bind(1, id);
  if (!st.executeStep()) return std::nullopt;
  Event e{id, st.getColumn(0).getString(), st.getColumn(1).getString(), st.getColumn(2).getString(),
          st.getColumn(3).getInt64()};
  st.reset();
  return e;
}

std::vector<std::string> Cache::rooms() {
  std::vector<std::string> out;
  SQLite::Statement st(d_->db, "SELECT id FROM room ORDER BY last_ts DESC");
  while (st.executeStep()) out.emplace_back(st.getColumn(0).getText());
  return out;
}

bool Cache::redact(const std::string& id, const std::string& reason) {
  SQLite::Transaction tx(d_->db);
  SQLite::Statement up(d_->db, "UPDATE event SET body='' WHERE id=?");
  up.bind(1, id);
  if (up.exec() == 0) return false;
  SQLite::Statement ins(d_->db, "INSERT INTO redaction VALUES(?,?)");
  ins.bind(1, id);
  ins.bind(2, reason);
  ins.exec();
  tx.commit();
  return true;
}

void Cache::storeKeys(const std::map<std::string, std::string>& keys) {
  SQLite::Transaction tx(d_->db);  // expect: session-unfinished-transaction
  SQLite::Statement st(d_->db, "INSERT OR REPLACE INTO key VALUES(?,?)");
  for (const auto& [device, key] : keys) {
    st.bind(1, device);
    st.bind(2, key);
    st.exec();
    st.reset();
  }
  if (keys.size() > 100) log("many keys: " + std::to_string(keys.size()));
}

bool Cache::rotateKeys(const std::string& device) {
  d_->db.exec("BEGIN IMMEDIATE");
  try {
    SQLite::Statement old(d_->db, "UPDATE key SET retired=1 WHERE device=?");
    old.bind(1, device);
    old.exec();
    SQLite::Statement fresh(d_->db, "INSERT INTO key(device) VALUES(?)");
    fresh.bind(1, device);
    fresh.exec();
    d_->db.exec("COMMIT");
    return true;
  } catch (const SQLite::Exception& e) {  // expect: session-missing-rollback
    log(std::string("rotate: ") + e.what());
  }
  return false;
}

void Cache::decryptPending() {
  SQLite::Statement sel(d_->db, "SELECT id, body FROM event WHERE encrypted=1 LIMIT 200");
  std::vector<std::pair<std::string, std::string>> work;
  while (sel.executeStep()) work.emplace_back(sel.getColumn(0).getString(), sel.getColumn(1).getString());
  SQLite::Transaction tx(d_->db);
  for (auto& [id, cipher] : work) {
    std::string plain;
    try {
      plain = decrypt(cipher);
    } catch (const DecryptError& e) {
      log(id + ": " + e.what());
      continue;
    }
    SQLite::Statement up(d_->db, "UPDATE event SET body=?, encrypted=0 WHERE id=?");
    up.bind(1, plain);
    up.bind(2, id);
    up.exec();
  }
  tx.commit();
}

int Cache::trimRoom(const std::string& room, int keep) {
  int total = 0;
  int removed = 0;
  do {
    SQLite::Transaction tx(d_->db);
    SQLite::Statement del(d_->db,
        "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE room=?1 ORDER BY ts DESC LIMIT 500 OFFSET ?2)");
    del.bind(1, room);
    del.bind(2, keep);
    removed = del.exec();
    tx.commit();
    total += removed;
  } while (removed == 500);
  return total;
}

const char* Cache::displayName(const std::string& user) {
  SQLite::Statement st(d_->db, "SELECT name FROM member WHERE user=?");
  st.bind(1, user);
  if (!st.executeStep()) return nullptr;
  return st.getColumn(0).getText();  // expect: session-use-after-scope
}

std::string Cache::avatar(const std::string& user) {
  SQLite::Statement st(d_->db, "SELECT avatar FROM member WHERE user=?");
  st.bind(1, user);
  if (!st.executeStep()) return {};
  const char* url = st.getColumn(0).getText("");
  std::string copy(url);
  return copy.rfind("mxc://", 0) == 0 ? copy : std::string();
}

void Cache::markRead(const std::string& room, long long upTo) {
  SQLite::Transaction tx(d_->db);
  SQLite::Statement up(d_->db, "UPDATE room SET read_ts=max(read_ts, ?) WHERE id=?");
  up.bind(1, static_cast<int64_t>(upTo));
  up.bind(2, room);
  up.exec();
  tx.commit();
  SQLite::Statement left(d_->db, "SELECT count(*) FROM event WHERE room=? AND ts>?");
  left.bind(1, room);
  left.bind(2, static_cast<int64_t>(upTo));
  if (left.executeStep() && left.getColumn(0).getInt() == 0) log(room + " is read");
}

void Cache::leaveRoom(const std::string& room) {
  SQLite::Transaction tx(d_->db);
  SQLite::Statement ev(d_->db, "DELETE FROM event WHERE room=?");
  ev.bind(1, room);
  ev.exec();
  SQLite::Database other(d_->file, SQLite::OPEN_READWRITE);
  SQLite::Statement rm(other, "DELETE FROM room WHERE id=?");
  rm.bind(1, room);
  rm.exec();
  tx.commit();
}

void Cache::migrate() {
  SQLite::Database& db = d_->db;
  const int version = db.execAndGet("PRAGMA user_version").getInt();
  if (version < 1) {
    SQLite::Transaction tx(db);
    db.exec("CREATE TABLE room(id TEXT PRIMARY KEY, last_ts INT, read_ts INT)");
    db.exec("CREATE TABLE event(id TEXT PRIMARY KEY, room TEXT, sender TEXT, body TEXT, ts INT)");
    db.exec("PRAGMA user_version=1");
    tx.commit();
  }
  if (version < 2) {
    SQLite::Transaction tx(db);
    db.exec("ALTER TABLE event ADD COLUMN encrypted INT DEFAULT 0");
    db.exec("PRAGMA user_version=2");
    tx.commit();
  }
}

void Cache::importBackup(const std::string& file) {
  SQLite::Statement at(d_->db, "ATTACH ? AS bak");
  at.bind(1, file);
  at.exec();
  try {
    SQLite::Transaction tx(d_->db);
    d_->db.exec("INSERT OR IGNORE INTO event SELECT * FROM bak.event");
    d_->db.exec("INSERT OR IGNORE INTO room SELECT * FROM bak.room");
    tx.commit();
  } catch (const SQLite::Exception& e) {
    log(std::string("backup: ") + e.what());
  }
  d_->db.exec("DETACH bak");
}

bool Cache::setDraft(const std::string& room, const std::string& text) {
  auto tx = std::make_unique<SQLite::Transaction>(d_->db);
  SQLite::Statement del(d_->db, "DELETE FROM draft WHERE room=?");
  del.bind(1, room);
  del.exec();
  if (!text.empty()) {
    SQLite::Statement ins(d_->db, "INSERT INTO draft VALUES(?,?)");
    ins.bind(1, room);
    ins.bind(2, text);
    if (ins.exec() != 1) {
      tx.reset();
      return false;
    }
  }
  tx->commit();
  return true;
}

void Cache::reactAll(const std::vector<std::pair<std::string, std::string>>& reactions) {
  SQLite::Transaction outer(d_->db);
  for (const auto& [event, key] : reactions) {
    try {
      SQLite::Savepoint sp(d_->db, "react");
      SQLite::Statement ins(d_->db, "INSERT INTO reaction VALUES(?,?)");
      ins.bind(1, event);
      ins.bind(2, key);
      ins.exec();
      d_->db.exec("UPDATE stats SET reactions = reactions + 1");
      sp.release();
    } catch (const SQLite::Exception& e) {
      log(event + ": " + e.what());
    }
  }
  outer.commit();
}

void Cache::checkpointLater() {
  std::thread([file = d_->file] {
    try {
      SQLite::Database own(file, SQLite::OPEN_READWRITE);
      own.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const std::exception& e) {
      log(e.what());
    }
  }).detach();
}

void Cache::searchLater(const std::string& term, std::function<void(int)> done) {
  auto st = std::make_shared<SQLite::Statement>(d_->db, "SELECT count(*) FROM event WHERE body LIKE ?");
  st->bind(1, "%" + term + "%");
  std::thread([st, done = std::move(done)] {  // waits: session-shared-across-threads
    try {
      if (st->executeStep()) done(st->getColumn(0).getInt());
    } catch (const SQLite::Exception& e) {
      log(e.what());
    }
  }).detach();
}

void Cache::pinMessages(const std::string& room, const std::vector<std::string>& ids) {
  d_->db.exec("BEGIN");
  try {
    SQLite::Statement st(d_->db, "INSERT INTO pin VALUES(?,?)");
    for (const std::string& id : ids) {
      st.bind(1, room);
      st.bind(2, id);
      st.exec();
      st.reset();
    }
    d_->db.exec("COMMIT");
  } catch (...) {
    if (d_->db.getHandle() && !sqlite3_get_autocommit(d_->db.getHandle())) d_->db.exec("ROLLBACK");
    throw;
  }
}

bool Cache::tryUpgradeRoom(const std::string& from, const std::string& to) {
  SQLite::Transaction tx(d_->db);
  SQLite::Statement up(d_->db, "UPDATE event SET room=? WHERE room=?");
  up.bind(1, to);
  up.bind(2, from);
  const int moved = up.exec();
  if (moved == 0) {
    tx.commit();
    return false;
  }
  SQLite::Statement mark(d_->db, "UPDATE room SET successor=? WHERE id=?");
  mark.bind(1, to);
  mark.bind(2, from);
  mark.exec();
  tx.commit();
  if (moved > 10000) {
    d_->db.exec("DELETE FROM event_fts");
    tx.commit();  // expect: session-double-end
  }
  return true;
}

void Cache::forgetDevice(const std::string& device) {
  SQLite::Transaction keys(d_->db);
  SQLite::Statement k(d_->db, "DELETE FROM key WHERE device=?");
  k.bind(1, device);
  k.exec();
  d_->db.exec("BEGIN EXCLUSIVE");  // expect: session-nested-begin
  SQLite::Statement t(d_->db, "DELETE FROM trust WHERE device=?");
  t.bind(1, device);
  t.exec();
  keys.commit();
}

void Cache::compact() {
  auto* side = new SQLite::Database(d_->file, SQLite::OPEN_READWRITE);  // expect: session-leak
  side->exec("VACUUM");
  const long pages = side->execAndGet("PRAGMA page_count").getInt();
  delete side;
  log(std::to_string(pages) + " pages");
}

}  // namespace messenger
