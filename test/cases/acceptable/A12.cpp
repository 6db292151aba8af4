// A12: wrappers that take what is to be done in a transaction.
// library: soci sqlitecpp qtsql libpqxx
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <functional>
#include <string>
#include <type_traits>
#include <utility>

template <class Work>
auto inTransaction(soci::connection_pool& pool, Work work) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  if constexpr (std::is_void_v<decltype(work(sql))>) {
    work(sql);
    tr.commit();
  } else {
    auto result = work(sql);
    tr.commit();
    return result;
  }
}

int touch(soci::connection_pool& pool, int order) {
  inTransaction(pool, [order](soci::session& sql) { sql << "UPDATE orders SET touched = 1 WHERE id = :o", soci::use(order); });
  return inTransaction(pool, [](soci::session& sql) {
    int n = 0;
    sql << "SELECT count(*) FROM orders WHERE touched = 1", soci::into(n);
    return n;
  });
}

void inTransaction(SQLite::Database& db, const std::function<void(SQLite::Database&)>& work) {
  SQLite::Transaction transaction(db);
  work(db);
  transaction.commit();
}

void clear(SQLite::Database& db) {
  inTransaction(db, [](SQLite::Database& inner) {
    inner.exec("DELETE FROM words");
    inner.exec("DELETE FROM texts");
  });
}

template <class Work>
bool inTransaction(QSqlDatabase& db, Work&& work) {
  if (!db.transaction())
    return false;
  if (std::forward<Work>(work)(db) && db.commit())
    return true;
  db.rollback();
  return false;
}

bool rename(QSqlDatabase& db, int id, const QString& name) {
  return inTransaction(db, [&](QSqlDatabase& inner) {
    QSqlQuery query(inner);
    query.prepare("UPDATE items SET name = ? WHERE id = ?");
    query.addBindValue(name);
    query.addBindValue(id);
    return query.exec();
  });
}

int addUser(pqxx::connection& conn, const std::string& name) {
  return pqxx::perform([&conn, &name] {
    pqxx::work tx(conn);
    const int id = tx.exec_params1("INSERT INTO users(name) VALUES($1) RETURNING id", name)[0].as<int>();
    tx.commit();
    return id;
  });
}
