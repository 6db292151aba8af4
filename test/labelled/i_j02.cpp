// library: libpqxx
#include <pqxx/pqxx>

#include <atomic>
#include <coroutine>
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace outbox {

template <typename T>
class Stream {
public:
    struct promise_type {
        T* current = nullptr;
        std::exception_ptr failure;
        Stream get_return_object() { return Stream(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(T& v) noexcept { current = std::addressof(v); return {}; }
        void return_void() noexcept {}
        void unhandled_exception() { failure = std::current_exception(); }
    };
    struct Sentinel {};
    struct Cursor {
        std::coroutine_handle<promise_type> h;
        T& operator*() const { return *h.promise().current; }
        Cursor& operator++() {
            h.resume();
            if (h.done() && h.promise().failure) std::rethrow_exception(h.promise().failure);
            return *this;
        }
        bool operator!=(Sentinel) const { return !h.done(); }
    };
    explicit Stream(std::coroutine_handle<promise_type> h) : h_(h) {}
    Stream(Stream&& other) noexcept : h_(std::exchange(other.h_, nullptr)) {}
    Stream& operator=(Stream&&) = delete;
    ~Stream() { if (h_) h_.destroy(); }
    Cursor begin() {
        Cursor c{h_};
        ++c;
        return c;
    }
    Sentinel end() const { return {}; }

private:
    std::coroutine_handle<promise_type> h_;
};

struct Message { long id = 0; std::string topic; std::string body; };
struct Settings { std::string dsn; int batch = 100; bool dryRun = false; };

bool deliver(const Message& m);

Stream<pqxx::work> unitOfWork(const Settings& settings) {
    pqxx::connection conn(settings.dsn);
    pqxx::work tx(conn);
    co_yield tx;
    tx.commit();
}

bool acknowledge(const Settings& settings, long id) {
    for (pqxx::work& tx : unitOfWork(settings)) {
        const auto r = tx.exec_params("UPDATE message SET acked = now() WHERE id = $1", id);
        if (r.affected_rows() == 1)
            return true;  // expect: session-generator-early-return
    }
    return false;
}

int acknowledgeMany(const Settings& settings, const std::vector<long>& ids) {
    int hit = 0;
    for (pqxx::work& tx : unitOfWork(settings)) {
        for (long id : ids) {
            const auto r = tx.exec_params("UPDATE message SET acked = now() WHERE id = $1", id);
            if (r.affected_rows() == 0)
                break;
            ++hit;
        }
        if (hit == 0)
            continue;
        tx.exec_params0("UPDATE counter SET acked = acked + $1", hit);
    }
    return hit;
}

void rejectOversized(const Settings& settings, std::size_t limit) {
    for (pqxx::work& tx : unitOfWork(settings)) {
        const auto rows = tx.exec("SELECT count(*) FROM message WHERE state = 'oversized'");
        if (rows[0][0].as<std::size_t>() > limit)
            throw std::runtime_error("too many oversized messages, operator needed");
        tx.exec0("UPDATE message SET state = 'rejected' WHERE state = 'oversized'");
    }
}

class Sender {
public:
    explicit Sender(const Settings& settings) : settings_(settings), conn_(settings.dsn) {
        conn_.prepare("take", "SELECT id, topic, body FROM message WHERE state = 'new' ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED");
        conn_.prepare("mark", "UPDATE message SET state = $2 WHERE id = $1");
    }

    int runOnce() {
        pqxx::work tx(conn_, "sender");
        int sent = 0;
        for (const auto& row : tx.exec_prepared("take", settings_.batch)) {
            Message m;
            m.id = row[0].as<long>();
            m.topic = row[1].as<std::string>();
            m.body = row[2].as<std::string>();
            const bool ok = deliver(m);
            tx.exec_prepared0("mark", m.id, ok ? "sent" : "failed");
            sent += ok ? 1 : 0;
        }
        if (settings_.dryRun) {
            tx.abort();
            return 0;
        }
        tx.commit();
        return sent;
    }

    void archive(long before) {
        pqxx::work copy(conn_);
        copy.exec_params0("INSERT INTO message_archive SELECT * FROM message WHERE id < $1", before);
        copy.commit();
        std::clog << "copied up to " << before << '\n';
        pqxx::work drop(conn_);
        drop.exec_params0("DELETE FROM message WHERE id < $1", before);
        drop.exec_params0("UPDATE archive_state SET upto = $1", before);
        drop.commit();  // expect: session-multiple-commits
    }

    void park(long id, const std::string& why) {
        pqxx::work tx(conn_);
        tx.exec_prepared0("mark", id, "parked");
        tx.exec_params0("INSERT INTO parking(message, reason) VALUES ($1, $2)", id, why);
        if (why.empty()) {
            tx.abort();
            std::clog << "refused to park " << id << '\n';
        }
        tx.commit();  // expect: session-double-end
    }

    void unpark(long id) {
        pqxx::work tx(conn_);  // expect: session-unfinished-transaction
        tx.exec_params0("DELETE FROM parking WHERE message = $1", id);
        tx.exec_prepared0("mark", id, "new");
        std::clog << "unparked " << id << '\n';
    }

    std::vector<Message> preview(int n) {
        std::vector<Message> out;
        pqxx::work tx(conn_);
        for (const auto& row : tx.exec_prepared("take", n))
            out.push_back(Message{row[0].as<long>(), row[1].as<std::string>(), row[2].as<std::string>()});
        return out;
    }

    pqxx::result topics() {
        pqxx::work tx(conn_);
        auto r = tx.exec("SELECT topic, count(*) FROM message GROUP BY topic");
        tx.commit();
        return r;
    }

private:
    Settings settings_;
    pqxx::connection conn_;
};

class QuietUnit {
public:
    explicit QuietUnit(pqxx::connection& c) : tx_(std::make_unique<pqxx::work>(c)) {}
    QuietUnit(const QuietUnit&) = delete;
    QuietUnit& operator=(const QuietUnit&) = delete;
    ~QuietUnit() {
        if (tx_)
            tx_->commit();  // expect: session-commit-in-destructor
    }
    pqxx::work& tx() { return *tx_; }

private:
    std::unique_ptr<pqxx::work> tx_;
};

class CarefulUnit {
public:
    explicit CarefulUnit(pqxx::connection& c) : tx_(std::make_unique<pqxx::work>(c)) {}
    CarefulUnit(const CarefulUnit&) = delete;
    CarefulUnit& operator=(const CarefulUnit&) = delete;
    ~CarefulUnit() {
        if (tx_)
            std::clog << "unit of work dropped\n";
    }
    pqxx::work& operator*() { return *tx_; }
    void finish() {
        tx_->commit();
        tx_.reset();
    }

private:
    std::unique_ptr<pqxx::work> tx_;
};

void renameTopic(pqxx::connection& conn, const std::string& from, const std::string& to) {
    CarefulUnit unit(conn);
    const auto clash = (*unit).exec_params1("SELECT count(*) FROM topic WHERE name = $1", to)[0].as<int>();
    if (clash != 0) {
        std::clog << "topic exists: " << to << '\n';
        return;
    }
    (*unit).exec_params0("UPDATE topic SET name = $2 WHERE name = $1", from, to);
    (*unit).exec_params0("UPDATE message SET topic = $2 WHERE topic = $1", from, to);
    unit.finish();
}

enum class Verdict { kept, dropped, broken };

Verdict dropTopic(pqxx::connection& conn, const std::string& name) {
    pqxx::work tx(conn);
    try {
        const auto used = tx.exec_params1("SELECT count(*) FROM message WHERE topic = $1", name)[0].as<int>();
        if (used > 0) {
            tx.abort();
            return Verdict::kept;
        }
        tx.exec_params0("DELETE FROM topic WHERE name = $1", name);
        tx.commit();
        return Verdict::dropped;
    } catch (const pqxx::sql_error& e) {
        std::cerr << e.what() << ": " << e.query() << '\n';
        return Verdict::broken;
    }
}

int probeServer(const Settings& settings) {
    pqxx::connection* probe = nullptr;
    try {
        probe = new pqxx::connection(settings.dsn);  // expect: session-raw-construction
        const int version = probe->server_version();
        delete probe;
        return version;
    } catch (const std::exception& e) {
        std::cerr << "probe: " << e.what() << '\n';
        return 0;
    }
}

std::unique_ptr<pqxx::connection> openReplica(const Settings& settings, const std::vector<std::string>& hosts) {
    for (const std::string& host : hosts) {
        try {
            auto c = std::make_unique<pqxx::connection>(settings.dsn + " host=" + host);
            pqxx::nontransaction check(*c);
            if (check.exec1("SELECT pg_is_in_recovery()")[0].as<bool>()) {
                check.commit();
                return c;
            }
        } catch (const pqxx::broken_connection& e) {
            std::clog << host << ": " << e.what() << '\n';
        }
    }
    return nullptr;
}

void mirrorTopics(pqxx::connection& primary, pqxx::connection& reporting) {
    pqxx::read_transaction source(primary);
    pqxx::work target(reporting);
    target.exec0("TRUNCATE topic_copy");
    for (const auto& row : source.exec("SELECT name, owner FROM topic"))
        target.exec_params0("INSERT INTO topic_copy VALUES ($1, $2)", row[0].as<std::string>(), row[1].as<std::string>());
    target.commit();
}

class Heartbeat {
public:
    explicit Heartbeat(std::string dsn) : worker_([this, dsn = std::move(dsn)] { loop(dsn); }) {}
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;
    ~Heartbeat() {
        stop_ = true;
        worker_.join();
    }

private:
    void loop(const std::string& dsn) noexcept {
        while (!stop_) {
            try {
                pqxx::connection own(dsn);
                while (!stop_) {
                    pqxx::work tx(own);
                    tx.exec0("UPDATE heartbeat SET beat = now()");
                    tx.commit();
                    std::this_thread::sleep_for(std::chrono::seconds(1));
                }
            } catch (const std::exception& e) {
                std::cerr << "heartbeat: " << e.what() << '\n';
            }
        }
    }

    std::atomic<bool> stop_{false};
    std::thread worker_;
};

void rebuildIndexes(const Settings& settings) {
    pqxx::connection conn(settings.dsn);
    pqxx::nontransaction admin(conn);
    for (const char* name : {"message_state", "message_topic", "parking_message"}) {
        admin.exec0(std::string("REINDEX INDEX CONCURRENTLY ") + admin.quote_name(name));
        std::clog << "reindexed " << name << '\n';
    }
    admin.exec0("VACUUM ANALYZE message");
}

std::optional<std::string> firstFailure(pqxx::connection& conn) {
    std::optional<std::string> text;
    {
        pqxx::work tx(conn);
        const pqxx::result rows = tx.exec("SELECT body FROM message WHERE state = 'failed' ORDER BY id LIMIT 1");
        if (!rows.empty())
            text = rows[0][0].c_str();
    }
    pqxx::work tx(conn);
    tx.exec_params0("INSERT INTO lookups(what) VALUES ($1)", text.value_or("none"));
    tx.commit();
    return text;
}

void compact(pqxx::connection& conn, const std::function<void(int)>& progress) {
    pqxx::perform([&conn] {
        pqxx::work tx(conn);
        tx.exec0("DELETE FROM message WHERE state = 'sent' AND acked IS NOT NULL");
        tx.exec0("UPDATE counter SET compacted = now()");
        tx.commit();
    });
    progress(100);
}

}  // namespace outbox
