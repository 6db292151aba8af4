// library: libpq
// Job queue on PostgreSQL, plain libpq.
#include <libpq-fe.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace jobs {

struct FinishConn { void operator()(PGconn* c) const noexcept { PQfinish(c); } };
struct ClearResult { void operator()(PGresult* r) const noexcept { PQclear(r); } };
using Conn = std::unique_ptr<PGconn, FinishConn>;
using Result = std::unique_ptr<PGresult, ClearResult>;

struct Job { long id = 0; std::string kind, payload; int tries = 0; };

void warn(const char* what, PGconn* c) noexcept { std::fprintf(stderr, "jobs: %s: %s", what, c ? PQerrorMessage(c) : "-\n"); }

bool command(PGconn* c, const char* sql) noexcept {
  Result r(PQexec(c, sql));
  if (PQresultStatus(r.get()) == PGRES_COMMAND_OK) return true;
  warn(sql, c);
  return false;
}

bool params(PGconn* c, const char* sql, const std::vector<std::string>& args) {
  std::vector<const char*> v;
  for (const auto& a : args) v.push_back(a.c_str());
  Result r(PQexecParams(c, sql, static_cast<int>(v.size()), nullptr, v.data(), nullptr, nullptr, 0));
  const auto st = PQresultStatus(r.get());
  if (st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK) return true;
  warn(sql, c);
  return false;
}

Conn open(const std::string& dsn) {
  Conn c(PQconnectdb(dsn.c_str()));
  if (PQstatus(c.get()) != CONNECTION_OK) {
    warn("connect", c.get());
    c.reset();
  }
  return c;
}

class RollbackUnlessDone {
public:
  explicit RollbackUnlessDone(PGconn* c) noexcept : c_(c) {}
  ~RollbackUnlessDone() { if (c_) command(c_, "ROLLBACK"); }
  RollbackUnlessDone(const RollbackUnlessDone&) = delete;
  void done() noexcept { c_ = nullptr; }
private:
  PGconn* c_;
};

class Queue {
public:
  Queue(std::string dsn, std::string worker) : dsn_(std::move(dsn)), worker_(std::move(worker)) {}

  bool connect();
  bool push(const Job& j);
  std::optional<Job> take();
  bool complete(const Job& j);
  bool fail(const Job& j, const std::string& why);
  int pushMany(const std::vector<Job>& all);
  bool requeueStale(int minutes);
  long depth();
  bool moveToDead(long id);
  bool cancelKind(const std::string& kind);
  bool renameKind(const std::string& from, const std::string& to);
  bool schedule(const Job& j, const std::string& at);
  void process(const std::function<bool(const Job&)>& handler, const std::atomic<bool>& stop);
  void runHook(const Job& j, const std::function<void(PGconn*)>& hook);
  bool copyIn(const std::vector<Job>& all);
  const char* oldestKind();
  void heartbeat(std::atomic<bool>& stop);
  bool resetCounters();
  bool swapPriority(long a, long b);

private:
  std::string dsn_, worker_;
  Conn conn_;
};

bool Queue::connect() {
  if (conn_ && PQstatus(conn_.get()) == CONNECTION_OK) return true;
  if (conn_) {
    PQreset(conn_.get());
    if (PQstatus(conn_.get()) == CONNECTION_OK) return true;
  }
  conn_ = open(dsn_);
  return conn_ && command(conn_.get(), "SET application_name = 'jobs'");
}

bool Queue::push(const Job& j) {
  PGconn* c = conn_.get();
  return params(c, "INSERT INTO job(kind, payload) VALUES($1,$2)", {j.kind, j.payload}) && command(c, "NOTIFY job");
}

std::optional<Job> Queue::take() {
  PGconn* c = conn_.get();
  if (!command(c, "BEGIN")) return std::nullopt;
  RollbackUnlessDone guard(c);
  Result r(PQexec(c, "SELECT id, kind, payload FROM job WHERE state='new' ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1"));
  if (PQresultStatus(r.get()) != PGRES_TUPLES_OK || PQntuples(r.get()) == 0) return std::nullopt;
  Job j;
  j.id = std::atol(PQgetvalue(r.get(), 0, 0));
  j.kind = PQgetvalue(r.get(), 0, 1);
  j.payload = PQgetvalue(r.get(), 0, 2);
  if (!params(c, "UPDATE job SET state='run', worker=$2 WHERE id=$1", {std::to_string(j.id), worker_})) return std::nullopt;
  if (!command(c, "COMMIT")) return std::nullopt;
  guard.done();
  return j;
}

bool Queue::complete(const Job& j) {
  PGconn* c = conn_.get();
  const std::string id = std::to_string(j.id);
  if (!command(c, "BEGIN")) return false;  // expect: session-unfinished-transaction
  Result r(PQexec(c, ("SELECT state FROM job WHERE id=" + id + " FOR UPDATE").c_str()));
  if (PQntuples(r.get()) != 1) return command(c, "ROLLBACK"), false;
  if (std::strcmp(PQgetvalue(r.get(), 0, 0), "cancelled") == 0) {
    std::fprintf(stderr, "jobs: %s was cancelled\n", id.c_str());
    return true;
  }
  const bool ok = params(c, "DELETE FROM job WHERE id=$1", {id}) && params(c, "INSERT INTO done VALUES($1)", {id});
  return command(c, ok ? "COMMIT" : "ROLLBACK") && ok;
}

bool Queue::fail(const Job& j, const std::string& why) {
  PGconn* c = conn_.get();
  const std::string id = std::to_string(j.id);
  bool ok = command(c, "BEGIN");
  if (!ok) goto out;
  ok = params(c, "UPDATE job SET state='new', tries=tries+1 WHERE id=$1", {id});
  if (!ok) goto rollback;
  ok = params(c, "INSERT INTO job_error VALUES($1,$2)", {id, why});
  if (!ok) goto rollback;
  ok = command(c, "COMMIT");
  goto out;
rollback:
  command(c, "ROLLBACK");
out:
  return ok;
}

int Queue::pushMany(const std::vector<Job>& all) {
  PGconn* c = conn_.get();
  int stored = 0;
  for (size_t at = 0; at < all.size(); at += 100) {
    if (!command(c, "BEGIN")) break;
    bool ok = true;
    int n = 0;
    for (size_t i = at; ok && i < all.size() && i < at + 100; ++i, ++n)
      ok = params(c, "INSERT INTO job(kind, payload) VALUES($1,$2)", {all[i].kind, all[i].payload});
    if (!ok) {
      command(c, "ROLLBACK");
      continue;
    }
    if (command(c, "COMMIT")) stored += n;
  }
  return stored;
}

bool Queue::requeueStale(int minutes) {
  PGconn* c = conn_.get();
  if (!command(c, "BEGIN")) return false;
  const bool ok = params(c, "UPDATE job SET state='new' WHERE state='run' AND started < now() - $1::interval",
                         {std::to_string(minutes) + " minutes"});
  if (!ok) {
    command(c, "ROLLBACK");
  } else if (command(c, "COMMIT")) {
    return true;
  }
  if (PQtransactionStatus(c) != PQTRANS_IDLE) command(c, "ROLLBACK");
  return false;
}

long Queue::depth() {
  Result r(PQexec(conn_.get(), "SELECT count(*) FROM job WHERE state='new'"));
  if (PQresultStatus(r.get()) != PGRES_TUPLES_OK) {
    warn("depth", conn_.get());
    return -1;
  }
  return std::atol(PQgetvalue(r.get(), 0, 0));
}

bool Queue::moveToDead(long id) {
  PGconn* c = conn_.get();
  Conn side = open(dsn_);
  if (!side || !command(c, "BEGIN")) return false;
  RollbackUnlessDone guard(c);
  const std::string key = std::to_string(id);
  if (!params(c, "INSERT INTO dead SELECT * FROM job WHERE id=$1", {key})) return false;
  if (!params(side.get(), "DELETE FROM job WHERE id=$1", {key})) return false;  // waits: session-transaction-bypass
  if (!command(c, "COMMIT")) return false;
  guard.done();
  return true;
}

bool Queue::cancelKind(const std::string& kind) {
  PGconn* c = conn_.get();
  if (!command(c, "START TRANSACTION")) return false;
  if (!params(c, "UPDATE job SET state='cancelled' WHERE kind=$1", {kind})) {
    command(c, "ROLLBACK");
    return false;
  }
  const bool ok = command(c, "COMMIT");
  if (ok && !params(c, "INSERT INTO audit VALUES('cancel', $1)", {kind})) {
    command(c, "ROLLBACK");  // expect: session-double-end
    return false;
  }
  return ok;
}

bool Queue::renameKind(const std::string& from, const std::string& to) {
  PGconn* c = conn_.get();
  if (!command(c, "BEGIN")) return false;
  RollbackUnlessDone guard(c);
  if (!command(c, "SAVEPOINT kinds")) return false;
  if (!params(c, "UPDATE kind SET name=$2 WHERE name=$1", {from, to})) {
    if (!command(c, "ROLLBACK TO SAVEPOINT kinds")) return false;
    if (!params(c, "DELETE FROM kind WHERE name=$1", {from})) return false;
  }
  if (!params(c, "UPDATE job SET kind=$2 WHERE kind=$1", {from, to}) || !command(c, "COMMIT")) return false;
  guard.done();
  return true;
}

bool Queue::schedule(const Job& j, const std::string& at) {
  PGconn* c = conn_.get();
  if (!command(c, "BEGIN")) return false;
  if (!params(c, "INSERT INTO job(kind, payload, state) VALUES($1,$2,'later')", {j.kind, j.payload})) {
    command(c, "ROLLBACK");
    return false;
  }
  if (!command(c, "COMMIT") || !command(c, "BEGIN")) return false;
  if (!params(c, "INSERT INTO timer SELECT max(id), $1::timestamptz FROM job", {at})) {
    command(c, "ROLLBACK");
    return false;
  }
  return command(c, "COMMIT");  // expect: session-multiple-commits
}

void Queue::process(const std::function<bool(const Job&)>& handler, const std::atomic<bool>& stop) {
  while (!stop) {
    const std::optional<Job> j = take();
    if (!j) {
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      continue;
    }
    bool ok = false;
    std::string why = "handler said no";
    try {
      ok = handler(*j);
    } catch (const std::exception& e) {
      why = e.what();
    }
    if (ok ? !complete(*j) : !fail(*j, why)) warn("end of job", conn_.get());
  }
}

void Queue::runHook(const Job& j, const std::function<void(PGconn*)>& hook) {
  PGconn* c = conn_.get();
  if (!command(c, "BEGIN")) return;
  try {
    if (!params(c, "UPDATE job SET hooked=true WHERE id=$1", {std::to_string(j.id)})) {
      command(c, "ROLLBACK");
      return;
    }
    hook(c);
    command(c, "COMMIT");
  } catch (const std::exception& e) {  // expect: session-missing-rollback
    std::fprintf(stderr, "jobs: hook: %s\n", e.what());
  }
}

bool Queue::copyIn(const std::vector<Job>& all) {
  PGconn* c = conn_.get();
  Result start(PQexec(c, "COPY job(kind, payload) FROM STDIN"));
  if (PQresultStatus(start.get()) != PGRES_COPY_IN) return false;
  const char* abort = nullptr;
  for (const Job& j : all) {
    const std::string line = j.kind + "\t" + j.payload + "\n";
    if (PQputCopyData(c, line.data(), static_cast<int>(line.size())) == 1) continue;
    abort = "client gave up";
    break;
  }
  bool ok = PQputCopyEnd(c, abort) == 1 && !abort;
  while (PGresult* raw = PQgetResult(c)) {
    Result end(raw);
    ok = ok && PQresultStatus(end.get()) == PGRES_COMMAND_OK;
  }
  return ok;
}

const char* Queue::oldestKind() {
  Result r(PQexec(conn_.get(), "SELECT kind FROM job ORDER BY id LIMIT 1"));
  if (PQntuples(r.get()) == 0) return nullptr;
  const char* kind = PQgetvalue(r.get(), 0, 0);
  r.reset();
  return kind;  // expect: session-use-after-scope
}

void Queue::heartbeat(std::atomic<bool>& stop) {
  PGconn* c = conn_.get();
  std::thread beat([c, &stop] {  // expect: session-shared-across-threads
    while (!stop) {
      command(c, "UPDATE worker SET seen=now()");
      std::this_thread::sleep_for(std::chrono::seconds(5));
    }
  });
  process([](const Job&) { return true; }, stop);
  beat.join();
}

bool Queue::resetCounters() {
  PGconn* c = conn_.get();
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (!command(c, "BEGIN ISOLATION LEVEL SERIALIZABLE")) return false;
    RollbackUnlessDone guard(c);
    if (command(c, "DELETE FROM counter") && command(c, "INSERT INTO counter SELECT kind, 0 FROM kind") && command(c, "COMMIT")) {
      guard.done();
      return true;
    }
  }
  return false;
}

bool Queue::swapPriority(long a, long b) {
  PGconn* c = conn_.get();
  if (!command(c, "BEGIN")) return false;
  const std::string x = std::to_string(a), y = std::to_string(b);
  const bool ok = params(c, "UPDATE job SET prio=-prio WHERE id IN ($1,$2)", {x, y});
  command(c, "BEGIN");  // expect: session-nested-begin
  const bool both = ok && params(c, "UPDATE job SET swapped=true WHERE id IN ($1,$2)", {x, y});
  return command(c, both ? "COMMIT" : "ROLLBACK") && both;
}

int listWorkers(const char* dsn) {
  int n = -1;
  PGresult* r = nullptr;
  PGconn* c = PQconnectdb(dsn);  // expect: session-raw-construction
  if (PQstatus(c) != CONNECTION_OK) goto done;
  r = PQexec(c, "SELECT count(*) FROM worker");
  if (PQresultStatus(r) == PGRES_TUPLES_OK) n = std::atoi(PQgetvalue(r, 0, 0));
done:
  PQclear(r);
  PQfinish(c);
  return n;
}

bool serverIsNew(const char* dsn) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-leak
  if (PQstatus(c) != CONNECTION_OK) {
    warn("probe", c);
    return false;
  }
  const int version = PQserverVersion(c);
  PQfinish(c);
  return version >= 150000;
}

}  // namespace jobs
