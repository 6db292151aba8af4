// library: qtsql
#include <QDate>
#include <QDebug>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

#include <algorithm>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

namespace fleet {

struct Trip { int car = 0; int km = 0; QString driver; QDate day; };
struct Failure : std::runtime_error { using std::runtime_error::runtime_error; };

void must(bool ok, const QSqlQuery& q) {
    if (!ok)
        throw Failure(q.lastError().text().toStdString());
}

class NamedConnection {
public:
    NamedConnection(const QString& name, const QString& file) : name_(name) {
        QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name_);
        db.setDatabaseName(file);
    }
    NamedConnection(const NamedConnection&) = delete;
    NamedConnection& operator=(const NamedConnection&) = delete;
    ~NamedConnection() { QSqlDatabase::removeDatabase(name_); }
    QSqlDatabase open() const {
        QSqlDatabase db = QSqlDatabase::database(name_, false);
        if (!db.isOpen() && !db.open())
            throw Failure(db.lastError().text().toStdString());
        return db;
    }

private:
    QString name_;
};

class Rollbacker {
public:
    explicit Rollbacker(QSqlDatabase db) : db_(db) {}
    Rollbacker(const Rollbacker&) = delete;
    Rollbacker& operator=(const Rollbacker&) = delete;
    ~Rollbacker() {
        if (armed_)
            db_.rollback();
    }
    void dismiss() noexcept { armed_ = false; }

private:
    QSqlDatabase db_;
    bool armed_ = true;
};

void addTrip(QSqlDatabase db, const Trip& t) {
    if (!db.transaction())
        throw Failure("no transaction");
    Rollbacker undo(db);
    QSqlQuery q(db);
    q.prepare("INSERT INTO trip(car, km, driver, day) VALUES (?, ?, ?, ?)");
    q.addBindValue(t.car);
    q.addBindValue(t.km);
    q.addBindValue(t.driver);
    q.addBindValue(t.day);
    must(q.exec(), q);
    q.prepare("UPDATE car SET km = km + ? WHERE id = ?");
    q.addBindValue(t.km);
    q.addBindValue(t.car);
    must(q.exec(), q);
    if (!db.commit())
        throw Failure(db.lastError().text().toStdString());
    undo.dismiss();
}

bool correctTrip(QSqlDatabase db, int trip, int km) {
    if (!db.transaction())
        return false;
    try {
        QSqlQuery q(db);
        q.prepare("UPDATE trip SET km = ? WHERE id = ?");
        q.addBindValue(km);
        q.addBindValue(trip);
        must(q.exec(), q);
        if (km > 3000)
            throw Failure("implausible distance");
        must(q.exec("UPDATE statistic SET corrections = corrections + 1"), q);
        if (db.commit())
            return true;
        db.rollback();
    } catch (const Failure& e) {  // expect: session-missing-rollback
        qWarning() << e.what();
    }
    return false;
}

bool retireCar(QSqlDatabase db, int car) {
    if (!db.transaction())
        return false;
    bool ok = false;
    try {
        QSqlQuery q(db);
        q.prepare("UPDATE car SET active = 0 WHERE id = ?");
        q.addBindValue(car);
        must(q.exec(), q);
        must(q.exec("UPDATE statistic SET retired = retired + 1"), q);
        ok = true;
    } catch (const Failure& e) {
        qWarning() << e.what();
    }
    if (!ok) {
        db.rollback();
        return false;
    }
    if (!db.commit()) {
        db.rollback();
        return false;
    }
    return true;
}

int toKilometres(const QString& text) {
    bool ok = false;
    const int km = text.toInt(&ok);
    if (!ok)
        throw Failure("not a number: " + text.toStdString());
    return km;
}

bool importCsv(QSqlDatabase db, const QStringList& lines) {
    if (!db.transaction())
        return false;
    for (const QString& line : lines) {
        const QStringList f = line.split(';');
        try {
            QSqlQuery q(db);
            q.prepare("INSERT INTO import_line(raw) VALUES (?)");
            q.addBindValue(line);
            must(q.exec(), q);
            const int km = toKilometres(f.value(1));
            q.prepare("UPDATE car SET km = km + ? WHERE plate = ?");
            q.addBindValue(km);
            q.addBindValue(f.value(0));
            must(q.exec(), q);
        } catch (const Failure& e) {  // expect: session-swallow-and-commit
            qWarning() << line << e.what();
        }
    }
    if (!db.commit()) {
        db.rollback();
        return false;
    }
    return true;
}

int importCsvStrict(QSqlDatabase db, const QStringList& lines) {
    QVector<QPair<QString, int>> parsed;
    for (const QString& line : lines) {
        const QStringList f = line.split(';');
        try {
            parsed.append({f.value(0), toKilometres(f.value(1))});
        } catch (const Failure& e) {
            qWarning() << "ignored" << line << e.what();
        }
    }
    if (parsed.isEmpty() || !db.transaction())
        return 0;
    QSqlQuery q(db);
    q.prepare("UPDATE car SET km = km + ? WHERE plate = ?");
    for (const auto& [plate, km] : parsed) {
        q.bindValue(0, km);
        q.bindValue(1, plate);
        if (!q.exec()) {
            db.rollback();
            return 0;
        }
    }
    if (db.commit())
        return parsed.size();
    db.rollback();
    return 0;
}

void closeYear(QSqlDatabase db, int year) {
    QSqlQuery q(db);
    if (!db.transaction())
        throw Failure("no transaction");
    {
        Rollbacker undo(db);
        must(q.exec(QStringLiteral("INSERT INTO year_trip SELECT * FROM trip WHERE year = %1").arg(year)), q);
        if (!db.commit())
            throw Failure("year not copied");
        undo.dismiss();
    }
    if (!db.transaction())
        throw Failure("no transaction");
    Rollbacker undo(db);
    must(q.exec(QStringLiteral("DELETE FROM trip WHERE year = %1").arg(year)), q);
    must(q.exec(QStringLiteral("INSERT INTO closed(year) VALUES (%1)").arg(year)), q);
    if (!db.commit())  // expect: session-multiple-commits
        throw Failure("year not closed");
    undo.dismiss();
}

int kilometres(const NamedConnection& con, int car) {
    QSqlDatabase db = con.open();
    QSqlQuery q(db);
    q.prepare("SELECT km FROM car WHERE id = ?");
    q.addBindValue(car);
    return q.exec() && q.next() ? q.value(0).toInt() : -1;
}

bool copyCars(const NamedConnection& from, const NamedConnection& to) {
    QSqlDatabase source = from.open();
    QSqlDatabase target = to.open();
    QSqlQuery rows("SELECT id, plate FROM car", source);
    if (!target.transaction())
        return false;
    QSqlQuery put(target);
    put.prepare("INSERT INTO car(id, plate) VALUES (?, ?)");
    while (rows.next()) {
        put.bindValue(0, rows.value(0));
        put.bindValue(1, rows.value(1));
        if (!put.exec()) {
            target.rollback();
            return false;
        }
    }
    const bool ok = rows.lastError().type() == QSqlError::NoError && target.commit();
    if (!ok)
        target.rollback();
    return ok;
}

bool bookService(QSqlDatabase db, int car, const QDate& day) {
    if (!db.transaction())  // expect: session-unfinished-transaction
        return false;
    QSqlQuery q(db);
    q.prepare("INSERT INTO service(car, day) VALUES (?, ?)");
    q.addBindValue(car);
    q.addBindValue(day);
    if (!q.exec()) {
        db.rollback();
        return false;
    }
    q.prepare("UPDATE car SET next_service = ? WHERE id = ?");
    q.addBindValue(day);
    q.addBindValue(car);
    if (!q.exec()) {
        db.rollback();
        return false;
    }
    qInfo() << "service booked for" << car;
    return true;
}

bool tryBook(QSqlDatabase db, int car, const QDate& day) {
    if (!db.transaction())
        return false;
    QSqlQuery q(db);
    q.prepare("INSERT INTO service(car, day) VALUES (?, ?)");
    q.addBindValue(car);
    q.addBindValue(day);
    const bool possible = q.exec();
    q.finish();
    if (!db.rollback())
        qWarning() << db.lastError().text();
    qInfo() << "dry run for" << car << possible;
    return possible;
}

std::shared_future<int> countLater(QSqlDatabase db) {
    auto work = [db] {
        QSqlQuery q("SELECT count(*) FROM trip", db);
        return q.next() ? q.value(0).toInt() : 0;
    };
    std::shared_future<int> n = std::async(std::launch::async, work).share();  // expect: session-shared-across-threads
    QSqlQuery mark(db);
    if (!mark.exec("UPDATE statistic SET counts = counts + 1"))
        qWarning() << mark.lastError().text();
    return n;
}

std::future<int> countDeferred(const NamedConnection& con, int car) {
    return std::async(std::launch::deferred, [&con, car] { return kilometres(con, car); });
}

bool lendCar(const NamedConnection& con, int car, const QString& driver) {
    QSqlDatabase db = con.open();
    if (!db.transaction())
        return false;
    QSqlQuery q(db);
    q.prepare("UPDATE car SET driver = ? WHERE id = ? AND driver IS NULL");
    q.addBindValue(driver);
    q.addBindValue(car);
    if (!q.exec() || q.numRowsAffected() != 1) {
        db.rollback();
        return false;
    }
    if (!QSqlQuery().exec("INSERT INTO lending(car) VALUES (last_insert_rowid())")) {  // expect: session-transaction-bypass
        db.rollback();
        return false;
    }
    if (db.commit())
        return true;
    db.rollback();
    return false;
}

int openCount(const QString& name, int limit) {
    auto* db = new QSqlDatabase(QSqlDatabase::database(name));  // expect: session-leak
    QSqlQuery q("SELECT count(*) FROM lending", *db);
    if (!q.next())
        return -1;
    const int n = q.value(0).toInt();
    delete db;
    return std::min(n, limit);
}

bool fuelBatch(QSqlDatabase db, const QHash<int, double>& litres) {
    QSqlQuery q(db);
    q.prepare("INSERT INTO fuel(car, litres) VALUES (?, ?)");
    for (auto it = litres.begin(); it != litres.end(); ++it) {
        if (!db.transaction())  // expect: session-nested-begin
            return false;
        q.bindValue(0, it.key());
        q.bindValue(1, it.value());
        if (!q.exec()) {
            db.rollback();
            return false;
        }
    }
    if (db.commit())
        return true;
    db.rollback();
    return false;
}

bool payTolls(QSqlDatabase db, const QVector<int>& tolls) {
    for (int t : tolls) {
        if (!db.transaction())
            return false;
        QSqlQuery q(db);
        q.prepare("UPDATE toll SET paid = 1 WHERE id = ?");
        q.addBindValue(t);
        const bool ok = q.exec() && q.exec("UPDATE statistic SET tolls = tolls + 1");
        if (!ok || !db.commit()) {
            db.rollback();
            return false;
        }
    }
    return true;
}

bool archive(QSqlDatabase db, int car) {
    QSqlQuery q(db);
    q.prepare("SELECT active FROM car WHERE id = ?");
    q.addBindValue(car);
    if (!q.exec() || !q.next())
        return false;
    const bool active = q.value(0).toBool();
    q.finish();
    if (!db.transaction())
        return false;
    q.prepare("INSERT INTO car_archive SELECT * FROM car WHERE id = ?");
    q.addBindValue(car);
    const bool done = !active && q.exec() && db.commit();
    if (!done)
        db.rollback();
    return done;
}

}  // namespace fleet
