// A07: the number of the row in between, and one commit.
// library: libpqxx sqlitecpp qtsql soci
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <QVector>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <string>
#include <vector>

int createJob(pqxx::connection& conn, const std::vector<std::string>& tasks) {
  pqxx::work tx(conn);
  const int id = tx.exec1("INSERT INTO jobs(state) VALUES('new') RETURNING id")[0].as<int>();
  for (const std::string& task : tasks)
    tx.exec_params("INSERT INTO tasks(job, name) VALUES($1, $2)", id, task);
  tx.commit();
  return id;
}

long long addBook(SQLite::Database& db, const std::string& title, const std::vector<std::string>& authors) {
  SQLite::Transaction transaction(db);
  SQLite::Statement book(db, "INSERT INTO books(title) VALUES(?)");
  book.bind(1, title);
  book.exec();
  const long long id = db.getLastInsertRowid();
  for (const std::string& author : authors) {
    SQLite::Statement insert(db, "INSERT INTO authors(book, name) VALUES(?, ?)");
    insert.bind(1, static_cast<int64_t>(id));
    insert.bind(2, author);
    insert.exec();
  }
  transaction.commit();
  return id;
}

int createOrder(QSqlDatabase& db, const QVector<int>& items) {
  if (!db.transaction())
    return -1;
  QSqlQuery query(db);
  if (!query.exec("INSERT INTO orders DEFAULT VALUES")) {
    db.rollback();
    return -1;
  }
  const int id = query.lastInsertId().toInt();
  query.prepare("INSERT INTO order_items(orders, item) VALUES(?, ?)");
  for (const int item : items) {
    query.addBindValue(id);
    query.addBindValue(item);
    if (!query.exec()) {
      db.rollback();
      return -1;
    }
  }
  if (db.commit())
    return id;
  db.rollback();
  return -1;
}

long long bind(soci::session& sql, const std::string& workflow, const std::vector<int>& attributes) {
  soci::transaction tr(sql);
  long long id = 0;
  sql << "INSERT INTO workflows(name) VALUES(:n)", soci::use(workflow);
  if (!sql.get_last_insert_id("workflows", id))
    return 0;
  for (const int attribute : attributes)
    sql << "INSERT INTO attributes(workflow, attribute) VALUES(:w, :a)", soci::use(id), soci::use(attribute);
  tr.commit();
  return id;
}
