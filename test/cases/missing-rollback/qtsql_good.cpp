// Transactions of Qt SQL that an exception does not leave open.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

#include <exception>
#include <functional>
#include <stdexcept>
#include <utility>

void showError(const QString& text);

// The handler rolls back.
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
    if (!db.commit())
      throw std::runtime_error("cannot commit");
    return true;
  } catch (const std::exception& e) {
    db.rollback();
    showError(QString::fromUtf8(e.what()));
    return false;
  }
}

// Nothing here throws: Qt has return values.
bool moveStock(QSqlDatabase& db, int from, int to) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("UPDATE stock SET place = ? WHERE place = ?");
  query.addBindValue(to);
  query.addBindValue(from);
  if (!query.exec()) {
    db.rollback();
    return false;
  }
  return db.commit();
}

// Thrown when it is over.
void execOrThrow(QSqlDatabase& db, const QString& text) {
  if (!db.transaction())
    throw std::runtime_error("no transaction");
  QSqlQuery query(db);
  if (!query.exec(text)) {
    db.rollback();
    throw std::runtime_error(query.lastError().text().toStdString());
  }
  if (!db.commit()) {
    db.rollback();
    throw std::runtime_error("cannot commit");
  }
}

// A guard does.
class Transaction {
public:
  explicit Transaction(const QSqlDatabase& db) : db_(db) {
    if (!db_.transaction())
      throw std::runtime_error("no transaction");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!done_)
      db_.rollback();
  }
  void commit() {
    if (!db_.commit())
      throw std::runtime_error("cannot commit");
    done_ = true;
  }

private:
  QSqlDatabase db_;
  bool done_ = false;
};

void storeOrder(const QSqlDatabase& db, int id, const QVector<int>& items) {
  Transaction transaction(db);
  QSqlQuery insert(db);
  insert.prepare("INSERT INTO order_items(orders, item) VALUES(?, ?)");
  for (const int item : items) {
    insert.addBindValue(id);
    insert.addBindValue(item);
    if (!insert.exec())
      throw std::runtime_error(insert.lastError().text().toStdString());
  }
  transaction.commit();
}

// The handler around the guard has nothing left to do.
bool countOrder(const QSqlDatabase& db) {
  try {
    Transaction transaction(db);
    QSqlQuery query(db);
    if (!query.exec("UPDATE counters SET orders = orders + 1"))
      throw std::runtime_error("cannot count");
    transaction.commit();
  } catch (const std::exception& e) {
    showError(QString::fromUtf8(e.what()));
    return false;
  }
  return true;
}

// A wrapper rolls back for all.
bool inTransaction(QSqlDatabase& db, const std::function<void(QSqlDatabase&)>& work) {
  if (!db.transaction())
    return false;
  try {
    work(db);
  } catch (...) {
    db.rollback();
    throw;
  }
  return db.commit();
}

void clear(QSqlDatabase& db) {
  inTransaction(db, [](QSqlDatabase& inner) {
    QSqlQuery query(inner);
    if (!query.exec("DELETE FROM names"))
      throw std::runtime_error("cannot delete");
  });
}

// The handler's helper does.
class Importer {
public:
  explicit Importer(const QString& connection) : db_(QSqlDatabase::database(connection)) {}

  int run(const QStringList& lines) {
    int stored = 0;
    if (!db_.transaction())
      return -1;
    try {
      for (const QString& line : lines) {
        if (line.startsWith('#'))
          throw std::invalid_argument("comment");
        stored += store(line) ? 1 : 0;
      }
      db_.commit();
    } catch (const std::invalid_argument& e) {
      return failed(-1, e);
    } catch (const std::exception& e) {
      return failed(-2, e);
    }
    return stored;
  }

private:
  int failed(int code, const std::exception& e) {
    db_.rollback();
    errors_ << QString::fromUtf8(e.what());
    return code;
  }
  bool store(const QString& line) {
    QSqlQuery insert(db_);
    insert.prepare("INSERT INTO lines(text) VALUES(?)");
    insert.addBindValue(line);
    return insert.exec();
  }

  QSqlDatabase db_;
  QStringList errors_;
};

// Thrown before the transaction.
bool setPrice(QSqlDatabase& db, int id, double price) {
  if (price < 0)
    throw std::out_of_range("price");
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("UPDATE titles SET price = ? WHERE id = ?");
  query.addBindValue(price);
  query.addBindValue(id);
  const bool good = query.exec() && db.commit();
  if (!good)
    db.rollback();
  return good;
}
