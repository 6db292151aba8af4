// library: soci, sqlitecpp, mysqlcppconn, rocksdb
// d02: leaks around C++ wrappers and in-house C-style APIs
#include <SQLiteCpp/SQLiteCpp.h>
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <rocksdb/db.h>
#include <rocksdb/utilities/transaction.h>
#include <rocksdb/utilities/transaction_db.h>
#include <soci/soci.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

// ---- in-house C API of the archive server (implemented in C) ----
extern "C" {
struct arc_session;
struct arc_cursor;
arc_session* arc_session_open(const char* url);
int arc_session_exec(arc_session* s, const char* sql);
void arc_session_close(arc_session* s);
arc_cursor* arc_cursor_open(arc_session* s, const char* sql);
int arc_cursor_next(arc_cursor* c);
const char* arc_cursor_text(arc_cursor* c, int col);
void arc_cursor_close(arc_cursor* c);
}

struct ArcClose {
    void operator()(arc_session* s) const noexcept { arc_session_close(s); }
};
using ArcPtr = std::unique_ptr<arc_session, ArcClose>;

// ---- in-house pool, declared only ----
class ReportSession {
public:
    void begin();
    void commit();
    void rollback();
    void execute(const std::string& sql);
    long scalar(const std::string& sql);
};
class ReportSessionPool {
public:
    ReportSession* acquire();
    void release(ReportSession* s) noexcept;
};

class PooledReport {
public:
    explicit PooledReport(ReportSessionPool& p) : pool_(p), s_(p.acquire()) {}
    ~PooledReport() { pool_.release(s_); }
    PooledReport(const PooledReport&) = delete;
    PooledReport& operator=(const PooledReport&) = delete;
    ReportSession* operator->() const { return s_; }

private:
    ReportSessionPool& pool_;
    ReportSession* s_;
};

namespace archive {

int purge(const char* url) {
    arc_session* s = arc_session_open(url);  // expect: session-leak
    if (!s) return -1;
    if (arc_session_exec(s, "delete from blob where age > 365") != 0)
        return -2;
    arc_session_close(s);
    return 0;
}

int compact(const char* url) {
    ArcPtr s(arc_session_open(url));
    if (!s) return -1;
    if (arc_session_exec(s.get(), "compact") != 0) return -2;
    return 0;
}

std::vector<std::string> blobNames(arc_session* s) {
    std::vector<std::string> names;
    arc_cursor* c = arc_cursor_open(s, "select name from blob");  // expect: session-leak
    if (c == nullptr) return names;
    while (arc_cursor_next(c)) {
        const char* t = arc_cursor_text(c, 0);
        if (!t) throw std::runtime_error("blob without a name");
        names.emplace_back(t);
    }
    arc_cursor_close(c);
    return names;
}

std::vector<std::string> ownerNames(arc_session* s) {
    std::vector<std::string> names;
    arc_cursor* c = arc_cursor_open(s, "select owner from blob");
    if (!c) return names;
    while (arc_cursor_next(c)) {
        if (const char* t = arc_cursor_text(c, 0)) names.emplace_back(t);
        else break;
    }
    arc_cursor_close(c);
    return names;
}

} // namespace archive

namespace reports {

long monthlyTotal(ReportSessionPool& pool, int month) {
    ReportSession* s = pool.acquire();  // expect: session-leak
    if (month < 1 || month > 12) return 0;
    long total = 0;
    try {
        total = s->scalar("select sum(v) from r where m = " + std::to_string(month));
    } catch (...) {
        pool.release(s);
        throw;
    }
    pool.release(s);
    return total;
}

long yearlyTotal(ReportSessionPool& pool) {
    PooledReport s(pool);
    long total = 0;
    for (int m = 1; m <= 12; ++m) {
        long v = s->scalar("select sum(v) from r where m = " + std::to_string(m));
        if (v < 0) return -1;
        total += v;
    }
    return total;
}

void refreshViews(ReportSessionPool& pool) {
    ReportSession* s = pool.acquire();  // expect: session-leak
    s->execute("refresh materialized view daily");
    s->execute("refresh materialized view weekly");
    pool.release(s);
}

void refreshIndexes(ReportSessionPool& pool) {
    ReportSession* s = pool.acquire();
    try {
        s->execute("reindex table daily");
        s->execute("reindex table weekly");
    } catch (...) {
        pool.release(s);
        throw;
    }
    pool.release(s);
}

} // namespace reports

namespace orders {

int countOrders(sql::Connection* con) {
    sql::Statement* st = con->createStatement();  // expect: session-leak
    std::unique_ptr<sql::ResultSet> rs(st->executeQuery("SELECT COUNT(*) FROM orders"));
    int n = rs->next() ? rs->getInt(1) : 0;
    delete st;
    return n;
}

int countLines(sql::Connection* con, int order) {
    std::unique_ptr<sql::PreparedStatement> st(con->prepareStatement("SELECT COUNT(*) FROM line WHERE o = ?"));
    st->setInt(1, order);
    std::unique_ptr<sql::ResultSet> rs(st->executeQuery());
    if (!rs->next()) return 0;
    return rs->getInt(1);
}

std::string firstCustomer(sql::Connection& con) {
    std::unique_ptr<sql::Statement> st(con.createStatement());
    sql::ResultSet* rs = st->executeQuery("SELECT name FROM customer ORDER BY id LIMIT 1");  // expect: session-leak
    if (!rs->next())
        return "";
    std::string name = rs->getString(1);
    delete rs;
    return name;
}

bool ping(sql::Driver* driver, const std::string& host) {
    try {
        std::unique_ptr<sql::Connection> con(driver->connect(host, "mon", "mon"));
        std::unique_ptr<sql::Statement> st(con->createStatement());
        st->execute("SELECT 1");
        return true;
    } catch (const sql::SQLException&) {
        return false;
    }
}

bool setupSchema(sql::Driver* driver, const std::string& host, const std::string& schema) {
    sql::Connection* con = driver->connect(host, "root", "root");  // expect: session-leak
    try {
        con->setSchema(schema);
        std::unique_ptr<sql::Statement> st(con->createStatement());
        st->execute("CREATE TABLE IF NOT EXISTS t(id INT)");
    } catch (const sql::SQLException&) {
        return false;
    }
    con->close();
    delete con;
    return true;
}

} // namespace orders

namespace ledger {

rocksdb::Status credit(rocksdb::TransactionDB* db, const std::string& acc, const std::string& v) {
    rocksdb::Transaction* txn = db->BeginTransaction(rocksdb::WriteOptions());  // expect: session-leak
    rocksdb::Status s = txn->Put(acc, v);
    if (!s.ok()) {
        txn->Rollback();
        return s;
    }
    s = txn->Commit();
    delete txn;
    return s;
}

rocksdb::Status debit(rocksdb::TransactionDB* db, const std::string& acc, const std::string& v) {
    std::unique_ptr<rocksdb::Transaction> txn(db->BeginTransaction(rocksdb::WriteOptions()));
    rocksdb::Status s = txn->Put(acc, v);
    if (!s.ok()) {
        txn->Rollback();
        return s;
    }
    return txn->Commit();
}

// every reopen drops the database that was open before
std::string probe(const std::vector<std::string>& dirs) {
    rocksdb::Options o;
    rocksdb::DB* db = nullptr;
    std::string found;
    for (const auto& d : dirs) {
        if (!rocksdb::DB::OpenForReadOnly(o, d, &db).ok()) continue;  // expect: session-raw-construction
        if (db->Get(rocksdb::ReadOptions(), "magic", &found).ok()) break;
    }
    delete db;
    return found;
}

} // namespace ledger

namespace pools {

void touch(soci::connection_pool& pool, int id) {
    const std::size_t pos = pool.lease();  // expect: session-leak
    soci::session& sql = pool.at(pos);
    sql << "update ev set seen = 1 where id = :id", soci::use(id);
    pool.give_back(pos);
}

bool tryTouch(soci::connection_pool& pool, int id) {
    std::size_t pos = 0;
    if (!pool.try_lease(pos, 250)) return false;
    bool ok = true;
    try {
        pool.at(pos) << "update ev set seen = 1 where id = :id", soci::use(id);
    } catch (const soci::soci_error&) {
        ok = false;
    }
    pool.give_back(pos);
    return ok;
}

SQLite::Database* openScratch(const std::string& file, bool fresh) {
    auto* db = new SQLite::Database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);  // expect: session-leak
    if (fresh) db->exec("DROP TABLE IF EXISTS scratch");
    db->exec("CREATE TABLE IF NOT EXISTS scratch(k, v)");
    return db;
}

std::unique_ptr<SQLite::Database> openNotes(const std::string& file) {
    auto db = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db->exec("CREATE TABLE IF NOT EXISTS note(k, v)");
    db->exec("PRAGMA journal_mode=WAL");
    return db;
}

} // namespace pools
