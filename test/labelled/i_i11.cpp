// library: sqlite3, qtsql
#include <sqlite3.h>

#include <QDateTime>
#include <QDebug>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QHash>
#include <QMutex>
#include <QMutexLocker>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QThreadPool>
#include <QUuid>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>

namespace Podder {

struct Episode {
  QString guid;
  QString title;
  qint64 published = 0;
};

struct Sqlite3Closer {
  void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};

static QString threadConnectionName() {
  return QStringLiteral("podder-%1").arg(reinterpret_cast<quintptr>(QThread::currentThreadId()));
}

QSqlDatabase threadDatabase(const QString& file) {
  const QString name = threadConnectionName();
  if (QSqlDatabase::contains(name)) return QSqlDatabase::database(name);
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
  db.setDatabaseName(file);
  if (!db.open()) qCritical() << "open" << db.lastError();
  return db;
}

class ScopedTransaction {
 public:
  explicit ScopedTransaction(QSqlDatabase db) : m_db(db), m_open(m_db.transaction()) {}
  ~ScopedTransaction() {
    if (m_open) m_db.rollback();
  }
  ScopedTransaction(const ScopedTransaction&) = delete;
  bool isOpen() const { return m_open; }
  bool commit() {
    if (!m_open || !m_db.commit()) return false;
    m_open = false;
    return true;
  }

 private:
  QSqlDatabase m_db;
  bool m_open;
};

class ScopedConnection {
 public:
  explicit ScopedConnection(const QString& file) : m_name(QUuid::createUuid().toString()) {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", m_name);
    db.setDatabaseName(file);
    m_ok = db.open();
  }
  ~ScopedConnection() { QSqlDatabase::removeDatabase(m_name); }
  QSqlDatabase db() const { return QSqlDatabase::database(m_name); }
  bool isOk() const { return m_ok; }

 private:
  QString m_name;
  bool m_ok = false;
};

class FlushOnExit {
 public:
  explicit FlushOnExit(const QString& connection) : m_connection(connection) {
    QSqlDatabase::database(m_connection).transaction();
  }
  ~FlushOnExit() {
    QSqlDatabase db = QSqlDatabase::database(m_connection);
    if (!db.commit()) qWarning() << "flush" << db.lastError();  // expect: session-commit-in-destructor
  }
  bool progress(int feed, int seconds) {
    QSqlQuery q(QSqlDatabase::database(m_connection));
    q.prepare("UPDATE feed SET position = ? WHERE id = ?");
    q.addBindValue(seconds);
    q.addBindValue(feed);
    return q.exec();
  }

 private:
  QString m_connection;
};

static bool execAll(QSqlDatabase db, const QStringList& statements) {
  QSqlQuery q(db);
  for (const QString& s : statements) {
    if (s.trimmed().isEmpty()) continue;
    if (!q.exec(s)) {
      qWarning().noquote() << s << q.lastError().text();
      return false;
    }
  }
  return true;
}

int schemaVersion(QSqlDatabase db) {
  QSqlQuery q("PRAGMA user_version", db);
  return q.next() ? q.value(0).toInt() : -1;
}

bool migrate(QSqlDatabase db, const QHash<int, QStringList>& scripts, int target) {
  for (int v = schemaVersion(db) + 1; v <= target; ++v) {
    ScopedTransaction step(db);
    if (!step.isOpen()) return false;
    if (!execAll(db, scripts.value(v))) return false;
    if (!execAll(db, {QStringLiteral("PRAGMA user_version = %1").arg(v)})) return false;
    if (!step.commit()) return false;
  }
  return true;
}

bool migrateFeedTable(QSqlDatabase db) {
  if (!execAll(db, {"PRAGMA foreign_keys=OFF", "BEGIN IMMEDIATE"})) return false;  // waits: session-unfinished-transaction
  if (!execAll(db, {"CREATE TABLE feed_new(id INTEGER PRIMARY KEY, url TEXT)", "INSERT INTO feed_new SELECT id, url FROM feed"}))
    return false;
  const bool ok = execAll(db, {"DROP TABLE feed", "ALTER TABLE feed_new RENAME TO feed", "COMMIT"});
  if (!ok) execAll(db, {"ROLLBACK"});
  execAll(db, {"PRAGMA foreign_keys=ON"});
  return ok;
}

bool addEpisodes(QSqlDatabase db, int feed, const QVector<Episode>& list) {
  ScopedTransaction tx(db);
  if (!tx.isOpen()) return false;
  QSqlQuery q(db);
  q.prepare("INSERT OR IGNORE INTO episode(feed, guid, title) VALUES(?, ?, ?)");
  for (const Episode& e : list) {
    q.bindValue(0, feed);
    q.bindValue(1, e.guid);
    q.bindValue(2, e.title);
    if (!q.exec()) return false;
  }
  return tx.commit();
}

bool markAllRead(QSqlDatabase db, const QList<int>& feeds) {
  ScopedTransaction all(db);
  if (!all.isOpen()) return false;
  for (int f : feeds) {
    if (!db.transaction()) return false;  // expect: session-nested-begin
    if (!execAll(db, {QStringLiteral("UPDATE episode SET seen=1 WHERE feed=%1").arg(f)})) {
      db.rollback();
      return false;
    }
  }
  return all.commit();
}

bool cleanup(QSqlDatabase db, int keepDays) {
  if (!ScopedTransaction(db).isOpen()) return false;  // expect: session-temporary-guard
  const QString limit = QString::number(QDateTime::currentSecsSinceEpoch() - keepDays * 86400);
  return execAll(db, {"DELETE FROM episode WHERE published < " + limit, "DELETE FROM download WHERE at < " + limit});
}

void refreshLater(QSqlDatabase db, int feed) {
  QThreadPool::globalInstance()->start([db, feed] {  // expect: session-shared-across-threads
    QSqlQuery q(db);
    q.exec(QStringLiteral("UPDATE feed SET refreshed = strftime('%s') WHERE id = %1").arg(feed));
  });
  QSqlQuery q(db);
  q.exec(QStringLiteral("UPDATE feed SET queued = 0 WHERE id = %1").arg(feed));
}

void downloadLater(const QString& file, int episode) {
  QThreadPool::globalInstance()->start([file, episode] {
    ScopedConnection c(file);
    if (!c.isOk()) return;
    QSqlQuery q(c.db());
    q.prepare("UPDATE episode SET wanted = 1 WHERE id = ?");
    q.addBindValue(episode);
    if (!q.exec()) qWarning() << q.lastError();
  });
}

QVariant scalar(const QString& file, const QString& sql) {
  ScopedConnection c(file);
  if (!c.isOk()) return QVariant();
  QSqlQuery q(sql, c.db());
  return q.next() ? q.value(0) : QVariant();
}

std::optional<QSqlQuery> openCursor(const QString& file, const QString& sql) {
  ScopedConnection c(file);
  QSqlQuery q(c.db());
  q.setForwardOnly(true);
  if (!q.exec(sql)) return std::nullopt;
  return q;  // waits: session-use-after-scope
}

QSqlQuery cursorOn(QSqlDatabase db, const QString& sql) {
  QSqlQuery q(db);
  q.setForwardOnly(true);
  if (!q.exec(sql)) qWarning() << q.lastError();
  return q;
}

sqlite3* nativeHandle(const QSqlDatabase& db) {
  const QVariant v = db.driver()->handle();
  if (!v.isValid() || qstrcmp(v.typeName(), "sqlite3*") != 0) return nullptr;
  return *static_cast<sqlite3* const*>(v.constData());
}

bool backup(QSqlDatabase db, const QString& target) {
  sqlite3* source = nativeHandle(db);
  if (!source) return false;
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open(target.toUtf8().constData(), &raw);
  std::unique_ptr<sqlite3, Sqlite3Closer> out(raw);
  if (rc != SQLITE_OK) return false;
  sqlite3_backup* job = sqlite3_backup_init(out.get(), "main", source, "main");
  if (!job) return false;
  while (sqlite3_backup_step(job, 100) == SQLITE_OK) QThread::yieldCurrentThread();
  return sqlite3_backup_finish(job) == SQLITE_OK;
}

bool restore(QSqlDatabase db, const QString& from) {
  sqlite3* target = nativeHandle(db);
  sqlite3* in = nullptr;
  if (!target || sqlite3_open_v2(from.toUtf8().constData(), &in, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {  // expect: session-raw-construction
    sqlite3_close(in);
    return false;
  }
  sqlite3_backup* job = sqlite3_backup_init(target, "main", in, "main");
  if (job) sqlite3_backup_step(job, -1);
  const bool ok = job && sqlite3_backup_finish(job) == SQLITE_OK;
  sqlite3_close(in);
  return ok;
}

qint64 pageCount(const QString& file) {
  sqlite3* db = nullptr;
  sqlite3_stmt* st = nullptr;
  qint64 n = -1;
  if (sqlite3_open(file.toUtf8().constData(), &db) == SQLITE_OK) {  // expect: session-leak
    if (sqlite3_prepare_v2(db, "PRAGMA page_count", -1, &st, nullptr) != SQLITE_OK) {
      qWarning() << sqlite3_errmsg(db);
      return -1;
    }
    if (sqlite3_step(st) == SQLITE_ROW) n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
  }
  sqlite3_close(db);
  return n;
}

bool importOpml(QSqlDatabase db, const QStringList& urls, const std::function<bool(const QString&)>& ask) {
  ScopedTransaction tx(db);
  if (!tx.isOpen()) return false;
  int added = 0;
  for (const QString& url : urls) {
    if (!ask(url)) continue;
    QSqlQuery q(db);
    q.prepare("INSERT INTO feed(url) VALUES(?)");
    q.addBindValue(url);
    if (!q.exec()) {
      qWarning() << url << q.lastError();
      continue;
    }
    ++added;
  }
  return added > 0 && tx.commit();
}

class Library {
 public:
  bool open(const QString& file) {
    m_db = QSqlDatabase::addDatabase("QSQLITE", "library");
    m_db.setDatabaseName(file);
    return m_db.open();
  }
  ~Library() {
    m_db.close();
    m_db = QSqlDatabase();
    QSqlDatabase::removeDatabase("library");
  }
  bool beginBulk() {
    QMutexLocker lock(&m_mutex);
    if (m_bulk == 0 && !m_db.transaction()) return false;
    ++m_bulk;
    return true;
  }
  bool endBulk() {
    QMutexLocker lock(&m_mutex);
    if (m_bulk == 0 || --m_bulk > 0) return m_bulk > 0;
    if (m_db.commit()) return true;
    m_db.rollback();
    return false;
  }

 private:
  QMutex m_mutex;
  QSqlDatabase m_db;
  int m_bulk = 0;
};

}  // namespace Podder
