// A01: sessions received from the caller are neither closed nor committed here.
// library: soci libpqxx sqlitecpp qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <memory>
#include <string>

int countOrders(soci::session& sql, int customer) {
  int n = 0;
  sql << "SELECT count(*) FROM orders WHERE customer = :c", soci::into(n), soci::use(customer);
  return n;
}

void addItem(pqxx::work& tx, int order, int item) {
  tx.exec_params("INSERT INTO order_items(orders, item) VALUES($1, $2)", order, item);
}

bool touch(SQLite::Database* db, int order) {
  if (db == nullptr)
    return false;
  SQLite::Statement update(*db, "UPDATE orders SET touched = 1 WHERE id = ?");
  update.bind(1, order);
  return update.exec() == 1;
}

bool rename(QSqlDatabase db, int item, const QString& name) {
  QSqlQuery query(db);
  query.prepare("UPDATE items SET name = ? WHERE id = ?");
  query.addBindValue(name);
  query.addBindValue(item);
  return query.exec();
}

class Orders {
public:
  explicit Orders(std::shared_ptr<soci::session> sql) : sql_(std::move(sql)) {}
  void close(int order) { *sql_ << "UPDATE orders SET open = 0 WHERE id = :o", soci::use(order); }

private:
  std::shared_ptr<soci::session> sql_;
};
