// library: soci, libpqxx, sqlitecpp
// d04: sessions that live inside a generator's frame
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

void note(const std::string& s) noexcept;

// ---------------------------------------------------------------- our generator
template <class T>
class Gen {
public:
    struct promise_type {
        T* value = nullptr;
        std::exception_ptr error;
        Gen get_return_object() { return Gen(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(T& v) noexcept {
            value = std::addressof(v);
            return {};
        }
        void return_void() noexcept {}
        void unhandled_exception() { error = std::current_exception(); }
    };
    class iterator {
    public:
        explicit iterator(std::coroutine_handle<promise_type> h) : h_(h) {}
        T& operator*() const { return *h_.promise().value; }
        T* operator->() const { return h_.promise().value; }
        iterator& operator++() {
            h_.resume();
            if (h_.promise().error) std::rethrow_exception(h_.promise().error);
            return *this;
        }
        bool operator!=(std::default_sentinel_t) const { return !h_.done(); }

    private:
        std::coroutine_handle<promise_type> h_;
    };
    explicit Gen(std::coroutine_handle<promise_type> h) : h_(h) {}
    Gen(Gen&& o) noexcept : h_(std::exchange(o.h_, {})) {}
    ~Gen() {
        if (h_) h_.destroy();
    }
    iterator begin() {
        h_.resume();
        if (h_.promise().error) std::rethrow_exception(h_.promise().error);
        return iterator(h_);
    }
    std::default_sentinel_t end() { return {}; }

private:
    std::coroutine_handle<promise_type> h_;
};

// ---------------------------------------------------------------- providers
Gen<soci::session> openSession(std::string dsn) {
    soci::session sql(dsn);
    co_yield sql;
}

Gen<soci::session> txSession(std::string dsn) {
    soci::session sql(dsn);
    soci::transaction tr(sql);
    co_yield sql;
    tr.commit();
}

Gen<pqxx::work> unitOfWork(pqxx::connection& c) {
    pqxx::work tx(c);
    co_yield tx;
    tx.commit();
}

Gen<SQLite::Database> notesDb(std::string file) {
    SQLite::Database db(file, SQLite::OPEN_READWRITE);
    SQLite::Transaction tx(db);
    co_yield db;
    tx.commit();
}

Gen<SQLite::Database> readOnlyDb(std::string file) {
    SQLite::Database db(file, SQLite::OPEN_READONLY);
    co_yield db;
}

// ---------------------------------------------------------------- consumers
namespace users {

int countUsers(const std::string& dsn) {
    soci::session& sql = *openSession(dsn).begin();  // expect: session-generator-early-return
    int n = 0;
    sql << "select count(*) from users", soci::into(n);
    return n;
}

int countAdmins(const std::string& dsn) {
    auto gen = openSession(dsn);
    auto it = gen.begin();
    int n = 0;
    *it << "select count(*) from users where admin = 1", soci::into(n);
    return n;
}

soci::session* currentSession(const std::string& dsn) {
    for (soci::session& sql : openSession(dsn))
        return &sql;  // expect: session-generator-early-return
    return nullptr;
}

bool rename(const std::string& dsn, int id, const std::string& name) {
    for (soci::session& sql : txSession(dsn)) {
        int n = 0;
        sql << "select count(*) from users where id = :i", soci::into(n), soci::use(id);
        if (n == 0) throw std::runtime_error("no such user");
        sql << "update users set name = :n where id = :i", soci::use(name), soci::use(id);
        return true;  // expect: session-generator-early-return
    }
    return false;
}

bool renameSafely(const std::string& dsn, int id, const std::string& name) {
    bool done = false;
    for (soci::session& sql : txSession(dsn)) {
        int n = 0;
        sql << "select count(*) from users where id = :i", soci::into(n), soci::use(id);
        if (n == 0) continue;
        sql << "update users set name = :n where id = :i", soci::use(name), soci::use(id);
        done = true;
    }
    return done;
}

std::string nameOf(const std::string& dsn, int id) {
    for (soci::session& sql : openSession(dsn)) { // nothing after the co_yield: leaving early is harmless
        std::string name;
        sql << "select name from users where id = :i", soci::into(name), soci::use(id);
        return name;
    }
    return {};
}

} // namespace users

namespace jobs {

void enqueue(pqxx::connection& c, const std::vector<std::string>& names) {
    for (pqxx::work& tx : unitOfWork(c)) {
        for (const auto& n : names) {
            if (n.empty()) break;
            tx.exec_params("INSERT INTO job(name) VALUES($1)", n);
        }
        note("queued");
    }
}

void cancel(pqxx::connection& c, int id) {
    for (auto& tx : unitOfWork(c)) {
        pqxx::result r = tx.exec_params("UPDATE job SET st = 'C' WHERE id = $1", id);
        if (r.affected_rows() == 1)
            break;  // expect: session-generator-early-return
        note("nothing cancelled");
    }
}

void cancelAll(pqxx::connection& c) {
    for (auto& tx : unitOfWork(c)) {
        pqxx::result r = tx.exec("UPDATE job SET st = 'C' WHERE st = 'N'");
        note("cancelled " + std::to_string(r.affected_rows()));
    }
}

int nextId(pqxx::connection& c) {
    pqxx::work& tx = *unitOfWork(c).begin();  // expect: session-generator-early-return
    return tx.exec("SELECT nextval('job_id')")[0][0].as<int>();
}

int peekId(pqxx::connection& c) {
    auto units = unitOfWork(c);
    int id = 0;
    for (auto it = units.begin(); it != units.end(); ++it)
        id = it->exec("SELECT last_value FROM job_id")[0][0].as<int>();
    return id;
}

class Runner {
public:
    explicit Runner(std::string dsn) : dsn_(std::move(dsn)) {}

    void attach() {
        for (soci::session& s : openSession(dsn_))
            sql_ = &s;  // expect: session-generator-early-return
    }
    void start(int job) {
        for (soci::session& s : txSession(dsn_)) {
            s << "update job set st = 'R' where id = :j", soci::use(job);
            s << "insert into job_log(job) values(:j)", soci::use(job);
        }
        last_ = job;
    }
    int stop(int job) {
        for (soci::session& s : txSession(dsn_)) {
            s << "update job set st = 'S' where id = :j", soci::use(job);
            last_ = 0;
            return job;  // expect: session-generator-early-return
        }
        return -1;
    }
    int pid() const {
        int pid = 0;
        *sql_ << "select pid from runner", soci::into(pid);
        return pid;
    }

private:
    std::string dsn_;
    soci::session* sql_ = nullptr;
    int last_ = 0;
};

} // namespace jobs

namespace notes {

void addNote(const std::string& file, const std::string& text) {
    auto it = notesDb(file).begin();
    SQLite::Statement st(*it, "INSERT INTO note(t) VALUES(?)");  // expect: session-generator-early-return
    st.bind(1, text);
    st.exec();
}

void addNotes(const std::string& file, const std::vector<std::string>& texts) {
    for (auto& db : notesDb(file)) {
        SQLite::Statement st(db, "INSERT INTO note(t) VALUES(?)");
        for (const auto& t : texts) {
            st.bind(1, t);
            st.exec();
            st.reset();
        }
    }
}

bool dropNote(const std::string& file, int id) {
    for (auto& db : notesDb(file)) {
        SQLite::Statement st(db, "DELETE FROM note WHERE id = ?");
        st.bind(1, id);
        const bool gone = st.exec() > 0;
        if (gone) return true;  // expect: session-generator-early-return
    }
    return false;
}

std::optional<std::string> firstNote(const std::string& file) {
    std::optional<std::string> out;
    for (auto& db : readOnlyDb(file)) {
        SQLite::Statement st(db, "SELECT t FROM note ORDER BY id LIMIT 1");
        if (!st.executeStep()) break;
        out = st.getColumn(0).getString();
    }
    return out;
}

SQLite::Database& shared(const std::string& file) {
    for (SQLite::Database& db : readOnlyDb(file)) {
        if (db.tableExists("note")) return db;  // expect: session-generator-early-return
    }
    throw std::runtime_error("no notes in " + file);
}

// callback style: the provider runs the body and commits afterwards
template <class Fn>
void withNotes(const std::string& file, Fn&& fn) {
    for (auto& db : notesDb(file)) fn(db);
}

int importNotes(const std::string& file, const std::vector<std::string>& texts) {
    int n = 0;
    withNotes(file, [&](SQLite::Database& db) {
        if (texts.empty()) return; // leaves the lambda only, the generator is resumed
        for (const auto& t : texts) {
            SQLite::Statement st(db, "INSERT INTO note(t) VALUES(?)");
            st.bind(1, t);
            n += st.exec();
        }
    });
    return n;
}

SQLite::Database* leaked(const std::string& file) {
    SQLite::Database* out = nullptr;
    withNotes(file, [&out](SQLite::Database& db) {
        out = &db;
    });
    return out;
}

} // namespace notes
