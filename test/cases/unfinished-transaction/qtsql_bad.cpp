// Transactions of Qt SQL that stay open on some path.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

struct Invoice {
  int id = 0;
  int customer = 0;
  QVector<int> lines;
};

void showError(const QString& text);

// The usual one: the statement fails, the function leaves, the transaction stays.
bool storeInvoice(QSqlDatabase db, const Invoice& invoice) {
  if (!db.transaction()) // expect: session-unfinished-transaction
    return false;
  QSqlQuery insert(db);
  insert.prepare("INSERT INTO invoices(id, customer) VALUES(?, ?)");
  insert.addBindValue(invoice.id);
  insert.addBindValue(invoice.customer);
  if (!insert.exec()) {
    showError(insert.lastError().text());
    return false;
  }
  for (const int line : invoice.lines) {
    QSqlQuery query(db);
    query.prepare("INSERT INTO invoice_lines(invoice, line) VALUES(?, ?)");
    query.addBindValue(invoice.id);
    query.addBindValue(line);
    if (!query.exec()) {
      db.rollback();
      return false;
    }
  }
  return db.commit();
}

// Rolled back after each failure but the last one.
bool moveStock(QSqlDatabase& db, int from, int to, int amount) {
  db.transaction(); // expect: session-unfinished-transaction
  QSqlQuery query(db);
  query.prepare("UPDATE stock SET amount = amount - ? WHERE place = ?");
  query.addBindValue(amount);
  query.addBindValue(from);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  query.prepare("UPDATE stock SET amount = amount + ? WHERE place = ?");
  query.addBindValue(amount);
  query.addBindValue(to);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  if (query.numRowsAffected() == 0) {
    showError("no such place");
    return false;
  }
  return db.commit();
}

// Left in the middle of the loop.
int importNames(QSqlDatabase db, const QStringList& names) {
  int stored = 0;
  if (!db.transaction()) // expect: session-unfinished-transaction
    return -1;
  QSqlQuery query(db);
  query.prepare("INSERT INTO names(name) VALUES(?)");
  for (const QString& name : names) {
    if (name.isEmpty())
      return stored;
    query.addBindValue(name);
    if (!query.exec()) {
      db.rollback();
      return -1;
    }
    ++stored;
  }
  db.commit();
  return stored;
}

// Committed only if there was something to do.
void purge(QSqlDatabase& db, int days) {
  db.transaction(); // expect: session-unfinished-transaction
  QSqlQuery query(db);
  query.prepare("DELETE FROM log WHERE age > ?");
  query.addBindValue(days);
  if (query.exec() && query.numRowsAffected() > 0) {
    if (!db.commit())
      db.rollback();
  }
}

// A member: open for whoever asks next.
class Catalogue {
public:
  explicit Catalogue(const QString& connection) : db_(QSqlDatabase::database(connection)) {}

  bool rename(int id, const QString& title) {
    if (!db_.transaction()) // expect: session-unfinished-transaction
      return false;
    QSqlQuery query(db_);
    if (!query.prepare("UPDATE titles SET title = :t WHERE id = :i")) {
      lastError_ = query.lastError().text();
      return false;
    }
    query.bindValue(":t", title);
    query.bindValue(":i", id);
    if (query.exec() && db_.commit())
      return true;
    lastError_ = query.lastError().text();
    db_.rollback();
    return false;
  }

private:
  QSqlDatabase db_;
  QString lastError_;
};

// One of the cases has no end.
bool apply(QSqlDatabase db, int id, int action) {
  if (!db.transaction()) // expect: session-unfinished-transaction
    return false;
  QSqlQuery query(db);
  query.prepare("UPDATE orders SET state = ? WHERE id = ?");
  query.addBindValue(action);
  query.addBindValue(id);
  const bool good = query.exec();
  switch (action) {
  case 0:
    return good;
  case 1:
    if (good)
      return db.commit();
    break;
  default:
    break;
  }
  db.rollback();
  return false;
}
