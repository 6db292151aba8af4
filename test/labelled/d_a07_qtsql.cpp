// library: qtsql
// Photo album on Qt SQL.
#include <QDebug>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>
#include <memory>
#include <stdexcept>
#include <thread>

struct Photo { int id; QString path; };

// --- opening --------------------------------------------------------------

bool openAlbum(const QString& file, const QString& name) {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
    db.setDatabaseName(file);
    if (!db.open()) {
        qWarning() << db.lastError().text();
        return false;
    }
    QSqlQuery q(db);
    if (!q.exec("PRAGMA foreign_keys = ON")) qWarning() << q.lastError().text();
    return true;
}

void closeAlbum(const QString& name) {
    {
        QSqlDatabase db = QSqlDatabase::database(name, false);
        if (db.isOpen()) db.close();
    }
    QSqlDatabase::removeDatabase(name);
}

int countAndClose(const QString& name) {
    QSqlDatabase db = QSqlDatabase::database(name);
    QSqlQuery q(db);
    if (!q.exec("SELECT COUNT(*) FROM photo")) return -1;
    db.close();
    return q.next() ? q.value(0).toInt() : -1;  // expect: session-use-after-scope
}

int countThenClose(const QString& name) {
    int n = -1;
    QSqlDatabase db = QSqlDatabase::database(name);
    {
        QSqlQuery q(db);
        if (q.exec("SELECT COUNT(*) FROM photo") && q.next()) n = q.value(0).toInt();
    }
    db.close();
    return n;
}

// --- repository -----------------------------------------------------------

class PhotoRepository {
public:
    explicit PhotoRepository(const QString& connection) : connection_(connection) {}

    bool add(const QString& path, const QStringList& tags) {
        QSqlDatabase db = QSqlDatabase::database(connection_);
        if (!db.transaction()) return false;
        QSqlQuery q(db);
        q.prepare("INSERT INTO photo(path) VALUES(?)");
        q.addBindValue(path);
        if (!q.exec()) {
            db.rollback();
            return false;
        }
        const QVariant id = q.lastInsertId();
        for (const QString& t : tags) {
            QSqlQuery tag(db);
            tag.prepare("INSERT INTO photo_tag VALUES(?, ?)");
            tag.addBindValue(id);
            tag.addBindValue(t);
            if (!tag.exec()) {
                qWarning() << tag.lastError().text();
                db.rollback();
                return false;
            }
        }
        if (db.commit()) return true;
        db.rollback();
        return false;
    }

    bool remove(int id) {
        QSqlDatabase db = QSqlDatabase::database(connection_);
        if (!db.transaction()) return false;  // expect: session-unfinished-transaction
        QSqlQuery q(db);
        q.prepare("DELETE FROM photo_tag WHERE photo = ?");
        q.addBindValue(id);
        if (!q.exec()) return false;
        q.prepare("DELETE FROM photo WHERE id = ?");
        q.addBindValue(id);
        if (!q.exec()) {
            db.rollback();
            return false;
        }
        if (!db.commit()) {
            db.rollback();
            return false;
        }
        return true;
    }

    bool rotate(int id, int degrees) {
        QSqlDatabase db = QSqlDatabase::database(connection_);
        if (!db.transaction()) return false;
        QSqlQuery q(db);
        q.prepare("UPDATE photo SET rotation = ? WHERE id = ?");
        q.addBindValue(degrees);
        q.addBindValue(id);
        bool ok = q.exec();
        ok = ok && db.commit();
        if (!ok) db.rollback();
        return ok;
    }

    QVector<Photo> list() const {
        QVector<Photo> out;
        QSqlQuery q(QSqlDatabase::database(connection_));
        q.setForwardOnly(true);
        if (!q.exec("SELECT id, path FROM photo")) return out;
        while (q.next()) out.append({q.value(0).toInt(), q.value(1).toString()});
        if (q.lastError().isValid()) out.clear();
        return out;
    }

    bool touchTwice(int id) {
        QSqlDatabase db = QSqlDatabase::database(connection_);
        if (!db.transaction()) return false;
        QSqlQuery q(db);
        q.prepare("UPDATE photo SET seen = 1 WHERE id = ?");
        q.addBindValue(id);
        if (!q.exec() || !db.commit()) {
            db.rollback();
            return false;
        }
        qDebug() << "seen" << id;
        db.rollback();  // expect: session-double-end
        return true;
    }

private:
    QString connection_;
};

// --- transactions ---------------------------------------------------------

class ScopedTransaction {
public:
    explicit ScopedTransaction(QSqlDatabase db) : db_(db), open_(db_.transaction()) {}
    ~ScopedTransaction() { if (open_) db_.rollback(); }
    ScopedTransaction(const ScopedTransaction&) = delete;
    ScopedTransaction& operator=(const ScopedTransaction&) = delete;
    bool commit() {
        if (!open_ || !db_.commit()) return false;
        open_ = false;
        return true;
    }

private:
    QSqlDatabase db_;
    bool open_;
};

bool mergeAlbums(QSqlDatabase db, int from, int to) {
    ScopedTransaction tx(db);
    QSqlQuery q(db);
    q.prepare("UPDATE photo SET album = ? WHERE album = ?");
    q.addBindValue(to);
    q.addBindValue(from);
    if (!q.exec()) return false;
    q.prepare("DELETE FROM album WHERE id = ?");
    q.addBindValue(from);
    return q.exec() && tx.commit();
}

bool renameAlbum(QSqlDatabase db, int id, const QString& name) {
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    q.prepare("UPDATE album SET name = ? WHERE id = ?");
    q.addBindValue(name);
    q.addBindValue(id);
    if (!q.exec() || !db.commit()) {
        db.rollback();
        return false;
    }
    if (!db.transaction()) return false;
    QSqlQuery log(db);
    log.prepare("INSERT INTO rename_log VALUES(?)");
    log.addBindValue(id);
    if (!log.exec() || !db.commit()) {  // expect: session-multiple-commits
        db.rollback();
        return false;
    }
    return true;
}

bool importFolder(QSqlDatabase db, const QStringList& files) {
    for (const QString& f : files) {
        if (!db.transaction()) return false;  // expect: session-nested-begin
        QSqlQuery q(db);
        q.prepare("INSERT INTO photo(path) VALUES(?)");
        q.addBindValue(f);
        if (!q.exec()) {
            db.rollback();
            return false;
        }
    }
    if (db.commit()) return true;
    db.rollback();
    return false;
}

int importChunks(QSqlDatabase db, const QStringList& files) {
    int done = 0;
    while (done < files.size()) {
        if (!db.transaction()) break;
        QSqlQuery q(db);
        q.prepare("INSERT INTO photo(path) VALUES(?)");
        const int end = qMin(done + 100, files.size());
        bool ok = true;
        for (int i = done; ok && i < end; ++i) {
            q.addBindValue(files.at(i));
            ok = q.exec();
        }
        if (!ok || !db.commit()) {
            db.rollback();
            break;
        }
        done = end;
    }
    return done;
}

bool bypass(QSqlDatabase db, int order) {
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    q.prepare("INSERT INTO orders VALUES(?)");
    q.addBindValue(order);
    QSqlQuery audit;
    bool ok = q.exec();
    ok = ok && audit.exec("INSERT INTO audit VALUES('order')");  // expect: session-transaction-bypass
    if (ok && db.commit()) return true;
    db.rollback();
    return false;
}

bool throwingLabel(QSqlDatabase db, const QString& label) {
    if (!db.transaction()) return false;
    try {
        if (label.isEmpty()) throw std::invalid_argument("label");
        QSqlQuery q(db);
        q.prepare("UPDATE album SET label = ?");
        q.addBindValue(label);
        if (!q.exec()) throw std::runtime_error("label not written");
        if (!db.commit()) throw std::runtime_error("label not committed");
        return true;
    } catch (const std::exception& e) {  // expect: session-missing-rollback
        qWarning() << e.what();
        return false;
    }
}

bool rollbackWithoutBegin(const QString& file, int id) {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", QStringLiteral("trash"));
    db.setDatabaseName(file);
    if (!db.open()) return false;
    QSqlQuery q(db);
    q.prepare("DELETE FROM photo WHERE id = ?");
    q.addBindValue(id);
    if (q.exec()) return true;
    qWarning() << q.lastError().text();
    db.rollback();  // expect: session-double-end
    return false;
}

void thumbnailsInBackground(const QString& file) {
    std::thread([file] {
        const QString name = QStringLiteral("thumbs");
        {
            QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
            db.setDatabaseName(file);
            if (db.open()) {
                QSqlQuery q(db);
                if (!q.exec("DELETE FROM thumb")) qWarning() << q.lastError().text();
            }
        }
        QSqlDatabase::removeDatabase(name);
    }).detach();
}

void thumbnailsShared(QSqlDatabase db) {
    std::thread([db] {  // expect: session-shared-across-threads
        QSqlQuery q(db);
        if (!q.exec("DELETE FROM thumb")) qWarning() << q.lastError().text();
    }).detach();
    QSqlQuery q(db);
    if (!q.exec("UPDATE meta SET thumbs = 0")) qWarning() << q.lastError().text();
}

bool hidePhoto(QSqlDatabase db, int id) {
    QSqlQuery q(db);
    if (!q.prepare("UPDATE photo SET hidden = 1 WHERE id = ?"))  // waits: session-statement-not-executed
        return false;
    q.addBindValue(id);
    qDebug() << "hidden" << id;
    return true;
}

bool unhidePhotos(QSqlDatabase db, const QVector<int>& ids) {
    if (!db.transaction()) return false;
    bool done = false;
    do {
        QSqlQuery q(db);
        if (!q.prepare("UPDATE photo SET hidden = 0 WHERE id = ?")) break;
        bool ok = true;
        for (int id : ids) {
            q.addBindValue(id);
            ok = ok && q.exec();
        }
        if (!ok) break;
        done = db.commit();
    } while (false);
    if (!done) db.rollback();
    return done;
}
