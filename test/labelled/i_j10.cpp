// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/metadata.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_connection.h>
#include <mysql_driver.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace payroll {

struct Endpoint { std::string host; std::string user; std::string pass; };
struct Employee { int id = 0; std::string name; double salary = 0; };
struct RunOptions { int month = 1; int retries = 3; bool preview = false; };

void say(const std::string& s) { std::cout << s << std::endl; }

class Unit {
public:
    explicit Unit(sql::Connection& c) : c_(c) {
        std::unique_ptr<sql::Statement> st(c_.createStatement());
        st->execute("START TRANSACTION");
    }
    Unit(const Unit&) = delete;
    Unit& operator=(const Unit&) = delete;
    ~Unit() {
        if (finished_)
            return;
        try {
            c_.rollback();
        } catch (const sql::SQLException& e) {
            std::cerr << "unit: " << e.what() << '\n';
        }
    }
    void keep() {
        c_.commit();
        finished_ = true;
    }

private:
    sql::Connection& c_;
    bool finished_ = false;
};

int update(sql::Connection& c, const std::string& text, int a, int b) {
    std::unique_ptr<sql::PreparedStatement> ps(c.prepareStatement(text));
    ps->setInt(1, a);
    ps->setInt(2, b);
    return ps->executeUpdate();
}

std::vector<Employee> loadEmployees(sql::Connection& c, int department) {
    std::vector<Employee> out;
    std::unique_ptr<sql::PreparedStatement> ps(c.prepareStatement("SELECT id, name, salary FROM employee WHERE department = ?"));
    ps->setInt(1, department);
    std::unique_ptr<sql::ResultSet> rs(ps->executeQuery());
    while (rs->next())
        out.push_back({rs->getInt("id"), rs->getString("name"), static_cast<double>(rs->getDouble("salary"))});
    return out;
}

bool payDepartment(sql::Connection& c, int department, const RunOptions& opt) {
    Unit unit(c);
    for (const Employee& e : loadEmployees(c, department)) {
        if (e.salary <= 0) {
            say("no salary for " + e.name);
            return false;
        }
        std::unique_ptr<sql::PreparedStatement> ps(c.prepareStatement("INSERT INTO payment(employee, month, amount) VALUES (?, ?, ?)"));
        ps->setInt(1, e.id);
        ps->setInt(2, opt.month);
        ps->setDouble(3, e.salary);
        ps->executeUpdate();
    }
    if (opt.preview)
        return true;
    update(c, "UPDATE department SET paid_month = ? WHERE id = ?", opt.month, department);
    unit.keep();
    return true;
}

void payAll(sql::Connection& c, const std::vector<int>& departments, const RunOptions& opt) {
    for (int d : departments) {
        for (int attempt = 1;; ++attempt) {
            try {
                payDepartment(c, d, opt);
                break;
            } catch (const sql::SQLException& e) {
                const bool deadlock = e.getErrorCode() == 1213;
                if (!deadlock || attempt >= opt.retries)
                    throw;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(100 * attempt));
        }
    }
}

void raise(sql::Connection& c, int employee, int percent) {
    Unit{c};  // expect: session-temporary-guard
    if (update(c, "UPDATE employee SET salary = salary * (100 + ?) / 100 WHERE id = ?", percent, employee) != 1)
        throw std::runtime_error("employee not found");
    update(c, "INSERT INTO raise_log(percent, employee) VALUES (?, ?)", percent, employee);
}

void promote(sql::Connection& c, int employee, int grade) {
    Unit outer(c);
    update(c, "UPDATE employee SET grade = ? WHERE id = ?", grade, employee);
    if (grade > 7) {
        std::unique_ptr<sql::Statement> st(c.createStatement());
        st->execute("START TRANSACTION");  // expect: session-nested-begin
        st->executeUpdate("INSERT INTO board_notice(kind) VALUES ('promotion')");
    }
    update(c, "INSERT INTO promotion(grade, employee) VALUES (?, ?)", grade, employee);
    outer.keep();
}

class PayrollDb {
public:
    explicit PayrollDb(Endpoint ep) : ep_(std::move(ep)) { reconnect(); }
    PayrollDb(const PayrollDb&) = delete;
    PayrollDb& operator=(const PayrollDb&) = delete;

    void reconnect() {
        con_.reset(sql::mysql::get_mysql_driver_instance()->connect(ep_.host, ep_.user, ep_.pass));
        con_->setSchema("payroll");
    }

    bool hire(const Employee& e) {
        con_->setAutoCommit(false);  // expect: session-unfinished-transaction
        try {
            std::unique_ptr<sql::PreparedStatement> ps(con_->prepareStatement("INSERT INTO employee(id, name, salary) VALUES (?, ?, ?)"));
            ps->setInt(1, e.id);
            ps->setString(2, e.name);
            ps->setDouble(3, e.salary);
            ps->executeUpdate();
            if (update(*con_, "UPDATE headcount SET n = n + ? WHERE year = ?", 1, 2024) == 0)
                return false;
            con_->commit();
            con_->setAutoCommit(true);
        } catch (const sql::SQLException&) {
            con_->rollback();
            con_->setAutoCommit(true);
            throw;
        }
        return true;
    }

    int fireAll(const std::vector<int>& ids) {
        int gone = 0;
        con_->setAutoCommit(false);
        try {
            for (int id : ids) {
                std::unique_ptr<sql::Savepoint> sp(con_->setSavepoint("one"));
                try {
                    gone += update(*con_, "DELETE FROM employee WHERE id = ? AND locked = ?", id, 0);
                    update(*con_, "INSERT INTO fired(id, reason) VALUES (?, ?)", id, 1);
                    con_->releaseSavepoint(sp.get());
                } catch (const sql::SQLException& e) {
                    con_->rollback(sp.get());
                    std::cerr << id << ": " << e.what() << '\n';
                }
            }
            con_->commit();
        } catch (const sql::SQLException&) {
            con_->rollback();
            con_->setAutoCommit(true);
            throw;
        }
        con_->setAutoCommit(true);
        return gone;
    }

    void closeMonth(int month) {
        con_->setAutoCommit(false);
        try {
            update(*con_, "UPDATE payment SET closed = ? WHERE month = ?", 1, month);
            update(*con_, "INSERT INTO month_close(month, state) VALUES (?, ?)", month, 0);
            con_->commit();
            update(*con_, "INSERT INTO ledger(month, kind) VALUES (?, ?)", month, 2);
            update(*con_, "UPDATE month_close SET state = ? WHERE month = ?", 1, month);
            con_->commit();  // expect: session-multiple-commits
            con_->setAutoCommit(true);
        } catch (const sql::SQLException& e) {
            con_->rollback();
            con_->setAutoCommit(true);
            throw std::runtime_error(std::string("month not closed: ") + e.what());
        }
    }

    std::string serverVersion() {
        std::string version;
        {
            std::unique_ptr<sql::Statement> st(con_->createStatement());
            std::unique_ptr<sql::ResultSet> rs(st->executeQuery("SELECT version()"));
            if (rs->next())
                version = rs->getString(1).asStdString();
        }
        con_.reset();
        say("connection released");
        std::unique_ptr<sql::Statement> again(con_->createStatement());  // expect: session-use-after-scope
        again->executeUpdate("INSERT INTO version_log(v) VALUES ('" + version + "')");
        return version;
    }

    std::unique_ptr<sql::Connection> detach() {
        std::unique_ptr<sql::Connection> out = std::move(con_);
        reconnect();
        return out;
    }

private:
    Endpoint ep_;
    std::unique_ptr<sql::Connection> con_;
};

class Ledger {
public:
    explicit Ledger(sql::Connection& c) : c_(c) { c_.setAutoCommit(false); }
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;
    ~Ledger() {
        c_.commit();  // expect: session-commit-in-destructor
        c_.setAutoCommit(true);
    }
    void post(int account, int amount) {
        update(c_, "INSERT INTO posting(account, amount) VALUES (?, ?)", account, amount);
        update(c_, "UPDATE account SET balance = balance + ? WHERE id = ?", amount, account);
    }

private:
    sql::Connection& c_;
};

int importSheet(const Endpoint& ep, const std::string& file) {
    std::unique_ptr<sql::Connection> c(sql::mysql::get_mysql_driver_instance()->connect(ep.host, ep.user, ep.pass));
    c->setSchema("payroll");
    c->setAutoCommit(false);
    std::ifstream in(file);
    std::string line;
    int rows = 0;
    while (std::getline(in, line)) {
        std::istringstream fields(line);
        int id = 0;
        int hours = 0;
        if (!(fields >> id >> hours))
            return -1;
        rows += update(*c, "UPDATE timesheet SET hours = ? WHERE employee = ?", hours, id);
    }
    c->commit();
    return rows;
}

int rowCount(sql::Connection& c, const std::string& table) {
    sql::Statement* st = c.createStatement();
    sql::ResultSet* rs = nullptr;
    int n = 0;
    try {
        rs = st->executeQuery("SELECT count(*) FROM " + table);
        if (rs->next())
            n = rs->getInt(1);
    } catch (const sql::SQLException& e) {
        std::cerr << table << ": " << e.what() << '\n';
        delete rs;
        delete st;
        return -1;
    }
    delete rs;
    delete st;
    return n;
}

int maxId(sql::Connection& c, const std::string& table) {
    sql::Statement* st = c.createStatement();
    int n = 0;
    try {
        std::unique_ptr<sql::ResultSet> rs(st->executeQuery("SELECT coalesce(max(id), 0) FROM " + table));
        n = rs->next() ? rs->getInt(1) : 0;
    } catch (const sql::SQLException& e) {
        std::cerr << e.what() << '\n';
        delete st;
        n = -1;
    }
    delete st;  // expect: session-double-end
    return n;
}

sql::Connection* openFirst(const std::vector<Endpoint>& endpoints) {
    sql::Connection* found = nullptr;
    for (const Endpoint& ep : endpoints) {
        try {
            found = sql::mysql::get_mysql_driver_instance()->connect(ep.host, ep.user, ep.pass);  // expect: session-leak
            if (found->isValid() && !found->isReadOnly())
                return found;
            say("standby: " + ep.host);
        } catch (const sql::SQLException& e) {
            std::cerr << ep.host << ": " << e.what() << '\n';
        }
    }
    return nullptr;
}

class PaySlipPrinter {
public:
    PaySlipPrinter(Endpoint ep, int workers) {
        for (int i = 0; i < workers; ++i)
            threads_.emplace_back([this, ep] { print(ep); });
    }

    PaySlipPrinter(const PaySlipPrinter&) = delete;
    PaySlipPrinter& operator=(const PaySlipPrinter&) = delete;
    ~PaySlipPrinter() { stop(); }

    void stop() noexcept { stopped_ = true; }

private:
    void print(const Endpoint& ep) noexcept {
        try {
            std::unique_ptr<sql::Connection> own(sql::mysql::get_mysql_driver_instance()->connect(ep.host, ep.user, ep.pass));
            own->setSchema("payroll");
            while (!stopped_) {
                Unit unit(*own);
                const int n = update(*own, "UPDATE slip SET state = ? WHERE state = ? LIMIT 10", 2, 1);
                unit.keep();
                if (n == 0)
                    std::this_thread::sleep_for(std::chrono::milliseconds(250));
            }
        } catch (const sql::SQLException& e) {
            std::cerr << "printer: " << e.what() << '\n';
        }
        sql::mysql::get_mysql_driver_instance()->threadEnd();
    }

    std::atomic<bool> stopped_{false};
    std::vector<std::jthread> threads_;
};

void bonusRound(sql::Connection& c, const std::vector<int>& employees) {
    std::vector<std::jthread> threads;
    for (int e : employees)
        threads.emplace_back([&c, e] {  // expect: session-shared-across-threads
            update(c, "UPDATE employee SET bonus = bonus + ? WHERE id = ?", 100, e);
        });
}

void auditSalaries(sql::Connection& c, int limit) {
    Unit unit(c);
    try {
        update(c, "INSERT INTO audit(kind, threshold) VALUES (?, ?)", 7, limit);
        const auto staff = loadEmployees(c, limit);
        if (staff.empty())
            throw std::underflow_error("empty department");
        update(c, "UPDATE audit SET checked = ? WHERE threshold = ?", static_cast<int>(staff.size()), limit);
    } catch (const std::underflow_error& e) {  // expect: session-swallow-and-commit
        std::cerr << e.what() << '\n';
    } catch (const sql::SQLException& e) {
        throw std::runtime_error(e.what());
    }
    unit.keep();
}

}  // namespace payroll
