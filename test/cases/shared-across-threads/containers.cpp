// library: soci
// Threads that live in containers.
#include <soci/soci.h>

#include <future>
#include <thread>
#include <vector>

namespace workers {

void oneSessionForAll(soci::connection_pool& pool, int count) {
  soci::session sql(pool);
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i)
    threads.emplace_back([&sql, i] { // expect: session-shared-across-threads
      sql << "update jobs set done = 1 where id = :i", soci::use(i);
    });
  for (auto& thread : threads) thread.join();
}

void usedBeforeTheJoin(soci::connection_pool& pool) {
  soci::session sql(pool);
  std::vector<std::thread> threads;
  threads.emplace_back([&sql] { sql << "delete from done"; }); // expect: session-shared-across-threads
  sql << "delete from failed";
  for (auto& thread : threads) thread.join();
}

void joinedFirst(soci::connection_pool& pool) {
  soci::session sql(pool);
  std::vector<std::thread> threads;
  threads.emplace_back([&sql] { sql << "delete from done"; });
  for (auto& thread : threads) thread.join();
  sql << "delete from failed";
}

void pushedAndJoined(soci::connection_pool& pool) {
  soci::session sql(pool);
  std::vector<std::thread> threads;
  threads.push_back(std::thread([&sql] { sql << "delete from done"; }));
  for (std::size_t i = 0; i < threads.size(); ++i) threads[i].join();
  sql << "delete from failed";
}

void oneSessionEach(soci::connection_pool& pool, int count) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i)
    threads.emplace_back([&pool, i] {
      soci::session sql(pool);
      sql << "update jobs set done = 1 where id = :i", soci::use(i);
    });
  for (auto& thread : threads) thread.join();
}

void futures(soci::connection_pool& pool) {
  soci::session sql(pool);
  std::vector<std::future<void>> tasks;
  tasks.push_back(std::async(std::launch::async, [&sql] { sql << "delete from done"; }));
  for (auto& task : tasks) task.get();
  sql << "delete from failed";
}

void inThisThread(soci::connection_pool& pool) {
  soci::session sql(pool);
  auto task = std::async(std::launch::deferred, [&sql] { sql << "delete from done"; });
  sql << "delete from failed";
  task.get();
}

void endWithTheirScope(soci::connection_pool& pool) {
  soci::session sql(pool);
  {
    std::vector<std::jthread> threads;
    threads.emplace_back([&sql] { sql << "delete from done"; });
  }
  sql << "delete from failed";
}

} // namespace workers
