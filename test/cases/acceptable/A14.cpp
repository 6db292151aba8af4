// A14: the thread is joined before the session is used again, or dies.
// library: soci libpqxx sqlitecpp poco
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <future>
#include <string>
#include <thread>

int countAside(soci::connection_pool& pool) {
  soci::session sql(pool);
  int n = 0;
  std::thread worker([&] { sql << "SELECT count(*) FROM orders", soci::into(n); });
  worker.join();
  return n;
}

int countScoped(const std::string& path) {
  SQLite::Database db(path);
  int n = 0;
  {
    const std::jthread worker([&db, &n] { n = db.execAndGet("SELECT count(*) FROM words").getInt(); });
  }
  return n + db.getTotalChanges();
}

int countWaited(const std::string& dsn) {
  pqxx::connection conn(dsn);
  std::future<int> n = std::async(std::launch::async, [&conn] {
    pqxx::read_transaction tx(conn);
    return tx.exec1("SELECT count(*) FROM jobs")[0].as<int>();
  });
  return n.get();
}

int twice(Poco::Data::Session& session) {
  using namespace Poco::Data::Keywords;
  int orders = 0;
  int items = 0;
  std::thread first([&] { session << "SELECT count(*) FROM orders", into(orders), now; });
  first.join();
  std::thread second([&] { session << "SELECT count(*) FROM items", into(items), now; });
  second.join();
  return orders + items;
}
