// Transactions of Qt SQL that are ended twice, or never had a beginning.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

void showError(const QString& text);

// A return is missing after the rollback.
bool storeItems(QSqlDatabase db, int order, const QVector<int>& items) {
  if (!db.transaction())
    return false;
  QSqlQuery insert(db);
  insert.prepare("INSERT INTO order_items(orders, item) VALUES(?, ?)");
  bool good = true;
  for (const int item : items) {
    insert.addBindValue(order);
    insert.addBindValue(item);
    good = insert.exec() && good;
  }
  if (!good) {
    showError(insert.lastError().text());
    db.rollback();
  }
  return db.commit(); // expect: session-double-end
}

// Nothing was begun on this connection.
bool touch(const QString& path, int id) {
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "touch");
  db.setDatabaseName(path);
  if (!db.open())
    return false;
  QSqlQuery query(db);
  query.prepare("UPDATE orders SET touched = 1 WHERE id = ?");
  query.addBindValue(id);
  if (!query.exec()) {
    db.rollback(); // expect: session-double-end
    return false;
  }
  return true;
}

// The helper has committed before.
bool commitAndCount(QSqlDatabase& db) {
  if (!db.commit()) {
    db.rollback();
    return false;
  }
  return true;
}

bool purge(QSqlDatabase& db, bool log) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  if (!query.exec("DELETE FROM log")) {
    db.rollback();
    return false;
  }
  if (commitAndCount(db) && log)
    showError("purged");
  return db.commit(); // expect: session-double-end
}

// The fast way commits, and then everybody does.
bool reprice(QSqlDatabase& db, double factor, bool everything) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare(everything ? "UPDATE items SET price = price * ?" : "UPDATE items SET price = price * ? WHERE marked = 1");
  query.addBindValue(factor);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  if (everything)
    db.commit();
  db.commit(); // expect: session-double-end
  return true;
}
