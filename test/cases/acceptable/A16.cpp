// A16: transactions by hand, rolled back on every path.
// library: sqlite3 soci qtsql poco
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <soci/soci.h>
#include <sqlite3.h>

#include <exception>
#include <string>

bool update(sqlite3* db) {
  if (sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK)
    return false;
  if (sqlite3_exec(db, "UPDATE t SET n = 1", nullptr, nullptr, nullptr) != SQLITE_OK ||
      sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) {
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    return false;
  }
  return true;
}

// With the goto of old.
int clear(sqlite3* db, const char* const* statements, int n) {
  int rc = sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK)
    return rc;
  for (int i = 0; i < n; ++i) {
    rc = sqlite3_exec(db, statements[i], nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK)
      goto failed;
  }
  rc = sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  if (rc == SQLITE_OK)
    return rc;
failed:
  sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
  return rc;
}

void move(soci::session& sql, int from, int to) {
  sql.begin();
  try {
    sql << "UPDATE stock SET amount = amount - 1 WHERE id = :f", soci::use(from);
    sql << "UPDATE stock SET amount = amount + 1 WHERE id = :t", soci::use(to);
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

bool rename(QSqlDatabase& db, int id, const QString& name) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("UPDATE items SET name = ? WHERE id = ?");
  query.addBindValue(name);
  query.addBindValue(id);
  if (!query.exec() || query.numRowsAffected() != 1 || !db.commit()) {
    db.rollback();
    return false;
  }
  return true;
}

int archive(Poco::Data::Session& session, int year) {
  using namespace Poco::Data::Keywords;
  int n = 0;
  session << "SELECT count(*) FROM orders WHERE year = ?", into(n), use(year), now;
  if (n == 0)
    return 0;
  session.begin();
  try {
    session << "INSERT INTO archive SELECT * FROM orders WHERE year = ?", use(year), now;
    session << "DELETE FROM orders WHERE year = ?", use(year), now;
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
  return n;
}
