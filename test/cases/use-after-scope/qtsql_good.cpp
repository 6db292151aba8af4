// Connections and queries of Qt SQL that are used while they live.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

void showError(const QString& text);

// A scope ends the handle before the connection is removed.
int countRemote(const QString& path) {
  int n = -1;
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "remote");
    db.setDatabaseName(path);
    if (db.open()) {
      QSqlQuery query("SELECT count(*) FROM orders", db);
      if (query.next())
        n = query.value(0).toInt();
    }
    db.close();
  }
  QSqlDatabase::removeDatabase("remote");
  return n;
}

// The handle is emptied first.
bool probe(const QString& host) {
  QSqlDatabase db = QSqlDatabase::addDatabase("QMYSQL", "probe");
  db.setHostName(host);
  const bool good = db.open();
  if (!good)
    showError(db.lastError().text());
  db = QSqlDatabase();
  QSqlDatabase::removeDatabase("probe");
  return good;
}

// Only the name is kept.
void forget(const QString& path) {
  QString name;
  {
    const QSqlDatabase db = QSqlDatabase::database(path, false);
    name = db.connectionName();
  }
  QSqlDatabase::removeDatabase(name);
}

// Another connection is removed.
bool copyFrom(QSqlDatabase& db, const QString& path) {
  {
    QSqlDatabase source = QSqlDatabase::addDatabase("QSQLITE", "source");
    source.setDatabaseName(path);
    if (!source.open())
      showError(source.lastError().text());
  }
  QSqlDatabase::removeDatabase("source");
  QSqlQuery query(db);
  return query.exec("DELETE FROM incoming");
}

// Closed, and opened again.
bool reopen(QSqlDatabase& db, const QString& path) {
  db.close();
  db.setDatabaseName(path);
  if (!db.open())
    return false;
  QSqlQuery query(db);
  return query.exec("PRAGMA foreign_keys = ON");
}

// Closed in the branch that leaves.
QStringList names(QSqlDatabase db) {
  QStringList result;
  if (!db.tables().contains("customers")) {
    db.close();
    return result;
  }
  QSqlQuery query(db);
  query.exec("SELECT name FROM customers");
  while (query.next())
    result << query.value(0).toString();
  return result;
}

// What remains is harmless: texts and states.
QString shutDown(QSqlDatabase& db) {
  db.close();
  if (db.isOpen())
    return QString("still open");
  return db.connectionName() + db.lastError().text();
}

// Values outlive their query.
QVariant price(int id) {
  QSqlQuery query(QSqlDatabase::database("shop"));
  query.prepare("SELECT price FROM items WHERE id = ?");
  query.addBindValue(id);
  return query.exec() && query.next() ? query.value(0) : QVariant();
}

// So do handles and queries that are returned: they are shared.
QSqlQuery allOrders(const QString& connection) {
  QSqlDatabase db = QSqlDatabase::database(connection);
  QSqlQuery query(db);
  query.setForwardOnly(true);
  query.exec("SELECT id FROM orders");
  return query;
}

QSqlDatabase openArchive(const QString& path) {
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "archive");
  db.setDatabaseName(path);
  if (!db.open())
    showError(db.lastError().text());
  return db;
}

// The lambda holds the handle itself.
std::function<bool()> eraser(const QString& connection) {
  QSqlDatabase db = QSqlDatabase::database(connection);
  return [db] {
    QSqlQuery query(db);
    return query.exec("DELETE FROM orders");
  };
}

// A query of its own for each round.
int touch(QSqlDatabase db, const QStringList& tables) {
  int good = 0;
  for (const QString& table : tables) {
    QSqlQuery query(db);
    if (query.exec("UPDATE " + table + " SET touched = 1"))
      ++good;
    query.clear();
  }
  return good;
}

// Closed only if it was opened here.
int count(const QString& connection) {
  QSqlDatabase db = QSqlDatabase::database(connection, false);
  const bool opened = !db.isOpen() && db.open();
  int n = 0;
  {
    QSqlQuery query(db);
    if (query.exec("SELECT count(*) FROM orders") && query.next())
      n = query.value(0).toInt();
  }
  if (opened)
    db.close();
  return n;
}

// Removed by the destructor, after the handle.
class Connection {
public:
  explicit Connection(QString name) : name_(std::move(name)) { db_ = QSqlDatabase::addDatabase("QSQLITE", name_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    db_->close();
    db_.reset();
    QSqlDatabase::removeDatabase(name_);
  }
  QSqlDatabase database() const { return *db_; }

private:
  QString name_;
  std::optional<QSqlDatabase> db_;
};

// A connection that could not be prepared is closed; the query on it says so.
bool prepareSession(QSqlDatabase& db);

QSqlDatabase freshConnection() {
  QSqlDatabase db = QSqlDatabase::database("log");
  if (db.open() && !prepareSession(db)) db.close();
  return db;
}

bool countLog() {
  QSqlDatabase db = freshConnection();
  QSqlQuery query = db.exec("SELECT count(*) FROM log");
  return query.next();
}
