// Sessions of Poco::Data used by two threads at once.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>

#include <future>
#include <string>
#include <thread>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

// The lease goes back while the thread uses it.
void onRequest(Poco::Data::SessionPool& pool, int id) {
  Session session(pool.get());
  std::thread([&session, id]() mutable { // expect: session-shared-across-threads
    session << "UPDATE mails SET sent = 1 WHERE id = ?", use(id), now;
  }).detach();
}

// Used here before the join.
int countBoth(Session& session) {
  int orders = 0;
  int items = 0;
  std::thread worker([&session, &orders] { // expect: session-shared-across-threads
    session << "SELECT count(*) FROM orders", into(orders), now;
  });
  session << "SELECT count(*) FROM items", into(items), now;
  worker.join();
  return orders + items;
}

// A copy shares the connection.
int countInBackground(Session& session) {
  auto orders = std::async(std::launch::async, [session]() mutable { // expect: session-shared-across-threads
    int n = 0;
    session << "SELECT count(*) FROM orders", into(n), now;
    return n;
  });
  int items = 0;
  session << "SELECT count(*) FROM items", into(items), now;
  return orders.get() + items;
}
