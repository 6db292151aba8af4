// Connections that a pool lends by reference and takes back by hand.
#include <string>

namespace db {

class Connection {
public:
  void exec(const std::string& sql);
  int scalar(const std::string& sql);
  bool isOpen() const noexcept;
  void begin();
  void commit();
  void rollback();
};

class Pool {
public:
  Connection& acquire();
  void release(Connection& connection) noexcept;
};

/// Of one thread: nobody gives it back.
class ThreadPool {
public:
  Connection& connection();
};

} // namespace db

class Held {
public:
  explicit Held(db::Pool& pool) : pool_(pool), connection_(pool.acquire()) {}
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() { pool_.release(connection_); }
  db::Connection& get() const { return connection_; }

private:
  db::Pool& pool_;
  db::Connection& connection_;
};

int jobs(db::Pool& pool) {
  db::Connection& connection = pool.acquire(); // expect: session-leak
  const int n = connection.scalar("SELECT count(*) FROM jobs");
  pool.release(connection);
  return n;
}

bool finish(db::Pool& pool, int id, bool dry) {
  db::Connection& connection = pool.acquire(); // expect: session-leak
  if (dry || !connection.isOpen()) return false;
  pool.release(connection);
  return id > 0;
}

bool probe(db::Pool& pool) {
  db::Connection& connection = pool.acquire();
  const bool open = connection.isOpen();
  pool.release(connection);
  return open;
}

int jobsHeld(db::Pool& pool) {
  const Held held(pool);
  return held.get().scalar("SELECT count(*) FROM jobs");
}

int jobsCaught(db::Pool& pool) {
  db::Connection& connection = pool.acquire();
  int n = -1;
  try {
    n = connection.scalar("SELECT count(*) FROM jobs");
  } catch (...) {
    pool.release(connection);
    throw;
  }
  pool.release(connection);
  return n;
}

int jobsOfThread(db::ThreadPool& pool) {
  db::Connection& connection = pool.connection();
  return connection.scalar("SELECT count(*) FROM jobs");
}
