#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lodging::sql {

enum class code { ok, busy, constraint, io, closed };

class status {
public:
    status() noexcept = default;
    status(code c, std::string detail) : code_(c), detail_(std::move(detail)) {}
    bool ok() const noexcept { return code_ == code::ok; }
    bool busy() const noexcept { return code_ == code::busy; }
    const std::string& detail() const noexcept { return detail_; }

private:
    code code_ = code::ok;
    std::string detail_;
};

template <class T>
class result {
public:
    result(T value) noexcept;
    result(status error) noexcept;
    bool ok() const noexcept;
    T& value() noexcept;
    const status& error() const noexcept;
};

struct table {
    std::vector<std::array<std::int64_t, 4>> rows;
};

class connection {
public:
    static result<std::unique_ptr<connection>> open(const std::string& url) noexcept;
    static connection& main() noexcept;
    ~connection();
    status begin() noexcept;
    status commit() noexcept;
    status rollback() noexcept;
    template <class... A> status run(std::string_view text, const A&... args) noexcept;
    template <class... A> result<table> fetch(std::string_view text, const A&... args) noexcept;
};

class connection_pool {
public:
    connection* checkout(int timeout_ms) noexcept;
    void give_back(connection* c) noexcept;
};

class checked_out {
public:
    explicit checked_out(connection_pool& pool) noexcept;
    checked_out(const checked_out&) = delete;
    ~checked_out();
    explicit operator bool() const noexcept;
    connection* operator->() const noexcept;
    connection& operator*() const noexcept;
};

}  // namespace lodging::sql

namespace lodging {

using sql::connection;
using sql::connection_pool;
using sql::status;

void log_line(std::string_view text) noexcept;

struct stay {
    std::int64_t guest = 0;
    std::int64_t room = 0;
    int first_night = 0;
    int nights = 1;
};

struct settings {
    std::string url;
    int checkout_ms = 1500;
    int retries = 3;
};

template <class F>
class on_exit {
public:
    explicit on_exit(F f) noexcept : f_(std::move(f)) {}
    on_exit(const on_exit&) = delete;
    ~on_exit() { f_(); }

private:
    F f_;
};

status cancel_booking(connection& db, std::int64_t booking) noexcept {
    if (auto st = db.begin(); !st.ok())
        return st;
    if (auto st = db.run("UPDATE booking SET state = 'cancelled' WHERE id = $1", booking); !st.ok()) {
        (void)db.rollback();
        return st;
    }
    if (auto st = db.run("DELETE FROM night WHERE booking = $1", booking); !st.ok()) {
        (void)db.rollback();
        return st;
    }
    auto st = db.commit();
    if (!st.ok())
        (void)db.rollback();
    return st;
}

status check_in(connection& db, const stay& s) noexcept {
    auto st = db.begin();  // expect: session-unfinished-transaction
    if (!st.ok())
        return st;
    st = db.run("UPDATE room SET guest = $1 WHERE id = $2", s.guest, s.room);
    if (!st.ok()) {
        (void)db.rollback();
        return st;
    }
    st = db.run("INSERT INTO folio(guest, room) VALUES($1, $2)", s.guest, s.room);
    if (!st.ok()) {
        log_line("folio not opened");
        return st;
    }
    st = db.commit();
    if (!st.ok())
        (void)db.rollback();
    return st;
}

status add_minibar(connection& db, std::int64_t folio, std::span<const int> items) noexcept {
    if (items.empty())
        return {};
    if (auto st = db.begin(); !st.ok())
        return st;
    auto give_up = [&db](status why) {
        log_line(why.detail());
        (void)db.rollback();
        return why;
    };
    int total = 0;
    for (int price : items) {
        if (auto st = db.run("INSERT INTO charge(folio, amount) VALUES($1, $2)", folio, price); !st.ok())
            return give_up(st);
        total += price;
    }
    if (auto st = db.run("UPDATE folio SET total = total + $1 WHERE id = $2", total, folio); !st.ok())
        return give_up(st);
    if (auto st = db.commit(); !st.ok())
        return give_up(st);
    return {};
}

std::optional<int> rooms_free(connection_pool& pool, int night) noexcept {
    connection* c = pool.checkout(500);  // expect: session-leak
    if (c == nullptr)
        return std::nullopt;
    auto found = c->fetch("SELECT count(*) FROM room WHERE id NOT IN (SELECT room FROM night WHERE day = $1)", night);
    if (!found.ok()) {
        log_line(found.error().detail());
        return std::nullopt;
    }
    const int n = found.value().rows.empty() ? 0 : static_cast<int>(found.value().rows.front()[0]);
    pool.give_back(c);
    return n;
}

bool night_audit(connection_pool& pool, int day) noexcept {
    connection* c = pool.checkout(5000);
    if (c == nullptr)
        return false;
    on_exit back([&pool, c] { pool.give_back(c); });
    auto open_folios = c->fetch("SELECT id, total FROM folio WHERE closed = 0 AND day <= $1", day);
    if (!open_folios.ok())
        return false;
    int mismatches = 0;
    for (const auto& row : open_folios.value().rows) {
        auto sum = c->fetch("SELECT coalesce(sum(amount), 0) FROM charge WHERE folio = $1", row[0]);
        if (!sum.ok())
            return false;
        if (sum.value().rows.empty() || sum.value().rows[0][0] != row[1])
            ++mismatches;
    }
    if (mismatches > 0)
        log_line("folios do not add up");
    return mismatches == 0;
}

std::vector<std::int64_t> overdue_guests(connection_pool& pool, const settings& cfg) noexcept {
    std::vector<std::int64_t> ids;
    for (int attempt = 0; attempt < cfg.retries; ++attempt) {
        connection* c = pool.checkout(cfg.checkout_ms);
        if (c == nullptr)
            continue;
        auto found = c->fetch("SELECT guest FROM folio WHERE closed = 0 AND due < now()");
        if (!found.ok()) {
            const bool again = found.error().busy();
            pool.give_back(c);
            if (again)
                continue;
            break;
        }
        for (const auto& row : found.value().rows)
            ids.push_back(row[0]);
        pool.give_back(c);
        break;
    }
    return ids;
}

status rename_guest(connection_pool& pool, std::int64_t guest, const std::string& name) noexcept {
    connection* c = pool.checkout(800);
    if (!c)
        return {sql::code::busy, "no connection"};
    auto st = c->run("UPDATE guest SET name = $1 WHERE id = $2", name, guest);
    if (!st.ok()) {
        log_line("guest not renamed: " + st.detail());
        pool.give_back(c);
    }
    pool.give_back(c);  // expect: session-double-end
    return st;
}

status block_room(connection_pool& pool, std::int64_t room, const std::string& why) noexcept {
    auto* c = pool.checkout(800);
    if (!c)
        return {sql::code::busy, "no connection"};
    auto st = c->run("UPDATE room SET blocked = $1 WHERE id = $2", why, room);
    pool.give_back(c);
    if (st.ok())
        st = c->run("INSERT INTO housekeeping(room, note) VALUES($1, $2)", room, why);  // expect: session-use-after-scope
    return st;
}

status unblock_rooms(connection_pool& pool, const std::vector<std::int64_t>& rooms) noexcept {
    connection* c = pool.checkout(800);
    if (!c)
        return {sql::code::busy, "no connection"};
    status last;
    for (std::size_t i = 0; i < rooms.size(); ++i) {
        if (i > 0 && i % 50 == 0) {
            pool.give_back(c);
            c = pool.checkout(800);
            if (!c)
                return {sql::code::busy, "lost connection"};
        }
        last = c->run("UPDATE room SET blocked = NULL WHERE id = $1", rooms[i]);
        if (!last.ok())
            break;
    }
    pool.give_back(c);
    return last;
}

status extend_stay(connection& db, const stay& s, int more) noexcept {
    if (auto st = db.begin(); !st.ok())
        return st;
    auto st = db.run("UPDATE booking SET nights = nights + $1 WHERE guest = $2", more, s.guest);
    for (int n = 0; st.ok() && n < more; ++n)
        st = db.run("INSERT INTO night(room, day) VALUES($1, $2)", s.room, s.first_night + s.nights + n);
    auto end = st.ok() ? db.commit() : db.rollback();
    if (st.ok() && !end.ok()) {
        (void)db.rollback();
        return end;
    }
    return st;
}

status swap_rooms(connection_pool& pool, const stay& a, const stay& b) noexcept {
    sql::checked_out first(pool);
    if (!first)
        return {sql::code::busy, "pool"};
    if (auto st = first->run("UPDATE booking SET room = $1 WHERE guest = $2", b.room, a.guest); !st.ok())
        return st;
    sql::checked_out second(pool);  // expect: session-split-unit-of-work
    if (!second)
        return {sql::code::busy, "pool"};
    return second->run("UPDATE booking SET room = $1 WHERE guest = $2", a.room, b.guest);
}

status archive_year(connection_pool& live, connection_pool& archive, int year) noexcept {
    sql::checked_out source(live);
    sql::checked_out target(archive);
    if (!source || !target)
        return {sql::code::busy, "pool"};
    auto old = source->fetch("SELECT id, guest, room, total FROM folio WHERE closed = 1 AND year = $1", year);
    if (!old.ok())
        return old.error();
    if (auto st = target->begin(); !st.ok())
        return st;
    for (const auto& row : old.value().rows) {
        if (auto st = target->run("INSERT INTO folio VALUES($1, $2, $3, $4)", row[0], row[1], row[2], row[3]); !st.ok()) {
            (void)target->rollback();
            return st;
        }
    }
    if (auto st = target->commit(); !st.ok()) {
        (void)target->rollback();
        return st;
    }
    return source->run("DELETE FROM folio WHERE closed = 1 AND year = $1", year);
}

status pay_folio(connection& db, std::int64_t folio, std::int64_t amount) noexcept {
    if (auto st = db.begin(); !st.ok())
        return st;
    auto st = db.run("INSERT INTO payment(folio, amount) VALUES($1, $2)", folio, amount);
    if (st.ok())
        st = connection::main().run("UPDATE folio SET paid = paid + $1 WHERE id = $2", amount, folio);  // expect: session-transaction-bypass
    if (!st.ok()) {
        (void)db.rollback();
        return st;
    }
    st = db.commit();
    if (!st.ok())
        (void)db.rollback();
    return st;
}

status change_rate(connection& db, connection& journal, int rate, int cents) noexcept {
    if (auto st = db.begin(); !st.ok())
        return st;
    auto st = db.run("UPDATE rate SET cents = $1 WHERE id = $2", cents, rate);
    if (auto noted = journal.run("INSERT INTO audit(what, id) VALUES('rate', $1)", rate); !noted.ok())
        log_line("audit: " + noted.detail());
    if (st.ok())
        st = db.commit();
    if (!st.ok())
        (void)db.rollback();
    return st;
}

status quote_group(connection& primary, connection& replica, std::int64_t group) noexcept {
    if (auto st = primary.begin(); !st.ok())
        return st;
    std::int64_t sum = 0;
    auto rates = replica.fetch("SELECT cents FROM rate JOIN group_room USING(rate) WHERE grp = $1", group);
    status st = rates.ok() ? status{} : rates.error();
    if (st.ok()) {
        for (const auto& row : rates.value().rows)
            sum += row[0];
        st = primary.run("INSERT INTO quote(grp, cents) VALUES($1, $2)", group, sum);
    }
    if (st.ok())
        st = primary.run("UPDATE grp SET quoted = 1 WHERE id = $1", group);
    if (st.ok())
        st = primary.commit();
    if (!st.ok())
        (void)primary.rollback();
    return st;
}

status book_nights(connection& db, const stay& s) noexcept {
    auto st = db.run("INSERT INTO booking(guest, room) VALUES($1, $2)", s.guest, s.room);
    if (!st.ok())
        return st;
    for (int n = 0; n < s.nights; ++n) {
        st = db.begin();  // expect: session-nested-begin
        if (!st.ok())
            return st;
        st = db.run("INSERT INTO night(room, day) VALUES($1, $2)", s.room, s.first_night + n);
        if (!st.ok()) {
            (void)db.rollback();
            return st;
        }
    }
    st = db.commit();
    if (!st.ok())
        (void)db.rollback();
    return st;
}

status assign_room(connection& db, const stay& s, const settings& cfg) noexcept {
    status st;
    for (int attempt = 0; attempt < cfg.retries; ++attempt) {
        st = db.begin();
        if (!st.ok())
            continue;
        st = db.run("UPDATE room SET guest = $1 WHERE id = $2 AND guest IS NULL", s.guest, s.room);
        if (st.ok())
            st = db.run("UPDATE booking SET room = $1 WHERE guest = $2", s.room, s.guest);
        if (st.ok())
            st = db.commit();
        if (st.ok())
            return st;
        (void)db.rollback();
        if (!st.busy())
            break;
    }
    return st;
}

namespace {

bool say(connection& db, std::string_view text) noexcept {
    auto st = db.run(text);
    if (!st.ok())
        log_line(st.detail());
    return st.ok();
}

}  // namespace

bool rebuild_calendar(connection& db) noexcept {
    if (!say(db, "BEGIN"))
        return false;
    const bool done = say(db, "DELETE FROM calendar") && say(db, "INSERT INTO calendar SELECT day, count(*) FROM night GROUP BY day") &&
                      say(db, "UPDATE property SET calendar_at = now()");
    if (done && say(db, "COMMIT"))
        return true;
    say(db, "ROLLBACK");
    return false;
}

bool close_month(connection& db, int month, int mode) noexcept {
    if (!say(db, "BEGIN IMMEDIATE"))  // expect: session-unfinished-transaction
        return false;
    if (!db.run("UPDATE folio SET closed = 1 WHERE month = $1", month).ok()) {
        say(db, "ROLLBACK");
        return false;
    }
    switch (mode) {
    case 0:
        return say(db, "COMMIT") || (say(db, "ROLLBACK"), false);
    case 1:
        log_line("closing in test mode");
        say(db, "ROLLBACK");
        return true;
    default:
        log_line("unknown mode");
        return false;
    }
}

sql::result<std::unique_ptr<connection>> open_tuned(const settings& cfg) noexcept {
    auto opened = connection::open(cfg.url);
    if (!opened.ok())
        return opened.error();
    std::unique_ptr<connection> db = std::move(opened.value());
    for (std::string_view text : {"SET lock_timeout = 2000", "SET statement_timeout = 60000"}) {
        if (auto st = db->run(text); !st.ok())
            return st;
    }
    return db;
}

status load_fixtures(const settings& cfg, const std::vector<stay>& stays) noexcept {
    auto opened = connection::open(cfg.url);
    if (!opened.ok())
        return opened.error();
    connection& db = *opened.value();
    for (const stay& s : stays) {
        if (s.nights <= 0) {
            (void)db.rollback();  // expect: session-double-end
            return {sql::code::constraint, "no nights"};
        }
    }
    if (auto st = db.begin(); !st.ok())
        return st;
    for (const stay& s : stays) {
        if (auto st = db.run("INSERT INTO booking(guest, room) VALUES($1, $2)", s.guest, s.room); !st.ok()) {
            (void)db.rollback();
            return st;
        }
    }
    if (auto st = db.commit(); !st.ok()) {
        (void)db.rollback();
        return st;
    }
    return {};
}

bool has_keycard(connection& db, std::int64_t guest) noexcept {
    auto found = db.fetch("SELECT 1 FROM keycard WHERE guest = $1", guest);
    return found.ok() && !found.value().rows.empty();
}

status issue_keycard(connection& db, const stay& s, bool& issued) noexcept {
    issued = false;
    bool open = false;
    status st;
    if (!has_keycard(db, s.guest)) {
        st = db.begin();
        open = st.ok();
        if (open)
            st = db.run("INSERT INTO keycard(guest, room) VALUES($1, $2)", s.guest, s.room);
        if (st.ok())
            st = db.run("UPDATE room SET cards = cards + 1 WHERE id = $1", s.room);
    }
    if (open && st.ok()) {
        st = db.commit();
        open = !st.ok();
        issued = st.ok();
    }
    if (open)
        (void)db.rollback();
    return st;
}

status transfer_points(connection& db, std::int64_t from, std::int64_t to, int points) noexcept {
    if (auto st = db.begin(); !st.ok())
        return st;
    auto st = db.run("UPDATE guest SET points = points - $1 WHERE id = $2", points, from);
    if (st.ok())
        st = db.commit();
    if (!st.ok()) {
        (void)db.rollback();
        return st;
    }
    if (st = db.begin(); !st.ok())
        return st;
    st = db.run("UPDATE guest SET points = points + $1 WHERE id = $2", points, to);
    if (st.ok())
        st = db.commit();  // expect: session-multiple-commits
    if (!st.ok())
        (void)db.rollback();
    return st;
}

}  // namespace lodging
