// library: qtsql
// Desktop photo manager: catalogue on Qt SQL.
#include <QDateTime>
#include <QDebug>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QUuid>
#include <QVariant>
#include <QVector>

#include <functional>
#include <memory>
#include <thread>

namespace photos {

struct Photo {
  qint64 id = 0;
  QString path, title;
  int rating = 0;
};

class ScopedTransaction {
public:
  explicit ScopedTransaction(const QSqlDatabase& db) : db_(db), active_(db_.transaction()) {}
  ScopedTransaction(const ScopedTransaction&) = delete;
  ScopedTransaction& operator=(const ScopedTransaction&) = delete;
  ~ScopedTransaction() { if (active_) db_.rollback(); }
  explicit operator bool() const { return active_; }
  bool commit() {
    if (!active_ || !db_.commit()) return false;
    active_ = false;
    return true;
  }
private:
  QSqlDatabase db_;
  bool active_;
};

class NamedConnection {
public:
  explicit NamedConnection(const QString& file) : name_(QUuid::createUuid().toString()) {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name_);
    db.setDatabaseName(file);
    ok_ = db.open();
  }
  ~NamedConnection() {
    { QSqlDatabase::database(name_, false).close(); }
    QSqlDatabase::removeDatabase(name_);
  }
  NamedConnection(const NamedConnection&) = delete;
  bool isOpen() const { return ok_; }
  QSqlDatabase db() const { return QSqlDatabase::database(name_); }
private:
  QString name_;
  bool ok_ = false;
};

bool execLogged(QSqlQuery& q) {
  if (q.exec()) return true;
  qWarning() << "query failed" << q.lastQuery() << q.lastError().text();
  return false;
}

class Catalogue {
public:
  bool open(const QString& file);
  void shutdown();
  ~Catalogue() { shutdown(); }

  bool addPhotos(const QVector<Photo>& photos);
  bool rate(qint64 id, int rating);
  bool moveAlbum(qint64 album, qint64 parent);
  bool deleteAlbum(qint64 album);
  QStringList tags(qint64 photo) const;
  bool retag(qint64 photo, const QStringList& tags);
  bool migrate(int from);
  bool importFolder(const QString& folder, const QStringList& files);
  bool swapOrder(qint64 a, qint64 b);
  bool stack(const QVector<qint64>& ids);
  int purgeTrash(int batch);
  bool writeGeo(qint64 id, double lat, double lon);
  bool renamePerson(qint64 id, const QString& name);
  bool mergePersons(qint64 keep, qint64 gone);
  bool rebuildThumbs();
  void thumbsInThread();
  void thumbsInOwnConnection(const QString& file);
  bool setSetting(const QString& key, const QVariant& value);
  bool splitEvents(const QVector<qint64>& first);
  bool duplicateAlbum(qint64 album);
  bool saveFaces(qint64 photo, const QVector<qint64>& persons);

private:
  QSqlDatabase m_db;
  QString m_name;
};

bool Catalogue::open(const QString& file) {
  m_name = "catalogue-" + QString::number(reinterpret_cast<quintptr>(this));
  m_db = QSqlDatabase::addDatabase("QSQLITE", m_name);
  m_db.setDatabaseName(file);
  if (!m_db.open()) {
    qWarning() << m_db.lastError().text();
    shutdown();
    return false;
  }
  QSqlQuery pragma(m_db);
  return pragma.exec("PRAGMA foreign_keys=ON");
}

void Catalogue::shutdown() {
  if (m_name.isEmpty()) return;
  if (m_db.isOpen()) m_db.close();
  m_db = QSqlDatabase();
  QSqlDatabase::removeDatabase(m_name);
  m_name.clear();
}

bool Catalogue::addPhotos(const QVector<Photo>& photos) {
  if (!m_db.transaction()) return false;
  QSqlQuery q(m_db);
  bool ok = q.prepare("INSERT INTO photo(path, title, rating) VALUES(?,?,?)");
  for (const Photo& p : photos) {
    if (!ok) break;
    q.bindValue(0, p.path);
    q.bindValue(1, p.title);
    q.bindValue(2, p.rating);
    ok = execLogged(q);
  }
  q.finish();
  if (ok && m_db.commit()) return true;
  m_db.rollback();
  return false;
}

bool Catalogue::rate(qint64 id, int rating) {
  QSqlQuery q(m_db);
  q.prepare("UPDATE photo SET rating=? WHERE id=?");
  q.addBindValue(qBound(0, rating, 5));
  q.addBindValue(id);
  if (!execLogged(q)) return false;
  if (q.numRowsAffected() != 1) {
    qWarning() << "no photo" << id;
    return false;
  }
  return true;
}

bool Catalogue::moveAlbum(qint64 album, qint64 parent) {
  ScopedTransaction tx(m_db);
  if (!tx) return false;
  QSqlQuery q(m_db);
  q.prepare("SELECT parent FROM album WHERE id=?");
  for (qint64 cur = parent; cur > 0;) {
    if (cur == album) return false;
    q.bindValue(0, cur);
    if (!execLogged(q) || !q.next()) return false;
    cur = q.value(0).toLongLong();
  }
  q.prepare("UPDATE album SET parent=? WHERE id=?");
  q.addBindValue(parent);
  q.addBindValue(album);
  return execLogged(q) && tx.commit();
}

bool Catalogue::deleteAlbum(qint64 album) {
  if (!m_db.transaction()) return false;  // expect: session-unfinished-transaction
  QSqlQuery q(m_db);
  q.prepare("DELETE FROM album_photo WHERE album=?");
  q.addBindValue(album);
  if (!execLogged(q)) {
    m_db.rollback();
    return false;
  }
  q.prepare("DELETE FROM album WHERE id=? AND locked=0");
  q.addBindValue(album);
  if (!execLogged(q)) {
    m_db.rollback();
    return false;
  }
  if (q.numRowsAffected() == 0) return false;
  if (m_db.commit()) return true;
  m_db.rollback();
  return false;
}

QStringList Catalogue::tags(qint64 photo) const {
  QStringList out;
  QSqlQuery q(m_db);
  q.setForwardOnly(true);
  q.prepare("SELECT t.name FROM tag t JOIN photo_tag pt ON pt.tag=t.id WHERE pt.photo=?");
  q.addBindValue(photo);
  if (!q.exec()) {
    qWarning() << q.lastError().text();
    return out;
  }
  while (q.next()) out << q.value(0).toString();
  return out;
}

bool Catalogue::retag(qint64 photo, const QStringList& tags) {
  ScopedTransaction tx(m_db);
  if (!tx) return false;
  QSqlQuery del(QStringLiteral("DELETE FROM photo_tag WHERE photo=%1").arg(photo));  // expect: session-transaction-bypass
  if (del.lastError().isValid()) return false;
  QSqlQuery ins(m_db);
  ins.prepare("INSERT INTO photo_tag SELECT ?, id FROM tag WHERE name=?");
  for (const QString& t : tags) {
    ins.bindValue(0, photo);
    ins.bindValue(1, t);
    if (!execLogged(ins)) return false;
  }
  return tx.commit();
}

bool Catalogue::migrate(int from) {
  using Step = std::function<bool(QSqlQuery&)>;
  const QVector<Step> steps{
      [](QSqlQuery& q) { return q.exec("ALTER TABLE photo ADD COLUMN rating INT DEFAULT 0"); },
      [](QSqlQuery& q) { return q.exec("CREATE TABLE face(photo INT, person INT)"); },
      [](QSqlQuery& q) { return q.exec("CREATE INDEX photo_path ON photo(path)"); },
  };
  for (int v = from; v < steps.size(); ++v) {
    ScopedTransaction tx(m_db);
    QSqlQuery q(m_db);
    if (!tx || !steps[v](q)) return false;
    if (!q.exec(QStringLiteral("PRAGMA user_version=%1").arg(v + 1))) return false;
    q.finish();
    if (!tx.commit()) return false;
  }
  return true;
}

bool Catalogue::importFolder(const QString& folder, const QStringList& files) {
  QSqlQuery q(m_db);
  if (!m_db.transaction()) {
    qWarning() << "import" << folder << m_db.lastError().text();
    return false;
  }
  auto fail = [this](const QSqlQuery& bad) {
    qWarning() << bad.lastError().text();
    m_db.rollback();
    return false;
  };
  q.prepare("INSERT INTO album(name) VALUES(?)");
  q.addBindValue(folder);
  if (!q.exec()) return fail(q);
  const QVariant album = q.lastInsertId();
  q.prepare("INSERT INTO photo(path, album) VALUES(?,?)");
  for (const QString& f : files) {
    q.bindValue(0, f);
    q.bindValue(1, album);
    if (!q.exec()) return fail(q);
  }
  return m_db.commit() || fail(q);
}

bool Catalogue::swapOrder(qint64 a, qint64 b) {
  if (!m_db.transaction()) return false;
  QSqlQuery q(m_db);
  q.prepare("UPDATE photo SET pos = (SELECT sum(pos) FROM photo WHERE id IN (?,?)) - pos WHERE id IN (?,?)");
  for (int i = 0; i < 2; ++i) {
    q.addBindValue(a);
    q.addBindValue(b);
  }
  bool ok = execLogged(q);
  if (!ok) {
    m_db.rollback();
    qWarning() << "swap failed, restoring";
  }
  q.finish();
  if (ok) ok = m_db.commit();
  if (!ok) m_db.rollback();  // expect: session-double-end
  return ok;
}

bool Catalogue::stack(const QVector<qint64>& ids) {
  if (ids.isEmpty() || !m_db.transaction()) return false;
  QSqlQuery q(m_db);
  q.prepare("UPDATE photo SET stack=? WHERE id=?");
  int changed = 0;
  for (qint64 id : ids) {
    q.bindValue(0, ids.first());
    q.bindValue(1, id);
    if (execLogged(q)) changed += q.numRowsAffected();
  }
  q.finish();
  if (changed != ids.size()) {
    m_db.rollback();
    return false;
  }
  if (!m_db.commit()) {
    m_db.rollback();
    return false;
  }
  return true;
}

int Catalogue::purgeTrash(int batch) {
  int total = 0;
  for (;;) {
    ScopedTransaction tx(m_db);
    if (!tx) return total;
    QSqlQuery q(m_db);
    q.prepare("DELETE FROM photo WHERE id IN (SELECT id FROM photo WHERE trashed=1 LIMIT ?)");
    q.addBindValue(batch);
    if (!execLogged(q)) return total;
    const int n = q.numRowsAffected();
    q.finish();
    if (n <= 0) return total;
    if (!tx.commit()) return total;
    total += n;
  }
}

bool Catalogue::writeGeo(qint64 id, double lat, double lon) {
  const bool own = m_db.transaction();
  QSqlQuery q(m_db);
  q.prepare("INSERT OR REPLACE INTO geo VALUES(?,?,?)");
  q.addBindValue(id);
  q.addBindValue(lat);
  q.addBindValue(lon);
  const bool ok = execLogged(q);
  q.finish();
  if (!own) return ok;
  if (ok && m_db.commit()) return true;
  m_db.rollback();
  return false;
}

bool Catalogue::renamePerson(qint64 id, const QString& name) {
  if (!m_db.transaction()) return false;
  QSqlQuery q(m_db);
  q.prepare("UPDATE person SET name=? WHERE id=?");
  q.addBindValue(name);
  q.addBindValue(id);
  if (!execLogged(q) || !m_db.commit()) {
    m_db.rollback();
    return false;
  }
  QSqlQuery hist(m_db);
  hist.prepare("INSERT INTO person_history VALUES(?,?)");
  hist.addBindValue(id);
  hist.addBindValue(name);
  if (!execLogged(hist)) {
    m_db.rollback();  // expect: session-double-end
    return false;
  }
  return true;
}

bool Catalogue::mergePersons(qint64 keep, qint64 gone) {
  ScopedTransaction tx(m_db);
  if (!tx) return false;
  QSqlQuery q(m_db);
  q.prepare("UPDATE face SET person=? WHERE person=?");
  q.addBindValue(keep);
  q.addBindValue(gone);
  if (!execLogged(q)) return false;
  if (!m_db.transaction()) {  // expect: session-nested-begin
    qWarning() << "cannot remove" << gone;
    return false;
  }
  q.prepare("DELETE FROM person WHERE id=?");
  q.addBindValue(gone);
  return execLogged(q) && tx.commit();
}

bool Catalogue::rebuildThumbs() {
  QSqlQuery q(m_db);
  if (!q.exec("BEGIN IMMEDIATE")) return false;
  const bool done = q.exec("DELETE FROM thumb") && q.exec("INSERT INTO thumb(photo) SELECT id FROM photo");
  if (done && q.exec("COMMIT")) return true;
  qWarning() << q.lastError().text();
  q.exec("ROLLBACK");
  return false;
}

void Catalogue::thumbsInThread() {
  QSqlDatabase copy = m_db;
  std::thread([copy]() mutable {  // expect: session-shared-across-threads
    QSqlQuery q(copy);
    if (!q.exec("UPDATE thumb SET stale=1")) qWarning() << q.lastError().text();
  }).detach();
  QSqlQuery stamp(m_db);
  stamp.exec("UPDATE settings SET value=datetime('now') WHERE key='thumbs'");
}

void Catalogue::thumbsInOwnConnection(const QString& file) {
  std::thread([file] {
    NamedConnection conn(file);
    if (!conn.isOpen()) return;
    ScopedTransaction tx(conn.db());
    if (!tx) return;
    bool ok = false;
    {
      QSqlQuery q(conn.db());
      ok = q.exec("DELETE FROM thumb WHERE photo NOT IN (SELECT id FROM photo)");
    }
    if (ok) tx.commit();
  }).detach();
}

bool Catalogue::setSetting(const QString& key, const QVariant& value) {
  QSqlQuery q(m_db);
  q.prepare("INSERT OR REPLACE INTO settings(key, value) VALUES(:k, :v)");
  q.bindValue(":k", key);
  q.bindValue(":v", value);
  return execLogged(q);
}

bool Catalogue::splitEvents(const QVector<qint64>& first) {
  if (first.isEmpty()) return true;
  QSqlQuery q(m_db);
  q.prepare("UPDATE photo SET event=? WHERE event=? AND id>=?");
  for (qint64 id : first) {
    if (!m_db.transaction()) return false;  // expect: session-nested-begin
    q.bindValue(0, id);
    q.bindValue(1, first.front());
    q.bindValue(2, id);
    if (!execLogged(q)) {
      m_db.rollback();
      return false;
    }
  }
  q.finish();
  if (m_db.commit()) return true;
  m_db.rollback();
  return false;
}

bool Catalogue::duplicateAlbum(qint64 album) {
  ScopedTransaction outer(m_db);
  QSqlQuery q(m_db);
  if (!outer || !q.exec("SAVEPOINT dup")) return false;
  q.prepare("INSERT INTO album(name) SELECT name || ' (copy)' FROM album WHERE id=?");
  q.addBindValue(album);
  if (!execLogged(q)) {
    QSqlQuery back(m_db);
    back.exec("ROLLBACK TO dup");
    qWarning() << "album" << album << "not copied";
    return false;
  }
  q.finish();
  return q.exec("RELEASE dup") && outer.commit();
}

bool Catalogue::saveFaces(qint64 photo, const QVector<qint64>& persons) {
  if (!m_db.transaction()) return false;
  do {
    QSqlQuery q(m_db);
    q.prepare("DELETE FROM face WHERE photo=?");
    q.addBindValue(photo);
    if (!execLogged(q)) break;
    q.prepare("INSERT INTO face VALUES(?,?)");
    bool ok = true;
    for (qint64 p : persons) {
      q.bindValue(0, photo);
      q.bindValue(1, p);
      ok = execLogged(q);
      if (!ok) break;
    }
    q.finish();
    if (ok && m_db.commit()) return true;
  } while (false);
  m_db.rollback();
  return false;
}

int printReport(const QString& file) {
  QSqlQuery q;
  {
    NamedConnection conn(file);
    if (!conn.isOpen()) return -1;
    q = QSqlQuery(conn.db());
    q.exec("SELECT rating, count(*) FROM photo GROUP BY rating");
  }
  int rows = 0;
  while (q.next()) ++rows;  // expect: session-use-after-scope
  return rows;
}

}  // namespace photos
