// Sessions of SOCI that two threads use, or that end while another thread uses them.
// library: soci
#include <soci/soci.h>

#include <functional>
#include <future>
#include <string>
#include <thread>
#include <vector>

void logError(const std::string& what);

// The session goes back to the pool while the thread writes.
void onRequest(soci::connection_pool& pool, int mail) {
  soci::session sql(pool);
  std::thread([&sql, mail] { sql << "UPDATE mails SET sent = 1 WHERE id = :m", soci::use(mail); }).detach(); // expect: session-shared-across-threads
}

// Joined too late: both use it meanwhile.
int countWhile(soci::session& sql) {
  int orders = 0;
  int items = 0;
  std::thread worker([&sql, &items] { sql << "SELECT count(*) FROM items", soci::into(items); }); // expect: session-shared-across-threads
  sql << "SELECT count(*) FROM orders", soci::into(orders);
  worker.join();
  return orders + items;
}

// A task in flight.
int inFlight(const std::string& dsn) {
  soci::session sql(dsn);
  auto items = std::async(std::launch::async, [&sql] { // expect: session-shared-across-threads
    int n = 0;
    sql << "SELECT count(*) FROM items", soci::into(n);
    return n;
  });
  int orders = 0;
  sql << "SELECT count(*) FROM orders", soci::into(orders);
  return orders + items.get();
}

// By reference, as an argument.
static void touchAll(soci::session& sql, const std::vector<int>& ids) {
  for (const int id : ids)
    sql << "UPDATE items SET touched = 1 WHERE id = :i", soci::use(id);
}

void startTouching(const std::string& dsn, const std::vector<int>& ids) {
  soci::session sql(dsn);
  std::thread worker(touchAll, std::ref(sql), ids); // expect: session-shared-across-threads
  worker.detach();
}

// A jthread joins at the end of the scope, after the other use.
void archive(soci::session& sql, int before) {
  std::jthread worker([&sql, before] { sql << "DELETE FROM archive WHERE id < :b", soci::use(before); }); // expect: session-shared-across-threads
  sql << "DELETE FROM orders WHERE id < :b", soci::use(before);
}
