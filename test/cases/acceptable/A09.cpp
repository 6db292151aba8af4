// A09: chunks, each with its begin and its commit.
// library: libpqxx sqlitecpp soci qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

void purge(pqxx::connection& conn) {
  for (bool more = true; more;) {
    pqxx::work tx(conn);
    const auto rows = tx.exec("DELETE FROM log WHERE id IN (SELECT id FROM log LIMIT 1000) RETURNING 1");
    tx.commit();
    more = !rows.empty();
  }
}

void store(SQLite::Database& db, const std::vector<int>& values) {
  for (std::size_t begin = 0; begin < values.size(); begin += 500) {
    const std::size_t end = std::min(begin + 500, values.size());
    SQLite::Transaction transaction(db);
    SQLite::Statement insert(db, "INSERT INTO samples(value) VALUES(?)");
    for (std::size_t i = begin; i < end; ++i) {
      insert.bind(1, values[i]);
      insert.exec();
      insert.reset();
    }
    transaction.commit();
  }
}

void renumber(soci::session& sql, int last) {
  int next = 0;
  while (next < last) {
    const int until = next + 100;
    sql.begin();
    try {
      sql << "UPDATE pages SET number = number + 1 WHERE id >= :f AND id < :u", soci::use(next), soci::use(until);
      sql.commit();
    } catch (...) {
      sql.rollback();
      throw;
    }
    next = until;
  }
}

int expire(QSqlDatabase& db) {
  int total = 0;
  while (db.transaction()) {
    QSqlQuery query(db);
    if (!query.exec("DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE old LIMIT 100)")) {
      db.rollback();
      break;
    }
    const int n = query.numRowsAffected();
    db.commit();
    if (n == 0)
      break;
    total += n;
  }
  return total;
}
