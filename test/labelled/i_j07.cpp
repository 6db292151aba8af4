// library: poco
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Exception.h>
#include <Poco/Logger.h>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using Poco::Data::Transaction;

namespace clinic {

struct Appointment { int id = 0; int doctor = 0; std::string patient; std::string slot; };
struct Response { int code = 200; std::string text; };

class SlotTaken : public Poco::RuntimeException {
public:
    explicit SlotTaken(const std::string& s) : Poco::RuntimeException("slot taken", s) {}
};

Poco::Logger& logger() { return Poco::Logger::get("clinic"); }

Response book(SessionPool& pool, Appointment a) {
    try {
        Session db = pool.get();
        Transaction tx(db, &logger());
        int busy = 0;
        db << "SELECT count(*) FROM appointment WHERE doctor = ? AND slot = ?", into(busy), use(a.doctor), use(a.slot), now;
        if (busy > 0)
            throw SlotTaken(a.slot);
        db << "INSERT INTO appointment(doctor, patient, slot) VALUES (?, ?, ?)", use(a.doctor), use(a.patient), use(a.slot), now;
        db << "UPDATE doctor SET load = load + 1 WHERE id = ?", use(a.doctor), now;
        tx.commit();
        return {201, "booked"};
    } catch (const SlotTaken& e) {
        return {409, e.displayText()};
    } catch (const Poco::Exception& e) {
        logger().error(e.displayText());
        return {500, "internal error"};
    }
}

Response cancel(SessionPool& pool, int id) {
    Session db(pool.get());
    db.begin();
    int doctor = 0;
    db << "SELECT doctor FROM appointment WHERE id = ?", into(doctor), use(id), now;
    if (doctor == 0)
        return {404, "no such appointment"};
    db << "DELETE FROM appointment WHERE id = ?", use(id), now;
    db << "UPDATE doctor SET load = load - 1 WHERE id = ?", use(doctor), now;
    db.commit();
    return {204, ""};
}

class WardBoard {
public:
    explicit WardBoard(const std::string& file) : db_("SQLite", file) {}

    void admit(const std::string& patient, int ward) {
        db_.begin();
        try {
            std::string name = patient;
            int w = ward;
            db_ << "INSERT INTO stay(patient, ward) VALUES (?, ?)", use(name), use(w), now;
            db_ << "UPDATE ward SET beds = beds - 1 WHERE id = ?", use(w), now;
            db_.commit();
        } catch (const Poco::Data::DataException& e) {  // expect: session-missing-rollback
            logger().warning("admit: " + e.displayText());
            throw std::runtime_error("cannot admit " + patient);
        }
    }

    void discharge(const std::string& patient) {
        db_.begin();
        try {
            std::string name = patient;
            db_ << "UPDATE stay SET until = date('now') WHERE patient = ?", use(name), now;
            db_ << "UPDATE ward SET beds = beds + 1 WHERE id = (SELECT ward FROM stay WHERE patient = ?)", use(name), now;
            db_.commit();
        } catch (const Poco::Exception& e) {
            if (db_.isTransaction())
                db_.rollback();
            e.rethrow();
        }
    }

    bool transfer(const std::string& patient, int from, int to) {
        Transaction tx(db_);
        std::string name = patient;
        int free = 0;
        db_ << "SELECT beds FROM ward WHERE id = ?", into(free), use(to), now;
        if (free < 1) {
            logger().information("ward full");
            return false;
        }
        db_ << "UPDATE stay SET ward = ? WHERE patient = ? AND ward = ?", use(to), use(name), use(from), now;
        db_ << "UPDATE ward SET beds = beds - 1 WHERE id = ?", use(to), now;
        db_ << "UPDATE ward SET beds = beds + 1 WHERE id = ?", use(from), now;
        tx.commit();
        return true;
    }

    void closeWard(int ward) {
        Transaction tx(db_);
        try {
            db_ << "UPDATE ward SET open = 0 WHERE id = ?", use(ward), now;
            moveEveryone(ward);
        } catch (const std::out_of_range& e) {  // expect: session-swallow-and-commit
            logger().warning(e.what());
        }
        db_ << "INSERT INTO ward_log(ward, what) VALUES (?, 'closed')", use(ward), now;
        tx.commit();
    }

    int patientsIn(int ward) {
        int n = 0;
        db_ << "SELECT count(*) FROM stay WHERE ward = ? AND until IS NULL", into(n), use(ward), now;
        return n;
    }

private:
    void moveEveryone(int ward) {
        int target = 0;
        db_ << "DELETE FROM bed_plan WHERE ward = ?", use(ward), now;
        db_ << "SELECT id FROM ward WHERE open = 1 AND beds > 0 LIMIT 1", into(target), now;
        if (target == 0)
            throw std::out_of_range("no open ward left");
        db_ << "UPDATE stay SET ward = ? WHERE ward = ?", use(target), use(ward), now;
    }

    Session db_;
};

template <class Fn>
auto transactional(SessionPool& pool, Fn fn) -> decltype(fn(std::declval<Session&>())) {
    Session db = pool.get();
    Transaction tx(db);
    auto result = fn(db);
    tx.commit();
    return result;
}

int prescribe(SessionPool& pool, int patient, const std::vector<std::string>& drugs) {
    return transactional(pool, [&](Session& db) {
        int written = 0;
        for (std::string drug : drugs) {
            db << "INSERT INTO prescription(patient, drug) VALUES (?, ?)", use(patient), use(drug), now;
            ++written;
        }
        db << "UPDATE patient SET scripts = scripts + ? WHERE id = ?", use(written), use(patient), now;
        return written;
    });
}

bool renew(SessionPool& pool, int script) {
    return transactional(pool, [&script](Session& db) {
        db.begin();  // expect: session-nested-begin
        db << "UPDATE prescription SET renewed = renewed + 1 WHERE id = ?", use(script), now;
        db << "INSERT INTO renewal(script) VALUES (?)", use(script), now;
        db.commit();
        return true;
    });
}

std::vector<Appointment> today(SessionPool& pool, int doctor) {
    std::vector<Appointment> list;
    Session db(pool.get());
    Statement select(db);
    select << "SELECT id, patient, slot FROM appointment WHERE doctor = ? AND slot >= date('now')", use(doctor), now;
    RecordSet rows(select);
    for (bool more = rows.moveFirst(); more; more = rows.moveNext())
        list.push_back({rows[0].convert<int>(), doctor, rows[1].convert<std::string>(), rows[2].convert<std::string>()});
    return list;
}

void remind(SessionPool& pool, int id) {
    Session db = pool.get();
    std::string patient;
    db << "SELECT patient FROM appointment WHERE id = ?", into(patient), use(id), now;
    if (patient.empty())
        return;
    std::thread sender([db, patient]() mutable {  // expect: session-shared-across-threads
        db << "INSERT INTO reminder(patient) VALUES (?)", use(patient), now;
    });
    sender.detach();
    db << "UPDATE appointment SET reminded = 1 WHERE id = ?", use(id), now;
}

void remindAll(SessionPool& pool, const std::vector<int>& ids) {
    std::vector<std::future<void>> running;
    for (int id : ids)
        running.push_back(std::async(std::launch::async, [&pool, id]() mutable {
            Session db = pool.get();
            Transaction tx(db);
            db << "INSERT INTO reminder SELECT patient FROM appointment WHERE id = ?", use(id), now;
            db << "UPDATE appointment SET reminded = 1 WHERE id = ?", use(id), now;
            tx.commit();
        }));
    for (auto& r : running)
        r.get();
}

void reassign(SessionPool& pool, int from, int to) {
    Session moving = pool.get();
    moving << "UPDATE appointment SET doctor = ? WHERE doctor = ?", use(to), use(from), now;
    Session counting = pool.get();  // expect: session-split-unit-of-work
    counting << "UPDATE doctor SET load = 0 WHERE id = ?", use(from), now;
    counting << "UPDATE doctor SET load = (SELECT count(*) FROM appointment WHERE doctor = ?) WHERE id = ?", use(to), use(to), now;
}

void loadHistory(SessionPool& pool, int patient, std::vector<std::string>& out) {
    Session db = pool.get();
    {
        Session again = db;
        again << "SELECT text FROM history WHERE patient = ?", into(out), use(patient), now;
    }
    db << "INSERT INTO access_log(patient) VALUES (?)", use(patient), now;
}

void vaccinate(SessionPool& pool, int patient, int batch) {
    Session db = pool.get();
    Transaction tx(db);
    db << "UPDATE batch SET doses = doses - 1 WHERE id = ?", use(batch), now;
    db << "INSERT INTO vaccination VALUES (?, ?)", use(patient), use(batch), now;
    tx.commit();
    int left = 0;
    db << "SELECT doses FROM batch WHERE id = ?", into(left), use(batch), now;
    if (left < 0)
        tx.rollback();  // expect: session-double-end
    logger().information("vaccinated " + std::to_string(patient));
}

void recordVitals(SessionPool& pool, int patient, const std::vector<int>& pulses) {
    Session db = pool.get();
    Transaction(db, true);  // expect: session-temporary-guard
    for (int p : pulses)
        db << "INSERT INTO vitals(patient, pulse) VALUES (?, ?)", use(patient), use(p), now;
    db << "UPDATE patient SET measured = 1 WHERE id = ?", use(patient), now;
}

void recordLab(Session& db, int patient, const std::vector<double>& values) {
    Transaction tx(db, false);
    if (values.empty())
        return;
    std::vector<std::string> sql;
    sql.reserve(values.size());
    for (double v : values)
        sql.push_back("INSERT INTO lab VALUES (" + std::to_string(patient) + ", " + std::to_string(v) + ")");
    tx.execute(sql);
}

void discardDrafts(SessionPool& pool, const std::string& author) {
    Session db = pool.get();
    Transaction tx(db, &logger());  // expect: session-unfinished-transaction
    std::string who = author;
    Statement wipe = (db << "DELETE FROM draft WHERE author = ?", use(who));
    const auto n = wipe.execute();
    db << "UPDATE author SET drafts = 0 WHERE name = ?", use(who), now;
    logger().information("discarded " + std::to_string(n));
}

std::unique_ptr<Session> connectArchive(const std::vector<std::string>& files) {
    for (const std::string& f : files) {
        try {
            auto s = std::make_unique<Session>("SQLite", f);
            int tables = 0;
            *s << "SELECT count(*) FROM sqlite_master", into(tables), now;
            if (tables > 0)
                return s;
        } catch (const Poco::Exception& e) {
            logger().warning(f + ": " + e.displayText());
        }
    }
    throw Poco::NotFoundException("no archive");
}

bool archiveYear(const std::string& file, int year) {
    auto* archive = new Session("SQLite", file);  // expect: session-leak
    int rows = 0;
    *archive << "SELECT count(*) FROM appointment WHERE year = ?", into(rows), use(year), now;
    if (rows > 0)
        *archive << "DELETE FROM appointment WHERE year = ?", use(year), now;
    archive->close();
    delete archive;
    return rows > 0;
}

}  // namespace clinic
