// Connections and queries of Qt SQL that are values, or have an owner from the start.
// library: qtsql
#include <QScopedPointer>
#include <QSharedPointer>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <map>
#include <memory>
#include <utility>

void showError(const QString& text);

bool openDefault(const QString& path) {
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE");
  db.setDatabaseName(path);
  return db.open();
}

// A connection for a short time: opened, closed and removed.
int countOnce(const QString& path) {
  int n = -1;
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "once");
    db.setDatabaseName(path);
    if (db.open()) {
      QSqlQuery query("SELECT count(*) FROM items", db);
      if (query.next())
        n = query.value(0).toInt();
    }
  }
  QSqlDatabase::removeDatabase("once");
  return n;
}

int countOrders(const QString& connection) {
  const QScopedPointer<QSqlDatabase> db(new QSqlDatabase(QSqlDatabase::database(connection)));
  QSqlQuery query("SELECT count(*) FROM orders", *db);
  return query.next() ? query.value(0).toInt() : -1;
}

int countItems(const QString& connection) {
  const auto db = std::make_unique<QSqlDatabase>(QSqlDatabase::database(connection));
  QSqlQuery query("SELECT count(*) FROM items", *db);
  return query.next() ? query.value(0).toInt() : -1;
}

// A factory.
QSqlDatabase* makeHandle(const QString& connection) {
  return new QSqlDatabase(QSqlDatabase::database(connection));
}

QSharedPointer<QSqlDatabase> makeShared(const QString& connection) {
  return QSharedPointer<QSqlDatabase>(new QSqlDatabase(QSqlDatabase::database(connection)));
}

// In a member that the destructor deletes.
class Store {
public:
  explicit Store(const QString& connection) : db_(new QSqlDatabase(QSqlDatabase::database(connection))) {}
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store() { delete db_; }
  bool clear() {
    QSqlQuery query(*db_);
    return query.exec("DELETE FROM items");
  }

private:
  QSqlDatabase* db_;
};

// Owners in a map.
class Handles {
public:
  QSqlDatabase& at(const QString& connection) {
    auto& slot = handles_[connection];
    if (!slot)
      slot.reset(new QSqlDatabase(QSqlDatabase::database(connection)));
    return *slot;
  }

private:
  std::map<QString, std::unique_ptr<QSqlDatabase>> handles_;
};
