// Sessions of the project's own that two threads use.
// header: session.h
#include "session.h"

#include <functional>
#include <future>
#include <string>
#include <thread>

void onRequest(db::Pool& pool, int mail) {
  db::Session session = pool.acquire();
  std::thread([&session, mail] { session.exec("UPDATE mails SET sent = 1 WHERE id = ?", mail); }).detach(); // expect: session-shared-across-threads
}

int both(db::Session& session) {
  int items = 0;
  std::thread worker([&session, &items] { items = session.scalar("SELECT count(*) FROM items"); }); // expect: session-shared-across-threads
  const int orders = session.scalar("SELECT count(*) FROM orders");
  worker.join();
  return items + orders;
}

static void touch(db::Session& session, int id) {
  session.exec("UPDATE items SET touched = 1 WHERE id = ?", id);
}

void startTouching(const std::string& dsn, int id) {
  db::Session session = db::connect(dsn);
  std::thread worker(touch, std::ref(session), id); // expect: session-shared-across-threads
  worker.detach();
}

// By pointer.
int inFlight(db::Session* session) {
  auto items = std::async(std::launch::async, [session] { return session->scalar("SELECT count(*) FROM items"); }); // expect: session-shared-across-threads
  session->exec("DELETE FROM locks");
  return items.get();
}

// Through the object that holds the session.
class Statistics {
public:
  int refresh() {
    std::thread counter([this] { items_ = session_.scalar("SELECT count(*) FROM items"); }); // expect: session-shared-across-threads
    session_.exec("DELETE FROM stale");
    counter.join();
    return items_;
  }

private:
  db::Session session_;
  int items_ = 0;
};
