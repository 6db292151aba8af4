// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, lmdb, qtsql
#include <sqlite3.h>
#include <libpq-fe.h>
#include <lmdb.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace radar {

struct Sweep { int id = 0; int station = 0; double peak = 0; };
struct Limits { unsigned workers = 4; bool background = false; };

void hint(const char* what) noexcept { std::fprintf(stderr, "radar: %s\n", what); }

void classify(const std::string& dsn, const std::vector<int>& stations) {
  pqxx::connection c(dsn);
  std::vector<std::thread> workers;
  for (int st : stations)
    workers.emplace_back([&c, st] {  // expect: session-shared-across-threads
      pqxx::work w(c);
      w.exec_params("update sweep set class = classify(peak) where station = $1", st);
      w.commit();
    });
  for (auto& w : workers) w.join();
}

void classifyEach(const std::string& dsn, const std::vector<int>& stations) {
  std::vector<std::jthread> workers;
  for (int st : stations)
    workers.emplace_back([dsn, st] {
      try {
        pqxx::connection c(dsn);
        pqxx::work w(c);
        w.exec_params("update sweep set class = classify(peak) where station = $1", st);
        w.commit();
      } catch (const std::exception& e) {
        hint(e.what());
      }
    });
}

int peakOf(soci::session& s, int station) {
  double peak = 0;
  std::thread worker([&] {
    try {
      s << "select max(peak) from sweep where station = :s", soci::use(station), soci::into(peak);
    } catch (const std::exception& e) {
      hint(e.what());
    }
  });
  std::vector<double> warm(4096, 1.0);
  for (auto& w : warm) w *= 1.5;
  worker.join();
  s << "update station set peak = :p where id = :s", soci::use(peak), soci::use(station);
  return static_cast<int>(peak + warm.front());
}

int alarms(const std::string& file, int station) {
  SQLite::Database db(file, SQLite::OPEN_READWRITE);
  auto pending = std::async(std::launch::async, [&db] {  // expect: session-shared-across-threads
    return db.exec("update alarm set seen = 1 where seen = 0");
  });
  SQLite::Statement q(db, "select count(*) from alarm where station = ?");
  q.bind(1, station);
  const int n = q.executeStep() ? q.getColumn(0).getInt() : 0;
  return n + pending.get();
}

int alarmsLater(const std::string& file, int station) {
  SQLite::Database db(file, SQLite::OPEN_READWRITE);
  auto pending = std::async(std::launch::async, [&db] { return db.exec("update alarm set seen = 1 where seen = 0"); });
  const int seen = pending.get();
  SQLite::Statement q(db, "select count(*) from alarm where station = ?");
  q.bind(1, station);
  return q.executeStep() ? q.getColumn(0).getInt() + seen : seen;
}

int alarmsLazily(const std::string& file) {
  SQLite::Database db(file, SQLite::OPEN_READONLY);
  auto count = std::async(std::launch::deferred, [&db] { return db.execAndGet("select count(*) from alarm").getInt(); });
  const int open = db.execAndGet("select count(*) from alarm where seen = 0").getInt();
  return open ? count.get() : 0;
}

class Recorder {
public:
  explicit Recorder(const std::string& file) : s_("SQLite", file), worker_([this] { drain(); }) {}
  ~Recorder() {
    {
      std::lock_guard lock(m_);
      stop_ = true;
    }
    cv_.notify_all();
    worker_.join();
  }
  void add(const Sweep& s) {
    {
      std::lock_guard lock(m_);
      queue_.push_back(s);
    }
    cv_.notify_one();
  }

private:
  void drain() {
    using namespace Poco::Data::Keywords;
    std::unique_lock lock(m_);
    while (!stop_ || !queue_.empty()) {
      cv_.wait(lock, [this] { return stop_ || !queue_.empty(); });
      while (!queue_.empty()) {
        Sweep next = queue_.front();
        queue_.pop_front();
        lock.unlock();
        try {
          s_ << "insert into sweep(id, station, peak) values(?, ?, ?)", use(next.id), use(next.station), use(next.peak), now;
        } catch (const std::exception& e) {
          hint(e.what());
        }
        lock.lock();
      }
    }
  }

  std::mutex m_;
  std::condition_variable cv_;
  std::deque<Sweep> queue_;
  bool stop_ = false;
  Poco::Data::Session s_;
  std::thread worker_;
};

class Tracker {
public:
  explicit Tracker(const std::string& dsn) : s_(dsn) {}

  void track(int target) {
    std::lock_guard lock(m_);
    s_ << "insert into track(target) values(:t)", soci::use(target);
  }

  void trackAll(const std::vector<int>& targets, unsigned workers) {
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> team;
    for (unsigned i = 0; i < workers; ++i)
      team.emplace_back([&] {
        for (std::size_t k = next++; k < targets.size(); k = next++) {
          try {
            track(targets[k]);
          } catch (const std::exception& e) {
            hint(e.what());
          }
        }
      });
  }

  void trackSoon(int target) {
    std::thread([this, target] {  // expect: session-shared-across-threads
      s_ << "insert into track(target, late) values(:t, 1)", soci::use(target);
    }).detach();
    track(-target);
  }

private:
  std::mutex m_;
  soci::session s_;
};

void refreshInBackground(QSqlDatabase db, int station) {
  std::thread([db, station]() mutable {  // expect: session-shared-across-threads
    QSqlQuery q(db);
    q.prepare("update station set fresh = 1 where id = ?");
    q.addBindValue(station);
    q.exec();
  }).detach();
  QSqlQuery mark(db);
  mark.exec("update station set asked = asked + 1");
}

void refreshByName(const QString& file, int station) {
  std::thread([file, station] {
    const QString name = QStringLiteral("refresh%1").arg(station);
    {
      QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
      db.setDatabaseName(file);
      if (db.open()) {
        QSqlQuery q(db);
        q.prepare("update station set fresh = 1 where id = ?");
        q.addBindValue(station);
        if (!q.exec()) hint("refresh");
      }
    }
    QSqlDatabase::removeDatabase(name);
  }).detach();
}

void archive(soci::connection_pool& pool, const std::vector<int>& stations) {
  std::vector<std::future<void>> jobs;
  for (int st : stations)
    jobs.push_back(std::async(std::launch::async, [&pool, st] {
      soci::session s(pool);
      soci::transaction tr(s);
      s << "insert into sweep_old select * from sweep where station = :s", soci::use(st);
      s << "delete from sweep where station = :s", soci::use(st);
      tr.commit();
    }));
  for (auto& j : jobs) j.get();
}

void rebuild(std::unique_ptr<pqxx::connection> c, const std::string& table) {
  std::thread([c = std::move(c), table] {
    try {
      pqxx::nontransaction n(*c);
      n.exec("reindex table " + n.quote_name(table));
    } catch (const std::exception& e) {
      hint(e.what());
    }
  }).detach();
}

class Console {
public:
  explicit Console(const std::string& dsn) : c_(std::make_shared<pqxx::connection>(dsn)) {}

  void vacuum() {
    std::thread t([c = c_] {  // waits: session-shared-across-threads
      pqxx::nontransaction n(*c);
      n.exec("vacuum analyze sweep");
    });
    t.detach();
    pqxx::work w(*c_);
    w.exec("insert into console_log(what) values('vacuum')");
    w.commit();
  }

  void analyse() {
    std::packaged_task<int()> task([c = c_] {
      pqxx::work w(*c);
      const auto r = w.exec("select count(*) from sweep");
      return r[0][0].as<int>();
    });
    auto result = task.get_future();
    task();
    hint(std::to_string(result.get()).c_str());
  }

private:
  std::shared_ptr<pqxx::connection> c_;
};

SQLite::Database& perThread(const std::string& file) {
  thread_local SQLite::Database db(file, SQLite::OPEN_READWRITE);
  return db;
}

void tally(const std::string& file, unsigned workers) {
  std::vector<std::jthread> team;
  for (unsigned i = 0; i < workers; ++i)
    team.emplace_back([&file, i] {
      auto& db = perThread(file);
      SQLite::Statement st(db, "update tally set n = n + 1 where worker = ?");
      st.bind(1, static_cast<int>(i));
      st.exec();
    });
}

void pump(PGconn* c, std::atomic<bool>& stop) {
  while (!stop) {
    PQconsumeInput(c);
    while (PGnotify* n = PQnotifies(c)) {
      hint(n->relname);
      PQfreemem(n);
    }
  }
}

bool watchAndSend(PGconn* c, const std::string& q) {
  std::atomic<bool> stop{false};
  std::thread watcher(pump, c, std::ref(stop));  // expect: session-shared-across-threads
  std::unique_ptr<PGresult, decltype(&PQclear)> r(PQexec(c, q.c_str()), &PQclear);
  stop = true;
  watcher.join();
  return PQresultStatus(r.get()) == PGRES_COMMAND_OK;
}

bool watchSeparately(PGconn* listener, PGconn* c, const std::string& q) {
  std::atomic<bool> stop{false};
  std::thread watcher(pump, listener, std::ref(stop));
  std::unique_ptr<PGresult, decltype(&PQclear)> r(PQexec(c, q.c_str()), &PQclear);
  stop = true;
  watcher.join();
  return PQresultStatus(r.get()) == PGRES_COMMAND_OK;
}

std::size_t readShards(MDB_env* env, MDB_dbi dbi, unsigned workers) {
  std::atomic<std::size_t> total{0};
  std::vector<std::thread> team;
  for (unsigned i = 0; i < workers; ++i)
    team.emplace_back([env, dbi, i, &total] {
      MDB_txn* txn = nullptr;
      if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn)) return;
      unsigned key = i;
      MDB_val k{sizeof key, &key}, v{};
      if (mdb_get(txn, dbi, &k, &v) == 0) total += v.mv_size;
      mdb_txn_abort(txn);
    });
  for (auto& t : team) t.join();
  return total;
}

class Sender {
public:
  explicit Sender(Poco::Data::Session s) : s_(std::move(s)) {}
  void operator()(int station) {
    using namespace Poco::Data::Keywords;
    s_ << "update station set sent = 1 where id = ?", use(station), now;
  }
private:
  Poco::Data::Session s_;
};

void sendBoth(Poco::Data::SessionPool& pool, int a, int b) {
  Poco::Data::Session first = pool.get();
  Poco::Data::Session second = pool.get();
  std::jthread left(Sender(first), a);
  std::jthread right(Sender(second), b);
}

void sendPair(Poco::Data::SessionPool& pool, int a, int b) {
  Poco::Data::Session s = pool.get();
  std::jthread left(Sender(s), a), right(Sender(s), b);  // waits: session-shared-across-threads
  left.join();
  right.join();
}

}
