// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, lmdb, qtsql
#include <sqlite3.h>
#include <libpq-fe.h>
#include <lmdb.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/RecordSet.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clinic {

struct Visit { int id = 0; std::string room; };

struct Options {
  std::string file;
  bool archive = false;
  bool verbose = false;
};

struct Finalizer { void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); } };
using Stmt = std::unique_ptr<sqlite3_stmt, Finalizer>;

Stmt prepare(sqlite3* db, const char* q) {
  sqlite3_stmt* s = nullptr;
  if (sqlite3_prepare_v2(db, q, -1, &s, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
  return Stmt(s);
}

std::vector<Visit> today(pqxx::connection& c) {
  std::vector<Visit> out;
  pqxx::result r;
  {
    pqxx::work w(c);
    r = w.exec("select id, room from visit where day = current_date");
    w.commit();
  }
  for (const auto& row : r) out.push_back({row[0].as<int>(), row[1].c_str()});
  return out;
}

int discharge(pqxx::connection& c, int patient) {
  pqxx::work w(c);
  w.exec_params("update stay set ended = now() where patient = $1", patient);
  w.commit();
  const auto left = w.exec("select count(*) from stay where ended is null");  // expect: session-use-after-scope
  return left[0][0].as<int>();
}

void rename(pqxx::connection& c, int room, const std::string& name) {
  std::optional<pqxx::work> w;
  w.emplace(c);
  const auto r = w->exec_params("select locked from room where id = $1", room);
  if (r.empty() || r[0][0].as<bool>()) {
    w->abort();
    w.reset();
    w.emplace(c);
    w->exec_params("insert into refused(room, name) values($1, $2)", room, name);
  } else {
    w->exec_params("update room set name = $2 where id = $1", room, name);
  }
  w->commit();
}

const char* patientName(sqlite3* db, int id) {
  Stmt st = prepare(db, "select name from patient where id = ?");
  sqlite3_bind_int(st.get(), 1, id);
  if (sqlite3_step(st.get()) != SQLITE_ROW) return nullptr;
  return reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 0));  // expect: session-use-after-scope
}

std::string patientCity(sqlite3* db, int id) {
  std::string city;
  {
    Stmt st = prepare(db, "select city from patient where id = ?");
    sqlite3_bind_int(st.get(), 1, id);
    if (sqlite3_step(st.get()) == SQLITE_ROW)
      if (const auto* t = sqlite3_column_text(st.get(), 0)) city.assign(reinterpret_cast<const char*>(t));
  }
  return city.empty() ? "unknown" : city;
}

class Lister {
public:
  explicit Lister(sqlite3* db) : st_(prepare(db, "select name from ward order by name")) {}
  const char* next() {
    if (sqlite3_step(st_.get()) != SQLITE_ROW) { sqlite3_reset(st_.get()); return nullptr; }
    return reinterpret_cast<const char*>(sqlite3_column_text(st_.get(), 0));
  }
private:
  Stmt st_;
};

std::size_t longestWard(sqlite3* db) {
  Lister l(db);
  std::size_t best = 0;
  while (const char* w = l.next()) best = std::max(best, std::string_view(w).size());
  return best;
}

void archiveStays(const std::string& dsn, const Options& opt) {
  soci::session s(dsn);
  s << "insert into stay_old select * from stay where ended is not null";
  if (opt.archive) {
    s.close();
    s.open(dsn + " archive=1");
    s << "vacuum";
  }
  s.close();
}

int purgeStays(const std::string& dsn, bool dry) {
  soci::session s(dsn);
  int n = 0;
  s << "select count(*) from stay_old", soci::into(n);
  if (dry) s.close();
  if (n > 0)
    s << "delete from stay_old";  // expect: session-use-after-scope
  return n;
}

int reopen(const std::string& dsn) {
  soci::session s(dsn);
  int n = 0;
  s << "select count(*) from bed", soci::into(n);
  s.close();
  s.reconnect();
  s << "update ward set beds = :n", soci::use(n);
  return n;
}

class Registry {
public:
  void bind(const std::string& ward, Poco::Data::Session s) { byWard_.insert_or_assign(ward, std::move(s)); }
  bool known(const std::string& ward) const { return byWard_.count(ward) != 0; }
private:
  std::map<std::string, Poco::Data::Session> byWard_;
};

void registerAll(Poco::Data::SessionPool& pool, Registry& reg, const std::vector<std::string>& wards) {
  using namespace Poco::Data::Keywords;
  for (const auto& w : wards) {
    Poco::Data::Session s = pool.get();
    std::string name = w;
    s << "insert into seen(ward) values(?)", use(name), now;
    reg.bind(w, s);
  }
}

class Board {
public:
  void attach(const Options& opt) {
    SQLite::Database db(opt.file, SQLite::OPEN_READONLY);
    db.setBusyTimeout(100);
    db_ = &db;  // expect: session-use-after-scope
  }
  void attachOwned(const Options& opt) {
    own_ = std::make_unique<SQLite::Database>(opt.file, SQLite::OPEN_READONLY);
    db_ = own_.get();
  }
  int waiting() const { return db_ ? db_->execAndGet("select count(*) from queue").getInt() : 0; }
private:
  std::unique_ptr<SQLite::Database> own_;
  SQLite::Database* db_ = nullptr;
};

int waitingIn(const Options& opt, int ward) {
  SQLite::Database* live = nullptr;
  std::unique_ptr<SQLite::Database> owner;
  if (opt.archive) {
    owner = std::make_unique<SQLite::Database>(opt.file + ".old");
    live = owner.get();
  } else {
    static SQLite::Database shared(opt.file);
    live = &shared;
  }
  SQLite::Statement q(*live, "select count(*) from queue where ward = ?");
  q.bind(1, ward);
  return q.executeStep() ? q.getColumn(0).getInt() : 0;
}

std::unique_ptr<pqxx::connection> handOver(std::vector<std::unique_ptr<pqxx::connection>>& spare) {
  if (spare.empty()) return nullptr;
  auto c = std::move(spare.back());
  spare.pop_back();
  return c;
}

void park(std::unique_ptr<pqxx::connection> c, std::vector<std::unique_ptr<pqxx::connection>>& spare) {
  const bool open = c->is_open();
  spare.push_back(std::move(c));
  if (open && spare.size() > 8) {
    pqxx::nontransaction nt(*c);  // expect: session-use-after-scope
    nt.exec("select pg_stat_clear_snapshot()");
  }
}

void swapIn(std::unique_ptr<pqxx::connection>& active, const std::string& dsn) {
  auto old = std::move(active);
  active = std::make_unique<pqxx::connection>(dsn);
  pqxx::nontransaction nt(*active);
  nt.exec("select 1");
  if (old && old->is_open()) old->disconnect();
}

int bedsFree(const QString& file) {
  int free = -1;
  const QString name = QStringLiteral("beds");
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
    db.setDatabaseName(file);
    if (db.open()) {
      QSqlQuery q(db);
      if (q.exec("select count(*) from bed where patient is null") && q.next()) free = q.value(0).toInt();
    }
  }
  QSqlDatabase::removeDatabase(name);
  return free;
}

int bedsTaken(const QString& file) {
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "taken");
  db.setDatabaseName(file);
  if (!db.open()) return -1;
  QSqlQuery q("select count(*) from bed where patient is not null", db);
  db.close();
  return q.next() ? q.value(0).toInt() : 0;  // expect: session-use-after-scope
}

std::string_view note(MDB_env* env, MDB_dbi dbi, int visit, std::string& buffer) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn)) return {};
  std::unique_ptr<MDB_txn, decltype(&mdb_txn_abort)> guard(txn, &mdb_txn_abort);
  MDB_val k{sizeof visit, &visit}, v{};
  if (mdb_get(txn, dbi, &k, &v)) return {};
  buffer.assign(static_cast<const char*>(v.mv_data), v.mv_size);
  return buffer;
}

int firstByte(MDB_env* env, MDB_dbi dbi, int visit) {
  MDB_val k{sizeof visit, &visit}, v{};
  {
    MDB_txn* txn = nullptr;
    if (mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn)) return -1;
    std::unique_ptr<MDB_txn, decltype(&mdb_txn_abort)> guard(txn, &mdb_txn_abort);
    if (mdb_get(txn, dbi, &k, &v) != 0 || v.mv_size == 0) return -1;
  }
  return *static_cast<const unsigned char*>(v.mv_data);  // expect: session-use-after-scope
}

class Journal {
public:
  explicit Journal(const std::string& file) : db_(std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE)) {}
  void add(const std::string& line) {
    SQLite::Statement st(*db_, "insert into journal(line) values(?)");
    st.bind(1, line);
    st.exec();
  }
  void rotate(const std::string& file) {
    db_.reset(new SQLite::Database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE));
    db_->exec("create table if not exists journal(line text)");
  }
private:
  std::unique_ptr<SQLite::Database> db_;
};

std::function<int()> counter(std::shared_ptr<SQLite::Database> db) {
  return [db] { return db->execAndGet("select count(*) from journal").getInt(); };
}

std::function<int()> backlog(const Options& opt) {
  SQLite::Database db(opt.file);
  db.exec("create temp table if not exists seen(id)");
  return [&db] { return db.execAndGet("select count(*) from queue").getInt(); };  // expect: session-use-after-scope
}

std::string pgSetting(PGconn* c, const char* q) {
  PGresult* r = PQexec(c, q);
  std::string copy = PQntuples(r) ? PQgetvalue(r, 0, 0) : "";
  PQclear(r);
  return copy;
}

int closestBed(soci::connection_pool& pool, int ward) {
  int bed = 0;
  {
    soci::session s(pool);
    s << "select min(id) from bed where ward = :w", soci::use(ward), soci::into(bed);
  }
  soci::session s(pool);
  s << "select bed from bed_map where id = :b", soci::use(bed), soci::into(bed);
  return bed;
}

}
