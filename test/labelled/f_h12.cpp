// Ticketing service; the database layer is only declared here and lives in another library.
#include <chrono>
#include <coroutine>
#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace db {

struct Error : std::runtime_error { using std::runtime_error::runtime_error; };
struct Conflict : Error { using Error::Error; };

class Session {
public:
  explicit Session(const std::string& dsn);
  Session(Session&&) noexcept;
  ~Session();
  void begin();
  void commit();
  void rollback();
  int exec(const std::string& sql);
  long scalar(const std::string& sql);
};

class Transaction {
public:
  explicit Transaction(Session& s);
  Transaction(const Transaction&) = delete;
  ~Transaction();
  void commit();
  void rollback();
};

class Pool {
public:
  Session acquire();
};

template <class T>
class generator {
public:
  struct promise_type {
    T* value = nullptr;
    std::exception_ptr error;
    generator get_return_object() { return generator(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T& v) noexcept { value = &v; return {}; }
    void return_void() noexcept {}
    void unhandled_exception() { throw; }
  };
  struct iterator {
    std::coroutine_handle<promise_type> h;
    bool operator!=(std::default_sentinel_t) const { return !h.done(); }
    void operator++() { h.resume(); }
    T& operator*() const { return *h.promise().value; }
  };
  explicit generator(std::coroutine_handle<promise_type> h) : h_(h) {}
  generator(generator&& o) noexcept : h_(std::exchange(o.h_, {})) {}
  ~generator() { if (h_) h_.destroy(); }
  iterator begin() { h_.resume(); return {h_}; }
  std::default_sentinel_t end() const { return {}; }
private:
  std::coroutine_handle<promise_type> h_;
};

}  // namespace db

namespace tickets {

template <class T> using Result = std::variant<T, std::string>;
struct Ticket { int id = 0; int event = 0; std::string holder; };

void log(const std::string& s) noexcept { std::clog << "tickets: " << s << '\n'; }
bool charge(const std::string& card, int cents);
std::string num(long n) { return std::to_string(n); }

template <class F>
auto withTransaction(db::Pool& pool, F fn) -> decltype(fn(std::declval<db::Session&>())) {
  db::Session s = pool.acquire();
  db::Transaction tx(s);
  auto result = fn(s);
  tx.commit();
  return result;
}

template <class F>
bool retry(int attempts, F fn) {
  for (int i = 0; i < attempts; ++i) {
    try {
      fn();
      return true;
    } catch (const db::Conflict& e) {
      log(e.what());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(3 << i));
  }
  return false;
}

db::generator<db::Session> unitOfWork(db::Pool& pool) {
  db::Session s = pool.acquire();
  db::Transaction tx(s);
  co_yield s;
  tx.commit();
}

long sell(db::Pool& pool, const Ticket& t) {
  return withTransaction(pool, [&](db::Session& s) {
    s.exec("INSERT INTO ticket VALUES(" + num(t.id) + "," + num(t.event) + ")");
    return s.scalar("SELECT count(*) FROM ticket WHERE event=" + num(t.event));
  });
}

bool sellRetrying(db::Pool& pool, const Ticket& t) {
  return retry(3, [&] {
    db::Session s = pool.acquire();
    db::Transaction tx(s);
    if (s.scalar("SELECT seats FROM event WHERE id=" + num(t.event)) == 0) return;
    s.exec("UPDATE event SET seats=seats-1 WHERE id=" + num(t.event));
    s.exec("INSERT INTO ticket VALUES(" + num(t.id) + "," + num(t.event) + ")");
    tx.commit();
  });
}

Result<int> purchase(db::Pool& pool, const Ticket& t, const std::string& card) {
  db::Session s = pool.acquire();
  db::Transaction tx(s);
  s.exec("INSERT INTO ticket VALUES(" + num(t.id) + "," + num(t.event) + ")");
  if (!charge(card, 2500)) return std::string("card refused");
  s.exec("UPDATE ticket SET paid=1 WHERE id=" + num(t.id));
  tx.commit();
  return t.id;
}

void scanGate(db::Pool& pool, const std::vector<int>& ids) {
  for (db::Session& s : unitOfWork(pool)) {
    for (int id : ids) {
      if (id <= 0) continue;
      s.exec("UPDATE ticket SET scanned=1 WHERE id=" + num(id));
    }
    if (ids.empty()) continue;
    s.exec("INSERT INTO gate_log VALUES(" + num(static_cast<long>(ids.size())) + ")");
  }
}

bool upgrade(db::Pool& pool, int id, int category) {
  for (db::Session& s : unitOfWork(pool)) {
    s.exec("UPDATE ticket SET category=" + num(category) + " WHERE id=" + num(id));
    if (s.scalar("SELECT vip FROM category WHERE id=" + num(category)) == 1)
      return true;  // expect: session-generator-early-return
    s.exec("DELETE FROM lounge WHERE ticket=" + num(id));
  }
  return false;
}

void blockSeat(db::Pool& pool, int seat) {
  db::Session& s = *unitOfWork(pool).begin();  // expect: session-generator-early-return
  s.exec("UPDATE seat SET blocked=1 WHERE id=" + num(seat));
  log("blocked seat " + num(seat));
}

void refund(db::Pool& pool, const std::vector<int>& ids) {
  db::Session s = pool.acquire();
  db::Transaction tx(s);
  auto one = [&s](int id) {
    s.exec("UPDATE ticket SET state='refunded' WHERE id=" + num(id));
    s.exec("INSERT INTO refund VALUES(" + num(id) + ")");
  };
  for (int id : ids) {
    try {
      one(id);
    } catch (const std::exception& e) {  // expect: session-swallow-and-commit
      log(num(id) + ": " + e.what());
    }
  }
  tx.commit();
}

std::optional<Ticket> hold(db::Pool& pool, int event, const std::string& holder) {
  db::Session s = pool.acquire();
  std::optional<db::Transaction> tx;
  tx.emplace(s);
  const long id = s.scalar("SELECT min(id) FROM ticket WHERE free=1 AND event=" + num(event));
  if (id == 0) return std::nullopt;
  s.exec("UPDATE ticket SET free=0 WHERE id=" + num(id));
  tx->commit();
  return Ticket{static_cast<int>(id), event, holder};
}

void renameEvent(db::Session& s, int event, const std::string& name) {
  s.begin();
  auto undo = [&s](const char* why) {
    s.rollback();
    log(why);
  };
  try {
    s.exec("UPDATE event SET name='" + name + "' WHERE id=" + num(event));
    s.exec("INSERT INTO event_log VALUES(" + num(event) + ")");
    s.commit();
  } catch (const db::Conflict& e) {
    undo(e.what());
  } catch (...) {
    undo("rename failed");
    throw;
  }
}

void reprice(db::Session& s, int event, int cents) {
  db::Transaction tx(s);
  s.exec("UPDATE event SET price=" + num(cents) + " WHERE id=" + num(event));
  auto notify = [&] {
    db::Transaction inner(s);  // expect: session-nested-begin
    s.exec("INSERT INTO mail SELECT holder FROM ticket WHERE event=" + num(event));
    inner.commit();
  };
  notify();
  tx.commit();
}

void recordSale(db::Pool& pool, const Ticket& t) {
  auto write = [&pool](const std::string& sql) {
    db::Session s = pool.acquire();
    s.exec(sql);
  };
  write("INSERT INTO page_view VALUES(" + num(t.event) + ")");
  log("viewed " + num(t.event));
}

void statistics(db::Pool& pool) {
  std::vector<std::thread> workers;
  for (int shard = 0; shard < 4; ++shard)
    workers.emplace_back([&pool, shard] {
      try {
        db::Session own = pool.acquire();
        db::Transaction tx(own);
        own.exec("UPDATE stats SET n=n+1 WHERE shard=" + num(shard));
        tx.commit();
      } catch (const db::Error& e) {
        log(e.what());
      }
    });
  for (std::thread& w : workers) w.join();
}

void countShards(db::Pool& pool) {
  db::Session s = pool.acquire();
  std::vector<std::thread> workers;
  for (int shard = 0; shard < 4; ++shard)
    workers.emplace_back([&s, shard] {  // expect: session-shared-across-threads
      try {
        s.exec("UPDATE stats SET n=0 WHERE shard=" + num(shard));
      } catch (const db::Error& e) {
        log(e.what());
      }
    });
  for (std::thread& w : workers) w.join();
}

long overview(db::Pool& pool, int event) {
  db::Session s = pool.acquire();
  auto sold = std::async(std::launch::async, [&s, event] { return s.scalar("SELECT count(*) FROM ticket WHERE event=" + num(event)); });
  const long n = sold.get();
  return n * 100 / s.scalar("SELECT capacity FROM event WHERE id=" + num(event));
}

void archive(db::Session& s, int event) {
  db::Transaction tx(s);
  s.exec("INSERT INTO old_ticket SELECT * FROM ticket WHERE event=" + num(event));
  const int gone = s.exec("DELETE FROM ticket WHERE event=" + num(event));
  if (gone == 0)
    tx.rollback();
  else
    tx.commit();
}

bool swapSeats(db::Session& s, int a, int b) {
  db::Transaction tx(s);
  const int n = s.exec("UPDATE ticket SET seat=seat WHERE id IN (" + num(a) + "," + num(b) + ")");
  if (n != 2) tx.rollback();
  s.exec("INSERT INTO swap_log VALUES(" + num(a) + "," + num(b) + ")");
  tx.commit();  // expect: session-double-end
  return n == 2;
}

db::Session openChecked(const std::string& dsn) {
  db::Session s(dsn);
  s.exec("SELECT 1");
  return s;
}

struct Desk {
  db::Session session;
  std::string name;
};

std::unique_ptr<Desk> openDesk(db::Pool& pool, std::string name) {
  db::Session s = pool.acquire();
  s.exec("INSERT INTO desk VALUES('" + name + "')");
  return std::make_unique<Desk>(Desk{std::move(s), std::move(name)});
}

void closeDesk(std::unique_ptr<Desk> desk, std::vector<db::Session>& spare) {
  spare.push_back(std::move(desk->session));
  desk->session.exec("DELETE FROM desk WHERE name='" + desk->name + "'");  // expect: session-use-after-scope
}

void nightly(db::Pool& pool) {
  const std::function<void(db::Session&)> steps[] = {
      [](db::Session& s) { s.exec("DELETE FROM hold WHERE expired=1"); },
      [](db::Session& s) { s.exec("UPDATE event SET past=1 WHERE day < today()"); },
  };
  db::Session s = pool.acquire();
  for (const auto& step : steps) {
    if (!retry(5, [&] {
          db::Transaction tx(s);
          step(s);
          tx.commit();
        }))
      log("nightly step gave up");
  }
}

}  // namespace tickets
