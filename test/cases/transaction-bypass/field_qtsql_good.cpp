// Seen in the field: nothing but the query without a connection runs in the transaction, so the member is the default connection.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QStringList>

class Shelf {
public:
  void drop(const QStringList& ids);

private:
  QSqlDatabase db_;
};

void Shelf::drop(const QStringList& ids) {
  db_.transaction();
  QSqlQuery query;
  for (const QString& id : ids)
    query.exec(QString("DELETE FROM books WHERE id = '%1'").arg(id));
  query.exec("UPDATE shelves SET counted = 0");
  db_.commit();
}
