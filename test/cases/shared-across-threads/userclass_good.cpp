// Sessions of the project's own and threads, each session with one of them.
// header: session.h
#include "session.h"

#include <atomic>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void onRequest(db::Pool& pool, int mail) {
  std::thread([&pool, mail] {
    db::Session session = pool.acquire();
    session.exec("UPDATE mails SET sent = 1 WHERE id = ?", mail);
  }).detach();
}

// Moved into the thread.
void handOver(db::Pool& pool, int mail) {
  db::Session session = pool.acquire();
  session.exec("DELETE FROM locks");
  std::thread([own = std::move(session), mail]() mutable { own.exec("UPDATE mails SET sent = 1 WHERE id = ?", mail); }).detach();
}

static void touch(db::Session session, int id) {
  session.exec("UPDATE items SET touched = 1 WHERE id = ?", id);
}

void startTouching(const std::string& dsn, int id) {
  std::thread worker(touch, db::connect(dsn), id);
  worker.detach();
}

int both(db::Session& session) {
  int items = 0;
  std::thread worker([&session, &items] { items = session.scalar("SELECT count(*) FROM items"); });
  worker.join();
  return items + session.scalar("SELECT count(*) FROM orders");
}

int viaFuture(db::Session& session) {
  auto items = std::async(std::launch::async, [&session] { return session.scalar("SELECT count(*) FROM items"); });
  const int n = items.get();
  return n + session.scalar("SELECT count(*) FROM orders");
}

int pair(db::Pool& pool) {
  db::Session mine = pool.acquire();
  db::Session yours = pool.acquire();
  int n = 0;
  std::thread worker([&yours, &n] { n = yours.scalar("SELECT count(*) FROM items"); });
  const int m = mine.scalar("SELECT count(*) FROM orders");
  worker.join();
  return n + m;
}

// Called here, one after the other.
int each(db::Session& session, const std::vector<std::function<int(db::Session&)>>& steps) {
  int sum = 0;
  for (const auto& step : steps)
    sum += step(session);
  return sum;
}

int total(db::Session& session) {
  return each(session, {[](db::Session& s) { return s.scalar("SELECT 1"); }, [](db::Session& s) { return s.scalar("SELECT 2"); }});
}

// Ends with its block, before the session is used again.
void inBlock(db::Session& session) {
  {
    std::jthread worker([&session] { session.exec("DELETE FROM archive"); });
  }
  session.exec("DELETE FROM orders");
}

// Whoever has the lock has the session.
class Statistics {
public:
  void refresh() {
    std::thread counter([this] {
      const std::lock_guard<std::mutex> lock(mutex_);
      items_ = session_.scalar("SELECT count(*) FROM items");
    });
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      session_.exec("DELETE FROM stale");
    }
    counter.join();
  }

private:
  std::mutex mutex_;
  db::Session session_;
  int items_ = 0;
};

// The thread counts; the session it leaves alone.
class Progress {
public:
  void run() {
    std::thread ticker([this] {
      while (!done_) ++ticks_;
    });
    session_.exec("DELETE FROM stale");
    done_ = true;
    ticker.join();
  }

private:
  db::Session session_;
  std::atomic<bool> done_{false};
  std::atomic<int> ticks_{0};
};
