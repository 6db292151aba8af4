// Connections and queries of Qt SQL used, or still held, after their end.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <functional>
#include <memory>

void showError(const QString& text);

// Removed while the handle is in scope.
bool probe(const QString& host) {
  QSqlDatabase remote = QSqlDatabase::addDatabase("QMYSQL", "probe");
  remote.setHostName(host);
  if (!remote.open()) {
    showError(remote.lastError().text());
    QSqlDatabase::removeDatabase("probe"); // expect: session-use-after-scope
    return false;
  }
  const bool good = remote.tables().contains("orders");
  remote.close();
  remote = QSqlDatabase();
  QSqlDatabase::removeDatabase("probe");
  return good;
}

// Closing is not letting go.
int countRemote(const QString& path) {
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "remote");
  db.setDatabaseName(path);
  int n = 0;
  if (db.open()) {
    QSqlQuery query("SELECT count(*) FROM orders", db);
    if (query.next())
      n = query.value(0).toInt();
  }
  db.close();
  QSqlDatabase::removeDatabase("remote"); // expect: session-use-after-scope
  return n;
}

// The connection is closed, the query goes on.
QStringList names(QSqlDatabase db) {
  QStringList result;
  QSqlQuery query(db);
  if (!query.exec("SELECT name FROM customers"))
    return result;
  db.close();
  while (query.next()) // expect: session-use-after-scope
    result << "name";
  return result;
}

// Closed when the table is empty, and written to all the same.
bool fill(QSqlDatabase& db, bool fresh) {
  QSqlQuery query(db);
  if (!fresh && !query.exec("DELETE FROM orders"))
    db.close();
  return query.exec("INSERT INTO orders SELECT * FROM incoming"); // expect: session-use-after-scope
}

// The pointer outlives the handle of the inner block.
int lastOrder(bool archived) {
  QSqlQuery* last = nullptr;
  if (archived) {
    QSqlQuery query("SELECT max(id) FROM archive", QSqlDatabase::database("archive"));
    last = &query;
  }
  return last != nullptr && last->next() ? 1 : 0; // expect: session-use-after-scope
}

// The function returned is to use what dies here.
std::function<bool()> eraser(const QString& connection) {
  QSqlDatabase db = QSqlDatabase::database(connection);
  QSqlQuery query(db);
  query.prepare("DELETE FROM orders");
  return [&query] { return query.exec(); }; // expect: session-use-after-scope
}

// The owner let go, the pointer did not.
int pages(const QString& connection) {
  auto owner = std::make_unique<QSqlQuery>("SELECT id FROM pages", QSqlDatabase::database(connection));
  QSqlQuery* query = owner.get();
  int n = 0;
  while (query->next())
    ++n;
  owner.reset();
  return query->isActive() ? n : 0; // expect: session-use-after-scope
}
