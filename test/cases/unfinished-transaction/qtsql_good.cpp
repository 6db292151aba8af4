// Transactions of Qt SQL that end, though not where one looks first.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

#include <functional>
#include <memory>
#include <utility>

void showError(const QString& text);

// Rolled back by hand on every path.
bool storeInvoice(QSqlDatabase db, int id, const QVector<int>& lines) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("INSERT INTO invoice_lines(invoice, line) VALUES(?, ?)");
  for (const int line : lines) {
    query.addBindValue(id);
    query.addBindValue(line);
    if (!query.exec()) {
      showError(query.lastError().text());
      db.rollback();
      return false;
    }
  }
  if (!db.commit()) {
    db.rollback();
    return false;
  }
  return true;
}

// The project's own guard rolls back in its destructor.
class Transaction {
public:
  explicit Transaction(QSqlDatabase db) : db_(std::move(db)), open_(db_.transaction()) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (open_)
      db_.rollback();
  }
  [[nodiscard]] bool isOpen() const { return open_; }
  bool commit() {
    if (!open_ || !db_.commit())
      return false;
    open_ = false;
    return true;
  }

private:
  QSqlDatabase db_;
  bool open_;
};

bool rename(QSqlDatabase db, int id, const QString& title) {
  Transaction transaction(db);
  if (!transaction.isOpen() || title.isEmpty())
    return false;
  QSqlQuery query(db);
  query.prepare("UPDATE titles SET title = ? WHERE id = ?");
  query.addBindValue(title);
  query.addBindValue(id);
  if (!query.exec())
    return false;
  return transaction.commit();
}

// Begun, committed and rolled back under the same flag: not every driver can.
bool addAll(QSqlDatabase& db, const QStringList& names) {
  const bool transaction = db.transaction();
  bool good = true;
  QSqlQuery query(db);
  query.prepare("INSERT INTO names(name) VALUES(?)");
  for (const QString& name : names) {
    query.addBindValue(name);
    if (!query.exec()) {
      good = false;
      break;
    }
  }
  if (transaction) {
    if (good)
      db.commit();
    else
      db.rollback();
  }
  return good;
}

// Only when there are many.
void touch(QSqlDatabase& db, const QVector<int>& ids) {
  const bool many = ids.size() > 1;
  if (many && !db.transaction())
    return;
  QSqlQuery query(db);
  query.prepare("UPDATE titles SET touched = 1 WHERE id = ?");
  for (const int id : ids) {
    query.addBindValue(id);
    query.exec();
  }
  if (many)
    db.commit();
}

// A lambda that every failure goes through.
bool moveStock(QSqlDatabase& db, int from, int to, int amount) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  const auto fail = [&] {
    showError(query.lastError().text());
    db.rollback();
    return false;
  };
  query.prepare("UPDATE stock SET amount = amount - ? WHERE place = ?");
  query.addBindValue(amount);
  query.addBindValue(from);
  if (!query.exec())
    return fail();
  query.prepare("UPDATE stock SET amount = amount + ? WHERE place = ?");
  query.addBindValue(amount);
  query.addBindValue(to);
  if (!query.exec())
    return fail();
  return db.commit() || fail();
}

// A helper that ends it one way or the other.
bool finish(QSqlDatabase& db, bool good) {
  if (good && db.commit())
    return true;
  db.rollback();
  return false;
}

bool setPrice(QSqlDatabase& db, int id, double price) {
  if (!db.transaction())
    return false;
  if (price < 0)
    return finish(db, false);
  QSqlQuery query(db);
  query.prepare("UPDATE titles SET price = ? WHERE id = ?");
  query.addBindValue(price);
  query.addBindValue(id);
  return finish(db, query.exec());
}

// The end is in another method.
class Editor {
public:
  explicit Editor(const QString& connection) : db_(QSqlDatabase::database(connection)) {}
  bool startEditing() { return db_.transaction(); }
  bool save() { return db_.commit(); }
  void discard() { db_.rollback(); }
  bool set(int id, const QString& text) {
    QSqlQuery query(db_);
    query.prepare("UPDATE titles SET text = ? WHERE id = ?");
    query.addBindValue(text);
    query.addBindValue(id);
    return query.exec();
  }

private:
  QSqlDatabase db_;
};

// One end for all, reached by goto.
bool renumber(QSqlDatabase& db) {
  bool good = false;
  QSqlQuery query(db);
  if (!db.transaction())
    return false;
  if (!query.exec("UPDATE pages SET number = -number"))
    goto end;
  if (!query.exec("UPDATE pages SET number = 1 - number"))
    goto end;
  good = db.commit();
end:
  if (!good)
    db.rollback();
  return good;
}

// Whatever is thrown or returned, the scope's end knows.
class AtExit {
public:
  explicit AtExit(std::function<void()> action) : action_(std::move(action)) {}
  AtExit(const AtExit&) = delete;
  AtExit& operator=(const AtExit&) = delete;
  ~AtExit() {
    if (action_)
      action_();
  }
  void dismiss() { action_ = nullptr; }

private:
  std::function<void()> action_;
};

bool archive(QSqlDatabase& db, int year) {
  if (!db.transaction())
    return false;
  AtExit rollback([&db] { db.rollback(); });
  QSqlQuery query(db);
  query.prepare("INSERT INTO archive SELECT * FROM orders WHERE year = ?");
  query.addBindValue(year);
  if (!query.exec() || query.numRowsAffected() == 0)
    return false;
  if (!query.exec("DELETE FROM orders WHERE archived = 1"))
    return false;
  if (!db.commit())
    return false;
  rollback.dismiss();
  return true;
}

// Everything in one condition.
bool swap(QSqlDatabase db) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  const bool good = query.exec("UPDATE cells SET n = -n") && query.exec("UPDATE cells SET n = 9 - n");
  return good ? db.commit() : (db.rollback(), false);
}
