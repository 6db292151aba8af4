// A21: generators of sessions that are consumed to their end.
// library: soci sqlitecpp poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <soci/soci.h>

#include <coroutine>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

// In the shape of std::generator<T&>.
template <class T>
class Generator {
public:
  struct promise_type {
    T* current = nullptr;
    Generator get_return_object() { return Generator(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T& value) noexcept {
      current = &value;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { throw; }
  };
  struct Sentinel {};
  struct Iterator {
    std::coroutine_handle<promise_type> handle;
    T& operator*() const { return *handle.promise().current; }
    Iterator& operator++() {
      handle.resume();
      return *this;
    }
    bool operator==(Sentinel) const { return handle.done(); }
  };

  explicit Generator(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  Generator(Generator&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Generator& operator=(Generator&&) = delete;
  ~Generator() {
    if (handle_)
      handle_.destroy();
  }
  Iterator begin() {
    handle_.resume();
    return {handle_};
  }
  Sentinel end() { return {}; }

private:
  std::coroutine_handle<promise_type> handle_;
};

Generator<soci::session> inTransaction(soci::connection_pool& pool) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  co_yield sql;
  tr.commit();
}

// Continue resumes the generator; the value leaves after the loop.
int touch(soci::connection_pool& pool, int order) {
  int n = 0;
  for (soci::session& sql : inTransaction(pool)) {
    sql << "SELECT count(*) FROM orders WHERE id = :o", soci::into(n), soci::use(order);
    if (n == 0)
      continue;
    sql << "UPDATE orders SET touched = 1 WHERE id = :o", soci::use(order);
  }
  return n;
}

Generator<SQLite::Database> database(std::string path) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  co_yield db;
}

// Nothing follows the yield: leaving early skips nothing.
int size(const std::string& path) {
  int n = 0;
  for (SQLite::Database& db : database(path))
    n = db.execAndGet("SELECT count(*) FROM words").getInt();
  return n;
}

Generator<Poco::Data::Session> unit(Poco::Data::SessionPool& pool) {
  Poco::Data::Session session(pool.get());
  Poco::Data::Transaction transaction(session);
  co_yield session;
  transaction.commit();
}

// A throw is meant to roll back.
void reserve(Poco::Data::SessionPool& pool, int wanted) {
  using namespace Poco::Data::Keywords;
  for (Poco::Data::Session& session : unit(pool)) {
    int left = 0;
    session << "SELECT free FROM shows", into(left), now;
    if (left < wanted)
      throw std::runtime_error("sold out");
    session << "UPDATE shows SET free = free - ?", use(wanted), now;
  }
}
