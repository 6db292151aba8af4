// What the companion headers cost: an open and close under the monitor, alone and in eight threads,
// and a scope against begin and commit by hand on a real SQLite database in memory.
#include <benchmark/benchmark.h>
#include <session_tidy/monitor.h>
#include <session_tidy/scope.h>
#include <sqlite3.h>

#include <vector>

namespace {

using session_tidy::monitor;

void openAndClose(benchmark::State& state) {
  for (auto _ : state) {
    monitor::ticket ticket = monitor::global().open(monitor::what::session);
    benchmark::DoNotOptimize(ticket);
  }
}
BENCHMARK(openAndClose)->Threads(1)->Threads(8);

void openAndCloseAmongMany(benchmark::State& state) {
  std::vector<monitor::ticket> others(10000);
  for (auto& other : others) other = monitor::global().open(monitor::what::session);
  openAndClose(state);
}
BENCHMARK(openAndCloseAmongMany);

void noteRawHandle(benchmark::State& state) {
  int session = 0;
  for (auto _ : state) {
    monitor::global().opened(&session);
    monitor::global().closed(&session);
  }
}
BENCHMARK(noteRawHandle);

sqlite3* database() {
  static sqlite3* db = [] {
    sqlite3* opened = nullptr;
    sqlite3_open(":memory:", &opened);
    return opened;
  }();
  return db;
}

void byHand(benchmark::State& state) {
  sqlite3* db = database();
  for (auto _ : state) {
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  }
}
BENCHMARK(byHand);

void byScope(benchmark::State& state) {
  sqlite3* db = database();
  for (auto _ : state) session_tidy::scope work(db);
}
BENCHMARK(byScope);

} // namespace

BENCHMARK_MAIN();
