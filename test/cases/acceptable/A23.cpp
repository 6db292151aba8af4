// A23: two databases that have nothing to do with each other.
// library: libpqxx sqlitecpp soci qtsql poco
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <string>
#include <vector>

void copy(pqxx::connection& from, pqxx::connection& to) {
  pqxx::work reading(from);
  pqxx::work writing(to);
  for (const auto& row : reading.exec("SELECT id FROM orders"))
    writing.exec_params("INSERT INTO orders(id) VALUES($1)", row[0].as<int>());
  writing.commit();
  reading.commit();
}

void move(SQLite::Database& live, SQLite::Database& archive) {
  SQLite::Transaction inArchive(archive);
  SQLite::Transaction inLive(live);
  archive.exec("INSERT INTO meta(moved) VALUES(1)");
  live.exec("DELETE FROM log");
  inArchive.commit();
  inLive.commit();
}

void mirror(soci::connection_pool& shop, soci::connection_pool& reports, int order, double total) {
  soci::session from(shop);
  soci::session to(reports);
  from << "UPDATE orders SET mirrored = 1 WHERE id = :o", soci::use(order);
  to << "INSERT INTO totals(orders, total) VALUES(:o, :t)", soci::use(order), soci::use(total);
}

bool exportNames(QSqlDatabase source, QSqlDatabase target) {
  if (!target.transaction())
    return false;
  QSqlQuery read("SELECT name FROM names", source);
  QSqlQuery write(target);
  write.prepare("INSERT INTO names(name) VALUES(?)");
  while (read.next()) {
    write.addBindValue(read.value(0));
    if (!write.exec()) {
      target.rollback();
      return false;
    }
  }
  return target.commit();
}

void logTo(Poco::Data::Session& shop, Poco::Data::Session& log, int order) {
  using namespace Poco::Data::Keywords;
  Poco::Data::Transaction transaction(shop);
  shop << "DELETE FROM orders WHERE id = ?", use(order), now;
  transaction.commit();
  log << "INSERT INTO deleted(id) VALUES(?)", use(order), now;
}
