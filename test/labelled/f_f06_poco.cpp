// library: poco
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Exception.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace brewery {

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using Poco::Data::Transaction;

struct Batch {
    int id = 0;
    std::string recipe;
    double litres = 0;
};

struct CellarConfig {
    std::string file;
    bool strict = false;
};

void say(const std::string& s) noexcept { std::fprintf(stderr, "brewery: %s\n", s.c_str()); }

void start_batch(Session& s, Batch b) {
    Transaction tx(s);
    s << "INSERT INTO batch(id, recipe, litres) VALUES(?, ?, ?)", use(b.id), use(b.recipe), use(b.litres), now;
    s << "UPDATE recipe SET used = used + 1 WHERE name = ?", use(b.recipe), now;
    tx.commit();
}

bool draw_malt(Session& s, int silo, double kg) {
    Transaction tx(s);
    double level = 0;
    s << "SELECT level FROM silo WHERE id = ?", into(level), use(silo), now;
    if (level < kg)
        return false;
    s << "UPDATE silo SET level = level - ? WHERE id = ?", use(kg), use(silo), now;
    s << "INSERT INTO draw(silo, kg) VALUES(?, ?)", use(silo), use(kg), now;
    tx.commit();
    return true;
}

void transfer_tank(SessionPool& pool, int from, int to, double litres) {
    Session s(pool.get());
    s.begin();
    s << "UPDATE tank SET litres = litres - ? WHERE id = ?", use(litres), use(from), now;
    s << "UPDATE tank SET litres = litres + ? WHERE id = ?", use(litres), use(to), now;
    s.commit();
}

void transfer_cask(Session& s, int from, int to, int casks) {
    s.begin();  // expect: session-missing-rollback
    s << "UPDATE cellar SET casks = casks - ? WHERE id = ?", use(casks), use(from), now;
    s << "UPDATE cellar SET casks = casks + ? WHERE id = ?", use(casks), use(to), now;
    s.commit();
}

bool dry_hop(Session& s, int batch, std::string hop, double grams) {
    s.begin();
    try {
        s << "UPDATE hop_stock SET grams = grams - ? WHERE name = ?", use(grams), use(hop), now;
        s << "INSERT INTO addition(batch, hop, grams) VALUES(?, ?, ?)", use(batch), use(hop), use(grams), now;
        s.commit();
        return true;
    } catch (const Poco::Exception& e) {  // expect: session-missing-rollback
        say(e.displayText());
    }
    return false;
}

bool set_gravity(Session& s, int batch, double og) {
    s.begin();
    try {
        s << "UPDATE batch SET og = ? WHERE id = ?", use(og), use(batch), now;
        s << "INSERT INTO measurement(batch, v) VALUES(?, ?)", use(batch), use(og), now;
        s.commit();
        return true;
    } catch (const Poco::Exception& e) {
        if (s.isTransaction())
            s.rollback();
        say(e.displayText());
        return false;
    }
}

std::vector<std::string> recipes(SessionPool& pool) {
    std::vector<std::string> names;
    Session s = pool.get();
    s << "SELECT name FROM recipe ORDER BY name", into(names), now;
    return names;
}

void log_temperature(SessionPool& pool, int tank, double c) {
    pool.get() << "INSERT INTO temperature(tank, c) VALUES(?, ?)", use(tank), use(c), now;
}

void release_batch(SessionPool& pool, int batch, int kegs) {
    Session s = pool.get();
    Transaction tx(s);
    s << "UPDATE batch SET state = 'released' WHERE id = ?", use(batch), now;
    Session stock = pool.get();  // expect: session-split-unit-of-work
    stock << "INSERT INTO keg_stock(batch, n) VALUES(?, ?)", use(batch), use(kegs), now;
    tx.commit();
}

void publish_release(SessionPool& cellar, SessionPool& shop, int batch) {
    std::string recipe;
    {
        Session c = cellar.get();
        Transaction tx(c);
        c << "SELECT recipe FROM batch WHERE id = ?", into(recipe), use(batch), now;
        c << "UPDATE batch SET published = 1 WHERE id = ?", use(batch), now;
        tx.commit();
    }
    Session w = shop.get();
    Transaction tx(w);
    w << "INSERT INTO offer(recipe) VALUES(?)", use(recipe), now;
    tx.commit();
}

void dump_batch(Session& s, int batch, std::string reason) {
    Transaction tx(s);
    try {
        s << "UPDATE batch SET state = 'dumped' WHERE id = ?", use(batch), now;
        s << "INSERT INTO duty_claim(batch, reason) VALUES(?, ?)", use(batch), use(reason), now;
    } catch (const Poco::Data::DataException& e) {  // expect: session-swallow-and-commit
        say("duty claim not filed: " + e.displayText());
    }
    tx.commit();
}

void file_duty(Session& s, std::vector<int> batches) {
    int failed = 0;
    for (int b : batches) {
        try {
            Transaction tx(s);
            s << "INSERT INTO duty(batch) VALUES(?)", use(b), now;
            s << "UPDATE batch SET duty = 1 WHERE id = ?", use(b), now;
            tx.commit();
        } catch (const Poco::Exception& e) {
            say(e.displayText());
            ++failed;
        }
    }
    say("failed: " + std::to_string(failed));
}

void take_sample(Session& s, int batch, double og) {
    Transaction tx(s);
    s << "INSERT INTO sample(batch) VALUES(?)", use(batch), now;
    if (og > 0)
        set_gravity(s, batch, og);  // expect: session-nested-begin
    s << "UPDATE batch SET sampled = 1 WHERE id = ?", use(batch), now;
    tx.commit();
}

void clean_lines(Session& s, std::vector<int> lines) {
    std::unique_ptr<Transaction> own;
    if (!s.isTransaction())
        own = std::make_unique<Transaction>(s);
    for (int l : lines)
        s << "UPDATE tap_line SET cleaned = 1 WHERE id = ?", use(l), now;
    if (own)
        own->commit();
}

void adjust_stock(Session& s, std::string item, int delta) {
    Transaction tx(s);  // expect: session-unfinished-transaction
    int n = 0;
    s << "SELECT n FROM stock WHERE item = ?", into(n), use(item), now;
    n += delta;
    if (n < 0) {
        say("negative stock of " + item);
        n = 0;
    }
    s << "UPDATE stock SET n = ? WHERE item = ?", use(n), use(item), now;
}

bool check_stock(Session& s, std::string item, int delta) {
    Transaction probe(s);
    int n = 0;
    s << "UPDATE stock SET n = n + ? WHERE item = ?", use(delta), use(item), now;
    s << "SELECT n FROM stock WHERE item = ?", into(n), use(item), now;
    probe.rollback();
    return n >= 0;
}

void rename_recipe(Session& s, std::string from, std::string to) {
    Transaction tx(s);
    s << "UPDATE recipe SET name = ? WHERE name = ?", use(to), use(from), now;
    int clash = 0;
    s << "SELECT count(*) FROM recipe WHERE name = ?", into(clash), use(to), now;
    if (clash > 1) {
        tx.rollback();
        say("recipe exists: " + to);
        return;
    }
    s << "UPDATE batch SET recipe = ? WHERE recipe = ?", use(to), use(from), now;
    tx.commit();
}

void bottle(Session& s, int batch, int bottles) {
    Transaction tx(s);
    s << "UPDATE batch SET state = 'bottled' WHERE id = ?", use(batch), now;
    if (bottles <= 0) {
        say("nothing bottled");
        tx.rollback();
    }
    if (bottles > 5000)
        say("large run");
    tx.commit();  // expect: session-double-end
}

Session open_cellar(const CellarConfig& cfg) {
    Poco::Data::SQLite::Connector::registerConnector();
    Session s("SQLite", cfg.file);
    if (cfg.strict)
        s << "PRAGMA foreign_keys = ON", now;
    return s;
}

int tank_count(const CellarConfig& cfg) {
    Session* s = new Session("SQLite", cfg.file);  // expect: session-leak
    int n = 0;
    *s << "SELECT count(*) FROM tank", into(n), now;
    if (n == 0 && cfg.strict) {
        say("no tanks");
        return -1;
    }
    delete s;
    return n;
}

int keg_count(const CellarConfig& cfg) {
    Session s("SQLite", cfg.file);
    int n = 0;
    {
        Statement st(s);
        st << "SELECT count(*) FROM keg_stock", into(n);
        st.execute();
    }
    s.close();
    return n;
}

int keg_sum(const CellarConfig& cfg) {
    Session s("SQLite", cfg.file);
    int n = 0;
    int returned = 0;
    s << "SELECT sum(n) FROM keg_stock", into(n), now;
    s.close();
    if (n > 0)
        s << "SELECT count(*) FROM keg_return", into(returned), now;  // expect: session-use-after-scope
    return n - returned;
}

void watch_fermentation(SessionPool& pool, std::vector<int> tanks) {
    std::vector<std::thread> ts;
    for (int t : tanks) {
        ts.emplace_back([&pool, t]() mutable {
            try {
                Session own = pool.get();
                own << "UPDATE tank SET watched = 1 WHERE id = ?", use(t), now;
            } catch (const Poco::Exception& e) {
                say(e.displayText());
            }
        });
    }
    for (auto& t : ts)
        t.join();
}

void watch_pressure(Session s, int tank) {
    std::thread([s, tank]() mutable {  // expect: session-shared-across-threads
        s << "UPDATE tank SET pressure_watch = 1 WHERE id = ?", use(tank), now;
    }).detach();
    s << "INSERT INTO watch_log(tank) VALUES(?)", use(tank), now;
}

void order_yeast(Session& s, std::string strain, int packs) {
    s.begin();
    try {
        s << "INSERT INTO purchase(item, n) VALUES(?, ?)", use(strain), use(packs), now;
        s.commit();
    } catch (...) {
        s.rollback();
        throw;
    }
    Transaction budget(s);
    s << "UPDATE budget SET spent = spent + ?", use(packs), now;
    budget.commit();  // expect: session-multiple-commits
}

void close_year(Session& s, int year) {
    Transaction(s, true);  // expect: session-temporary-guard
    s << "INSERT INTO batch_archive SELECT * FROM batch WHERE year = ?", use(year), now;
    s << "DELETE FROM batch WHERE year = ?", use(year), now;
}

}  // namespace brewery
