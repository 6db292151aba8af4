// library: qtsql
#include <QDateTime>
#include <QDebug>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QVariant>
#include <QVector>

#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace feeds {

struct Article { QString guid; QString title; QString body; int feed = 0; };
struct SyncConfig { QString file; int keep = 200; bool dryRun = false; };

QSqlDatabase feedsDb() { return QSqlDatabase::database(QStringLiteral("feeds")); }

bool failed(const QSqlQuery& q) {
    if (q.lastError().type() == QSqlError::NoError)
        return false;
    qWarning() << q.lastQuery() << q.lastError().text();
    return true;
}

class DbTransaction {
public:
    explicit DbTransaction(const QSqlDatabase& db) : db_(db), open_(db_.transaction()) {}
    DbTransaction(const DbTransaction&) = delete;
    DbTransaction& operator=(const DbTransaction&) = delete;
    ~DbTransaction() {
        if (open_ && !db_.rollback())
            qWarning() << "rollback:" << db_.lastError().text();
    }
    explicit operator bool() const { return open_; }
    bool commit() {
        if (!open_ || !db_.commit())
            return false;
        open_ = false;
        return true;
    }

private:
    QSqlDatabase db_;
    bool open_;
};

bool storeArticle(QSqlDatabase db, const Article& a) {
    QSqlQuery q(db);
    q.prepare("INSERT OR IGNORE INTO article(guid, title, body, feed) VALUES (?, ?, ?, ?)");
    q.addBindValue(a.guid);
    q.addBindValue(a.title);
    q.addBindValue(a.body);
    q.addBindValue(a.feed);
    return q.exec() || !failed(q);
}

bool storeBatch(const QVector<Article>& batch) {
    QSqlDatabase db = feedsDb();
    DbTransaction tx(db);
    if (!tx)
        return false;
    for (const Article& a : batch)
        if (!storeArticle(db, a))
            return false;
    QSqlQuery stamp(db);
    if (!stamp.exec("UPDATE feed SET synced = CURRENT_TIMESTAMP"))
        return false;
    return tx.commit();
}

bool markAllRead(int feed) {
    QSqlDatabase db = feedsDb();
    if (!db.transaction())  // expect: session-unfinished-transaction
        return false;
    QSqlQuery q(db);
    q.prepare("UPDATE article SET unread = 0 WHERE feed = ?");
    q.addBindValue(feed);
    if (!q.exec()) {
        qWarning() << q.lastError().text();
        return false;
    }
    q.prepare("UPDATE feed SET unread = 0 WHERE id = ?");
    q.addBindValue(feed);
    if (!q.exec() || !db.commit()) {
        db.rollback();
        return false;
    }
    return true;
}

bool removeFeed(int feed) {
    QSqlDatabase db = feedsDb();
    if (!db.transaction())
        return false;
    bool ok = true;
    const QStringList tables{"article", "enclosure", "label"};
    for (const QString& table : tables) {
        QSqlQuery q(db);
        q.prepare(QStringLiteral("DELETE FROM %1 WHERE feed = ?").arg(table));
        q.addBindValue(feed);
        ok = ok && q.exec();
    }
    if (ok)
        ok = db.commit();
    if (!ok)
        db.rollback();
    return ok;
}

bool renameFeed(int feed, const QString& title) {
    QSqlDatabase db = feedsDb();
    DbTransaction tx(db);
    QSqlQuery up(db);
    up.prepare("UPDATE feed SET title = ? WHERE id = ?");
    up.addBindValue(title);
    up.addBindValue(feed);
    if (!tx || !up.exec())
        return false;
    QSqlQuery log(db);
    log.prepare("INSERT INTO change_log(feed, what) VALUES (?, 'renamed')");
    log.addBindValue(feed);
    if (!log.exec())
        return false;
    return tx.commit();
}

bool moveArticles(int from, int to) {
    QSqlDatabase db = feedsDb();
    DbTransaction tx(db);
    QSqlQuery up(QStringLiteral("UPDATE article SET feed = %1 WHERE feed = %2").arg(to).arg(from), db);
    if (!tx || failed(up))
        return false;
    QSqlQuery count(QStringLiteral("UPDATE feed SET moved = moved + 1 WHERE id = %1").arg(to));  // expect: session-transaction-bypass
    if (failed(count))
        return false;
    return tx.commit();
}

bool importOpml(QSqlDatabase db, const QStringList& urls, bool dryRun) {
    if (!db.transaction())
        return false;
    int added = 0;
    for (const QString& url : urls) {
        QSqlQuery q(db);
        q.prepare("INSERT INTO feed(url) VALUES (?)");
        q.addBindValue(url);
        if (!q.exec()) {
            qWarning() << "skipping" << url;
            continue;
        }
        ++added;
    }
    if (dryRun || added == 0) {
        db.rollback();
        return dryRun;
    }
    if (!db.commit()) {
        db.rollback();
        return false;
    }
    return true;
}

int cleanup(const SyncConfig& cfg) {
    QSqlDatabase db = feedsDb();
    int removed = 0;
    for (bool again = true; again;) {
        if (!db.transaction())
            return removed;
        QSqlQuery q(db);
        q.prepare("DELETE FROM article WHERE rowid IN (SELECT rowid FROM article WHERE unread = 0 LIMIT ?)");
        q.addBindValue(cfg.keep);
        if (!q.exec()) {
            db.rollback();
            return removed;
        }
        again = q.numRowsAffected() == cfg.keep;
        removed += q.numRowsAffected();
        q.finish();
        if (!db.commit()) {
            db.rollback();
            return removed;
        }
    }
    return removed;
}

void refreshInThread(int feed) {
    QSqlDatabase db = feedsDb();
    std::thread t([db, feed] {  // expect: session-shared-across-threads
        QSqlQuery q(db);
        q.prepare("UPDATE feed SET refreshed = CURRENT_TIMESTAMP WHERE id = ?");
        q.addBindValue(feed);
        if (!q.exec())
            failed(q);
    });
    t.detach();
    QSqlQuery count(db);
    count.exec("UPDATE feed SET refreshes = refreshes + 1");
}

void refreshOwnConnection(const SyncConfig& cfg, int feed) {
    std::thread([cfg, feed] {
        const QString name = QStringLiteral("refresh-%1").arg(feed);
        {
            QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
            db.setDatabaseName(cfg.file);
            if (db.open()) {
                QSqlQuery q(db);
                q.prepare("UPDATE feed SET refreshed = CURRENT_TIMESTAMP WHERE id = ?");
                q.addBindValue(feed);
                if (!q.exec())
                    failed(q);
                db.close();
            }
        }
        QSqlDatabase::removeDatabase(name);
    }).detach();
}

bool vacuumInto(const SyncConfig& cfg, const QString& target) {
    QSqlDatabase db = QSqlDatabase::cloneDatabase(feedsDb(), "vacuum");
    if (!db.open())
        return false;
    QSqlQuery q(db);
    q.prepare("VACUUM INTO ?");
    q.addBindValue(target);
    const bool ok = q.exec();
    db.close();
    if (!ok && !cfg.dryRun) {
        QSqlQuery retry(QStringLiteral("VACUUM"), db);  // expect: session-use-after-scope
        return !failed(retry);
    }
    return ok;
}

template <class F>
bool inTransaction(QSqlDatabase db, F body) {
    if (!db.transaction())
        return false;
    if (!body(db)) {
        db.rollback();
        return false;
    }
    if (!db.commit()) {
        db.rollback();
        return false;
    }
    return true;
}

bool starArticles(const QVector<int>& ids) {
    return inTransaction(feedsDb(), [&ids](QSqlDatabase db) {
        QSqlQuery q(db);
        q.prepare("UPDATE article SET starred = 1 WHERE id = ?");
        for (int id : ids) {
            q.bindValue(0, id);
            if (!q.exec())
                return false;
        }
        return true;
    });
}

bool labelArticle(int article, const QString& label) {
    return inTransaction(feedsDb(), [&](QSqlDatabase db) {
        if (!db.transaction())  // expect: session-nested-begin
            return false;
        QSqlQuery q(db);
        q.prepare("INSERT INTO label(article, name) VALUES (?, ?)");
        q.addBindValue(article);
        q.addBindValue(label);
        if (!q.exec()) {
            db.rollback();
            return false;
        }
        return db.commit();
    });
}

bool snooze(int article, int hours) {
    QSqlDatabase db = feedsDb();
    DbTransaction{db};  // expect: session-temporary-guard
    QSqlQuery q(db);
    q.prepare("UPDATE article SET snoozed = ? WHERE id = ?");
    q.addBindValue(hours);
    q.addBindValue(article);
    if (!q.exec())
        return false;
    return q.exec("UPDATE counter SET snoozed = snoozed + 1");
}

bool resetCounters() {
    QSqlDatabase db = feedsDb();
    if (!db.transaction())
        return false;
    QSqlQuery q(db);
    const bool ok = q.exec("UPDATE feed SET refreshes = 0") && q.exec("DELETE FROM counter");
    q.finish();
    if (!ok)
        db.rollback();
    else if (db.commit())
        return true;
    db.rollback();  // expect: session-double-end
    return false;
}

class SyncJournal {
public:
    explicit SyncJournal(QSqlDatabase db) : db_(db) { active_ = db_.transaction(); }
    SyncJournal(const SyncJournal&) = delete;
    SyncJournal& operator=(const SyncJournal&) = delete;
    ~SyncJournal() {
        if (active_)
            db_.commit();  // expect: session-commit-in-destructor
    }
    bool record(const QString& what) {
        QSqlQuery q(db_);
        q.prepare("INSERT INTO journal(what) VALUES (?)");
        q.addBindValue(what);
        return q.exec();
    }

private:
    QSqlDatabase db_;
    bool active_ = false;
};

std::optional<Article> newest(int feed) {
    QSqlQuery q(feedsDb());
    q.setForwardOnly(true);
    q.prepare("SELECT guid, title, body FROM article WHERE feed = ? ORDER BY id DESC LIMIT 1");
    q.addBindValue(feed);
    if (!q.exec() || !q.next())
        return std::nullopt;
    return Article{q.value(0).toString(), q.value(1).toString(), q.value(2).toString(), feed};
}

}  // namespace feeds
