// library: qtsql
#include <QDateTime>
#include <QDebug>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QVariant>
#include <QVector>

#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>

namespace herbarium {

struct Specimen {
    int id = 0;
    QString taxon;
    QString collector;
    int sheet = 0;
};

struct Settings {
    QString file;
    QString connection = QStringLiteral("herbarium");
    bool audit = true;
};

bool execLogged(QSqlQuery& q) {
    if (q.exec())
        return true;
    qWarning() << q.lastQuery() << q.lastError().text();
    return false;
}

bool execLogged(QSqlQuery& q, const QString& sql) {
    if (q.exec(sql))
        return true;
    qWarning() << sql << q.lastError().text();
    return false;
}

class TxGuard {
public:
    explicit TxGuard(const QSqlDatabase& db) : db_(db), active_(db_.transaction()) {}
    TxGuard(const TxGuard&) = delete;
    TxGuard& operator=(const TxGuard&) = delete;
    ~TxGuard() {
        if (active_)
            db_.rollback();
    }
    bool isActive() const { return active_; }
    bool commit() {
        if (!active_ || !db_.commit())
            return false;
        active_ = false;
        return true;
    }

private:
    QSqlDatabase db_;
    bool active_;
};

bool openCatalogue(const Settings& s) {
    QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), s.connection);
    db.setDatabaseName(s.file);
    if (!db.open()) {
        qWarning() << "open" << s.file << db.lastError().text();
        db = QSqlDatabase();
        QSqlDatabase::removeDatabase(s.connection);
        return false;
    }
    QSqlQuery q(db);
    return execLogged(q, QStringLiteral("PRAGMA foreign_keys = ON"));
}

bool insertSpecimen(QSqlDatabase db, const Specimen& s) {
    if (!db.transaction())
        return false;
    QSqlQuery q(db);
    q.prepare(QStringLiteral("INSERT INTO specimen(taxon, collector) VALUES(?, ?)"));
    q.addBindValue(s.taxon);
    q.addBindValue(s.collector);
    bool ok = execLogged(q);
    if (ok) {
        QSqlQuery sheet(db);
        sheet.prepare(QStringLiteral("UPDATE sheet SET used = used + 1 WHERE id = ?"));
        sheet.addBindValue(s.sheet);
        ok = execLogged(sheet);
    }
    if (ok && db.commit())
        return true;
    db.rollback();
    return false;
}

bool relabel(QSqlDatabase db, int id, const QString& taxon) {
    if (!db.transaction())  // expect: session-unfinished-transaction
        return false;
    QSqlQuery q(db);
    q.prepare(QStringLiteral("UPDATE specimen SET taxon = :t WHERE id = :i"));
    q.bindValue(QStringLiteral(":t"), taxon);
    q.bindValue(QStringLiteral(":i"), id);
    if (!execLogged(q)) {
        db.rollback();
        return false;
    }
    if (q.numRowsAffected() != 1) {
        qWarning() << "no specimen" << id;
        return false;
    }
    if (!db.commit()) {
        db.rollback();
        return false;
    }
    return true;
}

bool moveToSheet(QSqlDatabase db, const QVector<int>& ids, int sheet) {
    TxGuard tx(db);
    if (!tx.isActive())
        return false;
    for (int id : ids) {
        QSqlQuery q(db);
        q.prepare(QStringLiteral("UPDATE specimen SET sheet = ? WHERE id = ?"));
        q.addBindValue(sheet);
        q.addBindValue(id);
        if (!execLogged(q))
            return false;
    }
    return tx.commit();
}

bool splitSheet(QSqlDatabase db, int sheet, int into) {
    TxGuard tx(db);
    if (!tx.isActive())
        return false;
    QSqlQuery add(db);
    if (!execLogged(add, QStringLiteral("INSERT INTO sheet(id) VALUES(%1)").arg(into)))
        return false;
    QSqlQuery move(QStringLiteral("UPDATE specimen SET sheet = %1 WHERE sheet = %2").arg(into).arg(sheet));  // expect: session-transaction-bypass
    if (move.lastError().isValid())
        return false;
    return tx.commit();
}

bool lendSpecimen(QSqlDatabase db, int id, const QString& borrower) {
    if (!db.transaction())
        return false;
    QSqlQuery loan(db);
    loan.prepare(QStringLiteral("INSERT INTO loan(specimen, borrower) VALUES(?, ?)"));
    loan.addBindValue(id);
    loan.addBindValue(borrower);
    if (!execLogged(loan)) {
        db.rollback();
        return false;
    }
    if (!db.commit()) {
        db.rollback();
        return false;
    }
    QSqlQuery stats;
    return execLogged(stats, QStringLiteral("UPDATE loan_stats SET n = n + 1"));
}

int countTaxa() {
    QSqlQuery q(QStringLiteral("SELECT count(DISTINCT taxon) FROM specimen"));
    return q.next() ? q.value(0).toInt() : 0;
}

bool mergeTaxa(QSqlDatabase db, const QStringList& synonyms, const QString& accepted) {
    for (const QString& syn : synonyms) {
        if (!db.transaction())
            return false;
        QSqlQuery q(db);
        q.prepare(QStringLiteral("UPDATE specimen SET taxon = ? WHERE taxon = ?"));
        q.addBindValue(accepted);
        q.addBindValue(syn);
        if (!execLogged(q)) {
            db.rollback();
            continue;
        }
        if (!db.commit()) {
            db.rollback();
            return false;
        }
    }
    return true;
}

bool importSpecimens(QSqlDatabase db, const QVector<Specimen>& in) {
    for (const Specimen& s : in) {
        if (!db.transaction())  // expect: session-nested-begin
            return false;
        QSqlQuery q(db);
        q.prepare(QStringLiteral("INSERT INTO specimen(taxon) VALUES(?)"));
        q.addBindValue(s.taxon);
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

bool returnLoan(QSqlDatabase db, int loan) {
    if (!db.transaction())
        return false;
    QSqlQuery q(db);
    const bool ok = execLogged(q, QStringLiteral("UPDATE loan SET returned = 1 WHERE id = %1").arg(loan));
    if (!ok)
        db.rollback();
    const bool ended = db.commit();  // expect: session-double-end
    if (ok && !ended)
        db.rollback();
    return ended;
}

bool withTransaction(QSqlDatabase db, const std::function<bool(QSqlDatabase&)>& body) {
    if (!db.transaction())
        return false;
    const bool ok = body(db);
    if (!ok || !db.commit()) {
        db.rollback();
        return false;
    }
    return true;
}

bool purgeLoans(QSqlDatabase db, int year) {
    return withTransaction(db, [year](QSqlDatabase& d) {
        QSqlQuery q(d);
        if (!execLogged(q, QStringLiteral("DELETE FROM loan WHERE year < %1").arg(year)))
            return false;
        return execLogged(q, QStringLiteral("DELETE FROM borrower WHERE last_year < %1").arg(year));
    });
}

bool backupStats(const Settings& s) {
    const QString name = QStringLiteral("backup-%1").arg(QDateTime::currentMSecsSinceEpoch());
    bool ok = false;
    {
        QSqlDatabase db = QSqlDatabase::cloneDatabase(QSqlDatabase::database(s.connection), name);
        if (db.open()) {
            QSqlQuery q(db);
            ok = execLogged(q, QStringLiteral("INSERT INTO backup_log(at) VALUES(datetime('now'))"));
        }
    }
    QSqlDatabase::removeDatabase(name);
    return ok;
}

QStringList collectors(const Settings& s) {
    QStringList out;
    QSqlDatabase db = QSqlDatabase::database(s.connection);
    QSqlQuery q(QStringLiteral("SELECT DISTINCT collector FROM specimen"), db);
    db.close();
    while (q.next())  // expect: session-use-after-scope
        out << q.value(0).toString();
    return out;
}

bool transferAccession(QSqlDatabase db, int accession, int toSection) {
    QSqlQuery q(db);
    if (!db.transaction())
        return false;
    q.prepare(QStringLiteral("UPDATE accession SET section = ? WHERE id = ?"));
    q.addBindValue(toSection);
    q.addBindValue(accession);
    if (!execLogged(q)) {
        db.rollback();
        return false;
    }
    if (!db.commit()) {
        db.rollback();
        return false;
    }
    if (!db.transaction())
        return false;
    q.prepare(QStringLiteral("UPDATE section SET items = items + 1 WHERE id = ?"));
    q.addBindValue(toSection);
    if (!execLogged(q)) {
        db.rollback();
        return false;
    }
    if (!db.commit()) {  // expect: session-multiple-commits
        db.rollback();
        return false;
    }
    return true;
}

void indexInBackground(QSqlDatabase db) {
    QThread* t = QThread::create([db] {  // expect: session-shared-across-threads
        QSqlQuery q(db);
        execLogged(q, QStringLiteral("INSERT INTO fulltext(fulltext) VALUES('rebuild')"));
    });
    QObject::connect(t, &QThread::finished, t, &QObject::deleteLater);
    t->start();
    QSqlQuery q(db);
    execLogged(q, QStringLiteral("UPDATE status SET indexing = 1"));
}

void indexOwnConnection(const Settings& s) {
    std::thread worker([file = s.file] {
        const QString name = QStringLiteral("indexer");
        {
            QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
            db.setDatabaseName(file);
            if (db.open()) {
                QSqlQuery q(db);
                execLogged(q, QStringLiteral("INSERT INTO fulltext(fulltext) VALUES('optimize')"));
            }
        }
        QSqlDatabase::removeDatabase(name);
    });
    worker.join();
}

class LabelPrinter {
public:
    explicit LabelPrinter(const QSqlDatabase& db) : db_(db), next_(db_) {
        next_.prepare(QStringLiteral("SELECT text FROM label WHERE printed = 0 LIMIT 1"));
    }

    bool start() { return !running_ && (running_ = db_.transaction()); }

    QString next() {
        if (!running_ || !next_.exec() || !next_.next())
            return {};
        return next_.value(0).toString();
    }

    bool finish(bool success) {
        if (!running_)
            return false;
        next_.finish();
        running_ = false;
        if (success && db_.commit())
            return true;
        db_.rollback();
        return false;
    }

    ~LabelPrinter() {
        if (running_)
            db_.rollback();
    }

private:
    QSqlDatabase db_;
    QSqlQuery next_;
    bool running_ = false;
};

bool exportTo(QSqlDatabase source, QSqlDatabase target) {
    TxGuard tx(target);
    if (!tx.isActive())
        return false;
    QSqlQuery in(QStringLiteral("SELECT id, taxon FROM specimen"), source);
    while (in.next()) {
        QSqlQuery out(target);
        out.prepare(QStringLiteral("INSERT INTO specimen(id, taxon) VALUES(?, ?)"));
        out.addBindValue(in.value(0));
        out.addBindValue(in.value(1));
        if (!execLogged(out))
            return false;
    }
    return tx.commit();
}

bool renumberSheets(QSqlDatabase db) {
    TxGuard tx(db);  // expect: session-unfinished-transaction
    if (!tx.isActive())
        return false;
    QSqlQuery q(db);
    if (!execLogged(q, QStringLiteral("UPDATE sheet SET id = id + 100000")))
        return false;
    return execLogged(q, QStringLiteral("UPDATE specimen SET sheet = sheet + 100000"));
}

bool maybeTransaction(QSqlDatabase db, const QString& sql) {
    const bool tx = db.driver()->hasFeature(QSqlDriver::Transactions) && db.transaction();
    QSqlQuery q(db);
    const bool ok = execLogged(q, sql);
    if (tx) {
        if (ok && db.commit())
            return true;
        db.rollback();
        return false;
    }
    return ok;
}

bool readSheets(QSqlDatabase db, const QVector<int>& sheets, const std::function<QString(int)>& ocr) {
    if (!db.transaction())
        return false;
    int done = 0;
    try {
        for (int id : sheets) {
            QSqlQuery q(db);
            q.prepare(QStringLiteral("UPDATE sheet SET text = ? WHERE id = ?"));
            q.addBindValue(ocr(id));
            q.addBindValue(id);
            if (!execLogged(q)) {
                db.rollback();
                return false;
            }
            ++done;
        }
        if (db.commit())
            return true;
        db.rollback();
    } catch (const std::runtime_error& e) {  // expect: session-missing-rollback
        qWarning() << "ocr failed after" << done << e.what();
    }
    return false;
}

int specimensOf(const QString& collector) {
    QSqlDatabase db = QSqlDatabase::database(QStringLiteral("report"));
    QSqlQuery q(db);
    q.prepare(QStringLiteral("SELECT count(*) FROM specimen WHERE collector = ?"));
    q.addBindValue(collector);
    QSqlDatabase::removeDatabase(QStringLiteral("report"));
    if (!q.exec() || !q.next())  // expect: session-use-after-scope
        return -1;
    return q.value(0).toInt();
}

class EditScope {
public:
    explicit EditScope(QSqlDatabase& db) : db_(db), ok_(db_.transaction()) {}
    void fail() { failed_ = true; }
    ~EditScope() {
        if (!ok_)
            return;
        if (failed_)
            db_.rollback();
        else
            db_.commit();  // waits: session-commit-in-destructor
    }

private:
    QSqlDatabase& db_;
    bool ok_;
    bool failed_ = false;
};

}  // namespace herbarium
