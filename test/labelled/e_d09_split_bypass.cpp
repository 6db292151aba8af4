// library: soci, libpqxx, sqlitecpp, poco, lmdb, rocksdb, qtsql
// d09: one unit of work on two sessions, and statements that go past the open transaction
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <lmdb.h>
#include <pqxx/pqxx>
#include <rocksdb/db.h>
#include <rocksdb/utilities/transaction.h>
#include <rocksdb/utilities/transaction_db.h>
#include <soci/soci.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <memory>
#include <string>
#include <vector>

// declared only: a lease returns itself
class HubSession {
public:
    ~HubSession();
    void begin();
    void commit();
    void rollback();
    void execute(const std::string& sql);
    long queryLong(const std::string& sql);
};
class HubPool {
public:
    std::unique_ptr<HubSession> acquire();
};
class HubTransaction {
public:
    explicit HubTransaction(HubSession& s);
    ~HubTransaction();
    void commit();
};

namespace tickets {

void open(soci::connection_pool& pool, int id, const std::string& text) {
    soci::session head(pool);
    soci::transaction t1(head);
    head << "insert into ticket(id) values(:i)", soci::use(id);
    soci::session body(pool);  // expect: session-split-unit-of-work
    soci::transaction t2(body);
    body << "insert into ticket_text(id, t) values(:i, :t)", soci::use(id), soci::use(text);
    t1.commit();
    t2.commit();
}

void openAtOnce(soci::connection_pool& pool, int id, const std::string& text) {
    soci::session sql(pool);
    soci::transaction tr(sql);
    sql << "insert into ticket(id) values(:i)", soci::use(id);
    sql << "insert into ticket_text(id, t) values(:i, :t)", soci::use(id), soci::use(text);
    tr.commit();
}

// the ticket store and the mail store are different databases
void notifyOwner(soci::connection_pool& ticketPool, soci::connection_pool& mailPool, int id) {
    soci::session tickets(ticketPool);
    std::string owner;
    tickets << "select owner from ticket where id = :i", soci::into(owner), soci::use(id);
    soci::session mail(mailPool);
    soci::transaction tr(mail);
    mail << "insert into outbox(rcpt) values(:o)", soci::use(owner);
    tr.commit();
}

void close(Poco::Data::SessionPool& pool, int id, int by) {
    using namespace Poco::Data::Keywords;
    pool.get() << "UPDATE ticket SET st = 'closed' WHERE id = ?", use(id), now;
    pool.get() << "INSERT INTO ticket_log VALUES(?, ?)", use(id), use(by), now;  // expect: session-split-unit-of-work
}

void reopen(Poco::Data::SessionPool& pool, int id, int by) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Session ses = pool.get();
    Poco::Data::Transaction tx(ses);
    ses << "UPDATE ticket SET st = 'open' WHERE id = ?", use(id), now;
    ses << "INSERT INTO ticket_log VALUES(?, ?)", use(id), use(by), now;
    tx.commit();
}

void escalate(Poco::Data::SessionPool& pool, int id, int level) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Session a(pool.get());
    a.begin();
    a << "UPDATE ticket SET level = ? WHERE id = ?", use(level), use(id), now;
    Poco::Data::Session b(pool.get());  // expect: session-split-unit-of-work
    b.begin();
    b << "INSERT INTO escalation VALUES(?, ?)", use(id), use(level), now;
    b.commit();
    a.commit();
}

void split(HubPool& pool, int ticket, int into) {
    auto first = pool.acquire();
    HubTransaction tx(*first);
    first->execute("insert into ticket select * from ticket where id = " + std::to_string(ticket));
    auto second = pool.acquire();  // expect: session-split-unit-of-work
    second->execute("update ticket set parent = " + std::to_string(ticket) + " where id = " + std::to_string(into));
    tx.commit();
}

void join(HubPool& pool, int ticket, int into) {
    auto s = pool.acquire();
    HubTransaction tx(*s);
    s->execute("update comment set ticket = " + std::to_string(into) + " where ticket = " + std::to_string(ticket));
    s->execute("delete from ticket where id = " + std::to_string(ticket));
    tx.commit();
}

// bulk load: each lease is given back before the next one is taken
void load(HubPool& pool, const std::vector<std::string>& chunks) {
    for (const auto& c : chunks) {
        auto s = pool.acquire();
        HubTransaction tx(*s);
        s->execute(c);
        tx.commit();
    }
}

} // namespace tickets

namespace warehouse {

bool place(QSqlDatabase db, int order) {
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    q.prepare("INSERT INTO orders VALUES(?)");
    q.addBindValue(order);
    if (!q.exec()) {
        db.rollback();
        return false;
    }
    QSqlQuery log("INSERT INTO audit VALUES(1)");  // expect: session-transaction-bypass
    return db.commit();
}

bool pick(QSqlDatabase db, int order) {
    if (!db.transaction()) return false;
    QSqlQuery q(QString("UPDATE orders SET picked = 1 WHERE id = %1").arg(order), db);
    QSqlQuery log("INSERT INTO audit VALUES(2)", db);
    if (!q.isActive() || !log.isActive()) {
        db.rollback();
        return false;
    }
    return db.commit();
}

bool pack(int order) {
    QSqlDatabase db = QSqlDatabase::database("warehouse");
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    if (!q.exec(QString("UPDATE orders SET packed = 1 WHERE id = %1").arg(order))) {
        db.rollback();
        return false;
    }
    QSqlDatabase::database().exec("INSERT INTO audit VALUES(3)");  // expect: session-transaction-bypass
    return db.commit();
}

bool stamp(int order) {
    QSqlDatabase db = QSqlDatabase::database();
    if (!db.transaction()) return false;
    QSqlQuery q; // the default connection is the one with the transaction
    if (!q.exec(QString("UPDATE orders SET stamped = 1 WHERE id = %1").arg(order))) {
        db.rollback();
        return false;
    }
    return db.commit();
}

rocksdb::Status setCount(rocksdb::TransactionDB* db, const std::string& item, const std::string& n) {
    std::unique_ptr<rocksdb::Transaction> txn(db->BeginTransaction(rocksdb::WriteOptions()));
    rocksdb::Status s = txn->Put("count/" + item, n);
    if (!s.ok()) return s;
    s = db->Put(rocksdb::WriteOptions(), "dirty/" + item, "1");  // expect: session-transaction-bypass
    if (!s.ok()) return s;
    return txn->Commit();
}

rocksdb::Status dropCount(rocksdb::TransactionDB* db, const std::string& item) {
    std::unique_ptr<rocksdb::Transaction> txn(db->BeginTransaction(rocksdb::WriteOptions()));
    rocksdb::Status s = txn->Delete("count/" + item);
    if (s.ok()) s = txn->Put("dirty/" + item, "1");
    if (s.ok()) s = txn->Commit();
    return s;
}

void receive(soci::connection_pool& pool, int item, int n) {
    soci::session sql(pool);
    soci::transaction tr(sql);
    sql << "update stock set n = n + :n where id = :i", soci::use(n), soci::use(item);
    soci::session log(pool);  // expect: session-split-unit-of-work
    log << "insert into receipt(item, n) values(:i, :n)", soci::use(item), soci::use(n);
    tr.commit();
}

void count(soci::connection_pool& pool, std::vector<int>& out) {
    soci::session sql(pool);
    soci::rowset<int> rs = (sql.prepare << "select n from stock");
    for (int n : rs) out.push_back(n);
}

// one writes, the other one only reads a replica
long checkedTotal(HubPool& primary, HubPool& replica) {
    auto p = primary.acquire();
    auto r = replica.acquire();
    const long total = r->queryLong("select sum(n) from stock");
    p->execute("update summary set total = " + std::to_string(total));
    return total;
}

class Mover {
public:
    Mover(const std::string& file) : db_(file, SQLite::OPEN_READWRITE), second_(file, SQLite::OPEN_READWRITE) {}

    void move(int from, int to) {
        SQLite::Transaction tx(db_);
        db_.exec("UPDATE bin SET n = n - 1 WHERE id = " + std::to_string(from));
        second_.exec("UPDATE bin SET n = n + 1 WHERE id = " + std::to_string(to));
        tx.commit();
    }
    void moveAll(int from, int to) {
        SQLite::Transaction tx(db_);
        SQLite::Statement st(db_, "UPDATE item SET bin = ? WHERE bin = ?");
        st.bind(1, to);
        st.bind(2, from);
        st.exec();
        tx.commit();
    }

private:
    SQLite::Database db_, second_;
};

void relocate(const std::string& file, int item, int bin) {
    SQLite::Database a(file, SQLite::OPEN_READWRITE);
    SQLite::Transaction tx(a);
    a.exec("UPDATE item SET bin = " + std::to_string(bin) + " WHERE id = " + std::to_string(item));
    SQLite::Database b(file, SQLite::OPEN_READWRITE);  // expect: session-split-unit-of-work
    b.exec("INSERT INTO move_log VALUES(" + std::to_string(item) + ")");
    tx.commit();
}

void retire(const std::string& dsn, int item) {
    pqxx::connection first(dsn);
    pqxx::work w1(first);
    w1.exec_params("DELETE FROM item WHERE id = $1", item);
    pqxx::connection second(dsn);  // expect: session-split-unit-of-work
    pqxx::work w2(second);
    w2.exec_params("INSERT INTO retired(id) VALUES($1)", item);
    w2.commit();
    w1.commit();
}

} // namespace warehouse
