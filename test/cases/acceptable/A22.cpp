// A22: values are taken out before the handle dies, or own what they hold.
// library: libpqxx sqlitecpp soci poco qtsql
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QVariant>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <map>
#include <string>
#include <vector>

std::string firstName(pqxx::connection& conn) {
  pqxx::work tx(conn);
  const pqxx::result rows = tx.exec("SELECT name FROM users");
  return rows.empty() ? std::string() : rows[0][0].as<std::string>();
}

// A result of libpqxx outlives its transaction.
pqxx::result users(const std::string& dsn) {
  pqxx::connection conn(dsn);
  pqxx::work tx(conn);
  auto rows = tx.exec("SELECT id, name FROM users");
  tx.commit();
  return rows;
}

std::vector<std::string> words(const std::string& path) {
  std::vector<std::string> result;
  SQLite::Database db(path);
  SQLite::Statement query(db, "SELECT word FROM words");
  while (query.executeStep())
    result.emplace_back(query.getColumn(0).getText());
  return result;
}

std::map<int, std::string> items(soci::connection_pool& pool) {
  std::map<int, std::string> result;
  soci::session sql(pool);
  const soci::rowset<soci::row> rows = (sql.prepare << "SELECT id, name FROM items");
  for (const soci::row& row : rows)
    result.emplace(row.get<int>(0), row.get<std::string>(1));
  return result;
}

std::vector<std::string> tags(Poco::Data::SessionPool& pool) {
  using namespace Poco::Data::Keywords;
  std::vector<std::string> result;
  pool.get() << "SELECT name FROM tags", into(result), now;
  return result;
}

QVariantList prices(const QString& connection) {
  QVariantList result;
  QSqlQuery query("SELECT price FROM items", QSqlDatabase::database(connection));
  while (query.next())
    result << query.record().value("price");
  return result;
}
