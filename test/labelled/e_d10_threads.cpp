// library: soci, libpqxx, sqlitecpp, poco, libpq, mariadb, qtsql
// d10: sessions that reach a second thread
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <libpq-fe.h>
#include <mariadb/mysql.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

// declared only
class FeedSession {
public:
    explicit FeedSession(const std::string& url);
    ~FeedSession();
    void begin();
    void commit();
    void rollback();
    void execute(const std::string& sql);
};
class FeedPool {
public:
    std::shared_ptr<FeedSession> lease();
};

namespace feeds {

void refreshLater(soci::session& sql, int feed) {
    std::thread([&sql, feed] {  // expect: session-shared-across-threads
        sql << "update feed set fresh = 1 where id = :f", soci::use(feed);
    }).detach();
    sql << "insert into refresh_log(feed) values(:f)", soci::use(feed);
}

void refreshNow(soci::session& sql, int feed) {
    std::thread t([&sql, feed] { sql << "update feed set fresh = 1 where id = :f", soci::use(feed); });
    t.join();
    sql << "insert into refresh_log(feed) values(:f)", soci::use(feed);
}

void refreshOwn(const std::string& dsn, int feed) {
    std::thread([dsn, feed] {
        try {
            soci::session sql(dsn);
            sql << "update feed set fresh = 1 where id = :f", soci::use(feed);
        } catch (const std::exception&) {
        }
    }).detach();
}

int countBoth(pqxx::connection& c) {
    auto other = std::async(std::launch::async, [&c] {  // expect: session-shared-across-threads
        pqxx::nontransaction tx(c);
        return tx.exec("SELECT count(*) FROM feed")[0][0].as<int>();
    });
    pqxx::nontransaction mine(c);
    const int n = mine.exec("SELECT count(*) FROM entry")[0][0].as<int>();
    return n + other.get();
}

int countOneByOne(pqxx::connection& c) {
    auto other = std::async(std::launch::async, [&c] {
        pqxx::nontransaction tx(c);
        return tx.exec("SELECT count(*) FROM feed")[0][0].as<int>();
    });
    const int feeds = other.get();
    pqxx::nontransaction mine(c);
    return feeds + mine.exec("SELECT count(*) FROM entry")[0][0].as<int>();
}

int countApart(const std::string& dsn) {
    auto other = std::async(std::launch::async, [dsn] {
        pqxx::connection c(dsn);
        pqxx::nontransaction tx(c);
        return tx.exec("SELECT count(*) FROM feed")[0][0].as<int>();
    });
    pqxx::connection c(dsn);
    pqxx::nontransaction mine(c);
    const int n = mine.exec("SELECT count(*) FROM entry")[0][0].as<int>();
    return n + other.get();
}

void purge(FeedPool& pool) {
    std::shared_ptr<FeedSession> s = pool.lease();
    std::thread worker([s] { s->execute("delete from entry where age > 90"); });  // expect: session-shared-across-threads
    s->execute("delete from feed where dead = 1");
    worker.join();
}

void purgeAlone(FeedPool& pool) {
    std::thread worker([s = pool.lease()] { s->execute("delete from entry where age > 90"); });
    auto mine = pool.lease();
    mine->execute("update meta set purged = 1");
    worker.join();
}

void runEntry(FeedSession& s, int id) {
    s.execute("update entry set n = n + 1 where id = " + std::to_string(id));
}

void fanOut(FeedSession& s, const std::vector<int>& ids) {
    std::vector<std::thread> pool;
    for (int id : ids) pool.emplace_back([&s, id] { runEntry(s, id); });  // expect: session-shared-across-threads
    for (auto& t : pool) t.join();
}

void fanOutOwn(const std::string& url, const std::vector<int>& ids) {
    std::vector<std::thread> pool;
    for (int id : ids) {
        pool.emplace_back([url, id] {
            FeedSession s(url);
            runEntry(s, id);
        });
    }
    for (auto& t : pool) t.join();
}

void byRef(FeedSession& s, int id) {
    std::thread t(runEntry, std::ref(s), id);  // expect: session-shared-across-threads
    s.execute("update meta set busy = 1");
    t.join();
}

} // namespace feeds

namespace chat {

void archiveLater(QSqlDatabase db, int room) {
    std::thread([db, room] {  // expect: session-shared-across-threads
        QSqlQuery q(db);
        q.exec(QString("UPDATE msg SET old = 1 WHERE room = %1").arg(room));
    }).detach();
    QSqlQuery mine(db);
    mine.exec("UPDATE meta SET archived = 1");
}

void archiveByName(const QString& base, int room) {
    std::thread t([base, room] {
        QSqlDatabase mine = QSqlDatabase::cloneDatabase(base, QString("archive-%1").arg(room));
        if (!mine.open()) return;
        QSqlQuery q(mine);
        q.exec(QString("UPDATE msg SET old = 1 WHERE room = %1").arg(room));
    });
    t.join();
}

bool sendBoth(MYSQL* my, const std::string& a, const std::string& b) {
    auto first = std::async(std::launch::async, [my, a] { return mysql_query(my, a.c_str()); });  // expect: session-shared-across-threads
    const int rc = mysql_query(my, b.c_str());
    return first.get() == 0 && rc == 0;
}

bool sendDeferred(MYSQL* my, const std::string& a, const std::string& b) {
    auto first = std::async(std::launch::deferred, [my, a] { return mysql_query(my, a.c_str()); });
    const int rc = mysql_query(my, b.c_str());
    return rc == 0 && first.get() == 0;
}

void keepAlive(PGconn* conn, int rounds) {
    std::thread pinger([conn, rounds] {  // expect: session-shared-across-threads
        for (int i = 0; i < rounds; ++i) PQclear(PQexec(conn, "SELECT 1"));
    });
    PQclear(PQexec(conn, "UPDATE chat SET online = true"));
    pinger.join();
}

class Outbox {
public:
    explicit Outbox(const std::string& file) : db_(file, SQLite::OPEN_READWRITE) {}
    ~Outbox() {
        if (worker_.joinable()) worker_.join();
    }
    void start() {
        worker_ = std::thread([this] {
            std::lock_guard<std::mutex> lock(m_);
            db_.exec("DELETE FROM outbox WHERE sent = 1");
        });
    }
    void push(const std::string& text) {
        std::lock_guard<std::mutex> lock(m_);
        SQLite::Statement st(db_, "INSERT INTO outbox(t) VALUES(?)");
        st.bind(1, text);
        st.exec();
    }

private:
    std::mutex m_;
    SQLite::Database db_;
    std::thread worker_;
};

void exportRoom(SQLite::Database& db, int room) {
    std::thread t([&] {  // expect: session-shared-across-threads
        SQLite::Statement st(db, "INSERT INTO export SELECT * FROM msg WHERE room = ?");
        st.bind(1, room);
        st.exec();
    });
    db.exec("UPDATE meta SET exporting = 1");
    t.join();
}

void copyRoom(Poco::Data::SessionPool& pool, int room) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Session ses(pool.get());
    std::thread t([ses, room]() mutable {  // expect: session-shared-across-threads
        ses << "INSERT INTO copy SELECT * FROM msg WHERE room = ?", use(room), now;
    });
    ses << "UPDATE meta SET copying = 1", now;
    t.join();
}

void copyRooms(Poco::Data::SessionPool& pool, std::vector<int> rooms) {
    using namespace Poco::Data::Keywords;
    std::vector<std::thread> ts;
    for (int room : rooms) {
        ts.emplace_back([&pool, room]() mutable {
            Poco::Data::Session ses(pool.get());
            ses << "INSERT INTO copy SELECT * FROM msg WHERE room = ?", use(room), now;
        });
    }
    for (auto& t : ts) t.join();
}

} // namespace chat
