// Job queue and mail archive on SOCI: own guards, repositories, lazy sessions, retries
// library: soci
#include <soci/soci.h>

#include <chrono>
#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

namespace jobs {

enum class State { waiting, running, done, failed };

struct Job {
  int id = 0;
  std::string command;
  State state = State::waiting;
};

void warn(const std::string& text) noexcept;

// A guard that rolls back, except when told otherwise.
class UnitOfWork {
public:
  explicit UnitOfWork(soci::session& sql) : sql_(sql) { sql_.begin(); }
  UnitOfWork(const UnitOfWork&) = delete;
  UnitOfWork& operator=(const UnitOfWork&) = delete;
  ~UnitOfWork() {
    if (finished_) return;
    try {
      sql_.rollback();
    } catch (const std::exception& e) {
      warn(e.what());
    }
  }
  void complete() {
    sql_.commit();
    finished_ = true;
  }

private:
  soci::session& sql_;
  bool finished_ = false;
};

class AutoCommit {
public:
  explicit AutoCommit(soci::session& sql) : sql_(sql) { sql_.begin(); }
  ~AutoCommit() {
    try {
      sql_.commit();  // expect: session-commit-in-destructor
    } catch (const soci::soci_error& e) {
      warn(e.what());
    }
  }

private:
  soci::session& sql_;
};

class CommitUnlessThrown {
public:
  explicit CommitUnlessThrown(soci::session& sql) : sql_(sql), before_(std::uncaught_exceptions()) { sql_.begin(); }
  ~CommitUnlessThrown() {
    try {
      if (std::uncaught_exceptions() == before_)
        sql_.commit();
      else
        sql_.rollback();
    } catch (const std::exception& e) {
      warn(e.what());
    }
  }

private:
  soci::session& sql_;
  int before_;
};

template <class Work>
auto inTransaction(soci::connection_pool& pool, Work&& work) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  if constexpr (std::is_void_v<std::invoke_result_t<Work, soci::session&>>) {
    work(sql);
    tr.commit();
  } else {
    auto result = work(sql);
    tr.commit();
    return result;
  }
}

class JobRepository {
public:
  explicit JobRepository(soci::session& sql) : sql_(sql) {}

  std::optional<Job> find(int id) const {
    Job job;
    int state = 0;
    sql_ << "select command, state from job where id = :id", soci::into(job.command), soci::into(state), soci::use(id);
    if (!sql_.got_data()) return {};
    job.id = id;
    job.state = static_cast<State>(state);
    return job;
  }

  void setState(int id, State state) {
    const int value = static_cast<int>(state);
    soci::statement st = (sql_.prepare << "update job set state = :s where id = :id", soci::use(value), soci::use(id));
    st.execute(true);
    if (st.get_affected_rows() != 1) throw std::runtime_error("no such job");
  }

  int add(const std::string& command) {
    sql_ << "insert into job(command, state) values(:c, 0)", soci::use(command);
    long long id = 0;
    if (!sql_.get_last_insert_id("job", id)) throw std::runtime_error("no id");
    return static_cast<int>(id);
  }

private:
  soci::session& sql_;
};

int enqueue(soci::connection_pool& pool, const std::string& command, const std::vector<std::string>& tags) {
  return inTransaction(pool, [&](soci::session& sql) {
    JobRepository repository(sql);
    const int id = repository.add(command);
    for (const std::string& tag : tags) sql << "insert into tag(job, name) values(:j, :n)", soci::use(id), soci::use(tag);
    return id;
  });
}

int enqueueWithParent(soci::session& sql, const std::string& command, const std::vector<std::string>& children) {
  JobRepository repository(sql);
  UnitOfWork unit(sql);
  const int parent = repository.add(command);
  for (const std::string& child : children) {
    const int id = repository.add(child);
    sql << "insert into edge(parent, child) values(:p, :c)", soci::use(parent), soci::use(id);
  }
  unit.complete();
  return parent;
}

int enqueueAfter(soci::session& sql, int previous, const std::string& command) {
  JobRepository repository(sql);
  UnitOfWork unit(sql);  // expect: session-unfinished-transaction
  const int id = repository.add(command);
  sql << "insert into edge(parent, child) values(:p, :c)", soci::use(previous), soci::use(id);
  return id;
}

void finish(soci::session& sql, int id, bool ok) {
  CommitUnlessThrown scope(sql);
  JobRepository repository(sql);
  repository.setState(id, ok ? State::done : State::failed);
  sql << "delete from lease where job = :j", soci::use(id);
}

std::optional<Job> takeNext(soci::session& sql, const std::string& worker) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    try {
      soci::transaction tr(sql);
      int id = 0;
      sql << "select id from job where state = 0 order by id limit 1 for update skip locked", soci::into(id);
      if (!sql.got_data()) return std::nullopt;
      sql << "insert into lease(job, worker) values(:j, :w)", soci::use(id), soci::use(worker);
      JobRepository(sql).setState(id, State::running);
      tr.commit();
      return JobRepository(sql).find(id);
    } catch (const soci::soci_error& e) {
      warn(e.what());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50 << attempt));
  }
  return std::nullopt;
}

void heartbeat(soci::session& sql, int job) {
  sql.begin();  // expect: session-missing-rollback
  int known = 0;
  sql << "select count(*) from lease where job = :j", soci::into(known), soci::use(job);
  if (known > 0)
    sql << "update lease set seen = current_timestamp where job = :j", soci::use(job);
  else
    sql << "insert into lease(job) values(:j)", soci::use(job);
  sql.commit();
}

void fail(soci::session& sql, int job, const std::string& reason) {
  try {
    soci::transaction tr(sql);
    JobRepository(sql).setState(job, State::failed);
    sql << "insert into failure(job, reason) values(:j, :r)", soci::use(job), soci::use(reason);
    tr.commit();
  } catch (const std::exception& e) {
    // the first transaction is rolled back by now: note it in one of its own
    const std::string text = e.what();
    soci::transaction note(sql);
    sql << "insert into problem(job, text) values(:j, :t)", soci::use(job), soci::use(text);
    note.commit();
  }
}

// A session of its own only where the caller brought none.
int countWaiting(soci::connection_pool& pool, soci::session* given = nullptr) {
  std::optional<soci::session> own;
  if (!given) given = &own.emplace(pool);
  int n = 0;
  *given << "select count(*) from job where state = 0", soci::into(n);
  return n;
}

int countFailed(soci::connection_pool& pool, soci::session* given) {
  soci::session* sql = given;
  if (sql == nullptr) {
    soci::session own(pool);
    sql = &own;
  }
  int n = 0;
  *sql << "select count(*) from job where state = 3", soci::into(n);  // expect: session-use-after-scope
  return n;
}

class Archive {
public:
  Archive(std::string backend, std::string file) : address_(std::move(backend) + "://" + std::move(file)) {}

  void add(const std::string& mail) {
    soci::session& sql = open();
    soci::transaction tr(sql);
    sql << "insert into mail(body) values(:b)", soci::use(mail);
    tr.commit();
  }

  int size() {
    int n = 0;
    open() << "select count(*) from mail", soci::into(n);
    return n;
  }

  void close() { sql_.reset(); }

  void reopen(const std::string& address) {
    close();
    address_ = address;
    open();
  }

private:
  soci::session& open() {
    if (!sql_) {
      sql_ = std::make_unique<soci::session>(address_);
      *sql_ << "create table if not exists mail(body text)";
    }
    return *sql_;
  }

  std::string address_;
  std::unique_ptr<soci::session> sql_;
};

std::unique_ptr<soci::session> connect(const std::string& address, const std::string& role) {
  auto sql = std::make_unique<soci::session>(address);
  *sql << "set role " + role;
  return sql;
}

soci::session* connectForPlugin(const std::string& address) {
  auto sql = std::make_unique<soci::session>(address);
  *sql << "set statement_timeout = 5000";
  return sql.release();
}

int runPlugin(const std::string& address, const std::function<int(soci::session&)>& plugin) {
  std::unique_ptr<soci::session> sql(connectForPlugin(address));
  return plugin(*sql);
}

void dropTables(const std::string& address, const std::vector<std::string>& tables) {
  soci::session sql(address);
  for (const std::string& table : tables) sql << "drop table " + table;
  sql.close();
}

int dropAndCount(const std::string& address, const std::string& table) {
  soci::session sql(address);
  sql << "drop table " + table;
  sql.close();
  int left = 0;
  sql << "select count(*) from information_schema.tables", soci::into(left);  // expect: session-use-after-scope
  return left;
}

void purge(soci::connection_pool& pool, int days) {
  soci::session sql(pool);
  long long removed = 0;
  do {
    soci::transaction tr(sql);
    soci::statement st =
        (sql.prepare << "delete from job where id in (select id from job where age > :d limit 500)", soci::use(days));
    st.execute(true);
    removed = st.get_affected_rows();
    tr.commit();
  } while (removed == 500);
}

void migrateStep(soci::session& sql, int version, const std::vector<std::string>& statements, bool dryRun) {
  soci::transaction tr(sql);
  for (const std::string& statement : statements) sql << statement;
  sql << "update schema_version set version = :v", soci::use(version);
  if (dryRun)
    tr.rollback();
  else
    tr.commit();
}

void deleteJob(soci::connection_pool& pool, int id) {
  soci::session sql(pool);
  try {
    soci::transaction tr(sql);
    sql << "delete from tag where job = :j", soci::use(id);
    sql << "delete from job where id = :j", soci::use(id);
    tr.commit();
  } catch (const soci::soci_error& e) {
    warn(e.what());
  }
  sql.close();  // expect: session-double-end
}

bool renameJob(soci::connection_pool& pool, int id, const std::string& command) {
  soci::session sql(pool);
  if (command.empty()) {
    sql.rollback();  // expect: session-double-end
    return false;
  }
  soci::transaction tr(sql);
  sql << "update job set command = :c where id = :j", soci::use(command), soci::use(id);
  tr.commit();
  return true;
}

int countInParallel(soci::connection_pool& pool) {
  soci::session sql(pool);
  auto waiting = std::async(std::launch::async, [&sql] {  // expect: session-shared-across-threads
    int n = 0;
    sql << "select count(*) from job where state = 0", soci::into(n);
    return n;
  });
  int failed = 0;
  sql << "select count(*) from job where state = 3", soci::into(failed);
  return waiting.get() + failed;
}

int countInBackground(soci::connection_pool& pool) {
  soci::session sql(pool);
  std::future<int> waiting = std::async(std::launch::async, [&sql] {
    int n = 0;
    sql << "select count(*) from job where state = 0", soci::into(n);
    return n;
  });
  int total = waiting.get();
  int failed = 0;
  sql << "select count(*) from job where state = 3", soci::into(failed);
  return total + failed;
}

int maintenance(soci::connection_pool& pool, const std::string& task) {
  soci::session sql(pool);
  enum class Task { none, reset, clean };
  const std::map<std::string, Task> known{{"reset", Task::reset}, {"clean", Task::clean}};
  const auto found = known.find(task);
  switch (found == known.end() ? Task::none : found->second) {
    case Task::reset: {
      soci::transaction tr(sql);
      sql << "update job set state = 0 where state = 1";
      sql << "delete from lease";
      tr.commit();
      return 0;
    }
    case Task::clean: {
      soci::transaction tr(sql);
      sql << "delete from job where state = 2";
      tr.commit();
      return 0;
    }
    case Task::none: break;
  }
  warn("unknown task");
  return 2;
}

void requeueAll(soci::session& sql, const std::vector<int>& ids) {
  for (const int id : ids) {
    sql.begin();  // expect: session-nested-begin
    sql << "update job set state = 0 where id = :i", soci::use(id);
    sql << "delete from lease where job = :i", soci::use(id);
  }
  sql.commit();
}

class Worker {
public:
  Worker(soci::connection_pool& pool, std::string name) : sql_(pool), name_(std::move(name)) {}

  bool step() {
    const std::optional<Job> job = takeNext(sql_, name_);
    if (!job) return false;
    const int code = std::system(job->command.c_str());
    finish(sql_, job->id, code == 0);
    return true;
  }

  void run(const std::function<bool()>& stopped) {
    while (!stopped()) {
      try {
        if (!step()) std::this_thread::sleep_for(std::chrono::seconds(1));
      } catch (const std::exception& e) {
        warn(e.what());
        if (!sql_.is_connected()) sql_.reconnect();
      }
    }
  }

private:
  soci::session sql_;
  std::string name_;
};

}  // namespace jobs
