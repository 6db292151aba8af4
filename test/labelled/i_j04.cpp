// library: soci
#include <soci/soci.h>
#include <soci/connection-pool.h>

#include <condition_variable>
#include <deque>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace billing {

struct JobConfig {
    std::string backend = "postgresql";
    std::string connect;
    int chunk = 250;
    bool simulate = false;
};

struct Invoice { int customer = 0; double total = 0.0; std::string period; };
enum class Outcome { done, skipped, failed };

void report(std::ostream& os, const std::string& what, Outcome o) {
    os << what << ": " << static_cast<int>(o) << '\n';
}

class MeterReader {
public:
    explicit MeterReader(soci::session& sql)
        : find_((sql.prepare << "select kwh from meter where customer = :c", soci::into(kwh_), soci::use(customer_))) {}

    double read(int customer) {
        customer_ = customer;
        find_.execute();
        if (!find_.fetch())
            throw std::out_of_range("no meter for customer " + std::to_string(customer));
        return kwh_;
    }

private:
    int customer_ = 0;
    double kwh_ = 0;
    soci::statement find_;
};

Outcome billCustomer(soci::session& sql, MeterReader& meters, int customer, const std::string& period) {
    double kwh = 0;
    try {
        kwh = meters.read(customer);
    } catch (const std::out_of_range& e) {
        std::clog << e.what() << '\n';
        return Outcome::skipped;
    }
    const double total = kwh * 0.31;
    soci::transaction tr(sql);
    sql << "insert into invoice(customer, period, total) values(:c, :p, :t)",
        soci::use(customer), soci::use(period), soci::use(total);
    sql << "update customer set balance = balance + :t where id = :c", soci::use(total), soci::use(customer);
    tr.commit();
    return Outcome::done;
}

int runBilling(const JobConfig& cfg, const std::vector<int>& customers, const std::string& period) {
    soci::session sql(cfg.backend, cfg.connect);
    MeterReader meters(sql);
    int failures = 0;
    for (int c : customers) {
        try {
            if (billCustomer(sql, meters, c, period) == Outcome::failed)
                ++failures;
        } catch (const soci::soci_error& e) {
            ++failures;
            std::cerr << "customer " << c << ": " << e.what() << '\n';
        }
    }
    return failures;
}

void importReadings(soci::session& sql, std::istream& in, int chunk) {
    std::string line;
    int pending = 0;
    sql.begin();  // expect: session-missing-rollback
    while (std::getline(in, line)) {
        const auto comma = line.find(',');
        if (comma == std::string::npos)
            continue;
        const int customer = std::stoi(line.substr(0, comma));
        const double kwh = std::stod(line.substr(comma + 1));
        sql << "update meter set kwh = :k where customer = :c", soci::use(kwh), soci::use(customer);
        ++pending;
        if (pending > chunk * 100)
            std::clog << "very large import\n";
    }
    sql.commit();
}

void importPrices(soci::session& sql, std::istream& in, int chunk) {
    std::string product;
    double price = 0;
    auto batch = std::make_unique<soci::transaction>(sql);
    int inBatch = 0;
    while (in >> product >> price) {
        sql << "insert into price(product, value) values(:n, :v)", soci::use(product), soci::use(price);
        if (++inBatch == chunk) {
            batch->commit();
            batch = std::make_unique<soci::transaction>(sql);
            inBatch = 0;
        }
    }
    batch->commit();
}

bool recomputeTariffs(soci::connection_pool& pool, bool simulate) {
    soci::session sql(pool);
    soci::transaction tr(sql);
    sql << "update tariff set rate = rate * 1.02 where indexed = 1";
    double top = 0;
    sql << "select max(rate) from tariff", soci::into(top);
    std::cout << "new top rate " << top << '\n';
    if (simulate)
        return false;
    sql << "insert into tariff_history select * from tariff";
    tr.commit();
    return true;
}

void voidPeriod(soci::connection_pool& pool, const std::string& period, std::ostream& log) {
    soci::session sql(pool);
    auto tr = std::make_unique<soci::transaction>(sql);  // expect: session-unfinished-transaction
    sql << "delete from invoice where period = :p", soci::use(period);
    sql << "insert into voided(period) values(:p)", soci::use(period);
    log << "voided " << period << '\n';
}

class TaskQueue {
public:
    TaskQueue(soci::connection_pool& pool, int workers) : pool_(pool) {
        for (int i = 0; i < workers; ++i)
            threads_.emplace_back([this] { drain(); });
    }
    TaskQueue(const TaskQueue&) = delete;
    TaskQueue& operator=(const TaskQueue&) = delete;

    ~TaskQueue() {
        {
            std::lock_guard<std::mutex> l(m_);
            closing_ = true;
        }
        wake_.notify_all();
        for (auto& t : threads_)
            t.join();
    }

    void push(std::function<void(soci::session&)> job) {
        {
            std::lock_guard<std::mutex> l(m_);
            jobs_.push_back(std::move(job));
        }
        wake_.notify_one();
    }

private:
    void drain() {
        for (;;) {
            std::function<void(soci::session&)> job;
            {
                std::unique_lock<std::mutex> l(m_);
                wake_.wait(l, [this] { return closing_ || !jobs_.empty(); });
                if (jobs_.empty())
                    return;
                job = std::move(jobs_.front());
                jobs_.pop_front();
            }
            try {
                soci::session sql(pool_);
                soci::transaction tr(sql);
                job(sql);
                tr.commit();
            } catch (const std::exception& e) {
                std::cerr << "job failed: " << e.what() << '\n';
            }
        }
    }

    soci::connection_pool& pool_;
    std::mutex m_;
    std::condition_variable wake_;
    std::deque<std::function<void(soci::session&)>> jobs_;
    bool closing_ = false;
    std::vector<std::thread> threads_;
};

void queueReminders(TaskQueue& queue, const std::vector<int>& customers) {
    for (int c : customers)
        queue.push([c](soci::session& sql) {
            sql << "insert into reminder(customer) values(:c)", soci::use(c);
            sql << "update customer set reminded = 1 where id = :c", soci::use(c);
        });
}

double parallelTotals(soci::connection_pool& pool, const std::string& period) {
    soci::session sql(pool);
    double gas = 0;
    double power = 0;
    auto first = std::async(std::launch::async, [&sql, &gas, period] {  // expect: session-shared-across-threads
        sql << "select coalesce(sum(total), 0) from gas_invoice where period = :p", soci::into(gas), soci::use(period);
    });
    sql << "select coalesce(sum(total), 0) from invoice where period = :p", soci::into(power), soci::use(period);
    first.get();
    return gas + power;
}

double pipelinedTotals(soci::connection_pool& pool, const std::string& period) {
    double power = 0;
    soci::session sql(pool);
    auto first = std::async(std::launch::async, [&sql, &power, period] {
        sql << "select coalesce(sum(total), 0) from invoice where period = :p", soci::into(power), soci::use(period);
    });
    std::ifstream rates("rates.txt");
    double factor = 1;
    rates >> factor;
    first.get();
    double gas = 0;
    sql << "select coalesce(sum(total), 0) from gas_invoice where period = :p", soci::into(gas), soci::use(period);
    return factor * (gas + power);
}

class UnitScope {
public:
    explicit UnitScope(soci::session& sql) : sql_(sql), entered_(std::uncaught_exceptions()) { sql_.begin(); }
    UnitScope(const UnitScope&) = delete;
    UnitScope& operator=(const UnitScope&) = delete;
    ~UnitScope() {
        try {
            if (std::uncaught_exceptions() > entered_ || failed_)
                sql_.rollback();
            else
                sql_.commit();
        } catch (const std::exception& e) {
            std::cerr << "unit of work: " << e.what() << '\n';
        }
    }
    void fail() noexcept { failed_ = true; }

private:
    soci::session& sql_;
    int entered_;
    bool failed_ = false;
};

void creditCustomer(soci::session& sql, int customer, double amount) {
    UnitScope unit(sql);
    if (amount <= 0) {
        unit.fail();
        return;
    }
    sql << "update customer set balance = balance - :a where id = :c", soci::use(amount), soci::use(customer);
    sql << "insert into credit(customer, amount) values(:c, :a)", soci::use(customer), soci::use(amount);
}

class Journal {
public:
    explicit Journal(soci::session& sql) : sql_(sql) { sql_ << "BEGIN"; }
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    ~Journal() {
        if (entries_ > 0)
            sql_ << "COMMIT";  // expect: session-commit-in-destructor
        else
            sql_ << "ROLLBACK";
    }
    void add(const std::string& text) {
        sql_ << "insert into journal(text) values(:t)", soci::use(text);
        ++entries_;
    }

private:
    soci::session& sql_;
    int entries_ = 0;
};

void nightlyStatistics(const JobConfig& cfg) {
    soci::session sql(cfg.backend, cfg.connect);
    sql.begin();
    sql << "delete from statistic where day = current_date";
    sql << "insert into statistic select current_date, count(*) from invoice";
    if (cfg.simulate) {
        sql.rollback();
        std::cout << "simulated\n";
    } else {
        sql.commit();
    }
    int rows = 0;
    sql << "select count(*) from statistic", soci::into(rows);
    std::cout << rows << " statistic rows\n";
}

Outcome reopen(soci::session& sql, int invoice) {
    int state = 0;
    sql << "select state from invoice where id = :i", soci::into(state), soci::use(invoice);
    if (!sql.got_data() || state == 0) {
        sql.rollback();  // expect: session-double-end
        return Outcome::skipped;
    }
    soci::transaction tr(sql);
    sql << "update invoice set state = 0 where id = :i", soci::use(invoice);
    sql << "insert into reopened(invoice) values(:i)", soci::use(invoice);
    tr.commit();
    return Outcome::done;
}

void checkConnections(const std::vector<JobConfig>& sites) {
    for (const JobConfig& site : sites) {
        auto* sql = new soci::session(site.backend, site.connect);  // expect: session-raw-construction
        try {
            int one = 0;
            *sql << "select 1", soci::into(one);
            std::cout << site.connect << (one == 1 ? " ok" : " odd") << '\n';
        } catch (const std::exception& e) {
            std::cerr << site.connect << ": " << e.what() << '\n';
        }
        delete sql;
    }
}

std::unique_ptr<soci::session> connectWithFallback(const JobConfig& primary, const JobConfig& standby) {
    try {
        return std::make_unique<soci::session>(primary.backend, primary.connect);
    } catch (const soci::soci_error& e) {
        std::cerr << "primary: " << e.what() << '\n';
    }
    return std::make_unique<soci::session>(standby.backend, standby.connect);
}

void copyLedger(soci::session& from, soci::session& to, const std::string& period) {
    soci::transaction write(to);
    to << "delete from ledger where period = :p", soci::use(period);
    soci::rowset<soci::row> rows = (from.prepare << "select account, amount from ledger where period = :p", soci::use(period));
    for (const auto& r : rows) {
        const int account = r.get<int>(0);
        const double amount = r.get<double>(1);
        to << "insert into ledger(period, account, amount) values(:p, :a, :m)",
            soci::use(period), soci::use(account), soci::use(amount);
    }
    write.commit();
}

bool lockPeriod(soci::session& sql, const std::string& period) {
    soci::transaction tr(sql);
    sql << "savepoint before_lock";
    try {
        sql << "insert into period_lock(period) values(:p)", soci::use(period);
    } catch (const soci::soci_error&) {
        sql << "rollback to savepoint before_lock";
        sql << "update period_lock set tries = tries + 1 where period = :p", soci::use(period);
        tr.commit();
        return false;
    }
    sql << "release savepoint before_lock";
    tr.commit();
    return true;
}

}  // namespace billing
