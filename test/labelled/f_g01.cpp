// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, mariadb, mysqlcppconn, lmdb
#include <sqlite3.h>
#include <libpq-fe.h>
#include <mariadb/mysql.h>
#include <lmdb.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <mysql_driver.h>
#include <mysql_connection.h>
#include <cppconn/statement.h>
#include <cppconn/resultset.h>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace fleet {

struct LinkConfig {
  std::string path;
  std::string host = "localhost";
  std::string user, secret, schema;
  unsigned port = 3306;
  bool readOnly = false;
  std::string conninfo() const { return "host=" + host + " user=" + user + " password=" + secret + " dbname=" + schema; }
};

void logLine(const char* what, const std::string& detail) noexcept { std::fprintf(stderr, "%s: %s\n", what, detail.c_str()); }

struct SqliteCloser { void operator()(sqlite3* h) const noexcept { sqlite3_close_v2(h); } };
using SqliteHandle = std::unique_ptr<sqlite3, SqliteCloser>;
struct StmtCloser { void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); } };
using StmtHandle = std::unique_ptr<sqlite3_stmt, StmtCloser>;
struct PgCloser { void operator()(PGconn* c) const noexcept { PQfinish(c); } };
using PgHandle = std::unique_ptr<PGconn, PgCloser>;
using PgRows = std::unique_ptr<PGresult, decltype(&PQclear)>;

SqliteHandle openLocal(const LinkConfig& cfg) {
  sqlite3* raw = nullptr;
  const int flags = cfg.readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int rc = sqlite3_open_v2(cfg.path.c_str(), &raw, flags, nullptr);
  SqliteHandle owned(raw);
  if (rc != SQLITE_OK)
    throw std::runtime_error(raw ? sqlite3_errmsg(raw) : "out of memory");
  sqlite3_busy_timeout(owned.get(), 2500);
  return owned;
}

int countVehicles(const LinkConfig& cfg) {
  sqlite3* db = nullptr;
  if (sqlite3_open(cfg.path.c_str(), &db) != SQLITE_OK) {  // expect: session-raw-construction
    logLine("open", sqlite3_errmsg(db));
    sqlite3_close(db);
    return -1;
  }
  int count = 0;
  char* message = nullptr;
  auto onRow = [](void* out, int, char** cols, char**) { *static_cast<int*>(out) = std::atoi(cols[0]); return 0; };
  if (sqlite3_exec(db, "select count(*) from vehicle", onRow, &count, &message) != SQLITE_OK) {
    logLine("count", message ? message : "?");
    sqlite3_free(message);
    sqlite3_close(db);
    return -1;
  }
  sqlite3_close(db);
  return count;
}

bool pingWarehouse(const LinkConfig& cfg) {
  PgHandle link{PQconnectdb(cfg.conninfo().c_str())};
  if (PQstatus(link.get()) != CONNECTION_OK) {
    logLine("warehouse", PQerrorMessage(link.get()));
    return false;
  }
  PgRows rows(PQexec(link.get(), "select 1"), &PQclear);
  return PQresultStatus(rows.get()) == PGRES_TUPLES_OK;
}

std::string warehouseVersion(const LinkConfig& cfg) {
  PGconn* link = PQconnectdb(cfg.conninfo().c_str());  // expect: session-leak
  if (PQstatus(link) != CONNECTION_OK) {
    logLine("warehouse", PQerrorMessage(link));
    PQfinish(link);
    return {};
  }
  const int v = PQserverVersion(link);
  if (v < 100000)
    throw std::domain_error("server " + std::to_string(v) + " is too old");
  std::string text = std::to_string(v / 10000) + "." + std::to_string(v % 10000);
  PQfinish(link);
  return text;
}

class PositionStore {
public:
  explicit PositionStore(const LinkConfig& cfg) {
    if (sqlite3_open(cfg.path.c_str(), &db_) != SQLITE_OK) {
      const std::string why = sqlite3_errmsg(db_);
      sqlite3_close(db_);
      throw std::runtime_error(why);
    }
  }
  PositionStore(const PositionStore&) = delete;
  PositionStore& operator=(const PositionStore&) = delete;
  ~PositionStore() { sqlite3_close(db_); }

  bool append(int vehicle, double lat, double lon) {
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(db_, "insert into pos(v, lat, lon) values(?,?,?)", -1, &prepared, nullptr) != SQLITE_OK)
      return false;
    StmtHandle st(prepared);
    sqlite3_bind_int(st.get(), 1, vehicle);
    sqlite3_bind_double(st.get(), 2, lat);
    sqlite3_bind_double(st.get(), 3, lon);
    return sqlite3_step(st.get()) == SQLITE_DONE;
  }

private:
  sqlite3* db_ = nullptr;
};

void importTrips(const LinkConfig& cfg, const std::vector<std::string>& lines) {
  auto* session = new soci::session("sqlite3", cfg.path);  // expect: session-raw-construction
  try {
    for (const auto& line : lines)
      *session << "insert into trip_raw(line) values(:l)", soci::use(line);
  } catch (const std::exception& e) {
    logLine("trips", e.what());
    delete session;
    throw;
  }
  delete session;
}

std::shared_ptr<soci::session> sharedLedger(const LinkConfig& cfg) {
  static std::map<std::string, std::weak_ptr<soci::session>> known;
  auto& slot = known[cfg.path];
  if (auto alive = slot.lock()) return alive;
  std::shared_ptr<soci::session> fresh(new soci::session("sqlite3", cfg.path));
  slot = fresh;
  return fresh;
}

int fuelTotal(const LinkConfig& cfg) {
  std::unique_ptr<soci::session> session;
  if (!session) session.reset(new soci::session());
  session->open("sqlite3", cfg.path);
  int total = 0;
  *session << "select coalesce(sum(litres), 0) from fuel", soci::into(total);
  if (total < 0) throw std::range_error("negative fuel");
  return total;
}

class TachoImporter {
public:
  explicit TachoImporter(LinkConfig cfg) : cfg_(std::move(cfg)) {}

  int run(const std::vector<int>& drivers) {
    auto* driver = sql::mysql::get_mysql_driver_instance();
    sql::Connection* con = driver->connect("tcp://" + cfg_.host, cfg_.user, cfg_.secret);  // expect: session-leak
    con->setSchema(cfg_.schema);
    std::unique_ptr<sql::Statement> st(con->createStatement());
    int touched = 0;
    for (int d : drivers)
      touched += st->executeUpdate("update tacho set seen = 1 where driver = " + std::to_string(d));
    st.reset();
    con->close();
    delete con;
    return touched;
  }

  std::vector<std::string> plates() {
    std::unique_ptr<sql::Connection> con(
        sql::mysql::get_mysql_driver_instance()->connect("tcp://" + cfg_.host, cfg_.user, cfg_.secret));
    con->setSchema(cfg_.schema);
    std::unique_ptr<sql::Statement> st(con->createStatement());
    std::unique_ptr<sql::ResultSet> rs(st->executeQuery("select plate from vehicle"));
    std::vector<std::string> out;
    while (rs->next()) out.push_back(rs->getString(1));
    return out;
  }

private:
  LinkConfig cfg_;
};

class MysqlLink {
public:
  explicit MysqlLink(const LinkConfig& cfg) : h_(mysql_init(nullptr)) {
    if (!h_) throw std::bad_alloc();
    if (!mysql_real_connect(h_, cfg.host.c_str(), cfg.user.c_str(), cfg.secret.c_str(), cfg.schema.c_str(), cfg.port, nullptr, 0)) {
      std::string why = mysql_error(h_);
      mysql_close(h_);
      throw std::runtime_error(why);
    }
  }
  MysqlLink(MysqlLink&& o) noexcept : h_(std::exchange(o.h_, nullptr)) {}
  MysqlLink& operator=(MysqlLink&& o) noexcept { std::swap(h_, o.h_); return *this; }
  ~MysqlLink() { if (h_) mysql_close(h_); }
  MYSQL* get() const noexcept { return h_; }

private:
  MYSQL* h_;
};

std::optional<MysqlLink> tryLink(const std::vector<LinkConfig>& replicas) {
  for (const auto& r : replicas) {
    try {
      return MysqlLink(r);
    } catch (const std::runtime_error& e) {
      logLine("replica", r.host + " " + e.what());
    }
  }
  return std::nullopt;
}

unsigned long long purgeAlarms(const LinkConfig& cfg, int days) {
  MYSQL* my = mysql_init(nullptr);  // expect: session-leak
  mysql_options(my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  if (!mysql_real_connect(my, cfg.host.c_str(), cfg.user.c_str(), cfg.secret.c_str(), cfg.schema.c_str(), cfg.port, nullptr, 0)) {
    logLine("alarms", mysql_error(my));
    return 0;
  }
  const std::string sql = "delete from alarm where age > " + std::to_string(days);
  unsigned long long n = mysql_query(my, sql.c_str()) == 0 ? mysql_affected_rows(my) : 0;
  mysql_close(my);
  return n;
}

bool renumberDepots(const LinkConfig& cfg) {
  MYSQL* my = mysql_init(nullptr);  // expect: session-raw-construction
  if (my == nullptr) return false;
  bool good = false;
  if (mysql_real_connect(my, cfg.host.c_str(), cfg.user.c_str(), cfg.secret.c_str(), cfg.schema.c_str(), cfg.port, nullptr, 0) == nullptr)
    goto done;
  if (mysql_query(my, "set @n := 0") != 0)
    goto done;
  good = mysql_query(my, "update depot set nr = (@n := @n + 1) order by name") == 0;
done:
  if (!good) logLine("depots", mysql_error(my));
  mysql_close(my);
  return good;
}

class EnvOwner {
public:
  explicit EnvOwner(const LinkConfig& cfg) {
    MDB_env* e = nullptr;
    if (mdb_env_create(&e) != 0) throw std::runtime_error("mdb_env_create");
    env_.reset(e);
    mdb_env_set_maxdbs(e, 8);
    if (int rc = mdb_env_open(e, cfg.path.c_str(), cfg.readOnly ? MDB_RDONLY : 0, 0644))
      throw std::runtime_error(mdb_strerror(rc));
  }
  MDB_env* get() const { return env_.get(); }

private:
  std::unique_ptr<MDB_env, decltype(&mdb_env_close)> env_{nullptr, &mdb_env_close};
};

long cacheEntries(const LinkConfig& cfg) {
  MDB_env* env = nullptr;
  if (mdb_env_create(&env) != 0) return -1;  // expect: session-leak
  if (int rc = mdb_env_open(env, cfg.path.c_str(), MDB_RDONLY, 0444); rc != 0) {
    logLine("cache", mdb_strerror(rc));
    return -1;
  }
  MDB_stat st{};
  mdb_env_stat(env, &st);
  mdb_env_close(env);
  return static_cast<long>(st.ms_entries);
}

class Finally {
public:
  explicit Finally(std::function<void()> f) : f_(std::move(f)) {}
  Finally(const Finally&) = delete;
  ~Finally() { f_(); }
private:
  std::function<void()> f_;
};

std::vector<int> overdue(const LinkConfig& cfg) {
  std::vector<int> out;
  auto db = std::make_unique<SQLite::Database>(cfg.path, SQLite::OPEN_READONLY);
  SQLite::Statement q(*db, "select id from vehicle where service_due < date('now')");
  while (q.executeStep()) out.push_back(q.getColumn(0).getInt());
  return out;
}

struct Backend {
  virtual ~Backend() = default;
  virtual void touch(int id) = 0;
};

struct PgBackend : Backend {
  explicit PgBackend(std::unique_ptr<pqxx::connection> c) : c_(std::move(c)) {}
  void touch(int id) override {
    pqxx::work w(*c_);
    w.exec_params("update vehicle set touched = now() where id = $1", id);
    w.commit();
  }
  std::unique_ptr<pqxx::connection> c_;
};

std::unique_ptr<Backend> makeBackend(const LinkConfig& cfg) {
  std::unique_ptr<pqxx::connection> c(new pqxx::connection(cfg.conninfo()));
  c->prepare("touch", "update vehicle set touched = now() where id = $1");
  return std::make_unique<PgBackend>(std::move(c));
}

void rebuildIndex(const LinkConfig& cfg, const std::function<void(int)>& progress) {
  pqxx::connection* c = new pqxx::connection(cfg.conninfo());  // expect: session-leak
  c->set_client_encoding("UTF8");
  {
    pqxx::nontransaction nt(*c);
    nt.exec("reindex table vehicle");
  }
  progress(100);
  delete c;
}

void snapshotTo(const LinkConfig& cfg, const std::string& target) {
  SqliteHandle from = openLocal(cfg);
  LinkConfig other = cfg;
  other.path = target;
  SqliteHandle to = openLocal(other);
  sqlite3_backup* b = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  if (!b) throw std::runtime_error(sqlite3_errmsg(to.get()));
  Finally end([b] { sqlite3_backup_finish(b); });
  while (sqlite3_backup_step(b, 64) == SQLITE_OK) logLine("left", std::to_string(sqlite3_backup_remaining(b)));
}

Poco::Data::Session* telemetrySlot(const LinkConfig& cfg, std::vector<std::unique_ptr<Poco::Data::Session>>& slots) {
  slots.push_back(std::make_unique<Poco::Data::Session>("SQLite", cfg.path));
  return slots.back().get();
}

int telemetryRows(const LinkConfig& cfg) {
  using namespace Poco::Data::Keywords;
  int n = 0;
  auto* s = new Poco::Data::Session("SQLite", cfg.path);  // expect: session-raw-construction
  std::exception_ptr failure;
  try {
    *s << "select count(*) from telemetry", into(n), now;
  } catch (...) {
    failure = std::current_exception();
  }
  delete s;
  if (failure) std::rethrow_exception(failure);
  return n;
}

}
