// Commits of Qt SQL that are several in the text, and one per piece of work.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QVariant>
#include <QVector>

// One commit on each path.
bool toggle(QSqlDatabase db, int order, bool open) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  if (open) {
    query.prepare("UPDATE orders SET state = 1 WHERE id = ?");
    query.addBindValue(order);
    if (query.exec())
      return db.commit();
  } else {
    query.prepare("UPDATE orders SET state = 9 WHERE id = ?");
    query.addBindValue(order);
    if (query.exec())
      return db.commit();
  }
  db.rollback();
  return false;
}

// A begin and a commit for each batch.
int importAll(QSqlDatabase& db, const QVector<QStringList>& batches) {
  int good = 0;
  for (const QStringList& batch : batches) {
    if (!db.transaction())
      break;
    QSqlQuery insert(db);
    insert.prepare("INSERT INTO names(name) VALUES(?)");
    insert.addBindValue(QVariant(batch));
    if (!insert.execBatch()) {
      db.rollback();
      continue;
    }
    if (db.commit())
      ++good;
    else
      db.rollback();
  }
  return good;
}

// Tried again until it succeeds.
bool claim(QSqlDatabase& db, int job) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    if (db.transaction()) {
      QSqlQuery query(db);
      query.prepare("UPDATE jobs SET state = 1 WHERE id = ?");
      query.addBindValue(job);
      if (query.exec() && db.commit())
        return true;
      db.rollback();
    }
    QThread::msleep(20);
  }
  return false;
}

// Two connections.
bool copy(QSqlDatabase from, QSqlDatabase to) {
  if (!from.transaction())
    return false;
  if (!to.transaction()) {
    from.rollback();
    return false;
  }
  QSqlQuery read("SELECT name FROM names", from);
  QSqlQuery write(to);
  write.prepare("INSERT INTO names(name) VALUES(?)");
  bool good = true;
  while (good && read.next()) {
    write.addBindValue(read.value(0));
    good = write.exec();
  }
  if (good) {
    to.commit();
    from.commit();
  } else {
    to.rollback();
    from.rollback();
  }
  return good;
}

// Committed in a case, and left.
bool apply(QSqlDatabase& db, int action) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  bool good = false;
  switch (action) {
  case 0:
    good = query.exec("DELETE FROM names");
    break;
  case 1:
    if (query.exec("DELETE FROM jobs")) {
      db.commit();
      return true;
    }
    break;
  default:
    break;
  }
  if (good)
    return db.commit();
  db.rollback();
  return false;
}

// Rolled back first, committed the second time.
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
