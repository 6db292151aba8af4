// library: libpqxx
#include <pqxx/pqxx>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace seedbank {

struct Settings {
  std::string dsn;
  int retries = 4;
  bool verbose = false;
};

struct Accession {
  int id = 0;
  std::string species;
  double grams = 0;
};

struct Rejected : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void trace(const std::string& text) { std::clog << text << '\n'; }

void insertAccession(pqxx::transaction_base& tx, const Accession& a) {
  tx.exec_params("INSERT INTO accession(id, species, grams) VALUES($1, $2, $3)", a.id, a.species, a.grams);
}

std::string formatLabel(const pqxx::result& r) {
  std::string out;
  for (const auto& row : r) {
    if (!out.empty()) out += "; ";
    out += row[0].as<std::string>();
  }
  return out;
}

bool storeAccession(pqxx::connection& c, const Accession& a) {
  try {
    pqxx::work tx(c);
    insertAccession(tx, a);
    tx.exec_params("UPDATE species SET count = count + 1 WHERE name = $1", a.species);
    tx.commit();
    return true;
  } catch (const pqxx::unique_violation&) {
    trace("already stored");
    return false;
  }
}

void withdraw(pqxx::connection& c, int id, double grams) {
  pqxx::work tx(c);  // expect: session-unfinished-transaction
  const auto r = tx.exec_params("SELECT grams FROM accession WHERE id = $1 FOR UPDATE", id);
  if (r.empty() || r[0][0].as<double>() < grams) throw Rejected("not enough seed");
  tx.exec_params("UPDATE accession SET grams = grams - $1 WHERE id = $2", grams, id);
  trace("withdrawn " + std::to_string(grams));
}

double stock(pqxx::connection& c, const std::string& species) {
  pqxx::work tx(c);
  const pqxx::row row = tx.exec_params1("SELECT coalesce(sum(grams), 0) FROM accession WHERE species = $1", species);
  return row[0].as<double>();
}

bool reserve(pqxx::connection& c, int id, double grams, const std::string& who) {
  pqxx::work tx(c);
  const auto r = tx.exec_params("SELECT grams FROM accession WHERE id = $1 FOR UPDATE", id);
  if (r.empty()) return false;
  tx.exec_params("INSERT INTO reservation(id, grams, who) VALUES($1, $2, $3)", id, grams, who);
  if (r[0][0].as<double>() < grams) {
    trace("over-reserved, dropping");
    return false;
  }
  tx.commit();
  return true;
}

const char* curator(pqxx::connection& c, int vault) {
  pqxx::read_transaction tx(c);
  const pqxx::result r = tx.exec_params("SELECT curator FROM vault WHERE id = $1", vault);
  if (r.empty()) return "";
  return r[0][0].c_str();  // expect: session-use-after-scope
}

pqxx::result vaults(pqxx::connection& c) {
  pqxx::read_transaction tx(c);
  return tx.exec("SELECT id, name FROM vault ORDER BY id");
}

int importAll(pqxx::connection& c, const std::vector<Accession>& list) {
  int stored = 0;
  pqxx::work tx(c);
  for (const Accession& a : list) {
    try {
      pqxx::subtransaction step(tx, "row");
      insertAccession(step, a);
      step.exec_params("INSERT INTO intake(id) VALUES($1)", a.id);
      step.commit();
      ++stored;
    } catch (const pqxx::sql_error& e) {
      trace(e.what());
    }
  }
  tx.commit();
  return stored;
}

int importStrict(pqxx::connection& c, const std::vector<Accession>& list) {
  int stored = 0;
  pqxx::nontransaction plain(c);
  plain.exec("BEGIN");
  for (const Accession& a : list) {
    try {
      if (a.grams <= 0) throw Rejected("empty accession");
      insertAccession(plain, a);
      ++stored;
    } catch (const Rejected& e) {  // expect: session-missing-rollback
      trace(e.what());
      return -1;
    } catch (...) {
      plain.exec("ROLLBACK");
      throw;
    }
  }
  plain.exec("COMMIT");
  return stored;
}

void germinationRound(pqxx::connection& c, int round) {
  pqxx::work tx(c);
  tx.exec_params("INSERT INTO round(id) VALUES($1)", round);
  tx.exec("INSERT INTO test SELECT id FROM accession WHERE due < now()");
  tx.commit();
  tx.exec_params("UPDATE round SET started = now() WHERE id = $1", round);  // expect: session-use-after-scope
}

void stampRound(pqxx::work& tx, int round) {
  tx.exec_params("UPDATE round SET stamp = now() WHERE id = $1", round);
  tx.commit();
}

void finishRound(pqxx::connection& c, int round, bool failed) {
  pqxx::work tx(c);
  tx.exec_params("UPDATE round SET ended = now() WHERE id = $1", round);
  if (failed) tx.exec_params("UPDATE round SET failed = true WHERE id = $1", round);
  stampRound(tx, round);
  tx.commit();  // expect: session-double-end
}

void cancelRound(pqxx::connection& c, int round, bool purge) {
  pqxx::work tx(c);
  tx.exec_params("DELETE FROM test WHERE round = $1", round);
  if (!purge) {
    tx.exec_params("UPDATE round SET cancelled = true WHERE id = $1", round);
    tx.commit();
    return;
  }
  tx.exec_params("DELETE FROM round WHERE id = $1", round);
  tx.commit();
}

void auditLine(pqxx::connection& c, const std::string& text) {
  pqxx::work tx(c);
  tx.exec_params0("INSERT INTO audit(line) VALUES($1)", text);
  tx.commit();
}

void moveVault(pqxx::connection& c, int from, int to) {
  pqxx::work tx(c);
  tx.exec_params("UPDATE accession SET vault = $2 WHERE vault = $1", from, to);
  auditLine(c, "moved " + std::to_string(from));  // expect: session-nested-begin
  tx.commit();
}

void splitVault(const Settings& cfg, pqxx::connection& c, int from, int to) {
  {
    pqxx::work tx(c);
    tx.exec_params("UPDATE accession SET vault = $2 WHERE vault = $1 AND id % 2 = 0", from, to);
    tx.commit();
  }
  if (cfg.verbose) trace("split done");
}

void rehome(pqxx::connection& c, int from, int to) {
  {
    pqxx::work off(c);
    off.exec_params("UPDATE accession SET vault = NULL WHERE vault = $1", from);
    off.commit();
  }
  if (to < 0) throw Rejected("bad vault");
  pqxx::work on(c);
  on.exec_params("UPDATE accession SET vault = $1 WHERE vault IS NULL", to);
  on.commit();  // expect: session-multiple-commits
}

void purgeInBatches(pqxx::connection& c, int size) {
  for (;;) {
    pqxx::work tx(c);
    const auto r = tx.exec_params("DELETE FROM audit WHERE id IN (SELECT id FROM audit ORDER BY id LIMIT $1)", size);
    tx.commit();
    if (r.affected_rows() < static_cast<pqxx::result::size_type>(size)) return;
  }
}

template <typename F>
auto withRetry(pqxx::connection& c, int attempts, F body) {
  for (int left = attempts;; --left) {
    try {
      pqxx::transaction<pqxx::serializable> tx(c);
      auto value = body(tx);
      tx.commit();
      return value;
    } catch (const pqxx::serialization_failure&) {
      if (left <= 1) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
}

int nextLabel(pqxx::connection& c, const Settings& cfg) {
  return withRetry(c, cfg.retries, [](pqxx::transaction_base& tx) {
    return tx.exec1("UPDATE label SET n = n + 1 RETURNING n")[0].as<int>();
  });
}

int peekLabel(pqxx::connection& c) {
  pqxx::work tx(c);
  try {
    const int n = tx.exec1("UPDATE label SET n = n + 1 RETURNING n")[0].as<int>();
    tx.commit();
    return n;
  } catch (const pqxx::sql_error& e) {
    trace(e.what());
    tx.abort();
    return -1;
  }
}

bool applyCorrections(pqxx::connection& c, const std::vector<std::pair<int, std::string>>& fixes) {
  pqxx::nontransaction plain(c);
  plain.exec0("BEGIN");
  int seen = 0;
  try {
    for (const auto& [id, grams] : fixes) {
      plain.exec_params("UPDATE accession SET corrected = true WHERE id = $1", id);
      plain.exec_params("UPDATE accession SET grams = $1 WHERE id = $2", std::stod(grams), id);
      ++seen;
    }
  } catch (const std::invalid_argument& e) {  // expect: session-swallow-and-commit
    trace(std::string("skipping: ") + e.what());
  } catch (...) {
    plain.exec0("ROLLBACK");
    throw;
  }
  plain.exec0("COMMIT");
  return seen == static_cast<int>(fixes.size());
}

bool recount(pqxx::connection& c, const std::map<std::string, std::string>& counts) {
  pqxx::work tx(c);
  tx.exec("UPDATE species SET checked = false");
  for (const auto& [name, text] : counts) {
    int n = 0;
    try {
      n = std::stoi(text);
    } catch (const std::exception&) {
      trace("not a number: " + name);
      continue;
    }
    tx.exec_params("UPDATE species SET count = $1, checked = true WHERE name = $2", n, name);
  }
  tx.commit();
  return true;
}

class VaultWatcher {
 public:
  VaultWatcher(const Settings& cfg, int vault) : conn_(cfg.dsn), vault_(vault) {}
  ~VaultWatcher() { stop(); }

  void start() {
    thread_ = std::thread([this] { loop(); });
  }
  void stop() {
    {
      std::lock_guard<std::mutex> hold(m_);
      done_ = true;
    }
    cv_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void loop() {
    std::unique_lock<std::mutex> hold(m_);
    while (!cv_.wait_for(hold, std::chrono::seconds(1), [this] { return done_; })) {
      try {
        pqxx::nontransaction tx(conn_);
        tx.exec_params("UPDATE vault SET seen = now() WHERE id = $1", vault_);
      } catch (const std::exception& e) {
        trace(e.what());
      }
    }
  }

  pqxx::connection conn_;
  int vault_;
  std::mutex m_;
  std::condition_variable cv_;
  bool done_ = false;
  std::thread thread_;
};

void warmCaches(pqxx::connection& c, std::vector<std::thread>& pool) {
  pool.emplace_back([&c] {  // expect: session-shared-across-threads
    pqxx::read_transaction tx(c);
    tx.exec("SELECT count(*) FROM accession");
  });
  pqxx::read_transaction tx(c);
  trace(formatLabel(tx.exec("SELECT name FROM species LIMIT 10")));
}

void warmSeparately(const Settings& cfg, std::vector<std::thread>& pool) {
  for (int i = 0; i < 3; ++i) {
    pool.emplace_back([dsn = cfg.dsn, i] {
      try {
        pqxx::connection own(dsn);
        pqxx::read_transaction tx(own);
        tx.exec_params("SELECT count(*) FROM accession WHERE vault = $1", i);
      } catch (const std::exception& e) {
        trace(e.what());
      }
    });
  }
}

pqxx::connection* openSpare(const Settings& cfg) {
  auto* spare = new pqxx::connection(cfg.dsn);  // expect: session-leak
  pqxx::work tx(*spare);
  tx.exec("SET application_name = 'spare'");
  tx.commit();
  return spare;
}

std::unique_ptr<pqxx::connection> openTuned(const Settings& cfg) {
  auto c = std::make_unique<pqxx::connection>(cfg.dsn);
  pqxx::nontransaction tx(*c);
  tx.exec("SET statement_timeout = '5s'");
  return c;
}

int speciesCount(const Settings& cfg) {
  auto* c = new pqxx::connection(cfg.dsn);  // expect: session-raw-construction
  int n = -1;
  try {
    pqxx::read_transaction tx(*c);
    n = tx.exec1("SELECT count(*) FROM species")[0].as<int>();
  } catch (const std::exception& e) {
    trace(e.what());
  } catch (...) {
    trace("unknown failure");
  }
  delete c;
  return n;
}

void bulkLoad(pqxx::connection& c, const std::vector<Accession>& list) {
  pqxx::work tx(c);
  pqxx::stream_to out(tx, "accession", std::vector<std::string>{"id", "species", "grams"});
  for (const Accession& a : list) out << std::make_tuple(a.id, a.species, a.grams);
  out.complete();
  tx.commit();
}

class Exporter {
 public:
  explicit Exporter(pqxx::connection& c) : c_(c) {}
  ~Exporter() {
    if (tx_) tx_->commit();  // expect: session-commit-in-destructor
  }
  void open() { tx_ = std::make_unique<pqxx::work>(c_); }
  void mark(int id) { tx_->exec_params("UPDATE accession SET exported = true WHERE id = $1", id); }

 private:
  pqxx::connection& c_;
  std::unique_ptr<pqxx::work> tx_;
};

void transferShare(const Settings& cfg, int from, int to, double grams) {
  pqxx::connection first(cfg.dsn);
  pqxx::connection second(cfg.dsn);  // expect: session-split-unit-of-work
  pqxx::work a(first);
  pqxx::work b(second);
  a.exec_params("UPDATE accession SET grams = grams - $1 WHERE id = $2", grams, from);
  b.exec_params("UPDATE accession SET grams = grams + $1 WHERE id = $2", grams, to);
  b.commit();
  a.commit();
}

void exchange(const Settings& ours, const Settings& partner, int id) {
  pqxx::connection local(ours.dsn);
  pqxx::connection remote(partner.dsn);
  pqxx::read_transaction in(remote);
  const pqxx::row row = in.exec_params1("SELECT species, grams FROM offer WHERE id = $1", id);
  pqxx::work out(local);
  insertAccession(out, {id, row[0].as<std::string>(), row[1].as<double>()});
  out.commit();
}

void lockVault(pqxx::connection& c, int vault) {
  pqxx::work(c).exec("UPDATE vault SET touched = now()");  // expect: session-temporary-guard
  trace("touched before locking " + std::to_string(vault));
}

std::string version(pqxx::connection& c) {
  return pqxx::nontransaction(c).exec1("SELECT version()")[0].as<std::string>();
}

}  // namespace seedbank
