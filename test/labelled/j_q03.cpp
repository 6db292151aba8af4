// library: soci, libpqxx, poco, mysqlcppconn
#include <mysql_connection.h>
#include <mysql_driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <soci/connection-pool.h>

#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace tollway {

struct BackendConfig {
    std::string host = "tcp://127.0.0.1:3306";
    std::string user;
    std::string password;
    std::string schema = "toll";
    std::string reporting = "dbname=report";
    int maxAttempts = 4;
};

struct Passage {
    int gate = 0;
    std::string plate;
    double fee = 0;
};

struct TollError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void trace(const std::string& s) noexcept { std::clog << s << '\n'; }

std::unique_ptr<sql::Connection> connect(const BackendConfig& cfg) {
    sql::Driver* driver = sql::mysql::get_mysql_driver_instance();
    std::unique_ptr<sql::Connection> con(driver->connect(cfg.host, cfg.user, cfg.password));
    con->setSchema(cfg.schema);
    return con;
}

class AutoCommitOff {
public:
    explicit AutoCommitOff(sql::Connection& con) : con_(con) { con_.setAutoCommit(false); }
    AutoCommitOff(const AutoCommitOff&) = delete;
    AutoCommitOff& operator=(const AutoCommitOff&) = delete;
    ~AutoCommitOff() {
        try {
            if (!done_)
                con_.rollback();
            con_.setAutoCommit(true);
        } catch (const sql::SQLException& e) {
            trace(e.what());
        }
    }
    void commit() {
        con_.commit();
        done_ = true;
    }
private:
    sql::Connection& con_;
    bool done_ = false;
};

void record(sql::Connection& con, const Passage& p) {
    AutoCommitOff tx(con);
    std::unique_ptr<sql::PreparedStatement> ins(con.prepareStatement("INSERT INTO passage(gate, plate, fee) VALUES(?,?,?)"));
    ins->setInt(1, p.gate);
    ins->setString(2, p.plate);
    ins->setDouble(3, p.fee);
    ins->executeUpdate();
    std::unique_ptr<sql::PreparedStatement> upd(con.prepareStatement("UPDATE account SET due = due + ? WHERE plate = ?"));
    upd->setDouble(1, p.fee);
    upd->setString(2, p.plate);
    if (upd->executeUpdate() != 1)
        throw TollError("no account for " + p.plate);
    tx.commit();
}

void waive(sql::Connection& con, const std::string& plate) {
    con.setAutoCommit(false);
    try {
        std::unique_ptr<sql::PreparedStatement> del(con.prepareStatement("DELETE FROM passage WHERE plate = ?"));
        del->setString(1, plate);
        del->executeUpdate();
        std::unique_ptr<sql::PreparedStatement> upd(con.prepareStatement("UPDATE account SET due = 0 WHERE plate = ?"));
        upd->setString(1, plate);
        upd->executeUpdate();
        con.commit();
        con.setAutoCommit(true);
    } catch (const sql::SQLException& e) {  // expect: session-missing-rollback
        trace(std::string("waive failed: ") + e.what());
        con.setAutoCommit(true);
        throw TollError("waive failed");
    }
}

void refund(sql::Connection& con, const std::string& plate, double amount) {
    con.setAutoCommit(false);
    try {
        std::unique_ptr<sql::PreparedStatement> upd(con.prepareStatement("UPDATE account SET due = due - ? WHERE plate = ?"));
        upd->setDouble(1, amount);
        upd->setString(2, plate);
        upd->executeUpdate();
        con.commit();
    } catch (const sql::SQLException&) {
        con.rollback();
        con.setAutoCommit(true);
        throw;
    }
    con.setAutoCommit(true);
}

double openFees(const BackendConfig& cfg, const std::string& plate) {
    sql::Connection* con = sql::mysql::get_mysql_driver_instance()->connect(cfg.host, cfg.user, cfg.password);  // expect: session-leak
    con->setSchema(cfg.schema);
    std::unique_ptr<sql::PreparedStatement> q(con->prepareStatement("SELECT SUM(fee) FROM passage WHERE plate = ?"));
    q->setString(1, plate);
    std::unique_ptr<sql::ResultSet> rs(q->executeQuery());
    const double sum = rs->next() ? static_cast<double>(rs->getDouble(1)) : 0.0;
    rs.reset();
    q.reset();
    con->close();
    delete con;
    return sum;
}

std::vector<std::string> gatesOf(const BackendConfig& cfg) {
    auto con = connect(cfg);
    std::unique_ptr<sql::Statement> st(con->createStatement());
    std::unique_ptr<sql::ResultSet> rs(st->executeQuery("SELECT name FROM gate ORDER BY id"));
    std::vector<std::string> names;
    while (rs->next())
        names.push_back(rs->getString(1));
    return names;
}

std::unique_ptr<sql::PreparedStatement> prepareLookup(const BackendConfig& cfg) {
    auto con = connect(cfg);
    std::unique_ptr<sql::PreparedStatement> st(con->prepareStatement("SELECT due FROM account WHERE plate = ?"));
    st->setQueryTimeout(5);
    return st;  // expect: session-use-after-scope
}

void bumpGate(sql::Connection& con, int gate) {
    std::unique_ptr<sql::PreparedStatement> st(con.prepareStatement("UPDATE gate SET passages = passages + 1 WHERE id = ?"));
    st->setInt(1, gate);
    st->executeUpdate();
}

void storeGateLog(sql::Connection& con, int gate, const std::string& line) {
    std::unique_ptr<sql::PreparedStatement> st(con.prepareStatement("INSERT INTO gate_log(gate, line) VALUES(?, ?)"));
    st->setInt(1, gate);
    st->setString(2, line);
    st->executeUpdate();
    con.commit();
}

void recalibrate(const BackendConfig& cfg, int gate) {
    auto con = connect(cfg);
    con->setAutoCommit(false);
    bumpGate(*con, gate);
    storeGateLog(*con, gate, "recalibrated");
    std::unique_ptr<sql::PreparedStatement> st(con->prepareStatement("UPDATE gate SET offset_ms = 0 WHERE id = ?"));
    st->setInt(1, gate);
    st->executeUpdate();
    con->commit();  // expect: session-multiple-commits
}

void retireGate(const BackendConfig& cfg, int gate) {
    auto con = connect(cfg);
    con->setAutoCommit(false);
    std::unique_ptr<sql::PreparedStatement> st(con->prepareStatement("UPDATE gate SET active = 0 WHERE id = ?"));
    st->setInt(1, gate);
    if (st->executeUpdate() == 0) {
        con->rollback();
        trace("no such gate");
        return;
    }
    bumpGate(*con, gate);
    con->commit();
}

void chargeMonthly(const BackendConfig& cfg, const std::map<std::string, double>& dues) {
    auto con = connect(cfg);
    con->setAutoCommit(false);
    std::unique_ptr<sql::PreparedStatement> upd(con->prepareStatement("UPDATE account SET due = due + ? WHERE plate = ?"));
    std::unique_ptr<sql::PreparedStatement> log(con->prepareStatement("INSERT INTO invoice(plate, amount) VALUES(?, ?)"));
    for (const auto& [plate, amount] : dues) {
        try {
            upd->setDouble(1, amount);
            upd->setString(2, plate);
            upd->executeUpdate();
            log->setString(1, plate);
            log->setDouble(2, amount);
            log->executeUpdate();
            con->commit();
        } catch (const sql::SQLException& e) {
            con->rollback();
            trace(plate + ": " + e.what());
        }
    }
}

void chargeOnce(const BackendConfig& cfg, const std::vector<Passage>& passages) {
    auto con = connect(cfg);
    con->setAutoCommit(false);
    try {
        std::unique_ptr<sql::PreparedStatement> ins(con->prepareStatement("INSERT INTO passage(gate, plate, fee) VALUES(?,?,?)"));
        for (const auto& p : passages) {
            ins->setInt(1, p.gate);
            ins->setString(2, p.plate);
            ins->setDouble(3, p.fee);
            ins->executeUpdate();
        }
    } catch (sql::SQLException& e) {  // expect: session-swallow-and-commit
        trace("charge: " + std::to_string(e.getErrorCode()));
    }
    con->commit();
}

class Reporter {
public:
    explicit Reporter(const BackendConfig& cfg) : cfg_(cfg), pg_(cfg.reporting) {}
    ~Reporter() {
        if (worker_.joinable())
            worker_.join();
    }

    void refreshInBackground() {
        std::lock_guard lock(mutex_);
        if (worker_.joinable())
            worker_.join();
        worker_ = std::thread([dsn = cfg_.reporting] {
            try {
                pqxx::connection own(dsn);
                pqxx::work tx(own);
                tx.exec("REFRESH MATERIALIZED VIEW daily");
                tx.commit();
            } catch (const std::exception& e) {
                trace(e.what());
            }
        });
    }

    void compareYears(int a, int b) {
        double first = 0, second = 0;
        std::thread left([&] { first = yearSum(pg_, a); });  // expect: session-shared-across-threads
        second = yearSum(pg_, b);
        left.join();
        trace("delta " + std::to_string(second - first));
    }

    void compareGates(int a, int b) {
        double first = 0;
        std::thread left([&] { first = gateSum(pg_, a); });
        left.join();
        const double second = gateSum(pg_, b);
        trace("delta " + std::to_string(second - first));
    }

    void publishDay(const std::string& day) {
        pqxx::work tx(pg_);
        tx.exec_params("DELETE FROM published WHERE day = $1", day);
        pqxx::connection side(cfg_.reporting);  //  // waits: session-split-unit-of-work
        pqxx::work sideTx(side);
        sideTx.exec_params("INSERT INTO published(day) VALUES($1)", day);
        sideTx.commit();
        tx.exec_params("UPDATE calendar SET published = true WHERE day = $1", day);
        tx.commit();
    }

    void lockDay(const std::string& day) {
        pqxx::work tx(pg_);  //  // waits: session-unfinished-transaction
        auto r = tx.exec_params("SELECT locked FROM calendar WHERE day = $1 FOR UPDATE", day);
        if (r.empty()) {
            tx.exec_params("INSERT INTO calendar(day, locked) VALUES($1, true)", day);
            tx.commit();
        } else {
            tx.exec_params("UPDATE calendar SET locked = true WHERE day = $1", day);
            trace("day locked: " + day);
        }
    }

    bool unlockDay(const std::string& day) {
        pqxx::work tx(pg_);
        auto r = tx.exec_params("UPDATE calendar SET locked = false WHERE day = $1", day);
        if (r.affected_rows() > 1) {
            tx.abort();
            throw TollError("calendar is ambiguous");
        }
        if (r.affected_rows() == 0)
            return false;
        tx.commit();
        return true;
    }

private:
    static double yearSum(pqxx::connection& c, int year) {
        pqxx::read_transaction tx(c);
        return tx.exec_params1("SELECT sum(fee) FROM daily WHERE year = $1", year)[0].as<double>(0.0);
    }
    static double gateSum(pqxx::connection& c, int gate) {
        pqxx::read_transaction tx(c);
        return tx.exec_params1("SELECT sum(fee) FROM daily WHERE gate = $1", gate)[0].as<double>(0.0);
    }

    BackendConfig cfg_;
    pqxx::connection pg_;
    std::mutex mutex_;
    std::thread worker_;
};

bool ensureAccount(soci::session& sql, const std::string& plate) {
    try {
        soci::transaction tr(sql);
        sql << "insert into account(plate, due) values(:p, 0)", soci::use(plate);
        sql << "insert into account_log(plate) values(:p)", soci::use(plate);
        tr.commit();
        return true;
    } catch (const soci::soci_error& e) {
        trace(e.what());
    }
    int n = 0;
    sql << "select count(*) from account where plate = :p", soci::use(plate), soci::into(n);
    return n > 0;
}

void moveAccount(soci::session& sql, const std::string& from, const std::string& to) {
    soci::transaction tr(sql);
    try {
        sql << "update passage set plate = :t where plate = :f", soci::use(to), soci::use(from);
        sql << "delete from account where plate = :f", soci::use(from);
        tr.commit();
    } catch (const soci::soci_error& e) {
        trace(e.what());
        tr.rollback();
        sql << "insert into failure(plate) values(:f)", soci::use(from);
        tr.rollback();  // expect: session-double-end
        throw;
    }
}

void freezeAccount(Poco::Data::SessionPool& pool, std::string plate, int maxAttempts) {
    using namespace Poco::Data::Keywords;
    for (int i = 0; i < maxAttempts; ++i) {
        Poco::Data::Session s(pool.get());
        Poco::Data::Transaction tx(s);
        try {
            s << "UPDATE account SET frozen = 1 WHERE plate = ?", use(plate), now;
            s << "INSERT INTO account_log(plate) VALUES(?)", use(plate), now;
            tx.commit();
            break;
        } catch (const Poco::Exception& e) {
            trace(e.displayText());
            if (i + 1 == maxAttempts)
                throw;
        }
    }
}

}  // namespace tollway
