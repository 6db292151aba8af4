// library: sqlite3
#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace photo {

class DatabaseError : public std::runtime_error {
public:
    DatabaseError(sqlite3* db, const std::string& what) : std::runtime_error(what + ": " + sqlite3_errmsg(db)) {}
};

class Database {
public:
    explicit Database(const std::string& file) {
        sqlite3* raw = nullptr;
        const int rc = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        handle_.reset(raw);
        if (rc != SQLITE_OK) {
            throw DatabaseError(raw, file);
        }
        sqlite3_busy_timeout(raw, 3000);
    }

    void exec(const std::string& sql) {
        if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw DatabaseError(handle_.get(), sql);
        }
    }

    bool tryExec(const char* sql) noexcept { return sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK; }
    int changes() const noexcept { return sqlite3_changes(handle_.get()); }
    long long lastId() const noexcept { return sqlite3_last_insert_rowid(handle_.get()); }
    bool inTransaction() const noexcept { return sqlite3_get_autocommit(handle_.get()) == 0; }
    sqlite3* native() const noexcept { return handle_.get(); }

private:
    struct Closer {
        void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
    };
    std::unique_ptr<sqlite3, Closer> handle_;
};

class Statement {
public:
    Statement(Database& db, std::string_view sql) : db_(db) {
        sqlite3_stmt* raw = nullptr;
        const int rc = sqlite3_prepare_v2(db.native(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
        stmt_.reset(raw);
        if (rc != SQLITE_OK) {
            throw DatabaseError(db.native(), std::string(sql));
        }
    }

    Statement& bind(int index, long long value) {
        sqlite3_bind_int64(stmt_.get(), index, value);
        return *this;
    }
    Statement& bind(int index, const std::string& value) {
        sqlite3_bind_text(stmt_.get(), index, value.c_str(), -1, SQLITE_TRANSIENT);
        return *this;
    }
    bool step() {
        const int rc = sqlite3_step(stmt_.get());
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
            throw DatabaseError(db_.native(), "step");
        }
        return rc == SQLITE_ROW;
    }
    void reset() noexcept { sqlite3_reset(stmt_.get()); }
    long long integer(int column) const noexcept { return sqlite3_column_int64(stmt_.get(), column); }
    const char* text(int column) const noexcept { return reinterpret_cast<const char*>(sqlite3_column_text(stmt_.get(), column)); }

private:
    struct Finalizer {
        void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }
    };
    Database& db_;
    std::unique_ptr<sqlite3_stmt, Finalizer> stmt_;
};

class Batch {
public:
    explicit Batch(Database& db) : db_(db) { db_.exec("BEGIN IMMEDIATE"); }
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;
    ~Batch() {
        if (!ended_) {
            db_.tryExec("ROLLBACK");
        }
    }
    void commit() {
        db_.exec("COMMIT");
        ended_ = true;
    }
    void cancel() {
        ended_ = true;
        db_.exec("ROLLBACK");
    }

private:
    Database& db_;
    bool ended_ = false;
};

class AutoSave {
public:
    explicit AutoSave(Database& db) : db_(db) { db_.exec("BEGIN"); }
    AutoSave(const AutoSave&) = delete;
    AutoSave& operator=(const AutoSave&) = delete;
    ~AutoSave() {
        db_.tryExec("COMMIT");  // expect: session-commit-in-destructor
    }

private:
    Database& db_;
};

class Edit {
public:
    explicit Edit(Database& db) : db_(db), depth_(std::uncaught_exceptions()) { db_.exec("BEGIN"); }
    Edit(const Edit&) = delete;
    Edit& operator=(const Edit&) = delete;
    ~Edit() {
        const bool unwinding = std::uncaught_exceptions() > depth_;
        if (unwinding || !db_.tryExec("COMMIT")) {
            db_.tryExec("ROLLBACK");
        }
    }

private:
    Database& db_;
    int depth_;
};

class Savepoint {
public:
    explicit Savepoint(Database& db) : db_(db) { db_.exec("SAVEPOINT item"); }
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    ~Savepoint() {
        if (!released_) {
            db_.tryExec("ROLLBACK TO item");
            db_.tryExec("RELEASE item");
        }
    }
    void release() {
        db_.exec("RELEASE item");
        released_ = true;
    }

private:
    Database& db_;
    bool released_ = false;
};

struct Picture {
    long long id = 0;
    std::string path;
    std::string camera;
    int rating = 0;
};

struct ImportOptions {
    std::string root;
    int batch = 500;
    bool keepDuplicates = false;
};

long long addPicture(Database& db, const Picture& picture) {
    Statement insert(db, "INSERT INTO picture(path, camera, rating) VALUES(?, ?, ?)");
    insert.bind(1, picture.path).bind(2, picture.camera).bind(3, static_cast<long long>(picture.rating));
    insert.step();
    return db.lastId();
}

int importFolder(Database& db, const std::vector<Picture>& found, const ImportOptions& options) {
    int added = 0;
    std::optional<Batch> batch;
    for (const Picture& picture : found) {
        if (!batch) {
            batch.emplace(db);
        }
        addPicture(db, picture);
        if (++added % options.batch == 0) {
            batch->commit();
            batch.reset();
        }
    }
    if (batch) {
        batch->commit();
    }
    return added;
}

int importTolerant(Database& db, const std::vector<Picture>& found) {
    std::vector<std::string> failed;
    Batch batch(db);
    for (const Picture& picture : found) {
        try {
            Savepoint point(db);
            const long long id = addPicture(db, picture);
            Statement tag(db, "INSERT INTO picture_tag(picture, tag) VALUES(?, 'new')");
            tag.bind(1, id).step();
            point.release();
        } catch (const DatabaseError& e) {
            failed.push_back(picture.path + ": " + e.what());
        }
    }
    batch.commit();
    for (const std::string& line : failed) {
        std::clog << line << '\n';
    }
    return static_cast<int>(found.size() - failed.size());
}

void renameAlbum(Database& db, long long album, const std::string& name) {
    Edit edit(db);
    Statement update(db, "UPDATE album SET name = ? WHERE id = ?");
    update.bind(1, name).bind(2, album).step();
    if (db.changes() == 0) {
        throw std::out_of_range("no such album");
    }
    Statement log(db, "INSERT INTO change(what) VALUES('album renamed')");
    log.step();
}

void ratePictures(Database& db, const std::map<long long, int>& ratings) {
    db.exec("BEGIN");  // expect: session-missing-rollback
    Statement update(db, "UPDATE picture SET rating = ? WHERE id = ?");
    for (const auto& [id, rating] : ratings) {
        update.bind(1, static_cast<long long>(rating)).bind(2, id);
        update.step();
        update.reset();
    }
    db.exec("COMMIT");
}

void clearRatings(Database& db, const std::vector<long long>& ids) {
    db.exec("BEGIN");
    try {
        Statement update(db, "UPDATE picture SET rating = 0 WHERE id = ?");
        for (long long id : ids) {
            update.bind(1, id).step();
            update.reset();
        }
        db.exec("COMMIT");
    } catch (...) {
        db.tryExec("ROLLBACK");
        throw;
    }
}

std::string cameraOf(Database& db, long long id) {
    Statement find(db, "SELECT camera FROM picture WHERE id = ?");
    find.bind(1, id);
    if (!find.step()) {
        return "unknown";
    }
    const char* camera = find.text(0);
    return camera ? camera : "unknown";
}

std::string_view titleOf(Database& db, long long album) {
    Statement find(db, "SELECT name FROM album WHERE id = ?");
    find.bind(1, album);
    std::string_view title = "untitled";
    if (find.step()) {
        title = find.text(0);
    }
    return title;  // expect: session-use-after-scope
}

bool moveToTrash(Database& db, const std::vector<long long>& ids) {
    Batch batch(db);
    Statement copy(db, "INSERT INTO trash SELECT * FROM picture WHERE id = ?");
    Statement drop(db, "DELETE FROM picture WHERE id = ?");
    for (long long id : ids) {
        copy.bind(1, id).step();
        copy.reset();
        if (db.changes() != 1) {
            std::clog << "picture " << id << " is gone\n";
            return false;
        }
        drop.bind(1, id).step();
        drop.reset();
    }
    batch.commit();
    return true;
}

void restoreAll(Database& db) {
    std::make_unique<Batch>(db);  // expect: session-temporary-guard
    db.exec("INSERT INTO picture SELECT * FROM trash");
    db.exec("DELETE FROM trash");
}

long long mergeTags(Database& db, const std::string& keep, const std::string& drop) {
    long long moved = 0;
    {
        Batch batch(db);
        Statement update(db, "UPDATE picture_tag SET tag = ? WHERE tag = ?");
        update.bind(1, keep).bind(2, drop).step();
        moved = db.changes();
        if (moved == 0) {
            batch.cancel();
        } else {
            batch.commit();
        }
    }
    std::clog << moved << " pictures retagged\n";
    return moved;
}

bool dropTag(Database& db, const std::string& tag) {
    Batch batch(db);
    Statement drop(db, "DELETE FROM picture_tag WHERE tag = ?");
    drop.bind(1, tag).step();
    const bool any = db.changes() > 0;
    batch.commit();
    if (!any) {
        std::clog << "tag " << tag << " was not used\n";
        batch.cancel();  // expect: session-double-end
    }
    return any;
}

class Library {
public:
    explicit Library(const std::string& file) : db_(std::make_unique<Database>(file)) {}

    void reopen(const std::string& file) {
        auto fresh = std::make_unique<Database>(file);
        fresh->exec("PRAGMA foreign_keys = ON");
        count_.reset();
        db_ = std::move(fresh);
    }

    long long pictures() {
        if (!count_) {
            count_ = std::make_unique<Statement>(*db_, "SELECT count(*) FROM picture");
        }
        const long long n = count_->step() ? count_->integer(0) : 0;
        count_->reset();
        return n;
    }

    void reorderAlbum(long long album, const std::vector<long long>& order) {
        db_->exec("BEGIN");
        try {
            Statement clear(*db_, "DELETE FROM album_item WHERE album = ?");
            clear.bind(1, album).step();
            Statement insert(*db_, "INSERT INTO album_item(album, picture) VALUES(?, ?)");
            for (long long picture : order) {
                insert.bind(1, album).bind(2, picture).step();
                insert.reset();
            }
        } catch (const std::exception& e) {  // expect: session-swallow-and-commit
            std::clog << "order of album " << album << ": " << e.what() << '\n';
        }
        if (!db_->tryExec("COMMIT")) {
            db_->tryExec("ROLLBACK");
        }
    }

    template <class F>
    void edit(F change) {
        if (db_->inTransaction()) {
            change(*db_);
            return;
        }
        Batch batch(*db_);
        change(*db_);
        batch.commit();
    }

    void setCover(long long album, long long picture) {
        edit([&](Database& db) {
            Statement update(db, "UPDATE album SET cover = ? WHERE id = ?");
            update.bind(1, picture).bind(2, album).step();
            edit([&](Database& inner) { inner.exec("INSERT INTO change(what) VALUES('cover')"); });
        });
    }

    void vacuum() {
        count_.reset();
        if (db_->inTransaction()) {
            throw std::logic_error("vacuum inside a transaction");
        }
        db_->exec("VACUUM");
        db_->exec("PRAGMA optimize");
    }

private:
    std::unique_ptr<Database> db_;
    std::unique_ptr<Statement> count_;
};

int verifyFile(const std::string& file) {
    sqlite3* db = nullptr;
    if (sqlite3_open(file.c_str(), &db) != SQLITE_OK) {  // expect: session-leak
        std::clog << "cannot open " << file << '\n';
        return 2;
    }
    int bad = 0;
    auto count = [](void* out, int, char** values, char**) {
        *static_cast<int*>(out) += values[0] != nullptr && std::string_view(values[0]) != "ok";
        return 0;
    };
    if (sqlite3_exec(db, "PRAGMA integrity_check", count, &bad, nullptr) != SQLITE_OK) {
        bad = -1;
    }
    sqlite3_close(db);
    return bad;
}

}  // namespace photo
