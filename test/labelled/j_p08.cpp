// library: qtsql
#include <QDateTime>
#include <QDebug>
#include <QHash>
#include <QMutex>
#include <QMutexLocker>
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

namespace podcast {

struct Episode {
  int id = 0;
  QString title;
  QString url;
  qint64 seconds = 0;
};

struct StoreConfig {
  QString file;
  QString name = QStringLiteral("podcast");
  bool keepPlayed = true;
};

static bool runSql(const QSqlDatabase& db, const QString& sql) {
  QSqlQuery q(db);
  if (q.exec(sql)) return true;
  qWarning() << sql << q.lastError().text();
  return false;
}

#define TRY_SQL(db, sql)      \
  if (!runSql((db), (sql))) { \
    (db).rollback();          \
    return false;             \
  }

class TxGuard {
 public:
  explicit TxGuard(QSqlDatabase db) : m_db(db), m_active(db.transaction()) {}
  TxGuard(const TxGuard&) = delete;
  TxGuard& operator=(const TxGuard&) = delete;
  ~TxGuard() {
    if (m_active) m_db.rollback();
  }
  bool isActive() const { return m_active; }
  bool commit() {
    if (!m_active || !m_db.commit()) return false;
    m_active = false;
    return true;
  }

 private:
  QSqlDatabase m_db;
  bool m_active;
};

QSqlDatabase openStore(const StoreConfig& cfg) {
  if (QSqlDatabase::contains(cfg.name)) return QSqlDatabase::database(cfg.name);
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", cfg.name);
  db.setDatabaseName(cfg.file);
  if (!db.open()) qCritical() << db.lastError().text();
  return db;
}

bool addEpisode(QSqlDatabase db, const Episode& e) {
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("INSERT INTO episode(title, url) VALUES(?, ?)");
  q.addBindValue(e.title);
  q.addBindValue(e.url);
  if (!q.exec()) {
    db.rollback();
    return false;
  }
  QSqlQuery log(QStringLiteral("UPDATE stats SET added = added + 1"));  // expect: session-transaction-bypass
  if (!log.isActive()) {
    db.rollback();
    return false;
  }
  if (db.commit()) return true;
  db.rollback();
  return false;
}

bool removeEpisode(QSqlDatabase db, int id) {
  if (!db.transaction()) return false;  // expect: session-unfinished-transaction
  QSqlQuery q(db);
  q.prepare("DELETE FROM episode WHERE id = ?");
  q.addBindValue(id);
  if (!q.exec()) {
    qWarning() << q.lastError().text();
    return false;
  }
  if (q.numRowsAffected() != 1) {
    db.rollback();
    return false;
  }
  if (db.commit()) return true;
  db.rollback();
  return false;
}

bool markPlayed(QSqlDatabase db, const QVector<int>& ids) {
  TxGuard tx(db);
  if (!tx.isActive()) return false;
  QSqlQuery q(db);
  q.prepare("UPDATE episode SET played = 1 WHERE id = ?");
  for (int id : ids) {
    q.bindValue(0, id);
    if (!q.exec()) return false;
    if (q.numRowsAffected() == 0) {
      qDebug() << "unknown episode" << id;
      return false;
    }
  }
  q.finish();
  return tx.commit();
}

bool clearPlayed(QSqlDatabase db) {
  TxGuard tx(db);  // expect: session-unfinished-transaction
  if (!tx.isActive()) return false;
  if (!runSql(db, "DELETE FROM queue WHERE episode IN (SELECT id FROM episode WHERE played = 1)")) return false;
  if (!runSql(db, "DELETE FROM episode WHERE played = 1")) return false;
  qInfo() << "played episodes cleared";
  return true;
}

bool rebuildQueue(QSqlDatabase db, const StoreConfig& cfg) {
  if (!db.transaction()) return false;
  TRY_SQL(db, "DELETE FROM queue");
  TRY_SQL(db, "INSERT INTO queue(episode) SELECT id FROM episode WHERE played = 0");
  if (cfg.keepPlayed) {
    TRY_SQL(db, "INSERT INTO queue(episode) SELECT id FROM episode WHERE played = 1");
  }
  if (db.commit()) return true;
  db.rollback();
  return false;
}

bool shuffleQueue(QSqlDatabase db) {
  if (!db.transaction()) return false;
  TRY_SQL(db, "UPDATE queue SET pos = -pos");
  if (!runSql(db, "UPDATE queue SET pos = abs(random() % 100000)")) {
    db.rollback();
    qWarning() << "shuffle failed";
  }
  if (db.commit()) return true;  // expect: session-double-end
  db.rollback();
  return false;
}

bool importFeed(QSqlDatabase db, const QVector<Episode>& feed) {
  QSqlQuery ins(db);
  ins.prepare("INSERT INTO episode(title, url) VALUES(?, ?)");
  for (const Episode& e : feed) {
    if (!db.transaction()) {  // expect: session-nested-begin
      qWarning() << db.lastError().text();
      return false;
    }
    ins.bindValue(0, e.title);
    ins.bindValue(1, e.url);
    if (!ins.exec()) {
      db.rollback();
      return false;
    }
  }
  if (db.commit()) return true;
  db.rollback();
  return false;
}

int importFeedChunked(QSqlDatabase db, const QVector<Episode>& feed, int chunk) {
  int stored = 0;
  for (int start = 0; start < feed.size(); start += chunk) {
    TxGuard tx(db);
    if (!tx.isActive()) break;
    QSqlQuery ins(db);
    ins.prepare("INSERT OR IGNORE INTO episode(title, url) VALUES(?, ?)");
    const int end = qMin(start + chunk, static_cast<int>(feed.size()));
    bool good = true;
    for (int i = start; good && i < end; ++i) {
      ins.bindValue(0, feed[i].title);
      ins.bindValue(1, feed[i].url);
      good = ins.exec();
    }
    ins.finish();
    if (!good || !tx.commit()) break;
    stored += end - start;
  }
  return stored;
}

bool subscribe(QSqlDatabase db, const QString& url) {
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("INSERT INTO feed(url) VALUES(?)");
  q.addBindValue(url);
  if (!q.exec() || !db.commit()) {
    db.rollback();
    return false;
  }
  const QVariant feed = q.lastInsertId();
  if (!db.transaction()) return false;
  q.prepare("INSERT INTO folder_feed(folder, feed) VALUES(1, ?)");
  q.addBindValue(feed);
  if (!q.exec()) {
    db.rollback();
    return false;
  }
  if (db.commit()) return true;  // expect: session-multiple-commits
  db.rollback();
  return false;
}

bool unsubscribe(QSqlDatabase db, int feed, bool keepEpisodes) {
  TxGuard tx(db);
  if (!tx.isActive()) return false;
  QSqlQuery q(db);
  q.prepare("DELETE FROM feed WHERE id = ?");
  q.addBindValue(feed);
  if (!q.exec()) return false;
  if (keepEpisodes) return tx.commit();
  q.prepare("DELETE FROM episode WHERE feed = ?");
  q.addBindValue(feed);
  return q.exec() && tx.commit();
}

int countInWorker(const StoreConfig& cfg) {
  int n = -1;
  std::thread worker([&n, file = cfg.file] {
    const QString name = QUuid::createUuid().toString();
    {
      QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
      db.setDatabaseName(file);
      if (db.open()) {
        QSqlQuery q("SELECT count(*) FROM episode", db);
        if (q.next()) n = q.value(0).toInt();
      }
    }
    QSqlDatabase::removeDatabase(name);
  });
  worker.join();
  return n;
}

void cleanInWorker(QSqlDatabase db) {
  std::thread worker([db] { runSql(db, "DELETE FROM episode WHERE url = ''"); });  // expect: session-shared-across-threads
  runSql(db, "UPDATE queue SET pos = pos + 1");
  worker.join();
}

QThread* startScanner(const QSqlDatabase& db, const StoreConfig& cfg, QObject* parent) {
  const int known = db.tables().size();
  QThread* t = QThread::create([file = cfg.file, known] {
    const QString name = QStringLiteral("scan-%1").arg(known);
    {
      QSqlDatabase own = QSqlDatabase::addDatabase("QSQLITE", name);
      own.setDatabaseName(file);
      if (own.open()) runSql(own, "ANALYZE");
      own.close();
    }
    QSqlDatabase::removeDatabase(name);
  });
  t->setParent(parent);
  t->start();
  return t;
}

QStringList titlesAfterClose(const StoreConfig& cfg) {
  QStringList out;
  QSqlDatabase db = openStore(cfg);
  QSqlQuery q(db);
  if (!q.exec("SELECT title FROM episode ORDER BY title")) return out;
  db.close();
  while (q.next()) out << q.value(0).toString();  // expect: session-use-after-scope
  return out;
}

QStringList titles(const StoreConfig& cfg) {
  QStringList out;
  QSqlDatabase db = openStore(cfg);
  {
    QSqlQuery q(db);
    q.setForwardOnly(true);
    if (q.exec("SELECT title FROM episode ORDER BY title"))
      while (q.next()) out << q.value(0).toString();
  }
  db.close();
  return out;
}

bool switchFile(StoreConfig& cfg, const QString& file) {
  QSqlDatabase db = openStore(cfg);
  db.close();
  cfg.file = file;
  db.setDatabaseName(file);
  if (!db.open()) return false;
  return runSql(db, "CREATE TABLE IF NOT EXISTS episode(id INTEGER PRIMARY KEY, title TEXT, url TEXT)");
}

bool touchFeed(QSqlDatabase db, int feed) {
  TxGuard tx(db);
  if (!tx.isActive()) return false;
  QSqlQuery q(db);
  q.prepare("UPDATE feed SET touched = ? WHERE id = ?");
  q.addBindValue(QDateTime::currentDateTimeUtc());
  q.addBindValue(feed);
  return q.exec() && tx.commit();
}

bool refreshFeed(QSqlDatabase db, int feed, const QVector<Episode>& episodes) {
  TxGuard tx(db);
  if (!tx.isActive()) return false;
  QSqlQuery q(db);
  q.prepare("INSERT INTO episode(feed, title) VALUES(?, ?)");
  for (const Episode& e : episodes) {
    q.bindValue(0, feed);
    q.bindValue(1, e.title);
    if (!q.exec()) return false;
  }
  if (!touchFeed(db, feed)) return false;  // expect: session-nested-begin
  return tx.commit();
}

bool mergeFeeds(QSqlDatabase db, int keep, int drop) {
  TxGuard tx(db);
  if (!tx.isActive()) return false;
  QSqlQuery q(db);
  q.prepare("UPDATE episode SET feed = ? WHERE feed = ?");
  q.addBindValue(keep);
  q.addBindValue(drop);
  if (!q.exec()) return false;
  QSqlQuery del(QString("DELETE FROM feed WHERE id = %1").arg(drop), db);
  if (!del.isActive()) return false;
  q.finish();
  del.finish();
  return tx.commit();
}

bool logDefault(const QString& text) {
  QSqlQuery q;
  q.prepare("INSERT INTO log(text) VALUES(?)");
  q.addBindValue(text);
  return q.exec();
}

bool moveToDefault(const QVector<Episode>& list) {
  QSqlDatabase db = QSqlDatabase::database();
  if (!db.transaction()) return false;
  QSqlQuery q;
  q.prepare("INSERT INTO archive(title) VALUES(?)");
  for (const Episode& e : list) {
    q.bindValue(0, e.title);
    if (!q.exec()) {
      db.rollback();
      return false;
    }
  }
  if (db.commit()) return true;
  db.rollback();
  return false;
}

void resetPlayback(QSqlDatabase db) {
  TxGuard{db};  // expect: session-temporary-guard
  runSql(db, "UPDATE episode SET position = 0");
  runSql(db, "UPDATE episode SET played = 0");
}

class PlaybackLog {
 public:
  explicit PlaybackLog(QSqlDatabase db) : m_db(db) {}
  ~PlaybackLog() {
    if (m_open) m_db.commit();  // expect: session-commit-in-destructor
  }
  void seen(int id, qint64 at) {
    if (!m_open) m_open = m_db.transaction();
    QSqlQuery q(m_db);
    q.prepare("UPDATE episode SET position = ? WHERE id = ?");
    q.addBindValue(at);
    q.addBindValue(id);
    if (!q.exec()) qWarning() << q.lastError().text();
  }

 private:
  QSqlDatabase m_db;
  bool m_open = false;
};

class Library {
 public:
  explicit Library(const StoreConfig& cfg) : m_cfg(cfg), m_db(openStore(cfg)) {}
  ~Library() {
    m_db.close();
    m_db = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_cfg.name);
  }

  bool beginEdit() { return m_editing = m_db.transaction(); }
  bool rename(int id, const QString& title) {
    QSqlQuery q(m_db);
    q.prepare("UPDATE episode SET title = ? WHERE id = ?");
    q.addBindValue(title);
    q.addBindValue(id);
    return q.exec();
  }
  bool endEdit(bool keep) {
    if (!m_editing) return false;
    m_editing = false;
    if (keep && m_db.commit()) return true;
    m_db.rollback();
    return false;
  }

 private:
  StoreConfig m_cfg;
  QSqlDatabase m_db;
  bool m_editing = false;
};

bool renameAll(Library& lib, const QHash<int, QString>& names) {
  if (!lib.beginEdit()) return false;
  for (auto it = names.cbegin(); it != names.cend(); ++it)
    if (!lib.rename(it.key(), it.value())) return lib.endEdit(false);
  return lib.endEdit(true);
}

bool exportEpisodes(const StoreConfig& from, const StoreConfig& to) {
  QSqlDatabase src = openStore(from);
  QSqlDatabase dst = openStore(to);
  if (!dst.transaction()) return false;
  QSqlQuery in("SELECT title, url FROM episode", src);
  QSqlQuery out(dst);
  out.prepare("INSERT INTO episode(title, url) VALUES(?, ?)");
  bool good = true;
  while (good && in.next()) {
    out.bindValue(0, in.value(0));
    out.bindValue(1, in.value(1));
    good = out.exec();
  }
  out.finish();
  if (good && dst.commit()) return true;
  dst.rollback();
  return false;
}

bool withRetries(QSqlDatabase db, int attempts, const std::function<bool(QSqlDatabase&)>& body) {
  while (attempts-- > 0) {
    {
      TxGuard tx(db);
      if (!tx.isActive()) return false;
      if (body(db) && tx.commit()) return true;
    }
    QThread::msleep(20);
  }
  return false;
}

}  // namespace podcast
