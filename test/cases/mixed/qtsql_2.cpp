// Chat history store on Qt SQL: QObject-free services, guards, lambdas
// library: qtsql
#include <QDateTime>
#include <QDebug>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QUuid>
#include <QVariant>
#include <QVector>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>

namespace chat {

struct Message {
  qint64 id = -1;
  QString room;
  QString text;
};

class DbError : public std::runtime_error {
public:
  explicit DbError(const QSqlError& e) : std::runtime_error(e.text().toStdString()) {}
};

void must(QSqlQuery& q) {
  if (!q.exec()) throw DbError(q.lastError());
}

// commits in its destructor, come what may
class Bulk {
public:
  explicit Bulk(const QSqlDatabase& db) : db_(db) { db_.transaction(); }
  ~Bulk() {
    if (!db_.commit()) qWarning() << db_.lastError().text();  // expect: session-commit-in-destructor
  }

private:
  QSqlDatabase db_;
};

class Transaction {
public:
  explicit Transaction(const QSqlDatabase& db) : db_(db) {
    if (!db_.transaction()) throw DbError(db_.lastError());
  }
  ~Transaction() {
    if (!finished_) db_.rollback();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    if (!db_.commit()) throw DbError(db_.lastError());
    finished_ = true;
  }

private:
  QSqlDatabase db_;
  bool finished_ = false;
};

class Connection {
public:
  explicit Connection(const QString& file) : name_(QUuid::createUuid().toString()) {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name_);
    db.setDatabaseName(file);
    if (!db.open()) throw DbError(db.lastError());
  }
  ~Connection() { QSqlDatabase::removeDatabase(name_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  QSqlDatabase db() const { return QSqlDatabase::database(name_); }

private:
  QString name_;
};

qint64 append(const QSqlDatabase& db, const Message& m) {
  QSqlQuery q(db);
  q.prepare("INSERT INTO message(room, text) VALUES (?, ?)");
  q.addBindValue(m.room);
  q.addBindValue(m.text);
  must(q);
  return q.lastInsertId().toLongLong();
}

void appendAll(const QSqlDatabase& db, QVector<Message>& messages) {
  Transaction tx(db);
  for (Message& m : messages) m.id = append(db, m);
  tx.commit();
}

void appendNamed(const QSqlDatabase& db, const QVector<Message>& messages) {
  Transaction{db};  // expect: session-temporary-guard
  for (const Message& m : messages) append(db, m);
}

bool appendByHand(QSqlDatabase db, const QVector<Message>& messages) {
  if (!db.transaction()) return false;
  try {
    for (const Message& m : messages) append(db, m);
  } catch (const DbError& e) {
    db.rollback();
    qWarning() << e.what();
    return false;
  }
  if (db.commit()) return true;
  db.rollback();
  return false;
}

bool appendAndHope(QSqlDatabase db, const QVector<Message>& messages) {
  if (!db.transaction()) return false;
  try {
    for (const Message& m : messages) append(db, m);
    return db.commit();
  } catch (const DbError& e) {  // expect: session-missing-rollback
    qWarning() << "not stored:" << e.what();
    return false;
  }
}

void importArchive(const QSqlDatabase& db, const QStringList& lines) {
  Transaction tx(db);
  for (const QString& line : lines) {
    try {
      const qint64 id = append(db, {-1, line.section('|', 0, 0), line.section('|', 1)});
      QSqlQuery q(db);
      q.prepare("INSERT INTO search(message, text) VALUES (?, ?)");
      q.addBindValue(id);
      q.addBindValue(line);
      must(q);
    } catch (const DbError& e) {  // expect: session-swallow-and-commit
      qWarning() << line << e.what();
    }
  }
  tx.commit();
}

int importEach(const QSqlDatabase& db, const QStringList& lines) {
  int bad = 0;
  for (const QString& line : lines) {
    try {
      Transaction tx(db);
      append(db, {-1, line.section('|', 0, 0), line.section('|', 1)});
      tx.commit();
    } catch (const DbError& e) {
      ++bad;
      qWarning() << line << e.what();
    }
  }
  return bad;
}

template <class F>
bool transactionally(QSqlDatabase db, F f) {
  if (!db.transaction()) return false;
  bool ok = false;
  try {
    ok = f(db);
  } catch (...) {
    db.rollback();
    throw;
  }
  if (!ok) {
    db.rollback();
    return false;
  }
  return db.commit();
}

bool clearRoom(const QSqlDatabase& db, const QString& room) {
  return transactionally(db, [&room](QSqlDatabase& inner) {
    QSqlQuery q(inner);
    q.prepare("DELETE FROM message WHERE room = ?");
    q.addBindValue(room);
    return q.exec();
  });
}

class History {
public:
  explicit History(const QString& file) : connection_(file) {}

  std::optional<Message> last(const QString& room) const {
    QSqlQuery q(connection_.db());
    q.prepare("SELECT id, text FROM message WHERE room = ? ORDER BY id DESC LIMIT 1");
    q.addBindValue(room);
    if (!q.exec() || !q.next()) return std::nullopt;
    return Message{q.value(0).toLongLong(), room, q.value(1).toString()};
  }

  void edit(qint64 id, const QString& text) {
    const QSqlDatabase db = connection_.db();
    Transaction tx(db);
    QSqlQuery keep(db);
    keep.prepare("INSERT INTO revision SELECT * FROM message WHERE id = ?");
    keep.addBindValue(id);
    must(keep);
    QSqlQuery q(db);
    q.prepare("UPDATE message SET text = ? WHERE id = ?");
    q.addBindValue(text);
    q.addBindValue(id);
    must(q);
    tx.commit();
  }

  void redact(qint64 id) {
    const QSqlDatabase db = connection_.db();
    Transaction tx(db);
    QSqlQuery q(db);
    q.prepare("DELETE FROM revision WHERE message = ?");
    q.addBindValue(id);
    must(q);
    clear(db, id);  // expect: session-nested-begin
    tx.commit();
  }

  void startBatch() {
    connection_.db().transaction();
    batch_ = true;
  }
  void finishBatch(bool keep) {
    if (!batch_) return;
    QSqlDatabase db = connection_.db();
    if (keep)
      db.commit();
    else
      db.rollback();
    batch_ = false;
  }

private:
  static void clear(const QSqlDatabase& db, qint64 id) {
    Transaction tx(db);
    QSqlQuery q(db);
    q.prepare("UPDATE message SET text = '' WHERE id = ?");
    q.addBindValue(id);
    must(q);
    tx.commit();
  }

  Connection connection_;
  bool batch_ = false;
};

void moveRoom(const QSqlDatabase& db, const QString& from, const QString& to) {
  Transaction messages(db);
  QSqlQuery q(db);
  q.prepare("UPDATE message SET room = ? WHERE room = ?");
  q.addBindValue(to);
  q.addBindValue(from);
  must(q);
  messages.commit();
  qInfo() << "moved" << q.numRowsAffected();
  Transaction members(db);
  QSqlQuery m(db);
  m.prepare("UPDATE member SET room = ? WHERE room = ?");
  m.addBindValue(to);
  m.addBindValue(from);
  must(m);
  members.commit();  // expect: session-multiple-commits
}

void copyHistory(const QSqlDatabase& from, const QSqlDatabase& to) {
  QSqlQuery in("SELECT room, text FROM message", from);
  Transaction tx(to);
  while (in.next()) append(to, {-1, in.value(0).toString(), in.value(1).toString()});
  tx.commit();
}

bool vacuum(const QString& file) {
  const Connection connection(file);
  QSqlQuery q(connection.db());
  return q.exec("VACUUM");
}

QString newestRoom(const QString& name) {
  QString room;
  QSqlDatabase db = QSqlDatabase::database(name);
  {
    QSqlQuery q(db);
    if (q.exec("SELECT room FROM message ORDER BY id DESC LIMIT 1") && q.next()) room = q.value(0).toString();
  }
  db.close();
  return room;
}

bool markRead(const QString& name, const QString& room) {
  QSqlDatabase db = QSqlDatabase::database(name);
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("UPDATE member SET unread = 0 WHERE room = ?");
  q.addBindValue(room);
  const QSqlQuery counter("UPDATE total SET unread = unread - 1", QSqlDatabase::database());  // expect: session-transaction-bypass
  if (!q.exec() || counter.lastError().isValid()) {
    db.rollback();
    return false;
  }
  return db.commit();
}

bool rollbackOnly(QSqlDatabase db, const QString& statement) {
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  const bool ok = q.exec(statement);
  db.rollback();
  return ok;
}

bool retention(QSqlDatabase db, int days) {
  if (days <= 0) return true;
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("DELETE FROM message WHERE age > ?");
  q.addBindValue(days);
  const bool ok = q.exec();
  q.finish();
  if (ok && db.commit()) return true;
  db.rollback();
  return false;
}

int pendingOrZero(const QString& name) {
  QSqlDatabase db = QSqlDatabase::database(name, false);
  if (!db.isOpen() && !db.open()) return 0;
  QSqlQuery q(db);
  if (!q.exec("SELECT count(*) FROM outbox")) return 0;
  return q.next() ? q.value(0).toInt() : 0;
}

}  // namespace chat
