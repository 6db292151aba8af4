// library: libpqxx
#include <chrono>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>
#include <pqxx/pqxx>

namespace parcels {

struct Config {
  std::string dsn;
  int attempts = 3;
  bool dryRun = false;
};

struct Parcel {
  long id = 0;
  std::string hub;
  int grams = 0;
};

struct Reply {
  int status = 200;
  std::string body;
};

class NotFound : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

void logLine(const std::string& line) noexcept { std::clog << line << '\n'; }
int parseGrams(const std::string& text) { return std::stoi(text); }

class Registry {
public:
  explicit Registry(const Config& cfg) : cfg_(cfg), conn_(cfg.dsn) {
    conn_.prepare("parcel_by_id", "SELECT id, hub, grams FROM parcel WHERE id = $1");
    conn_.prepare("parcel_move", "UPDATE parcel SET hub = $2 WHERE id = $1");
    conn_.prepare("trail_add", "INSERT INTO trail(parcel, hub) VALUES ($1, $2)");
  }

  std::optional<Parcel> find(long id);
  Reply move(long id, const std::string& hub);
  Reply weigh(long id, const std::string& text);
  long importBatch(const std::vector<Parcel>& batch);
  void mergeHubs(const std::string& from, const std::string& into);
  bool tryReserve(long id);
  void closeDay(int day);
  std::vector<long> overdue(int days);
  int relabel(const std::vector<long>& ids, const std::string& tag);
  template <class F> auto inTransaction(F&& body) {
    std::lock_guard<std::mutex> hold(mutex_);
    pqxx::work tx(conn_);
    if constexpr (std::is_void_v<std::invoke_result_t<F, pqxx::work&>>) {
      body(tx);
      tx.commit();
    } else {
      auto value = body(tx);
      tx.commit();
      return value;
    }
  }
  void scrap(long id);
  long openClaim(long id, const std::string& reason);
  void reroute(long id, const std::string& hub);
  Reply split(long id, int pieces);
  void reconcile();
  void startSweeper();
  std::string describe(long id);

private:
  Config cfg_;
  pqxx::connection conn_;
  std::mutex mutex_;
};

std::optional<Parcel> Registry::find(long id) {
  pqxx::work tx(conn_);
  const auto rows = tx.exec_prepared("parcel_by_id", id);
  if (rows.empty()) {
    logLine("no parcel " + std::to_string(id));
    return std::nullopt;
  }
  Parcel p;
  p.id = rows[0][0].as<long>();
  p.hub = rows[0][1].as<std::string>();
  p.grams = rows[0][2].as<int>();
  return p;
}

Reply Registry::move(long id, const std::string& hub) {
  try {
    pqxx::work tx(conn_);
    const auto touched = tx.exec_prepared("parcel_move", id, hub);
    if (touched.affected_rows() == 0)
      throw NotFound("parcel " + std::to_string(id));
    tx.exec_prepared("trail_add", id, hub);
    tx.commit();
    return {204, {}};
  } catch (const NotFound& e) {
    return {404, e.what()};
  } catch (const pqxx::sql_error& e) {
    logLine(e.query());
    return {500, "database"};
  }
}

Reply Registry::weigh(long id, const std::string& text) {
  pqxx::work tx(conn_);
  tx.exec_params("UPDATE parcel SET weighed_at = now() WHERE id = $1", id);
  try {
    const int grams = parseGrams(text);
    tx.exec_params("UPDATE parcel SET grams = $2 WHERE id = $1", id, grams);
    tx.exec_params("INSERT INTO scale_log(parcel, grams) VALUES ($1, $2)", id, grams);
  } catch (const std::exception& e) {  // expect: session-swallow-and-commit
    logLine(std::string("weigh: ") + e.what());
  }
  tx.commit();
  return {200, "weighed"};
}

long Registry::importBatch(const std::vector<Parcel>& batch) {
  constexpr std::size_t chunk = 500;
  long stored = 0;
  for (std::size_t at = 0; at < batch.size(); at += chunk) {
    pqxx::work tx(conn_);
    const std::size_t end = std::min(batch.size(), at + chunk);
    for (std::size_t i = at; i < end; ++i) {
      const Parcel& p = batch[i];
      tx.exec_params("INSERT INTO parcel(id, hub, grams) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                     p.id, p.hub, p.grams);
    }
    tx.commit();
    stored += static_cast<long>(end - at);
    logLine("import: " + std::to_string(stored));
  }
  return stored;
}

void Registry::mergeHubs(const std::string& from, const std::string& into) {
  pqxx::work tx(conn_);
  tx.exec_params("UPDATE parcel SET hub = $2 WHERE hub = $1", from, into);
  const auto left = tx.exec_params("SELECT count(*) FROM parcel WHERE hub = $1", from);
  if (left[0][0].as<long>() != 0) {
    logLine("merge incomplete");
    tx.abort();
    return;
  }
  tx.exec_params("DELETE FROM hub WHERE code = $1", from);
  tx.commit();
}

bool Registry::tryReserve(long id) {
  pqxx::work tx(conn_);  // expect: session-unfinished-transaction
  const auto row = tx.exec_params("SELECT state FROM parcel WHERE id = $1 FOR UPDATE", id);
  if (row.empty())
    return false;
  if (row[0][0].as<std::string>() != "free") {
    logLine("parcel busy");
    return false;
  }
  tx.exec_params("UPDATE parcel SET state = 'reserved' WHERE id = $1", id);
  tx.exec_prepared("trail_add", id, "reserved");
  return true;
}

void Registry::closeDay(int day) {
  pqxx::work tx(conn_);
  tx.exec_params("INSERT INTO day_total SELECT $1, hub, sum(grams) FROM parcel GROUP BY hub", day);
  for (const auto& row : tx.exec("SELECT code FROM hub")) {
    const auto hub = row[0].as<std::string>();
    try {
      pqxx::subtransaction sub(tx, "hub_close");
      sub.exec_params("SELECT hub_close($1, $2)", hub, day);
      sub.commit();
    } catch (const pqxx::sql_error& e) {
      logLine("hub " + hub + " stays open: " + e.what());
    }
  }
  tx.commit();
}

std::vector<long> Registry::overdue(int days) {
  std::vector<long> ids;
  pqxx::result rows;
  {
    pqxx::read_transaction tx(conn_);
    rows = tx.exec_params("SELECT id FROM parcel WHERE seen_at < now() - $1 * interval '1 day'", days);
  }
  ids.reserve(rows.size());
  for (const auto& row : rows)
    ids.push_back(row[0].as<long>());
  return ids;
}

int Registry::relabel(const std::vector<long>& ids, const std::string& tag) {
  int done = 0;
  pqxx::work tx(conn_);
  for (long id : ids) {
    const auto r = tx.exec_params("UPDATE parcel SET tag = $2 WHERE id = $1", id, tag);
    if (r.affected_rows() == 0) {
      tx.abort();
      break;
    }
    ++done;
  }
  tx.exec_params("INSERT INTO relabel_log(tag, n) VALUES ($1, $2)", tag, done);  // expect: session-use-after-scope
  tx.commit();
  return done;
}

void Registry::scrap(long id) {
  inTransaction([id](pqxx::work& tx) {
    tx.exec_params("DELETE FROM trail WHERE parcel = $1", id);
    tx.exec_params("DELETE FROM parcel WHERE id = $1", id);
  });
}

long Registry::openClaim(long id, const std::string& reason) {
  return inTransaction([&](pqxx::work& tx) -> long {
    const auto row = tx.exec_params1("INSERT INTO claim(parcel, reason) VALUES ($1, $2) RETURNING id", id, reason);
    const long claim = row[0].as<long>();
    if (claim % 1000 == 0)
      logLine("claim milestone");
    tx.exec_params("UPDATE parcel SET claim = $2 WHERE id = $1", id, claim);
    return claim;
  });
}

void Registry::reroute(long id, const std::string& hub) {
  for (int attempt = 1;; ++attempt) {
    try {
      pqxx::transaction<pqxx::serializable> tx(conn_);
      tx.exec_prepared("parcel_move", id, hub);
      tx.exec_params("UPDATE hub SET load = load + 1 WHERE code = $1", hub);
      tx.commit();
      return;
    } catch (const pqxx::serialization_failure&) {
      if (attempt >= cfg_.attempts)
        throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20 * attempt));
  }
}

Reply Registry::split(long id, int pieces) {
  pqxx::work tx(conn_);
  const auto parent = tx.exec_prepared("parcel_by_id", id);
  if (parent.empty())
    return {404, {}};
  for (int i = 0; i < pieces; ++i) {
    pqxx::work piece(conn_);  // expect: session-nested-begin
    piece.exec_params("INSERT INTO parcel(hub, grams, parent) VALUES ($1, $2, $3)",
                      parent[0][1].as<std::string>(), parent[0][2].as<int>() / pieces, id);
    piece.commit();
  }
  tx.exec_params("UPDATE parcel SET state = 'split' WHERE id = $1", id);
  tx.commit();
  return {201, {}};
}

void Registry::reconcile() {
  pqxx::nontransaction plain(conn_);
  const auto stale = plain.exec("SELECT count(*) FROM reservation WHERE expires < now()");
  if (stale[0][0].as<long>() == 0)
    return;
  plain.exec("DELETE FROM reservation WHERE expires < now()");
  logLine("reservations purged");
}

void Registry::startSweeper() {
  std::thread([dsn = cfg_.dsn] {
    try {
      pqxx::connection own(dsn);
      pqxx::work tx(own);
      tx.exec("DELETE FROM parcel WHERE state = 'scrapped'");
      tx.commit();
    } catch (const std::exception& e) {
      logLine(e.what());
    }
  }).detach();
}

std::string Registry::describe(long id) {
  std::string text;
  if (pqxx::read_transaction tx(conn_); true) {
    const auto rows = tx.exec_prepared("parcel_by_id", id);
    for (const auto& row : rows)
      text += row["hub"].as<std::string>() + ":" + row["grams"].c_str() + ";";
  }
  return text.empty() ? "unknown" : text;
}

std::unique_ptr<pqxx::connection> connectFor(const Config& cfg, const std::string& role) {
  auto c = std::make_unique<pqxx::connection>(cfg.dsn + " application_name=" + role);
  pqxx::nontransaction setup(*c);
  setup.exec("SET statement_timeout = '5s'");
  return c;
}

long countInBackground(const Config& cfg) {
  auto conn = connectFor(cfg, "counter");
  auto job = std::async(std::launch::async, [&conn] {
    pqxx::read_transaction tx(*conn);
    return tx.exec1("SELECT count(*) FROM parcel")[0].as<long>();
  });
  const long n = job.get();
  pqxx::work tx(*conn);
  tx.exec_params("INSERT INTO census(n) VALUES ($1)", n);
  tx.commit();
  return n;
}

void warmHubCache(const Config& cfg, std::function<void(std::string)> put) {
  auto conn = connectFor(cfg, "warmer");
  std::thread loader([&conn, put] {  // expect: session-shared-across-threads
    pqxx::work tx(*conn);
    for (const auto& row : tx.exec("SELECT code FROM hub"))
      put(row[0].as<std::string>());
    tx.commit();
  });
  loader.detach();
}

void archiveYear(pqxx::connection& live, pqxx::connection& archive, int year) {
  pqxx::work from(live);
  pqxx::work to(archive);
  const auto rows = from.exec_params("DELETE FROM trail WHERE year = $1 RETURNING parcel, hub", year);
  for (const auto& row : rows)
    to.exec_params("INSERT INTO trail_archive(parcel, hub, year) VALUES ($1, $2, $3)",
                   row[0].as<long>(), row[1].as<std::string>(), year);
  to.commit();
  from.commit();
}

Reply setPriority(pqxx::connection& conn, long id, int prio) {
  pqxx::work tx(conn);
  tx.exec_params("UPDATE parcel SET prio = $2 WHERE id = $1", id, prio);
  tx.commit();
  const bool urgent = prio > 8;
  if (urgent) {
    logLine("urgent parcel");
    tx.commit();  // expect: session-double-end
  }
  return {urgent ? 202 : 200, {}};
}

int lockHub(pqxx::connection& conn, const std::string& hub) {
  pqxx::work{conn};  // expect: session-temporary-guard
  pqxx::nontransaction tx(conn);
  tx.exec("SELECT pg_advisory_lock(hashtext(" + tx.quote(hub) + "))");
  return 0;
}

} // namespace parcels
