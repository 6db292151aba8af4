// library: libpqxx
#include <pqxx/pqxx>

#include <chrono>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace shipping {

struct Parcel { long id = 0; double weight = 0; std::string zone; };
struct CarrierEvent { long parcel = 0; std::string code; std::string text; };

void logLine(const std::string& text) { std::clog << "[shipping] " << text << '\n'; }

class LeaseDesk {
public:
    struct HandBack {
        LeaseDesk* desk = nullptr;
        void operator()(pqxx::connection* c) const noexcept { desk->takeBack(c); }
    };
    using Lease = std::unique_ptr<pqxx::connection, HandBack>;

    LeaseDesk(std::string dsn, std::size_t warm) : dsn_(std::move(dsn)) {
        for (std::size_t i = 0; i < warm; ++i)
            idle_.push_back(std::make_unique<pqxx::connection>(dsn_));
    }

    Lease checkout() {
        {
            std::lock_guard<std::mutex> hold(mutex_);
            if (!idle_.empty()) {
                std::unique_ptr<pqxx::connection> c = std::move(idle_.back());
                idle_.pop_back();
                return Lease(c.release(), HandBack{this});
            }
        }
        auto fresh = std::make_unique<pqxx::connection>(dsn_);
        fresh->prepare("parcel_by_id", "SELECT id, weight, zone FROM parcel WHERE id = $1");
        return Lease(fresh.release(), HandBack{this});
    }

private:
    void takeBack(pqxx::connection* c) noexcept {
        std::unique_ptr<pqxx::connection> owned(c);
        std::lock_guard<std::mutex> hold(mutex_);
        if (owned->is_open())
            idle_.push_back(std::move(owned));
    }

    std::string dsn_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<pqxx::connection>> idle_;
};

std::optional<Parcel> findParcel(LeaseDesk& desk, long id) {
    auto conn = desk.checkout();
    pqxx::work tx(*conn);
    const pqxx::result rows = tx.exec_params("SELECT id, weight, zone FROM parcel WHERE id = $1", id);
    if (rows.empty())
        return std::nullopt;
    Parcel p;
    p.id = rows[0][0].as<long>();
    p.weight = rows[0][1].as<double>();
    p.zone = rows[0][2].as<std::string>();
    return p;
}

long registerParcel(LeaseDesk& desk, const Parcel& p, const std::vector<std::string>& labels) {
    auto conn = desk.checkout();
    pqxx::work tx(*conn);
    const long id = tx.exec_params1("INSERT INTO parcel(weight, zone) VALUES ($1, $2) RETURNING id",
                                    p.weight, p.zone)[0].as<long>();
    for (const std::string& label : labels) {
        if (label.empty())
            throw std::invalid_argument("empty label for parcel " + std::to_string(id));
        tx.exec_params0("INSERT INTO parcel_label(parcel, label) VALUES ($1, $2)", id, label);
    }
    tx.commit();
    logLine("registered parcel " + std::to_string(id));
    return id;
}

std::string closeManifest(LeaseDesk& desk, long manifest) {
    auto conn = desk.checkout();
    pqxx::work tx(*conn);
    const auto open = tx.exec_params("SELECT id FROM parcel WHERE manifest = $1 AND state = 'open'", manifest);
    for (const auto& row : open)
        tx.exec_params0("UPDATE parcel SET state = 'sealed' WHERE id = $1", row[0].as<long>());
    tx.exec_params0("UPDATE manifest SET closed_at = now() WHERE id = $1", manifest);
    tx.commit();
    logLine("manifest sealed: " + std::to_string(open.size()));
    const auto stamp = tx.exec_params1("SELECT closed_at FROM manifest WHERE id = $1", manifest);  // expect: session-use-after-scope
    return stamp[0].as<std::string>();
}

bool zoneIsOverseas(pqxx::connection& conn, long parcel) {
    pqxx::work tx(conn);
    const char* zone = tx.exec_params("SELECT zone FROM parcel WHERE id = $1", parcel)[0][0].c_str();
    logLine("checking zone of " + std::to_string(parcel));
    const std::string_view view(zone);  // waits: session-use-after-scope
    return view.substr(0, 2) == "OV";  /* wrong */  // expect: session-use-after-scope
}

template <typename Body>
auto withTransaction(LeaseDesk& desk, Body body) {
    auto conn = desk.checkout();
    pqxx::work tx(*conn);
    if constexpr (std::is_void_v<decltype(body(tx))>) {
        body(tx);
        tx.commit();
    } else {
        auto outcome = body(tx);
        tx.commit();
        return outcome;
    }
}

std::size_t assignRoute(LeaseDesk& desk, long route, const std::vector<long>& parcels) {
    return withTransaction(desk, [&](pqxx::work& tx) -> std::size_t {
        std::size_t moved = 0;
        for (long p : parcels) {
            const auto r = tx.exec_params("UPDATE parcel SET route = $1 WHERE id = $2 AND state = 'open'", route, p);
            moved += static_cast<std::size_t>(r.affected_rows());
        }
        if (moved == 0)
            return 0;
        tx.exec_params0("UPDATE route SET parcels = parcels + $1 WHERE id = $2", static_cast<int>(moved), route);
        return moved;
    });
}

bool bookSlot(LeaseDesk& desk, long dock, const std::string& truck) {
    for (int attempt = 1; attempt <= 4; ++attempt) {
        auto conn = desk.checkout();
        try {
            pqxx::work tx(*conn);
            tx.exec("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            const auto busy = tx.exec_params1("SELECT count(*) FROM slot WHERE dock = $1", dock)[0].as<int>();
            if (busy > 5)
                return false;
            tx.exec_params0("INSERT INTO slot(dock, truck) VALUES ($1, $2)", dock, truck);
            tx.commit();
            return true;
        } catch (const pqxx::serialization_failure& e) {
            logLine(std::string("slot retry: ") + e.what());
        }
        conn.reset();
        std::this_thread::sleep_for(std::chrono::milliseconds(20 * attempt));
    }
    return false;
}

int importEvents(pqxx::connection& conn, const std::vector<CarrierEvent>& events) {
    int bad = 0;
    pqxx::work tx(conn);
    for (const CarrierEvent& e : events) {
        try {
            pqxx::subtransaction one(tx, "carrier_event");
            one.exec_params0("INSERT INTO carrier_event VALUES ($1, $2, $3)", e.parcel, e.code, e.text);
            one.exec_params0("UPDATE parcel SET last_code = $1 WHERE id = $2", e.code, e.parcel);
            one.commit();
        } catch (const pqxx::sql_error& problem) {
            ++bad;
            logLine(std::string("skipped: ") + problem.what());
        }
    }
    tx.commit();
    return bad;
}

void checkCustoms(const Parcel& p) {
    if (p.zone.rfind("OV", 0) == 0 && p.weight > 30.0)
        throw std::domain_error("customs form missing");
}

void dispatchAll(LeaseDesk& desk, const std::vector<Parcel>& parcels) {
    auto conn = desk.checkout();
    pqxx::work tx(*conn);
    try {
        for (const Parcel& p : parcels) {
            tx.exec_params0("UPDATE stock SET shelf = NULL WHERE parcel = $1", p.id);
            checkCustoms(p);
            tx.exec_params0("INSERT INTO dispatched(parcel) VALUES ($1)", p.id);
        }
    } catch (const std::domain_error& e) {  // expect: session-swallow-and-commit
        logLine(std::string("dispatch stopped: ") + e.what());
    }
    tx.commit();
}

void dispatchChecked(LeaseDesk& desk, const std::vector<Parcel>& parcels) {
    auto conn = desk.checkout();
    pqxx::work tx(*conn);
    for (const Parcel& p : parcels) {
        try {
            checkCustoms(p);
        } catch (const std::domain_error& e) {
            logLine("held back " + std::to_string(p.id) + ": " + e.what());
            continue;
        }
        tx.exec_params0("UPDATE stock SET shelf = NULL WHERE parcel = $1", p.id);
        tx.exec_params0("INSERT INTO dispatched(parcel) VALUES ($1)", p.id);
    }
    tx.commit();
}

void notifyLater(LeaseDesk& desk, long parcel) {
    auto conn = desk.checkout();
    std::string mail;
    {
        pqxx::read_transaction tx(*conn);
        mail = tx.exec_params1("SELECT mail FROM recipient WHERE parcel = $1", parcel)[0].as<std::string>();
    }
    logLine("notify " + mail);
    std::thread([&conn, parcel] {  // expect: session-shared-across-threads
        pqxx::work tx(*conn);
        tx.exec_params0("UPDATE recipient SET notified = now() WHERE parcel = $1", parcel);
        tx.commit();
    }).detach();
}

std::vector<int> countByDock(LeaseDesk& desk, const std::vector<long>& docks) {
    std::vector<std::future<int>> pending;
    for (long dock : docks)
        pending.push_back(std::async(std::launch::async, [&desk, dock] {
            auto conn = desk.checkout();
            pqxx::nontransaction tx(*conn);
            return tx.exec_params1("SELECT count(*) FROM slot WHERE dock = $1", dock)[0].as<int>();
        }));
    std::vector<int> counts;
    for (auto& f : pending)
        counts.push_back(f.get());
    return counts;
}

int legacyCount(const std::string& dsn, const std::string& state) {
    auto* conn = new pqxx::connection(dsn);  // expect: session-leak
    int n = -1;
    try {
        pqxx::read_transaction tx(*conn);
        const auto rows = tx.exec_params("SELECT count(*) FROM parcel WHERE state = $1", state);
        if (rows.empty())
            return n;
        n = rows[0][0].as<int>();
    } catch (const pqxx::failure& e) {
        logLine(e.what());
    }
    delete conn;
    return n;
}

void reassignTrucks(LeaseDesk& desk, const std::vector<std::pair<std::string, long>>& plan) {
    auto conn = desk.checkout();
    pqxx::work outer(*conn, "reassign");
    outer.exec0("DELETE FROM truck_plan");
    for (const auto& [truck, dock] : plan) {
        pqxx::work step(*conn, "step");  // expect: session-nested-begin
        step.exec_params0("INSERT INTO truck_plan VALUES ($1, $2)", truck, dock);
        step.commit();
    }
    outer.commit();
}

struct RateTable { double base = 0; double perKilo = 0; };

void touchScanner(LeaseDesk& desk, const std::string& scanner) {
    auto conn = desk.checkout();
    if (scanner.size() > 32)
        return;
    pqxx::work(*conn).exec_params("UPDATE scanner SET seen = now() WHERE name = $1", scanner);  // expect: session-temporary-guard
    logLine("scanner " + scanner);
}

RateTable loadRates(LeaseDesk& desk, const std::string& zone) {
    auto conn = desk.checkout();
    const auto row = pqxx::read_transaction(*conn).exec_params1(
        "SELECT base, per_kilo FROM rate WHERE zone = $1", zone);
    RateTable t;
    t.base = row[0].as<double>();
    t.perKilo = row[1].as<double>();
    return t;
}

void saveRates(LeaseDesk& desk, const std::string& zone, const RateTable& t) {
    auto conn = desk.checkout();
    pqxx::work tx(*conn);
    const auto r = tx.exec_params("UPDATE rate SET base = $1, per_kilo = $2 WHERE zone = $3", t.base, t.perKilo, zone);
    if (r.affected_rows() == 0) {
        tx.exec_params0("INSERT INTO rate VALUES ($1, $2, $3)", zone, t.base, t.perKilo);
        tx.commit();
        logLine("new zone " + zone);
        return;
    }
    tx.exec_params0("INSERT INTO rate_history(zone, changed) VALUES ($1, now())", zone);
    tx.commit();
}

void purgeScans(LeaseDesk& desk, int keepDays) {
    auto conn = desk.checkout();
    std::size_t removed = 0;
    std::size_t round = 0;
    do {
        pqxx::work tx(*conn);
        round = static_cast<std::size_t>(
            tx.exec_params("DELETE FROM scan WHERE id IN (SELECT id FROM scan WHERE day < now() - $1 * interval '1 day' LIMIT 500)",
                           keepDays).affected_rows());
        tx.commit();
        removed += round;
    } while (round == 500);
    logLine("purged " + std::to_string(removed));
}

void refund(LeaseDesk& desk, long parcel, double amount) {
    auto book = desk.checkout();
    pqxx::work debit(*book);
    debit.exec_params0("INSERT INTO ledger(parcel, amount) VALUES ($1, $2)", parcel, -amount);
    debit.commit();

    auto crm = desk.checkout();  // expect: session-split-unit-of-work
    pqxx::work note(*crm);
    note.exec_params0("UPDATE parcel SET state = 'refunded' WHERE id = $1", parcel);
    note.commit();
}

void bulkScan(LeaseDesk& desk, const std::vector<std::pair<long, std::string>>& scans) {
    auto conn = desk.checkout();
    pqxx::work tx(*conn);
    {
        pqxx::stream_to out(tx, "scan", std::vector<std::string>{"parcel", "place"});
        for (const auto& [parcel, place] : scans)
            out << std::make_tuple(parcel, place);
        out.complete();
    }
    tx.exec0("REFRESH MATERIALIZED VIEW scan_by_place");
    tx.commit();
}

}  // namespace shipping
