// library: sqlitecpp, sqlite3
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace podcast {

struct Episode {
    long long id = 0;
    std::string guid;
    std::string title;
    int seconds = 0;
};

struct FeedError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct StoreConfig {
    std::string path;
    bool keep_played = true;
    int busy_ms = 2000;
};

void trace(const std::string& s) noexcept { std::fprintf(stderr, "[podcast] %s\n", s.c_str()); }

long long add_episode(SQLite::Database& db, const Episode& e) {
    SQLite::Transaction tx(db);
    SQLite::Statement ins(db, "INSERT OR IGNORE INTO episode(guid, title, seconds) VALUES(?, ?, ?)");
    ins.bind(1, e.guid);
    ins.bind(2, e.title);
    ins.bind(3, e.seconds);
    if (ins.exec() == 0)
        return -1;
    const long long id = db.getLastInsertRowid();
    db.exec("UPDATE feed SET unread = unread + 1");
    tx.commit();
    return id;
}

void mark_all_played(SQLite::Database& db, int feed) {
    db.exec("BEGIN IMMEDIATE");
    try {
        SQLite::Statement st(db, "UPDATE episode SET played = 1 WHERE feed = ?");
        st.bind(1, feed);
        st.exec();
        db.exec("UPDATE feed SET unread = 0 WHERE id = " + std::to_string(feed));
        db.exec("COMMIT");
    } catch (...) {
        if (sqlite3_get_autocommit(db.getHandle()) == 0)
            db.exec("ROLLBACK");
        throw;
    }
}

void rename_feed(SQLite::Database& db, int feed, const std::string& title) {
    db.exec("BEGIN");  // expect: session-missing-rollback
    SQLite::Statement st(db, "UPDATE feed SET title = ? WHERE id = ?");
    st.bind(1, title);
    st.bind(2, feed);
    st.exec();
    SQLite::Statement idx(db, "INSERT INTO search(feed, term) VALUES(?, ?)");
    idx.bind(1, feed);
    idx.bind(2, title);
    idx.exec();
    db.exec("END TRANSACTION");
}

int prune(SQLite::Database& db, const StoreConfig& cfg, int days) {
    SQLite::Transaction tx(db, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement del(db, "DELETE FROM episode WHERE age_days > ?");
    del.bind(1, days);
    const int n = del.exec();
    if (cfg.keep_played && n > 1000) {
        trace("refusing to delete " + std::to_string(n));
        throw FeedError("prune limit");
    }
    tx.commit();
    return n;
}

bool reorder_queue(SQLite::Database& db, const std::vector<long long>& order) {
    SQLite::Transaction tx(db);
    db.exec("DELETE FROM queue");
    SQLite::Statement ins(db, "INSERT INTO queue(pos, episode) VALUES(?, ?)");
    int pos = 0;
    bool complete = true;
    for (long long id : order) {
        try {
            ins.bind(1, pos++);
            ins.bind(2, static_cast<int64_t>(id));
            ins.exec();
            ins.reset();
        } catch (const SQLite::Exception& e) {  // expect: session-swallow-and-commit
            trace(e.what());
            complete = false;
            break;
        }
    }
    tx.commit();
    return complete;
}

int import_opml(SQLite::Database& db, const std::vector<std::string>& urls) {
    SQLite::Transaction tx(db);
    int added = 0;
    for (const auto& u : urls) {
        try {
            SQLite::Savepoint sp(db, "one_feed");
            SQLite::Statement ins(db, "INSERT INTO feed(url) VALUES(?)");
            ins.bind(1, u);
            ins.exec();
            sp.release();
            ++added;
        } catch (const SQLite::Exception& e) {
            trace(u + ": " + e.what());
        }
    }
    tx.commit();
    return added;
}

std::string first_title(SQLite::Database& db) {
    SQLite::Statement q(db, "SELECT title FROM episode ORDER BY published DESC LIMIT 1");
    const char* text = nullptr;
    if (q.executeStep())
        text = q.getColumn(0).getText();
    q.reset();
    return text != nullptr ? std::string(text) : std::string();  // expect: session-use-after-scope
}

std::vector<Episode> latest(SQLite::Database& db, int limit) {
    std::vector<Episode> out;
    SQLite::Statement q(db, "SELECT id, guid, title, seconds FROM episode ORDER BY published DESC LIMIT ?");
    q.bind(1, limit);
    while (q.executeStep()) {
        Episode e;
        e.id = q.getColumn(0).getInt64();
        e.guid = q.getColumn(1).getString();
        e.title = q.getColumn(2).getString();
        e.seconds = q.getColumn(3).getInt();
        out.push_back(std::move(e));
    }
    return out;
}

void touch_feed(SQLite::Database& db, int feed) {
    SQLite::Transaction tx(db);
    db.exec("UPDATE feed SET checked = strftime('%s') WHERE id = " + std::to_string(feed));
    tx.commit();
}

void refresh(SQLite::Database& db, const std::vector<int>& feeds) {
    for (int f : feeds)
        touch_feed(db, f);
    db.exec("DELETE FROM refresh_request");
}

void refresh_now(SQLite::Database& db, int feed) {
    SQLite::Transaction tx(db);
    db.exec("DELETE FROM refresh_request WHERE feed = " + std::to_string(feed));
    touch_feed(db, feed);  // expect: session-nested-begin
    tx.commit();
}

std::unique_ptr<SQLite::Database> open_store(const StoreConfig& cfg) {
    auto db = std::make_unique<SQLite::Database>(cfg.path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db->setBusyTimeout(cfg.busy_ms);
    db->exec("PRAGMA journal_mode = WAL");
    return db;
}

int count_feeds(const StoreConfig& cfg) {
    SQLite::Database* db = new SQLite::Database(cfg.path);  // expect: session-leak
    const int n = db->execAndGet("SELECT count(*) FROM feed").getInt();
    delete db;
    return n;
}

bool store_usable(const StoreConfig& cfg) {
    try {
        SQLite::Database db(cfg.path, SQLite::OPEN_READONLY);
        return db.tableExists("episode");
    } catch (const SQLite::Exception& e) {
        trace(e.what());
        return false;
    }
}

class Library {
public:
    explicit Library(const StoreConfig& cfg) : db_(open_store(cfg)) {}

    void reopen(const StoreConfig& cfg) {
        find_.reset();
        db_.reset();
        db_ = open_store(cfg);
        find_ = std::make_unique<SQLite::Statement>(*db_, "SELECT id FROM episode WHERE guid = ?");
    }

    std::optional<long long> find(const std::string& guid) {
        const std::lock_guard<std::mutex> lock(m_);
        if (!find_)
            find_ = std::make_unique<SQLite::Statement>(*db_, "SELECT id FROM episode WHERE guid = ?");
        std::optional<long long> id;
        find_->bind(1, guid);
        if (find_->executeStep())
            id = find_->getColumn(0).getInt64();
        find_->reset();
        return id;
    }

    void compact() {
        SQLite::Database& d = *db_;
        d.exec("DELETE FROM episode WHERE orphan = 1");
        find_.reset();
        db_.reset();
        d.exec("VACUUM");  // expect: session-use-after-scope
    }

    bool begin_batch() {
        if (batch_)
            return false;
        batch_ = std::make_unique<SQLite::Transaction>(*db_);
        return true;
    }

    void end_batch(bool keep) {
        if (batch_ && keep)
            batch_->commit();
        batch_.reset();
    }

private:
    std::mutex m_;
    std::unique_ptr<SQLite::Database> db_;
    std::unique_ptr<SQLite::Statement> find_;
    std::unique_ptr<SQLite::Transaction> batch_;
};

void subscribe(SQLite::Database& db, int user, int feed) {
    SQLite::Transaction tx(db);
    SQLite::Statement sub(db, "INSERT INTO subscription(user, feed) VALUES(?, ?)");
    sub.bind(1, user);
    sub.bind(2, feed);
    sub.exec();
    tx.commit();

    SQLite::Transaction tx2(db);
    SQLite::Statement cnt(db, "UPDATE feed SET subscribers = subscribers + 1 WHERE id = ?");
    cnt.bind(1, feed);
    cnt.exec();
    tx2.commit();  // expect: session-multiple-commits
}

void unsubscribe(SQLite::Database& db, int user, int feed, bool purge) {
    SQLite::Transaction tx(db);  // expect: session-unfinished-transaction
    SQLite::Statement del(db, "DELETE FROM subscription WHERE user = ? AND feed = ?");
    del.bind(1, user);
    del.bind(2, feed);
    del.exec();
    if (purge)
        db.exec("DELETE FROM position WHERE user = " + std::to_string(user));
    trace("unsubscribed");
}

void save_positions(SQLite::Database& db, const std::vector<Episode>& eps) {
    constexpr std::size_t kBatch = 50;
    SQLite::Statement st(db, "UPDATE episode SET pos = ? WHERE id = ?");
    for (std::size_t i = 0; i < eps.size();) {
        SQLite::Transaction tx(db);
        for (const std::size_t end = std::min(eps.size(), i + kBatch); i < end; ++i) {
            st.bind(1, eps[i].seconds);
            st.bind(2, static_cast<int64_t>(eps[i].id));
            st.exec();
            st.reset();
        }
        tx.commit();
    }
}

void download_in_background(SQLite::Database& db, const std::vector<long long>& ids) {
    auto job = [&db](long long id) {
        SQLite::Statement st(db, "UPDATE episode SET state = 'loading' WHERE id = ?");
        st.bind(1, static_cast<int64_t>(id));
        st.exec();
    };
    for (long long id : ids) {
        std::thread t(job, id);  // expect: session-shared-across-threads
        t.detach();
    }
    db.exec("UPDATE status SET downloading = 1");
}

void check_integrity(const StoreConfig& cfg, std::function<void(std::string)> report) {
    std::string outcome;
    std::thread t([&outcome, path = cfg.path] {
        try {
            SQLite::Database own(path, SQLite::OPEN_READONLY);
            outcome = own.execAndGet("PRAGMA integrity_check").getString();
        } catch (const SQLite::Exception& e) {
            outcome = e.what();
        }
    });
    t.join();
    report(outcome);
}

void finish_playback(SQLite::Database& db, long long id, bool remove) {
    SQLite::Transaction tx(db);
    db.exec("UPDATE episode SET played = 1 WHERE id = " + std::to_string(id));
    if (remove) {
        db.exec("DELETE FROM queue WHERE episode = " + std::to_string(id));
        tx.commit();
    }
    trace("finished");
    tx.commit();  // expect: session-double-end
}

void copy_ratings(SQLite::Database& from, SQLite::Database& to) {
    SQLite::Transaction tx(to);
    SQLite::Statement in(from, "SELECT guid, stars FROM rating");
    SQLite::Statement out(to, "INSERT OR REPLACE INTO rating(guid, stars) VALUES(?, ?)");
    while (in.executeStep()) {
        out.bind(1, in.getColumn(0).getString());
        out.bind(2, in.getColumn(1).getInt());
        out.exec();
        out.reset();
    }
    tx.commit();
}

}  // namespace podcast
