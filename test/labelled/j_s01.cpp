// library: libpqxx, libpq
#include <libpq-fe.h>
#include <pqxx/pqxx>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace parcel {

struct DepotConfig {
  std::string live_dsn;
  std::string archive_dsn;
  int retries = 3;
  std::size_t chunk = 500;
};

struct Scan {
  long parcel = 0;
  std::string station;
  int grams = 0;
};

enum class Outcome { stored, known, refused, failed };

void note(const std::string& text) noexcept {
  try {
    std::clog << "[depot] " << text << '\n';
  } catch (...) {
  }
}

struct PgCloser {
  void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
struct PgClear {
  void operator()(PGresult* r) const noexcept { PQclear(r); }
};
using PgHandle = std::unique_ptr<PGconn, PgCloser>;
using PgAnswer = std::unique_ptr<PGresult, PgClear>;

PgHandle dial(const std::string& dsn) {
  PgHandle h(PQconnectdb(dsn.c_str()));
  if (PQstatus(h.get()) != CONNECTION_OK) {
    note(PQerrorMessage(h.get()));
    return nullptr;
  }
  return h;
}

bool send(PGconn* c, const char* text) noexcept {
  PgAnswer a(PQexec(c, text));
  auto st = PQresultStatus(a.get());
  return st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK;
}

std::unique_ptr<pqxx::connection> open_live(const DepotConfig& cfg) {
  auto c = std::make_unique<pqxx::connection>(cfg.live_dsn);
  c->prepare("put_scan", "insert into scan(parcel, station, grams) values($1, $2, $3)");
  return c;
}

Outcome store_scan(pqxx::connection& db, const Scan& s) {
  if (s.grams <= 0) return Outcome::refused;
  pqxx::work tx(db, "store_scan");
  auto open = tx.exec_params("select closed from parcel where id = $1", s.parcel);
  if (open.empty()) return Outcome::refused;
  if (open[0][0].as<bool>()) {
    note("parcel " + std::to_string(s.parcel) + " is closed");
    return Outcome::known;
  }
  tx.exec_prepared("put_scan", s.parcel, s.station, s.grams);
  tx.commit();
  return Outcome::stored;
}

std::vector<long> heavy_parcels(pqxx::connection& db, int limit) {
  pqxx::result rows;
  {
    pqxx::work tx(db, "heavy");
    rows = tx.exec_params("select parcel from scan where grams > $1", limit);
  }
  std::vector<long> ids;
  ids.reserve(rows.size());
  for (auto const& r : rows) ids.push_back(r[0].as<long>());
  return ids;
}

int import_tolerant(pqxx::connection& db, const std::vector<Scan>& scans) {
  int bad = 0;
  pqxx::work tx(db, "import");
  for (const auto& s : scans) {
    try {
      pqxx::subtransaction sp(tx, "one_scan");
      sp.exec_params("insert into scan(parcel, station, grams) values($1, $2, $3)", s.parcel, s.station, s.grams);
      sp.commit();
    } catch (const pqxx::sql_error& e) {
      ++bad;
      note(std::string("skipped: ") + e.what());
    }
  }
  tx.commit();
  return bad;
}

int import_lossy(pqxx::connection& db, const std::vector<Scan>& scans) {
  int bad = 0;
  pqxx::work tx(db, "import_lossy");
  tx.exec("delete from scan where provisional");
  try {
    for (const auto& s : scans)
      tx.exec_params("insert into scan(parcel, station, grams) values($1, $2, $3)", s.parcel, s.station, s.grams);
  } catch (const std::exception& e) {  // expect: session-swallow-and-commit
    ++bad;
    note(std::string("import stopped: ") + e.what());
  }
  tx.commit();
  return bad;
}

long station_id(pqxx::connection& db, const std::string& name) {
  try {
    pqxx::work tx(db, "new_station");
    auto id = tx.exec_params1("insert into station(name) values($1) returning id", name)[0].as<long>();
    tx.commit();
    return id;
  } catch (const pqxx::unique_violation&) {
    note("station " + name + " exists");
  }
  pqxx::work again(db, "find_station");
  return again.exec_params1("select id from station where name = $1", name)[0].as<long>();
}

bool relabel(const DepotConfig& cfg, pqxx::connection& db, long from, long to) {
  for (int attempt = 0; attempt < cfg.retries; ++attempt) {
    try {
      pqxx::work tx(db, "relabel");
      tx.exec_params0("update scan set parcel = $2 where parcel = $1", from, to);
      tx.exec_params0("delete from parcel where id = $1", from);
      tx.commit();
      return true;
    } catch (const pqxx::deadlock_detected& e) {
      note(e.what());
      std::this_thread::sleep_for(std::chrono::milliseconds(20 * (attempt + 1)));
    }
  }
  return false;
}

void purge_station(pqxx::connection& db, long station) {
  pqxx::work tx(db, "purge");
  auto n = tx.exec_params("select count(*) from scan where station_id = $1", station)[0][0].as<long>();
  if (n > 100000) throw std::runtime_error("too many scans to purge");
  tx.exec_params0("delete from scan where station_id = $1", station);
  tx.exec_params0("delete from station where id = $1", station);
  tx.commit();
  auto left = tx.exec("select count(*) from station");  // expect: session-use-after-scope
  note("stations left: " + left[0][0].as<std::string>());
}

void mark_lost(pqxx::connection& db, const std::vector<long>& ids) {
  pqxx::work tx(db, "lost");  // expect: session-unfinished-transaction
  std::size_t changed = 0;
  for (long id : ids) {
    auto r = tx.exec_params("update parcel set state = 'lost' where id = $1 and state <> 'lost'", id);
    changed += r.affected_rows();
  }
  if (changed != ids.size()) note("some parcels were lost already");
  note("marked " + std::to_string(changed));
}

class ShiftLog {
 public:
  ShiftLog(pqxx::connection& db, std::string clerk) : tx_(db, "shift"), clerk_(std::move(clerk)) {}
  ShiftLog(const ShiftLog&) = delete;
  ~ShiftLog() {
    if (entries_ > 0) tx_.commit();  // expect: session-commit-in-destructor
  }
  void add(const std::string& what) {
    tx_.exec_params0("insert into shift_log(clerk, entry) values($1, $2)", clerk_, what);
    ++entries_;
  }

 private:
  pqxx::work tx_;
  std::string clerk_;
  int entries_ = 0;
};

class Batch {
 public:
  Batch(pqxx::connection& db, std::size_t chunk) : db_(db), chunk_(chunk) {}
  Batch(const Batch&) = delete;
  void put(const Scan& s) {
    if (!tx_) tx_.emplace(db_, "batch");
    tx_->exec_prepared("put_scan", s.parcel, s.station, s.grams);
    if (++n_ % chunk_ == 0) flush();
  }
  void flush() {
    if (!tx_) return;
    tx_->commit();
    tx_.reset();
  }

 private:
  pqxx::connection& db_;
  std::size_t chunk_;
  std::size_t n_ = 0;
  std::optional<pqxx::work> tx_;
};

void load_file(const DepotConfig& cfg, const std::vector<Scan>& scans) {
  auto db = open_live(cfg);
  Batch batch(*db, cfg.chunk);
  for (const auto& s : scans) {
    if (s.parcel == 0) continue;
    batch.put(s);
  }
  batch.flush();
}

long charge(pqxx::connection& db, long parcel, int cents) {
  pqxx::work tx(db, "charge");
  long invoice = 0;
  try {
    invoice = tx.exec_params1("insert into invoice(parcel, cents) values($1, $2) returning id", parcel, cents)[0].as<long>();
    tx.exec_params0("update parcel set invoiced = true where id = $1", parcel);
    tx.commit();
    if (cents > 100000) throw std::domain_error("invoice " + std::to_string(invoice) + " needs a second look");
  } catch (const std::exception& e) {
    note(e.what());
    tx.abort();  // expect: session-double-end
    throw;
  }
  return invoice;
}

long charge_checked(pqxx::connection& db, long parcel, int cents) {
  pqxx::work tx(db, "charge");
  long invoice = 0;
  try {
    invoice = tx.exec_params1("insert into invoice(parcel, cents) values($1, $2) returning id", parcel, cents)[0].as<long>();
    if (cents > 100000) throw std::domain_error("invoice too large");
    tx.exec_params0("update parcel set invoiced = true where id = $1", parcel);
  } catch (const std::exception& e) {
    note(e.what());
    tx.abort();
    return -1;
  }
  tx.commit();
  return invoice;
}

void bump_counter(pqxx::connection& db, const std::string& key) {
  pqxx::work tx(db, "counter");
  tx.exec_params0("update counter set n = n + 1 where key = $1", key);
  tx.commit();
}

void hand_out(pqxx::connection& db, long parcel, const std::string& receiver) {
  pqxx::work tx(db, "hand_out");
  tx.exec_params0("update parcel set state = 'out', receiver = $2 where id = $1", parcel, receiver);
  if (!receiver.empty()) {
    pqxx::work stats(db, "stats");  // expect: session-nested-begin
    stats.exec_params0("update counter set n = n + 1 where key = 'handed_out'");
    stats.commit();
  }
  tx.commit();
}

void ping_station(const DepotConfig& cfg, long station) {
  pqxx::connection db(cfg.live_dsn);
  auto now = std::chrono::system_clock::now().time_since_epoch().count();
  note("ping " + std::to_string(station));
  pqxx::work(db, "ping").exec_params("update station set seen = $2 where id = $1", station, now);  // expect: session-temporary-guard
}

std::string server_version(pqxx::connection& db) {
  return pqxx::nontransaction(db).exec1("select version()")[0].as<std::string>();
}

void rebuild_async(pqxx::connection& db, long station) {
  std::thread([&db, station] {  // expect: session-shared-across-threads
    try {
      pqxx::work tx(db, "rebuild");
      tx.exec_params0("update scan set station_id = $1 where station_id is null", station);
      tx.commit();
    } catch (const std::exception& e) {
      note(e.what());
    }
  }).detach();
  pqxx::work tx(db, "mark");
  tx.exec_params0("update station set rebuilding = true where id = $1", station);
  tx.commit();
}

void rebuild_all(const DepotConfig& cfg, const std::vector<long>& stations) {
  std::vector<std::thread> crew;
  for (long st : stations) {
    crew.emplace_back([dsn = cfg.live_dsn, st] {
      try {
        pqxx::connection mine(dsn);
        pqxx::work tx(mine, "rebuild");
        tx.exec_params0("update scan set station_id = $1 where station_id is null", st);
        tx.commit();
      } catch (const std::exception& e) {
        note(e.what());
      }
    });
  }
  for (auto& t : crew) t.join();
}

std::size_t archive_year(const DepotConfig& cfg, int year) {
  pqxx::connection live(cfg.live_dsn);
  pqxx::connection archive(cfg.archive_dsn);
  pqxx::read_transaction src(live, "archive_src");
  pqxx::work dst(archive, "archive_dst");
  auto rows = src.exec_params("select parcel, grams from scan where extract(year from at) = $1", year);
  for (auto const& r : rows)
    dst.exec_params0("insert into old_scan(parcel, grams) values($1, $2) on conflict do nothing", r[0].as<long>(), r[1].as<int>());
  dst.commit();
  return rows.size();
}

bool probe(const char* dsn) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-raw-construction
  bool ok = PQstatus(c) == CONNECTION_OK;
  if (!ok) {
    note("depot database is away");
    PQfinish(c);
    return false;
  }
  ok = send(c, "select 1");
  PQfinish(c);
  return ok;
}

int table_count(const char* dsn) {
  PgHandle db = dial(dsn);
  if (!db) return -1;
  PGresult* r = PQexec(db.get(), "select count(*) from pg_tables");  // expect: session-leak
  if (PQresultStatus(r) != PGRES_TUPLES_OK) {
    note(PQerrorMessage(db.get()));
    return -1;
  }
  int n = std::atoi(PQgetvalue(r, 0, 0));
  PQclear(r);
  return n;
}

bool rename_station(PGconn* db, const std::string& sql_a, const std::string& sql_b) {
  if (!send(db, "BEGIN")) return false;
  bool ok = send(db, sql_a.c_str());
  ok = ok && send(db, sql_b.c_str());
  if (!ok) note(PQerrorMessage(db));
  return send(db, ok ? "COMMIT" : "ROLLBACK") && ok;
}

bool close_day(PGconn* db, const std::function<std::string(int)>& statement_for) {
  if (!send(db, "BEGIN")) return false;
  try {
    for (int hour = 0; hour < 24; ++hour) {
      if (!send(db, statement_for(hour).c_str())) throw std::runtime_error("hour " + std::to_string(hour));
    }
  } catch (const std::exception& e) {  // expect: session-missing-rollback
    note(e.what());
    return false;
  }
  return send(db, "COMMIT");
}

void register_carrier(const DepotConfig& cfg, const std::string& name, const std::string& contact) {
  auto db = open_live(cfg);
  {
    pqxx::work tx(*db, "carrier");
    tx.exec_params0("insert into carrier(name) values($1)", name);
    tx.commit();
  }
  {
    pqxx::work tx(*db, "contact");
    tx.exec_params0("insert into contact(carrier, mail) values((select id from carrier where name = $1), $2)", name, contact);
    tx.commit();  // expect: session-multiple-commits
  }
}

}  // namespace parcel
