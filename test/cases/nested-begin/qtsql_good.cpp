// Transactions of Qt SQL that follow each other, or are savepoints.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

// One after the other, the first for rehearsal.
bool rehearse(QSqlDatabase& db, const QString& text) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  const bool possible = query.exec(text);
  db.rollback();
  if (!possible || !db.transaction())
    return false;
  if (query.exec(text))
    return db.commit();
  db.rollback();
  return false;
}

// A savepoint.
bool merge(QSqlDatabase& db, const QStringList& texts) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  for (const QString& text : texts) {
    query.exec("SAVEPOINT row");
    if (!query.exec(text))
      query.exec("ROLLBACK TO row");
    query.exec("RELEASE row");
  }
  return db.commit();
}

// Two connections.
bool move(QSqlDatabase from, QSqlDatabase to) {
  if (!from.transaction())
    return false;
  if (!to.transaction()) {
    from.rollback();
    return false;
  }
  QSqlQuery insert(to);
  QSqlQuery erase(from);
  if (insert.exec("INSERT INTO names SELECT * FROM incoming") && erase.exec("DELETE FROM names")) {
    to.commit();
    return from.commit();
  }
  to.rollback();
  from.rollback();
  return false;
}

// Only if the caller has not.
bool rename(QSqlDatabase& db, int id, const QString& name, bool begun) {
  const bool own = !begun && db.transaction();
  QSqlQuery query(db);
  query.prepare("UPDATE items SET name = ? WHERE id = ?");
  query.addBindValue(name);
  query.addBindValue(id);
  const bool good = query.exec();
  if (own) {
    if (good)
      db.commit();
    else
      db.rollback();
  }
  return good;
}

bool renameAll(QSqlDatabase& db, const QStringList& names) {
  if (!db.transaction())
    return false;
  int id = 0;
  for (const QString& name : names) {
    if (!rename(db, ++id, name, true)) {
      db.rollback();
      return false;
    }
  }
  return db.commit();
}

// Every round ends what it began.
int importAll(QSqlDatabase& db, const QStringList& texts) {
  int n = 0;
  for (const QString& text : texts) {
    if (!db.transaction())
      continue;
    QSqlQuery query(db);
    if (!query.exec(text)) {
      db.rollback();
      continue;
    }
    db.commit();
    ++n;
  }
  return n;
}

// In batches of a hundred.
void batches(QSqlDatabase& db, const QVector<int>& ids) {
  int inBatch = 0;
  QSqlQuery query(db);
  query.prepare("UPDATE items SET touched = 1 WHERE id = ?");
  for (const int id : ids) {
    if (inBatch == 0)
      db.transaction();
    query.addBindValue(id);
    query.exec();
    if (++inBatch == 100) {
      db.commit();
      inBatch = 0;
    }
  }
  if (inBatch != 0)
    db.commit();
}
