// Transactions of Qt SQL that stay open while a process, an event loop or a thread takes its time.
// library: qtsql
// config: {"rules": {"session-held-across-blocking": true}}
#include <QEventLoop>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QVariant>

// ---- bad

bool converted(QSqlDatabase& db, int id) {
  if (!db.transaction()) return false;
  QSqlQuery query(db);
  query.prepare("UPDATE images SET state = 'busy' WHERE id = ?");
  query.addBindValue(id);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  QProcess convert;
  convert.start("convert", QStringList());
  convert.waitForFinished(); // expect: session-held-across-blocking "QProcess::waitForFinished"
  return db.commit();
}

bool paced(QSqlDatabase& db) {
  db.transaction();
  QSqlQuery query(db);
  const bool done = query.exec("DELETE FROM images WHERE old");
  QThread::msleep(20); // expect: session-held-across-blocking "while a transaction is open on 'db'"
  if (!done) {
    db.rollback();
    return false;
  }
  return db.commit();
}

bool asked(QSqlDatabase& db, QEventLoop& loop) {
  if (!db.transaction()) return false;
  QSqlQuery query(db);
  query.exec("UPDATE questions SET shown = 1");
  if (loop.exec() != 0) { // expect: session-held-across-blocking "QEventLoop::exec"
    db.rollback();
    return false;
  }
  return db.commit();
}

// ---- good

bool convertedFirst(QSqlDatabase& db, int id) {
  QProcess convert;
  convert.start("convert", QStringList());
  convert.waitForFinished();
  if (!db.transaction()) return false;
  QSqlQuery query(db);
  query.prepare("UPDATE images SET state = 'done' WHERE id = ?");
  query.addBindValue(id);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  return db.commit();
}

// Nothing was begun: it is not known whose transaction this is.
bool onlyPaced(QSqlDatabase& db) {
  QSqlQuery query(db);
  const bool done = query.exec("DELETE FROM images WHERE old");
  QThread::msleep(20);
  return done && query.exec("VACUUM");
}

// The begin was refused.
bool refused(QSqlDatabase& db) {
  if (!db.transaction()) {
    QThread::msleep(20);
    return false;
  }
  QSqlQuery query(db);
  query.exec("DELETE FROM images WHERE old");
  return db.commit();
}

bool rolledBackFirst(QSqlDatabase& db) {
  db.transaction();
  QSqlQuery query(db);
  if (!query.exec("DELETE FROM images WHERE old")) {
    db.rollback();
    QThread::sleep(1);
    return false;
  }
  return db.commit();
}
