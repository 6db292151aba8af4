// Connections of Qt SQL held by a bare pointer and deleted, rightly, by hand.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

void showError(const QString& text);

int countOrders(const QString& connection) {
  QSqlDatabase* db = new QSqlDatabase(QSqlDatabase::database(connection)); // expect: session-raw-construction
  int n = -1;
  {
    QSqlQuery query("SELECT count(*) FROM orders", *db);
    if (query.next())
      n = query.value(0).toInt();
  }
  delete db;
  return n;
}

// Deleted before each of the returns.
bool rename(const QString& connection, int id, const QString& name) {
  auto* db = new QSqlDatabase(QSqlDatabase::database(connection, false)); // expect: session-raw-construction
  if (!db->isOpen()) {
    showError("not open");
    delete db;
    return false;
  }
  bool good = false;
  {
    QSqlQuery query(*db);
    query.prepare("UPDATE items SET name = ? WHERE id = ?");
    query.addBindValue(name);
    query.addBindValue(id);
    good = query.exec();
  }
  delete db;
  return good;
}
