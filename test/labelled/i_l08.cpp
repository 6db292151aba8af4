// library: qtsql
// tidepool, Qt photo catalogue
#include <QDateTime>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>
#include <QDebug>

#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

namespace tidepool {

struct Photo {
  qint64 id = 0;
  QString path;
  QString title;
  int rating = 0;
};

class CatalogError : public std::runtime_error {
 public:
  explicit CatalogError(const QSqlError& e) : std::runtime_error(e.text().toStdString()) {}
};

class DbGuard {
 public:
  explicit DbGuard(const QSqlDatabase& db) : db_(db), open_(db_.transaction()) {}
  ~DbGuard() {
    if (open_) db_.rollback();
  }
  DbGuard(const DbGuard&) = delete;
  DbGuard& operator=(const DbGuard&) = delete;
  explicit operator bool() const noexcept { return open_; }
  bool commit() {
    if (!open_ || !db_.commit()) return false;
    open_ = false;
    return true;
  }

 private:
  QSqlDatabase db_;
  bool open_;
};

static bool execLogged(QSqlQuery& q) {
  if (q.exec()) return true;
  qWarning() << "tidepool:" << q.lastError().text() << q.lastQuery();
  return false;
}

bool openCatalog(const QString& name, const QString& file) {
  QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
  db.setDatabaseName(file);
  if (!db.open()) {
    qWarning() << db.lastError().text();
    return false;
  }
  QSqlQuery pragma(db);
  return pragma.exec(QStringLiteral("PRAGMA foreign_keys = ON"));
}

void closeCatalog(const QString& name) {
  {
    QSqlDatabase db = QSqlDatabase::database(name, false);
    if (db.isOpen()) db.close();
  }
  QSqlDatabase::removeDatabase(name);
}

bool addPhoto(QSqlDatabase db, const Photo& p, const QStringList& tags) {
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare(QStringLiteral("INSERT INTO photo(path, title) VALUES (?, ?)"));
  q.addBindValue(p.path);
  q.addBindValue(p.title);
  if (!execLogged(q)) {
    db.rollback();
    return false;
  }
  const QVariant id = q.lastInsertId();
  q.prepare(QStringLiteral("INSERT INTO tag(photo, name) VALUES (?, ?)"));
  for (const QString& t : tags) {
    q.bindValue(0, id);
    q.bindValue(1, t);
    if (!execLogged(q)) {
      db.rollback();
      return false;
    }
  }
  if (!db.commit()) {
    db.rollback();
    return false;
  }
  return true;
}

bool moveFolder(QSqlDatabase db, const QString& from, const QString& to) {
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare(QStringLiteral("UPDATE photo SET path = replace(path, ?, ?)"));
  q.addBindValue(from);
  q.addBindValue(to);
  QSqlQuery stamp(QStringLiteral("UPDATE folder SET moved = datetime('now')"));  // expect: session-transaction-bypass
  if (!execLogged(q) || stamp.lastError().isValid()) {
    db.rollback();
    return false;
  }
  const bool ok = db.commit();
  if (!ok) db.rollback();
  return ok;
}

bool rate(QSqlDatabase db, qint64 id, int stars) {
  DbGuard tx(db);
  if (!tx) return false;
  QSqlQuery q(db);
  q.prepare(QStringLiteral("UPDATE photo SET rating = :r WHERE id = :i"));
  q.bindValue(QStringLiteral(":r"), stars);
  q.bindValue(QStringLiteral(":i"), id);
  if (!execLogged(q)) return false;
  if (q.numRowsAffected() != 1) return false;
  return tx.commit();
}

bool clearRatings(QSqlDatabase db, bool dryRun) {
  const bool began = db.transaction();  // expect: session-unfinished-transaction
  QSqlQuery q(db);
  if (!q.exec(QStringLiteral("UPDATE photo SET rating = 0"))) {
    if (began) db.rollback();
    return false;
  }
  qInfo() << "would clear" << q.numRowsAffected();
  if (dryRun) return true;
  if (began && !db.commit()) {
    db.rollback();
    return false;
  }
  return true;
}

bool mergeTag(QSqlDatabase db, const QString& a, const QString& b) {
  const bool own = db.transaction();
  QSqlQuery q(db);
  q.prepare(QStringLiteral("UPDATE tag SET name = ? WHERE name = ?"));
  q.addBindValue(b);
  q.addBindValue(a);
  const bool ok = execLogged(q);
  if (own) {
    if (ok && db.commit()) return true;
    db.rollback();
    return false;
  }
  return ok;
}

int importPaths(QSqlDatabase db, const QStringList& paths, int chunk) {
  int stored = 0;
  QSqlQuery q(db);
  for (int at = 0; at < paths.size(); at += chunk) {
    DbGuard tx(db);
    if (!tx || !q.prepare(QStringLiteral("INSERT OR IGNORE INTO photo(path) VALUES (?)"))) break;
    const QStringList part = paths.mid(at, chunk);
    bool ok = true;
    for (const QString& p : part) {
      q.bindValue(0, p);
      if (!(ok = execLogged(q))) break;
    }
    if (!ok || !tx.commit()) break;
    stored += part.size();
  }
  return stored;
}

QStringList titles(const QSqlDatabase& db) {
  QStringList out;
  QSqlQuery q(QStringLiteral("SELECT title FROM photo"), db);
  while (q.next()) out << q.value(0).toString();
  if (q.lastError().isValid()) qWarning() << q.lastError().text();
  return out;
}

int photoCount(const QString& file) {
  const QString name = QStringLiteral("count");
  int n = -1;
  {
    QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    db.setDatabaseName(file);
    if (db.open()) {
      QSqlQuery q(db);
      if (q.exec(QStringLiteral("SELECT count(*) FROM photo")) && q.next()) n = q.value(0).toInt();
    }
  }
  QSqlDatabase::removeDatabase(name);
  return n;
}

QString firstPath(const QString& file) {
  QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("first"));
  db.setDatabaseName(file);
  if (!db.open()) return {};
  QSqlQuery q(db);
  q.exec(QStringLiteral("SELECT path FROM photo ORDER BY path"));
  db.close();
  return q.next() ? q.value(0).toString() : QString();  // expect: session-use-after-scope
}

void hashInBackground(const QString& name, const QString& path) {
  std::thread worker([name, path] {
    const QString mine = name + QStringLiteral("-hash");
    {
      QSqlDatabase db = QSqlDatabase::cloneDatabase(name, mine);
      if (db.open()) {
        QSqlQuery q(db);
        q.prepare(QStringLiteral("UPDATE photo SET hash = hex(?) WHERE path = ?"));
        q.addBindValue(path);
        q.addBindValue(path);
        execLogged(q);
      }
    }
    QSqlDatabase::removeDatabase(mine);
  });
  worker.join();
}

void thumbnailLater(QSqlDatabase db, const QVector<qint64>& ids) {
  std::thread([db, ids] {  // expect: session-shared-across-threads
    QSqlQuery q(db);
    q.prepare(QStringLiteral("UPDATE photo SET thumb = 1 WHERE id = ?"));
    for (qint64 id : ids) {
      q.bindValue(0, id);
      execLogged(q);
    }
  }).detach();
  QSqlQuery mark(db);
  mark.exec(QStringLiteral("UPDATE state SET thumbs = 'running'"));
}

void inTransaction(QSqlDatabase db, const std::function<void(QSqlDatabase&)>& work) {
  if (!db.transaction()) throw CatalogError(db.lastError());
  try {
    work(db);
    if (!db.commit()) throw CatalogError(db.lastError());
  } catch (...) {
    db.rollback();
    throw;
  }
}

void deletePhoto(QSqlDatabase db, qint64 id) {
  inTransaction(db, [id](QSqlDatabase& d) {
    for (const char* sql : {"DELETE FROM tag WHERE photo = ?", "DELETE FROM photo WHERE id = ?"}) {
      QSqlQuery q(d);
      q.prepare(QString::fromLatin1(sql));
      q.addBindValue(id);
      if (!q.exec()) throw CatalogError(q.lastError());
    }
  });
}

bool renumber(QSqlDatabase db) {
  if (!db.transaction()) return false;
  try {
    QSqlQuery q(db);
    if (!q.exec(QStringLiteral("UPDATE photo SET position = position + 1"))) throw CatalogError(q.lastError());
    if (!q.exec(QStringLiteral("UPDATE photo SET position = 0 WHERE position IS NULL"))) throw CatalogError(q.lastError());
    if (!db.commit()) throw CatalogError(db.lastError());
  } catch (const CatalogError& e) {  // expect: session-missing-rollback
    qWarning() << "renumber:" << e.what();
    return false;
  }
  return true;
}

bool tagAll(QSqlDatabase db, const QString& tag) {
  DbGuard tx(db);
  if (!tx) return false;
  QSqlQuery q(db);
  q.prepare(QStringLiteral("INSERT INTO tag(photo, name) SELECT id, ? FROM photo"));
  q.addBindValue(tag);
  if (!execLogged(q)) return false;
  if (!db.transaction()) qWarning() << "counter";  // expect: session-nested-begin
  QSqlQuery n(db);
  if (!n.exec(QStringLiteral("UPDATE state SET tagged = tagged + 1"))) return false;
  return tx.commit();
}

bool relink(QSqlDatabase db, const QVector<Photo>& found) {
  DbGuard tx(db);  // expect: session-unfinished-transaction
  QSqlQuery q(db);
  q.prepare(QStringLiteral("UPDATE photo SET path = ? WHERE id = ?"));
  for (const Photo& p : found) {
    q.bindValue(0, p.path);
    q.bindValue(1, p.id);
    if (!execLogged(q)) return false;
  }
  qInfo() << found.size() << "photos relinked";
  return true;
}

bool mirrorTitles(const QSqlDatabase& src, QSqlDatabase dst) {
  QSqlQuery in(src);
  if (!in.exec(QStringLiteral("SELECT id, title FROM photo"))) return false;
  DbGuard tx(dst);
  if (!tx) return false;
  QSqlQuery out(dst);
  out.prepare(QStringLiteral("REPLACE INTO photo(id, title) VALUES (?, ?)"));
  while (in.next()) {
    out.bindValue(0, in.value(0));
    out.bindValue(1, in.value(1));
    if (!execLogged(out)) return false;
  }
  return !in.lastError().isValid() && tx.commit();
}

}  // namespace tidepool

int main() {
  if (!tidepool::openCatalog(QStringLiteral("main"), QStringLiteral("photos.db"))) return 1;
  qInfo() << tidepool::titles(QSqlDatabase::database(QStringLiteral("main")));
  tidepool::closeCatalog(QStringLiteral("main"));
  return 0;
}
