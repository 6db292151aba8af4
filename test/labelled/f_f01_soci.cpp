// library: soci
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace harbour {

struct Vessel {
    int imo = 0;
    std::string name;
    double draught = 0;
};

struct BerthConfig {
    std::string dsn;
    int chunk = 200;
    bool dry_run = false;
    int retries = 3;
};

void log_line(const std::string& s) noexcept { std::fprintf(stderr, "%s\n", s.c_str()); }

bool allocate_berth(soci::session& sql, const Vessel& v, int berth) {
    soci::transaction tr(sql);
    double depth = 0;
    soci::indicator ind = soci::i_null;
    sql << "select depth from berth where id = :b", soci::into(depth, ind), soci::use(berth);
    if (!sql.got_data() || ind != soci::i_ok) {
        log_line("no such berth");
        return false;
    }
    sql << "update berth set occupied_by = :v where id = :b", soci::use(v.imo), soci::use(berth);
    if (depth < v.draught + 0.5)
        return false;
    sql << "insert into movement(imo, berth) values(:v, :b)", soci::use(v.imo), soci::use(berth);
    tr.commit();
    return true;
}

void rename_vessel(soci::session& sql, int imo, const std::string& name) {
    sql.begin();
    try {
        sql << "update vessel set name = :n where imo = :i", soci::use(name), soci::use(imo);
        sql << "insert into vessel_history(imo, name) values(:i, :n)", soci::use(imo), soci::use(name);
        sql.commit();
    } catch (...) {
        try {
            sql.rollback();
        } catch (const soci::soci_error& e) {
            log_line(e.what());
        }
        throw;
    }
}

int import_manifest(soci::session& sql, const std::vector<std::string>& lines) {
    int n = 0;
    sql.begin();
    try {
        for (const auto& l : lines) {
            int weight = std::stoi(l);
            sql << "insert into cargo(weight) values(:w)", soci::use(weight);
            ++n;
        }
        sql.commit();
    } catch (const soci::soci_error& e) {
        sql.rollback();
        log_line(e.what());
        throw;
    } catch (const std::logic_error& e) {  // expect: session-missing-rollback
        log_line(std::string("manifest line ignored: ") + e.what());
        return -1;
    }
    return n;
}

enum class PilotResult { Assigned, NoPilot, Failed };

PilotResult assign_pilot(soci::session& sql, int imo) {
    sql.begin();  // expect: session-unfinished-transaction
    try {
        int pilot = 0;
        sql << "select id from pilot where free = 1 limit 1 for update", soci::into(pilot);
        if (!sql.got_data())
            return PilotResult::NoPilot;
        sql << "update pilot set free = 0 where id = :p", soci::use(pilot);
        sql << "insert into pilotage(imo, pilot) values(:i, :p)", soci::use(imo), soci::use(pilot);
        sql.commit();
        return PilotResult::Assigned;
    } catch (const std::exception& e) {
        sql.rollback();
        log_line(e.what());
    }
    return PilotResult::Failed;
}

void set_draught(soci::session& sql, int imo, double d, bool in_outer_tx) {
    std::unique_ptr<soci::transaction> own;
    if (!in_outer_tx)
        own = std::make_unique<soci::transaction>(sql);
    sql << "update vessel set draught = :d where imo = :i", soci::use(d), soci::use(imo);
    sql << "insert into survey(imo, draught) values(:i, :d)", soci::use(imo), soci::use(d);
    if (own)
        own->commit();
}

std::map<int, std::string> vessels_in_port(soci::connection_pool& pool) {
    soci::session sql(pool);
    soci::transaction snapshot(sql);
    std::map<int, std::string> out;
    soci::rowset<soci::row> rs = (sql.prepare << "select imo, name from vessel where in_port = 1");
    for (const auto& r : rs)
        out.emplace(r.get<int>(0), r.get<std::string>(1));
    return out;
}

double dues_for(soci::connection_pool& pool, int imo) {
    std::size_t slot = pool.lease();  // expect: session-leak
    soci::session& sql = pool.at(slot);
    double tonnage = 0;
    try {
        sql << "select gt from vessel where imo = :i", soci::into(tonnage), soci::use(imo);
        if (!sql.got_data())
            return 0.0;
        pool.give_back(slot);
    } catch (...) {
        pool.give_back(slot);
        throw;
    }
    return tonnage * 0.37;
}

class Lease {
public:
    explicit Lease(soci::connection_pool& p, int ms) : pool_(p), held_(p.try_lease(slot_, ms)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() {
        if (held_)
            pool_.give_back(slot_);
    }
    explicit operator bool() const noexcept { return held_; }
    soci::session& operator*() { return pool_.at(slot_); }

private:
    soci::connection_pool& pool_;
    std::size_t slot_ = 0;
    bool held_;
};

std::optional<int> queue_length(soci::connection_pool& pool) {
    if (Lease lease(pool, 250); lease) {
        int n = 0;
        *lease << "select count(*) from anchorage", soci::into(n);
        return n;
    }
    log_line("pool busy");
    return std::nullopt;
}

void apply_tariff(soci::session& sql, const std::vector<int>& ids, double factor) {
    soci::transaction tr(sql);
    sql << "insert into tariff_run(factor) values(:f)", soci::use(factor);
    try {
        for (int id : ids)
            sql << "update tariff set rate = rate * :f where id = :i", soci::use(factor), soci::use(id);
    } catch (const soci::soci_error& e) {  // expect: session-swallow-and-commit
        log_line(std::string("tariff update incomplete: ") + e.what());
    }
    tr.commit();
}

void record_eta(soci::session& sql, int imo, const std::string& raw) {
    soci::transaction tr(sql);
    int minutes = 0;
    try {
        minutes = std::stoi(raw);
    } catch (const std::exception&) {
        log_line("unparsable ETA, using default");
        minutes = 24 * 60;
    }
    sql << "update call set eta_min = :m where imo = :i", soci::use(minutes), soci::use(imo);
    tr.commit();
}

void archive_movements(soci::session& sql, const std::vector<int>& ids, const BerthConfig& cfg) {
    auto tr = std::make_unique<soci::transaction>(sql);
    int pending = 0;
    for (int id : ids) {
        sql << "insert into movement_archive select * from movement where id = :i", soci::use(id);
        sql << "delete from movement where id = :i", soci::use(id);
        if (++pending >= cfg.chunk) {
            tr->commit();
            tr.reset();
            tr = std::make_unique<soci::transaction>(sql);
            pending = 0;
        }
    }
    tr->commit();
}

void book_tug(soci::session& sql, int imo, int tug, bool escort) {
    soci::transaction tr(sql);
    sql << "insert into tug_job(imo, tug) values(:i, :t)", soci::use(imo), soci::use(tug);
    if (escort) {
        sql.begin();  // expect: session-nested-begin
        sql << "insert into escort(imo) values(:i)", soci::use(imo);
    }
    tr.commit();
}

void register_agent(soci::session& sql, int imo, const std::string& agent) {
    soci::transaction tr(sql);
    sql << "update call set agent = :a where imo = :i", soci::use(agent), soci::use(imo);
    sql << "savepoint contact";
    try {
        sql << "insert into agent_contact(name) values(:a)", soci::use(agent);
        sql << "release savepoint contact";
    } catch (const soci::soci_error&) {
        sql << "rollback to savepoint contact";
    }
    tr.commit();
}

void close_call(soci::session& sql, int imo, double amount) {
    {
        soci::transaction state(sql);
        sql << "update call set state = 'closed' where imo = :i", soci::use(imo);
        state.commit();
    }
    log_line("call closed");
    soci::transaction billing(sql);
    sql << "insert into invoice(imo, amount) values(:i, :a)", soci::use(imo), soci::use(amount);
    billing.commit();  // expect: session-multiple-commits
}

void settle(soci::session& sql, int invoice, bool waived) {
    soci::transaction tr(sql);
    sql << "update invoice set open = 0 where id = :i", soci::use(invoice);
    if (waived) {
        sql << "insert into waiver(invoice) values(:i)", soci::use(invoice);
        tr.commit();
        log_line("waived");
        return;
    }
    sql << "insert into payment(invoice) values(:i)", soci::use(invoice);
    tr.commit();
}

void refresh_positions(soci::session& sql, const std::vector<int>& imos) {
    std::thread poller([&sql, imos] {  // expect: session-shared-across-threads
        for (int imo : imos)
            sql << "update vessel set ais_seen = 1 where imo = :i", soci::use(imo);
    });
    int n = 0;
    sql << "select count(*) from vessel", soci::into(n);
    log_line("vessels: " + std::to_string(n));
    poller.join();
}

void refresh_tides(soci::connection_pool& pool, const std::vector<int>& stations) {
    std::vector<std::thread> workers;
    workers.reserve(stations.size());
    for (int st : stations) {
        workers.emplace_back([&pool, st] {
            try {
                soci::session sql(pool);
                soci::transaction tr(sql);
                sql << "update tide set fresh = 1 where station = :s", soci::use(st);
                tr.commit();
            } catch (const std::exception& e) {
                log_line(e.what());
            }
        });
    }
    for (auto& w : workers)
        w.join();
}

void shift_vessel(soci::connection_pool& pool, int imo, int from, int to) {
    soci::session src(pool);
    soci::transaction leave(src);
    src << "update berth set occupied_by = null where id = :b", soci::use(from);
    soci::session dst(pool);  // expect: session-split-unit-of-work
    soci::transaction enter(dst);
    dst << "update berth set occupied_by = :i where id = :b", soci::use(imo), soci::use(to);
    leave.commit();
    enter.commit();
}

void mirror_to_customs(soci::connection_pool& port_db, soci::connection_pool& customs_db, int imo) {
    std::string name;
    {
        soci::session port(port_db);
        port << "select name from vessel where imo = :i", soci::into(name), soci::use(imo);
    }
    soci::session customs(customs_db);
    soci::transaction tr(customs);
    customs << "insert into declared(imo, name) values(:i, :n)", soci::use(imo), soci::use(name);
    tr.commit();
}

int count_calls(soci::connection_pool& pool, soci::session* given) {
    soci::session* use = given;
    if (use == nullptr) {
        soci::session temp(pool);
        use = &temp;
    }
    int n = 0;
    *use << "select count(*) from call", soci::into(n);  // expect: session-use-after-scope
    return n;
}

std::unique_ptr<soci::session> open_readonly(const BerthConfig& cfg) {
    auto s = std::make_unique<soci::session>(soci::sqlite3, cfg.dsn);
    *s << "pragma query_only = 1";
    return s;
}

bool reserve_crane(soci::session& sql, int crane, int hours) {
    soci::transaction tr(sql);
    int booked = 0;
    sql << "select booked from crane where id = :c", soci::into(booked), soci::use(crane);
    if (booked + hours > 24) {
        tr.rollback();
        log_line("crane overbooked");
    } else {
        sql << "update crane set booked = booked + :h where id = :c", soci::use(hours), soci::use(crane);
    }
    tr.commit();  // expect: session-double-end
    return booked + hours <= 24;
}

bool with_retry(soci::session& sql, const BerthConfig& cfg, const std::function<void(soci::session&)>& body) {
    for (int attempt = 0; attempt < cfg.retries; ++attempt) {
        try {
            soci::transaction tr(sql);
            body(sql);
            if (cfg.dry_run) {
                tr.rollback();
                return true;
            }
            tr.commit();
            return true;
        } catch (const soci::soci_error& e) {
            log_line(e.what());
        }
    }
    return false;
}

class DredgeLog {
public:
    explicit DredgeLog(const BerthConfig& cfg) : sql_(soci::sqlite3, cfg.dsn) {}

    void add(int section, double m3) {
        soci::statement st = (sql_.prepare << "insert into dredge(section, m3) values(:s, :v)",
                              soci::use(section), soci::use(m3));
        soci::transaction tr(sql_);
        st.execute(true);
        tr.commit();
    }

    void purge(int year) {
        soci::transaction{sql_};  // expect: session-temporary-guard
        sql_ << "delete from dredge where year < :y", soci::use(year);
        sql_ << "delete from dredge_total where year < :y", soci::use(year);
    }

private:
    soci::session sql_;
};

}  // namespace harbour
