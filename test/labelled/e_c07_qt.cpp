// library: qtsql
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlQueryModel>
#include <QSqlRecord>
#include <QSqlTableModel>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QVariant>
#include <functional>
#include <memory>
#include <optional>

namespace lib {

// 1: named connection, removed when all handles are gone
QStringList readOnce(const QString& file) {
  QStringList out;
  {
    QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("once"));
    db.setDatabaseName(file);
    if (db.open()) {
      QSqlQuery q(db);
      q.exec(QStringLiteral("SELECT t FROM doc"));
      while (q.next()) out << q.value(0).toString();
      db.close();
    }
  }
  QSqlDatabase::removeDatabase(QStringLiteral("once"));
  return out;
}

// 2: handle emptied before the removal
void drop(const QString& name) {
  QSqlDatabase db = QSqlDatabase::database(name, false);
  if (db.isOpen()) db.close();
  db = QSqlDatabase();
  QSqlDatabase::removeDatabase(name);
}

// 3: manual transaction with one rollback at the end
bool saveAll(QSqlDatabase db, const QStringList& lines) {
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  bool ok = q.prepare(QStringLiteral("INSERT INTO doc(t) VALUES(?)"));
  for (const QString& l : lines) {
    if (!ok) break;
    q.addBindValue(l);
    ok = q.exec();
  }
  if (ok && db.commit()) return true;
  db.rollback();
  return false;
}

// 4: a driver without transactions
bool saveIfCan(QSqlDatabase& db, const QString& t) {
  const bool has = db.driver()->hasFeature(QSqlDriver::Transactions);
  if (has && !db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare(QStringLiteral("INSERT INTO doc(t) VALUES(:t)"));
  q.bindValue(QStringLiteral(":t"), t);
  if (!q.exec()) {
    if (has) db.rollback();
    return false;
  }
  if (has && !db.commit()) {
    db.rollback();
    return false;
  }
  return true;
}

// 5: guard over a copy of the handle
class Tx {
public:
  explicit Tx(const QSqlDatabase& db) : db_(db), open_(db_.transaction()) {}
  ~Tx() {
    if (open_) db_.rollback();
  }
  Q_DISABLE_COPY(Tx)
  bool commit() {
    if (!open_ || !db_.commit()) return false;
    open_ = false;
    return true;
  }
  explicit operator bool() const { return open_; }

private:
  QSqlDatabase db_;
  bool open_;
};

bool rename(const QSqlDatabase& db, int id, const QString& t) {
  Tx tx(db);
  if (!tx) return false;
  QSqlQuery q(db);
  q.prepare(QStringLiteral("UPDATE doc SET t = ? WHERE id = ?"));
  q.addBindValue(t);
  q.addBindValue(id);
  if (!q.exec() || q.numRowsAffected() != 1) return false;
  return tx.commit();
}

// 6: model with manual submit, its own transaction around
bool submit(QSqlTableModel& m) {
  QSqlDatabase db = m.database();
  db.transaction();
  if (m.submitAll()) {
    db.commit();
  } else {
    db.rollback();
    m.revertAll();
    return false;
  }
  return true;
}

// 7: query model read to its end
int rows(const QSqlDatabase& db) {
  QSqlQueryModel m;
  m.setQuery(QStringLiteral("SELECT id FROM doc"), db);
  if (m.lastError().isValid()) return -1;
  while (m.canFetchMore()) m.fetchMore();
  return m.rowCount();
}

// 8: temporaries of queries are right
void pragmas(const QSqlDatabase& db) {
  QSqlQuery(db).exec(QStringLiteral("PRAGMA foreign_keys = ON"));
  QSqlQuery(QStringLiteral("PRAGMA journal_mode = WAL"), db);
  db.exec(QStringLiteral("PRAGMA synchronous = NORMAL"));
}

// 9: thread with a connection named after it
class Loader : public QThread {
public:
  explicit Loader(QString file) : file_(std::move(file)) {}
  int count = 0;

protected:
  void run() override {
    const QString name = QStringLiteral("loader%1").arg(quintptr(this));
    {
      QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
      db.setDatabaseName(file_);
      if (db.open()) {
        QSqlQuery q(QStringLiteral("SELECT count(*) FROM doc"), db);
        if (q.next()) count = q.value(0).toInt();
      }
    }
    QSqlDatabase::removeDatabase(name);
  }

private:
  QString file_;
};

// 10: wait for it
int loadCount(const QString& file) {
  Loader l(file);
  l.start();
  l.wait();
  return l.count;
}

// 11: removal while the query is alive
QString titleBad(const QString& file) {
  QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("t"));
  db.setDatabaseName(file);
  QString t;
  if (db.open()) {
    QSqlQuery q(QStringLiteral("SELECT t FROM doc LIMIT 1"), db);
    if (q.next()) t = q.value(0).toString();
  }
  QSqlDatabase::removeDatabase(QStringLiteral("t"));  // expect: session-use-after-scope
  return t;
}

// 12: query on the default connection while the transaction is on another
bool placeBad(QSqlDatabase orders, int id) {
  if (!orders.transaction()) return false;
  QSqlQuery q(orders);
  q.prepare(QStringLiteral("INSERT INTO ord VALUES(?)"));
  q.addBindValue(id);
  QSqlQuery log(QStringLiteral("INSERT INTO audit VALUES(1)"));  // expect: session-transaction-bypass
  if (!q.exec()) {
    orders.rollback();
    return false;
  }
  if (!orders.commit()) {
    orders.rollback();
    return false;
  }
  return true;
}

// 13: default connection throughout, spelled in two ways
bool placeDefault(int id) {
  QSqlDatabase db = QSqlDatabase::database();
  if (!db.transaction()) return false;
  QSqlQuery q;
  q.prepare(QStringLiteral("INSERT INTO ord VALUES(?)"));
  q.addBindValue(id);
  QSqlQuery log(QStringLiteral("INSERT INTO audit VALUES(1)"), db);
  if (log.lastError().isValid() || !q.exec()) {
    db.rollback();
    return false;
  }
  if (db.commit()) return true;
  db.rollback();
  return false;
}

// 14: the handle fetched anew for begin and end
bool byName(const QString& name, const std::function<bool(QSqlDatabase)>& f) {
  QSqlDatabase::database(name).transaction();
  const bool ok = f(QSqlDatabase::database(name));
  if (ok)
    QSqlDatabase::database(name).commit();
  else
    QSqlDatabase::database(name).rollback();
  return ok;
}

// 15: errors collected, then judged
bool migrate(QSqlDatabase& db, const QStringList& steps, QString* why) {
  QStringList errors;
  if (!db.transaction()) {
    errors << db.lastError().text();
  } else {
    for (const QString& s : steps) {
      QSqlQuery q(db);
      if (!q.exec(s)) errors << q.lastError().text();
    }
    if (!errors.isEmpty() || !db.commit()) db.rollback();
  }
  if (why) *why = errors.join(QLatin1Char('\n'));
  return errors.isEmpty();
}

// 16: class owning a named connection
class Store {
public:
  explicit Store(const QString& file) : name_(QStringLiteral("store")) {
    QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name_);
    db.setDatabaseName(file);
    db.open();
  }
  ~Store() {
    close();
    QSqlDatabase::removeDatabase(name_);
  }
  void close() {
    find_.reset();
    QSqlDatabase db = QSqlDatabase::database(name_, false);
    if (db.isOpen()) db.close();
  }
  QVariant find(int id) {
    if (!find_) {
      find_ = std::make_unique<QSqlQuery>(QSqlDatabase::database(name_));
      find_->prepare(QStringLiteral("SELECT t FROM doc WHERE id = ?"));
    }
    find_->bindValue(0, id);
    QVariant out;
    if (find_->exec() && find_->next()) out = find_->value(0);
    find_->finish();
    return out;
  }
  bool begin() { return inTx_ || (inTx_ = QSqlDatabase::database(name_).transaction()); }
  bool end(bool good) {
    if (!inTx_) return false;
    inTx_ = false;
    QSqlDatabase db = QSqlDatabase::database(name_);
    if (good && db.commit()) return true;
    db.rollback();
    return false;
  }

private:
  QString name_;
  std::unique_ptr<QSqlQuery> find_;
  bool inTx_ = false;
};

// 17: caller of a split unit of work
bool viaStore(Store& s, int id) {
  if (!s.begin()) return false;
  const bool ok = s.find(id).isValid();
  return s.end(ok);
}

// 18: batch
bool batch(QSqlDatabase& db, const QVariantList& ids) {
  for (int from = 0; from < ids.size(); from += 100) {
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    q.prepare(QStringLiteral("DELETE FROM doc WHERE id = ?"));
    q.addBindValue(QVariant(ids.mid(from, 100)));
    if (!q.execBatch()) {
      db.rollback();
      return false;
    }
    if (!db.commit()) {
      db.rollback();
      return false;
    }
  }
  return true;
}

// 19: early return that leaves it open
bool importBad(QSqlDatabase& db, const QString& t) {
  if (!db.transaction()) return false;  // expect: session-unfinished-transaction
  QSqlQuery q(db);
  if (!q.prepare(QStringLiteral("INSERT INTO doc(t) VALUES(?)"))) return false;
  q.addBindValue(t);
  if (!q.exec()) {
    db.rollback();
    return false;
  }
  if (!db.commit()) db.rollback();
  return true;
}

// 20: reopen after an error of the connection
bool execRetry(QSqlDatabase& db, const QString& sql) {
  for (int i = 0; i < 2; ++i) {
    QSqlQuery q(db);
    if (q.exec(sql)) return true;
    if (q.lastError().type() != QSqlError::ConnectionError) return false;
    q.clear();
    db.close();
    if (!db.open()) return false;
  }
  return false;
}

}  // namespace lib
