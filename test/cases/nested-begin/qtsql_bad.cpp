// Transactions of Qt SQL begun while one is open.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

// Twice by hand.
bool store(QSqlDatabase db, int order) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("INSERT INTO orders(id) VALUES(?)");
  query.addBindValue(order);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  db.transaction(); // expect: session-nested-begin
  if (!query.exec("UPDATE counters SET orders = orders + 1")) {
    db.rollback();
    return false;
  }
  return db.commit();
}

// A guard, and begun by hand all the same.
class Transaction {
public:
  explicit Transaction(const QSqlDatabase& db) : db_(db) { open_ = db_.transaction(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (open_)
      db_.rollback();
  }
  bool commit() {
    open_ = !db_.commit();
    return !open_;
  }

private:
  QSqlDatabase db_;
  bool open_ = false;
};

bool clear(QSqlDatabase& db) {
  Transaction outer(db);
  QSqlQuery query(db);
  if (!query.exec("DELETE FROM orders"))
    return false;
  db.transaction(); // expect: session-nested-begin
  return query.exec("DELETE FROM items") && outer.commit();
}

// Begun in the loop, committed after it.
bool importAll(QSqlDatabase& db, const QStringList& names) {
  QSqlQuery insert(db);
  insert.prepare("INSERT INTO names(name) VALUES(?)");
  for (const QString& name : names) {
    db.transaction(); // expect: session-nested-begin
    insert.addBindValue(name);
    if (!insert.exec()) {
      db.rollback();
      return false;
    }
  }
  return db.commit();
}
