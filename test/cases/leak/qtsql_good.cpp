// Handles of Qt SQL that are given back, or need not be.
// library: qtsql
#include <QScopedPointer>
#include <QSharedPointer>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <QVector>

#include <memory>
#include <utility>

void showError(const QString& text);

// The registry keeps the connection for everybody.
bool openDefault(const QString& path) {
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE");
  db.setDatabaseName(path);
  if (!db.open()) {
    showError(db.lastError().text());
    return false;
  }
  QSqlQuery query(db);
  return query.exec("PRAGMA foreign_keys = ON");
}

// It was open before.
int countOrders() {
  QSqlDatabase db = QSqlDatabase::database();
  QSqlQuery query("SELECT count(*) FROM orders", db);
  return query.next() ? query.value(0).toInt() : -1;
}

// Owners of Qt and of the standard.
int countItems(const QString& connection) {
  const QScopedPointer<QSqlQuery> query(new QSqlQuery(QSqlDatabase::database(connection)));
  if (!query->exec("SELECT count(*) FROM items"))
    return -1;
  return query->next() ? query->value(0).toInt() : 0;
}

bool touch(const QString& connection, int id) {
  auto query = std::make_unique<QSqlQuery>(QSqlDatabase::database(connection));
  query->prepare("UPDATE orders SET touched = 1 WHERE id = ?");
  query->addBindValue(id);
  return query->exec();
}

QSharedPointer<QSqlQuery> shared(const QString& connection) {
  QSharedPointer<QSqlQuery> query(new QSqlQuery(QSqlDatabase::database(connection)));
  if (!query->prepare("SELECT name FROM items WHERE id = ?"))
    return {};
  return query;
}

// The caller's.
std::unique_ptr<QSqlDatabase> handle(const QString& connection) {
  return std::make_unique<QSqlDatabase>(QSqlDatabase::database(connection));
}

// In a member that the destructor deletes.
class Lookup {
public:
  explicit Lookup(const QString& connection) : query_(new QSqlQuery(QSqlDatabase::database(connection))) {
    query_->prepare("SELECT name FROM items WHERE id = ?");
  }
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;
  ~Lookup() { delete query_; }

  QString name(int id) {
    query_->addBindValue(id);
    if (!query_->exec() || !query_->next())
      return QString();
    return query_->value(0).toString();
  }

private:
  QSqlQuery* query_;
};

// Owners in a list.
void prepareAll(std::vector<std::unique_ptr<QSqlQuery>>& queries, const QVector<QString>& texts) {
  for (const QString& text : texts) {
    auto query = std::make_unique<QSqlQuery>();
    if (query->prepare(text))
      queries.push_back(std::move(query));
  }
}

// Closed under the flag under which it was opened.
bool check(const QString& connection) {
  QSqlDatabase db = QSqlDatabase::database(connection, false);
  bool selfOpened = false;
  if (!db.isOpen()) {
    if (!db.open())
      return false;
    selfOpened = true;
  }
  const bool good = db.tables().contains("orders");
  if (selfOpened)
    db.close();
  return good;
}
