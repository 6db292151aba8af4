// Exceptions inside a transaction of Qt SQL that are not committed over.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <exception>
#include <stdexcept>

void showError(const QString& text);

void execOrThrow(QSqlQuery& query) {
  if (!query.exec())
    throw std::runtime_error(query.lastError().text().toStdString());
}

// The handler leaves.
bool ship(QSqlDatabase& db, int order) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  try {
    query.prepare("UPDATE orders SET state = 2 WHERE id = ?");
    query.addBindValue(order);
    execOrThrow(query);
  } catch (const std::exception& e) {
    showError(QString::fromUtf8(e.what()));
    db.rollback();
    return false;
  }
  return db.commit();
}

// The flag is asked for.
bool replaceAll(QSqlDatabase& db, const QStringList& names) {
  bool failed = false;
  if (!db.transaction())
    return false;
  try {
    QSqlQuery query(db);
    query.prepare("INSERT INTO names(name) VALUES(?)");
    for (const QString& name : names) {
      query.addBindValue(name);
      execOrThrow(query);
    }
  } catch (const std::exception& e) {
    showError(QString::fromUtf8(e.what()));
    failed = true;
  }
  if (failed)
    db.rollback();
  else
    db.commit();
  return !failed;
}

// A savepoint around what may fail.
int merge(QSqlDatabase& db, const QStringList& names) {
  int bad = 0;
  if (!db.transaction())
    return -1;
  QSqlQuery control(db);
  for (const QString& name : names) {
    control.exec("SAVEPOINT row");
    try {
      QSqlQuery query(db);
      query.prepare("INSERT INTO names(name) VALUES(?)");
      query.addBindValue(name);
      execOrThrow(query);
      control.exec("RELEASE row");
    } catch (const std::exception& e) {
      control.exec("ROLLBACK TO row");
      showError(QString::fromUtf8(e.what()));
      ++bad;
    }
  }
  db.commit();
  return bad;
}

// A return value is a decision, not an exception: the failed row is left out.
int addAll(QSqlDatabase& db, const QStringList& names) {
  int n = 0;
  if (!db.transaction())
    return -1;
  QSqlQuery query(db);
  query.prepare("INSERT INTO names(name) VALUES(?)");
  for (const QString& name : names) {
    query.addBindValue(name);
    if (query.exec())
      ++n;
  }
  db.commit();
  return n;
}
