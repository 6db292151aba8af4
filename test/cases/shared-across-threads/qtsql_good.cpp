// Threads with connections of Qt SQL of their own.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QThread>
#include <QVariant>

#include <thread>

// The thread clones the connection by its name.
void later(const QString& connection, int id) {
  std::thread([connection, id] {
    const QString name = connection + QString::number(id);
    {
      QSqlDatabase db = QSqlDatabase::cloneDatabase(connection, name);
      if (db.open()) {
        QSqlQuery query(db);
        query.prepare("UPDATE orders SET touched = 1 WHERE id = ?");
        query.addBindValue(id);
        query.exec();
      }
    }
    QSqlDatabase::removeDatabase(name);
  }).detach();
}

// Only values go along.
int countInBackground(QSqlDatabase& db, const QString& path) {
  int n = 0;
  const QString driver = db.driverName();
  std::thread worker([&n, driver, path] {
    {
      QSqlDatabase own = QSqlDatabase::addDatabase(driver, "background");
      own.setDatabaseName(path);
      if (own.open()) {
        QSqlQuery query("SELECT count(*) FROM orders", own);
        n = query.next() ? query.value(0).toInt() : -1;
      }
    }
    QSqlDatabase::removeDatabase("background");
  });
  QSqlQuery query(db);
  query.exec("DELETE FROM log");
  worker.join();
  return n;
}

// A thread object that opens what it needs in run().
class Cleaner : public QThread {
public:
  explicit Cleaner(const QString& path) : path_(path) {}

protected:
  void run() override {
    {
      QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "cleaner");
      db.setDatabaseName(path_);
      if (db.open()) {
        QSqlQuery query(db);
        query.exec("DELETE FROM log");
      }
    }
    QSqlDatabase::removeDatabase("cleaner");
  }

private:
  QString path_;
};

// A lambda that runs here.
bool clear(QSqlDatabase& db) {
  const auto run = [&db](const char* text) {
    QSqlQuery query(db);
    return query.exec(text);
  };
  return run("DELETE FROM orders") && run("DELETE FROM order_items");
}
