// library: soci
// Booking service on SOCI: handlers, repositories, a worker and the nightly jobs.
#include <soci/soci.h>
#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

void logError(const char* where, const char* what) noexcept;
void logInfo(const std::string& text) noexcept;

struct Booking { int id = 0; int room = 0; std::string guest; };
struct RoomTaken : std::runtime_error { using std::runtime_error::runtime_error; };

// --- handlers -------------------------------------------------------------

bool bookRoom(soci::session& sql, int room, const std::string& guest) {
    soci::transaction tr(sql);
    int taken = 0;
    sql << "SELECT COUNT(*) FROM booking WHERE room = :r", soci::into(taken), soci::use(room);
    if (taken > 0) {
        logInfo("room taken, nothing written");
        return false;                       // the guard rolls back
    }
    sql << "INSERT INTO booking(room, guest) VALUES(:r, :g)", soci::use(room), soci::use(guest);
    tr.commit();
    return true;
}

bool cancelBooking(soci::session& sql, int id) {
    sql.begin();  // expect: session-unfinished-transaction
    try {
        int owner = 0;
        sql << "SELECT owner FROM booking WHERE id = :i", soci::into(owner), soci::use(id);
        if (!sql.got_data()) {
            logInfo("no such booking");
            return false;
        }
        sql << "DELETE FROM booking WHERE id = :i", soci::use(id);
        sql.commit();
        return true;
    } catch (const soci::soci_error& e) {
        logError("cancel", e.what());
        sql.rollback();
        return false;
    } catch (...) {
        sql.rollback();
        throw;
    }
}

bool cancelBookingQuietly(soci::session& sql, int id) {
    bool done = false;
    sql.begin();
    try {
        int owner = 0;
        sql << "SELECT owner FROM booking WHERE id = :i", soci::into(owner), soci::use(id);
        if (sql.got_data()) {
            sql << "DELETE FROM booking WHERE id = :i", soci::use(id);
            done = true;
        }
        sql.commit();
    } catch (...) {
        sql.rollback();
        throw;
    }
    return done;
}

void moveGuest(soci::session& sql, int from, int to) {
    try {
        sql.begin();
        sql << "UPDATE booking SET room = :t WHERE room = :f", soci::use(to), soci::use(from);
        sql << "UPDATE room SET state = 'free' WHERE id = :f", soci::use(from);
        sql.commit();
    } catch (const std::exception& e) {  // expect: session-missing-rollback
        logError("moveGuest", e.what());
    }
}

void renameGuest(soci::session& sql, int id, const std::string& name) {
    sql.begin();  // expect: session-missing-rollback
    sql << "UPDATE guest SET name = :n WHERE id = :i", soci::use(name), soci::use(id);
    sql << "INSERT INTO audit(guest) VALUES(:i)", soci::use(id);
    sql.commit();
}

// --- repository -----------------------------------------------------------

class BookingRepository {
public:
    explicit BookingRepository(soci::connection_pool& pool) : pool_(pool) {}

    std::vector<Booking> all(const std::string& guest) {
        soci::session sql(pool_);
        std::vector<Booking> out;
        soci::rowset<soci::row> rows =
            (sql.prepare << "SELECT id, room, guest FROM booking WHERE guest = :g", soci::use(guest));
        for (const auto& r : rows) {
            Booking b;
            b.id = r.get<int>(0);
            b.room = r.get<int>(1);
            b.guest = r.get<std::string>(2);
            out.push_back(b);
        }
        return out;
    }

    void checkIn(int id) {
        soci::session sql(pool_);
        soci::transaction tr(sql);  // expect: session-unfinished-transaction
        sql << "UPDATE booking SET state = 'in' WHERE id = :i", soci::use(id);
        sql << "INSERT INTO log(booking, what) VALUES(:i, 'in')", soci::use(id);
        logInfo("checked in");
    }

    std::optional<Booking> checkOut(int id) {
        soci::session sql(pool_);
        std::optional<Booking> result;
        if (soci::transaction tr(sql); id > 0) {
            Booking b;
            sql << "SELECT id, room FROM booking WHERE id = :i", soci::into(b.id), soci::into(b.room), soci::use(id);
            if (!sql.got_data()) return std::nullopt;
            sql << "UPDATE booking SET state = 'out' WHERE id = :i", soci::use(id);
            tr.commit();
            result = b;
        }
        return result;
    }

    void purge(int days) {
        soci::session sql(pool_);
        soci::transaction tr(sql);
        sql << "DELETE FROM booking WHERE age > :d", soci::use(days);
        tr.commit();
        sql << "SELECT 1";
        tr.commit();  // expect: session-double-end
    }

private:
    soci::connection_pool& pool_;
};

// --- optional session: owns one only when none is given ---------------------

int roomCount(soci::connection_pool& pool, soci::session* given) {
    std::optional<soci::session> own;
    soci::session& sql = given ? *given : own.emplace(pool);
    int n = 0;
    sql << "SELECT COUNT(*) FROM room", soci::into(n);
    return n;
}

// --- jobs -----------------------------------------------------------------

void chunkedArchive(soci::session& sql, const std::vector<int>& ids) {
    constexpr std::size_t kChunk = 200;
    for (std::size_t from = 0; from < ids.size(); from += kChunk) {
        soci::transaction tr(sql);
        const std::size_t to = std::min(ids.size(), from + kChunk);
        for (std::size_t i = from; i < to; ++i) {
            int id = ids[i];
            sql << "INSERT INTO archive SELECT * FROM booking WHERE id = :i", soci::use(id);
        }
        tr.commit();
    }
}

void settleInvoices(soci::session& sql, const std::vector<int>& ids) {
    soci::transaction tr(sql);
    for (int id : ids) {
        try {
            sql << "UPDATE invoice SET settled = 1 WHERE id = :i", soci::use(id);
            sql << "INSERT INTO ledger(invoice) VALUES(:i)", soci::use(id);
        } catch (const soci::soci_error& e) {  // expect: session-swallow-and-commit
            logError("settle", e.what());
        }
    }
    tr.commit();
}

bool settleOne(soci::session& sql, int id) {
    try {
        soci::transaction tr(sql);
        sql << "UPDATE invoice SET settled = 1 WHERE id = :i", soci::use(id);
        sql << "INSERT INTO ledger(invoice) VALUES(:i)", soci::use(id);
        tr.commit();
    } catch (const soci::soci_error& e) {       // outside the guard: already rolled back
        logError("settleOne", e.what());
        return false;
    }
    return true;
}

void retryingUpdate(soci::session& sql, int id) {
    for (int attempt = 0;; ++attempt) {
        try {
            soci::transaction tr(sql);
            sql << "UPDATE stock SET n = n - 1 WHERE id = :i", soci::use(id);
            tr.commit();
            return;
        } catch (const soci::soci_error& e) {
            logError("retry", e.what());
            if (attempt == 4) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10 << attempt));
    }
}

void registerGuest(soci::session& sql, const std::string& name, const std::string& mail) {
    {
        soci::transaction first(sql);
        sql << "INSERT INTO guest(name) VALUES(:n)", soci::use(name);
        first.commit();
    }
    {
        soci::transaction second(sql);
        sql << "INSERT INTO address(guest, mail) VALUES(:n, :m)", soci::use(name), soci::use(mail);
        second.commit();  // expect: session-multiple-commits
    }
}

void lostGuard(soci::session& sql, int room) {
    soci::transaction{sql};  // expect: session-temporary-guard
    sql << "UPDATE room SET state = 'closed' WHERE id = :r", soci::use(room);
    logInfo("room closed");
}

void reopenElsewhere(const std::string& primary, const std::string& replica) {
    soci::session sql(primary);
    sql << "UPDATE node SET seen = 1";
    sql.close();
    sql.open(replica);
    int n = 0;
    sql << "SELECT COUNT(*) FROM node", soci::into(n);      // open again: fine
    logInfo(std::to_string(n));
}

int countAfterClose(const std::string& dsn) {
    soci::session sql(dsn);
    int n = 0;
    sql << "SELECT COUNT(*) FROM node", soci::into(n);
    sql.close();
    sql << "SELECT COUNT(*) FROM link", soci::into(n);  // expect: session-use-after-scope
    return n;
}

std::unique_ptr<soci::session> openTuned(const std::string& dsn) {
    auto sql = std::make_unique<soci::session>(dsn);
    *sql << "SET statement_timeout = 5000";
    return sql;
}

void exclusiveEnds(soci::session& sql, int id, bool dry) {
    soci::transaction tr(sql);
    sql << "UPDATE price SET v = v * 2 WHERE id = :i", soci::use(id);
    if (dry) {
        logInfo("dry run");
        tr.rollback();
    } else {
        tr.commit();
    }
}

void writeInTwoLeases(soci::connection_pool& pool, int order) {
    {
        soci::session sql(pool);
        soci::transaction tr(sql);
        sql << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
        tr.commit();
    }
    soci::session sql(pool);  // expect: session-split-unit-of-work
    soci::transaction tr(sql);
    sql << "INSERT INTO order_item(o) VALUES(:o)", soci::use(order);
    tr.commit();
}
