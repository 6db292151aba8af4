// A19: ownership of the session moves on.
// library: libpqxx sqlitecpp poco soci
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

class Worker {
public:
  explicit Worker(std::unique_ptr<pqxx::connection> conn) : conn_(std::move(conn)) {}
  void run() {
    pqxx::work tx(*conn_);
    tx.exec("DELETE FROM jobs WHERE done");
    tx.commit();
  }

private:
  std::unique_ptr<pqxx::connection> conn_;
};

Worker start(const std::string& dsn) {
  auto conn = std::make_unique<pqxx::connection>(dsn);
  conn->set_client_encoding("UTF8");
  return Worker(std::move(conn));
}

void addShard(std::vector<SQLite::Database>& shards, const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  db.exec("PRAGMA journal_mode = WAL");
  shards.push_back(std::move(db));
}

// Moved in one branch, used in the other.
int keepOrCount(std::vector<SQLite::Database>& shards, SQLite::Database db, bool keep) {
  if (keep) {
    shards.emplace_back(std::move(db));
    return 0;
  }
  return db.execAndGet("SELECT count(*) FROM words").getInt();
}

class Services {
public:
  void set(std::unique_ptr<soci::session> sql) { sql_ = std::move(sql); }

private:
  std::unique_ptr<soci::session> sql_;
};

void connect(Services& services, const std::string& dsn) {
  auto sql = std::make_unique<soci::session>(dsn);
  *sql << "SET search_path TO shop";
  services.set(std::move(sql));
  sql = std::make_unique<soci::session>(dsn);
  *sql << "DELETE FROM locks";
}

struct Request {
  Poco::Data::Session session;
  int id = 0;
};

Request makeRequest(Poco::Data::SessionPool& pool, int id) {
  using namespace Poco::Data::Keywords;
  Poco::Data::Session session(pool.get());
  session << "INSERT INTO requests(id) VALUES(?)", use(id), now;
  return Request{std::move(session), id};
}
