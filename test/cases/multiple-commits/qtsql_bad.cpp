// Several commits of one connection of Qt SQL in one piece of work.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <QVector>

// Three states of one order, each for itself.
bool ship(QSqlDatabase db, int order) {
  QSqlQuery query(db);
  db.transaction();
  query.prepare("UPDATE orders SET state = 2 WHERE id = ?");
  query.addBindValue(order);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  db.commit();
  db.transaction();
  query.prepare("UPDATE stock SET amount = amount - 1 WHERE item IN (SELECT item FROM order_items WHERE orders = ?)");
  query.addBindValue(order);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  db.commit(); // expect: session-multiple-commits
  db.transaction();
  query.prepare("INSERT INTO shipments(orders) VALUES(?)");
  query.addBindValue(order);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  return db.commit(); // expect: session-multiple-commits
}

// Committed to learn the number.
int createJob(QSqlDatabase& db, const QVector<int>& tasks) {
  if (!db.transaction())
    return -1;
  QSqlQuery insert(db);
  if (!insert.exec("INSERT INTO jobs(state) VALUES('new')")) {
    db.rollback();
    return -1;
  }
  db.commit();
  const int id = insert.lastInsertId().toInt(); // expect-note: "a new id is known before the commit"
  if (!db.transaction())
    return -1;
  QSqlQuery child(db);
  child.prepare("INSERT INTO tasks(job, task) VALUES(?, ?)");
  for (const int task : tasks) {
    child.addBindValue(id);
    child.addBindValue(task);
    if (!child.exec()) {
      db.rollback();
      return -1;
    }
  }
  db.commit(); // expect: session-multiple-commits
  return id;
}

// The helper commits as well.
bool logChange(QSqlDatabase& db, int order) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("INSERT INTO changes(orders) VALUES(?)");
  query.addBindValue(order);
  if (query.exec())
    return db.commit();
  db.rollback();
  return false;
}

bool cancel(QSqlDatabase& db, int order) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("UPDATE orders SET state = 9 WHERE id = ?");
  query.addBindValue(order);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  db.commit();
  return logChange(db, order); // expect: session-multiple-commits
}
