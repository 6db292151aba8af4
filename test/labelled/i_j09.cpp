// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_connection.h>
#include <mysql_driver.h>

#include <condition_variable>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace tickets {

struct DbConfig { std::string url; std::string user; std::string password; std::string schema; };
struct Ticket { int id = 0; int seat = 0; std::string holder; };
struct Result { bool ok = true; std::string message; };

void info(const std::string& s) { std::clog << "[tickets] " << s << '\n'; }

std::unique_ptr<sql::Connection> connect(const DbConfig& cfg) {
    sql::mysql::MySQL_Driver* driver = sql::mysql::get_mysql_driver_instance();
    std::unique_ptr<sql::Connection> con(driver->connect(cfg.url, cfg.user, cfg.password));
    con->setSchema(cfg.schema);
    return con;
}

class Tx {
public:
    explicit Tx(sql::Connection& con) : con_(con) { con_.setAutoCommit(false); }
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;
    ~Tx() {
        try {
            if (!committed_)
                con_.rollback();
            con_.setAutoCommit(true);
        } catch (const sql::SQLException& e) {
            info(std::string("rollback: ") + e.what());
        }
    }
    void commit() {
        con_.commit();
        committed_ = true;
    }

private:
    sql::Connection& con_;
    bool committed_ = false;
};

Result sell(sql::Connection& con, const Ticket& t) {
    try {
        Tx tx(con);
        std::unique_ptr<sql::PreparedStatement> check(con.prepareStatement("SELECT sold FROM seat WHERE id = ? FOR UPDATE"));
        check->setInt(1, t.seat);
        std::unique_ptr<sql::ResultSet> rs(check->executeQuery());
        if (!rs->next() || rs->getBoolean(1))
            return {false, "seat not available"};
        std::unique_ptr<sql::PreparedStatement> mark(con.prepareStatement("UPDATE seat SET sold = 1 WHERE id = ?"));
        mark->setInt(1, t.seat);
        mark->executeUpdate();
        std::unique_ptr<sql::PreparedStatement> add(con.prepareStatement("INSERT INTO ticket(seat, holder) VALUES (?, ?)"));
        add->setInt(1, t.seat);
        add->setString(2, t.holder);
        add->executeUpdate();
        tx.commit();
        return {true, "sold"};
    } catch (const sql::SQLException& e) {
        return {false, e.what()};
    }
}

Result giveBack(sql::Connection& con, int ticket) {
    Tx tx(con);  // expect: session-unfinished-transaction
    std::unique_ptr<sql::PreparedStatement> del(con.prepareStatement("DELETE FROM ticket WHERE id = ?"));
    del->setInt(1, ticket);
    if (del->executeUpdate() == 0)
        return {false, "unknown ticket"};
    std::unique_ptr<sql::Statement> count(con.createStatement());
    count->executeUpdate("UPDATE stats SET returned = returned + 1");
    return {true, "returned"};
}

class Hall {
public:
    explicit Hall(const DbConfig& cfg)
        : con_(connect(cfg)),
          bySeat_(con_->prepareStatement("SELECT holder FROM ticket WHERE seat = ?")) {}

    std::optional<std::string> holder(int seat) {
        bySeat_->setInt(1, seat);
        std::unique_ptr<sql::ResultSet> rs(bySeat_->executeQuery());
        if (!rs->next())
            return std::nullopt;
        return rs->getString(1).asStdString();
    }

    void renumber(int from, int to) {
        con_->setAutoCommit(false);
        try {
            std::unique_ptr<sql::PreparedStatement> a(con_->prepareStatement("UPDATE seat SET number = ? WHERE number = ?"));
            a->setInt(1, to);
            a->setInt(2, from);
            a->executeUpdate();
            std::unique_ptr<sql::PreparedStatement> b(con_->prepareStatement("UPDATE ticket SET seat = ? WHERE seat = ?"));
            b->setInt(1, to);
            b->setInt(2, from);
            b->executeUpdate();
            con_->commit();
            con_->setAutoCommit(true);
        } catch (const sql::SQLException& e) {  // expect: session-missing-rollback
            info(std::string("renumber failed: ") + e.what());
        }
    }

    bool block(const std::vector<int>& seats) {
        con_->setAutoCommit(false);
        bool ok = true;
        try {
            std::unique_ptr<sql::PreparedStatement> up(con_->prepareStatement("UPDATE seat SET blocked = 1 WHERE id = ? AND sold = 0"));
            for (int s : seats) {
                up->setInt(1, s);
                if (up->executeUpdate() != 1) {
                    ok = false;
                    break;
                }
            }
            if (ok)
                con_->commit();
            else
                con_->rollback();
            con_->setAutoCommit(true);
        } catch (const sql::SQLException&) {
            con_->rollback();
            con_->setAutoCommit(true);
            throw;
        }
        return ok;
    }

    void newSeason(int year) {
        std::unique_ptr<sql::Statement> st(con_->createStatement());
        {
            Tx tx(*con_);
            st->executeUpdate("INSERT INTO ticket_archive SELECT * FROM ticket");
            st->executeUpdate("DELETE FROM ticket");
            tx.commit();
        }
        info("tickets archived");
        {
            Tx tx(*con_);
            std::unique_ptr<sql::PreparedStatement> up(con_->prepareStatement("UPDATE season SET year = ?"));
            up->setInt(1, year);
            up->executeUpdate();
            st->executeUpdate("UPDATE seat SET sold = 0");
            tx.commit();  // expect: session-multiple-commits
        }
    }

private:
    std::unique_ptr<sql::Connection> con_;
    std::unique_ptr<sql::PreparedStatement> bySeat_;
};

int countSold(sql::Connection& con, int event) {
    sql::PreparedStatement* ps = con.prepareStatement("SELECT count(*) FROM ticket WHERE event = ?");  // expect: session-leak
    ps->setInt(1, event);
    int n = 0;
    {
        std::unique_ptr<sql::ResultSet> rs(ps->executeQuery());
        if (!rs->next())
            return n;
        n = rs->getInt(1);
    }
    delete ps;
    return n;
}

bool ping(const DbConfig& cfg) {
    sql::Connection* con = nullptr;
    bool alive = false;
    try {
        con = sql::mysql::get_mysql_driver_instance()->connect(cfg.url, cfg.user, cfg.password);  // expect: session-raw-construction
        alive = con->isValid();
    } catch (const sql::SQLException& e) {
        info(std::string("ping: ") + e.what());
    }
    delete con;
    return alive;
}

std::vector<std::string> schemas(const DbConfig& cfg) {
    std::vector<std::string> names;
    const auto con = connect(cfg);
    std::unique_ptr<sql::Statement> st(con->createStatement());
    std::unique_ptr<sql::ResultSet> rs(st->executeQuery("SHOW DATABASES"));
    while (rs->next())
        names.push_back(rs->getString(1));
    rs->close();
    st->close();
    con->close();
    return names;
}

void switchOff(const DbConfig& cfg, int event) {
    auto con = connect(cfg);
    std::unique_ptr<sql::PreparedStatement> up(con->prepareStatement("UPDATE event SET active = 0 WHERE id = ?"));
    up->setInt(1, event);
    const int changed = up->executeUpdate();
    con->close();
    if (changed == 0) {
        std::unique_ptr<sql::Statement> log(con->createStatement());  // expect: session-use-after-scope
        log->executeUpdate("INSERT INTO oddity(what) VALUES ('event missing')");
    }
}

class ConnectionShelf {
public:
    using Loan = std::unique_ptr<sql::Connection, std::function<void(sql::Connection*)>>;

    explicit ConnectionShelf(DbConfig cfg, int size) {
        for (int i = 0; i < size; ++i)
            shelf_.push_back(connect(cfg));
    }

    Loan take() {
        std::unique_lock<std::mutex> l(m_);
        cv_.wait(l, [this] { return !shelf_.empty(); });
        auto con = std::move(shelf_.back());
        shelf_.pop_back();
        return Loan(con.release(), [this](sql::Connection* c) {
            std::lock_guard<std::mutex> g(m_);
            shelf_.emplace_back(c);
            cv_.notify_one();
        });
    }

private:
    std::mutex m_;
    std::condition_variable cv_;
    std::vector<std::unique_ptr<sql::Connection>> shelf_;
};

std::map<int, int> salesPerEvent(ConnectionShelf& shelf, const std::vector<int>& events) {
    std::vector<std::future<std::pair<int, int>>> parts;
    for (int e : events)
        parts.push_back(std::async(std::launch::async, [&shelf, e] {
            auto con = shelf.take();
            return std::make_pair(e, countSold(*con, e));
        }));
    std::map<int, int> out;
    for (auto& p : parts)
        out.insert(p.get());
    return out;
}

void warmAndServe(ConnectionShelf& shelf, std::map<int, std::string>& cache) {
    auto con = shelf.take();
    auto warm = std::async(std::launch::async, [&con, &cache] {  // expect: session-shared-across-threads
        std::unique_ptr<sql::Statement> st(con->createStatement());
        std::unique_ptr<sql::ResultSet> rs(st->executeQuery("SELECT id, title FROM event"));
        while (rs->next())
            cache[rs->getInt(1)] = rs->getString(2);
    });
    std::unique_ptr<sql::Statement> st(con->createStatement());
    st->executeUpdate("UPDATE service SET started = now()");
    warm.get();
}

void upgradeSeat(ConnectionShelf& shelf, int ticket, int seat) {
    auto first = shelf.take();
    std::unique_ptr<sql::PreparedStatement> up(first->prepareStatement("UPDATE ticket SET seat = ? WHERE id = ?"));
    up->setInt(1, seat);
    up->setInt(2, ticket);
    up->executeUpdate();
    auto second = shelf.take();  // expect: session-split-unit-of-work
    std::unique_ptr<sql::PreparedStatement> pay(second->prepareStatement("INSERT INTO charge(ticket, reason) VALUES (?, 'upgrade')"));
    pay->setInt(1, ticket);
    pay->executeUpdate();
}

template <class F>
Result runInTx(ConnectionShelf& shelf, F&& body) {
    auto con = shelf.take();
    try {
        Tx tx(*con);
        Result r = body(*con);
        if (r.ok)
            tx.commit();
        return r;
    } catch (const sql::SQLException& e) {
        return {false, e.what()};
    }
}

Result transferTicket(ConnectionShelf& shelf, int ticket, const std::string& to) {
    return runInTx(shelf, [&](sql::Connection& con) -> Result {
        std::unique_ptr<sql::PreparedStatement> up(con.prepareStatement("UPDATE ticket SET holder = ? WHERE id = ?"));
        up->setString(1, to);
        up->setInt(2, ticket);
        if (up->executeUpdate() != 1)
            return {false, "unknown ticket"};
        std::unique_ptr<sql::PreparedStatement> log(con.prepareStatement("INSERT INTO transfer(ticket, holder) VALUES (?, ?)"));
        log->setInt(1, ticket);
        log->setString(2, to);
        log->executeUpdate();
        return {true, "transferred"};
    });
}

void checkHolder(const std::string& name) {
    if (name.empty())
        throw std::invalid_argument("holder without a name");
}

int importGuests(ConnectionShelf& shelf, const std::vector<Ticket>& guests) {
    auto con = shelf.take();
    Tx tx(*con);
    int done = 0;
    std::unique_ptr<sql::PreparedStatement> reserve(con->prepareStatement("UPDATE seat SET sold = 1 WHERE id = ?"));
    std::unique_ptr<sql::PreparedStatement> add(con->prepareStatement("INSERT INTO ticket(seat, holder) VALUES (?, ?)"));
    for (const Ticket& g : guests) {
        try {
            reserve->setInt(1, g.seat);
            reserve->executeUpdate();
            checkHolder(g.holder);
            add->setInt(1, g.seat);
            add->setString(2, g.holder);
            done += add->executeUpdate();
        } catch (const std::invalid_argument& e) {  // expect: session-swallow-and-commit
            info(e.what());
        }
    }
    tx.commit();
    return done;
}

}  // namespace tickets
