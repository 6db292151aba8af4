// library: soci
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace sched {

struct Settings {
  std::string backend = "sqlite3";
  std::string target;
  int workers = 2;
  bool verbose = false;
};

struct Job {
  int id = 0;
  std::string kind;
  int tries = 0;
};

class JobError : public std::runtime_error {
public:
  JobError(int job, const std::string& what) : std::runtime_error(what), job_(job) {}
  int job() const { return job_; }

private:
  int job_;
};

void say(const std::string& s) noexcept { std::cerr << "sched: " << s << std::endl; }
std::string runJob(const Job& job);

struct Step {
  int version;
  const char* sql;
};

const Step kSteps[] = {
    {1, "create table job(id integer primary key, kind text, state text, tries int default 0)"},
    {2, "create table run(job int, at int, result text)"},
    {3, "create index run_job on run(job)"},
};

class Migrator {
public:
  explicit Migrator(soci::session& sql) : sql_(sql) {}

  int current() {
    int v = 0;
    soci::indicator ind = soci::i_null;
    sql_ << "select max(version) from schema_version", soci::into(v, ind);
    return ind == soci::i_ok ? v : 0;
  }

  void upgrade() {
    const int from = current();
    for (const Step& step : kSteps) {
      if (step.version <= from)
        continue;
      soci::transaction tr(sql_);
      sql_ << step.sql;
      sql_ << "insert into schema_version(version) values(:v)", soci::use(step.version);
      tr.commit();
      say("migrated to " + std::to_string(step.version));
    }
  }

  void downgrade(int to) {
    soci::transaction tr(sql_);
    for (int v = current(); v > to; --v) {
      undo(v);
      sql_ << "delete from schema_version where version = :v", soci::use(v);
    }
    tr.commit();
  }

  void baseline(int version) {
    for (int v = 1; v <= version; ++v) {
      sql_.begin();  // expect: session-nested-begin
      sql_ << "insert into schema_version(version) values(:v)", soci::use(v);
      say("baseline " + std::to_string(v));
    }
    sql_.commit();
  }

private:
  void undo(int version) {
    if (version == 3)
      sql_ << "drop index run_job";
    else if (version == 2)
      sql_ << "drop table run";
    else
      throw std::invalid_argument("version " + std::to_string(version) + " cannot be undone");
  }
  soci::session& sql_;
};

class JobStore {
public:
  explicit JobStore(const Settings& s) : settings_(s), sql_(s.backend, s.target) {}

  void enqueue(const std::string& kind) {
    std::lock_guard<std::mutex> lock(mutex_);
    soci::transaction tr(sql_);
    sql_ << "insert into job(kind, state) values(:k, 'new')", soci::use(kind);
    logRun(0, "enqueued " + kind);
    tr.commit();
  }

  bool claim(Job& out) {
    std::lock_guard<std::mutex> lock(mutex_);
    begin();
    bool found = false;
    try {
      sql_ << "select id, kind, tries from job where state = 'new' limit 1", soci::into(out.id), soci::into(out.kind),
          soci::into(out.tries);
      found = sql_.got_data();
      if (found)
        sql_ << "update job set state = 'busy', tries = tries + 1 where id = :i", soci::use(out.id);
    } catch (const std::exception& e) {
      abandon(e.what());
      return false;
    }
    finish();
    return found;
  }

  void complete(const Job& job, const std::string& result) {
    std::lock_guard<std::mutex> lock(mutex_);
    soci::transaction tr(sql_);
    sql_ << "update job set state = 'done' where id = :i", soci::use(job.id);
    store(job, result);  // expect: session-nested-begin
    tr.commit();
  }

  void fail(const Job& job, const std::string& why) {
    std::lock_guard<std::mutex> lock(mutex_);
    sql_.begin();  // expect: session-missing-rollback
    const char* state = job.tries < 3 ? "new" : "dead";
    const std::string next(state);
    sql_ << "update job set state = :s where id = :i", soci::use(next), soci::use(job.id);
    logRun(job.id, why);
    sql_.commit();
  }

  int drain(std::size_t limit) {
    std::lock_guard<std::mutex> lock(mutex_);
    int n = 0;
    soci::transaction tr(sql_);
    std::vector<int> ids(limit);
    sql_ << "select id from job where state = 'dead'", soci::into(ids);
    for (int id : ids) {
      try {
        sql_ << "savepoint one";
        sql_ << "insert into graveyard select * from job where id = :i", soci::use(id);
        sql_ << "delete from job where id = :i", soci::use(id);
        sql_ << "release savepoint one";
        ++n;
      } catch (const soci::soci_error& e) {
        say(e.what());
        sql_ << "rollback to savepoint one";
      }
    }
    tr.commit();
    return n;
  }

  int requeue(const std::vector<int>& ids) {
    std::lock_guard<std::mutex> lock(mutex_);
    soci::transaction tr(sql_);
    int done = 0;
    for (int id : ids) {
      try {
        sql_ << "update job set state = 'new' where id = :i", soci::use(id);
        sql_ << "delete from run where job = :i", soci::use(id);
        ++done;
      } catch (const soci::soci_error& e) {  // expect: session-swallow-and-commit
        say("requeue: " + std::string(e.what()));
      }
    }
    tr.commit();
    return done;
  }

  std::map<std::string, int> stats() {
    std::lock_guard<std::mutex> lock(mutex_);
    std::map<std::string, int> out;
    soci::rowset<soci::row> rows = (sql_.prepare << "select state, count(*) from job group by state");
    for (const soci::row& r : rows)
      out[r.get<std::string>(0)] = r.get<int>(1);
    return out;
  }

private:
  void begin() { sql_.begin(); }
  void finish() {
    try {
      sql_.commit();
    } catch (...) {
      sql_.rollback();
      throw;
    }
  }
  void abandon(const char* why) {
    sql_.rollback();
    say(why);
  }
  void store(const Job& job, const std::string& result) {
    soci::transaction tr(sql_);
    sql_ << "insert into result(job, text) values(:i, :t)", soci::use(job.id), soci::use(result);
    tr.commit();
  }
  void logRun(int job, const std::string& text) {
    const int at = static_cast<int>(std::time(nullptr));
    sql_ << "insert into run(job, at, result) values(:j, :a, :t)", soci::use(job), soci::use(at), soci::use(text);
  }

  Settings settings_;
  soci::session sql_;
  std::mutex mutex_;
};

class Runner {
public:
  explicit Runner(JobStore& store, int workers) : store_(store) {
    for (int i = 0; i < workers; ++i)
      threads_.emplace_back([this] { loop(); });
  }
  ~Runner() {
    stop_ = true;
    for (auto& t : threads_)
      t.join();
  }

private:
  void loop() {
    while (!stop_) {
      Job job;
      try {
        if (!store_.claim(job)) {
          std::this_thread::sleep_for(std::chrono::milliseconds(200));
          continue;
        }
        process(job);
      } catch (const std::exception& e) {  /* wrong */  // expect: session-missing-rollback
        say(e.what());
      }
    }
  }
  void process(const Job& job) {
    try {
      store_.complete(job, runJob(job));
    } catch (const JobError& e) {
      store_.fail(job, e.what());
    }
  }
  JobStore& store_;
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

soci::session* openTarget(const Settings& s) {
  auto* sql = new soci::session;  // expect: session-leak
  sql->open(s.backend, s.target);
  if (s.verbose)
    sql->set_log_stream(&std::clog);
  int version = 0;
  *sql << "pragma user_version", soci::into(version);
  if (version == 0)
    return nullptr;
  return sql;
}

int vacuum(const Settings& s) {
  soci::session sql(soci::sqlite3, s.target);
  sql << "pragma wal_checkpoint(truncate)";
  sql.close();
  sql.open(soci::sqlite3, s.target);
  sql << "vacuum";
  int pages = 0;
  sql << "pragma page_count", soci::into(pages);
  return pages;
}

int probe(const Settings& s) {
  soci::session sql(s.backend, s.target);
  int n = 0;
  sql << "select count(*) from job", soci::into(n);
  sql.close();
  if (n == 0) {
    say("empty");
    sql << "select count(*) from graveyard", soci::into(n);  // expect: session-use-after-scope
  }
  return n;
}

class Heartbeat {
public:
  explicit Heartbeat(soci::connection_pool& pool) : sql_(pool), beat_(sql_) {
    beat_.exchange(soci::use(name_));
    beat_.alloc();
    beat_.prepare("update worker set seen = current_timestamp where name = :n");
    beat_.define_and_bind();
  }
  void tick(const std::string& name) {
    name_ = name;
    soci::transaction tr(sql_);
    beat_.execute(true);
    if (beat_.get_affected_rows() == 0) {
      say("unknown worker " + name);
      return;
    }
    tr.commit();
  }
  void forget(const std::string& name) {
    soci::transaction{sql_};  // expect: session-temporary-guard
    sql_ << "delete from worker where name = :n", soci::use(name);
    sql_ << "delete from lease where worker = :n", soci::use(name);
  }

private:
  std::string name_;
  soci::session sql_;
  soci::statement beat_;
};

class ScopedRun {
public:
  ScopedRun(soci::session& sql, int job) : sql_(sql), job_(job) { sql_.begin(); }
  ScopedRun(const ScopedRun&) = delete;
  ~ScopedRun() {
    if (open_) {
      try {
        sql_.rollback();
      } catch (const std::exception& e) {
        say(e.what());
      }
    }
  }
  void done() {
    sql_ << "update job set state = 'done' where id = :i", soci::use(job_);
    sql_.commit();
    open_ = false;
  }

private:
  soci::session& sql_;
  int job_;
  bool open_ = true;
};

bool execute(soci::connection_pool& pool, const Job& job) {
  soci::session sql(pool);
  ScopedRun run(sql, job.id);
  const std::string out = runJob(job);
  if (out.empty())
    return false;
  sql << "insert into run(job, result) values(:i, :r)", soci::use(job.id), soci::use(out);
  run.done();
  return true;
}

void replay(soci::connection_pool& pool, const std::vector<Job>& jobs) {
  soci::session sql(pool);
  std::vector<std::string> failed;
  for (const Job& job : jobs) {
    ScopedRun run(sql, job.id);
    try {
      const std::string out = runJob(job);
      sql << "update run set result = :r where job = :j", soci::use(out), soci::use(job.id);
    } catch (const JobError& e) {
      failed.push_back(e.what());
      continue;
    }
    run.done();
  }
  say(std::to_string(failed.size()) + " failed");
}

void handOver(soci::connection_pool& pool, int job, const std::string& to) {
  soci::session sql(pool);
  {
    soci::transaction release(sql);
    sql << "delete from lease where job = :j", soci::use(job);
    release.commit();
  }
  {
    soci::transaction take(sql);
    sql << "insert into lease(job, worker) values(:j, :w)", soci::use(job), soci::use(to);
    take.commit();  // expect: session-multiple-commits
  }
}

bool setState(soci::session& sql, int job, const std::string& state) {
  soci::transaction tr(sql);
  if (state == "dead") {
    sql << "insert into graveyard select * from job where id = :i", soci::use(job);
    sql << "delete from job where id = :i", soci::use(job);
    tr.commit();
    return true;
  }
  sql << "update job set state = :s where id = :i", soci::use(state), soci::use(job);
  tr.commit();
  return false;
}

void mirror(soci::session& primary, soci::session& replica, int since) {
  soci::transaction tr(replica);
  soci::rowset<soci::row> rows = (primary.prepare << "select job, result from run where at > :s", soci::use(since));
  for (const auto& r : rows) {
    const int job = r.get<int>(0);
    const auto text = r.get<std::string>(1);
    replica << "insert into run(job, result) values(:j, :r)", soci::use(job), soci::use(text);
  }
  tr.commit();
}

} // namespace sched
