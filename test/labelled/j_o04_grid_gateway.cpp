#include <any>
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

// ---- grid/gateway.h ----
namespace grid {

struct GatewayError : std::runtime_error { using std::runtime_error::runtime_error; };

class Reading {
public:
  Reading(Reading&&) noexcept;
  ~Reading();
  bool fetch();
  double real(int col) const;
  int integer(int col) const;
  std::string text(int col) const;
};

class DbSession {
public:
  virtual ~DbSession();
  virtual void exec(std::string_view sql, const std::vector<std::any>& args = {}) = 0;
  virtual Reading select(std::string_view sql, const std::vector<std::any>& args = {}) = 0;
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
};

class Tx {
public:
  explicit Tx(DbSession& s);
  explicit Tx(std::shared_ptr<DbSession> s);
  Tx(Tx&&) noexcept;
  Tx(const Tx&) = delete;
  ~Tx();
  void commit();
  void rollback();
  DbSession& session() const noexcept;
};

DbSession* newSession(const std::string& url);
void deleteSession(DbSession* s) noexcept;
std::unique_ptr<DbSession> makeSession(const std::string& url);
std::shared_ptr<DbSession> sharedSession(const std::string& role);

class Executor {
public:
  explicit Executor(unsigned threads);
  ~Executor();
  void post(std::function<void()> job);
  void drain();
};

}  // namespace grid
// ---- end of gateway.h ----

namespace grid {

struct Meter { int id = 0; double kwh = 0; };
struct GridCfg { std::string url; std::string archiveUrl; int batch = 500; bool strict = false; };

void audit(const std::string& line) noexcept;
double parseKwh(const std::string& s);

void storeReading(DbSession& s, const Meter& m) {
  Tx tx(s);
  s.exec("INSERT INTO reading(meter, kwh) VALUES (?, ?)", {m.id, m.kwh});
  s.exec("UPDATE meter SET last = ? WHERE id = ?", {m.kwh, m.id});
  tx.commit();
}

double totalFor(const GridCfg& cfg, int meter) {
  DbSession* s = newSession(cfg.url);  // expect: session-leak
  double sum = 0;
  {
    Reading r = s->select("SELECT kwh FROM reading WHERE meter = ?", {meter});
    while (r.fetch()) sum += parseKwh(r.text(0));
  }
  deleteSession(s);
  return sum;
}

double peakFor(const GridCfg& cfg, int meter) {
  std::unique_ptr<DbSession, decltype(&deleteSession)> s(newSession(cfg.url), &deleteSession);
  double peak = 0;
  Reading r = s->select("SELECT kwh FROM reading WHERE meter = ?", {meter});
  while (r.fetch()) peak = std::max(peak, r.real(0));
  return peak;
}

int meterCount(const GridCfg& cfg) {
  DbSession* s = newSession(cfg.url);  // expect: session-raw-construction
  int n = 0;
  try {
    Reading r = s->select("SELECT count(*) FROM meter");
    if (r.fetch()) n = r.integer(0);
  } catch (const std::exception& e) {
    audit(e.what());
    n = -1;
  } catch (...) {
    deleteSession(s);
    throw;
  }
  deleteSession(s);
  return n;
}

void replaceMeter(DbSession& s, int oldId, int newId) {
  s.begin();  // expect: session-missing-rollback
  s.exec("UPDATE meter SET active = 0 WHERE id = ?", {oldId});
  s.exec("INSERT INTO meter(id, active) VALUES (?, 1)", {newId});
  if (newId == oldId) audit("same meter twice");
  s.commit();
}

void removeMeter(DbSession& s, int id) {
  s.begin();
  try {
    s.exec("DELETE FROM reading WHERE meter = ?", {id});
    s.exec("DELETE FROM meter WHERE id = ?", {id});
  } catch (const std::exception& e) {
    s.rollback();
    audit(std::string("remove meter: ") + e.what());
    throw;
  } catch (...) {
    s.rollback();
    throw;
  }
  try {
    s.commit();
  } catch (...) {
    s.rollback();
    throw;
  }
}

std::function<void()> makeFlush(const std::string& role) {
  auto s = sharedSession(role);
  return [s] {
    Tx tx(*s);
    s->exec("INSERT INTO reading SELECT * FROM staging");
    s->exec("DELETE FROM staging");
    tx.commit();
  };
}

std::function<void(int)> makeMarker(const GridCfg& cfg) {
  auto s = makeSession(cfg.url);
  s->exec("CREATE TABLE IF NOT EXISTS mark(meter INT)");
  DbSession& ref = *s;
  return [&ref](int meter) { ref.exec("INSERT INTO mark VALUES (?)", {meter}); };  // expect: session-use-after-scope
}

std::function<void(int)> makeCounter(const GridCfg& cfg) {
  std::shared_ptr<DbSession> s = makeSession(cfg.url);
  s->exec("CREATE TABLE IF NOT EXISTS counter(meter INT)");
  return [keep = std::move(s)](int meter) { keep->exec("INSERT INTO counter VALUES (?)", {meter}); };
}

std::future<int> countAsync(const GridCfg& cfg, int zone) {
  return std::async(std::launch::async, [url = cfg.url, zone] {
    auto s = makeSession(url);
    Reading r = s->select("SELECT count(*) FROM meter WHERE zone = ?", {zone});
    return r.fetch() ? r.integer(0) : 0;
  });
}

int sumZones(DbSession& s, const std::vector<int>& zones) {
  std::vector<std::future<int>> parts;
  for (int zone : zones)
    parts.push_back(std::async(std::launch::async, [&s, zone] {  // expect: session-shared-across-threads
      Reading r = s.select("SELECT sum(kwh) FROM reading WHERE zone = ?", {zone});
      return r.fetch() ? r.integer(0) : 0;
    }));
  int sum = 0;
  for (auto& p : parts) sum += p.get();
  return sum;
}

double waitFor(DbSession& s, int meter) {
  double level = 0;
  std::thread t([&s, &level, meter] {
    try {
      Reading r = s.select("SELECT level FROM meter WHERE id = ?", {meter});
      if (r.fetch()) level = r.real(0);
    } catch (const std::exception& e) {
      audit(e.what());
    }
  });
  t.join();
  try {
    s.exec("UPDATE meter SET asked = 1 WHERE id = ?", {meter});
  } catch (const GatewayError& e) {
    audit(e.what());
  }
  return level;
}

void fanOut(Executor& pool, const GridCfg& cfg, const std::vector<int>& zones) {
  for (int zone : zones) {
    pool.post([url = cfg.url, zone] {
      try {
        auto s = makeSession(url);
        Tx tx(*s);
        s->exec("UPDATE zone SET total = (SELECT sum(kwh) FROM reading WHERE zone = ?) WHERE id = ?", {zone, zone});
        tx.commit();
      } catch (const std::exception& e) {
        audit(e.what());
      }
    });
  }
  pool.drain();
}

class TariffBook {
public:
  TariffBook(std::shared_ptr<DbSession> s, const GridCfg& cfg) : s_(std::move(s)), cfg_(cfg) {}

  void publish(int tariff) {
    std::scoped_lock lock(m_);
    Tx tx(s_);
    s_->exec("UPDATE tariff SET live = 0");
    s_->exec("UPDATE tariff SET live = 1 WHERE id = ?", {tariff});
    if (cfg_.strict && !exists(tariff)) throw GatewayError("no such tariff");
    tx.commit();
  }

  void withdraw(int tariff) {
    std::scoped_lock lock(m_);
    Tx tx(s_);
    s_->exec("UPDATE tariff SET live = 0 WHERE id = ?", {tariff});
    tx.commit();
    if (!exists(tariff)) {
      audit("withdrew nothing");
      tx.rollback();  // expect: session-double-end
    }
  }

  int copyTo(DbSession& archive, int tariff) {
    std::scoped_lock lock(m_);
    std::vector<std::pair<int, double>> steps;
    {
      Reading r = s_->select("SELECT step, price FROM tariff_step WHERE tariff = ?", {tariff});
      while (r.fetch()) steps.emplace_back(r.integer(0), r.real(1));
    }
    Tx tx(archive);
    for (auto& [step, price] : steps)
      archive.exec("INSERT INTO tariff_step VALUES (?, ?, ?)", {tariff, step, price});
    tx.commit();
    return static_cast<int>(steps.size());
  }

private:
  bool exists(int tariff) {
    Reading r = s_->select("SELECT 1 FROM tariff WHERE id = ?", {tariff});
    return r.fetch();
  }
  std::mutex m_;
  std::shared_ptr<DbSession> s_;
  GridCfg cfg_;
};

bool balanceZone(DbSession& s, int zone, const std::string& reserve) {
  s.begin();
  try {
    s.exec("UPDATE zone SET reserve = ? WHERE id = ?", {parseKwh(reserve), zone});
    s.exec("INSERT INTO balance(zone) VALUES (?)", {zone});
    s.commit();
    return true;
  } catch (const std::exception& e) {  // expect: session-missing-rollback
    audit(std::string("balance: ") + e.what());
  }
  return false;
}

bool releaseReserve(DbSession& s, int zone) {
  bool begun = false;
  try {
    s.begin();
    begun = true;
    s.exec("UPDATE zone SET reserve = 0 WHERE id = ?", {zone});
    s.exec("INSERT INTO balance(zone) VALUES (?)", {-zone});
    s.commit();
    return true;
  } catch (const std::exception& e) {
    if (begun) s.rollback();
    audit(std::string("release: ") + e.what());
    return false;
  }
}

int markFaults(DbSession& s, const std::vector<Meter>& meters) {
  Tx tx(s);
  int marked = 0;
  for (const auto& m : meters) {
    if (m.kwh >= 0) continue;
    s.exec("UPDATE meter SET fault = 1 WHERE id = ?", {m.id});
    if (++marked > 1000) {
      audit("too many faults, marking none");
      tx.rollback();
      return 0;
    }
  }
  if (marked == 0) return 0;
  tx.commit();
  return marked;
}

Reading openReadings(const GridCfg& cfg, int meter) {
  auto s = makeSession(cfg.url);
  if (cfg.strict) s->exec("SET strict = on");
  return s->select("SELECT kwh FROM reading WHERE meter = ?", {meter});  //  // waits: session-use-after-scope
}

Tx startImport(DbSession& s, const std::string& file) {
  Tx tx(s);
  s.exec("INSERT INTO import(file) VALUES (?)", {file});
  return tx;
}

int runImport(DbSession& s, const std::string& file, const std::vector<Meter>& rows) {
  auto tx = startImport(s, file);
  int n = 0;
  for (const auto& m : rows) {
    if (m.kwh < 0) return -1;
    tx.session().exec("INSERT INTO reading(meter, kwh) VALUES (?, ?)", {m.id, m.kwh});
    ++n;
  }
  tx.commit();
  return n;
}

void billZone(DbSession& s, int zone) {
  Tx tx(s);
  s.exec("INSERT INTO bill(zone) VALUES (?)", {zone});
  Tx moved = std::move(tx);
  s.exec("UPDATE zone SET billed = 1 WHERE id = ?", {zone});
  moved.commit();
}

void unbillZone(DbSession& s, int zone) {
  auto tx = std::make_unique<Tx>(s);
  s.exec("DELETE FROM bill WHERE zone = ?", {zone});
  tx->commit();
  tx = std::make_unique<Tx>(s);
  s.exec("UPDATE zone SET billed = 0 WHERE id = ?", {zone});
  tx->commit();  // expect: session-multiple-commits
}

void archiveAll(const GridCfg& cfg, DbSession& s) {
  auto archive = makeSession(cfg.archiveUrl);
  int last = 0;
  for (bool more = true; more;) {
    std::vector<Meter> chunk;
    {
      Reading r = s.select("SELECT id, kwh FROM old_reading WHERE id > ? ORDER BY id LIMIT ?", {last, cfg.batch});
      while (r.fetch()) chunk.push_back({r.integer(0), r.real(1)});
    }
    more = static_cast<int>(chunk.size()) == cfg.batch;
    if (chunk.empty()) break;
    Tx tx(*archive);
    for (const auto& m : chunk) archive->exec("INSERT INTO reading VALUES (?, ?)", {m.id, m.kwh});
    last = chunk.back().id;
    tx.commit();
  }
}

DbSession& zoneSession(const std::string& zone) {
  thread_local std::unordered_map<std::string, std::unique_ptr<DbSession>> cache;
  auto& slot = cache[zone];
  if (!slot) slot = makeSession("grid://" + zone);
  return *slot;
}

void disconnectZone(const std::string& zone, bool hard) {
  DbSession& s = zoneSession(zone);
  Tx tx(s);
  s.exec("UPDATE zone SET online = 0");
  if (hard) s.exec("DELETE FROM link");
  tx.commit();
}

void joinZones(int a, int b) {
  auto left = sharedSession("zones");
  Tx tx(left);
  left->exec("UPDATE zone SET parent = ? WHERE id = ?", {a, b});
  auto right = sharedSession("zones");
  Tx second(right);
  right->exec("UPDATE meter SET zone = ? WHERE zone = ?", {a, b});
  second.commit();
  tx.commit();
}

}  // namespace grid
