// library: qtsql
// Texts that macros wrap, and statements that are prepared before they run.
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

namespace notes {

bool logsBeside(QSqlDatabase db, int note) {
  if (!db.transaction()) return false;
  QSqlQuery query(db);
  query.prepare(QStringLiteral("INSERT INTO reminder(note) VALUES(?)"));
  query.addBindValue(note);
  QSqlQuery log(QStringLiteral("INSERT INTO log(what) VALUES('reminder')")); // expect: session-transaction-bypass
  if (!query.exec() || log.lastError().isValid() || !db.commit()) {
    db.rollback();
    return false;
  }
  return true;
}

bool preparedBeside(QSqlDatabase db, int note) {
  if (!db.transaction()) return false;
  QSqlQuery query(db);
  query.exec(QStringLiteral("DELETE FROM reminder"));
  QSqlQuery log;
  log.prepare(QStringLiteral("INSERT INTO log(what) VALUES(?)"));
  log.addBindValue(note);
  const bool logged = log.exec(); // expect: session-transaction-bypass
  if (!logged || !db.commit()) {
    db.rollback();
    return false;
  }
  return true;
}

bool onTheSameConnection(QSqlDatabase db, int note) {
  if (!db.transaction()) return false;
  QSqlQuery query(db);
  query.prepare(QStringLiteral("INSERT INTO reminder(note) VALUES(?)"));
  query.addBindValue(note);
  QSqlQuery log(QStringLiteral("INSERT INTO log(what) VALUES('reminder')"), db);
  if (!query.exec() || log.lastError().isValid() || !db.commit()) {
    db.rollback();
    return false;
  }
  return true;
}

int readsBeside(QSqlDatabase db) {
  if (!db.transaction()) return 0;
  QSqlQuery query(db);
  query.exec(QStringLiteral("DELETE FROM reminder"));
  QSqlQuery count(QStringLiteral("SELECT count(*) FROM log"));
  const int n = count.next() ? count.value(0).toInt() : 0;
  if (!db.commit()) db.rollback();
  return n;
}

} // namespace notes
