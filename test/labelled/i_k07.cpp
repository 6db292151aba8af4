// Vehicle fleet tracker: workers, futures and timers around a declared database layer.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <latch>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace fleet::sql {

class SqlError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class Connection {
public:
  explicit Connection(const std::string& url);
  Connection(const Connection&) = delete;
  ~Connection();
  template <class... A> long exec(const char* text, const A&... args);
  template <class... A> double number(const char* text, const A&... args);
};

class Tx {
public:
  explicit Tx(Connection& c);
  Tx(const Tx&) = delete;
  ~Tx();
  void commit();
};

class Lease {
public:
  Lease(Lease&&) noexcept;
  Lease& operator=(Lease&&) noexcept;
  ~Lease();
  Connection& operator*() const noexcept;
  Connection* operator->() const noexcept;
  explicit operator bool() const noexcept;
};

class Pool {
public:
  Lease checkout();
  Connection* take();
  void put(Connection* c) noexcept;
};

}  // namespace fleet::sql

namespace fleet::run {

class Workers {
public:
  explicit Workers(int n);
  ~Workers();
  void submit(std::function<void()> job) noexcept;
  void drain() noexcept;
};

}  // namespace fleet::run

namespace fleet {

using run::Workers;
using sql::Connection;
using sql::Lease;
using sql::Pool;
using sql::SqlError;
using sql::Tx;

void say(const std::string& what) noexcept;

struct Position {
  int car = 0;
  double lat = 0;
  double lon = 0;
};

std::vector<Position> decode(const std::string& packet);

void store_position(Pool& pool, const Position& p) {
  Lease c = pool.checkout();
  Tx tx(*c);
  c->exec("INSERT INTO track VALUES (?, ?, ?)", p.car, p.lat, p.lon);
  c->exec("UPDATE car SET lat = ?, lon = ? WHERE id = ?", p.lat, p.lon, p.car);
  tx.commit();
}

void store_later(Pool& pool, Position p) {
  std::thread([&pool, p] {
    try {
      store_position(pool, p);
    } catch (const std::exception& e) {
      say(e.what());
    }
  }).detach();
}

void geofence_check(Pool& pool, int car) {
  Lease c = pool.checkout();
  double lat = c->number("SELECT lat FROM car WHERE id = ?", car);
  std::thread([&c, car, lat] {  // expect: session-shared-across-threads
    if (c->number("SELECT inside(?, ?)", car, lat) < 0.5)
      c->exec("INSERT INTO alert(car) VALUES (?)", car);
  }).detach();
  c->exec("UPDATE car SET checked = now() WHERE id = ?", car);
}

double mileage(Pool& pool, int car) {
  Lease c = pool.checkout();
  double km = 0;
  {
    std::jthread sum([&] {
      try {
        km = c->number("SELECT sum(km) FROM trip WHERE car = ?", car);
      } catch (const SqlError& e) {
        say(e.what());
      }
    });
    say("summing trips");
  }
  c->exec("UPDATE car SET km = ? WHERE id = ?", km, car);
  return km;
}

void recompute(Workers& workers, Pool& pool, const std::vector<int>& cars) {
  Connection* c = pool.take();
  std::unique_ptr<Connection, std::function<void(Connection*)>> hold(c, [&pool](Connection* p) { pool.put(p); });
  for (int car : cars) {
    if (car <= 0)
      continue;
    workers.submit([c, car] { c->exec("UPDATE car SET score = score(?) WHERE id = ?", car, car); });  // expect: session-shared-across-threads
  }
  say("queued " + std::to_string(cars.size()));
}

void recompute_waiting(Workers& workers, Pool& pool, const std::vector<int>& cars) {
  std::latch done(static_cast<std::ptrdiff_t>(cars.size()));
  for (int car : cars) {
    workers.submit([&pool, &done, car] {
      try {
        Lease c = pool.checkout();
        c->exec("UPDATE car SET score = score(?) WHERE id = ?", car, car);
      } catch (const std::exception& e) {
        say(e.what());
      }
      done.count_down();
    });
  }
  done.wait();
}

long fuel_report(Connection& c, int month) {
  auto liters = std::async(std::launch::async, [&c, month] {  // expect: session-shared-across-threads
    return c.number("SELECT sum(liters) FROM fuel WHERE month = ?", month);
  });
  double km = c.number("SELECT sum(km) FROM trip WHERE month = ?", month);
  if (km < 1)
    return 0;
  return static_cast<long>(100 * liters.get() / km);
}

long fuel_report_two(Pool& pool, int month) {
  auto sum = [&pool, month](const char* text) {
    Lease c = pool.checkout();
    return c->number(text, month);
  };
  auto liters = std::async(std::launch::async, sum, "SELECT sum(liters) FROM fuel WHERE month = ?");
  double km = sum("SELECT sum(km) FROM trip WHERE month = ?");
  double l = liters.get();
  return km < 1 ? 0 : static_cast<long>(100 * l / km);
}

void close_trip(Workers& workers, Pool& pool, int trip) {
  auto lease = std::make_shared<Lease>(pool.checkout());
  (*lease)->exec("UPDATE trip SET closed = 1 WHERE id = ?", trip);
  workers.submit([lease, trip] {
    try {
      (*lease)->exec("INSERT INTO trip_sum SELECT * FROM summarize(?)", trip);
    } catch (const SqlError& e) {
      say(e.what());
    }
  });
}

void hand_off(Pool& pool, int car, int driver) {
  Lease c = pool.checkout();
  c->exec("UPDATE car SET driver = ? WHERE id = ?", driver, car);
  std::jthread audit([lease = std::move(c), car] {
    try {
      lease->exec("INSERT INTO driver_log(car) VALUES (?)", car);
    } catch (const SqlError& e) {
      say(e.what());
    }
  });
  if (driver == 0)
    c->exec("UPDATE car SET parked = 1 WHERE id = ?", car);  // expect: session-use-after-scope
}

class Tracker {
public:
  Tracker(Pool& pool, const std::string& url) : pool_(pool), writer_conn_(url), writer_([this] { drain(); }) {}
  ~Tracker() {
    {
      std::lock_guard lk(m_);
      stop_ = true;
    }
    cv_.notify_one();
    writer_.join();
  }

  void push(const std::string& packet) {
    auto ps = decode(packet);
    std::lock_guard lk(m_);
    for (auto& p : ps)
      queue_.push_back(p);
    cv_.notify_one();
  }

  void watch(int car) {
    Lease c = pool_.checkout();
    c->exec("LISTEN car_changed");
    std::lock_guard lk(m_);
    watched_[car] = &*c;  // waits: session-use-after-scope
  }

  std::size_t waiting() {
    std::lock_guard lk(m_);
    return queue_.size();
  }

private:
  void drain() {
    std::unique_lock lk(m_);
    while (!stop_ || !queue_.empty()) {
      cv_.wait(lk, [this] { return stop_ || !queue_.empty(); });
      std::deque<Position> batch;
      batch.swap(queue_);
      lk.unlock();
      try {
        Tx tx(writer_conn_);
        for (const Position& p : batch)
          writer_conn_.exec("INSERT INTO track VALUES (?, ?, ?)", p.car, p.lat, p.lon);
        tx.commit();
      } catch (const SqlError& e) {
        say(e.what());
      }
      lk.lock();
    }
  }

  Pool& pool_;
  Connection writer_conn_;
  std::mutex m_;
  std::condition_variable cv_;
  std::deque<Position> queue_;
  std::map<int, Connection*> watched_;
  bool stop_ = false;
  std::thread writer_;
};

Connection& local_connection(const std::string& url) {
  thread_local std::unique_ptr<Connection> c;
  if (!c) {
    c = std::make_unique<Connection>(url);
    c->exec("SET application = 'fleet'");
  }
  return *c;
}

void scan_regions(const std::string& url, const std::vector<int>& regions) {
  std::vector<std::jthread> crew;
  for (int r : regions) {
    crew.emplace_back([&url, r] {
      try {
        Connection& c = local_connection(url);
        Tx tx(c);
        c.exec("UPDATE region SET cars = (SELECT count(*) FROM car WHERE region = ?)", r);
        tx.commit();
      } catch (const SqlError& e) {
        say(e.what());
      }
    });
  }
}

void scan_zones(Connection& c, const std::vector<int>& zones) {
  std::atomic<long> total{0};
  std::vector<std::thread> crew;
  for (int z : zones)
    crew.emplace_back([&, z] { total += c.exec("SELECT count(*) FROM car WHERE zone = ?", z); });  // expect: session-shared-across-threads
  for (auto& t : crew)
    t.join();
  say("cars in zones: " + std::to_string(total.load()));
}

void scan_depots(Connection& c, const std::vector<int>& depots) {
  std::mutex m;
  std::vector<std::thread> crew;
  std::atomic<long> total{0};
  for (int d : depots) {
    crew.emplace_back([&, d] {
      try {
        std::lock_guard lk(m);
        total += c.exec("SELECT count(*) FROM car WHERE depot = ?", d);
      } catch (const SqlError& e) {
        say(e.what());
      }
    });
  }
  for (auto& t : crew)
    t.join();
  say("cars in depots: " + std::to_string(total.load()));
}

void service_due(Workers& workers, Pool& pool, int car, int days) {
  workers.submit([&pool, car, days] {
    Lease c = pool.checkout();
    Tx tx(*c);  // expect: session-unfinished-transaction
    c->exec("UPDATE car SET service_in = ? WHERE id = ?", days, car);
    if (days < 7)
      c->exec("INSERT INTO reminder(car, days) VALUES (?, ?)", car, days);
  });
}

void nightly(Workers& workers, Pool& pool) {
  Connection* c = pool.take();
  workers.submit([&pool, c] {
    struct Back {
      Pool& p;
      Connection* c;
      ~Back() { p.put(c); }
    } back{pool, c};
    try {
      Tx tx(*c);
      c->exec("DELETE FROM track WHERE age > 365");
      c->exec("DELETE FROM trip WHERE age > 365");
      tx.commit();
    } catch (const SqlError& e) {
      say(e.what());
    }
  });
}

std::future<long> count_async(Pool& pool, const std::string& region) {
  return std::async(std::launch::async, [&pool, region] {
    Lease c = pool.checkout();
    long n = c->exec("SELECT count(*) FROM car WHERE region = ?", region);
    if (n == 0)
      say("empty region " + region);
    return n;
  });
}

void sell_car(Pool& pool, int car, const std::string& buyer) {
  {
    Lease c = pool.checkout();
    Tx tx(*c);
    c->exec("UPDATE car SET sold = 1 WHERE id = ?", car);
    tx.commit();
  }
  auto bill = std::async(std::launch::async, [&pool, car, buyer] {
    Lease c = pool.checkout();
    Tx tx(*c);
    c->exec("INSERT INTO bill_copy(car, buyer) VALUES (?, ?)", car, buyer);
    tx.commit();
  });
  bill.get();
}

bool reset_counter(Pool& pool, int car, std::chrono::seconds patience) {
  auto until = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < until) {
    try {
      Lease c = pool.checkout();
      Tx tx(*c);
      c->exec("UPDATE counter SET n = 0 WHERE car = ?", car);
      c->exec("INSERT INTO counter_log(car) VALUES (?)", car);
      tx.commit();
      return true;
    } catch (const SqlError& e) {
      say(e.what());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

long import_packets(Connection& c, const std::vector<std::string>& packets) {
  std::vector<std::future<std::vector<Position>>> parsed;
  for (const auto& p : packets)
    parsed.push_back(std::async(std::launch::async, [&p] { return decode(p); }));
  long n = 0;
  Tx tx(c);
  for (auto& f : parsed) {
    for (const Position& p : f.get())
      n += c.exec("INSERT INTO track VALUES (?, ?, ?)", p.car, p.lat, p.lon);
  }
  tx.commit();
  return n;
}

}  // namespace fleet
