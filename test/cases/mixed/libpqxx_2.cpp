// Telemetry store on libpqxx: writers, guards of its own, streams, listeners, generators
// library: libpqxx
#include <pqxx/pqxx>

#include <coroutine>
#include <exception>
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace telemetry {

struct Sample {
  int sensor = 0;
  double value = 0;
  long long at = 0;
};

void log(const std::string& text) { std::clog << text << '\n'; }

// commits when the scope is left, whatever happened
class BatchWriter {
public:
  explicit BatchWriter(pqxx::connection& c) : tx_(c, "batch") {}
  ~BatchWriter() {
    if (count_ > 0) tx_.commit();  // expect: session-commit-in-destructor
  }
  void write(const Sample& s) {
    tx_.exec_params0("INSERT INTO sample(sensor, value, at) VALUES ($1, $2, $3)", s.sensor, s.value, s.at);
    ++count_;
  }

private:
  pqxx::work tx_;
  int count_ = 0;
};

class Writer {
public:
  explicit Writer(pqxx::connection& c) : tx_(c, "writer") {}
  void write(const Sample& s) {
    tx_.exec_params0("INSERT INTO sample(sensor, value, at) VALUES ($1, $2, $3)", s.sensor, s.value, s.at);
  }
  void done() { tx_.commit(); }

private:
  pqxx::work tx_;
};

void store(pqxx::connection& c, const std::vector<Sample>& samples) {
  Writer writer(c);
  for (const Sample& s : samples) writer.write(s);
  writer.done();
}

void bulkStore(pqxx::connection& c, const std::vector<Sample>& samples) {
  pqxx::work tx(c);
  pqxx::stream_to out(tx, "sample", std::vector<std::string>{"sensor", "value", "at"});
  for (const Sample& s : samples) out << std::make_tuple(s.sensor, s.value, s.at);
  out.complete();
  tx.commit();
}

bool runScriptLoudly(pqxx::connection& c, const std::vector<std::string>& script) {
  pqxx::nontransaction tx(c);
  tx.exec("BEGIN");
  try {
    for (const std::string& statement : script) tx.exec(statement);
    tx.exec("COMMIT");
  } catch (const pqxx::sql_error& e) {  // expect: session-missing-rollback
    log(e.what());
    log(e.query());
    return false;
  }
  return true;
}

class Store {
public:
  explicit Store(const std::string& dsn) : connection_(dsn) {
    connection_.prepare("add", "INSERT INTO sample(sensor, value) VALUES ($1, $2)");
    connection_.prepare("last", "SELECT value FROM sample WHERE sensor = $1 ORDER BY at DESC LIMIT 1");
  }

  void add(int sensor, double value) {
    pqxx::work tx(connection_);
    tx.exec_prepared0("add", sensor, value);
    tx.commit();
  }

  void begin() {
    if (!batch_) batch_ = std::make_unique<pqxx::work>(connection_);
  }

  void addToBatch(int sensor, double value) {
    begin();
    batch_->exec_prepared0("add", sensor, value);
    if (++pending_ >= 500) commit();
  }

  void commit() {
    if (!batch_) return;
    batch_->commit();
    batch_.reset();
    pending_ = 0;
  }

  std::optional<double> last(int sensor) {
    pqxx::read_transaction tx(connection_);
    const auto r = tx.exec_prepared("last", sensor);
    if (r.empty() || r[0][0].is_null()) return {};
    return r[0][0].as<double>();
  }

  std::string firstName(int sensor) {
    auto tx = std::make_unique<pqxx::work>(connection_);
    const auto name = tx->exec_params1("SELECT name FROM sensor WHERE id = $1", sensor)[0].as<std::string>();
    tx.reset();
    return name;
  }

private:
  pqxx::connection connection_;
  std::unique_ptr<pqxx::work> batch_;
  int pending_ = 0;
};

class Import {
public:
  Import(pqxx::connection& c, const std::string& source) : tx_(std::make_unique<pqxx::work>(c)) {
    id_ = tx_->exec_params1("INSERT INTO import(source) VALUES ($1) RETURNING id", source)[0].as<int>();
  }
  Import(Import&&) = default;
  void row(const std::string& text) { tx_->exec_params0("INSERT INTO import_row VALUES ($1, $2)", id_, text); }
  int finish() {
    tx_->commit();
    return id_;
  }

private:
  std::unique_ptr<pqxx::work> tx_;
  int id_ = 0;
};

Import openImport(pqxx::connection& c, const std::string& source) {
  Import import(c, source);
  import.row("# " + source);
  return import;
}

int importLines(pqxx::connection& c, std::istream& in) {
  Import import = openImport(c, "stdin");
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] != '#') import.row(line);
  return import.finish();
}

void dropSensor(pqxx::connection& c, int sensor, bool keepSamples) {
  pqxx::work tx(c);
  if (!keepSamples) tx.exec_params0("DELETE FROM sample WHERE sensor = $1", sensor);
  const auto r = tx.exec_params("DELETE FROM sensor WHERE id = $1", sensor);
  switch (r.affected_rows()) {
    case 1: tx.commit(); break;
    case 0: log("no such sensor"); break;
    default: throw std::logic_error("sensor ids are not unique");
  }
}

void calibrate(pqxx::connection& c, int sensor, double factor) {
  pqxx::work tx(c);
  tx.exec_params0("UPDATE sample SET value = value * $2 WHERE sensor = $1", sensor, factor);
  tx.exec_params0("UPDATE sensor SET calibrated = now() WHERE id = $1", sensor);
  try {
    tx.commit();
  } catch (const pqxx::in_doubt_error& e) {
    log(std::string("perhaps calibrated: ") + e.what());
    throw;
  }
}

void calibrateAll(pqxx::connection& c, const std::vector<std::pair<int, double>>& factors) {
  std::vector<int> failed;
  for (const auto& [sensor, factor] : factors) {
    try {
      calibrate(c, sensor, factor);
    } catch (const pqxx::sql_error&) {
      failed.push_back(sensor);
    }
  }
  for (const int sensor : failed) log("suspect: " + std::to_string(sensor));
}

void rename(pqxx::connection& c, int sensor, const std::string& name) {
  pqxx::work tx(c);
  try {
    tx.exec_params0("UPDATE sensor SET name = $2 WHERE id = $1", sensor, name);
    tx.commit();
    pqxx::nontransaction check(c);
    check.exec_params1("SELECT 1 FROM sensor WHERE id = $1", sensor);
  } catch (const std::exception& e) {
    log(e.what());
    tx.abort();  // expect: session-double-end
  }
}

void summarise(pqxx::connection& c, int sensor) {
  pqxx::work rows(c);
  rows.exec_params0("DELETE FROM hourly WHERE sensor = $1", sensor);
  rows.exec_params0("INSERT INTO hourly SELECT sensor, hour, avg(value) FROM sample WHERE sensor = $1 GROUP BY 1, 2", sensor);
  rows.commit();

  pqxx::work mark(c);
  mark.exec_params0("UPDATE sensor SET summarised = now() WHERE id = $1", sensor);
  mark.commit();  // expect: session-multiple-commits
}

struct Closer {
  void operator()(pqxx::connection* c) const {
    c->disconnect();
    delete c;
  }
};

using Handle = std::unique_ptr<pqxx::connection, Closer>;

Handle open(const std::string& dsn, const std::string& application) {
  Handle c(new pqxx::connection(dsn));
  c->set_variable("application_name", "'" + application + "'");
  return c;
}

double average(const std::string& dsn, int sensor) {
  const Handle c = open(dsn, "average");
  pqxx::read_transaction tx(*c);
  return tx.exec_params1("SELECT avg(value) FROM sample WHERE sensor = $1", sensor)[0].as<double>(0.0);
}

void rebuild(const std::string& dsn, int sensors) {
  auto* c = new pqxx::connection(dsn);  // expect: session-leak
  for (int sensor = 0; sensor < sensors; ++sensor) calibrate(*c, sensor, 1.0);
  c->disconnect();
  delete c;
}

void listen(pqxx::connection& c, const std::function<bool(const std::string&)>& handler) {
  class Receiver : public pqxx::notification_receiver {
  public:
    Receiver(pqxx::connection& c, const std::function<bool(const std::string&)>& handler)
        : pqxx::notification_receiver(c, "sample"), handler_(handler) {}
    void operator()(const std::string& payload, int) override { running = handler_(payload); }
    bool running = true;

  private:
    const std::function<bool(const std::string&)>& handler_;
  };
  Receiver receiver(c, handler);
  while (receiver.running) c.await_notification(10, 0);
}

void watch(const std::string& dsn) {
  pqxx::connection c(dsn);
  std::thread([&c] {  // expect: session-shared-across-threads
    for (;;) c.await_notification();
  }).detach();
  pqxx::nontransaction tx(c);
  tx.exec("LISTEN sample");
}

std::thread watchAlone(std::string dsn) {
  return std::thread([dsn = std::move(dsn)] {
    pqxx::connection c(dsn);
    pqxx::nontransaction(c).exec("LISTEN sample");
    for (;;) c.await_notification();
  });
}

// --- scopes as coroutines -----------------------------------------------------------------------------------------

template <class T>
class Scope {
public:
  struct promise_type {
    T* current = nullptr;
    std::exception_ptr error;
    Scope get_return_object() { return Scope(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T& value) noexcept {
      current = &value;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { error = std::current_exception(); }
  };
  class iterator {
  public:
    explicit iterator(std::coroutine_handle<promise_type> h) : h_(h) {}
    T& operator*() const { return *h_.promise().current; }
    iterator& operator++() {
      h_.resume();
      if (h_.promise().error) std::rethrow_exception(h_.promise().error);
      return *this;
    }
    bool operator!=(std::default_sentinel_t) const { return !h_.done(); }

  private:
    std::coroutine_handle<promise_type> h_;
  };
  Scope(Scope&& other) noexcept : h_(std::exchange(other.h_, nullptr)) {}
  ~Scope() {
    if (h_) h_.destroy();
  }
  iterator begin() {
    iterator it(h_);
    ++it;
    return it;
  }
  std::default_sentinel_t end() { return {}; }

private:
  explicit Scope(std::coroutine_handle<promise_type> h) : h_(h) {}
  std::coroutine_handle<promise_type> h_;
};

Scope<pqxx::work> unitOfWork(pqxx::connection& c) {
  pqxx::work tx(c);
  co_yield tx;
  tx.commit();
}

Scope<pqxx::read_transaction> snapshot(pqxx::connection& c) {
  pqxx::read_transaction tx(c);
  co_yield tx;
}

int addSensor(pqxx::connection& c, const std::string& name) {
  for (pqxx::work& tx : unitOfWork(c)) {
    const auto row = tx.exec_params1("INSERT INTO sensor(name) VALUES ($1) RETURNING id", name);
    return row[0].as<int>();  // expect: session-generator-early-return
  }
  return -1;
}

int addSensorKept(pqxx::connection& c, const std::string& name) {
  int id = -1;
  for (pqxx::work& tx : unitOfWork(c)) {
    const auto row = tx.exec_params1("INSERT INTO sensor(name) VALUES ($1) RETURNING id", name);
    id = row[0].as<int>();
    if (name.empty()) continue;
    tx.exec_params0("INSERT INTO event VALUES ('sensor', $1)", id);
  }
  return id;
}

int countSensors(pqxx::connection& c) {
  for (pqxx::read_transaction& tx : snapshot(c)) return tx.exec1("SELECT count(*) FROM sensor")[0].as<int>();
  return 0;
}

std::string newestSensor(pqxx::connection& c) {
  pqxx::read_transaction& tx = *snapshot(c).begin();  // expect: session-generator-early-return
  return tx.exec1("SELECT name FROM sensor ORDER BY id DESC LIMIT 1")[0].as<std::string>();
}

}  // namespace telemetry
