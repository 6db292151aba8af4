// library: libpqxx
// Order backend on libpqxx.
#include <pqxx/pqxx>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

void logWarn(const char* what) noexcept;
struct Order { int id; std::string customer; int cents; };

class OrderStore {
public:
    explicit OrderStore(pqxx::connection& conn) : conn_(conn) {}

    int create(const std::string& customer, const std::vector<int>& items) {
        pqxx::work tx(conn_);
        const pqxx::result r = tx.exec_params("INSERT INTO orders(customer) VALUES ($1) RETURNING id", customer);
        const int id = r[0][0].as<int>();
        for (int item : items)
            tx.exec_params("INSERT INTO order_item(order_id, item) VALUES ($1, $2)", id, item);
        tx.commit();
        return id;
    }

    void markPaid(int id) {
        pqxx::work tx(conn_);  // expect: session-unfinished-transaction
        tx.exec_params("UPDATE orders SET paid = true WHERE id = $1", id);
        tx.exec_params("INSERT INTO payment(order_id) VALUES ($1)", id);
    }

    bool markShipped(int id) {
        pqxx::work tx(conn_);
        const auto r = tx.exec_params("UPDATE orders SET shipped = true WHERE id = $1 AND paid", id);
        if (r.affected_rows() != 1) {
            tx.abort();
            return false;
        }
        tx.commit();
        return true;
    }

    std::vector<Order> open() {
        pqxx::read_transaction tx(conn_);
        std::vector<Order> out;
        for (const auto& row : tx.exec("SELECT id, customer, cents FROM orders WHERE NOT paid"))
            out.push_back({row[0].as<int>(), row[1].as<std::string>(), row[2].as<int>()});
        return out;                        // read only: nothing to commit
    }

    std::string newestCustomer() {
        pqxx::work tx(conn_);
        const pqxx::result r = tx.exec("SELECT customer FROM orders ORDER BY id DESC LIMIT 1");
        tx.commit();
        return r.empty() ? std::string() : r[0][0].as<std::string>();   // results outlive transactions
    }

    int recount() {
        pqxx::work tx(conn_);
        tx.exec("UPDATE stats SET orders = (SELECT count(*) FROM orders)");
        tx.commit();
        return tx.exec("SELECT orders FROM stats")[0][0].as<int>();  // expect: session-use-after-scope
    }

    void purgeTwice(int days) {
        pqxx::work tx(conn_);
        tx.exec_params("DELETE FROM orders WHERE age > $1", days);
        tx.commit();
        if (days > 365) logWarn("purged more than a year");
        tx.commit();  // expect: session-double-end
    }

private:
    pqxx::connection& conn_;
};

int getOrCreateTag(pqxx::work& tx, const std::string& name) {
    try {
        pqxx::subtransaction sp(tx, "tag");
        sp.exec_params("INSERT INTO tag(name) VALUES ($1)", name);
        sp.commit();
    } catch (const pqxx::unique_violation&) {
        logWarn("tag exists");
    }
    return tx.exec_params("SELECT id FROM tag WHERE name = $1", name)[0][0].as<int>();
}

void tagOrder(pqxx::connection& c, int order, const std::vector<std::string>& tags) {
    pqxx::work tx(c);
    for (const auto& t : tags) {
        const int id = getOrCreateTag(tx, t);
        tx.exec_params("INSERT INTO order_tag VALUES ($1, $2)", order, id);
    }
    tx.commit();
}

void importRows(pqxx::connection& c, const std::vector<std::string>& lines) {
    pqxx::work tx(c);
    int bad = 0;
    for (const auto& line : lines) {
        try {
            tx.exec_params("INSERT INTO staging(line) VALUES ($1)", line);
        } catch (const pqxx::sql_error& e) {  // expect: session-swallow-and-commit
            ++bad;
            logWarn(e.what());
        }
    }
    tx.exec_params("INSERT INTO import_log(bad) VALUES ($1)", bad);
    tx.commit();
}

int importRowsSafely(pqxx::connection& c, const std::vector<std::string>& lines) {
    int bad = 0;
    for (const auto& line : lines) {
        try {
            pqxx::work tx(c);
            tx.exec_params("INSERT INTO staging(line) VALUES ($1)", line);
            tx.commit();
        } catch (const pqxx::sql_error& e) {
            ++bad;
            logWarn(e.what());
        }
    }
    return bad;
}

void auditWhileOpen(pqxx::connection& c, int id) {
    pqxx::work tx(c);
    tx.exec_params("UPDATE orders SET audited = true WHERE id = $1", id);
    pqxx::work audit(c);  // expect: session-nested-begin
    audit.exec_params("INSERT INTO audit VALUES ($1)", id);
    audit.commit();
    tx.commit();
}

void auditBefore(pqxx::connection& c, int id) {
    bool known = false;
    {
        pqxx::work look(c);
        known = !look.exec_params("SELECT 1 FROM audit WHERE id = $1", id).empty();
    }
    if (known) return;
    pqxx::work tx(c);
    tx.exec_params("INSERT INTO audit VALUES ($1)", id);
    tx.commit();
}

void vacuum(pqxx::connection& c) {
    pqxx::nontransaction n(c);
    n.exec("VACUUM ANALYZE");
}

void bookTransfer(pqxx::connection& c, int from, int to, int cents) {
    pqxx::work debit(c);
    debit.exec_params("UPDATE acc SET bal = bal - $1 WHERE id = $2", cents, from);
    debit.commit();
    {
        pqxx::work credit(c);
        credit.exec_params("UPDATE acc SET bal = bal + $1 WHERE id = $2", cents, to);
        credit.commit();  // expect: session-multiple-commits
    }
}

void resilientTransfer(pqxx::connection& c, int from, int to, int cents) {
    for (int attempt = 1; ; ++attempt) {
        try {
            pqxx::transaction<pqxx::serializable> tx(c);
            tx.exec_params("UPDATE acc SET bal = bal - $1 WHERE id = $2", cents, from);
            tx.exec_params("UPDATE acc SET bal = bal + $1 WHERE id = $2", cents, to);
            tx.commit();
            return;
        } catch (const pqxx::serialization_failure& e) {
            if (attempt >= 5) throw;
            logWarn(e.what());
            std::this_thread::sleep_for(std::chrono::milliseconds(5 * attempt));
        }
    }
}

std::string leakyPing(const std::string& dsn) {
    auto* c = new pqxx::connection(dsn);  // expect: session-leak
    pqxx::nontransaction n(*c);
    const auto r = n.exec("SELECT version()");
    return r[0][0].as<std::string>();
}

std::unique_ptr<pqxx::connection> openConnection(const std::string& dsn, bool readOnly) {
    auto c = std::make_unique<pqxx::connection>(dsn);
    pqxx::nontransaction n(*c);
    n.exec("SET TIME ZONE 'UTC'");
    if (readOnly) n.exec("SET default_transaction_read_only = on");
    return c;
}

void backgroundRefresh(pqxx::connection& c) {
    std::thread t([&c] {  // expect: session-shared-across-threads
        pqxx::work tx(c);
        tx.exec("REFRESH MATERIALIZED VIEW totals");
        tx.commit();
    });
    t.detach();
    pqxx::work tx(c);
    tx.exec("UPDATE job SET refreshed = now()");
    tx.commit();
}

void backgroundOwn(const std::string& dsn) {
    std::thread([dsn] {
        try {
            pqxx::connection own(dsn);
            pqxx::work tx(own);
            tx.exec("REFRESH MATERIALIZED VIEW totals");
            tx.commit();
        } catch (const std::exception& e) {
            logWarn(e.what());
        }
    }).detach();
}

void touchTemporary(pqxx::connection& c) {
    pqxx::work{c}.exec("UPDATE heartbeat SET t = now()");  // expect: session-temporary-guard
    logWarn("heartbeat sent");
}

int readTemporary(pqxx::connection& c) {
    return pqxx::work{c}.exec("SELECT count(*) FROM heartbeat")[0][0].as<int>();   // a read: nothing is lost
}
