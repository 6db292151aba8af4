// Lending desk of a library; scopes are handed out by coroutines.
#include <coroutine>
#include <exception>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace stacks::coro {

template <class T> class generator {
public:
  struct promise_type {
    T* current = nullptr;
    std::exception_ptr error;
    generator get_return_object() { return generator(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T& v) noexcept {
      current = &v;
      return {};
    }
    void return_void() noexcept {}
    void unhandled_exception() { error = std::current_exception(); }
  };
  class iterator {
  public:
    explicit iterator(std::coroutine_handle<promise_type> h) : h_(h) {}
    iterator& operator++() {
      h_.resume();
      check();
      return *this;
    }
    T& operator*() const noexcept { return *h_.promise().current; }
    bool operator==(std::default_sentinel_t) const noexcept { return h_.done(); }
    void check() {
      if (h_.promise().error)
        std::rethrow_exception(h_.promise().error);
    }

  private:
    std::coroutine_handle<promise_type> h_;
  };
  explicit generator(std::coroutine_handle<promise_type> h) : h_(h) {}
  generator(generator&& o) noexcept : h_(std::exchange(o.h_, {})) {}
  generator(const generator&) = delete;
  ~generator() {
    if (h_)
      h_.destroy();
  }
  iterator begin() {
    h_.resume();
    iterator it(h_);
    it.check();
    return it;
  }
  std::default_sentinel_t end() const noexcept { return {}; }

private:
  std::coroutine_handle<promise_type> h_;
};

template <class T> struct task_promise;

template <class T> class task {
public:
  using promise_type = task_promise<T>;
  explicit task(std::coroutine_handle<promise_type> h) : h_(h) {}
  task(task&& o) noexcept : h_(std::exchange(o.h_, {})) {}
  task(const task&) = delete;
  ~task() {
    if (h_)
      h_.destroy();
  }
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> who) noexcept;
  T await_resume();

private:
  std::coroutine_handle<promise_type> h_;
};

template <class T> struct task_promise {
  std::optional<T> value;
  std::exception_ptr error;
  std::coroutine_handle<> waiter;
  struct resume_waiter {
    bool await_ready() noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<task_promise> h) noexcept {
      return h.promise().waiter ? h.promise().waiter : std::noop_coroutine();
    }
    void await_resume() noexcept {}
  };
  task<T> get_return_object() { return task<T>(std::coroutine_handle<task_promise>::from_promise(*this)); }
  std::suspend_always initial_suspend() noexcept { return {}; }
  resume_waiter final_suspend() noexcept { return {}; }
  void return_value(T v) { value.emplace(std::move(v)); }
  void unhandled_exception() { error = std::current_exception(); }
};

template <class T> std::coroutine_handle<> task<T>::await_suspend(std::coroutine_handle<> who) noexcept {
  h_.promise().waiter = who;
  return h_;
}

template <class T> T task<T>::await_resume() {
  if (h_.promise().error)
    std::rethrow_exception(h_.promise().error);
  return std::move(*h_.promise().value);
}

}  // namespace stacks::coro

namespace stacks::data {

class DataError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class Session {
public:
  Session(Session&&) noexcept;
  Session(const Session&) = delete;
  ~Session();
  template <class... A> int exec(const char* sql, const A&... a);
  template <class... A> std::optional<long> scalar(const char* sql, const A&... a);
  template <class... A> coro::task<int> exec_async(const char* sql, A... a);
  void begin();
  void commit();
  void rollback() noexcept;
};

class Transaction {
public:
  explicit Transaction(Session& s);
  Transaction(const Transaction&) = delete;
  ~Transaction();
  void commit();
};

struct Loan {
  long id = 0;
  long reader = 0;
  int days = 0;
};

class Cursor {
public:
  Cursor(Session& s, const char* sql);
  Cursor(const Cursor&) = delete;
  ~Cursor();
  bool fetch(Loan& out);
};

class Pool {
public:
  Session acquire();
};

}  // namespace stacks::data

namespace stacks {

using coro::generator;
using coro::task;
using data::Cursor;
using data::DataError;
using data::Loan;
using data::Pool;
using data::Session;
using data::Transaction;

void trace(const std::string& what) noexcept;

generator<Session> plain_session(Pool& pool) {
  Session s = pool.acquire();
  trace("session out");
  co_yield s;
  trace("session back");
}

generator<Session> unit_of_work(Pool& pool) {
  Session s = pool.acquire();
  Transaction tx(s);
  co_yield s;
  tx.commit();
}

generator<Loan> overdue(Session& s, int days) {
  Cursor c(s, "SELECT id, reader, days FROM loan ORDER BY days DESC");
  Loan l;
  while (c.fetch(l)) {
    if (l.days < days)
      co_return;
    co_yield l;
  }
}

bool lend(Pool& pool, long book, long reader) {
  for (Session& s : unit_of_work(pool)) {
    if (s.scalar("SELECT count(*) FROM loan WHERE reader = ?", reader).value_or(0) >= 10)
      throw DataError("too many loans");
    s.exec("INSERT INTO loan(book, reader) VALUES (?, ?)", book, reader);
    s.exec("UPDATE book SET shelf = NULL WHERE id = ?", book);
    return true;  // expect: session-generator-early-return
  }
  return false;
}

bool give_back(Pool& pool, long book, long shelf) {
  bool late = false;
  for (Session& s : unit_of_work(pool)) {
    auto days = s.scalar("SELECT days FROM loan WHERE book = ?", book);
    s.exec("UPDATE book SET shelf = ? WHERE id = ?", shelf, book);
    if (!days)
      continue;
    s.exec("DELETE FROM loan WHERE book = ?", book);
    late = *days > 28;
    if (late)
      s.exec("UPDATE reader SET fines = fines + ?", *days - 28);
  }
  return late;
}

long shelf_of(Pool& pool, long book) {
  Session& s = *plain_session(pool).begin();  // expect: session-generator-early-return
  auto shelf = s.scalar("SELECT shelf FROM book WHERE id = ?", book);
  if (!shelf) {
    trace("book is lent");
    return 0;
  }
  return *shelf;
}

long copies_of(Pool& pool, long title) {
  auto scope = plain_session(pool);
  auto it = scope.begin();
  Session& s = *it;
  long n = s.scalar("SELECT count(*) FROM book WHERE title = ?", title).value_or(0);
  if (n == 0)
    return 0;
  n -= s.scalar("SELECT count(*) FROM loan JOIN book USING (book) WHERE title = ?", title).value_or(0);
  return n;
}

int withdraw_title(Pool& pool, long title) {
  int removed = 0;
  for (Session& s : unit_of_work(pool)) {
    removed = s.exec("UPDATE book SET withdrawn = 1 WHERE title = ?", title);
    s.exec("DELETE FROM hold WHERE title = ?", title);
    if (removed > 0) {
      trace("title withdrawn");
      break;  // expect: session-generator-early-return
    }
    s.exec("DELETE FROM title WHERE id = ?", title);
  }
  return removed;
}

std::optional<long> first_overdue(Pool& pool, int days) {
  Session s = pool.acquire();
  for (const Loan& l : overdue(s, days)) {
    if (l.reader == 0)
      continue;
    return l.id;
  }
  return std::nullopt;
}

std::map<long, int> worst_readers(Session& s, std::size_t limit) {
  std::map<long, int> worst;
  for (const Loan& l : overdue(s, 28)) {
    worst[l.reader] += l.days;
    if (worst.size() >= limit)
      break;
  }
  return worst;
}

class Desk {
public:
  explicit Desk(Pool& pool) : pool_(pool) {}

  void sit_down() {
    for (Session& s : plain_session(pool_)) {
      s.exec("UPDATE desk SET open = 1");
      current_ = &s;  // expect: session-generator-early-return
    }
  }

  long waiting() {
    long n = 0;
    for (Session& s : plain_session(pool_))
      n = s.scalar("SELECT count(*) FROM queue").value_or(0);
    return n;
  }

  bool serve(long reader) {
    bool served = false;
    for (Session& s : unit_of_work(pool_)) {
      auto next = [&s]() -> long {
        auto id = s.scalar("SELECT min(id) FROM queue");
        if (!id)
          return 0;
        return *id;
      };
      long id = next();
      if (id != 0) {
        s.exec("DELETE FROM queue WHERE id = ?", id);
        s.exec("INSERT INTO served(reader, ticket) VALUES (?, ?)", reader, id);
        served = true;
      }
    }
    return served;
  }

private:
  Pool& pool_;
  Session* current_ = nullptr;
};

Session* night_session(Pool& pool, bool wanted) {
  if (!wanted)
    return nullptr;
  auto scope = plain_session(pool);
  for (auto it = scope.begin(); it != scope.end(); ++it) {
    Session* s = &*it;
    s->exec("SET night = on");
    return s;  // expect: session-generator-early-return
  }
  return nullptr;
}

task<int> renew(Session& s, long loan) {
  Transaction tx(s);
  int n = co_await s.exec_async("UPDATE loan SET days = 0 WHERE id = ? AND renewals < 3", loan);
  if (n == 0)
    co_return 0;
  co_await s.exec_async("UPDATE loan SET renewals = renewals + 1 WHERE id = ?", loan);
  tx.commit();
  co_return n;
}

task<int> renew_all(Pool& pool, std::vector<long> loans) {
  int done = 0;
  Session s = pool.acquire();
  for (long id : loans) {
    int n = co_await renew(s, id);
    done += n;
    if (n == 0)
      trace("not renewed: " + std::to_string(id));
  }
  co_return done;
}

task<bool> order_copy(Session& s, long title, long vendor) {
  s.begin();
  try {
    co_await s.exec_async("INSERT INTO purchase(title, vendor) VALUES (?, ?)", title, vendor);
    co_await s.exec_async("UPDATE budget SET spent = spent + (SELECT price FROM title WHERE id = ?)", title);
    s.commit();
  } catch (const DataError& e) {  // expect: session-missing-rollback
    trace(e.what());
    co_return false;
  }
  co_return true;
}

task<bool> cancel_order(Session& s, long purchase) {
  std::exception_ptr failure;
  s.begin();
  try {
    co_await s.exec_async("DELETE FROM purchase WHERE id = ?", purchase);
    co_await s.exec_async("UPDATE budget SET spent = (SELECT sum(price) FROM purchase)");
    s.commit();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    s.rollback();
    std::rethrow_exception(failure);
  }
  co_return true;
}

task<long> enroll(Pool& pool, std::string name, bool child) {
  for (Session& s : unit_of_work(pool)) {
    int n = co_await s.exec_async("INSERT INTO reader(name, child) VALUES (?, ?)", name, child);
    if (n != 1)
      throw DataError("not enrolled");
    auto id = s.scalar("SELECT last_id()");
    co_return id.value_or(0);  // expect: session-generator-early-return
  }
  co_return 0;
}

task<long> enroll_class(Pool& pool, std::vector<std::string> names) {
  long added = 0;
  for (Session& s : unit_of_work(pool)) {
    for (const std::string& n : names) {
      if (n.empty())
        break;
      added += co_await s.exec_async("INSERT INTO reader(name, child) VALUES (?, 1)", n);
    }
    s.exec("INSERT INTO school_log(n) VALUES (?)", added);
  }
  co_return added;
}

std::vector<long> readers_of(Pool& pool, long title) {
  std::vector<long> out;
  for (Session& s : plain_session(pool)) {
    Cursor c(s, "SELECT id, reader, days FROM loan");
    Loan l;
    while (c.fetch(l)) {
      if (l.id == title)
        out.push_back(l.reader);
    }
  }
  return out;
}

bool is_blocked(Pool& pool, long reader) {
  for (Session& s : plain_session(pool)) {
    auto fines = s.scalar("SELECT fines FROM reader WHERE id = ?", reader);
    return fines.value_or(0) > 50;
  }
  return true;
}

void collect_fines(Pool& pool, long reader, long paid) {
  for (Session& s : unit_of_work(pool)) {
    auto due = s.scalar("SELECT fines FROM reader WHERE id = ? FOR UPDATE", reader);
    if (!due || paid > *due)
      throw DataError("overpaid");
    s.exec("UPDATE reader SET fines = fines - ? WHERE id = ?", paid, reader);
    s.exec("INSERT INTO till(reader, cents) VALUES (?, ?)", reader, paid);
  }
  trace("fines paid by " + std::to_string(reader));
}

int purge_readers(Session& s, const std::vector<long>& ids) {
  int n = 0;
  Transaction tx(s);
  for (long id : ids) {
    try {
      s.exec("DELETE FROM loan_history WHERE reader = ?", id);
      n += s.exec("DELETE FROM reader WHERE id = ?", id);
    } catch (const DataError& e) {
      trace("purge stopped at " + std::to_string(id) + ": " + e.what());
      throw;
    }
  }
  tx.commit();
  return n;
}

}  // namespace stacks
