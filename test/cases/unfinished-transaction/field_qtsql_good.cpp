// Seen in the field: methods without a body in sight are called while the member's transaction is open.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

class Importer {
public:
  void import(int feed);
  void imported(int feed, bool changed); // tells the others
  void finish();                         // may commit

private:
  QSqlDatabase db_;
  bool busy_ = false;
};

void Importer::import(int feed) {
  db_.transaction();
  QSqlQuery query(db_);
  query.exec("SELECT id FROM feeds");
  if (!query.first()) {
    imported(feed, false);
    db_.commit();
    return;
  }
  query.exec("UPDATE feeds SET seen = 1");
  imported(feed, true);
  db_.commit();
}

class Nightly {
public:
  void run();
  void close(); // commits

private:
  QSqlDatabase db_;
};

void Nightly::run() {
  db_.transaction();
  QSqlQuery query(db_);
  query.exec("DELETE FROM sessions");
  close();
}
