// library: libpqxx
#include <pqxx/pqxx>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace clinic {

struct Sample {
    int id = 0;
    std::string barcode;
    double value = 0;
};

struct LabOptions {
    std::string dsn;
    bool verify = true;
    std::size_t batch = 100;
};

void note(const std::string& s) noexcept { std::fprintf(stderr, "%s\n", s.c_str()); }

std::optional<Sample> find_sample(pqxx::connection& c, const std::string& barcode) {
    pqxx::work tx(c);
    const auto r = tx.exec_params("SELECT id, value FROM sample WHERE barcode = $1", barcode);
    if (r.empty())
        return std::nullopt;
    return Sample{r[0][0].as<int>(), barcode, r[0][1].as<double>()};
}

pqxx::result open_orders(pqxx::connection& c) {
    pqxx::read_transaction tx(c);
    return tx.exec("SELECT id, priority FROM lab_order WHERE done = false ORDER BY priority");
}

int worst_priority(pqxx::connection& c) {
    pqxx::result r;
    {
        pqxx::work tx(c);
        r = tx.exec("SELECT priority FROM lab_order WHERE done = false");
        tx.exec("UPDATE poll SET last = now()");
        tx.commit();
    }
    int worst = 0;
    for (const auto& row : r)
        worst = std::max(worst, row[0].as<int>());
    return worst;
}

std::vector<int> complete_orders(pqxx::connection& c, int technician) {
    pqxx::work tx(c);
    tx.exec_params("UPDATE lab_order SET done = true WHERE technician = $1", technician);
    tx.commit();
    std::vector<int> remaining;
    for (const auto& row : tx.exec("SELECT id FROM lab_order WHERE NOT done"))  // expect: session-use-after-scope
        remaining.push_back(row[0].as<int>());
    return remaining;
}

void store_sample(pqxx::connection& c, const Sample& s, const LabOptions& o) {
    pqxx::work tx(c, "store_sample");
    tx.exec_params("INSERT INTO sample(barcode, value) VALUES($1, $2)", s.barcode, s.value);
    if (o.verify) {
        const auto n = tx.exec_params1("SELECT count(*) FROM sample WHERE barcode = $1", s.barcode)[0].as<int>();
        if (n != 1) {
            tx.abort();
            note("duplicate barcode " + s.barcode);
            return;
        }
    }
    tx.commit();
}

bool discard_sample(pqxx::connection& c, int id) {
    pqxx::work tx(c);  // expect: session-unfinished-transaction
    const auto r = tx.exec_params("DELETE FROM sample WHERE id = $1", id);
    tx.exec_params("INSERT INTO discard_log(sample) VALUES($1)", id);
    note("discarded " + std::to_string(id));
    return r.affected_rows() == 1;
}

void merge_patients(pqxx::connection& c, int keep, int drop) {
    pqxx::work tx(c);
    tx.exec_params("UPDATE visit SET patient = $1 WHERE patient = $2", keep, drop);
    try {
        pqxx::subtransaction sub(tx, "notes");
        sub.exec_params("UPDATE remark SET patient = $1 WHERE patient = $2", keep, drop);
        sub.commit();
    } catch (const pqxx::unique_violation& e) {
        note(std::string("remarks left alone: ") + e.what());
    }
    tx.exec_params("DELETE FROM patient WHERE id = $1", drop);
    tx.commit();
}

void audit(pqxx::connection& c, const std::string& what) {
    pqxx::work tx(c, "audit");
    tx.exec_params("INSERT INTO audit(what) VALUES($1)", what);
    tx.commit();
}

void release_report(pqxx::connection& c, int report) {
    pqxx::work tx(c);
    tx.exec_params("UPDATE report SET released = true WHERE id = $1", report);
    audit(c, "release " + std::to_string(report));  // expect: session-nested-begin
    tx.commit();
}

void withdraw_report(pqxx::connection& c, int report) {
    {
        pqxx::work tx(c);
        tx.exec_params("UPDATE report SET released = false WHERE id = $1", report);
        tx.exec_params("INSERT INTO audit(what) VALUES($1)", "withdraw");
        tx.commit();
    }
    pqxx::nontransaction nt(c);
    nt.exec("NOTIFY report_changed");
}

void nightly_vacuum(const LabOptions& o) {
    pqxx::connection c(o.dsn);
    pqxx::nontransaction(c).exec("VACUUM ANALYZE sample");
    pqxx::nontransaction(c).exec("VACUUM ANALYZE lab_order");
}

void drop_expired(const LabOptions& o) {
    pqxx::connection c(o.dsn);
    pqxx::work(c).exec("DELETE FROM sample WHERE expires < now()");  // expect: session-temporary-guard
    note("expired samples removed");
}

void bulk_load(pqxx::connection& c, const std::vector<Sample>& in) {
    pqxx::work tx(c);
    {
        pqxx::stream_to out(tx, "sample", std::vector<std::string>{"barcode", "value"});
        for (const auto& s : in)
            out << std::make_tuple(s.barcode, s.value);
        out.complete();
    }
    tx.commit();
}

std::size_t recalibrate(pqxx::connection& c, const std::vector<int>& devices) {
    std::size_t ok = 0;
    for (int d : devices) {
        try {
            pqxx::work tx(c);
            tx.exec_params("UPDATE device SET calibrated = now() WHERE id = $1", d);
            tx.exec_params("INSERT INTO calibration(device) VALUES($1)", d);
            tx.commit();
            ++ok;
        } catch (const pqxx::sql_error& e) {
            note("device " + std::to_string(d) + ": " + e.what());
        }
    }
    return ok;
}

void sign_off(pqxx::connection& c, int report, const std::string& by) {
    pqxx::work tx(c);
    try {
        tx.exec_params("UPDATE report SET signed_by = $2 WHERE id = $1", report, by);
        if (by.empty())
            throw std::invalid_argument("no signature");
        tx.exec_params("UPDATE queue SET pending = pending - 1 WHERE report = $1", report);
    } catch (const std::invalid_argument& e) {  // expect: session-swallow-and-commit
        note(e.what());
    }
    tx.commit();
}

class Connections {
public:
    explicit Connections(std::string dsn) : dsn_(std::move(dsn)) {}
    std::unique_ptr<pqxx::connection> take() {
        if (idle_.empty())
            return std::make_unique<pqxx::connection>(dsn_);
        auto c = std::move(idle_.back());
        idle_.pop_back();
        return c;
    }
    void put(std::unique_ptr<pqxx::connection> c) {
        if (c && c->is_open())
            idle_.push_back(std::move(c));
    }

private:
    std::string dsn_;
    std::vector<std::unique_ptr<pqxx::connection>> idle_;
};

int pending_results(Connections& pool) {
    auto c = pool.take();
    int n = 0;
    {
        pqxx::read_transaction tx(*c);
        n = tx.exec1("SELECT count(*) FROM result WHERE sent IS NULL")[0].as<int>();
    }
    pool.put(std::move(c));
    return n;
}

int flush_results(Connections& pool) {
    auto c = pool.take();
    pool.put(std::move(c));
    pqxx::work tx(*c);  // expect: session-use-after-scope
    const auto r = tx.exec("UPDATE result SET sent = now() WHERE sent IS NULL");
    tx.commit();
    return static_cast<int>(r.affected_rows());
}

void transfer_custody(Connections& pool, int sample, int from, int to) {
    auto a = pool.take();
    pqxx::work out(*a);
    out.exec_params("UPDATE shelf SET used = used - 1 WHERE id = $1", from);
    auto b = pool.take();  // expect: session-split-unit-of-work
    pqxx::work in(*b);
    in.exec_params("UPDATE shelf SET used = used + 1 WHERE id = $1", to);
    in.exec_params("UPDATE sample SET shelf = $2 WHERE id = $1", sample, to);
    out.commit();
    in.commit();
}

void replicate(pqxx::connection& lab, pqxx::connection& warehouse, int since) {
    pqxx::read_transaction src(lab);
    pqxx::work dst(warehouse);
    for (const auto& row : src.exec_params("SELECT id, value FROM result WHERE id > $1", since))
        dst.exec_params("INSERT INTO fact(id, value) VALUES($1, $2)", row[0].as<int>(), row[1].as<double>());
    dst.commit();
}

bool ping_raw(const LabOptions& o) {
    pqxx::connection* c = new pqxx::connection(o.dsn);  // expect: session-leak
    pqxx::nontransaction nt(*c);
    const bool up = nt.exec1("SELECT 1")[0].as<int>() == 1;
    nt.commit();
    if (!up)
        note("unexpected answer");
    return up;
}

std::future<int> count_async(std::string dsn) {
    return std::async(std::launch::async, [dsn = std::move(dsn)] {
        pqxx::connection c(dsn);
        pqxx::read_transaction tx(c);
        return tx.exec1("SELECT count(*) FROM result")[0].as<int>();
    });
}

void warm_caches(pqxx::connection& c, const std::vector<int>& wards) {
    for (int w : wards) {
        std::thread([w, conn = &c] {  // expect: session-shared-across-threads
            pqxx::nontransaction nt(*conn);
            nt.exec_params("SELECT refresh_ward($1)", w);
        }).detach();
    }
    pqxx::read_transaction tx(c);
    note(tx.exec1("SELECT max(refreshed) FROM ward")[0].as<std::string>(""));
}

int next_label(pqxx::connection& c, const std::string& prefix) {
    int n = 0;
    pqxx::perform([&c, &n, &prefix] {
        pqxx::work tx(c);
        n = tx.exec_params1("UPDATE label SET n = n + 1 WHERE prefix = $1 RETURNING n", prefix)[0].as<int>();
        tx.commit();
    });
    return n;
}

void cancel_order(pqxx::connection& c, int order, bool refund) {
    pqxx::work tx(c);
    tx.exec_params("UPDATE lab_order SET cancelled = true WHERE id = $1", order);
    if (!refund) {
        tx.commit();
        return;
    }
    tx.exec_params("UPDATE account SET balance = balance + 10 WHERE ord = $1", order);
    tx.commit();
}

void rebook(pqxx::connection& c, int visit, const std::string& day) {
    pqxx::work tx(c);
    const auto free = tx.exec_params1("SELECT free FROM slot WHERE day = $1 FOR UPDATE", day)[0].as<int>();
    if (free > 0) {
        tx.exec_params("UPDATE visit SET day = $2 WHERE id = $1", visit, day);
        tx.exec_params("UPDATE slot SET free = free - 1 WHERE day = $1", day);
        tx.commit();
    } else {
        note("no slot on " + day);
    }
    if (free <= 0)
        tx.abort();
}

void post_result(pqxx::connection& c, int sample, double value) {
    pqxx::work tx(c);
    tx.exec_params("UPDATE sample SET value = $2 WHERE id = $1", sample, value);
    tx.commit();
    const bool alarm = value > 100.0;
    if (alarm) {
        note("critical value");
        tx.commit();  // expect: session-double-end
    }
}

class ScopedWork {
public:
    explicit ScopedWork(pqxx::connection& c) : tx_(c) {}
    ~ScopedWork() {
        try {
            tx_.commit();  // expect: session-commit-in-destructor
        } catch (const std::exception& e) {
            note(e.what());
        }
    }
    pqxx::work& operator*() { return tx_; }

private:
    pqxx::work tx_;
};

}  // namespace clinic
