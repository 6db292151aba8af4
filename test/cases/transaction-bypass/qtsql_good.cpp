// Statements of Qt SQL without the db argument that bypass nothing.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>

// The transaction is the default connection's.
bool place(int order) {
  QSqlDatabase db = QSqlDatabase::database();
  if (!db.transaction())
    return false;
  QSqlQuery query;
  query.prepare("INSERT INTO orders(id) VALUES(?)");
  query.addBindValue(order);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  return db.commit();
}

// So it is here, without a name for it.
bool clear() {
  if (!QSqlDatabase::database().transaction())
    return false;
  QSqlQuery query;
  if (query.exec("DELETE FROM orders") && query.exec("DELETE FROM order_items"))
    return QSqlDatabase::database().commit();
  QSqlDatabase::database().rollback();
  return false;
}

// Before the transaction and behind it.
bool rename(QSqlDatabase& db, int item, const QString& name) {
  const QSqlQuery before("UPDATE statistics SET tried = tried + 1");
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("UPDATE items SET name = ? WHERE id = ?");
  query.addBindValue(name);
  query.addBindValue(item);
  if (!query.exec() || !db.commit()) {
    db.rollback();
    return false;
  }
  const QSqlQuery after("UPDATE statistics SET renamed = renamed + 1");
  return before.isActive() && after.isActive();
}

// Declared empty, and made one of the right connection before it is used.
bool touch(QSqlDatabase& db, int item) {
  QSqlQuery query;
  if (!db.transaction())
    return false;
  query = QSqlQuery(db);
  query.prepare("UPDATE items SET touched = 1 WHERE id = ?");
  query.addBindValue(item);
  if (query.exec())
    return db.commit();
  db.rollback();
  return false;
}

// The db comes second.
bool archive(QSqlDatabase& db) {
  if (!db.transaction())
    return false;
  const QSqlQuery insert("INSERT INTO archive SELECT * FROM orders", db);
  const QSqlQuery erase(QString("DELETE FROM orders"), db);
  if (insert.isActive() && erase.isActive())
    return db.commit();
  db.rollback();
  return false;
}

// A copy of the handle is the same connection.
bool copies(const QSqlDatabase& given) {
  QSqlDatabase db = given;
  if (!db.transaction())
    return false;
  QSqlQuery query(given);
  if (query.exec("DELETE FROM orders"))
    return db.commit();
  db.rollback();
  return false;
}

// So is the one with the same name.
bool byName() {
  if (!QSqlDatabase::database("shop").transaction())
    return false;
  QSqlQuery query(QSqlDatabase::database("shop"));
  if (query.exec("DELETE FROM orders"))
    return QSqlDatabase::database("shop").commit();
  QSqlDatabase::database("shop").rollback();
  return false;
}
