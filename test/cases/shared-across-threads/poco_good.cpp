// Threads with sessions of Poco::Data of their own, or with the only one.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>

#include <functional>
#include <future>
#include <string>
#include <thread>
#include <utility>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;

// The pool goes along, it is made for that.
void onRequest(SessionPool& pool, int id) {
  std::thread([&pool, id]() mutable {
    Session session(pool.get());
    session << "UPDATE mails SET sent = 1 WHERE id = ?", use(id), now;
  }).detach();
}

// Moved in.
void handOver(SessionPool& pool, int id) {
  Session session(pool.get());
  session << "UPDATE mails SET queued = 1 WHERE id = ?", use(id), now;
  std::thread([own = std::move(session), id]() mutable {
    own << "UPDATE mails SET sent = 1 WHERE id = ?", use(id), now;
  }).detach();
}

// Joined before the next use.
int countBoth(Session& session) {
  int orders = 0;
  int items = 0;
  std::thread worker([&session, &orders] { session << "SELECT count(*) FROM orders", into(orders), now; });
  worker.join();
  session << "SELECT count(*) FROM items", into(items), now;
  return orders + items;
}

// Waited for.
int countInBackground(Session& session) {
  auto orders = std::async(std::launch::async, [&session] {
    int n = 0;
    session << "SELECT count(*) FROM orders", into(n), now;
    return n;
  });
  const int n = orders.get();
  session << "UPDATE statistics SET orders = " + std::to_string(n), now;
  return n;
}

// One for each thread.
Session& local() {
  thread_local Session session("SQLite", "shop.db");
  return session;
}

void touchBoth() {
  std::thread a([] { local() << "UPDATE orders SET touched = 1", now; });
  std::thread b([] { local() << "UPDATE items SET touched = 1", now; });
  a.join();
  b.join();
}
