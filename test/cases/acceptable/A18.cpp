// A18: a session for each thread.
// library: libpqxx soci sqlitecpp poco
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

pqxx::connection& localConnection() {
  thread_local pqxx::connection conn("dbname=shop");
  return conn;
}

void refresh() {
  const auto run = [](const char* view) {
    pqxx::work tx(localConnection());
    tx.exec(std::string("REFRESH MATERIALIZED VIEW ") + view);
    tx.commit();
  };
  std::thread orders(run, "orders_by_day");
  std::thread items(run, "items_by_day");
  orders.join();
  items.join();
}

thread_local std::unique_ptr<soci::session> localSql;

soci::session& sql(const std::string& dsn) {
  if (!localSql)
    localSql = std::make_unique<soci::session>(dsn);
  return *localSql;
}

void touchAll(const std::string& dsn, const std::vector<int>& orders) {
  std::vector<std::jthread> workers;
  for (const int order : orders)
    workers.emplace_back([dsn, order] { sql(dsn) << "UPDATE orders SET touched = 1 WHERE id = :o", soci::use(order); });
}

class Lexicon {
public:
  static SQLite::Database& database() {
    static thread_local SQLite::Database db("lexicon.db");
    return db;
  }
  static int size() { return database().execAndGet("SELECT count(*) FROM words").getInt(); }
};

int sizeTwice() {
  int aside = 0;
  std::thread worker([&aside] { aside = Lexicon::size(); });
  const int here = Lexicon::size();
  worker.join();
  return aside + here;
}

Poco::Data::Session& localSession() {
  thread_local Poco::Data::Session session("SQLite", "shop.db");
  return session;
}

void log(std::string text) {
  std::thread([text]() mutable {
    using namespace Poco::Data::Keywords;
    localSession() << "INSERT INTO log(text) VALUES(?)", use(text), now;
  }).detach();
}
