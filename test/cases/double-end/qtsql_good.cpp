// Transactions of Qt SQL that are ended once, as far as that can be known.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

void showError(const QString& text);

// A commit that fails is followed by a rollback.
bool store(QSqlDatabase db, const QStringList& names) {
  if (!db.transaction())
    return false;
  QSqlQuery insert(db);
  insert.prepare("INSERT INTO names(name) VALUES(?)");
  for (const QString& name : names) {
    insert.addBindValue(name);
    if (!insert.exec()) {
      db.rollback();
      return false;
    }
  }
  if (!db.commit()) {
    showError(db.lastError().text());
    db.rollback();
    return false;
  }
  return true;
}

// All in one condition.
bool swap(QSqlDatabase& db) {
  db.transaction();
  QSqlQuery query(db);
  if (query.exec("UPDATE cells SET n = -n") && query.exec("UPDATE cells SET n = 9 - n") && db.commit())
    return true;
  db.rollback();
  return false;
}

// One or the other.
bool settle(QSqlDatabase& db, int id) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("UPDATE orders SET settled = 1 WHERE id = ?");
  query.addBindValue(id);
  const bool good = query.exec();
  if (good)
    db.commit();
  else
    db.rollback();
  return good;
}

// The flag knows whether it is over.
bool move(QSqlDatabase& db, bool dry) {
  if (!db.transaction())
    return false;
  bool over = false;
  QSqlQuery query(db);
  if (!query.exec("UPDATE items SET place = 2 WHERE place = 1")) {
    db.rollback();
    over = true;
  }
  showError(dry ? "tried" : "moved");
  if (!over)
    dry ? db.rollback() : db.commit();
  return !over;
}

// A transaction for each round.
int importAll(QSqlDatabase& db, const QVector<QStringList>& batches) {
  int bad = 0;
  for (const QStringList& batch : batches) {
    if (!db.transaction())
      return -1;
    QSqlQuery insert(db);
    insert.prepare("INSERT INTO names(name) VALUES(?)");
    insert.addBindValue(QVariant(batch));
    if (insert.execBatch()) {
      db.commit();
    } else {
      db.rollback();
      ++bad;
    }
  }
  return bad;
}

// Begun by the caller, who says so by calling.
class Unit {
public:
  explicit Unit(const QSqlDatabase& db) : db_(db) {}
  bool begin() { return db_.transaction(); }
  bool commit() { return db_.commit(); }
  void rollback() { db_.rollback(); }

private:
  QSqlDatabase db_;
};

bool run(QSqlDatabase& db, const QString& text) {
  Unit unit(db);
  if (!unit.begin())
    return false;
  QSqlQuery query(db);
  if (query.exec(text))
    return unit.commit();
  unit.rollback();
  return false;
}

// A helper that ends what its caller began.
bool finish(QSqlDatabase& db, bool good) {
  if (good && db.commit())
    return true;
  db.rollback();
  return false;
}

bool clear(QSqlDatabase& db) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  return finish(db, query.exec("DELETE FROM names"));
}

// Closed only if it is open.
void shutDown(QSqlDatabase& db) {
  if (db.isOpen())
    db.close();
}
