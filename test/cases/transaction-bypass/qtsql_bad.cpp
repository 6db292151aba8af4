// Statements of Qt SQL that run beside the open transaction: without the db argument it is the default connection.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

// The audit row survives the rollback.
bool place(int order) {
  QSqlDatabase db = QSqlDatabase::database("orders");
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("INSERT INTO orders(id) VALUES(?)");
  query.addBindValue(order);
  QSqlQuery audit("INSERT INTO audit(text) VALUES('order placed')"); // expect: session-transaction-bypass
  if (!query.exec() || !audit.isActive()) {
    db.rollback();
    return false;
  }
  return db.commit();
}

// A temporary.
bool cancel(QSqlDatabase& db, int order) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("DELETE FROM orders WHERE id = ?");
  query.addBindValue(order);
  const bool good = query.exec() && QSqlQuery().exec("UPDATE counters SET cancelled = cancelled + 1"); // expect: session-transaction-bypass
  if (!good) {
    db.rollback();
    return false;
  }
  return db.commit();
}

// In a branch, on a connection of its own.
class Orders {
public:
  explicit Orders(const QString& path) : db_(QSqlDatabase::addDatabase("QSQLITE", "orders")) { db_.setDatabaseName(path); }

  bool clear(bool counted) {
    if (!db_.transaction())
      return false;
    QSqlQuery query(db_);
    bool good = query.exec("DELETE FROM orders");
    if (counted) {
      const QSqlQuery counter("UPDATE counters SET orders = 0"); // expect: session-transaction-bypass
      good = good && counter.isActive();
    }
    if (good && db_.commit())
      return true;
    db_.rollback();
    return false;
  }

private:
  QSqlDatabase db_;
};

// Asked for its error only.
bool rename(int item, const QString& name) {
  QSqlDatabase shop = QSqlDatabase::database("shop");
  if (!shop.transaction())
    return false;
  QSqlQuery query(shop);
  query.prepare("UPDATE items SET name = ? WHERE id = ?");
  query.addBindValue(name);
  query.addBindValue(item);
  if (!query.exec()) {
    shop.rollback();
    return false;
  }
  if (QSqlQuery("INSERT INTO renames DEFAULT VALUES").lastError().isValid()) { // expect: session-transaction-bypass
    shop.rollback();
    return false;
  }
  return shop.commit();
}
