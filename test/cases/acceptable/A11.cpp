// A11: rolled back on purpose.
// library: soci libpqxx poco qtsql sqlitecpp
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <string>

bool dryRun(soci::session& sql, const std::string& name) {
  soci::transaction tr(sql);
  sql << "UPDATE users SET name = :n", soci::use(name);
  tr.rollback();
  return true;
}

int affected(pqxx::connection& conn, const std::string& text) {
  pqxx::work tx(conn);
  const auto rows = tx.exec(text).affected_rows();
  tx.abort();
  return static_cast<int>(rows);
}

bool wouldFit(Poco::Data::Session& session, int wanted) {
  using namespace Poco::Data::Keywords;
  int left = 0;
  Poco::Data::Transaction transaction(session);
  session << "UPDATE shows SET free = free - ?", use(wanted), now;
  session << "SELECT min(free) FROM shows", into(left), now;
  transaction.rollback();
  return left >= 0;
}

bool isValid(QSqlDatabase& db, const QString& text) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  const bool good = query.exec(text);
  db.rollback();
  return good;
}

int wouldDelete(SQLite::Database& db, int age) {
  if (db.tryExec("BEGIN") != 0)
    return -1;
  const int rc = db.tryExec("DELETE FROM words WHERE age > " + std::to_string(age));
  const int n = rc == 0 ? db.getChanges() : -1;
  db.tryExec("ROLLBACK");
  return n;
}
