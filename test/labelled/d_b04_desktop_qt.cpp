// library: qtsql
// Desktop organiser, Qt 5 SQL.
#include <QDateTime>
#include <QDebug>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QVariant>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#define RETURN_IF_FAILED(q, db)                        \
    if (!(q).exec()) {                                 \
        qWarning() << (q).lastError().text();          \
        (db).rollback();                               \
        return false;                                  \
    }

class DbTransaction
{
public:
    explicit DbTransaction(QSqlDatabase &db) : m_db(db), m_open(db.transaction()) {}
    ~DbTransaction() { if (m_open) m_db.rollback(); }
    DbTransaction(const DbTransaction &) = delete;
    DbTransaction &operator=(const DbTransaction &) = delete;
    bool isOpen() const { return m_open; }
    bool commit()
    {
        if (!m_open || !m_db.commit()) return false;   // a failed commit is rolled back by the destructor
        m_open = false;
        return true;
    }

private:
    QSqlDatabase &m_db;
    bool m_open;
};

class NoteStore
{
public:
    explicit NoteStore(const QString &name) : m_name(name) {}
    ~NoteStore();
    bool open(const QString &file);
    bool addNote(const QString &title, const QStringList &tags);
    bool renameTag(const QString &from, const QString &to);
    bool removeNote(int id);
    bool moveNotes(int fromFolder, int toFolder);
    bool mergeFolders(int a, int b);
    bool setFlags(const QHash<int, int> &flags);
    bool importNotes(const QStringList &titles);
    bool importChunked(const QStringList &titles);
    bool emptyTrash();
    bool upgrade(int version);
    QStringList titles(int folder) const;
    void touchAsync(int id);
    void exportAsync(const QString &file);
    bool beginBatch();
    bool endBatch(bool keep);
    bool reorder(const QList<int> &ids);
    bool duplicate(int id);
    bool resync();

private:
    QSqlDatabase db() const { return QSqlDatabase::database(m_name); }
    QString m_name;
    bool m_batch = false;
};

NoteStore::~NoteStore()
{
    {
        QSqlDatabase d = QSqlDatabase::database(m_name, false);
        if (m_batch) d.rollback();
        if (d.isOpen()) d.close();
    }                                        // the handle is gone before its connection is removed
    QSqlDatabase::removeDatabase(m_name);
}

bool NoteStore::open(const QString &file)
{
    QSqlDatabase d = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    d.setDatabaseName(file);
    if (!d.open()) {
        qWarning() << d.lastError().text();
        return false;                        // removed in the destructor
    }
    QSqlQuery pragma(d);
    return pragma.exec(QStringLiteral("PRAGMA foreign_keys = ON"));
}

bool NoteStore::addNote(const QString &title, const QStringList &tags)
{
    QSqlDatabase d = db();
    if (!d.transaction()) return false;
    QSqlQuery q(d);
    q.prepare(QStringLiteral("INSERT INTO note(title) VALUES(?)"));
    q.addBindValue(title);
    RETURN_IF_FAILED(q, d)
    const QVariant id = q.lastInsertId();
    q.prepare(QStringLiteral("INSERT INTO tag(note, name) VALUES(?, ?)"));
    for (const QString &t : tags) {
        q.bindValue(0, id);
        q.bindValue(1, t);
        RETURN_IF_FAILED(q, d)
    }
    if (!d.commit()) {
        d.rollback();
        return false;
    }
    return true;
}

bool NoteStore::renameTag(const QString &from, const QString &to)
{
    QSqlDatabase d = db();
    if (!d.transaction())  // expect: session-unfinished-transaction
        return false;
    QSqlQuery q(d);
    q.prepare(QStringLiteral("UPDATE tag SET name = ? WHERE name = ?"));
    q.addBindValue(to);
    q.addBindValue(from);
    if (!q.exec()) {
        qWarning() << q.lastError().text();
        return false;
    }
    if (q.numRowsAffected() == 0) {
        d.rollback();
        return true;
    }
    if (!d.commit()) { d.rollback(); return false; }
    return true;
}

bool NoteStore::removeNote(int id)
{
    QSqlDatabase d = db();
    DbTransaction tx(d);
    if (!tx.isOpen()) return false;
    QSqlQuery q(d);
    for (const char *sql : {"DELETE FROM tag WHERE note = ?", "DELETE FROM note WHERE id = ?"}) {
        q.prepare(QLatin1String(sql));
        q.addBindValue(id);
        if (!q.exec()) return false;
    }
    return tx.commit();
}

bool NoteStore::moveNotes(int fromFolder, int toFolder)
{
    QSqlDatabase d = db();
    DbTransaction tx(d);  // expect: session-unfinished-transaction
    if (!tx.isOpen()) return false;
    QSqlQuery q(d);
    q.prepare(QStringLiteral("UPDATE note SET folder = ? WHERE folder = ?"));
    q.addBindValue(toFolder);
    q.addBindValue(fromFolder);
    if (!q.exec()) return false;
    qInfo() << "moved" << q.numRowsAffected();
    return true;
}

bool NoteStore::mergeFolders(int a, int b)
{
    QSqlDatabase d = db();
    bool ok = d.transaction();
    if (ok) {
        QSqlQuery q(d);
        ok = q.prepare(QStringLiteral("UPDATE note SET folder = ? WHERE folder = ?"));
        q.addBindValue(a);
        q.addBindValue(b);
        ok = ok && q.exec();
        ok = ok && q.prepare(QStringLiteral("DELETE FROM folder WHERE id = ?"));
        q.addBindValue(b);
        ok = ok && q.exec();
        ok = ok && d.commit();
        if (!ok) d.rollback();
    }
    return ok;
}

bool NoteStore::setFlags(const QHash<int, int> &flags)
{
    QSqlDatabase d = db();
    QSqlQuery q(d);
    if (!q.prepare(QStringLiteral("UPDATE note SET flags = ? WHERE id = ?"))) return false;
    if (!d.transaction()) return false;
    for (auto it = flags.cbegin(); it != flags.cend(); ++it) {
        q.bindValue(0, it.value());
        q.bindValue(1, it.key());
        if (!q.exec()) {
            d.rollback();
            break;
        }
    }
    if (!d.commit()) {  // expect: session-double-end
        d.rollback();
        return false;
    }
    return true;
}

bool NoteStore::importNotes(const QStringList &titles)
{
    QSqlDatabase d = db();
    QSqlQuery q(d);
    if (!q.prepare(QStringLiteral("INSERT INTO note(title) VALUES(?)"))) return false;
    for (const QString &t : titles) {
        if (!d.transaction()) return false;  // expect: session-nested-begin
        q.bindValue(0, t);
        RETURN_IF_FAILED(q, d)
    }
    if (!d.commit()) {
        d.rollback();
        return false;
    }
    return true;
}

bool NoteStore::importChunked(const QStringList &titles)
{
    QSqlDatabase d = db();
    QSqlQuery q(d);
    if (!q.prepare(QStringLiteral("INSERT INTO note(title) VALUES(?)"))) return false;
    for (int at = 0; at < titles.size(); at += 200) {
        if (!d.transaction()) return false;
        for (const QString &t : titles.mid(at, 200)) {
            q.bindValue(0, t);
            RETURN_IF_FAILED(q, d)
        }
        if (!d.commit()) {
            d.rollback();
            return false;
        }
    }
    return true;
}

bool NoteStore::emptyTrash()
{
    QSqlDatabase d = db();
    if (!d.transaction()) return false;
    QSqlQuery q(d);
    if (!q.exec(QStringLiteral("DELETE FROM note WHERE trashed = 1"))) {
        d.rollback();
        return false;
    }
    if (!d.commit()) { d.rollback(); return false; }
    if (!q.exec(QStringLiteral("VACUUM"))) {
        qWarning() << "vacuum" << q.lastError().text();
        d.rollback();  // expect: session-double-end
        return false;
    }
    return true;
}

bool NoteStore::upgrade(int version)
{
    static const char *const steps[] = {"ALTER TABLE note ADD COLUMN flags INT", "ALTER TABLE note ADD COLUMN trashed INT"};
    QSqlDatabase d = db();
    const auto undo = [&d](const QString &why) {
        qWarning() << why;
        d.rollback();
        return false;
    };
    if (!d.transaction()) return false;
    QSqlQuery q(d);
    for (int i = version; i < 2; ++i)
        if (!q.exec(QLatin1String(steps[i]))) return undo(q.lastError().text());
    if (!q.exec(QStringLiteral("PRAGMA user_version = 2"))) return undo(QStringLiteral("version"));
    return d.commit() || undo(d.lastError().text());
}

QStringList NoteStore::titles(int folder) const
{
    QStringList out;
    QSqlQuery q(db());
    q.setForwardOnly(true);
    q.prepare(QStringLiteral("SELECT title FROM note WHERE folder = ?"));
    q.addBindValue(folder);
    if (!q.exec()) return out;
    while (q.next()) out << q.value(0).toString();
    if (q.lastError().isValid()) out.clear();
    return out;
}

void NoteStore::touchAsync(int id)
{
    QSqlDatabase d = db();
    std::thread([d, id] {  // expect: session-shared-across-threads
        QSqlQuery q(d);
        q.prepare(QStringLiteral("UPDATE note SET seen = 1 WHERE id = ?"));
        q.addBindValue(id);
        if (!q.exec()) qWarning() << "touch failed";
    }).detach();
    QSqlQuery n(d);
    if (!n.exec(QStringLiteral("UPDATE stat SET touches = touches + 1"))) qWarning() << "stat failed";
}

void NoteStore::exportAsync(const QString &file)
{
    const QString source = db().databaseName();
    std::thread([source, file] {
        const QString name = QStringLiteral("export-%1").arg(quintptr(QThread::currentThreadId()));
        {
            QSqlDatabase own = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
            own.setDatabaseName(source);
            if (own.open()) {
                QSqlQuery q(own);
                q.prepare(QStringLiteral("VACUUM INTO ?"));
                q.addBindValue(file);
                if (!q.exec()) qWarning() << q.lastError().text();
            }
        }
        QSqlDatabase::removeDatabase(name);
    }).detach();
}

bool NoteStore::beginBatch()
{
    if (m_batch) return true;
    m_batch = db().transaction();
    return m_batch;
}

bool NoteStore::endBatch(bool keep)
{
    if (!m_batch) return false;
    m_batch = false;
    QSqlDatabase d = db();
    if (keep && d.commit()) return true;
    d.rollback();
    return !keep;
}

bool NoteStore::reorder(const QList<int> &ids)
{
    if (!beginBatch()) return false;
    QSqlQuery q(db());
    int pos = 0;
    bool ok = q.prepare(QStringLiteral("UPDATE note SET pos = ? WHERE id = ?"));
    for (int id : ids) {
        if (!ok) break;
        q.bindValue(0, pos++);
        q.bindValue(1, id);
        ok = q.exec();
    }
    return endBatch(ok);
}

bool NoteStore::duplicate(int id)
{
    QSqlDatabase d = db();
    DbTransaction{d};  // expect: session-temporary-guard
    QSqlQuery q(d);
    q.prepare(QStringLiteral("INSERT INTO note(title, folder) SELECT title, folder FROM note WHERE id = ?"));
    q.addBindValue(id);
    return q.exec() && q.numRowsAffected() == 1;
}

bool NoteStore::resync()
{
    QSqlDatabase d = db();
    if (!d.transaction()) return false;
    QSqlQuery q(d);
    if (!q.exec(QStringLiteral("DELETE FROM cache"))) { d.rollback(); return false; }
    if (!d.commit()) { d.rollback(); return false; }
    if (!d.transaction()) return false;
    if (!q.exec(QStringLiteral("INSERT INTO cache SELECT id, title FROM note"))) { d.rollback(); return false; }
    if (!d.commit()) {  // expect: session-multiple-commits
        d.rollback();
        return false;
    }
    return true;
}

int countIn(const QString &file)
{
    int n = -1;
    const QString name = QStringLiteral("peek");
    QSqlDatabase d = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    d.setDatabaseName(file);
    if (d.open()) {
        QSqlQuery q(QStringLiteral("SELECT count(*) FROM note"), d);
        if (q.next()) n = q.value(0).toInt();
        q.finish();
        d.close();
    }
    d = QSqlDatabase();                      // lets go of the connection
    QSqlDatabase::removeDatabase(name);
    return n;
}

QString firstTitle(const QString &connection)
{
    QSqlDatabase d = QSqlDatabase::database(connection);
    QSqlQuery q(d);
    if (!q.exec(QStringLiteral("SELECT title FROM note ORDER BY pos LIMIT 1"))) return QString();
    d.close();
    return q.next() ? q.value(0).toString() : QString();  // expect: session-use-after-scope
}

bool placeReminder(QSqlDatabase d, int note)
{
    if (!d.transaction()) return false;
    QSqlQuery q(d);
    q.prepare(QStringLiteral("INSERT INTO reminder(note) VALUES(?)"));
    q.addBindValue(note);
    QSqlQuery log(QStringLiteral("INSERT INTO log(what) VALUES('reminder')"));  // expect: session-transaction-bypass
    if (!q.exec() || log.lastError().isValid() || !d.commit()) {
        d.rollback();
        return false;
    }
    return true;
}
