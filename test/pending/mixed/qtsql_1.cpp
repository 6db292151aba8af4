// Recipe manager: models and dialogs' backend on Qt SQL
// library: qtsql
#include <QDebug>
#include <QList>
#include <QPair>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <exception>
#include <functional>
#include <memory>
#include <thread>

namespace recipes {

static bool report(const QSqlQuery& q) {
  qWarning() << q.lastQuery() << q.lastError().text();
  return false;
}

class Rollback {
public:
  explicit Rollback(QSqlDatabase db) : db_(db), active_(db_.transaction()) {}
  ~Rollback() {
    if (active_) db_.rollback();
  }
  Rollback(const Rollback&) = delete;
  Rollback& operator=(const Rollback&) = delete;
  bool active() const { return active_; }
  bool commit() {
    if (!active_ || !db_.commit()) return false;
    active_ = false;
    return true;
  }

private:
  QSqlDatabase db_;
  bool active_;
};

bool removeTag(QSqlDatabase db, int tag) {
  Rollback guard(db);  // expect: session-unfinished-transaction
  if (!guard.active()) return false;
  QSqlQuery q(db);
  q.prepare("DELETE FROM tagged WHERE tag = ?");
  q.addBindValue(tag);
  if (!q.exec()) return report(q);
  q.prepare("DELETE FROM tag WHERE id = ?");
  q.addBindValue(tag);
  return q.exec() || report(q);
}

void loadThumbnails(const QString& file) {
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "thumbnails");
  db.setDatabaseName(file);
  if (!db.open()) return;
  std::thread([db] {  // expect: session-shared-across-threads
    QSqlQuery q(db);
    q.exec("UPDATE recipe SET thumbnail = NULL");
  }).detach();
}

}  // namespace recipes
