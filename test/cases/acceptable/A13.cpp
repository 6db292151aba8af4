// A13: background work opens its own session and gets plain values.
// library: soci libpqxx poco sqlitecpp
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <future>
#include <string>
#include <thread>
#include <vector>

void sendLater(soci::connection_pool& pool, int mail) {
  soci::session sql(pool);
  sql << "UPDATE mails SET queued = 1 WHERE id = :m", soci::use(mail);
  std::thread([&pool, mail] {
    soci::session own(pool);
    own << "UPDATE mails SET sent = 1 WHERE id = :m", soci::use(mail);
  }).detach();
}

std::future<int> countLater(const std::string& dsn) {
  return std::async(std::launch::async, [dsn] {
    pqxx::connection conn(dsn);
    pqxx::read_transaction tx(conn);
    return tx.exec1("SELECT count(*) FROM jobs")[0].as<int>();
  });
}

void touchAll(Poco::Data::SessionPool& pool, const std::vector<int>& orders) {
  std::vector<std::thread> workers;
  for (int order : orders)
    workers.emplace_back([&pool, id = order]() mutable {
      using namespace Poco::Data::Keywords;
      Poco::Data::Session session(pool.get());
      session << "UPDATE orders SET touched = 1 WHERE id = ?", use(id), now;
    });
  for (std::thread& worker : workers)
    worker.join();
}

void compact(std::string path) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  db.exec("VACUUM");
}

void compactLater(const SQLite::Database& db) {
  std::thread(compact, db.getFilename()).detach();
}
