// library: mariadb
#include <mysql.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ticketing {

struct Endpoint {
    std::string host, user, password, schema;
    unsigned port = 3306;
    unsigned timeout = 5;
};

struct CloseMy {
    void operator()(MYSQL* m) const noexcept { mysql_close(m); }
};
struct FreeRes {
    void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); }
};
using My = std::unique_ptr<MYSQL, CloseMy>;
using Res = std::unique_ptr<MYSQL_RES, FreeRes>;

static void oops(const char* where, MYSQL* m) noexcept {
    std::fprintf(stderr, "%s: %s\n", where, mysql_error(m));
}

static bool send(MYSQL* m, const std::string& sql) {
    if (mysql_real_query(m, sql.data(), sql.size()) == 0)
        return true;
    oops(sql.c_str(), m);
    return false;
}

My attach(const Endpoint& e) {
    My m(mysql_init(nullptr));
    if (!m)
        return m;
    mysql_options(m.get(), MYSQL_OPT_CONNECT_TIMEOUT, &e.timeout);
    if (!mysql_real_connect(m.get(), e.host.c_str(), e.user.c_str(), e.password.c_str(), e.schema.c_str(), e.port,
                            nullptr, 0)) {
        oops("connect", m.get());
        m.reset();
    }
    return m;
}

bool probe(const Endpoint& e) {
    MYSQL* m = mysql_init(nullptr);  // expect: session-leak
    if (m == nullptr)
        return false;
    if (!mysql_real_connect(m, e.host.c_str(), e.user.c_str(), e.password.c_str(), nullptr, e.port, nullptr, 0)) {
        oops("probe", m);
        return false;
    }
    const bool up = mysql_ping(m) == 0;
    mysql_close(m);
    return up;
}

unsigned long server_version(const Endpoint& e) {
    MYSQL* m = mysql_init(nullptr);  // expect: session-raw-construction
    unsigned long v = 0;
    if (mysql_real_connect(m, e.host.c_str(), e.user.c_str(), e.password.c_str(), nullptr, e.port, nullptr, 0))
        v = mysql_get_server_version(m);
    else
        oops("version", m);
    mysql_close(m);
    return v;
}

bool sell(MYSQL* m, int show, int seats) {
    if (mysql_autocommit(m, 0) != 0)
        return false;
    bool ok = send(m, "UPDATE shows SET free = free - " + std::to_string(seats) + " WHERE id = " + std::to_string(show));
    ok = ok && mysql_affected_rows(m) == 1;
    ok = ok && send(m, "INSERT INTO sale(show_id, seats) VALUES(" + std::to_string(show) + "," + std::to_string(seats) + ")");
    if (!ok || mysql_commit(m) != 0) {
        mysql_rollback(m);
        ok = false;
    }
    mysql_autocommit(m, 1);
    return ok;
}

bool refund(MYSQL* m, int sale) {
    const std::string id = std::to_string(sale);
    if (!send(m, "START TRANSACTION"))  // expect: session-unfinished-transaction
        return false;
    if (!send(m, "UPDATE sale SET refunded = 1 WHERE refunded = 0 AND id = " + id)) {
        mysql_rollback(m);
        return false;
    }
    switch (mysql_affected_rows(m)) {
    case 0:
        std::fprintf(stderr, "sale %d already refunded\n", sale);
        return true;
    case 1:
        break;
    default:
        mysql_rollback(m);
        return false;
    }
    if (!send(m, "INSERT INTO refund(sale) VALUES(" + id + ")") || mysql_commit(m) != 0) {
        mysql_rollback(m);
        return false;
    }
    return true;
}

std::vector<std::string> venues(MYSQL* m) {
    std::vector<std::string> out;
    if (!send(m, "SELECT name FROM venue"))
        return out;
    const Res r(mysql_store_result(m));
    if (!r)
        return out;
    while (MYSQL_ROW row = mysql_fetch_row(r.get()))
        if (row[0] != nullptr)
            out.emplace_back(row[0]);
    return out;
}

int free_seats(MYSQL* m, int show) {
    if (!send(m, "SELECT free FROM shows WHERE id = " + std::to_string(show)))
        return -1;
    MYSQL_RES* r = mysql_store_result(m);  // expect: session-leak
    if (r == nullptr)
        return -1;
    MYSQL_ROW row = mysql_fetch_row(r);
    if (row == nullptr || row[0] == nullptr)
        return -1;
    const int n = std::atoi(row[0]);
    mysql_free_result(r);
    return n;
}

std::string show_title(MYSQL* m, int show) {
    MYSQL_ROW row = nullptr;
    if (send(m, "SELECT title FROM shows WHERE id = " + std::to_string(show))) {
        const Res r(mysql_store_result(m));
        if (r)
            row = mysql_fetch_row(r.get());
    }
    return row ? row[0] : "";  // expect: session-use-after-scope
}

class Work {
public:
    explicit Work(MYSQL* m) : m_(m) {
        if (mysql_query(m_, "START TRANSACTION") != 0)
            throw std::runtime_error(mysql_error(m_));
    }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;
    ~Work() {
        if (m_)
            mysql_rollback(m_);
    }
    void commit() {
        if (mysql_commit(m_) != 0)
            throw std::runtime_error(mysql_error(m_));
        m_ = nullptr;
    }

private:
    MYSQL* m_;
};

bool upgrade_seat(MYSQL* m, int ticket, const std::string& to) {
    Work w(m);
    if (!send(m, "UPDATE ticket SET class = '" + to + "' WHERE id = " + std::to_string(ticket)))
        return false;
    if (mysql_affected_rows(m) != 1)
        throw std::out_of_range("ticket");
    if (!send(m, "INSERT INTO upgrade(ticket) VALUES(" + std::to_string(ticket) + ")"))
        return false;
    w.commit();
    return true;
}

void swap_seats(MYSQL* m, int a, int b) {
    Work w(m);
    send(m, "UPDATE ticket SET seat = -1 WHERE id = " + std::to_string(a));
    {
        Work inner(m);  // expect: session-nested-begin
        send(m, "UPDATE ticket SET seat = -2 WHERE id = " + std::to_string(b));
        inner.commit();
    }
    w.commit();
}

bool blacklist(MYSQL* m, const std::vector<int>& customers) {
    Work w(m);  // expect: session-unfinished-transaction
    bool all = true;
    for (int c : customers) {
        if (!send(m, "INSERT INTO blacklist(customer) VALUES(" + std::to_string(c) + ")")) {
            all = false;
            continue;
        }
        send(m, "DELETE FROM basket WHERE customer = " + std::to_string(c));
    }
    return all;
}

void reprice(MYSQL* m, const std::function<double(int)>& price, const std::vector<int>& shows) {
    Work w(m);
    try {
        for (int s : shows) {
            send(m, "UPDATE shows SET stale = 1 WHERE id = " + std::to_string(s));
            const double p = price(s);
            if (!send(m, "UPDATE shows SET stale = 0, price = " + std::to_string(p) + " WHERE id = " + std::to_string(s)))
                throw std::runtime_error("reprice");
        }
    } catch (const std::exception& e) {  // expect: session-swallow-and-commit
        std::fprintf(stderr, "repricing stopped: %s\n", e.what());
    }
    w.commit();
}

int expire_holds(MYSQL* m) {
    int total = 0;
    for (;;) {
        if (!send(m, "BEGIN"))
            return total;
        if (!send(m, "DELETE FROM hold WHERE expires < NOW() LIMIT 500")) {
            mysql_rollback(m);
            return total;
        }
        const auto n = static_cast<int>(mysql_affected_rows(m));
        if (mysql_commit(m) != 0) {
            mysql_rollback(m);
            return total;
        }
        total += n;
        if (n < 500)
            return total;
    }
}

void finish_show(MYSQL* m, int show) {
    const std::string id = std::to_string(show);
    {
        Work w(m);
        if (send(m, "UPDATE shows SET over = 1 WHERE id = " + id))
            w.commit();
    }
    Work w(m);
    if (!send(m, "INSERT INTO settlement(show_id) VALUES(" + id + ")"))
        return;
    w.commit();  // expect: session-multiple-commits
}

bool checkpoint(MYSQL* m) {
    if (!send(m, "SAVEPOINT before_fees"))
        return false;
    if (!send(m, "UPDATE sale SET fee = price * 0.05 WHERE fee IS NULL"))
        return send(m, "ROLLBACK TO SAVEPOINT before_fees") && false;
    return send(m, "RELEASE SAVEPOINT before_fees");
}

bool gift(const Endpoint& e, int from, int to, int cents) {
    My a = attach(e);
    My b = attach(e);  // expect: session-split-unit-of-work
    if (!a || !b)
        return false;
    if (!send(a.get(), "UPDATE credit SET cents = cents - " + std::to_string(cents) + " WHERE customer = " + std::to_string(from)))
        return false;
    return send(b.get(), "UPDATE credit SET cents = cents + " + std::to_string(cents) + " WHERE customer = " + std::to_string(to));
}

bool replicate(const Endpoint& primary, const Endpoint& reporting) {
    My src = attach(primary);
    My dst = attach(reporting);
    if (!src || !dst || !send(src.get(), "SELECT id FROM sale WHERE exported = 0"))
        return false;
    const Res r(mysql_use_result(src.get()));
    if (!r)
        return false;
    Work w(dst.get());
    while (MYSQL_ROW row = mysql_fetch_row(r.get()))
        if (!send(dst.get(), std::string("INSERT INTO fact(sale) VALUES(") + row[0] + ")"))
            return false;
    if (mysql_errno(src.get()) != 0)
        return false;
    w.commit();
    return true;
}

bool insert_customer(MYSQL* m, const std::string& name) {
    struct StmtClose {
        void operator()(MYSQL_STMT* s) const noexcept { mysql_stmt_close(s); }
    };
    static constexpr char sql[] = "INSERT INTO customer(name) VALUES(?)";
    const std::unique_ptr<MYSQL_STMT, StmtClose> st(mysql_stmt_init(m));
    if (!st || mysql_stmt_prepare(st.get(), sql, sizeof sql - 1) != 0)
        return false;
    MYSQL_BIND bind{};
    unsigned long len = name.size();
    bind.buffer_type = MYSQL_TYPE_STRING;
    bind.buffer = const_cast<char*>(name.data());
    bind.buffer_length = len;
    bind.length = &len;
    return mysql_stmt_bind_param(st.get(), &bind) == 0 && mysql_stmt_execute(st.get()) == 0;
}

bool rename_venue(MYSQL* m, int venue, const std::string& quoted) {
    MYSQL_STMT* st = mysql_stmt_init(m);  // expect: session-leak
    const std::string sql = "UPDATE venue SET name = " + quoted + " WHERE id = " + std::to_string(venue);
    if (mysql_stmt_prepare(st, sql.data(), sql.size()) != 0) {
        std::fprintf(stderr, "%s\n", mysql_stmt_error(st));
        return false;
    }
    const bool ok = mysql_stmt_execute(st) == 0;
    mysql_stmt_close(st);
    return ok;
}

void sales_in_background(const Endpoint& e) {
    My m = attach(e);
    if (!m)
        return;
    auto rebuild = [](MYSQL* h) {
        mysql_thread_init();
        send(h, "CALL rebuild_sales()");
        mysql_thread_end();
    };
    std::thread t(rebuild, m.get());  // expect: session-shared-across-threads
    send(m.get(), "UPDATE job SET started = NOW() WHERE name = 'sales'");
    t.join();
}

void hold_cleanup(const Endpoint& e) {
    std::thread([e] {
        mysql_thread_init();
        if (My own = attach(e))
            expire_holds(own.get());
        mysql_thread_end();
    }).detach();
}

bool void_sale(MYSQL* m, int sale) {
    const std::string id = std::to_string(sale);
    if (!send(m, "BEGIN"))
        return false;
    const bool ok = send(m, "DELETE FROM sale WHERE id = " + id) && send(m, "DELETE FROM ticket WHERE sale = " + id);
    if (ok && mysql_commit(m) == 0)
        return true;
    oops("void_sale", m);
    mysql_rollback(m);
    return false;
}

std::vector<int> take_ids(MYSQL_RES* r) {
    std::vector<int> ids;
    const auto n = mysql_num_rows(r);
    if (n == 0) {
        std::fprintf(stderr, "empty result\n");
        mysql_free_result(r);
    }
    for (my_ulonglong i = 0; i < n; ++i) {
        MYSQL_ROW row = mysql_fetch_row(r);  /* wrong */  // expect: session-use-after-scope
        ids.push_back(row[0] ? std::atoi(row[0]) : 0);
    }
    mysql_free_result(r);  // expect: session-double-end
    return ids;
}

}  // namespace ticketing
