// Sessions of the project's own, in coroutines and behind interfaces.
// header: session.h
// config: {"rules": {"session-held-across-blocking": {"AlsoBlocking": "Gateway::send", "SafeAwaitables": "Yield;tick"}}}
#include "session.h"

#include <coroutine>
#include <functional>
#include <string>
#include <thread>
#include <unistd.h>

struct Task {
  struct promise_type {
    Task get_return_object();
    std::suspend_never initial_suspend();
    std::suspend_never final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};

struct Answer {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  std::string await_resume();
};
struct Yield {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
Answer fetch(const std::string& url);
Answer query(db::Session& session, const std::string& sql);
Answer tick();

class Gateway {
public:
  virtual ~Gateway();
  virtual void send(const std::string& text) = 0;
  virtual void queue(const std::string& text) = 0;
};

class Sms : public Gateway {
public:
  void send(const std::string& text) override;
  void queue(const std::string& text) override;
};

// ---- bad

Task fetchInside(db::Pool& pool, std::string url) {
  db::Session session = pool.acquire();
  const std::string page = co_await fetch(url); // expect: session-held-across-blocking "this co_await suspends the coroutine while 'session' is held"
  session.exec("INSERT INTO pages VALUES(?)", page);
}

Task fetchInTransaction(db::Session& session, std::string url) {
  db::Transaction tx(session);
  session.exec("DELETE FROM pages");
  const std::string page = co_await fetch(url); // expect: session-held-across-blocking "while transaction 'tx' is open"
  session.exec("INSERT INTO pages VALUES(?)", page);
  tx.commit();
}

void tell(db::Pool& pool, Gateway& gateway) {
  db::Session session = pool.acquire();
  session.exec("UPDATE mails SET told = 1");
  gateway.send("told"); // expect: session-held-across-blocking "Gateway::send"
}

// The override counts as what it overrides.
void tellBySms(db::Session& session, Sms& sms) {
  session.begin();
  try {
    session.exec("UPDATE mails SET told = 1");
    sms.send("told"); // expect: session-held-across-blocking "Sms::send"
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
}

// ---- good

Task fetchOutside(db::Pool& pool, std::string url) {
  const std::string page = co_await fetch(url);
  db::Session session = pool.acquire();
  session.exec("INSERT INTO pages VALUES(?)", page);
}

// What is awaited is the session's own work.
Task asynchronous(db::Pool& pool) {
  db::Session session = pool.acquire();
  const std::string first = co_await query(session, "SELECT 1");
  session.exec("INSERT INTO pages VALUES(?)", first);
}

// Both are said to take no time.
Task polite(db::Session& session) {
  db::Transaction tx(session);
  session.exec("DELETE FROM pages");
  co_await Yield{};
  co_await tick();
  tx.commit();
}

// Only put into a queue.
void tellLater(db::Pool& pool, Gateway& gateway) {
  db::Session session = pool.acquire();
  session.exec("UPDATE mails SET told = 1");
  gateway.queue("told");
}

// Somebody else runs it, some time.
std::function<void()> remember(db::Session& session, Gateway& gateway) {
  db::Transaction tx(session);
  session.exec("UPDATE mails SET told = 1");
  auto later = [&gateway] { gateway.send("told"); };
  tx.commit();
  return later;
}
