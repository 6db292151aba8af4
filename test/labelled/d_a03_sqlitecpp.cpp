// library: sqlitecpp
// Note-taking desktop app on SQLiteCpp: store, sync worker, migrations.
#include <SQLiteCpp/SQLiteCpp.h>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

void logLine(const std::string& s) noexcept;
struct Note { std::int64_t id = 0; std::string title; };

// --- migrations -----------------------------------------------------------

void migrateTo2(SQLite::Database& db) {
    SQLite::Transaction tx(db);
    db.exec("ALTER TABLE note ADD COLUMN pinned INT DEFAULT 0");
    db.exec("PRAGMA user_version = 2");
    tx.commit();
}

void migrateTo3(SQLite::Database& db) {
    SQLite::Transaction tx(db);  // expect: session-unfinished-transaction
    db.exec("CREATE TABLE tag(id INTEGER PRIMARY KEY, name TEXT)");
    db.exec("PRAGMA user_version = 3");
    logLine("schema is at 3");
}

void migrateTo4(SQLite::Database& db) {
    db.exec("BEGIN IMMEDIATE");  // expect: session-missing-rollback
    db.exec("ALTER TABLE tag ADD COLUMN color TEXT");
    db.exec("PRAGMA user_version = 4");
    db.exec("COMMIT");
}

void migrateTo5(SQLite::Database& db) {
    db.exec("BEGIN IMMEDIATE");
    try {
        db.exec("CREATE INDEX note_title ON note(title)");
        db.exec("PRAGMA user_version = 5");
        db.exec("END TRANSACTION");
    } catch (...) {
        db.exec("ROLLBACK");
        throw;
    }
}

void migrateAll(SQLite::Database& db) {
    const int v = db.execAndGet("PRAGMA user_version").getInt();
    using Step = void (*)(SQLite::Database&);
    static const std::map<int, Step> steps = {{1, migrateTo2}, {4, migrateTo5}};
    for (const auto& [from, step] : steps)
        if (v <= from) step(db);
}

// --- store ----------------------------------------------------------------

class NoteStore {
public:
    explicit NoteStore(const std::string& path)
        : db_(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE), find_(db_, "SELECT title FROM note WHERE id = ?") {}

    std::optional<Note> find(std::int64_t id) {
        find_.reset();
        find_.bind(1, id);
        if (!find_.executeStep()) return std::nullopt;
        Note n{id, find_.getColumn(0).getString()};
        find_.reset();
        return n;
    }

    std::int64_t add(const std::string& title, const std::vector<std::string>& tags) {
        SQLite::Transaction tx(db_);
        SQLite::Statement ins(db_, "INSERT INTO note(title) VALUES (?)");
        ins.bind(1, title);
        ins.exec();
        const auto id = db_.getLastInsertRowid();
        for (const auto& t : tags) {
            SQLite::Statement tag(db_, "INSERT INTO note_tag VALUES (?, ?)");
            tag.bind(1, id);
            tag.bind(2, t);
            tag.exec();
        }
        tx.commit();
        return id;
    }

    bool removeMany(const std::vector<std::int64_t>& ids) {
        SQLite::Transaction tx(db_);
        try {
            for (auto id : ids) {
                SQLite::Statement del(db_, "DELETE FROM note WHERE id = ?");
                del.bind(1, id);
                del.exec();
            }
        } catch (const SQLite::Exception& e) {  // expect: session-swallow-and-commit
            logLine(e.what());
        }
        tx.commit();
        return true;
    }

    bool removeAll(const std::vector<std::int64_t>& ids) {
        SQLite::Transaction tx(db_);
        try {
            for (auto id : ids) {
                SQLite::Statement del(db_, "DELETE FROM note WHERE id = ?");
                del.bind(1, id);
                del.exec();
            }
        } catch (const SQLite::Exception& e) {
            logLine(e.what());
            return false;                   // guard undoes the partial work
        }
        tx.commit();
        return true;
    }

    void rename(std::int64_t id, const std::string& title) {
        SQLite::Transaction tx(db_);
        SQLite::Statement up(db_, "UPDATE note SET title = ? WHERE id = ?");
        up.bind(1, title);
        up.bind(2, id);
        up.exec();
        tx.commit();
        SQLite::Transaction logTx(db_);
        db_.exec("UPDATE stats SET renames = renames + 1");
        logTx.commit();  // expect: session-multiple-commits
    }

    SQLite::Database& raw() { return db_; }

private:
    SQLite::Database db_;
    SQLite::Statement find_;
};

// --- helpers --------------------------------------------------------------

void inTransaction(SQLite::Database& db, const std::function<void(SQLite::Database&)>& body) {
    SQLite::Transaction tx(db);
    body(db);
    tx.commit();
}

void touchAll(SQLite::Database& db) {
    inTransaction(db, [](SQLite::Database& d) {
        d.exec("UPDATE note SET touched = 1");
        d.exec("UPDATE tag SET touched = 1");
    });
}

static void bumpVersion(SQLite::Database& db) {
    SQLite::Transaction tx(db);
    db.exec("UPDATE stats SET version = version + 1");
    tx.commit();
}

void saveAndBump(SQLite::Database& db, const std::string& title) {
    SQLite::Transaction tx(db);
    SQLite::Statement ins(db, "INSERT INTO note(title) VALUES (?)");
    ins.bind(1, title);
    ins.exec();
    bumpVersion(db);  // expect: session-nested-begin
    tx.commit();
}

void bumpThenRead(SQLite::Database& db) {
    bumpVersion(db);
    logLine("version " + std::to_string(db.execAndGet("SELECT version FROM stats").getInt()));
}

std::vector<Note> topNotes(SQLite::Database& db, int limit) {
    SQLite::Transaction snapshot(db);           // read snapshot, dropped at the end
    std::vector<Note> out;
    SQLite::Statement q(db, "SELECT id, title FROM note LIMIT ?");
    q.bind(1, limit);
    while (q.executeStep()) out.push_back({q.getColumn(0).getInt64(), q.getColumn(1).getString()});
    return out;
}

const char* firstTitle(SQLite::Database& db) {
    SQLite::Statement q(db, "SELECT title FROM note ORDER BY id");
    if (!q.executeStep()) return "";
    return q.getColumn(0).getText();  // expect: session-use-after-scope
}

int syncCount(const std::string& path) {
    auto* db = new SQLite::Database(path);  // expect: session-leak
    const int n = db->execAndGet("SELECT count(*) FROM sync").getInt();
    delete db;                              // skipped when the query throws
    return n;
}

int syncCountOwned(const std::string& path) {
    auto db = std::make_unique<SQLite::Database>(path);
    const int n = db->execAndGet("SELECT count(*) FROM sync").getInt();
    db.reset();
    logLine("sync rows " + std::to_string(n));
    return n;
}

int syncCountExpired(const std::string& path) {
    auto db = std::make_unique<SQLite::Database>(path);
    SQLite::Database* view = db.get();
    int n = view->execAndGet("SELECT count(*) FROM sync").getInt();
    db.reset();
    n += view->execAndGet("SELECT count(*) FROM queue").getInt();  // expect: session-use-after-scope
    return n;
}

void parallelIndex(NoteStore& store, int rounds) {
    SQLite::Database& db = store.raw();
    std::thread worker([&db] { db.exec("INSERT INTO fts(fts) VALUES ('optimize')"); });
    worker.join();
    for (int i = 0; i < rounds; ++i) bumpVersion(db);
}
