// A05: savepoints and subtransactions inside one transaction.
// library: libpqxx sqlitecpp soci qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStringList>
#include <QVariant>
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <string>
#include <vector>

int typeId(pqxx::work& tx, const std::string& name) {
  try {
    pqxx::subtransaction attempt(tx, "attempt");
    attempt.exec_params("INSERT INTO types(name) VALUES($1)", name);
    attempt.commit();
  } catch (const pqxx::unique_violation&) {
    // it is there already
  }
  return tx.exec_params1("SELECT id FROM types WHERE name = $1", name)[0].as<int>();
}

void addTypes(pqxx::connection& conn, const std::vector<std::string>& names) {
  pqxx::work tx(conn);
  for (const std::string& name : names)
    tx.exec_params("INSERT INTO uses(type) VALUES($1)", typeId(tx, name));
  tx.commit();
}

int importAll(SQLite::Database& db, const std::vector<std::string>& words) {
  int bad = 0;
  SQLite::Transaction transaction(db);
  for (const std::string& word : words) {
    try {
      SQLite::Savepoint savepoint(db, "word");
      SQLite::Statement insert(db, "INSERT INTO words(word) VALUES(?)");
      insert.bind(1, word);
      insert.exec();
      savepoint.release();
    } catch (const SQLite::Exception&) {
      ++bad;
    }
  }
  transaction.commit();
  return bad;
}

void archive(soci::session& sql, int year) {
  soci::transaction tr(sql);
  sql << "SAVEPOINT archive";
  try {
    sql << "INSERT INTO archive SELECT * FROM orders WHERE year = :y", soci::use(year);
    sql << "RELEASE SAVEPOINT archive";
  } catch (const soci::soci_error&) {
    sql << "ROLLBACK TO SAVEPOINT archive";
  }
  sql << "UPDATE meta SET archived = :y", soci::use(year);
  tr.commit();
}

bool merge(QSqlDatabase& db, const QStringList& texts) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  for (const QString& text : texts) {
    query.exec("SAVEPOINT row");
    if (!query.exec(text))
      query.exec("ROLLBACK TO SAVEPOINT row");
    query.exec("RELEASE SAVEPOINT row");
  }
  return db.commit();
}
