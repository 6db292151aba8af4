// library: mysqlcppconn
// Billing on MySQL Connector/C++ (JDBC style).
#include <mysql_connection.h>
#include <mysql_driver.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

void logError(const std::string& s) noexcept;
struct Config { std::string host, user, password, schema; };

using ConnectionPtr = std::unique_ptr<sql::Connection>;
using StatementPtr = std::unique_ptr<sql::Statement>;
using PreparedPtr = std::unique_ptr<sql::PreparedStatement>;
using ResultPtr = std::unique_ptr<sql::ResultSet>;

// --- connections ------------------------------------------------------------

ConnectionPtr open(const Config& c) {
    sql::Driver* driver = get_driver_instance();
    ConnectionPtr con(driver->connect(c.host, c.user, c.password));
    con->setSchema(c.schema);
    return con;
}

int countWithRaw(const Config& c) {
    sql::Connection* con = get_driver_instance()->connect(c.host, c.user, c.password);  // expect: session-leak
    con->setSchema(c.schema);
    StatementPtr st(con->createStatement());
    ResultPtr rs(st->executeQuery("SELECT COUNT(*) FROM invoice"));
    const int n = rs->next() ? rs->getInt(1) : 0;
    rs.reset();
    st.reset();
    delete con;                             // not reached when a query throws
    return n;
}

int countWithCatch(const Config& c) {
    sql::Connection* con = nullptr;
    int n = -1;
    try {
        con = get_driver_instance()->connect(c.host, c.user, c.password);  // expect: session-raw-construction
        StatementPtr st(con->createStatement());
        ResultPtr rs(st->executeQuery("SELECT COUNT(*) FROM billing.invoice"));
        if (rs->next()) n = rs->getInt(1);
    } catch (const sql::SQLException& e) {
        logError(e.what());
    } catch (...) {
        logError("unknown");
    }
    delete con;
    return n;
}

bool reachable(const Config& c) {
    try {
        ConnectionPtr con = open(c);
        const bool ok = con->isValid();
        con->close();
        return ok;
    } catch (const sql::SQLException& e) {
        logError(e.what());
        return false;
    }
}

int usedAfterClose(const Config& c) {
    ConnectionPtr con = open(c);
    int one = 0;
    {
        StatementPtr st(con->createStatement());
        ResultPtr rs(st->executeQuery("SELECT 1"));
        if (rs->next()) one = rs->getInt(1);
    }
    con->close();
    StatementPtr second(con->createStatement());  // expect: session-use-after-scope
    return one;
}

int danglingConnection(const Config& c) {
    sql::Connection* con = open(c).get();
    StatementPtr st(con->createStatement());  // expect: session-use-after-scope
    ResultPtr rs(st->executeQuery("SELECT COUNT(*) FROM customer"));
    return rs->next() ? rs->getInt(1) : 0;
}

// --- repository ---------------------------------------------------------------

class InvoiceRepository {
public:
    explicit InvoiceRepository(sql::Connection& con) : con_(con) {}

    std::optional<std::string> customerOf(int invoice) {
        PreparedPtr st(con_.prepareStatement("SELECT customer FROM invoice WHERE id = ?"));
        st->setInt(1, invoice);
        ResultPtr rs(st->executeQuery());
        if (!rs->next()) return std::nullopt;
        return std::string(rs->getString(1).c_str());
    }

    std::vector<int> unpaid() {
        std::vector<int> ids;
        StatementPtr st(con_.createStatement());
        ResultPtr rs(st->executeQuery("SELECT id FROM invoice WHERE paid = 0"));
        while (rs->next()) ids.push_back(rs->getInt("id"));
        return ids;
    }

    int total(int customer) {
        sql::PreparedStatement* st = con_.prepareStatement("SELECT SUM(cents) FROM invoice WHERE customer = ?");  // expect: session-leak
        st->setInt(1, customer);
        ResultPtr rs(st->executeQuery());
        if (!rs->next()) return 0;
        return rs->getInt(1);
    }

    sql::ResultSet* allRows() {
        StatementPtr st(con_.createStatement());
        ResultPtr rs(st->executeQuery("SELECT * FROM invoice"));
        std::clog << rs->rowsCount() << " rows\n";
        return rs.get();  // expect: session-use-after-scope
    }

    void pay(int invoice) {
        con_.setAutoCommit(false);
        try {
            PreparedPtr st(con_.prepareStatement("UPDATE invoice SET paid = 1 WHERE id = ?"));
            st->setInt(1, invoice);
            st->executeUpdate();
            PreparedPtr ledger(con_.prepareStatement("INSERT INTO ledger VALUES(?)"));
            ledger->setInt(1, invoice);
            ledger->executeUpdate();
            con_.commit();
        } catch (...) {
            con_.rollback();
            con_.setAutoCommit(true);
            throw;
        }
        con_.setAutoCommit(true);
    }

    bool refund(int invoice) {
        try {
            StatementPtr begin(con_.createStatement());
            begin->execute("START TRANSACTION");
            PreparedPtr st(con_.prepareStatement("UPDATE invoice SET refunded = 1 WHERE id = ?"));
            st->setInt(1, invoice);
            st->executeUpdate();
            con_.commit();
            return true;
        } catch (const sql::SQLException& e) {  // expect: session-missing-rollback
            logError(e.what());
            return false;
        }
    }

    bool writeOff(int invoice) {
        StatementPtr st(con_.createStatement());
        st->execute("START TRANSACTION");  // expect: session-unfinished-transaction
        try {
            PreparedPtr up(con_.prepareStatement("UPDATE invoice SET lost = 1 WHERE id = ? AND paid = 0"));
            up->setInt(1, invoice);
            if (up->executeUpdate() == 0) return false;
            con_.commit();
            return true;
        } catch (...) {
            con_.rollback();
            throw;
        }
    }

    bool writeOffChecked(int invoice) {
        StatementPtr st(con_.createStatement());
        st->execute("START TRANSACTION");
        try {
            PreparedPtr up(con_.prepareStatement("UPDATE invoice SET lost = 1 WHERE id = ? AND paid = 0"));
            up->setInt(1, invoice);
            const bool hit = up->executeUpdate() > 0;
            if (hit) con_.commit(); else con_.rollback();
            return hit;
        } catch (...) {
            con_.rollback();
            throw;
        }
    }

private:
    sql::Connection& con_;
};

// --- jobs ---------------------------------------------------------------------

class AutoCommitOff {
public:
    explicit AutoCommitOff(sql::Connection& con) : con_(con) { con_.setAutoCommit(false); }
    ~AutoCommitOff() {
        try {
            if (!done_) con_.rollback();
            con_.setAutoCommit(true);
        } catch (const sql::SQLException& e) {
            logError(e.what());
        }
    }
    AutoCommitOff(const AutoCommitOff&) = delete;
    AutoCommitOff& operator=(const AutoCommitOff&) = delete;
    void commit() { con_.commit(); done_ = true; }

private:
    sql::Connection& con_;
    bool done_ = false;
};

void monthlyRun(sql::Connection& con, const std::vector<int>& customers) {
    AutoCommitOff tx(con);
    PreparedPtr st(con.prepareStatement("INSERT INTO invoice(customer) VALUES(?)"));
    for (int c : customers) {
        st->setInt(1, c);
        st->executeUpdate();
    }
    tx.commit();
}

void chunkedRun(sql::Connection& con, const std::vector<int>& customers) {
    for (int c : customers) {
        AutoCommitOff tx(con);
        PreparedPtr st(con.prepareStatement("CALL bill(?)"));
        st->setInt(1, c);
        st->execute();
        tx.commit();
    }
}

void lenientRun(sql::Connection& con, const std::vector<int>& customers) {
    AutoCommitOff tx(con);
    PreparedPtr st(con.prepareStatement("INSERT INTO invoice(customer) VALUES(?)"));
    PreparedPtr note(con.prepareStatement("INSERT INTO billed(customer) VALUES(?)"));
    for (int c : customers) {
        try {
            st->setInt(1, c);
            st->executeUpdate();
            note->setInt(1, c);
            note->executeUpdate();
        } catch (const sql::SQLException& e) {  // expect: session-swallow-and-commit
            logError(e.what());
        }
    }
    tx.commit();
}

void savepointRun(sql::Connection& con, const std::vector<int>& customers) {
    AutoCommitOff tx(con);
    PreparedPtr st(con.prepareStatement("INSERT INTO invoice(customer) VALUES(?)"));
    for (int c : customers) {
        std::unique_ptr<sql::Savepoint> sp(con.setSavepoint("one"));
        try {
            st->setInt(1, c);
            st->executeUpdate();
            con.releaseSavepoint(sp.get());
        } catch (const sql::SQLException& e) {
            logError(e.what());
            con.rollback(sp.get());         // only this customer is undone, on purpose
        }
    }
    tx.commit();
}

void closeTwice(const Config& c) {
    sql::Connection* con = get_driver_instance()->connect(c.host, c.user, c.password);
    try {
        StatementPtr st(con->createStatement());
        st->execute("FLUSH LOGS");
    } catch (const sql::SQLException& e) {
        logError(e.what());
        delete con;
    }
    delete con;  // expect: session-double-end
}
