// A17: a session that lives as long as its owner, by value.
// library: libpqxx soci sqlitecpp poco qtsql
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <string>

class Jobs {
public:
  explicit Jobs(const std::string& dsn) : conn_(dsn) { conn_.prepare("take", "UPDATE jobs SET state = 1 WHERE id = $1"); }
  int count() {
    pqxx::work tx(conn_);
    return tx.exec1("SELECT count(*) FROM jobs")[0].as<int>();
  }
  void take(int job) {
    pqxx::work tx(conn_);
    tx.exec_prepared("take", job);
    tx.commit();
  }

private:
  pqxx::connection conn_;
};

class Orders {
public:
  explicit Orders(const std::string& dsn) { sql_.open(dsn); }
  void close(int order) { sql_ << "UPDATE orders SET open = 0 WHERE id = :o", soci::use(order); }

private:
  soci::session sql_;
};

class Lexicon {
public:
  explicit Lexicon(const std::string& path)
      : db_(path, SQLite::OPEN_READWRITE), find_(db_, "SELECT 1 FROM words WHERE word = ?") {}
  bool has(const std::string& word) {
    find_.reset();
    find_.bind(1, word);
    return find_.executeStep();
  }

private:
  SQLite::Database db_;
  SQLite::Statement find_;
};

class Shop {
public:
  explicit Shop(const std::string& path) : session_("SQLite", path) {
    using namespace Poco::Data::Keywords;
    session_ << "PRAGMA foreign_keys = ON", now;
  }
  int items() {
    using namespace Poco::Data::Keywords;
    int n = 0;
    session_ << "SELECT count(*) FROM items", into(n), now;
    return n;
  }

private:
  Poco::Data::Session session_;
};

class Settings {
public:
  explicit Settings(const QString& path) : db_(QSqlDatabase::addDatabase("QSQLITE", "settings")) {
    db_.setDatabaseName(path);
    db_.open();
  }
  QVariant value(const QString& key) const {
    QSqlQuery query(db_);
    query.prepare("SELECT value FROM settings WHERE key = ?");
    query.addBindValue(key);
    return query.exec() && query.next() ? query.value(0) : QVariant();
  }

private:
  QSqlDatabase db_;
};
