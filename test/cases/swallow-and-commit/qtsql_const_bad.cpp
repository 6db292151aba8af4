// An exception swallowed inside a guard's transaction on a connection that the function must not change: no fix by rollback.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <stdexcept>

class Transaction {
public:
  explicit Transaction(const QSqlDatabase& db) : db_(db) {
    if (!db_.transaction()) throw std::runtime_error("no transaction");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!done_) db_.rollback();
  }
  void commit() {
    if (!db_.commit()) throw std::runtime_error("not committed");
    done_ = true;
  }

private:
  QSqlDatabase db_;
  bool done_ = false;
};

void must(QSqlQuery& query) {
  if (!query.exec()) throw std::runtime_error("not run");
}

void logError(const char* text);

void addAll(const QSqlDatabase& db, const QStringList& names) {
  Transaction transaction(db);
  for (const QString& name : names) {
    try {
      QSqlQuery query(db);
      query.prepare("INSERT INTO names(name) VALUES(?)");
      query.addBindValue(name);
      must(query);
    } catch (const std::runtime_error& e) { // expect: session-swallow-and-commit (no fix)
      logError(e.what());
    }
  }
  transaction.commit();
}
