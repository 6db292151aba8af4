// Match server of an online game: sessions over an abstract backend.
#include <chrono>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace arena {

void log(std::string_view what) noexcept;

class BackendError : public std::runtime_error {
public:
  BackendError(const std::string& what, bool transient) : std::runtime_error(what), transient_(transient) {}
  bool transient() const noexcept { return transient_; }

private:
  bool transient_;
};

struct Backend {
  virtual ~Backend() = default;
  virtual int send(std::string_view sql, std::string& error) noexcept = 0;
  virtual long last_value() const noexcept = 0;
};

class Session {
public:
  explicit Session(std::unique_ptr<Backend> b) noexcept : b_(std::move(b)) {}
  Session(Session&&) noexcept = default;
  Session& operator=(Session&&) noexcept = default;
  long exec(std::string_view sql) {
    std::string error;
    if (int rc = b_->send(sql, error); rc != 0)
      throw BackendError(error, rc == 40);
    return b_->last_value();
  }
  void begin() { exec("BEGIN"); }
  void commit() { exec("COMMIT"); }
  void rollback() noexcept {
    std::string error;
    if (b_->send("ROLLBACK", error) != 0)
      log(error);
  }

private:
  std::unique_ptr<Backend> b_;
};

class Pool;

class Pooled {
public:
  Pooled(Pool& p, Session* s) noexcept : p_(&p), s_(s) {}
  Pooled(Pooled&& o) noexcept : p_(o.p_), s_(std::exchange(o.s_, nullptr)), open_(std::exchange(o.open_, false)) {}
  Pooled(const Pooled&) = delete;
  ~Pooled();
  long exec(std::string_view sql) { return s_->exec(sql); }
  void begin() {
    s_->begin();
    open_ = true;
  }
  void commit() {
    s_->commit();
    open_ = false;
  }

private:
  Pool* p_;
  Session* s_;
  bool open_ = false;
};

class Pool {
public:
  explicit Pool(std::vector<std::unique_ptr<Session>> all) : all_(std::move(all)) {
    for (auto& s : all_)
      free_.push_back(s.get());
  }
  Pooled get() {
    std::lock_guard lk(m_);
    if (free_.empty())
      throw BackendError("pool is empty", true);
    Session* s = free_.back();
    free_.pop_back();
    return Pooled(*this, s);
  }
  void back(Session* s) noexcept {
    std::lock_guard lk(m_);
    free_.push_back(s);
  }

private:
  std::mutex m_;
  std::vector<std::unique_ptr<Session>> all_;
  std::vector<Session*> free_;
};

Pooled::~Pooled() {
  if (s_ == nullptr)
    return;
  if (open_)
    s_->rollback();
  p_->back(s_);
}

class Tx {
public:
  explicit Tx(Session& s) : s_(s) { s_.begin(); }
  Tx(const Tx&) = delete;
  ~Tx() {
    if (open_)
      s_.rollback();
  }
  void commit() {
    s_.commit();
    open_ = false;
  }

private:
  Session& s_;
  bool open_ = true;
};

class Mark {
public:
  Mark(Session& s, std::string name) : s_(s), name_(std::move(name)) { s_.exec("SAVEPOINT " + name_); }
  Mark(const Mark&) = delete;
  ~Mark() {
    if (!kept_) {
      try {
        s_.exec("ROLLBACK TO " + name_);
      } catch (const BackendError& e) {
        log(e.what());
      }
    }
  }
  void keep() {
    s_.exec("RELEASE " + name_);
    kept_ = true;
  }

private:
  Session& s_;
  std::string name_;
  bool kept_ = false;
};

class Timed {
public:
  Timed(Session& s, const char* what) : s_(s), what_(what), t0_(std::chrono::steady_clock::now()) { s_.begin(); }
  Timed(const Timed&) = delete;
  ~Timed() {
    auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - t0_).count();
    log(std::string(what_) + ": " + std::to_string(ms) + " ms");
  }
  void commit() { s_.commit(); }
  void rollback() noexcept { s_.rollback(); }

private:
  Session& s_;
  const char* what_;
  std::chrono::steady_clock::time_point t0_;
};

template <class F> auto in_tx(Session& s, F&& f) {
  Tx tx(s);
  if constexpr (std::is_void_v<std::invoke_result_t<F, Session&>>) {
    f(s);
    tx.commit();
  } else {
    auto r = f(s);
    tx.commit();
    return r;
  }
}

template <class F> auto retrying(Session& s, int attempts, F f) {
  for (int i = 1;; ++i) {
    try {
      return in_tx(s, f);
    } catch (const BackendError& e) {
      if (!e.transient() || i >= attempts)
        throw;
      log(e.what());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10 * i));
  }
}

std::string id(long n) { return std::to_string(n); }

bool join_match(Pool& pool, long player, long match) {
  Pooled s = pool.get();
  s.begin();
  if (s.exec("SELECT count(*) FROM seat WHERE match = " + id(match) + " FOR UPDATE") >= 10)
    return false;
  s.exec("INSERT INTO seat VALUES (" + id(match) + "," + id(player) + ")");
  s.exec("UPDATE player SET state = 'playing' WHERE id = " + id(player));
  s.commit();
  return true;
}

void leave_match(Session& s, long player, long match) {
  s.begin();  // expect: session-missing-rollback
  s.exec("DELETE FROM seat WHERE match = " + id(match) + " AND player = " + id(player));
  long left = s.exec("SELECT count(*) FROM seat WHERE match = " + id(match));
  if (left == 0)
    s.exec("UPDATE match SET state = 'empty' WHERE id = " + id(match));
  s.commit();
}

bool score(Session& s, long match, long player, long points) {
  Timed t(s, "score");  // expect: session-unfinished-transaction
  try {
    long cur = s.exec("SELECT points FROM seat WHERE match = " + id(match) + " AND player = " + id(player));
    if (cur + points < 0) {
      log("negative score");
      return false;
    }
    s.exec("UPDATE seat SET points = points + " + id(points) + " WHERE player = " + id(player));
    t.commit();
  } catch (...) {
    t.rollback();
    throw;
  }
  return true;
}

bool penalty(Session& s, long match, long player, long points) {
  Timed t(s, "penalty");
  try {
    s.exec("UPDATE seat SET points = points - " + id(points) + " WHERE player = " + id(player));
    s.exec("INSERT INTO penalty VALUES (" + id(match) + "," + id(player) + ")");
    t.commit();
    return true;
  } catch (const std::exception& e) {
    t.rollback();
    log(e.what());
  }
  return false;
}

long create_match(Session& s, const std::vector<long>& players) {
  return retrying(s, 3, [&](Session& db) {
    long match = db.exec("INSERT INTO match DEFAULT VALUES RETURNING id");
    for (long p : players)
      db.exec("INSERT INTO seat VALUES (" + id(match) + "," + id(p) + ")");
    return match;
  });
}

long finish_match(Session& s, long match) {
  return in_tx(s, [match](Session& db) -> long {
    long best = db.exec("SELECT max(points) FROM seat WHERE match = " + id(match));
    if (best <= 0)
      return 0;
    db.exec("UPDATE match SET state = 'done' WHERE id = " + id(match));
    db.exec("UPDATE player SET wins = wins + 1 WHERE id = winner(" + id(match) + ")");
    return best;
  });
}

void award(Session& s, long match, const std::vector<long>& places) {
  in_tx(s, [&](Session& db) {
    long prize = 100;
    for (long p : places) {
      db.exec("UPDATE player SET gold = gold + " + id(prize) + " WHERE id = " + id(p));
      prize /= 2;
    }
    Tx log_tx(db);  // expect: session-nested-begin
    db.exec("INSERT INTO award_log VALUES (" + id(match) + ")");
    log_tx.commit();
  });
}

int gift_all(Session& s, const std::vector<long>& players, long item) {
  int given = 0;
  Tx tx(s);
  for (long p : players) {
    try {
      Mark m(s, "gift");
      s.exec("INSERT INTO bag VALUES (" + id(p) + "," + id(item) + ")");
      s.exec("UPDATE player SET items = items + 1 WHERE id = " + id(p));
      m.keep();
      ++given;
    } catch (const BackendError& e) {
      if (e.transient())
        throw;
      log(e.what());
    }
  }
  tx.commit();
  return given;
}

bool trade(Session& s, long a, long b, long item, long gold) {
  Tx tx(s);
  bool fair = true;
  try {
    s.exec("UPDATE bag SET player = " + id(b) + " WHERE player = " + id(a) + " AND item = " + id(item));
    s.exec("UPDATE player SET gold = gold - " + id(gold) + " WHERE id = " + id(b));
    s.exec("UPDATE player SET gold = gold + " + id(gold) + " WHERE id = " + id(a));
  } catch (const BackendError& e) {  // expect: session-swallow-and-commit
    log(e.what());
    fair = false;
  }
  s.exec("INSERT INTO trade_log(a, b) VALUES (" + id(a) + "," + id(b) + ")");
  tx.commit();
  return fair;
}

bool buy(Session& s, long player, long item, long price) {
  try {
    Tx tx(s);
    long gold = s.exec("SELECT gold FROM player WHERE id = " + id(player) + " FOR UPDATE");
    if (gold < price)
      throw std::domain_error("not enough gold");
    s.exec("UPDATE player SET gold = gold - " + id(price) + " WHERE id = " + id(player));
    s.exec("INSERT INTO bag VALUES (" + id(player) + "," + id(item) + ")");
    tx.commit();
  } catch (const std::domain_error& e) {
    log(e.what());
    return false;
  }
  return true;
}

void season_end(Session& s, long season) {
  in_tx(s, [season](Session& db) { db.exec("UPDATE season SET closed = 1 WHERE id = " + id(season)); });
  log("season closed");
  Tx tx(s);
  s.exec("INSERT INTO season(previous) VALUES (" + id(season) + ")");
  s.exec("UPDATE player SET rank = rank / 2");
  tx.commit();  // expect: session-multiple-commits
}

std::optional<Pooled> maybe_session(Pool& pool, int patience_ms) {
  for (int waited = 0; waited <= patience_ms; waited += 20) {
    try {
      return pool.get();
    } catch (const BackendError& e) {
      if (!e.transient())
        throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return std::nullopt;
}

long online_players(Pool& pool) {
  auto s = maybe_session(pool, 200);
  if (!s)
    return -1;
  long n = s->exec("SELECT count(*) FROM player WHERE state <> 'offline'");
  Pooled keep = std::move(*s);
  if (n == 0)
    n = s->exec("SELECT count(*) FROM player_shadow");  // waits: session-use-after-scope
  return n;
}

class Lobby {
public:
  explicit Lobby(Pool& pool) : pool_(pool) {}

  void enter(long player) {
    auto it = sessions_.find(player);
    if (it == sessions_.end())
      it = sessions_.emplace(player, pool_.get()).first;
    it->second.exec("UPDATE player SET state = 'lobby' WHERE id = " + id(player));
  }

  void leave(long player) {
    auto node = sessions_.extract(player);
    if (node.empty())
      return;
    node.mapped().exec("UPDATE player SET state = 'offline' WHERE id = " + id(player));
  }

  void pair_up(Session& db, long a, long b) {
    auto waiting = sessions_.find(a);
    if (waiting == sessions_.end())
      return;
    Tx tx(db);
    db.exec("INSERT INTO duel VALUES (" + id(a) + "," + id(b) + ")");
    waiting->second.exec("UPDATE player SET state = 'duel' WHERE id IN (" + id(a) + "," + id(b) + ")");  // waits: session-transaction-bypass
    tx.commit();
  }

private:
  Pool& pool_;
  std::map<long, Pooled> sessions_;
};

struct BackendFactory {
  virtual ~BackendFactory() = default;
  virtual std::unique_ptr<Backend> make(const std::string& url) = 0;
};

std::unique_ptr<Pool> make_pool(BackendFactory& f, const std::string& url, int n) {
  std::vector<std::unique_ptr<Session>> all;
  for (int i = 0; i < n; ++i) {
    auto s = std::make_unique<Session>(f.make(url));
    s->exec("SET application = 'arena'");
    all.push_back(std::move(s));
  }
  return std::make_unique<Pool>(std::move(all));
}

void decay(Session& s, const std::vector<long>& leagues) {
  for (long l : leagues) {
    Tx tx(s);
    s.exec("UPDATE player SET rank = rank - 1 WHERE idle > 30 AND league = " + id(l));
    s.exec("INSERT INTO decay_log VALUES (" + id(l) + ")");
    tx.commit();
  }
  log("decay done");
}

bool ban(Session& s, long player, const std::function<void(long)>& kick) {
  bool committed = false;
  s.begin();
  try {
    s.exec("UPDATE player SET banned = 1 WHERE id = " + id(player));
    s.exec("DELETE FROM seat WHERE player = " + id(player));
    s.commit();
    committed = true;
    kick(player);
  } catch (const std::exception& e) {
    if (!committed)
      s.rollback();
    log(e.what());
  }
  return committed;
}

bool unban(Session& s, long player, const std::function<void(long)>& greet) {
  s.begin();
  try {
    s.exec("UPDATE player SET banned = 0 WHERE id = " + id(player));
    s.exec("INSERT INTO unban_log VALUES (" + id(player) + ")");
    s.commit();
    greet(player);
  } catch (...) {
    s.rollback();  // expect: session-double-end
    throw;
  }
  return true;
}

}  // namespace arena
