// Connections of libpq made raw, as the library has it, and owned from there on.
// library: libpq
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <libpq-fe.h>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct PgFinish {
  void operator()(PGconn* conn) const noexcept { PQfinish(conn); }
};
using PgConn = std::unique_ptr<PGconn, PgFinish>;

// In the owner's own initialiser.
int backendPid(const char* dsn) {
  const PgConn conn(PQconnectdb(dsn));
  return PQstatus(conn.get()) == CONNECTION_OK ? PQbackendPID(conn.get()) : 0;
}

// With the library's function as the deleter, and results cleared by hand.
std::string setting(const std::string& dsn, const std::string& name) {
  std::unique_ptr<PGconn, decltype(&PQfinish)> conn(PQconnectdb(dsn.c_str()), &PQfinish);
  if (PQstatus(conn.get()) != CONNECTION_OK) throw std::runtime_error("not connected");
  PGresult* res = PQexec(conn.get(), ("SHOW " + name).c_str());
  std::string value;
  if (PQresultStatus(res) == PGRES_TUPLES_OK) value = PQgetvalue(res, 0, 0);
  PQclear(res);
  return value;
}

// Shared among callbacks.
std::function<bool()> pinger(const char* dsn) {
  std::shared_ptr<PGconn> conn(PQconnectdb(dsn), [](PGconn* c) { PQfinish(c); });
  return [conn] {
    PGresult* res = PQexec(conn.get(), "SELECT 1");
    const bool alive = PQresultStatus(res) == PGRES_TUPLES_OK;
    PQclear(res);
    return alive;
  };
}

// Raw for two lines, and nothing in between.
PgConn connectQuietly(const char* dsn) {
  PGconn* raw = PQconnectdb(dsn);
  PgConn conn(raw);
  if (PQstatus(raw) != CONNECTION_OK) return nullptr;
  PQsetNoticeProcessor(raw, [](void*, const char*) {}, nullptr);
  return conn;
}

// Factories; what fails is finished, what works is handed out.
PGconn* tryConnect(const std::vector<std::string>& dsns) {
  for (const std::string& dsn : dsns) {
    PGconn* conn = PQconnectdb(dsn.c_str());
    if (PQstatus(conn) == CONNECTION_OK) return conn;
    std::fprintf(stderr, "%s", PQerrorMessage(conn));
    PQfinish(conn);
  }
  return nullptr;
}

std::optional<PgConn> connectAny(const std::vector<std::string>& dsns) {
  if (PGconn* conn = tryConnect(dsns)) return PgConn(conn);
  return std::nullopt;
}

// Opened by the constructor's initialiser, finished by the destructor.
class Listener {
public:
  explicit Listener(const char* dsn) : conn_(PQconnectdb(dsn)) {}
  ~Listener() { PQfinish(conn_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  bool usable() const { return PQstatus(conn_) == CONNECTION_OK; }
  int poll() {
    int seen = 0;
    PQconsumeInput(conn_);
    while (PGnotify* note = PQnotifies(conn_)) {
      ++seen;
      PQfreemem(note);
    }
    return seen;
  }

private:
  PGconn* conn_;
};

// A pool owns what it holds, though its elements are raw.
class Pool {
public:
  Pool(std::string dsn, std::size_t limit) : dsn_(std::move(dsn)), limit_(limit) {}
  ~Pool() {
    for (PGconn* conn : idle_) PQfinish(conn);
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  bool fill() {
    const std::lock_guard lock(mutex_);
    while (idle_.size() < limit_) {
      PGconn* conn = PQconnectdb(dsn_.c_str());
      if (PQstatus(conn) != CONNECTION_OK) {
        PQfinish(conn);
        return false;
      }
      idle_.push_back(conn);
    }
    return true;
  }

private:
  std::mutex mutex_;
  std::string dsn_;
  std::size_t limit_;
  std::vector<PGconn*> idle_;
};

// A copy of a borrowed handle is no acquisition.
bool inRecovery(const PgConn& owner) {
  PGconn* conn = owner.get();
  PGresult* res = PQexec(conn, "SELECT pg_is_in_recovery()");
  const bool yes = PQresultStatus(res) == PGRES_TUPLES_OK && PQgetvalue(res, 0, 0)[0] == 't';
  PQclear(res);
  return yes;
}

// The owner is told later, yet before anything can fail.
bool reconnect(PgConn& slot, const char* dsn) {
  PGconn* fresh = PQconnectdb(dsn);
  slot.reset(fresh);
  return PQstatus(fresh) == CONNECTION_OK;
}
