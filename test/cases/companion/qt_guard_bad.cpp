// Qt has no guard of its own either.
// library: session_tidy
// library: qtsql
// config: {"guard": "session_tidy::transaction", "guardHeader": "<session_tidy/scope.h>"}
#include <QSqlDatabase>
#include <QSqlQuery>

#include <stdexcept>

void move(QSqlDatabase db, int number) {
  db.transaction(); // expect: session-missing-rollback
  QSqlQuery query(db);
  query.exec("DELETE FROM old");
  if (number < 0) throw std::invalid_argument("number");
  query.exec("INSERT INTO young VALUES (1)");
  db.commit();
}
