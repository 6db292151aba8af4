// library: soci
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace hotel {

struct Booking { int id = 0; int room = 0; std::string guest; int nights = 1; };
struct HttpReply { int status = 200; std::string body; };

class ConflictError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

void trace(const std::string& s) { std::clog << "hotel: " << s << '\n'; }

class PoolSlot {
public:
    PoolSlot(soci::connection_pool& pool, int waitMs) : pool_(pool) {
        if (!pool_.try_lease(index_, waitMs))
            throw std::runtime_error("database busy");
    }
    PoolSlot(const PoolSlot&) = delete;
    PoolSlot& operator=(const PoolSlot&) = delete;
    ~PoolSlot() { pool_.give_back(index_); }
    soci::session& sql() { return pool_.at(index_); }

private:
    soci::connection_pool& pool_;
    std::size_t index_ = 0;
};

HttpReply createBooking(soci::connection_pool& pool, Booking b) {
    try {
        PoolSlot slot(pool, 1500);
        soci::transaction tr(slot.sql());
        int taken = 0;
        slot.sql() << "select count(*) from booking where room = :r and open = 1", soci::into(taken), soci::use(b.room);
        if (taken != 0)
            throw ConflictError("room taken");
        slot.sql() << "insert into booking(room, guest, nights, open) values(:r, :g, :n, 1)",
            soci::use(b.room), soci::use(b.guest), soci::use(b.nights);
        slot.sql() << "update room set used = used + 1 where id = :r", soci::use(b.room);
        tr.commit();
        return {201, "created"};
    } catch (const ConflictError& e) {
        return {409, e.what()};
    } catch (const soci::soci_error& e) {
        trace(e.what());
        return {503, "try later"};
    }
}

HttpReply cancelBooking(soci::connection_pool& pool, int id) {
    soci::session sql(pool);
    sql.begin();
    try {
        int nights = 0;
        sql << "select nights from booking where id = :i", soci::into(nights), soci::use(id);
        if (!sql.got_data())
            throw std::out_of_range("no such booking");
        sql << "delete from booking where id = :i", soci::use(id);
        sql << "insert into refund(booking, nights) values(:i, :n)", soci::use(id), soci::use(nights);
        sql.commit();
        return {200, "cancelled"};
    } catch (const std::out_of_range& e) {  // expect: session-missing-rollback
        return {404, e.what()};
    } catch (const soci::soci_error&) {
        sql.rollback();
        throw;
    }
}

bool extendStay(soci::session& sql, int id, int extra) {
    sql.begin();
    try {
        soci::statement st = (sql.prepare << "update booking set nights = nights + :n where id = :i",
                              soci::use(extra), soci::use(id));
        st.execute(true);
        if (st.get_affected_rows() != 1) {
            sql.rollback();
            return false;
        }
        sql << "insert into stay_log(booking, extra) values(:i, :n)", soci::use(id), soci::use(extra);
        sql.commit();
    } catch (...) {
        sql.rollback();
        throw;
    }
    return true;
}

std::vector<Booking> listOpen(soci::connection_pool& pool) {
    soci::session sql(pool);
    soci::rowset<soci::row> rows = (sql.prepare << "select id, room, guest, nights from booking where open = 1");
    std::vector<Booking> out;
    for (const soci::row& r : rows)
        out.push_back({r.get<int>(0), r.get<int>(1), r.get<std::string>(2), r.get<int>(3)});
    return out;
}

soci::session* currentReportSession = nullptr;

void prepareNightAudit(soci::connection_pool& pool, const std::string& user) {
    soci::session sql(pool);
    int allowed = 0;
    sql << "select count(*) from auditor where name = :u", soci::into(allowed), soci::use(user);
    if (allowed == 0)
        return;
    currentReportSession = &sql;  // expect: session-use-after-scope
    trace("night audit prepared for " + user);
}

int nightTotal(soci::connection_pool& pool, soci::session* given) {
    std::unique_ptr<soci::session> own;
    if (!given) {
        own = std::make_unique<soci::session>(pool);
        given = own.get();
    }
    int total = 0;
    soci::indicator ind = soci::i_null;
    *given << "select sum(nights) from booking where open = 1", soci::into(total, ind);
    return ind == soci::i_ok ? total : 0;
}

template <class Work>
void inTransaction(soci::connection_pool& pool, Work&& work) {
    soci::session sql(pool);
    soci::transaction tr(sql);
    work(sql);
    tr.commit();
}

void moveGuest(soci::connection_pool& pool, int booking, int toRoom) {
    inTransaction(pool, [&](soci::session& sql) {
        int fromRoom = 0;
        sql << "select room from booking where id = :i", soci::into(fromRoom), soci::use(booking);
        if (!sql.got_data() || fromRoom == toRoom)
            return;
        sql << "update booking set room = :r where id = :i", soci::use(toRoom), soci::use(booking);
        sql << "update room set used = used - 1 where id = :r", soci::use(fromRoom);
    });
    trace("guest moved");
}

void closeDay(soci::connection_pool& pool, const std::string& day) {
    inTransaction(pool, [&](soci::session& sql) {
        soci::transaction nested(sql);  // expect: session-nested-begin
        sql << "insert into day_close(day) values(:d)", soci::use(day);
        sql << "update booking set open = 0 where until = :d", soci::use(day);
        nested.commit();
    });
}

void freezeRoom(soci::connection_pool& pool, int room, const std::string& reason) {
    const std::size_t slot = pool.lease();  // expect: session-leak
    soci::session& sql = pool.at(slot);
    int open = 0;
    sql << "select count(*) from booking where room = :r and open = 1", soci::into(open), soci::use(room);
    if (open > 0) {
        trace("room busy: " + reason);
        return;
    }
    sql << "update room set frozen = 1 where id = :r", soci::use(room);
    pool.give_back(slot);
}

std::map<int, int> occupancy(soci::connection_pool& pool) {
    std::size_t slot = 0;
    if (!pool.try_lease(slot, 500))
        return {};
    const auto back = [&pool, &slot](void*) { pool.give_back(slot); };
    std::unique_ptr<soci::session, decltype(back)> sql(&pool.at(slot), back);
    std::map<int, int> used;
    soci::rowset<soci::row> rows = (sql->prepare << "select id, used from room");
    for (const auto& r : rows)
        used[r.get<int>(0)] = r.get<int>(1);
    return used;
}

bool chargeMinibar(soci::session& sql, int booking, const std::vector<int>& items) {
    soci::transaction tr(sql);
    int sum = 0;
    for (int item : items) {
        int price = 0;
        sql << "select price from item where id = :i", soci::into(price), soci::use(item);
        if (!sql.got_data()) {
            trace("unknown item " + std::to_string(item));
            return false;
        }
        sql << "insert into charge(booking, item, price) values(:b, :i, :p)",
            soci::use(booking), soci::use(item), soci::use(price);
        sum += price;
    }
    sql << "update booking set due = due + :s where id = :b", soci::use(sum), soci::use(booking);
    tr.commit();
    return true;
}

void settle(soci::session& sql, int booking, double paid) {
    soci::transaction tr(sql);
    sql << "insert into payment(booking, amount) values(:b, :a)", soci::use(booking), soci::use(paid);
    double due = 0;
    sql << "select due from booking where id = :b", soci::into(due), soci::use(booking);
    if (paid < due) {
        tr.rollback();
        trace("underpaid " + std::to_string(booking));
    }
    tr.commit();  // expect: session-double-end
}

void registerHousekeeping(soci::connection_pool& pool, const std::vector<int>& rooms) {
    for (int attempt = 0;; ++attempt) {
        try {
            soci::session sql(pool);
            soci::transaction tr(sql);
            for (int r : rooms)
                sql << "insert into cleaning(room) values(:r)", soci::use(r);
            tr.commit();
            break;
        } catch (const soci::soci_error& e) {
            if (attempt == 3)
                throw;
            trace(std::string("cleaning retry: ") + e.what());
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50 << attempt));
    }
}

void exportInvoices(soci::connection_pool& pool, const std::vector<int>& ids) {
    soci::session sql(pool);
    soci::transaction tr(sql);
    for (int id : ids) {
        try {
            sql << "update invoice set exported = 1 where id = :i", soci::use(id);
            sql << "insert into export_line select * from invoice_line where invoice = :i", soci::use(id);
        } catch (const soci::soci_error& e) {  // expect: session-swallow-and-commit
            std::cerr << "invoice " << id << ": " << e.what() << '\n';
        }
    }
    tr.commit();
}

void syncLoyalty(soci::connection_pool& pool, const std::string& guest, int points) {
    std::unique_ptr<soci::session> books = std::make_unique<soci::session>(pool);
    *books << "insert into points(guest, n) values(:g, :n)", soci::use(guest), soci::use(points);
    int level = points / 1000;
    auto crm = std::make_unique<soci::session>(pool);  // expect: session-split-unit-of-work
    *crm << "update guest set level = :l where name = :g", soci::use(level), soci::use(guest);
    trace("loyalty " + guest);
}

class RoomCache {
public:
    explicit RoomCache(const std::string& file) : sql_(soci::sqlite3, file) {
        sql_ << "create table if not exists room_cache(id integer primary key, label text)";
    }

    void warm(soci::connection_pool& pool) {
        soci::session source(pool);
        soci::rowset<soci::row> rows = (source.prepare << "select id, label from room");
        soci::transaction tr(sql_);
        sql_ << "delete from room_cache";
        for (const auto& r : rows) {
            const int id = r.get<int>(0);
            const std::string label = r.get<std::string>(1);
            sql_ << "insert into room_cache values(:i, :l)", soci::use(id), soci::use(label);
        }
        tr.commit();
    }

    std::optional<std::string> label(int id) {
        std::string text;
        sql_ << "select label from room_cache where id = :i", soci::into(text), soci::use(id);
        return sql_.got_data() ? std::make_optional(text) : std::nullopt;
    }

    void drop(int id) {
        soci::transaction{sql_};  // expect: session-temporary-guard
        sql_ << "delete from room_cache where id = :i", soci::use(id);
    }

private:
    soci::session sql_;
};

void reorder(soci::session& sql, const std::vector<int>& order) {
    auto guard = std::make_unique<soci::transaction>(sql);
    int place = 0;
    for (int id : order) {
        ++place;
        sql << "update room set place = :p where id = :i", soci::use(place), soci::use(id);
    }
    guard->commit();
    guard = std::make_unique<soci::transaction>(sql);
    sql << "update layout set version = version + 1";
    sql << "insert into layout_log(rooms) values(:n)", soci::use(place);
    guard->commit();  // expect: session-multiple-commits
}

}  // namespace hotel
