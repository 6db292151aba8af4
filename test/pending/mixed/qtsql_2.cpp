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

void appendUncommitted(const QSqlDatabase& db, const QVector<Message>& messages) {
  Transaction tx(db);  // expect: session-unfinished-transaction
  QSqlQuery q(db);
  q.prepare("INSERT INTO message(room, text) VALUES (?, ?)");
  for (const Message& m : messages) {
    q.bindValue(0, m.room);
    q.bindValue(1, m.text);
    must(q);
  }
}

}  // namespace chat
