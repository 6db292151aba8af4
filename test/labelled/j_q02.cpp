// library: sqlitecpp, poco, qtsql
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace herbarium {

using namespace Poco::Data::Keywords;

struct Specimen {
    int id = 0;
    std::string taxon;
    std::string site;
    int year = 0;
};

struct StoreOptions {
    std::string file = "herbarium.db";
    int busyMs = 2000;
    bool verify = true;
};

struct StoreError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void note(const std::string& s) noexcept { std::clog << s << '\n'; }

template <class F>
class ScopeExit {
public:
    explicit ScopeExit(F f) : f_(std::move(f)) {}
    ScopeExit(const ScopeExit&) = delete;
    ScopeExit& operator=(const ScopeExit&) = delete;
    ~ScopeExit() { if (armed_) f_(); }
    void dismiss() noexcept { armed_ = false; }
private:
    F f_;
    bool armed_ = true;
};

class SpecimenStore {
public:
    explicit SpecimenStore(const StoreOptions& opt)
        : db_(opt.file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, opt.busyMs), opt_(opt) {}

    void add(const Specimen& s) {
        SQLite::Transaction tx(db_);
        SQLite::Statement ins(db_, "INSERT INTO specimen(id, taxon, site, year) VALUES(?, ?, ?, ?)");
        ins.bind(1, s.id);
        ins.bind(2, s.taxon);
        ins.bind(3, s.site);
        ins.bind(4, s.year);
        ins.exec();
        SQLite::Statement cnt(db_, "UPDATE site SET specimens = specimens + 1 WHERE name = ?");
        cnt.bind(1, s.site);
        if (cnt.exec() == 0)
            throw StoreError("unknown site " + s.site);
        tx.commit();
    }

    bool relabel(int id, const std::string& taxon) {
        SQLite::Transaction tx(db_);  // expect: session-unfinished-transaction
        SQLite::Statement upd(db_, "UPDATE specimen SET taxon = ? WHERE id = ?");
        upd.bind(1, taxon);
        upd.bind(2, id);
        const int n = upd.exec();
        if (n == 1 && opt_.verify) {
            db_.exec("INSERT INTO audit(what) VALUES('relabel')");
            return true;
        }
        return n == 1;
    }

    int addMany(const std::vector<Specimen>& all) {
        int stored = 0;
        SQLite::Transaction tx(db_);
        SQLite::Statement ins(db_, "INSERT INTO specimen(id, taxon) VALUES(?, ?)");
        for (const auto& s : all) {
            SQLite::Savepoint sp(db_, "one");
            try {
                ins.bind(1, s.id);
                ins.bind(2, s.taxon);
                ins.exec();
                ins.reset();
                sp.release();
                ++stored;
            } catch (const SQLite::Exception& e) {
                note(e.what());
                ins.tryReset();
            }
        }
        tx.commit();
        return stored;
    }

    void dropSite(const std::string& site) {
        SQLite::Transaction tx(db_);
        SQLite::Statement del(db_, "DELETE FROM specimen WHERE site = ?");
        del.bind(1, site);
        const int n = del.exec();
        SQLite::Statement ds(db_, "DELETE FROM site WHERE name = ?");
        ds.bind(1, site);
        ds.exec();
        if (n > 100) {
            tx.commit();
            note("large site dropped: " + site);
        }
        tx.commit();  // expect: session-double-end
    }

    const char* firstTaxon() {
        SQLite::Statement q(db_, "SELECT taxon FROM specimen ORDER BY id LIMIT 1");
        if (!q.executeStep())
            return "";
        return q.getColumn(0).getText();  // expect: session-use-after-scope
    }

    std::string lastTaxon() {
        SQLite::Statement q(db_, "SELECT taxon FROM specimen ORDER BY id DESC LIMIT 1");
        if (!q.executeStep())
            return {};
        return q.getColumn(0).getText();
    }

    void rebuildIndex() {
        db_.exec("BEGIN IMMEDIATE");
        ScopeExit undo([this] {
            try {
                db_.exec("ROLLBACK");
            } catch (const SQLite::Exception& e) {
                note(e.what());
            }
        });
        db_.exec("DELETE FROM taxon_index");
        db_.exec("INSERT INTO taxon_index SELECT taxon, count(*) FROM specimen GROUP BY taxon");
        db_.exec("COMMIT");
        undo.dismiss();
    }

    void rebuildSites() {
        db_.exec("BEGIN IMMEDIATE");  // expect: session-missing-rollback
        db_.exec("DELETE FROM site");
        SQLite::Statement q(db_, "INSERT INTO site(name, specimens) SELECT site, count(*) FROM specimen GROUP BY site");
        const int n = q.exec();
        db_.exec("COMMIT");
        note("sites: " + std::to_string(n));
    }

    std::optional<Specimen> find(int id) {
        SQLite::Transaction snapshot(db_);
        SQLite::Statement q(db_, "SELECT taxon, site, year FROM specimen WHERE id = ?");
        q.bind(1, id);
        if (!q.executeStep())
            return std::nullopt;
        return Specimen{id, q.getColumn(0).getString(), q.getColumn(1).getString(), q.getColumn(2).getInt()};
    }

private:
    SQLite::Database db_;
    StoreOptions opt_;
};

SQLite::Statement openListing(const StoreOptions& opt) {
    SQLite::Database db(opt.file);
    SQLite::Statement st(db, "SELECT id, taxon FROM specimen");
    note("listing prepared");
    return st;  // expect: session-use-after-scope
}

void mergeFiles(const StoreOptions& opt, const std::string& other) {
    auto target = std::make_unique<SQLite::Database>(opt.file, SQLite::OPEN_READWRITE);
    SQLite::Database source(other);
    SQLite::Transaction tx(*target);
    SQLite::Statement in(source, "SELECT id, taxon FROM specimen");
    while (in.executeStep()) {
        SQLite::Statement out(*target, "INSERT OR IGNORE INTO specimen(id, taxon) VALUES(?, ?)");
        out.bind(1, in.getColumn(0).getInt());
        out.bind(2, in.getColumn(1).getString());
        out.exec();
    }
    tx.commit();
}

void lend(Poco::Data::SessionPool& pool, int id, std::string who) {
    Poco::Data::Session s(pool.get());
    s.begin();
    s << "UPDATE specimen SET lent = 1 WHERE id = ?", use(id), now;
    s << "INSERT INTO loan(specimen, who) VALUES(?, ?)", use(id), use(who), now;
    s.commit();
}

void takeBack(Poco::Data::Session& s, int id) {
    s.begin();
    try {
        s << "UPDATE specimen SET lent = 0 WHERE id = ?", use(id), now;
        s << "DELETE FROM loan WHERE specimen = ?", use(id), now;
        s.commit();
    } catch (const Poco::Exception& e) {  // expect: session-missing-rollback
        note(e.displayText());
    }
}

void extendLoan(Poco::Data::Session& s, int id, int days) {
    Poco::Data::Transaction tx(s);
    int open = 0;
    s << "SELECT count(*) FROM loan WHERE specimen = ?", into(open), use(id), now;
    if (open == 0) {
        tx.rollback();
        note("nothing lent");
        return;
    }
    s << "UPDATE loan SET days = days + ? WHERE specimen = ?", use(days), use(id), now;
    tx.commit();
}

void writeOff(Poco::Data::Session& s, int id) {
    s.begin();
    try {
        s << "INSERT INTO lost(specimen) VALUES(?)", use(id), now;
        s << "DELETE FROM specimen WHERE id = ?", use(id), now;
        s.commit();
    } catch (...) {
        s.rollback();
        throw;
    }
}

void exchange(Poco::Data::SessionPool& pool, int mine, int theirs) {
    Poco::Data::Session s(pool.get());
    Poco::Data::Transaction tx(s);
    s << "UPDATE specimen SET owner = 'partner' WHERE id = ?", use(mine), now;
    Poco::Data::Session t(pool.get());  // expect: session-split-unit-of-work
    t << "UPDATE specimen SET owner = 'us' WHERE id = ?", use(theirs), now;
    tx.commit();
}

void countInBackground(Poco::Data::Session& s) {
    std::thread worker([s]() mutable {  // expect: session-shared-across-threads
        s << "UPDATE stats SET n = (SELECT count(*) FROM specimen)", now;
    });
    worker.detach();
    s << "INSERT INTO job(name) VALUES('count')", now;
}

int countTogether(Poco::Data::SessionPool& pool) {
    auto plants = std::async(std::launch::async, [&pool] {
        Poco::Data::Session s(pool.get());
        int n = 0;
        s << "SELECT count(*) FROM specimen", into(n), now;
        return n;
    });
    Poco::Data::Session s(pool.get());
    int loans = 0;
    s << "SELECT count(*) FROM loan", into(loans), now;
    return plants.get() - loans;
}

void fixTypos(Poco::Data::Session& s, const std::vector<std::pair<std::string, std::string>>& fixes) {
    Poco::Data::Transaction tx(s);
    for (auto [from, to] : fixes) {
        try {
            s << "UPDATE specimen SET taxon = ? WHERE taxon = ?", use(to), use(from), now;
            s << "INSERT INTO synonym(old, current) VALUES(?, ?)", use(from), use(to), now;
        } catch (const Poco::Data::DataException& e) {  // expect: session-swallow-and-commit
            note(e.displayText());
            continue;
        }
    }
    tx.commit();
}

bool saveLabel(QSqlDatabase db, int id, const QString& text) {
    if (!db.transaction())
        return false;
    QSqlQuery q(db);
    q.prepare("UPDATE label SET text = ? WHERE specimen = ?");
    q.addBindValue(text);
    q.addBindValue(id);
    if (!q.exec() || q.numRowsAffected() != 1) {
        db.rollback();
        return false;
    }
    if (!db.commit()) {
        db.rollback();
        return false;
    }
    return true;
}

bool saveLabels(QSqlDatabase db, const QStringList& texts) {
    if (!db.transaction())
        return false;
    ScopeExit undo([&db] { db.rollback(); });
    QSqlQuery q(db);
    q.prepare("INSERT INTO label(text) VALUES(?)");
    for (const QString& t : texts) {
        q.bindValue(0, t);
        if (!q.exec())
            return false;
    }
    if (!db.commit())
        return false;
    undo.dismiss();
    return true;
}

bool replaceLabels(QSqlDatabase db, int sheet, const QStringList& texts) {
    if (!db.transaction())
        return false;
    QSqlQuery wipe(db);
    wipe.prepare("DELETE FROM label WHERE sheet = ?");
    wipe.addBindValue(sheet);
    if (!wipe.exec()) {
        db.rollback();
        return false;
    }
    for (const QString& t : texts) {
        QSqlQuery ins(db);
        ins.prepare("INSERT INTO label(sheet, text) VALUES(?, ?)");
        ins.addBindValue(sheet);
        ins.addBindValue(t);
        if (!ins.exec()) {
            db.rollback();
            return false;
        }
    }
    return db.commit() || (db.rollback(), false);
}

bool markPrinted(QSqlDatabase db, int sheet) {
    if (!db.transaction())
        return false;
    QSqlQuery q(db);
    q.prepare("UPDATE sheet SET printed = 1 WHERE id = ?");
    q.addBindValue(sheet);
    if (!q.exec()) {
        db.rollback();
        return false;
    }
    QSqlQuery audit("INSERT INTO audit(what) VALUES('printed')");  // expect: session-transaction-bypass
    if (!db.commit()) {
        note(audit.lastError().text().toStdString());
        db.rollback();
        return false;
    }
    return true;
}

QString sheetTitle(const QString& file) {
    QString title;
    {
        QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "titles");
        db.setDatabaseName(file);
        if (db.open()) {
            QSqlQuery q(db);
            if (q.exec("SELECT title FROM sheet LIMIT 1") && q.next())
                title = q.value(0).toString();
        }
    }
    QSqlDatabase::removeDatabase("titles");
    return title;
}

}  // namespace herbarium
