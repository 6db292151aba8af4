// Sessions of SOCI and threads that do not get in each other's way.
// library: soci
#include <soci/soci.h>

#include <algorithm>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void logError(const std::string& what);

// The thread leases its own.
void onRequest(soci::connection_pool& pool, int mail) {
  std::thread([&pool, mail] {
    soci::session sql(pool);
    sql << "UPDATE mails SET sent = 1 WHERE id = :m", soci::use(mail);
  }).detach();
}

// Joined before the next use.
int countBoth(soci::session& sql) {
  int orders = 0;
  int items = 0;
  std::thread worker([&sql, &items] { sql << "SELECT count(*) FROM items", soci::into(items); });
  worker.join();
  sql << "SELECT count(*) FROM orders", soci::into(orders);
  return orders + items;
}

// The task is waited for before anything else happens.
int viaFuture(const std::string& dsn) {
  soci::session sql(dsn);
  auto items = std::async(std::launch::async, [&sql] {
    int n = 0;
    sql << "SELECT count(*) FROM items", soci::into(n);
    return n;
  });
  const int n = items.get();
  int orders = 0;
  sql << "SELECT count(*) FROM orders", soci::into(orders);
  return n + orders;
}

// Handed over for good.
void handOver(const std::string& dsn, int id) {
  auto sql = std::make_unique<soci::session>(dsn);
  *sql << "DELETE FROM locks";
  std::thread([own = std::move(sql), id] { *own << "UPDATE items SET touched = 1 WHERE id = :i", soci::use(id); }).detach();
}

// One session for each thread that asks.
soci::session& local() {
  thread_local soci::session sql("sqlite3", "local.db");
  return sql;
}

void inThread(int id) {
  std::thread worker([id] { local() << "UPDATE items SET touched = 1 WHERE id = :i", soci::use(id); });
  local() << "DELETE FROM locks";
  worker.join();
}

// A block ends the thread before the session is used again.
void inBlock(soci::session& sql, int before) {
  {
    std::jthread worker([&sql, before] { sql << "DELETE FROM archive WHERE id < :b", soci::use(before); });
  }
  sql << "DELETE FROM orders WHERE id < :b", soci::use(before);
}

// A lambda with a session, and no thread.
void touchAll(soci::session& sql, const std::vector<int>& ids) {
  std::for_each(ids.begin(), ids.end(), [&sql](int id) { sql << "UPDATE items SET touched = 1 WHERE id = :i", soci::use(id); });
}

// A thread without the session.
void withTicker(soci::session& sql, int id) {
  std::jthread ticker([] { logError("working"); });
  sql << "UPDATE items SET touched = 1 WHERE id = :i", soci::use(id);
}

// Run when get() asks for it, in the same thread.
int lazily(soci::session& sql) {
  auto n = std::async(std::launch::deferred, [&sql] {
    int count = 0;
    sql << "SELECT count(*) FROM items", soci::into(count);
    return count;
  });
  return n.get();
}

// Many workers, each with its own; the caller's is used by the caller.
void inParallel(soci::connection_pool& pool, const std::vector<int>& parts) {
  std::vector<std::thread> workers;
  soci::session sql(pool);
  for (const int part : parts)
    workers.emplace_back([&pool, part] {
      soci::session own(pool);
      own << "UPDATE parts SET done = 1 WHERE id = :p", soci::use(part);
    });
  for (std::thread& worker : workers)
    worker.join();
  int left = 0;
  sql << "SELECT count(*) FROM parts WHERE done = 0", soci::into(left);
  logError(std::to_string(left));
}
