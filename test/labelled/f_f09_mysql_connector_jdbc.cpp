// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_connection.h>
#include <mysql_driver.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace insurance {

using ConnPtr = std::unique_ptr<sql::Connection>;
using StmtPtr = std::unique_ptr<sql::Statement>;
using PrepPtr = std::unique_ptr<sql::PreparedStatement>;
using RowsPtr = std::unique_ptr<sql::ResultSet>;

struct DbSettings {
    std::string url;
    std::string user;
    std::string password;
    std::string schema;
};

struct Claim {
    int id = 0;
    int policy = 0;
    double amount = 0;
};

void logWarn(const std::string& s) noexcept { std::fprintf(stderr, "WARN %s\n", s.c_str()); }

ConnPtr connect(const DbSettings& s) {
    ConnPtr con(sql::mysql::get_mysql_driver_instance()->connect(s.url, s.user, s.password));
    con->setSchema(s.schema);
    return con;
}

bool reachable(const DbSettings& s) {
    sql::Connection* con = sql::mysql::get_mysql_driver_instance()->connect(s.url, s.user, s.password);  // expect: session-leak
    con->setSchema(s.schema);
    const bool ok = con->isValid();
    delete con;
    return ok;
}

int policyCount(sql::Connection& con) {
    StmtPtr st(con.createStatement());
    RowsPtr rs(st->executeQuery("SELECT COUNT(*) FROM policy"));
    return rs->next() ? rs->getInt(1) : 0;
}

int claimCount(sql::Connection& con, int policy) {
    PrepPtr ps(con.prepareStatement("SELECT COUNT(*) FROM claim WHERE policy = ?"));
    ps->setInt(1, policy);
    sql::ResultSet* rs = ps->executeQuery();  // expect: session-leak
    if (!rs->next())
        return 0;
    const int n = rs->getInt(1);
    delete rs;
    return n;
}

class TxScope {
public:
    explicit TxScope(sql::Connection& c) : con_(c) { con_.setAutoCommit(false); }
    TxScope(const TxScope&) = delete;
    TxScope& operator=(const TxScope&) = delete;
    ~TxScope() {
        try {
            if (!done_)
                con_.rollback();
            con_.setAutoCommit(true);
        } catch (const sql::SQLException& e) {
            logWarn(e.what());
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

void fileClaim(sql::Connection& con, const Claim& c) {
    TxScope tx(con);
    PrepPtr ins(con.prepareStatement("INSERT INTO claim(policy, amount) VALUES(?, ?)"));
    ins->setInt(1, c.policy);
    ins->setDouble(2, c.amount);
    if (ins->executeUpdate() != 1)
        throw std::runtime_error("claim not stored");
    PrepPtr upd(con.prepareStatement("UPDATE policy SET claims = claims + 1 WHERE id = ?"));
    upd->setInt(1, c.policy);
    upd->executeUpdate();
    tx.commit();
}

void approveClaim(sql::Connection& con, int claim) {
    con.setAutoCommit(false);
    try {
        PrepPtr upd(con.prepareStatement("UPDATE claim SET state = 'approved' WHERE id = ?"));
        upd->setInt(1, claim);
        upd->executeUpdate();
        StmtPtr st(con.createStatement());
        st->execute("UPDATE totals SET approved = approved + 1");
        con.commit();
    } catch (const sql::SQLException&) {
        con.rollback();
        con.setAutoCommit(true);
        throw;
    }
    con.setAutoCommit(true);
}

bool rejectClaim(sql::Connection& con, int claim, const std::string& reason) {
    con.setAutoCommit(false);
    try {
        PrepPtr upd(con.prepareStatement("UPDATE claim SET state = 'rejected' WHERE id = ?"));
        upd->setInt(1, claim);
        upd->executeUpdate();
        PrepPtr why(con.prepareStatement("INSERT INTO rejection(claim, reason) VALUES(?, ?)"));
        why->setInt(1, claim);
        why->setString(2, reason);
        why->executeUpdate();
        con.commit();
    } catch (const sql::SQLException& e) {  // expect: session-missing-rollback
        logWarn("reject: " + std::to_string(e.getErrorCode()) + " " + e.getSQLState());
        return false;
    }
    con.setAutoCommit(true);
    return true;
}

bool renewPolicy(sql::Connection& con, int policy) {
    StmtPtr st(con.createStatement());
    st->execute("START TRANSACTION");  // expect: session-unfinished-transaction
    try {
        RowsPtr rs(st->executeQuery("SELECT blocked FROM policy WHERE id = " + std::to_string(policy) + " FOR UPDATE"));
        const bool blocked = rs->next() && rs->getBoolean(1);
        if (blocked) {
            logWarn("policy blocked");
            return false;
        }
        st->executeUpdate("UPDATE policy SET until = until + INTERVAL 1 YEAR WHERE id = " + std::to_string(policy));
        st->execute("COMMIT");
    } catch (const sql::SQLException& e) {
        st->execute("ROLLBACK");
        logWarn(e.what());
        return false;
    }
    return true;
}

std::optional<double> premium(sql::Connection& con, int policy) {
    TxScope snapshot(con);
    PrepPtr ps(con.prepareStatement("SELECT base, factor FROM premium WHERE policy = ?"));
    ps->setInt(1, policy);
    RowsPtr rs(ps->executeQuery());
    if (!rs->next())
        return std::nullopt;
    return static_cast<double>(rs->getDouble(1) * rs->getDouble(2));
}

void setFactor(sql::Connection& con, int policy, double factor) {
    TxScope tx(con);  // expect: session-unfinished-transaction
    PrepPtr ps(con.prepareStatement("UPDATE premium SET factor = ? WHERE policy = ?"));
    ps->setDouble(1, factor);
    ps->setInt(2, policy);
    if (ps->executeUpdate() == 0) {
        PrepPtr ins(con.prepareStatement("INSERT INTO premium(policy, factor) VALUES(?, ?)"));
        ins->setInt(1, policy);
        ins->setDouble(2, factor);
        ins->executeUpdate();
    }
}

void importClaims(sql::Connection& con, const std::vector<Claim>& in) {
    TxScope tx(con);
    PrepPtr ps(con.prepareStatement("INSERT INTO claim(id, policy, amount) VALUES(?, ?, ?)"));
    for (const Claim& c : in) {
        std::unique_ptr<sql::Savepoint> sp(con.setSavepoint("row"));
        try {
            ps->setInt(1, c.id);
            ps->setInt(2, c.policy);
            ps->setDouble(3, c.amount);
            ps->executeUpdate();
            con.releaseSavepoint(sp.get());
        } catch (const sql::SQLException& e) {
            con.rollback(sp.get());
            logWarn(e.what());
        }
    }
    tx.commit();
}

void importPolicies(sql::Connection& con, const std::vector<int>& ids) {
    TxScope tx(con);
    PrepPtr head(con.prepareStatement("INSERT INTO policy(id) VALUES(?)"));
    PrepPtr body(con.prepareStatement("INSERT INTO policy_terms(policy) VALUES(?)"));
    try {
        for (int id : ids) {
            head->setInt(1, id);
            head->executeUpdate();
            body->setInt(1, id);
            body->executeUpdate();
        }
    } catch (const sql::SQLException& e) {  // expect: session-swallow-and-commit
        logWarn(std::string("import stopped early: ") + e.what());
    }
    tx.commit();
}

void splitPolicy(sql::Connection& con, int policy, int into) {
    TxScope outer(con);
    {
        PrepPtr ps(con.prepareStatement("INSERT INTO policy(id) VALUES(?)"));
        ps->setInt(1, into);
        ps->executeUpdate();
    }
    StmtPtr st(con.createStatement());
    st->execute("START TRANSACTION");  // expect: session-nested-begin
    st->executeUpdate("UPDATE item SET policy = " + std::to_string(into) + " WHERE policy = " + std::to_string(policy));
    outer.commit();
}

void chargeCustomer(sql::Connection& con, int customer, double eur) {
    con.setAutoCommit(false);
    try {
        PrepPtr debit(con.prepareStatement("UPDATE account SET balance = balance - ? WHERE customer = ?"));
        debit->setDouble(1, eur);
        debit->setInt(2, customer);
        debit->executeUpdate();
        con.commit();
        PrepPtr receipt(con.prepareStatement("INSERT INTO receipt(customer, eur) VALUES(?, ?)"));
        receipt->setInt(1, customer);
        receipt->setDouble(2, eur);
        receipt->executeUpdate();
        con.commit();  // expect: session-multiple-commits
    } catch (...) {
        con.rollback();
        throw;
    }
}

void chargeAll(sql::Connection& con, const std::vector<std::pair<int, double>>& bills) {
    con.setAutoCommit(false);
    for (const auto& [customer, eur] : bills) {
        try {
            PrepPtr debit(con.prepareStatement("UPDATE account SET balance = balance - ? WHERE customer = ?"));
            debit->setDouble(1, eur);
            debit->setInt(2, customer);
            debit->executeUpdate();
            con.commit();
        } catch (const sql::SQLException& e) {
            con.rollback();
            logWarn(e.what());
        }
    }
    con.setAutoCommit(true);
}

std::string holderName(const DbSettings& s, int policy) {
    RowsPtr rs;
    {
        ConnPtr con = connect(s);
        PrepPtr ps(con->prepareStatement("SELECT holder FROM policy WHERE id = ?"));
        ps->setInt(1, policy);
        rs.reset(ps->executeQuery());
    }
    return rs->next() ? std::string(rs->getString(1)) : std::string();  // expect: session-use-after-scope
}

void anonymise(const DbSettings& s, int customer) {
    ConnPtr con = connect(s);
    {
        TxScope tx(*con);
        PrepPtr ps(con->prepareStatement("UPDATE customer SET name = '' WHERE id = ?"));
        ps->setInt(1, customer);
        ps->executeUpdate();
        tx.commit();
    }
    con->close();
    StmtPtr st(con->createStatement());  // expect: session-use-after-scope
    st->execute("INSERT INTO gdpr_log(at) VALUES(NOW())");
}

void transferPolicy(const DbSettings& s, int policy, int from, int to) {
    ConnPtr a = connect(s);
    TxScope leave(*a);
    PrepPtr del(a->prepareStatement("DELETE FROM portfolio WHERE policy = ? AND broker = ?"));
    del->setInt(1, policy);
    del->setInt(2, from);
    del->executeUpdate();
    ConnPtr b = connect(s);  // expect: session-split-unit-of-work
    TxScope join(*b);
    PrepPtr ins(b->prepareStatement("INSERT INTO portfolio(policy, broker) VALUES(?, ?)"));
    ins->setInt(1, policy);
    ins->setInt(2, to);
    ins->executeUpdate();
    leave.commit();
    join.commit();
}

void exportClaims(const DbSettings& live, const DbSettings& warehouse) {
    ConnPtr src = connect(live);
    ConnPtr dst = connect(warehouse);
    StmtPtr st(src->createStatement());
    RowsPtr rs(st->executeQuery("SELECT id, amount FROM claim"));
    TxScope tx(*dst);
    PrepPtr ins(dst->prepareStatement("INSERT INTO fact_claim(id, amount) VALUES(?, ?)"));
    while (rs->next()) {
        ins->setInt(1, rs->getInt(1));
        ins->setDouble(2, static_cast<double>(rs->getDouble(2)));
        ins->executeUpdate();
    }
    tx.commit();
}

void scoreRisks(const DbSettings& s, const std::vector<int>& policies) {
    std::thread worker([s, policies] {
        auto* driver = sql::mysql::get_mysql_driver_instance();
        driver->threadInit();
        try {
            ConnPtr own = connect(s);
            PrepPtr ps(own->prepareStatement("CALL score(?)"));
            for (int p : policies) {
                ps->setInt(1, p);
                ps->execute();
            }
        } catch (const sql::SQLException& e) {
            logWarn(e.what());
        }
        driver->threadEnd();
    });
    worker.detach();
}

void scoreShared(std::shared_ptr<sql::Connection> con, int policy) {
    std::thread([con, policy] {  // expect: session-shared-across-threads
        PrepPtr ps(con->prepareStatement("CALL score(?)"));
        ps->setInt(1, policy);
        ps->execute();
    }).detach();
    StmtPtr st(con->createStatement());
    st->execute("UPDATE job SET runs = runs + 1 WHERE name = 'score'");
}

bool tryDelete(sql::Connection& con, int policy) {
    con.setAutoCommit(false);
    bool removed = false;
    try {
        PrepPtr ps(con.prepareStatement("DELETE FROM policy WHERE id = ?"));
        ps->setInt(1, policy);
        removed = ps->executeUpdate() == 1;
        if (removed)
            con.commit();
        else
            con.rollback();
    } catch (const sql::SQLException& e) {
        logWarn(e.what());
        con.rollback();
        removed = false;
    }
    con.setAutoCommit(true);
    return removed;
}

class ClaimBatch {
public:
    explicit ClaimBatch(const DbSettings& s) : con_(connect(s)) { con_->setAutoCommit(false); }
    ClaimBatch(const ClaimBatch&) = delete;
    ClaimBatch& operator=(const ClaimBatch&) = delete;

    void add(const Claim& c) {
        if (!ins_)
            ins_.reset(con_->prepareStatement("INSERT INTO claim(policy, amount) VALUES(?, ?)"));
        ins_->setInt(1, c.policy);
        ins_->setDouble(2, c.amount);
        ins_->executeUpdate();
        ++n_;
    }

    std::size_t store() {
        if (n_ > 0)
            con_->commit();
        return std::exchange(n_, 0);
    }

    ~ClaimBatch() {
        try {
            if (n_ > 0)
                con_->rollback();
        } catch (const sql::SQLException& e) {
            logWarn(e.what());
        }
    }

private:
    ConnPtr con_;
    PrepPtr ins_;
    std::size_t n_ = 0;
};

}  // namespace insurance
