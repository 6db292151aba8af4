// Exceptions swallowed inside a transaction of Qt SQL that is committed all the same.
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

// Half of the order, as if it were all.
bool ship(QSqlDatabase& db, int order) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  try {
    query.prepare("UPDATE orders SET state = 2 WHERE id = ?");
    query.addBindValue(order);
    execOrThrow(query);
    query.prepare("INSERT INTO shipments(orders) VALUES(?)");
    query.addBindValue(order);
    execOrThrow(query);
  } catch (const std::exception& e) { // expect: session-swallow-and-commit
    showError(QString::fromUtf8(e.what()));
  }
  return db.commit();
}

// The flag is set, and not asked for.
bool replaceAll(QSqlDatabase& db, const QStringList& names) {
  bool failed = false;
  if (!db.transaction())
    return false;
  try {
    QSqlQuery query(db);
    if (!query.exec("DELETE FROM names"))
      throw std::runtime_error("cannot delete");
    query.prepare("INSERT INTO names(name) VALUES(?)");
    for (const QString& name : names) {
      if (name.isEmpty())
        throw std::invalid_argument("empty name");
      query.addBindValue(name);
      execOrThrow(query);
    }
  } catch (...) { // expect: session-swallow-and-commit
    failed = true;
  }
  db.commit();
  return !failed;
}
