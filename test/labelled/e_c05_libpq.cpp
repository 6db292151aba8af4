// library: libpq
#include <libpq-fe.h>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace pg {

struct Finish {
  void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
struct Clear {
  void operator()(PGresult* r) const noexcept { PQclear(r); }
};
using Conn = std::unique_ptr<PGconn, Finish>;
using Result = std::unique_ptr<PGresult, Clear>;

void complain(const char* s) noexcept;

// 1: factory
Conn connect(const std::string& dsn) {
  Conn c(PQconnectdb(dsn.c_str()));
  if (PQstatus(c.get()) != CONNECTION_OK) {
    complain(PQerrorMessage(c.get()));
    return nullptr;
  }
  return c;
}

// 2: command helper clears its result
bool cmd(PGconn* c, const char* sql) noexcept {
  Result r(PQexec(c, sql));
  ExecStatusType s = PQresultStatus(r.get());
  return s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK;
}

// 3: query returns an owner
Result query(PGconn* c, const char* sql, int n, const char* const* args) {
  return Result(PQexecParams(c, sql, n, nullptr, args, nullptr, nullptr, 0));
}

// 4: condition chain, one rollback
bool move(PGconn* c, const char* from, const char* to) {
  if (!cmd(c, "BEGIN")) return false;
  const char* a[] = {from};
  const char* b[] = {to};
  bool ok = PQresultStatus(query(c, "UPDATE acc SET n = n - 1 WHERE id = $1", 1, a).get()) == PGRES_COMMAND_OK &&
            PQresultStatus(query(c, "UPDATE acc SET n = n + 1 WHERE id = $1", 1, b).get()) == PGRES_COMMAND_OK &&
            cmd(c, "COMMIT");
  if (!ok) cmd(c, "ROLLBACK");
  return ok;
}

// 5: the end chosen by an expression
bool apply(PGconn* c, const std::vector<std::string>& sql) {
  if (!cmd(c, "BEGIN")) return false;
  bool ok = true;
  for (const auto& s : sql) {
    if (!cmd(c, s.c_str())) {
      ok = false;
      break;
    }
  }
  bool ended = cmd(c, ok ? "COMMIT" : "ROLLBACK");
  return ok && ended;
}

// 6: transaction status asked of the server
void makeClean(PGconn* c) {
  switch (PQtransactionStatus(c)) {
    case PQTRANS_INTRANS:
    case PQTRANS_INERROR:
      cmd(c, "ROLLBACK");
      break;
    case PQTRANS_ACTIVE:
      while (PGresult* r = PQgetResult(c)) PQclear(r);
      break;
    default:
      break;
  }
}

// 7: results drained in a loop
int sendMany(PGconn* c, const char* sql) {
  if (!PQsendQuery(c, sql)) return -1;
  int n = 0;
  while (PGresult* r = PQgetResult(c)) {
    if (PQresultStatus(r) == PGRES_FATAL_ERROR) {
      PQclear(r);
      n = -1;
      continue;
    }
    if (n >= 0) n += PQntuples(r);
    PQclear(r);
  }
  return n;
}

// 8: reuse of one result variable with a clear between
std::string two(PGconn* c) {
  std::string out;
  Result r(PQexec(c, "SELECT name FROM a LIMIT 1"));
  if (PQntuples(r.get()) > 0) out = PQgetvalue(r.get(), 0, 0);
  r.reset(PQexec(c, "SELECT name FROM b LIMIT 1"));
  if (PQntuples(r.get()) > 0) out += PQgetvalue(r.get(), 0, 0);
  return out;
}

// 9: result overwritten
int twoBad(PGconn* c) {
  PGresult* r = PQexec(c, "SELECT 1 FROM a");  // expect: session-leak
  int n = PQntuples(r);
  r = PQexec(c, "SELECT 1 FROM b");
  n += PQntuples(r);
  PQclear(r);
  return n;
}

// 10: reset after a lost connection; statements prepared again
bool ensure(PGconn* c, bool& prepared) {
  if (PQstatus(c) == CONNECTION_BAD) {
    PQreset(c);
    prepared = false;
    if (PQstatus(c) == CONNECTION_BAD) return false;
  }
  if (!prepared) {
    Result r(PQprepare(c, "ins", "INSERT INTO log(t) VALUES($1)", 1, nullptr));
    prepared = PQresultStatus(r.get()) == PGRES_COMMAND_OK;
  }
  return prepared;
}

// 11: pool with visible code; the wait is bounded by the caller
class Pool {
public:
  class Lease {
  public:
    Lease(Pool& p, Conn c) : pool_(&p), c_(std::move(c)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (c_) pool_->giveBack(std::move(c_));
    }
    PGconn* get() const { return c_.get(); }

  private:
    Pool* pool_;
    Conn c_;
  };

  explicit Pool(std::string dsn) : dsn_(std::move(dsn)) {}
  std::optional<Lease> lease() {
    Conn c;
    {
      std::lock_guard<std::mutex> l(m_);
      if (!free_.empty()) {
        c = std::move(free_.back());
        free_.pop_back();
      }
    }
    if (!c) c = connect(dsn_);
    if (!c) return std::nullopt;
    return Lease(*this, std::move(c));
  }

private:
  void giveBack(Conn c) {
    makeClean(c.get());
    std::lock_guard<std::mutex> l(m_);
    if (PQstatus(c.get()) == CONNECTION_OK) free_.push_back(std::move(c));
  }
  std::string dsn_;
  std::mutex m_;
  std::vector<Conn> free_;
};

// 12: dirty return is right here, for the pool rolls back
bool tryInsert(Pool& p, const char* text) {
  auto l = p.lease();
  if (!l) return false;
  if (!cmd(l->get(), "BEGIN")) return false;
  const char* a[] = {text};
  Result r = query(l->get(), "INSERT INTO log(t) VALUES($1)", 1, a);
  bool ok = PQresultStatus(r.get()) == PGRES_COMMAND_OK;
  return cmd(l->get(), ok ? "COMMIT" : "ROLLBACK") && ok;
}

// 13: guard class over a borrowed handle
class Tx {
public:
  explicit Tx(PGconn* c) : c_(c), open_(cmd(c, "BEGIN")) {}
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;
  ~Tx() {
    if (open_) cmd(c_, "ROLLBACK");
  }
  bool commit() {
    if (!open_) return false;
    open_ = false;
    return cmd(c_, "COMMIT");
  }

private:
  PGconn* c_;
  bool open_;
};

bool touch(PGconn* c, const char* id) {
  Tx tx(c);
  const char* a[] = {id};
  Result r = query(c, "UPDATE doc SET at = now() WHERE id = $1", 1, a);
  if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) return false;
  if (std::atoi(PQcmdTuples(r.get())) != 1) return false;
  return tx.commit();
}

// 14: LISTEN thread with a connection of its own, moved in and joined
class Listener {
public:
  explicit Listener(Conn c) : c_(std::move(c)), t_([this] { loop(); }) {}
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() {
    stop_ = true;
    t_.join();
  }

private:
  void loop() {
    if (!cmd(c_.get(), "LISTEN jobs")) return;
    while (!stop_) {
      PQconsumeInput(c_.get());
      while (PGnotify* n = PQnotifies(c_.get())) {
        complain(n->relname);
        PQfreemem(n);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    cmd(c_.get(), "UNLISTEN jobs");
  }
  Conn c_;
  std::atomic<bool> stop_{false};
  std::thread t_;
};

// 15: copy in
bool copyIn(PGconn* c, const std::vector<std::string>& lines) {
  {
    Result r(PQexec(c, "COPY log FROM STDIN"));
    if (PQresultStatus(r.get()) != PGRES_COPY_IN) return false;
  }
  const char* err = nullptr;
  for (const auto& l : lines) {
    if (PQputCopyData(c, l.data(), static_cast<int>(l.size())) != 1) {
      err = "copy failed";
      break;
    }
  }
  PQputCopyEnd(c, err);
  bool ok = err == nullptr;
  while (PGresult* raw = PQgetResult(c)) {
    Result r(raw);
    ok = ok && PQresultStatus(r.get()) == PGRES_COMMAND_OK;
  }
  return ok;
}

// 16: values of a result in a vector of owners
std::vector<std::string> names(PGconn* c) {
  std::vector<Result> parts;
  for (const char* sql : {"SELECT n FROM a", "SELECT n FROM b"}) {
    Result r(PQexec(c, sql));
    if (PQresultStatus(r.get()) != PGRES_TUPLES_OK) continue;
    parts.push_back(std::move(r));
  }
  std::vector<std::string> out;
  for (const auto& p : parts)
    for (int i = 0; i < PQntuples(p.get()); ++i) out.emplace_back(PQgetvalue(p.get(), i, 0));
  return out;
}

// 17: the pointer into a cleared result
const char* firstName(PGconn* c) {
  Result r(PQexec(c, "SELECT n FROM a LIMIT 1"));
  if (PQntuples(r.get()) == 0) return nullptr;
  const char* p = PQgetvalue(r.get(), 0, 0);
  return p;  // expect: session-use-after-scope
}

// 18: savepoint with a lambda
bool withSavepoint(PGconn* c, const std::function<bool()>& f) {
  if (!cmd(c, "SAVEPOINT sp")) return false;
  auto undo = [c] {
    cmd(c, "ROLLBACK TO SAVEPOINT sp");
    cmd(c, "RELEASE SAVEPOINT sp");
  };
  bool ok = false;
  try {
    ok = f();
  } catch (...) {
    undo();
    throw;
  }
  if (!ok)
    undo();
  else
    cmd(c, "RELEASE SAVEPOINT sp");
  return ok;
}

// 19: the callback may throw; the transaction does not survive it
bool inTx(PGconn* c, const std::function<void(PGconn*)>& f) {
  if (!cmd(c, "BEGIN")) return false;
  try {
    f(c);
  } catch (const std::exception& e) {
    complain(e.what());
    cmd(c, "ROLLBACK");
    return false;
  }
  if (cmd(c, "COMMIT")) return true;
  cmd(c, "ROLLBACK");
  return false;
}

// 20: rolled back twice on one path
bool removeAll(PGconn* c) {
  if (!cmd(c, "BEGIN")) return false;
  bool ok = cmd(c, "DELETE FROM log");
  if (!ok) cmd(c, "ROLLBACK");
  if (!ok) {
    complain(PQerrorMessage(c));
    cmd(c, "ROLLBACK");  // expect: session-double-end
    return false;
  }
  return cmd(c, "COMMIT");
}

// 21: cursor in a transaction, closed and committed
int walk(PGconn* c) {
  if (!cmd(c, "BEGIN")) return -1;
  int n = -1;
  if (cmd(c, "DECLARE cur CURSOR FOR SELECT id FROM doc")) {
    n = 0;
    for (;;) {
      Result r(PQexec(c, "FETCH 100 FROM cur"));
      if (PQresultStatus(r.get()) != PGRES_TUPLES_OK) {
        n = -1;
        break;
      }
      int k = PQntuples(r.get());
      if (k == 0) break;
      n += k;
    }
  }
  cmd(c, n < 0 ? "ROLLBACK" : "COMMIT");
  return n;
}

}  // namespace pg
