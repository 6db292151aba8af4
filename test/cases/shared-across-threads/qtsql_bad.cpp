// Connections of Qt SQL used by another thread than the one they were made in, if only by copy.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QThread>
#include <QVariant>

#include <thread>

// A copy is the same connection.
void later(QSqlDatabase db) {
  std::thread([db] { // expect: session-shared-across-threads
    QSqlQuery query(db);
    query.exec("UPDATE orders SET touched = 1");
  }).detach();
}

// By reference, and used here in the meantime.
bool both(QSqlDatabase& db) {
  std::thread worker([&db] { // expect: session-shared-across-threads
    QSqlQuery query(db);
    query.exec("DELETE FROM log");
  });
  QSqlQuery query(db);
  const bool good = query.exec("UPDATE orders SET state = 1");
  worker.join();
  return good;
}

// As an argument of the thread's function.
void erase(QSqlDatabase db, int id) {
  QSqlQuery query(db);
  query.prepare("DELETE FROM orders WHERE id = ?");
  query.addBindValue(id);
  query.exec();
}

bool eraseTwo(QSqlDatabase& db, int first, int second) {
  std::thread worker(erase, db, first); // expect: session-shared-across-threads
  erase(db, second);
  worker.join();
  return true;
}
