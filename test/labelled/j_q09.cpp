#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace orchard::store {

class StoreFailure : public std::runtime_error {
    using std::runtime_error::runtime_error;
};
class ConstraintFailure : public StoreFailure {
    using StoreFailure::StoreFailure;
};
class ConflictFailure : public StoreFailure {
    using StoreFailure::StoreFailure;
};

struct Row {
    std::vector<std::string> cells;
    const std::string& operator[](std::size_t i) const { return cells.at(i); }
};

class Rows {
public:
    explicit Rows(std::vector<Row> rows) : rows_(std::move(rows)) {}
    bool empty() const noexcept { return rows_.empty(); }
    const Row& front() const { return rows_.front(); }
    auto begin() const noexcept { return rows_.begin(); }
    auto end() const noexcept { return rows_.end(); }
private:
    std::vector<Row> rows_;
};

// Explicit transactions: outside begin()/commit() every statement is durable at once.
class Session {
public:
    explicit Session(std::string_view url);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    virtual ~Session();
    virtual void begin();
    virtual void commit();
    virtual void rollback() noexcept;
    virtual bool inTransaction() const noexcept;
    virtual int execute(std::string_view sql);
    virtual Rows query(std::string_view sql);
};

// A transaction starts with the first statement; commit() or rollback() ends it.
class ImplicitSession {
public:
    explicit ImplicitSession(std::string_view url);
    ImplicitSession(const ImplicitSession&) = delete;
    ImplicitSession& operator=(const ImplicitSession&) = delete;
    ~ImplicitSession();
    void commit();
    void rollback() noexcept;
    int execute(std::string_view sql);
};

template <class S>
class BasicTransaction {
public:
    explicit BasicTransaction(S& s) : s_(&s) { s_->begin(); }
    BasicTransaction(BasicTransaction&& o) noexcept : s_(std::exchange(o.s_, nullptr)) {}
    BasicTransaction& operator=(BasicTransaction&&) = delete;
    ~BasicTransaction() {
        if (s_)
            s_->rollback();
    }
    void commit() {
        s_->commit();
        s_ = nullptr;
    }
private:
    S* s_;
};
using Transaction = BasicTransaction<Session>;

struct Scope {
    virtual ~Scope() = default;
    virtual void complete() = 0;
};

struct JoinedScope final : Scope {
    void complete() override {}
};

class OwnScope final : public Scope {
public:
    explicit OwnScope(Session& s) : tx_(s) {}
    void complete() override { tx_.commit(); }
private:
    Transaction tx_;
};

std::unique_ptr<Scope> enter(Session& s) {
    if (s.inTransaction())
        return std::make_unique<JoinedScope>();
    return std::make_unique<OwnScope>(s);
}

Transaction startUnit(Session& s) {
    Transaction tx(s);
    s.execute("SET LOCAL lock_timeout = 500");
    return tx;
}

template <class S>
class ClosingUnit {
public:
    explicit ClosingUnit(S& s) : s_(s) { s_.begin(); }
    ClosingUnit(const ClosingUnit&) = delete;
    ClosingUnit& operator=(const ClosingUnit&) = delete;
    ~ClosingUnit() noexcept(false) {
        if (!failed_)
            s_.commit();  //  // waits: session-commit-in-destructor
        else
            s_.rollback();
    }
    void fail() noexcept { failed_ = true; }
private:
    S& s_;
    bool failed_ = false;
};

template <class Derived>
class UnitOfWork {
public:
    explicit UnitOfWork(Session& s) : session_(s) {}
    void run() {
        session_.begin();
        try {
            self().work(session_);
            session_.commit();
        } catch (...) {
            session_.rollback();
            throw;
        }
        self().done();
    }
protected:
    ~UnitOfWork() = default;
private:
    Derived& self() noexcept { return static_cast<Derived&>(*this); }
    Session& session_;
};

}  // namespace orchard::store

namespace orchard {

using store::Session;
using store::Transaction;

void tell(std::string_view s) noexcept { std::printf("%.*s\n", static_cast<int>(s.size()), s.data()); }

class PruneTrees : public store::UnitOfWork<PruneTrees> {
public:
    PruneTrees(Session& s, int row) : UnitOfWork(s), row_(row) {}
    void work(Session& s) {
        s.execute("UPDATE tree SET pruned = 1 WHERE rowno = " + std::to_string(row_));
        s.execute("INSERT INTO prune_log(rowno) VALUES(" + std::to_string(row_) + ")");
    }
    void done() noexcept { tell("pruned"); }
private:
    int row_;
};

template <class S, class F>
void attempt(S& session, F&& step, const char* label) {
    session.begin();
    try {
        step(session);
        session.execute("INSERT INTO step_log(ok) VALUES(1)");
    } catch (const std::exception& e) {  // expect: session-swallow-and-commit
        tell(label);
        tell(e.what());
    }
    session.commit();
}

template <class S, class... Fs>
void together(S& session, Fs&&... steps) {
    store::BasicTransaction<S> tx(session);
    (std::forward<Fs>(steps)(session), ...);
    tx.commit();
}

template <class S, class F>
auto retried(S& session, int rounds, F&& fn) -> std::invoke_result_t<F&, S&> {
    for (;;) {
        try {
            store::BasicTransaction<S> tx(session);
            auto value = fn(session);
            tx.commit();
            return value;
        } catch (const store::ConflictFailure& e) {
            if (--rounds <= 0)
                throw;
            tell(e.what());
        }
    }
}

int graft(Session& session, int tree) {
    return retried(session, 3, [tree](Session& s) {
        s.execute("UPDATE tree SET grafted = 1 WHERE id = " + std::to_string(tree));
        return s.execute("UPDATE stock SET used = used + 1 WHERE tree = " + std::to_string(tree));
    });
}

void pollinate(Session& session, int row) {
    attempt(session, [row](Session& s) { s.execute("UPDATE tree SET hives = hives + 1 WHERE rowno = " + std::to_string(row)); },
            "pollinate");
}

void pruneRows(Session& session, int first, int last) {
    for (int row = first; row <= last; ++row)
        PruneTrees(session, row).run();
}

void waterRow(Session& session, int row) {
    auto scope = store::enter(session);
    session.execute("UPDATE tree SET watered = 1 WHERE rowno = " + std::to_string(row));
    if (session.execute("UPDATE tank SET litres = litres - 100 WHERE litres >= 100") == 0)
        throw store::ConstraintFailure("tank is empty");
    scope->complete();
}

void feedRow(Session& session, int row) {
    auto tx = store::startUnit(session);
    session.execute("UPDATE tree SET fed = 1 WHERE rowno = " + std::to_string(row));
    session.execute("UPDATE shed SET sacks = sacks - 1");
    tx.commit();
}

void sprayRow(Session& session, int row) {
    store::startUnit(session);  // expect: session-temporary-guard
    session.execute("UPDATE tree SET sprayed = 1 WHERE rowno = " + std::to_string(row));
    session.execute("UPDATE shed SET cans = cans - 1");
}

class Repository {
public:
    explicit Repository(std::unique_ptr<Session> s) : session_(std::move(s)) {}
    virtual ~Repository() = default;
protected:
    Session& session() const noexcept { return *session_; }
private:
    std::unique_ptr<Session> session_;
};

class TreeRepository final : public Repository {
public:
    using Repository::Repository;

    bool plant(const std::string& kind) {
        session().begin();
        try {
            session().execute("INSERT INTO tree(kind) VALUES('" + kind + "')");
            session().execute("UPDATE nursery SET stock = stock - 1");
            session().commit();
            return true;
        } catch (const store::ConstraintFailure& e) {
            session().rollback();
            tell(e.what());
        } catch (const std::exception& e) {  // expect: session-missing-rollback
            tell(e.what());
        }
        return false;
    }

    bool fell(int tree) {
        session().begin();
        try {
            session().execute("DELETE FROM tree WHERE id = " + std::to_string(tree));
            session().execute("INSERT INTO firewood(tree) VALUES(" + std::to_string(tree) + ")");
            session().commit();
            return true;
        } catch (const std::exception& e) {
            tell(e.what());
        } catch (...) {
            tell("unknown failure");
        }
        session().rollback();
        return false;
    }

    void replant(int tree, const std::string& kind) {
        Session& s = session();
        s.begin();
        try {
            if (s.execute("DELETE FROM tree WHERE id = " + std::to_string(tree)) == 0) {
                tell("nothing there");
                s.rollback();
            }
            s.execute("INSERT INTO tree(kind) VALUES('" + kind + "')");
            s.commit();  //  // waits: session-double-end
        } catch (...) {
            if (s.inTransaction())
                s.rollback();
            throw;
        }
    }

    std::string kindOf(int tree) {
        const store::Row& row = session().query("SELECT kind FROM tree WHERE id = " + std::to_string(tree)).front();
        return row[0];  //  // waits: session-use-after-scope
    }

    std::string ownerOf(int tree) {
        const store::Rows& rows = session().query("SELECT owner FROM tree WHERE id = " + std::to_string(tree));
        return rows.empty() ? std::string() : rows.front()[0];
    }

    void renumber(int offset) {
        std::optional<Transaction> tx;
        tx.emplace(session());
        session().execute("UPDATE tree SET rowno = rowno + " + std::to_string(offset));
        tx->commit();
        tx.reset();
        tell("renumbered");
    }

    std::future<int> countLater() {
        auto pending = std::async(std::launch::async, [s = &session()] {  // expect: session-shared-across-threads
            return s->execute("UPDATE stats SET trees = (SELECT count(*) FROM tree)");
        });
        session().execute("INSERT INTO job(kind) VALUES('count')");
        return pending;
    }
};

std::unique_ptr<Session> openChecked(std::string_view url) {
    auto s = std::make_unique<Session>(url);
    if (s->query("SELECT 1 FROM version WHERE n >= 7").empty())
        throw store::StoreFailure("schema too old");
    return s;
}

template <class S>
class Mirrored {
public:
    Mirrored(std::string_view main, std::string_view copy)
        : main_(new S(main)),  // expect: session-leak
          copy_(new S(copy)) {}
    Mirrored(const Mirrored&) = delete;
    Mirrored& operator=(const Mirrored&) = delete;
    ~Mirrored() {
        delete copy_;
        delete main_;
    }
    S& main() noexcept { return *main_; }
    S& copy() noexcept { return *copy_; }
private:
    S* main_;
    S* copy_;
};

template <class S>
class OwnedMirror {
public:
    OwnedMirror(std::string_view main, std::string_view copy)
        : main_(std::make_unique<S>(main)), copy_(std::make_unique<S>(copy)) {}
    void sync() {
        const auto rows = main_->query("SELECT kind FROM tree");
        store::BasicTransaction<S> tx(*copy_);
        copy_->execute("DELETE FROM tree");
        for (const auto& row : rows)
            copy_->execute("INSERT INTO tree(kind) VALUES('" + row[0] + "')");
        tx.commit();
    }
private:
    std::unique_ptr<S> main_;
    std::unique_ptr<S> copy_;
};

void syncMirror(std::string_view main, std::string_view copy) {
    OwnedMirror<Session> mirror(main, copy);
    mirror.sync();
    tell("mirror in step");
}

int mirrorVersions(std::string_view a, std::string_view b) {
    Mirrored<Session> pair(a, b);
    const auto left = pair.main().query("SELECT n FROM version");
    const auto right = pair.copy().query("SELECT n FROM version");
    if (left.empty() || right.empty())
        return 0;
    return left.front()[0] == right.front()[0] ? 1 : -1;
}

void importHarvest(store::ImplicitSession& s, const std::vector<int>& crates) {
    try {
        s.execute("INSERT INTO harvest(open) VALUES(1)");
        s.commit();
        for (int c : crates)
            s.execute("INSERT INTO crate(weight) VALUES(" + std::to_string(c) + ")");
        s.commit();  // expect: session-multiple-commits
        s.execute("UPDATE harvest SET open = 0");
        s.commit();  // expect: session-multiple-commits
    } catch (...) {
        s.rollback();
        throw;
    }
}

void closeHarvest(store::ImplicitSession& s, bool dryRun) {
    try {
        s.execute("UPDATE harvest SET open = 0");
        s.execute("INSERT INTO harvest_log(closed) VALUES(1)");
        if (dryRun)
            s.rollback();
        else
            s.commit();
    } catch (...) {
        s.rollback();
        throw;
    }
}

template <class It>
void importCrates(Session& s, It first, It last, int chunk) {
    std::optional<Transaction> tx;
    int inChunk = 0;
    for (; first != last; ++first) {
        if (!tx)
            tx.emplace(s);
        s.execute("INSERT INTO crate(weight) VALUES(" + std::to_string(*first) + ")");
        if (++inChunk == chunk) {
            tx->commit();
            tx.reset();
            inChunk = 0;
        }
    }
    if (tx)
        tx->commit();
}

void importList(Session& s, const std::vector<int>& crates) {
    importCrates(s, crates.begin(), crates.end(), 50);
}

bool weighCrate(Session& s, int crate, int grams) {
    std::optional<Transaction> tx(std::in_place, s);
    const int n = s.execute("UPDATE crate SET weight = " + std::to_string(grams) + " WHERE id = " + std::to_string(crate));
    if (n != 1)
        tx.reset();
    s.execute("INSERT INTO weigh_log(crate) VALUES(" + std::to_string(crate) + ")");
    tx->commit();  //  // waits: session-use-after-scope
    return n == 1;
}

template <class S>
void sealCrate(S& s, int crate) {
    store::BasicTransaction<S> tx(s);  // expect: session-unfinished-transaction
    s.execute("UPDATE crate SET sealed = 1 WHERE id = " + std::to_string(crate));
    if constexpr (std::is_same_v<S, Session>) {
        tell("sealed");
    }
}

void sealAll(Session& s, const std::vector<int>& crates) {
    for (int c : crates)
        sealCrate(s, c);
}

void breakSeal(Session& s, int crate) {
    together(
        s,
        [crate](Session& x) { x.execute("UPDATE crate SET sealed = 0 WHERE id = " + std::to_string(crate)); },
        [](Session& x) { x.execute("INSERT INTO seal_log(broken) VALUES(1)"); });
}

}  // namespace orchard
