// Handles of Qt SQL made with new that are not deleted on some path.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

void showError(const QString& text);

// The early return.
int countOrders(const QString& connection) {
  auto* query = new QSqlQuery(QSqlDatabase::database(connection)); // expect: session-leak
  if (!query->exec("SELECT count(*) FROM orders"))
    return -1;
  const int n = query->next() ? query->value(0).toInt() : 0;
  delete query;
  return n;
}

// Nobody deletes it at all.
bool touch(const QString& connection, int id) {
  QSqlDatabase* db = new QSqlDatabase(QSqlDatabase::database(connection)); // expect: session-leak
  QSqlQuery query(*db);
  query.prepare("UPDATE orders SET touched = 1 WHERE id = ?");
  query.addBindValue(id);
  return query.exec();
}

// Overwritten with nothing when the first answer is wrong.
int orders(const QString& connection, bool checked) {
  QSqlQuery* query = new QSqlQuery("SELECT count(*) FROM orders", QSqlDatabase::database(connection)); // expect: session-leak
  const int n = query->next() ? query->value(0).toInt() : 0;
  if (checked && n == 0)
    query = nullptr;
  delete query;
  return n;
}

// Of all cases one forgets.
bool apply(const QString& connection, int action) {
  QSqlQuery* query = new QSqlQuery(QSqlDatabase::database(connection)); // expect: session-leak
  bool good = false;
  switch (action) {
  case 0:
    good = query->exec("DELETE FROM orders");
    break;
  case 1:
    good = query->exec("DELETE FROM items");
    break;
  default:
    showError("unknown action");
    return false;
  }
  delete query;
  return good;
}
