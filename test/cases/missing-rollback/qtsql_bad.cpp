// Transactions of Qt SQL that an exception leaves open. Qt throws nothing; the application does.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

#include <exception>
#include <stdexcept>

void showError(const QString& text);

// Thrown by the application, caught by nobody here.
void storeOrder(QSqlDatabase db, int id, const QVector<int>& items) {
  if (!db.transaction()) // expect: session-missing-rollback
    throw std::runtime_error("no transaction");
  QSqlQuery insert(db);
  insert.prepare("INSERT INTO order_items(orders, item) VALUES(?, ?)");
  for (const int item : items) {
    insert.addBindValue(id);
    insert.addBindValue(item);
    if (!insert.exec())
      throw std::runtime_error(insert.lastError().text().toStdString());
  }
  if (!db.commit())
    db.rollback();
}

// Caught, shown, forgotten.
bool importNames(QSqlDatabase& db, const QStringList& names) {
  if (!db.transaction())
    return false;
  try {
    QSqlQuery insert(db);
    insert.prepare("INSERT INTO names(name) VALUES(?)");
    for (const QString& name : names) {
      if (name.isEmpty())
        throw std::invalid_argument("empty name");
      insert.addBindValue(name);
      if (!insert.exec())
        throw std::runtime_error("cannot insert");
    }
    return db.commit();
  } catch (const std::exception& e) { // expect: session-missing-rollback
    showError(QString::fromUtf8(e.what()));
    return false;
  }
}

// A helper that throws, and a handler that only passes it on.
void execOrThrow(QSqlQuery& query) {
  if (!query.exec())
    throw std::runtime_error(query.lastError().text().toStdString());
}

void moveStock(QSqlDatabase& db, int from, int to) {
  db.transaction();
  try {
    QSqlQuery query(db);
    query.prepare("UPDATE stock SET place = ? WHERE place = ?");
    query.addBindValue(to);
    query.addBindValue(from);
    execOrThrow(query);
    db.commit();
  } catch (...) { // expect: session-missing-rollback
    showError("stock was not moved");
    throw;
  }
}

// The first handler remembers, the second does not.
class Importer {
public:
  explicit Importer(const QString& connection) : db_(QSqlDatabase::database(connection)) {}

  int run(const QStringList& lines) {
    int stored = 0;
    if (!db_.transaction())
      return -1;
    try {
      for (const QString& line : lines) {
        store(line);
        ++stored;
      }
      db_.commit();
    } catch (const std::invalid_argument& e) {
      db_.rollback();
      errors_ << QString::fromUtf8(e.what());
      return -1;
    } catch (const std::exception& e) { // expect: session-missing-rollback
      errors_ << QString::fromUtf8(e.what());
      return -2;
    }
    return stored;
  }

private:
  void store(const QString& line) {
    if (line.startsWith('#'))
      throw std::invalid_argument("comment");
    QSqlQuery insert(db_);
    insert.prepare("INSERT INTO lines(text) VALUES(?)");
    insert.addBindValue(line);
    if (!insert.exec())
      throw std::runtime_error("cannot store");
  }

  QSqlDatabase db_;
  QStringList errors_;
};
