// What a session costs: opened directly for each piece of work, or leased by a scope.
//
//   cmake --build build/field --target field-bench && build/field/field-bench
#include "facts.h"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <benchmark/benchmark.h>

#include <filesystem>

namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;

/// A database of its own for each benchmark, in memory where the system has such a folder.
class Database {
public:
  Database() {
    Poco::Data::SQLite::Connector::registerConnector();
    const std::filesystem::path memory = "/dev/shm";
    folder_ = std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
    field::createDatabase(file(), "CREATE TABLE mail(id INTEGER PRIMARY KEY, n INT);"
                                  "INSERT INTO mail VALUES(1, 0)");
  }
  ~Database() { std::filesystem::remove(file()); }
  [[nodiscard]] std::string file() const { return (folder_ / "session-tidy-bench.db").string(); }

private:
  std::filesystem::path folder_;
};

void readOnce(Session& session) {
  int n = 0;
  session << "SELECT n FROM mail WHERE id = 1", into(n), now;
  benchmark::DoNotOptimize(n);
}

void writeTwice(Session& session) {
  for (int i = 0; i < 2; ++i) session << "UPDATE mail SET n = n + 1 WHERE id = 1", now;
}

void readDirect(benchmark::State& state) {
  const Database database;
  for (auto _ : state) {
    Session session("SQLite", database.file());
    readOnce(session);
  }
}
BENCHMARK(readDirect);

void readScoped(benchmark::State& state) {
  const Database database;
  SessionPool pool("SQLite", database.file(), 1, 2);
  for (auto _ : state) {
    Session session = pool.get();
    readOnce(session);
  }
}
BENCHMARK(readScoped);

void writeDirect(benchmark::State& state) {
  const Database database;
  for (auto _ : state) {
    Session session("SQLite", database.file());
    writeTwice(session);
  }
}
BENCHMARK(writeDirect);

void writeScoped(benchmark::State& state) {
  const Database database;
  SessionPool pool("SQLite", database.file(), 1, 2);
  for (auto _ : state) {
    Session session = pool.get();
    Poco::Data::Transaction transaction(session);
    writeTwice(session);
    transaction.commit();
  }
}
BENCHMARK(writeScoped);

} // namespace

BENCHMARK_MAIN();
