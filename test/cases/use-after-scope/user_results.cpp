// Sessions inside results (`Result<Session>`), and handles that a session shows of itself.
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>

namespace shop {

struct Error {
  int code;
};

template <class T> class Result {
public:
  Result(T value);
  Result(Error error);
  ~Result();
  bool ok() const;
  explicit operator bool() const;
  T& value();
  T& operator*();
  T* operator->();
  const Error& error() const;
};

class Session {
public:
  static Result<Session> open(const std::string& path);
  Session(Session&& other) noexcept;
  ~Session();
  void begin();
  void commit();
  void rollback();
  void exec(const std::string& sql);
  int scalar(const std::string& sql);
  sqlite3* native() const noexcept;
};

class Pool {
public:
  Result<std::unique_ptr<Session>> acquire();
};

// The result goes, and the session with it.
Session& opened(const std::string& path) {
  auto session = Session::open(path);
  if (!session.ok()) throw std::runtime_error("cannot open " + path);
  return *session; // expect: session-use-after-scope
}

int purge(Pool& pool) {
  Session* kept = nullptr;
  if (auto lease = pool.acquire()) kept = lease->get();
  if (kept == nullptr) return 0;
  kept->exec("DELETE FROM carts WHERE old"); // expect: session-use-after-scope
  return 1;
}

sqlite3* tuned(const std::string& path) {
  auto session = Session::open(path);
  if (!session) return nullptr;
  session->exec("PRAGMA journal_mode = WAL");
  return session->native(); // expect: session-use-after-scope
}

int stockOf(const std::string& path) {
  sqlite3* db = nullptr;
  if (auto session = Session::open(path)) db = session->native();
  if (db == nullptr) return -1;
  return sqlite3_exec(db, "SELECT count(*) FROM stock", nullptr, nullptr, nullptr); // expect: session-use-after-scope
}

// Given on as it came.
Result<Session> readOnly(const std::string& path) {
  auto session = Session::open(path);
  if (!session) return session;
  (*session).exec("PRAGMA query_only = 1");
  return session;
}

int refill(Pool& pool, int rounds) {
  auto lease = pool.acquire();
  if (!lease) return lease.error().code;
  Session& session = **lease;
  session.begin();
  try {
    for (int i = 0; i < rounds; ++i) session.exec("UPDATE stock SET n = n + 1");
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
  return 0;
}

// One transaction, half of it through the handle inside.
bool rename(Session& session, const std::string& to) {
  sqlite3* db = session.native();
  session.begin();
  if (sqlite3_exec(db, "UPDATE shop SET name = 'x'", nullptr, nullptr, nullptr) != SQLITE_OK) {
    session.rollback();
    return false;
  }
  try {
    session.exec("INSERT INTO log(text) VALUES('" + to + "')");
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
  return sqlite3_changes(db) > 0;
}

sqlite3* nativeOf(const std::shared_ptr<Session>& session) {
  return session->native();
}

} // namespace shop
