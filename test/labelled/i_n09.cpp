#include <chrono>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace ledger {

struct DriverError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class IDriverSession {
public:
    virtual ~IDriverSession() = default;
    virtual long run(const std::string& sql) = 0;
    virtual std::vector<std::vector<std::string>> select(const std::string& sql) = 0;
    virtual void close() noexcept = 0;
};

class IDriver {
public:
    virtual ~IDriver() = default;
    virtual IDriverSession* open(const std::string& url) = 0;
};

class Session {
public:
    Session(IDriver& driver, const std::string& url) : impl_(driver.open(url)) {}
    Session(Session&&) noexcept = default;
    Session& operator=(Session&&) = delete;
    ~Session() {
        if (impl_) {
            impl_->close();
        }
    }

    void begin() {
        impl_->run("BEGIN");
        ++depth_;
    }
    void commit() {
        impl_->run("COMMIT");
        --depth_;
    }
    void rollback() noexcept {
        try {
            impl_->run("ROLLBACK");
        } catch (const DriverError& e) {
            std::clog << "rollback: " << e.what() << '\n';
        }
        --depth_;
    }
    bool active() const noexcept { return depth_ > 0; }
    long run(const std::string& sql) { return impl_->run(sql); }
    std::vector<std::vector<std::string>> select(const std::string& sql) { return impl_->select(sql); }

private:
    std::unique_ptr<IDriverSession> impl_;
    int depth_ = 0;
};

class UnitOfWork {
public:
    explicit UnitOfWork(Session& session) : session_(session), owner_(!session.active()) {
        if (owner_) {
            session_.begin();
        }
    }
    UnitOfWork(const UnitOfWork&) = delete;
    UnitOfWork& operator=(const UnitOfWork&) = delete;
    ~UnitOfWork() {
        if (owner_ && !complete_) {
            session_.rollback();
        }
    }
    Session& session() noexcept { return session_; }
    void complete() {
        if (owner_ && !complete_) {
            session_.commit();
        }
        complete_ = true;
    }

private:
    Session& session_;
    bool owner_;
    bool complete_ = false;
};

class StrictTransaction {
public:
    explicit StrictTransaction(Session& session) : session_(&session) { session.begin(); }
    StrictTransaction(const StrictTransaction&) = delete;
    StrictTransaction& operator=(const StrictTransaction&) = delete;
    ~StrictTransaction() {
        if (session_) {
            session_->rollback();
        }
    }
    void commit() {
        if (!session_) {
            throw std::logic_error("transaction is over");
        }
        session_->commit();
        session_ = nullptr;
    }
    void abort() {
        if (!session_) {
            throw std::logic_error("transaction is over");
        }
        std::exchange(session_, nullptr)->rollback();
    }

private:
    Session* session_;
};

template <class F>
auto with_transaction(Session& session, F work) {
    UnitOfWork unit(session);
    if constexpr (std::is_void_v<std::invoke_result_t<F&, Session&>>) {
        work(session);
        unit.complete();
    } else {
        auto value = work(session);
        unit.complete();
        return value;
    }
}

struct Entry {
    long account = 0;
    long cents = 0;
    std::string text;
};

struct Settings {
    std::string url;
    std::string archiveUrl;
    int year = 2024;
    bool strict = true;
};

std::string num(long n) { return std::to_string(n); }

class EntryRepository {
public:
    explicit EntryRepository(Session& session) : session_(session) {}
    void add(const Entry& e) {
        session_.run("INSERT INTO entry(account, cents) VALUES(" + num(e.account) + "," + num(e.cents) + ")");
        session_.run("UPDATE account SET balance = balance + " + num(e.cents) + " WHERE id = " + num(e.account));
    }
    long balance(long account) {
        auto rows = session_.select("SELECT balance FROM account WHERE id = " + num(account));
        return rows.empty() ? 0 : std::stol(rows[0][0]);
    }
    long clear(long account) { return session_.run("DELETE FROM entry WHERE account = " + num(account)); }

private:
    Session& session_;
};

void book(Session& session, const Entry& from, const Entry& to) {
    UnitOfWork unit(session);
    EntryRepository entries(session);
    entries.add(from);
    entries.add(to);
    if (entries.balance(from.account) < 0) {
        throw std::domain_error("overdrawn: " + num(from.account));
    }
    unit.complete();
}

void bookAll(Session& session, const std::vector<std::pair<Entry, Entry>>& pairs) {
    with_transaction(session, [&](Session& s) {
        for (const auto& pair : pairs) {
            with_transaction(s, [&](Session& inner) {
                EntryRepository entries(inner);
                entries.add(pair.first);
                entries.add(pair.second);
            });
        }
    });
}

void bookStrict(Session& session, const std::vector<Entry>& entries) {
    StrictTransaction tx(session);
    EntryRepository repository(session);
    for (const Entry& e : entries) {
        repository.add(e);
    }
    if (entries.empty()) {
        tx.abort();
    }
    tx.commit();  // waits: session-double-end
}

long bookChecked(Session& session, const std::vector<Entry>& entries) {
    long sum = 0;
    StrictTransaction tx(session);
    for (const Entry& e : entries) {
        EntryRepository(session).add(e);
        sum += e.cents;
    }
    if (sum != 0) {
        tx.abort();
        session.run("INSERT INTO incident(sum) VALUES(" + num(sum) + ")");
        return sum;
    }
    tx.commit();
    return 0;
}

void closePeriod(Session& session, const Settings& settings, int month) {
    StrictTransaction tx(session);
    session.run("UPDATE period SET closed = 1 WHERE month = " + num(month));
    try {
        session.run("INSERT INTO balance_sheet SELECT account, sum(cents) FROM entry GROUP BY account");
        session.run("DELETE FROM draft WHERE month = " + num(month));
    } catch (const DriverError& e) {
        std::clog << settings.year << '/' << month << ": " << e.what() << '\n';
        if (settings.strict) {
            tx.abort();
            return;
        }
        throw;
    }
    tx.commit();
}

void openPeriod(Session& session, const Settings& settings, int month) {
    StrictTransaction tx(session);
    try {
        session.run("DELETE FROM opening WHERE month = " + num(month));
        session.run("INSERT INTO opening SELECT " + num(month) + ", account, cents FROM closing");
    } catch (const DriverError& e) {  // expect: session-swallow-and-commit
        std::clog << settings.year << '/' << month << ": " << e.what() << '\n';
    }
    session.run("UPDATE period SET open = 1 WHERE month = " + num(month));
    tx.commit();
}

bool reverseEntry(Session& session, long entry) {
    try {
        session.begin();
        session.run("INSERT INTO entry(account, cents) SELECT account, -cents FROM entry WHERE id = " + num(entry));
        session.run("UPDATE entry SET reversed = 1 WHERE id = " + num(entry));
        session.commit();
        return true;
    } catch (const std::exception& e) {  // expect: session-missing-rollback
        std::clog << "entry " << entry << " not reversed: " << e.what() << '\n';
    }
    return false;
}

bool approveEntry(Session& session, long entry, const std::string& who) {
    try {
        StrictTransaction tx(session);
        if (session.run("UPDATE entry SET approved = 1 WHERE id = " + num(entry)) != 1) {
            throw std::out_of_range("entry " + num(entry));
        }
        session.run("INSERT INTO approval(entry, who) VALUES(" + num(entry) + ", '" + who + "')");
        tx.commit();
    } catch (const std::exception& e) {
        std::clog << e.what() << '\n';
        return false;
    }
    return true;
}

Session& defaultSession();

void importStatement(Session& session, const std::vector<Entry>& lines) {
    EntryRepository entries(session);
    StrictTransaction tx(session);
    for (const Entry& line : lines) {
        if (line.text == "opening balance") {
            EntryRepository(defaultSession()).clear(line.account);  // expect: session-transaction-bypass
        }
        entries.add(line);
    }
    tx.commit();
}

void archiveYear(IDriver& driver, const Settings& settings, Session& session) {
    Session archive(driver, settings.archiveUrl);
    auto rows = session.select("SELECT account, cents FROM entry WHERE year = " + num(settings.year));
    {
        UnitOfWork copy(archive);
        for (const auto& row : rows) {
            archive.run("INSERT INTO entry(account, cents) VALUES(" + row[0] + "," + row[1] + ")");
        }
        copy.complete();
    }
    UnitOfWork purge(session);
    session.run("DELETE FROM entry WHERE year = " + num(settings.year));
    session.run("UPDATE year SET archived = 1 WHERE year = " + num(settings.year));
    purge.complete();
}

long pingDriver(IDriver& driver, const Settings& settings) {
    IDriverSession* raw = driver.open(settings.url);  // waits: session-leak
    const auto started = std::chrono::steady_clock::now();
    raw->run("SELECT 1");
    const auto spent = std::chrono::steady_clock::now() - started;
    raw->close();
    delete raw;
    return static_cast<long>(std::chrono::duration_cast<std::chrono::microseconds>(spent).count());
}

void splitPayment(Session& session, const Entry& whole, int parts) {
    UnitOfWork(session).session().run("DELETE FROM part WHERE account = " + num(whole.account));  // expect: session-unfinished-transaction
    for (int i = 0; i < parts; ++i) {
        session.run("INSERT INTO part(account, cents) VALUES(" + num(whole.account) + "," + num(whole.cents / parts) + ")");
    }
}

void adoptAccount(Session& session, long account, long owner) {
    UnitOfWork unit(session);  // expect: session-unfinished-transaction
    std::function<void()> finish = [&unit, account] {
        unit.complete();
        std::clog << "account " << account << " adopted\n";
    };
    auto rows = unit.session().select("SELECT owner FROM account WHERE id = " + num(account));
    if (rows.empty()) {
        throw std::out_of_range("account " + num(account));
    }
    unit.session().run("UPDATE account SET owner = " + num(owner) + " WHERE id = " + num(account));
    std::clog << "account " << account << " from " << rows[0][0] << " to " << owner << '\n';
}

class PostingJob {
public:
    PostingJob(IDriver& driver, Settings settings) : driver_(driver), settings_(std::move(settings)) {}

    void onEntry(const Entry& e) {
        pending_.push_back(e);
        if (pending_.size() >= 64) {
            flush();
        }
    }

    void flush() {
        if (pending_.empty()) {
            return;
        }
        Session& s = session();
        with_transaction(s, [this](Session& inner) {
            EntryRepository repository(inner);
            for (const Entry& e : pending_) {
                repository.add(e);
            }
        });
        pending_.clear();
    }

    void recover() {
        session_.reset();
        for (int attempt = 0; attempt < 3 && !session_; ++attempt) {
            try {
                session_.emplace(driver_, settings_.url);
            } catch (const DriverError& e) {
                std::clog << "attempt " << attempt << ": " << e.what() << '\n';
                std::this_thread::sleep_for(std::chrono::seconds(1));
            }
        }
    }

    void finish(long run) {
        Session& s = session();
        s.run("UPDATE job SET state = 'done' WHERE id = " + num(run));
        session_.reset();
        s.run("DELETE FROM job_lock WHERE id = " + num(run));  // expect: session-use-after-scope
    }

private:
    Session& session() {
        if (!session_) {
            session_.emplace(driver_, settings_.url);
        }
        return *session_;
    }

    IDriver& driver_;
    Settings settings_;
    std::optional<Session> session_;
    std::vector<Entry> pending_;
};

void saveHeader(Session& session, long document) {
    StrictTransaction tx(session);
    session.run("INSERT INTO document(id) VALUES(" + num(document) + ")");
    tx.commit();
}

void saveDocument(Session& session, long document, const std::vector<Entry>& entries) {
    saveHeader(session, document);
    StrictTransaction tx(session);
    for (const Entry& e : entries) {
        session.run("INSERT INTO document_entry(doc, account) VALUES(" + num(document) + "," + num(e.account) + ")");
    }
    tx.commit();  // expect: session-multiple-commits
}

class BalanceGuard {
public:
    explicit BalanceGuard(Session& session) : session_(session) { session_.begin(); }
    BalanceGuard(const BalanceGuard&) = delete;
    BalanceGuard& operator=(const BalanceGuard&) = delete;
    void touch(long account) { touched_.push_back(account); }
    ~BalanceGuard() {
        if (touched_.empty()) {
            session_.rollback();
            return;
        }
        try {
            session_.commit();  // expect: session-commit-in-destructor
        } catch (...) {
            session_.rollback();
        }
    }

private:
    Session& session_;
    std::vector<long> touched_;
};

long readBalance(IDriver& driver, const Settings& settings, long account, Session* given = nullptr) {
    std::optional<Session> own;
    Session& session = given ? *given : own.emplace(driver, settings.url);
    return EntryRepository(session).balance(account);
}

}  // namespace ledger
