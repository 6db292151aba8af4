// library: soci, libpqxx
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <soci/connection-pool.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace freight {

struct DepotConfig {
    std::string dsn;
    int retries = 3;
    std::size_t chunk = 200;
    std::chrono::milliseconds pause{50};
};

struct DepotError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Parcel {
    int id = 0;
    int depot = 0;
    double weight = 0;
    std::string label;
};

void log_info(const std::string& what) noexcept { std::clog << "[depot] " << what << '\n'; }
void log_error(const char* what) noexcept { std::cerr << "[depot] " << what << '\n'; }

class LabelPrinter {
public:
    bool ready() const noexcept { return paper_ > 0; }
    void print(const std::string& text) noexcept { log_info(text); --paper_; }
private:
    int paper_ = 10;
};

bool reassign_parcel(soci::connection_pool& pool, int parcel, int depot) {
    soci::session sql(pool);
    soci::transaction tr(sql);
    int open = 0;
    sql << "select open from depot where id = :d", soci::use(depot), soci::into(open);
    if (!sql.got_data() || open == 0) {
        log_info("depot closed, parcel stays");
        return false;
    }
    sql << "update parcel set depot = :d where id = :p", soci::use(depot), soci::use(parcel);
    sql << "insert into movement(parcel, depot) values(:p, :d)", soci::use(parcel), soci::use(depot);
    tr.commit();
    log_info("parcel moved");
    return true;
}

void close_depot(soci::session& sql, int depot) {
    int waiting = 0;
    sql << "select count(*) from parcel where depot = :d", soci::use(depot), soci::into(waiting);
    if (waiting > 0)
        throw DepotError("depot still holds parcels");
    {
        soci::transaction tr(sql);  // expect: session-unfinished-transaction
        sql << "update depot set open = 0 where id = :d", soci::use(depot);
        sql << "delete from dock where depot = :d", soci::use(depot);
    }
    log_info("depot closed");
}

void import_manifest(soci::session& sql, const std::vector<Parcel>& parcels) {
    soci::transaction tr(sql);
    try {
        for (const Parcel& p : parcels) {
            sql << "insert into parcel(id, depot, weight) values(:i, :d, :w)",
                soci::use(p.id), soci::use(p.depot), soci::use(p.weight);
            sql << "update depot set load = load + :w where id = :d", soci::use(p.weight), soci::use(p.depot);
        }
    } catch (const soci::soci_error& e) {  // expect: session-swallow-and-commit
        log_error(e.what());
    }
    tr.commit();
}

int import_tolerant(pqxx::connection& conn, const std::vector<Parcel>& parcels) {
    pqxx::work tx(conn, "import");
    int rejected = 0;
    for (const Parcel& p : parcels) {
        try {
            pqxx::subtransaction row(tx, "row");
            row.exec_params("insert into parcel(id, depot, weight) values($1, $2, $3)", p.id, p.depot, p.weight);
            row.exec_params("update depot set load = load + $1 where id = $2", p.weight, p.depot);
            row.commit();
        } catch (const pqxx::sql_error& e) {
            log_error(e.what());
            ++rejected;
        }
    }
    tx.exec_params("insert into import_log(total, rejected) values($1, $2)", parcels.size(), rejected);
    tx.commit();
    return rejected;
}

void settle_charges(pqxx::connection& conn, int depot, const DepotConfig& cfg) {
    for (int attempt = 1;; ++attempt) {
        try {
            pqxx::transaction<pqxx::serializable> tx(conn);
            auto sum = tx.exec_params1("select sum(amount) from charge where depot = $1", depot);
            tx.exec_params("update depot set settled = $1 where id = $2", sum[0].as<double>(0.0), depot);
            tx.exec_params("delete from charge where depot = $1", depot);
            tx.commit();
            return;
        } catch (const pqxx::serialization_failure& e) {
            if (attempt >= cfg.retries)
                throw;
            log_error(e.what());
        }
        std::this_thread::sleep_for(cfg.pause * attempt);
    }
}

void merge_docks(soci::session& sql, int from, int into) {
    soci::transaction outer(sql);
    sql << "update parcel set dock = :t where dock = :f", soci::use(into), soci::use(from);
    int left = 0;
    sql << "select count(*) from parcel where dock = :f", soci::use(from), soci::into(left);
    if (left == 0) {
        soci::transaction cleanup(sql);  // expect: session-nested-begin
        sql << "delete from dock where id = :f", soci::use(from);
        cleanup.commit();
    }
    outer.commit();
}

template <class Fn>
void in_transaction(soci::session& sql, Fn&& fn) {
    soci::transaction tr(sql);
    std::forward<Fn>(fn)(sql);
    tr.commit();
}

void rename_depot(soci::session& sql, int depot, const std::string& name) {
    in_transaction(sql, [&](soci::session& s) {
        std::string old;
        s << "select name from depot where id = :d", soci::use(depot), soci::into(old);
        if (old == name)
            return;
        s << "update depot set name = :n where id = :d", soci::use(name), soci::use(depot);
        s << "insert into rename(depot, old) values(:d, :o)", soci::use(depot), soci::use(old);
    });
}

void shift_load(soci::session& sql, int from, int to, double kg) {
    soci::transaction{sql};  // expect: session-temporary-guard
    sql << "update depot set load = load - :k where id = :f", soci::use(kg), soci::use(from);
    sql << "update depot set load = load + :k where id = :t", soci::use(kg), soci::use(to);
    log_info("load shifted");
}

void schedule_recount(soci::connection_pool& pool, int depot) {
    soci::session sql(pool);
    sql << "update depot set counting = 1 where id = :d", soci::use(depot);
    std::thread([&sql, depot] {  // expect: session-shared-across-threads
        sql << "update depot set load = (select sum(weight) from parcel where depot = :d) where id = :e",
            soci::use(depot), soci::use(depot);
    }).detach();
    sql << "insert into job(kind, depot) values('recount', :d)", soci::use(depot);
}

void schedule_recount_private(const DepotConfig& cfg, int depot) {
    auto conn = std::make_unique<pqxx::connection>(cfg.dsn);
    conn->set_variable("application_name", "'recount'");
    std::thread([own = std::move(conn), depot] {
        try {
            pqxx::work tx(*own);
            tx.exec_params("update depot set load = 0 where id = $1", depot);
            tx.commit();
        } catch (const std::exception& e) {
            log_error(e.what());
        }
    }).detach();
}

class Dispatcher {
public:
    explicit Dispatcher(DepotConfig cfg) : cfg_(std::move(cfg)) {}

    void adopt(std::unique_ptr<pqxx::connection> conn) { conn_ = std::move(conn); }

    void connect_and_greet() {
        auto fresh = std::make_unique<pqxx::connection>(cfg_.dsn);
        adopt(std::move(fresh));
        pqxx::work tx(*fresh);  // expect: session-use-after-scope
        tx.exec("insert into session_log(event) values('connected')");
        tx.commit();
    }

    void reconnect() {
        auto fresh = std::make_unique<pqxx::connection>(cfg_.dsn);
        {
            pqxx::work tx(*fresh);
            tx.exec("insert into session_log(event) values('reconnected')");
            tx.commit();
        }
        adopt(std::move(fresh));
    }

    std::vector<Parcel> pending(int depot) {
        pqxx::result rows;
        {
            pqxx::read_transaction tx(*conn_);
            rows = tx.exec_params("select id, weight, label from parcel where depot = $1", depot);
        }
        std::vector<Parcel> out;
        for (const auto& r : rows)
            out.push_back({r[0].as<int>(), depot, r[1].as<double>(), r[2].as<std::string>()});
        return out;
    }

    int next_ticket(int depot) {
        pqxx::work tx(*conn_);
        auto row = tx.exec_params1("insert into ticket(depot) values($1) returning id", depot);
        tx.commit();
        int id = row[0].as<int>();
        tx.exec_params("update depot set last_ticket = $1 where id = $2", id, depot);  // expect: session-use-after-scope
        return id;
    }

    std::string depot_title(int depot) {
        const char* name = nullptr;
        {
            pqxx::read_transaction tx(*conn_);
            pqxx::result r = tx.exec_params("select name from depot where id = $1", depot);
            if (r.empty())
                return "unknown";
            name = r[0][0].c_str();
        }
        return std::string("Depot ") + name;  // expect: session-use-after-scope
    }

    void store(const Parcel& p, pqxx::transaction_base* outer = nullptr) {
        std::optional<pqxx::work> own;
        pqxx::transaction_base* tx = outer;
        if (!tx) {
            own.emplace(*conn_);
            tx = &*own;
        }
        tx->exec_params("update parcel set weight = $1 where id = $2", p.weight, p.id);
        tx->exec_params("insert into parcel_log(parcel) values($1)", p.id);
        if (own)
            own->commit();
    }

private:
    DepotConfig cfg_;
    std::unique_ptr<pqxx::connection> conn_;
};

void ship_and_print(soci::session& sql, LabelPrinter& printer, const Parcel& p) {
    soci::transaction tr(sql);
    try {
        sql << "update parcel set state = 'shipped' where id = :i", soci::use(p.id);
        tr.commit();
        if (!printer.ready())
            throw DepotError("printer out of paper");
        printer.print(p.label);
    } catch (const std::exception& e) {
        log_error(e.what());
        tr.rollback();  // expect: session-double-end
        throw;
    }
}

void return_and_print(soci::session& sql, LabelPrinter& printer, const Parcel& p) {
    bool open = false;
    try {
        sql.begin();
        open = true;
        sql << "update parcel set state = 'returned' where id = :i", soci::use(p.id);
        sql << "insert into returns(parcel) values(:i)", soci::use(p.id);
        sql.commit();
        open = false;
        if (!printer.ready())
            throw DepotError("printer out of paper");
        printer.print(p.label);
    } catch (...) {
        if (open)
            sql.rollback();
        throw;
    }
}

double audit_weights(soci::connection_pool& pool, int depot) {
    auto* sql = new soci::session(pool);  // expect: session-leak
    double total = 0;
    *sql << "select sum(weight) from parcel where depot = :d", soci::use(depot), soci::into(total);
    if (total < 0) {
        delete sql;
        throw DepotError("negative total");
    }
    delete sql;
    return total;
}

void purge_old(soci::connection_pool& pool, const std::vector<int>& ids, const DepotConfig& cfg) {
    soci::session sql(pool);
    for (std::size_t at = 0; at < ids.size(); at += cfg.chunk) {
        soci::transaction tr(sql);
        const std::size_t end = std::min(ids.size(), at + cfg.chunk);
        for (std::size_t i = at; i < end; ++i)
            sql << "delete from parcel where id = :i", soci::use(ids[i]);
        tr.commit();
    }
}

void set_tariff(soci::session& sql, int depot, double rate) {
    try {
        soci::transaction tr(sql);
        sql << "delete from tariff where depot = :d", soci::use(depot);
        sql << "insert into tariff(depot, rate) values(:d, :r)", soci::use(depot), soci::use(rate);
        tr.commit();
    } catch (const soci::soci_error& e) {
        throw DepotError(std::string("tariff: ") + e.what());
    }
}

void set_route(soci::session& sql, int depot, const std::vector<int>& stops) {
    sql.begin();
    try {
        sql << "delete from stop where depot = :d", soci::use(depot);
        int pos = 0;
        for (int s : stops) {
            sql << "insert into stop(depot, pos, target) values(:d, :p, :t)",
                soci::use(depot), soci::use(pos), soci::use(s);
            ++pos;
        }
        sql.commit();
    } catch (const soci::soci_error& e) {  // expect: session-missing-rollback
        throw DepotError(std::string("route: ") + e.what());
    }
}

void transfer_with_ledger(soci::connection_pool& pool, int parcel, int depot) {
    soci::session sql(pool);
    soci::transaction tr(sql);
    sql << "update parcel set depot = :d where id = :p", soci::use(depot), soci::use(parcel);
    {
        soci::session ledger(pool);  // expect: session-split-unit-of-work
        ledger << "insert into ledger(parcel, depot) values(:p, :d)", soci::use(parcel), soci::use(depot);
    }
    sql << "update depot set arrivals = arrivals + 1 where id = :d", soci::use(depot);
    tr.commit();
}

void copy_to_archive(soci::connection_pool& live, soci::connection_pool& archive, int parcel) {
    soci::session src(live);
    std::string label;
    double weight = 0;
    src << "select label, weight from parcel where id = :p", soci::use(parcel), soci::into(label), soci::into(weight);
    soci::session dst(archive);
    soci::transaction tr(dst);
    dst << "insert into parcel(id, label, weight) values(:p, :l, :w)",
        soci::use(parcel), soci::use(label), soci::use(weight);
    tr.commit();
}

}  // namespace freight
