// library: mariadb
#include <mariadb/mysql.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace helpdesk {

struct sql_error : std::runtime_error {
    sql_error(unsigned code, const std::string& text) : std::runtime_error(text), number(code) {}
    bool deadlock() const noexcept { return number == 1213 || number == 1205; }
    unsigned number;
};

struct db_config {
    std::string host = "localhost";
    std::string user;
    std::string password;
    std::string schema;
    unsigned port = 3306;
};

class result_set {
public:
    explicit result_set(MYSQL_RES* raw) noexcept : raw_(raw, &mysql_free_result) {}
    bool next() noexcept {
        row_ = raw_ ? mysql_fetch_row(raw_.get()) : nullptr;
        return row_ != nullptr;
    }
    const char* get(unsigned column) const noexcept { return row_[column] ? row_[column] : ""; }
    long number(unsigned column) const noexcept { return std::atol(get(column)); }

private:
    std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> raw_;
    MYSQL_ROW row_ = nullptr;
};

class session {
public:
    explicit session(const db_config& config) : my_(mysql_init(nullptr), &mysql_close) {
        if (!mysql_real_connect(my_.get(), config.host.c_str(), config.user.c_str(), config.password.c_str(), config.schema.c_str(),
                                config.port, nullptr, 0)) {
            fail();
        }
    }

    void execute(const std::string& sql) {
        if (mysql_real_query(my_.get(), sql.data(), sql.size()) != 0) {
            fail();
        }
    }
    result_set query(const std::string& sql) {
        execute(sql);
        MYSQL_RES* rows = mysql_store_result(my_.get());
        if (rows == nullptr) {
            fail();
        }
        return result_set(rows);
    }
    long affected() const noexcept { return static_cast<long>(mysql_affected_rows(my_.get())); }
    long insert_id() const noexcept { return static_cast<long>(mysql_insert_id(my_.get())); }
    void start() { execute("START TRANSACTION"); }
    void commit() {
        if (mysql_commit(my_.get())) {
            fail();
        }
    }
    void rollback() noexcept { mysql_rollback(my_.get()); }
    bool alive() noexcept { return mysql_ping(my_.get()) == 0; }

private:
    [[noreturn]] void fail() { throw sql_error(mysql_errno(my_.get()), mysql_error(my_.get())); }
    std::unique_ptr<MYSQL, decltype(&mysql_close)> my_;
};

class scope {
public:
    explicit scope(session& s) : s_(&s) { s.start(); }
    scope(scope&& other) noexcept : s_(std::exchange(other.s_, nullptr)) {}
    scope(const scope&) = delete;
    ~scope() {
        if (s_) {
            s_->rollback();
        }
    }
    void commit() {
        s_->commit();
        s_ = nullptr;
    }

private:
    session* s_;
};

scope open_scope(session& s) {
    s.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
    return scope(s);
}

class session_holder {
public:
    explicit session_holder(db_config config) : config_(std::move(config)) {}

    session& get() {
        thread_local std::map<const session_holder*, std::unique_ptr<session>> sessions;
        std::unique_ptr<session>& mine = sessions[this];
        if (!mine || !mine->alive()) {
            mine = std::make_unique<session>(config_);
        }
        return *mine;
    }

private:
    db_config config_;
};

struct ticket {
    long id = 0;
    long owner = 0;
    int priority = 3;
    std::string subject;
};

std::string str(long value) { return std::to_string(value); }

void assign(session& s, long ticket_id, long agent) {
    scope tx = open_scope(s);
    s.execute("UPDATE ticket SET agent = " + str(agent) + " WHERE id = " + str(ticket_id));
    if (s.affected() == 0) {
        std::clog << "ticket " << ticket_id << " unchanged\n";
        return;
    }
    s.execute("INSERT INTO event(ticket, kind) VALUES(" + str(ticket_id) + ", 'assigned')");
    tx.commit();
}

void unassign(session& s, long ticket_id) {
    open_scope(s);  // expect: session-temporary-guard
    s.execute("UPDATE ticket SET agent = NULL WHERE id = " + str(ticket_id));
    s.execute("INSERT INTO event(ticket, kind) VALUES(" + str(ticket_id) + ", 'unassigned')");
}

void escalate(session& s, const std::vector<long>& tickets) {
    for (int attempt = 1;; ++attempt) {
        try {
            scope tx(s);
            for (long id : tickets) {
                s.execute("UPDATE ticket SET priority = priority - 1 WHERE priority > 1 AND id = " + str(id));
            }
            s.execute("INSERT INTO escalation(n) VALUES(" + str(static_cast<long>(tickets.size())) + ")");
            tx.commit();
            return;
        } catch (const sql_error& e) {
            if (!e.deadlock() || attempt == 5) {
                throw;
            }
            std::clog << "deadlock, attempt " << attempt << '\n';
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20 * attempt));
    }
}

bool close_ticket(session& s, long id, const std::string& code) {
    s.start();
    try {
        s.execute("UPDATE ticket SET state = 'closed', code = " + code + " WHERE id = " + str(id));
        s.execute("DELETE FROM reminder WHERE ticket = " + str(id));
        s.commit();
        return true;
    } catch (const sql_error& e) {
        s.rollback();
        if (e.deadlock()) {
            return false;
        }
        throw;
    }
}

bool reopen_ticket(session& s, long id) {
    s.start();
    try {
        s.execute("UPDATE ticket SET state = 'open' WHERE id = " + str(id));
        s.execute("INSERT INTO event(ticket, kind) VALUES(" + str(id) + ", 'reopened')");
        s.commit();
        return true;
    } catch (const sql_error& e) {  // expect: session-missing-rollback
        if (e.deadlock()) {
            s.rollback();
            return false;
        }
        std::clog << "reopen: " << e.what() << '\n';
    }
    return false;
}

long create_ticket(session& s, const ticket& t) {
    auto in_scope = [&s](const std::string& sql) {
        scope tx(s);
        s.execute(sql);
        const long id = s.insert_id();
        tx.commit();
        return id;
    };
    const long id = in_scope("INSERT INTO ticket(owner, priority) VALUES(" + str(t.owner) + "," + str(t.priority) + ")");
    if (t.priority == 1) {
        std::clog << "urgent: " << t.subject << '\n';
    }
    in_scope("INSERT INTO event(ticket, kind) VALUES(" + str(id) + ", 'created')");  // expect: session-multiple-commits
    return id;
}

long clone_ticket(session& s, long source, int copies) {
    scope tx(s);
    long last = 0;
    for (int i = 0; i < copies; ++i) {
        s.execute("INSERT INTO ticket(owner, priority) SELECT owner, priority FROM ticket WHERE id = " + str(source));
        last = s.insert_id();
        s.execute("INSERT INTO link(a, b) VALUES(" + str(source) + "," + str(last) + ")");
    }
    tx.commit();
    return last;
}

void merge_tickets(session& s, long keep, const std::vector<long>& others) {
    scope tx(s);
    s.execute("UPDATE ticket SET merged = 1 WHERE id = " + str(keep));
    for (long other : others) {
        if (other == keep) {
            continue;
        }
        s.start();  // expect: session-nested-begin
        s.execute("UPDATE event SET ticket = " + str(keep) + " WHERE ticket = " + str(other));
        s.execute("DELETE FROM ticket WHERE id = " + str(other));
    }
    tx.commit();
}

void split_ticket(session& s, long source, const std::vector<std::string>& parts) {
    scope tx(s);  // expect: session-unfinished-transaction
    for (const std::string& part : parts) {
        s.execute("INSERT INTO ticket(owner, subject) SELECT owner, '" + part + "' FROM ticket WHERE id = " + str(source));
        s.execute("INSERT INTO link(a, b) VALUES(" + str(source) + "," + str(s.insert_id()) + ")");
    }
    s.execute("UPDATE ticket SET state = 'split' WHERE id = " + str(source));
    std::clog << "ticket " << source << " split into " << parts.size() << '\n';
}

scope lock_queue(session& s, long queue) {
    scope tx(s);
    auto row = s.query("SELECT id FROM queue WHERE id = " + str(queue) + " FOR UPDATE");
    if (!row.next()) {
        throw std::out_of_range("no queue " + str(queue));
    }
    return tx;
}

long take_next(session& s, long queue, long agent) {
    scope tx = lock_queue(s, queue);
    long id = 0;
    {
        auto rows = s.query("SELECT id FROM ticket WHERE agent IS NULL AND queue = " + str(queue) + " ORDER BY priority LIMIT 1");
        if (!rows.next()) {
            return 0;
        }
        id = rows.number(0);
    }
    s.execute("UPDATE ticket SET agent = " + str(agent) + " WHERE id = " + str(id));
    tx.commit();
    return id;
}

class mailer {
public:
    explicit mailer(session_holder& sessions) : sessions_(sessions), worker_([this] { loop(); }) {}
    ~mailer() {
        {
            std::lock_guard<std::mutex> lock(mutex_);
            done_ = true;
        }
        wake_.notify_one();
        worker_.join();
    }
    void enqueue(long ticket_id) {
        {
            std::lock_guard<std::mutex> lock(mutex_);
            queue_.push_back(ticket_id);
        }
        wake_.notify_one();
    }

private:
    void loop() {
        std::unique_lock<std::mutex> lock(mutex_);
        while (!done_) {
            wake_.wait(lock, [this] { return done_ || !queue_.empty(); });
            std::deque<long> batch = std::exchange(queue_, {});
            lock.unlock();
            for (long id : batch) {
                try {
                    sessions_.get().execute("UPDATE ticket SET mailed = 1 WHERE id = " + str(id));
                } catch (const sql_error& e) {
                    std::clog << "mail: " << e.what() << '\n';
                }
            }
            lock.lock();
        }
    }

    session_holder& sessions_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<long> queue_;
    bool done_ = false;
    std::thread worker_;
};

class dashboard {
public:
    explicit dashboard(const db_config& config) : session_(config) {}
    ~dashboard() {
        stop_ = true;
        if (refresher_.joinable()) {
            refresher_.join();
        }
    }

    void start_refresh() {
        refresher_ = std::thread([this] {  // waits: session-shared-across-threads
            while (!stop_) {
                try {
                    auto rows = session_.query("SELECT count(*) FROM ticket WHERE state = 'open'");
                    open_ = rows.next() ? rows.number(0) : 0;
                } catch (const sql_error& e) {
                    std::clog << e.what() << '\n';
                }
                std::this_thread::sleep_for(std::chrono::seconds(1));
            }
        });
    }

    void set_banner(const std::string& text) {
        session_.execute("UPDATE board SET banner = '" + text + "'");
        std::clog << "banner set, open tickets: " << open_ << '\n';
    }

private:
    session session_;
    std::atomic<bool> stop_{false};
    std::atomic<long> open_{0};
    std::thread refresher_;
};

class change_set {
public:
    explicit change_set(session& s) : s_(s) {}
    void add(std::string sql) { pending_.push_back(std::move(sql)); }
    void flush() {
        if (pending_.empty()) {
            return;
        }
        scope tx(s_);
        for (const std::string& sql : pending_) {
            s_.execute(sql);
        }
        tx.commit();
        pending_.clear();
    }
    ~change_set() {
        if (!pending_.empty()) {
            std::clog << pending_.size() << " changes dropped\n";
        }
    }

private:
    session& s_;
    std::vector<std::string> pending_;
};

class audit_block {
public:
    audit_block(session& s, std::string who) : s_(s), who_(std::move(who)) { s_.start(); }
    audit_block(const audit_block&) = delete;
    audit_block& operator=(const audit_block&) = delete;
    ~audit_block() noexcept(false) {
        s_.execute("INSERT INTO audit(who) VALUES('" + who_ + "')");
        s_.commit();  // expect: session-commit-in-destructor
    }

private:
    session& s_;
    std::string who_;
};

std::string banner(session& s) {
    auto rows = s.query("SELECT banner FROM board");
    return rows.next() ? rows.get(0) : "";
}

long backlog(const db_config& primary, const db_config& replica, bool prefer_replica) {
    session main(primary);
    session* chosen = &main;
    if (prefer_replica) {
        session copy(replica);
        if (copy.alive()) {
            chosen = &copy;
        }
    }
    auto rows = chosen->query("SELECT count(*) FROM ticket WHERE state = 'open'");  // waits: session-use-after-scope
    return rows.next() ? rows.number(0) : 0;
}

int first_open_port(const db_config& config, const std::vector<unsigned>& ports) {
    int found = 0;
    MYSQL* my = nullptr;
    for (unsigned port : ports) {
        my = mysql_init(nullptr);  // expect: session-leak
        if (my == nullptr) {
            return 0;
        }
        if (mysql_real_connect(my, config.host.c_str(), config.user.c_str(), config.password.c_str(), nullptr, port, nullptr, 0)) {
            found = static_cast<int>(port);
            break;
        }
    }
    if (my != nullptr) {
        mysql_close(my);
    }
    return found;
}

}  // namespace helpdesk
