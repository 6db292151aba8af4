// library: sqlitecpp
#include <array>
#include <atomic>
#include <chrono>
#include <coroutine>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

namespace gateway {

template <typename T> struct Produce {
  struct promise_type {
    const T* value = nullptr;
    Produce get_return_object() { return Produce{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(const T& v) {
      value = &v;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { throw; }
  };
  struct It {
    std::coroutine_handle<promise_type> h;
    It& operator++() {
      h.resume();
      return *this;
    }
    const T& operator*() const { return *h.promise().value; }
    bool operator!=(std::nullptr_t) const { return !h.done(); }
  };
  explicit Produce(std::coroutine_handle<promise_type> c) : h(c) {}
  Produce(Produce&& o) noexcept : h(std::exchange(o.h, nullptr)) {}
  ~Produce() {
    if (h)
      h.destroy();
  }
  It begin() {
    h.resume();
    return It{h};
  }
  std::nullptr_t end() { return nullptr; }
  std::coroutine_handle<promise_type> h;
};

using DbRef = std::shared_ptr<SQLite::Database>;

struct Reading {
  int sensor = 0;
  double value = 0;
  std::int64_t at = 0;
};
struct Limits {
  double low = 0;
  double high = 100;
};
struct Uplink {
  bool send(const std::string& payload);
  bool online() const;
};

void report(const std::string& s) noexcept { std::cerr << s << '\n'; }

DbRef openBuffer(const std::string& file) {
  auto db = std::make_shared<SQLite::Database>(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db->exec("PRAGMA journal_mode = WAL");
  db->exec("CREATE TABLE IF NOT EXISTS reading(sensor INT, value REAL, at INT, sent INT DEFAULT 0)");
  return db;
}

Produce<DbRef> batchScope(std::string file) {
  DbRef db = openBuffer(file);
  SQLite::Transaction tx(*db);
  co_yield db;
  tx.commit();
}

Produce<Reading> unsent(const SQLite::Database& db, int limit) {
  SQLite::Statement st(db, "SELECT sensor, value, at FROM reading WHERE sent = 0 LIMIT ?");
  st.bind(1, limit);
  while (st.executeStep()) {
    Reading r;
    r.sensor = st.getColumn(0).getInt();
    r.value = st.getColumn(1).getDouble();
    r.at = st.getColumn(2).getInt64();
    co_yield r;
  }
}

std::optional<Reading> firstAlarm(const SQLite::Database& db, const Limits& lim) {
  for (const Reading& r : unsent(db, 100)) {
    if (r.value < lim.low || r.value > lim.high)
      return r;
  }
  return std::nullopt;
}

int storeBatch(const std::string& file, const std::vector<Reading>& batch) {
  int n = 0;
  for (const DbRef& db : batchScope(file)) {
    SQLite::Statement ins(*db, "INSERT INTO reading(sensor, value, at) VALUES(?, ?, ?)");
    for (const Reading& r : batch) {
      ins.bind(1, r.sensor);
      ins.bind(2, r.value);
      ins.bind(3, r.at);
      n += ins.exec();
      ins.reset();
    }
  }
  return n;
}

int markSent(const std::string& file, std::int64_t upTo) {
  int changed = 0;
  for (const DbRef& db : batchScope(file)) {
    changed = db->exec("UPDATE reading SET sent = 1 WHERE at <= " + std::to_string(upTo));
    if (changed == 0) {
      report("nothing marked");
      continue;
    }
    db->exec("UPDATE mark SET at = " + std::to_string(upTo));
    if (changed > 10000)
      break;  // waits: session-generator-early-return
  }
  return changed;
}

SQLite::Database& adopt(std::vector<std::unique_ptr<SQLite::Database>>& all, const std::string& file) {
  for (auto& known : all)
    if (known->getFilename() == file)
      return *known;
  all.push_back(std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE));
  return *all.back();
}

class Outbox {
public:
  explicit Outbox(SQLite::Database& db) : db_(db) {}

  std::int64_t push(const std::string& payload) {
    SQLite::Statement ins(db_, "INSERT INTO outbox(payload) VALUES(?)");
    ins.bindNoCopy(1, payload);
    ins.exec();
    return db_.getLastInsertRowid();
  }

  int flush(Uplink& up) {
    std::vector<std::pair<std::int64_t, std::string>> items;
    {
      SQLite::Statement st(db_, "SELECT id, payload FROM outbox ORDER BY id");
      while (st.executeStep())
        items.emplace_back(st.getColumn(0).getInt64(), st.getColumn(1).getString());
    }
    int sent = 0;
    for (const auto& [id, payload] : items) {
      if (!up.send(payload))
        break;
      SQLite::Transaction tx(db_);
      db_.exec("DELETE FROM outbox WHERE id = " + std::to_string(id));
      db_.exec("UPDATE stat SET sent = sent + 1");
      tx.commit();
      ++sent;
    }
    return sent;
  }

  void replace(std::int64_t id, const std::string& payload) {
    SQLite::Transaction tx(db_);
    db_.exec("DELETE FROM outbox WHERE id = " + std::to_string(id));
    try {
      push(payload);
      db_.exec("UPDATE stat SET replaced = replaced + 1");
    } catch (const SQLite::Exception& e) {  // expect: session-swallow-and-commit
      report(std::string("replace: ") + e.what());
    }
    tx.commit();
  }

  bool discardOld(int keep) {
    std::unique_ptr<SQLite::Transaction> tx;
    const int n = db_.execAndGet("SELECT count(*) FROM outbox").getInt();
    if (n > keep)
      tx = std::make_unique<SQLite::Transaction>(db_);
    if (!tx)
      return false;
    db_.exec("DELETE FROM outbox WHERE id NOT IN (SELECT id FROM outbox ORDER BY id DESC LIMIT " +
             std::to_string(keep) + ")");
    db_.exec("UPDATE stat SET dropped = dropped + 1");
    tx->commit();
    return true;
  }

private:
  SQLite::Database& db_;
};

class WriteScope {
public:
  explicit WriteScope(SQLite::Database& db) : db_(db), depth_(std::uncaught_exceptions()) { db_.exec("BEGIN IMMEDIATE"); }
  WriteScope(const WriteScope&) = delete;
  ~WriteScope() {
    if (std::uncaught_exceptions() == depth_ && db_.tryExec("COMMIT") == SQLite::OK)
      return;
    db_.tryExec("ROLLBACK");
  }

private:
  SQLite::Database& db_;
  int depth_;
};

class EventScope {
public:
  EventScope(SQLite::Database& db, int kind) : db_(db), tx_(db), kind_(kind) {}
  void detail(const std::string& text) {
    SQLite::Statement st(db_, "INSERT INTO event(kind, text) VALUES(?, ?)");
    st.bind(1, kind_);
    st.bind(2, text);
    st.exec();
  }
  ~EventScope() noexcept(false) {
    report("event " + std::to_string(kind_));
    tx_.commit();  // expect: session-commit-in-destructor
  }

private:
  SQLite::Database& db_;
  SQLite::Transaction tx_;
  int kind_;
};

int calibrate(SQLite::Database& db, int sensor, double offset) {
  const double before = db.execAndGet("SELECT coalesce(max(offset), 0) FROM calib").getDouble();
  if (before == offset)
    return 0;
  SQLite::Transaction tx(db);
  SQLite::Statement up(db, "UPDATE calib SET offset = ? WHERE sensor = ?");
  up.bind(1, offset);
  up.bind(2, sensor);
  const int n = up.exec();
  if (n > 1)
    throw std::logic_error("sensor not unique");
  if (n == 0) {
    SQLite::Statement ins(db, "INSERT INTO calib(sensor, offset) VALUES(?, ?)");
    ins.bind(1, sensor);
    ins.bind(2, offset);
    ins.exec();
  }
  tx.commit();
  return n;
}

double averageOf(const std::string& file, int sensor) {
  auto* db = new SQLite::Database(file, SQLite::OPEN_READONLY);  // expect: session-leak
  SQLite::Statement st(*db, "SELECT avg(value) FROM reading WHERE sensor = ?");
  st.bind(1, sensor);
  double avg = 0;
  if (st.executeStep())
    avg = st.getColumn(0).getDouble();
  return avg;
}

class ColdStore {
public:
  explicit ColdStore(const std::string& file) : db_(new SQLite::Database(file, SQLite::OPEN_READWRITE)) {}  // waits: session-raw-construction
  ColdStore(const ColdStore&) = delete;
  ColdStore& operator=(const ColdStore&) = delete;
  ~ColdStore() { delete db_; }
  void freeze(std::int64_t before) {
    SQLite::Transaction tx(*db_);
    const std::string limit = std::to_string(before);
    db_->exec("INSERT INTO cold SELECT * FROM reading WHERE at < " + limit);
    db_->exec("DELETE FROM reading WHERE at < " + limit);
    tx.commit();
  }
  int rows() const { return db_->execAndGet("SELECT count(*) FROM cold").getInt(); }

private:
  SQLite::Database* db_;
};

class Collector {
public:
  explicit Collector(std::string file) : file_(std::move(file)), db_(openBuffer(file_)) {}
  ~Collector() {
    running_ = false;
    if (worker_.joinable())
      worker_.join();
  }

  void start() {
    running_ = true;
    worker_ = std::thread([this] {
      try {
        DbRef own = openBuffer(file_);
        while (running_) {
          own->exec("DELETE FROM reading WHERE sent = 1");
          std::this_thread::sleep_for(std::chrono::seconds(1));
        }
      } catch (const std::exception& e) {
        report(e.what());
      }
    });
  }

  void accept(const Reading& r) {
    SQLite::Statement ins(*db_, "INSERT INTO reading(sensor, value, at) VALUES(?, ?, ?)");
    ins.bind(1, r.sensor);
    ins.bind(2, r.value);
    ins.bind(3, r.at);
    ins.exec();
  }

  std::size_t summarise(const std::vector<int>& sensors) {
    std::vector<std::future<double>> parts;
    for (int s : sensors)
      parts.push_back(std::async(std::launch::async, [this, s] {  // expect: session-shared-across-threads
        SQLite::Statement st(*db_, "SELECT avg(value) FROM reading WHERE sensor = ?");
        st.bind(1, s);
        return st.executeStep() ? st.getColumn(0).getDouble() : 0.0;
      }));
    std::size_t hot = 0;
    for (auto& p : parts)
      hot += p.get() > 40.0;
    return hot;
  }

  void reopen() {
    db_.reset();
    db_ = openBuffer(file_);
  }

private:
  std::string file_;
  DbRef db_;
  std::atomic<bool> running_{false};
  std::thread worker_;
};

void rename(SQLite::Database& db, int sensor, const std::string& name) {
  SQLite::Transaction{db};  // expect: session-temporary-guard
  SQLite::Statement up(db, "UPDATE sensor SET name = ? WHERE id = ?");
  up.bind(1, name);
  up.bind(2, sensor);
  up.exec();
  db.exec("INSERT INTO rename_log(sensor) VALUES(" + std::to_string(sensor) + ")");
}

template <class F> auto locked(SQLite::Database& db, F body) {
  SQLite::Transaction tx(db, SQLite::TransactionBehavior::IMMEDIATE);
  auto result = body();
  tx.commit();
  return result;
}

int reserveIds(SQLite::Database& db, int n) {
  return locked(db, [&db, n] {
    const int first = db.execAndGet("SELECT next FROM seq").getInt();
    db.exec("UPDATE seq SET next = next + " + std::to_string(n));
    return first;
  });
}

bool registerSensor(SQLite::Database& db, const std::string& name) {
  const int id = locked(db, [&] {
    SQLite::Statement ins(db, "INSERT INTO sensor(name) VALUES(?)");
    ins.bind(1, name);
    ins.exec();
    return static_cast<int>(db.getLastInsertRowid());
  });
  SQLite::Transaction tx(db);
  db.exec("INSERT INTO calib(sensor, offset) VALUES(" + std::to_string(id) + ", 0)");
  tx.commit();  // expect: session-multiple-commits
  return id > 0;
}

bool retryCheckpoint(SQLite::Database& db) {
  for (int i = 0; i < 4; ++i) {
    if (db.tryExec("BEGIN EXCLUSIVE") != SQLite::OK) {
      std::this_thread::sleep_for(std::chrono::milliseconds(25 << i));
      continue;
    }
    if (db.tryExec("DELETE FROM reading WHERE sent = 2") == SQLite::OK && db.tryExec("COMMIT") == SQLite::OK)
      return true;
    db.tryExec("ROLLBACK");
  }
  return false;
}

void applyLimits(SQLite::Database& db, const std::vector<std::pair<int, Limits>>& limits) {
  WriteScope scope(db);
  SQLite::Statement up(db, "UPDATE sensor SET low = ?, high = ? WHERE id = ?");
  for (const auto& [id, lim] : limits) {
    if (lim.low > lim.high)
      throw std::invalid_argument("limits of " + std::to_string(id));
    up.bind(1, lim.low);
    up.bind(2, lim.high);
    up.bind(3, id);
    up.exec();
    up.reset();
  }
}

std::string newestName(const std::string& file) {
  auto db = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READONLY);
  SQLite::Statement st(*db, "SELECT name FROM sensor ORDER BY id DESC");
  std::string name;
  if (st.executeStep())
    name = st.getColumn(0).getString();
  auto keeper = std::move(db);
  if (name.empty())
    name = db->getFilename();  // waits: session-use-after-scope
  report(keeper->getFilename());
  return name;
}

} // namespace gateway
