// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace gallery {

struct Photo { int64_t id = 0; std::string path; std::string title; int stars = 0; };

template <typename T>
struct Expected {
    std::optional<T> value;
    std::string error;
    static Expected ok(T v) { return {std::move(v), {}}; }
    static Expected fail(std::string e) { return {std::nullopt, std::move(e)}; }
};

void note(const std::string& s) { std::clog << "gallery: " << s << '\n'; }

SQLite::Database openCatalogue(const std::filesystem::path& dir) {
    SQLite::Database db((dir / "catalogue.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.setBusyTimeout(2000);
    db.exec("PRAGMA journal_mode = WAL");
    db.exec("PRAGMA foreign_keys = ON");
    return db;
}

class PhotoRepository {
public:
    explicit PhotoRepository(SQLite::Database& db)
        : db_(db),
          insert_(db, "INSERT INTO photo(path, title, stars) VALUES (?, ?, ?)"),
          byId_(db, "SELECT id, path, title, stars FROM photo WHERE id = ?") {}

    int64_t add(const Photo& p) {
        insert_.tryReset();
        insert_.bind(1, p.path);
        insert_.bind(2, p.title);
        insert_.bind(3, p.stars);
        insert_.exec();
        return db_.getLastInsertRowid();
    }

    std::optional<Photo> find(int64_t id) {
        byId_.tryReset();
        byId_.bind(1, id);
        if (!byId_.executeStep())
            return std::nullopt;
        Photo p{byId_.getColumn(0).getInt64(), byId_.getColumn(1).getString(),
                byId_.getColumn(2).getString(), byId_.getColumn(3).getInt()};
        byId_.reset();
        return p;
    }

    Expected<int> addAlbum(const std::string& name, const std::vector<Photo>& photos) {
        try {
            SQLite::Transaction tx(db_);
            SQLite::Statement album(db_, "INSERT INTO album(name) VALUES (?)");
            album.bind(1, name);
            album.exec();
            const int64_t albumId = db_.getLastInsertRowid();
            for (const Photo& p : photos) {
                SQLite::Statement link(db_, "INSERT INTO album_photo VALUES (?, ?)");
                link.bind(1, albumId);
                link.bind(2, add(p));
                link.exec();
            }
            tx.commit();
            return Expected<int>::ok(static_cast<int>(photos.size()));
        } catch (const SQLite::Exception& e) {
            return Expected<int>::fail(e.getErrorStr());
        }
    }

    void rate(const std::map<int64_t, int>& stars) {
        SQLite::Transaction tx(db_);
        for (const auto& [id, n] : stars) {
            SQLite::Statement up(db_, "UPDATE photo SET stars = ? WHERE id = ?");
            up.bind(1, n);
            up.bind(2, id);
            if (up.exec() == 0) {
                note("unknown photo " + std::to_string(id));
                continue;
            }
        }
        db_.exec("UPDATE statistic SET rated = rated + 1");
        tx.commit();
    }

    int retitle(const std::string& from, const std::string& to) {
        SQLite::Transaction tx(db_);
        SQLite::Statement up(db_, "UPDATE photo SET title = ? WHERE title = ?");
        up.bind(1, to);
        up.bind(2, from);
        const int n = up.exec();
        if (n > 1000)
            throw std::length_error("refusing to retitle " + std::to_string(n) + " photos");
        tx.commit();
        return n;
    }

private:
    SQLite::Database& db_;
    SQLite::Statement insert_;
    SQLite::Statement byId_;
};

std::unique_ptr<PhotoRepository> repositoryFor(const std::filesystem::path& dir) {
    SQLite::Database db = openCatalogue(dir);
    db.exec("CREATE TABLE IF NOT EXISTS statistic(rated INTEGER)");
    return std::make_unique<PhotoRepository>(db);  // expect: session-use-after-scope
}

struct Catalogue {
    explicit Catalogue(const std::filesystem::path& dir) : db(openCatalogue(dir)), photos(db) {}
    SQLite::Database db;
    PhotoRepository photos;
};

std::unique_ptr<Catalogue> loadCatalogue(const std::filesystem::path& dir) {
    auto c = std::make_unique<Catalogue>(dir);
    note("catalogue " + c->db.getFilename());
    return c;
}

void rebuildThumbnails(SQLite::Database& db, const std::function<std::string(const std::string&)>& render) {
    SQLite::Transaction tx(db);
    SQLite::Statement all(db, "SELECT id, path FROM photo WHERE stale = 1");
    while (all.executeStep()) {
        try {
            SQLite::Statement del(db, "DELETE FROM thumb WHERE photo = ?");
            del.bind(1, all.getColumn(0).getInt64());
            del.exec();
            const std::string image = render(all.getColumn(1).getString());
            SQLite::Statement done(db, "INSERT INTO thumb(image, photo) VALUES (?, ?)");
            done.bind(1, image);
            done.bind(2, all.getColumn(0).getInt64());
            done.exec();
        } catch (...) {  // expect: session-swallow-and-commit
            note("render failed");
        }
    }
    tx.commit();
}

int rebuildPreviews(SQLite::Database& db, const std::vector<int64_t>& ids,
                    const std::function<std::string(int64_t)>& render) {
    int failed = 0;
    for (int64_t id : ids) {
        try {
            SQLite::Transaction tx(db, SQLite::TransactionBehavior::IMMEDIATE);
            SQLite::Statement del(db, "DELETE FROM preview WHERE photo = ?");
            del.bind(1, id);
            del.exec();
            SQLite::Statement put(db, "INSERT INTO preview VALUES (?, ?)");
            put.bind(1, id);
            put.bind(2, render(id));
            put.exec();
            tx.commit();
        } catch (const std::exception& e) {
            ++failed;
            note(std::string("preview: ") + e.what());
        }
    }
    return failed;
}

std::string coverPath(SQLite::Database& db, int64_t album) {
    const char* raw = nullptr;
    {
        SQLite::Statement q(db, "SELECT path FROM photo JOIN album ON cover = photo.id WHERE album.id = ?");
        q.bind(1, album);
        if (q.executeStep())
            raw = q.getColumn(0).getText();
    }
    return raw ? std::string(raw) : std::string("default.png");  // expect: session-use-after-scope
}

std::string ownerMail(SQLite::Database& db, int64_t album) {
    SQLite::Statement q(db, "SELECT mail FROM owner WHERE album = ?");
    q.bind(1, album);
    const char* mail = q.executeStep() ? q.getColumn(0).getText("") : "";
    const std::string_view view(mail);
    const auto at = view.find('@');
    return std::string(at == std::string_view::npos ? view : view.substr(0, at));
}

void mergeAlbums(SQLite::Database& db, int64_t keep, int64_t drop) {
    auto tx = std::make_unique<SQLite::Transaction>(db);
    SQLite::Statement move(db, "UPDATE album_photo SET album = ? WHERE album = ?");
    move.bind(1, keep);
    move.bind(2, drop);
    move.exec();
    if (keep == drop) {
        tx.reset();
        throw std::invalid_argument("cannot merge an album with itself");
    }
    tx->commit();
    tx = std::make_unique<SQLite::Transaction>(db);
    SQLite::Statement del(db, "DELETE FROM album WHERE id = ?");
    del.bind(1, drop);
    del.exec();
    tx->commit();  // expect: session-multiple-commits
}

void importFolder(SQLite::Database& db, PhotoRepository& photos, const std::filesystem::path& dir) {
    SQLite::Transaction outer(db);
    db.exec("DELETE FROM pending_import");
    for (const auto& entry : std::filesystem::directory_iterator(dir)) {
        if (!entry.is_regular_file())
            continue;
        SQLite::Transaction single(db);  // expect: session-nested-begin
        photos.add(Photo{0, entry.path().string(), entry.path().stem().string(), 0});
        single.commit();
    }
    outer.commit();
}

int importChecked(SQLite::Database& db, PhotoRepository& photos, const std::vector<Photo>& batch) {
    SQLite::Transaction outer(db);
    int added = 0;
    for (const Photo& p : batch) {
        try {
            SQLite::Savepoint sp(db, "one_photo");
            photos.add(p);
            db.exec("UPDATE statistic SET rated = rated + 0");
            sp.release();
            ++added;
        } catch (const SQLite::Exception& e) {
            note("skipped " + p.path + ": " + e.what());
        }
    }
    outer.commit();
    return added;
}

class ExportJob {
public:
    explicit ExportJob(const std::string& file) : db_(file, SQLite::OPEN_READONLY) {}

    std::future<int> start() {
        return std::async(std::launch::async, [this] { return run(); });
    }

    int finish(std::future<int>& running) {
        const int rows = running.get();
        SQLite::Statement q(db_, "SELECT count(*) FROM photo");
        q.executeStep();
        return q.getColumn(0).getInt() - rows;
    }

private:
    int run() {
        int n = 0;
        SQLite::Statement q(db_, "SELECT path FROM photo");
        while (q.executeStep()) {
            std::cout << q.getColumn(0).getString() << '\n';
            ++n;
        }
        return n;
    }

    SQLite::Database db_;
};

void scanInBackground(const std::filesystem::path& dir, std::vector<std::thread>& running) {
    SQLite::Database db = openCatalogue(dir);
    running.emplace_back([&db, dir] {  // expect: session-shared-across-threads
        for (const auto& e : std::filesystem::recursive_directory_iterator(dir)) {
            SQLite::Statement q(db, "INSERT OR IGNORE INTO seen(path) VALUES (?)");
            q.bind(1, e.path().string());
            q.exec();
        }
    });
    SQLite::Statement mark(db, "UPDATE statistic SET scans = scans + 1");
    mark.exec();
}

void scanDetached(const std::filesystem::path& dir) {
    std::thread([db = openCatalogue(dir), dir]() mutable {
        try {
            SQLite::Transaction tx(db);
            for (const auto& e : std::filesystem::recursive_directory_iterator(dir)) {
                SQLite::Statement q(db, "INSERT OR IGNORE INTO seen(path) VALUES (?)");
                q.bind(1, e.path().string());
                q.exec();
            }
            tx.commit();
        } catch (const std::exception& e) {
            note(std::string("scan: ") + e.what());
        }
    }).detach();
}

bool verify(const std::string& file) {
    SQLite::Database* db = new SQLite::Database(file);  // expect: session-leak
    const std::string verdict = db->execAndGet("PRAGMA integrity_check").getString();
    const bool fine = verdict == "ok";
    delete db;
    return fine;
}

bool schemaIsCurrent(SQLite::Database& db, int wanted) {
    SQLite::Transaction snapshot(db);
    const int version = db.execAndGet("PRAGMA user_version").getInt();
    const bool tables = db.tableExists("photo") && db.tableExists("album");
    return tables && version == wanted;
}

void bumpSchema(SQLite::Database& db, int to) {
    std::make_unique<SQLite::Transaction>(db);  // expect: session-temporary-guard
    db.exec("ALTER TABLE photo ADD COLUMN checksum TEXT");
    db.exec("PRAGMA user_version = " + std::to_string(to));
    note("schema " + std::to_string(to));
}

}  // namespace gallery
