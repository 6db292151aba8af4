// A02: factories that hand the session to their caller.
// library: libpqxx poco sqlitecpp qtsql
#include <Poco/Data/Session.h>
#include <QSqlDatabase>
#include <QString>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>

#include <memory>
#include <string>

std::unique_ptr<pqxx::connection> openDb(const std::string& host) {
  auto conn = std::make_unique<pqxx::connection>("host=" + host);
  conn->set_client_encoding("UTF8");
  return conn;
}

Poco::Data::Session openShop(const std::string& path, bool strict) {
  using namespace Poco::Data::Keywords;
  Poco::Data::Session session("SQLite", path);
  if (strict)
    session << "PRAGMA foreign_keys = ON", now;
  return session;
}

SQLite::Database* openRaw(const std::string& path) {
  return new SQLite::Database(path, SQLite::OPEN_READWRITE);
}

struct Opened {
  std::shared_ptr<SQLite::Database> db;
  bool fresh = false;
};

Opened openOrCreate(const std::string& path) {
  Opened opened;
  opened.db = std::make_shared<SQLite::Database>(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  opened.fresh = !opened.db->tableExists("meta");
  return opened;
}

QSqlDatabase openQt(const QString& path) {
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", path);
  db.setDatabaseName(path);
  db.open();
  return db;
}
