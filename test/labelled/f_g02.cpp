// library: soci, sqlite3, libpq, mariadb, mysqlcppconn, lmdb
#include <sqlite3.h>
#include <libpq-fe.h>
#include <mariadb/mysql.h>
#include <lmdb.h>
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <mysql_driver.h>
#include <mysql_connection.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace archive {

struct Settings {
  std::string file;
  int retries = 3;
  bool verbose = false;
};

struct Finalizer { void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); } };
using Stmt = std::unique_ptr<sqlite3_stmt, Finalizer>;
struct Freer { void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); } };
using Rows = std::unique_ptr<MYSQL_RES, Freer>;
struct StmtCloser { void operator()(MYSQL_STMT* s) const noexcept { mysql_stmt_close(s); } };
using MyStmt = std::unique_ptr<MYSQL_STMT, StmtCloser>;

class Tuples {
public:
  Tuples(PGconn* c, const char* q) : r_(PQexec(c, q)) {}
  Tuples(const Tuples&) = delete;
  ~Tuples() { PQclear(r_); }
  bool good() const { return PQresultStatus(r_) == PGRES_TUPLES_OK; }
  int size() const { return PQntuples(r_); }
  std::string_view at(int row, int col) const { return PQgetvalue(r_, row, col); }
private:
  PGresult* r_;
};

void report(const char* where, const char* what) noexcept { std::fprintf(stderr, "[%s] %s\n", where, what); }

Stmt compile(sqlite3* db, std::string_view text) {
  sqlite3_stmt* s = nullptr;
  if (sqlite3_prepare_v2(db, text.data(), static_cast<int>(text.size()), &s, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(db));
  return Stmt(s);
}

std::vector<int> boxesOnShelf(sqlite3* db, int shelf) {
  sqlite3_stmt* st = nullptr;
  std::vector<int> boxes;
  if (sqlite3_prepare_v2(db, "select id from box where shelf = ?", -1, &st, nullptr) != SQLITE_OK) {  // expect: session-leak
    report("boxes", sqlite3_errmsg(db));
    return boxes;
  }
  sqlite3_bind_int(st, 1, shelf);
  for (;;) {
    const int rc = sqlite3_step(st);
    if (rc == SQLITE_DONE) break;
    if (rc != SQLITE_ROW) {
      report("boxes", sqlite3_errmsg(db));
      return boxes;
    }
    boxes.push_back(sqlite3_column_int(st, 0));
  }
  sqlite3_finalize(st);
  return boxes;
}

std::string labelOf(sqlite3* db, int box) {
  Stmt st = compile(db, "select label from box where id = ?1");
  sqlite3_bind_int(st.get(), 1, box);
  if (sqlite3_step(st.get()) != SQLITE_ROW) return {};
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(st.get(), 0));
  return text ? std::string(text) : std::string("(unlabelled)");
}

class StatementCache {
public:
  explicit StatementCache(sqlite3* db) : db_(db) {}
  StatementCache(const StatementCache&) = delete;
  StatementCache& operator=(const StatementCache&) = delete;
  ~StatementCache() {
    for (auto& [key, st] : entries_) sqlite3_finalize(st);
  }

  sqlite3_stmt* get(const std::string& key) {
    for (auto& [k, st] : entries_)
      if (k == key) { sqlite3_reset(st); return st; }
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db_, key.c_str(), -1, &st, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db_));
    entries_.emplace_back(key, st);
    return st;
  }

private:
  sqlite3* db_;
  std::vector<std::pair<std::string, sqlite3_stmt*>> entries_;
};

bool moveBox(sqlite3* db, int box, int shelf) {
  sqlite3_stmt* st = nullptr;
  sqlite3_prepare_v2(db, "select locked from shelf where id = ?", -1, &st, nullptr);  // expect: session-leak
  sqlite3_bind_int(st, 1, shelf);
  const bool locked = sqlite3_step(st) == SQLITE_ROW && sqlite3_column_int(st, 0) != 0;
  if (!locked) {
    sqlite3_prepare_v2(db, "update box set shelf = ? where id = ?", -1, &st, nullptr);
    sqlite3_bind_int(st, 1, shelf);
    sqlite3_bind_int(st, 2, box);
    sqlite3_step(st);
  }
  sqlite3_finalize(st);
  return !locked;
}

int pendingScans(MYSQL* my) {
  if (mysql_query(my, "select state, count(*) from scan group by state") != 0) return -1;
  Rows rows(mysql_store_result(my));
  if (!rows) return mysql_field_count(my) == 0 ? 0 : -1;
  int pending = 0;
  while (MYSQL_ROW row = mysql_fetch_row(rows.get())) {
    if (row[0] == nullptr) continue;
    if (std::strcmp(row[0], "broken") == 0) return -2;
    if (std::strcmp(row[0], "pending") == 0) pending = std::atoi(row[1]);
  }
  return pending;
}

std::string newestScan(MYSQL* my, const Settings& cfg) {
  if (mysql_query(my, "select file from scan order by made desc limit 1")) return {};
  MYSQL_RES* res = mysql_use_result(my);  // expect: session-leak
  if (!res) return {};
  std::string file;
  MYSQL_ROW row = mysql_fetch_row(res);
  if (row && row[0])
    file = row[0];
  else if (cfg.verbose)
    report("scan", "none");
  return file;
}

bool tagScan(MYSQL* my, const std::string& tag) {
  MyStmt st(mysql_stmt_init(my));
  if (!st) return false;
  static constexpr char text[] = "insert into tag(name) values(?)";
  if (mysql_stmt_prepare(st.get(), text, sizeof text - 1)) {
    report("tag", mysql_stmt_error(st.get()));
    return false;
  }
  MYSQL_BIND b{};
  unsigned long len = tag.size();
  b.buffer_type = MYSQL_TYPE_STRING;
  b.buffer = const_cast<char*>(tag.data());
  b.buffer_length = len;
  b.length = &len;
  return !mysql_stmt_bind_param(st.get(), &b) && !mysql_stmt_execute(st.get());
}

bool untagScan(MYSQL* my, int scan) {
  MYSQL_STMT* st = mysql_stmt_init(my);  // expect: session-leak
  if (!st) return false;
  static constexpr char text[] = "delete from tag where scan = ?";
  if (mysql_stmt_prepare(st, text, sizeof text - 1) != 0)
    return false;
  MYSQL_BIND b{};
  b.buffer_type = MYSQL_TYPE_LONG;
  b.buffer = &scan;
  bool done = mysql_stmt_bind_param(st, &b) == 0 && mysql_stmt_execute(st) == 0;
  mysql_stmt_close(st);
  return done;
}

void eachShelf(PGconn* c, const std::function<void(std::string_view)>& visit) {
  Tuples t(c, "select code from shelf order by code");
  if (!t.good()) throw std::runtime_error(PQerrorMessage(c));
  for (int i = 0; i < t.size(); ++i) visit(t.at(i, 0));
}

PGresult* runLogged(PGconn* c, const char* q) {
  PGresult* r = PQexec(c, q);
  if (PQresultStatus(r) == PGRES_FATAL_ERROR) report("pg", PQresultErrorMessage(r));
  return r;
}

bool closeYear(PGconn* c, int year) {
  const std::string y = std::to_string(year);
  const char* args[] = {y.c_str()};
  PGresult* r = PQexecParams(c, "select open from year where nr = $1", 1, nullptr, args, nullptr, nullptr, 0);
  const bool open = PQntuples(r) == 1 && *PQgetvalue(r, 0, 0) == 't';
  PQclear(r);
  if (!open) return false;
  r = PQexecParams(c, "update year set open = false where nr = $1", 1, nullptr, args, nullptr, nullptr, 0);  // expect: session-leak
  return PQresultStatus(r) == PGRES_COMMAND_OK;
}

int drainNotices(PGconn* c) {
  int n = 0;
  PQconsumeInput(c);
  while (PGnotify* note = PQnotifies(c)) {
    ++n;
    report(note->relname, note->extra);
    PQfreemem(note);
  }
  return n;
}

std::vector<std::string> warehouseSync(PGconn* c, const Settings& cfg) {
  std::vector<std::string> changed;
  std::unique_ptr<PGresult, void (*)(PGresult*)> r(nullptr, &PQclear);
  for (int attempt = 0; attempt < cfg.retries; ++attempt) {
    r.reset(runLogged(c, "select code from changed"));
    if (PQresultStatus(r.get()) == PGRES_TUPLES_OK) break;
    PQreset(c);
  }
  for (int i = 0; r && i < PQntuples(r.get()); ++i) changed.emplace_back(PQgetvalue(r.get(), i, 0));
  return changed;
}

class Lease {
public:
  explicit Lease(soci::connection_pool& p) : pool_(p), pos_(p.lease()) {}
  Lease(const Lease&) = delete;
  ~Lease() { pool_.give_back(pos_); }
  soci::session& operator*() const { return pool_.at(pos_); }
private:
  soci::connection_pool& pool_;
  std::size_t pos_;
};

int shelvesInUse(soci::connection_pool& pool) {
  Lease lease(pool);
  int n = 0;
  *lease << "select count(distinct shelf) from box", soci::into(n);
  return n;
}

void expire(soci::connection_pool& pool, int days) {
  std::size_t pos = pool.lease();  // expect: session-leak
  pool.at(pos) << "delete from loan where age > :d", soci::use(days);
  pool.give_back(pos);
}

bool tryExpire(soci::connection_pool& pool, int days) {
  std::size_t pos = 0;
  if (!pool.try_lease(pos, 200)) return false;
  bool done = true;
  try {
    pool.at(pos) << "delete from loan where age > :d", soci::use(days);
  } catch (const std::exception& e) {
    report("expire", e.what());
    done = false;
  }
  pool.give_back(pos);
  return done;
}

struct ReadTxn {
  explicit ReadTxn(MDB_env* e) { if (int rc = mdb_txn_begin(e, nullptr, MDB_RDONLY, &t)) throw std::runtime_error(mdb_strerror(rc)); }
  ReadTxn(const ReadTxn&) = delete;
  ~ReadTxn() { mdb_txn_abort(t); }
  operator MDB_txn*() const { return t; }
  MDB_txn* t = nullptr;
};

std::size_t bytesHeld(MDB_env* env, MDB_dbi dbi) {
  ReadTxn txn(env);
  MDB_cursor* raw = nullptr;
  if (mdb_cursor_open(txn, dbi, &raw) != 0) return 0;
  std::unique_ptr<MDB_cursor, decltype(&mdb_cursor_close)> cur(raw, &mdb_cursor_close);
  std::size_t sum = 0;
  MDB_val k, v;
  for (int rc = mdb_cursor_get(raw, &k, &v, MDB_FIRST); rc == 0; rc = mdb_cursor_get(raw, &k, &v, MDB_NEXT)) sum += v.mv_size;
  return sum;
}

std::string lastHolder(MDB_env* env, MDB_dbi dbi, int box) {
  ReadTxn txn(env);
  MDB_cursor* cur = nullptr;
  if (mdb_cursor_open(txn, dbi, &cur) != 0) return {};  // expect: session-leak
  MDB_val k{sizeof box, &box}, v{};
  if (mdb_cursor_get(cur, &k, &v, MDB_SET_KEY) == MDB_NOTFOUND)
    return "nobody";
  mdb_cursor_get(cur, &k, &v, MDB_LAST_DUP);
  std::string who(static_cast<const char*>(v.mv_data), v.mv_size);
  mdb_cursor_close(cur);
  return who;
}

class ArchiveFile {
public:
  explicit ArchiveFile(const Settings& cfg) {
    if (sqlite3_open(cfg.file.c_str(), &db_) != SQLITE_OK)  // expect: session-leak
      throw std::runtime_error("cannot open " + cfg.file);
  }
  ArchiveFile(const ArchiveFile&) = delete;
  ArchiveFile& operator=(const ArchiveFile&) = delete;
  ~ArchiveFile() { sqlite3_close(db_); }
  sqlite3* raw() const { return db_; }
private:
  sqlite3* db_ = nullptr;
};

class LazyArchive {
public:
  LazyArchive() = default;
  LazyArchive(const LazyArchive&) = delete;
  ~LazyArchive() { shut(); }

  bool open(const Settings& cfg) {
    std::scoped_lock lock(m_);
    shut();
    if (sqlite3_open(cfg.file.c_str(), &db_) == SQLITE_OK) return true;
    report("archive", sqlite3_errmsg(db_));
    return false;
  }

private:
  void shut() {
    if (!db_) return;
    sqlite3_close(db_);
    db_ = nullptr;
  }
  std::mutex m_;
  sqlite3* db_ = nullptr;
};

int lentTo(sql::Connection& con, const std::string& who) {
  std::unique_ptr<sql::PreparedStatement> ps(con.prepareStatement("select count(*) from loan where who = ?"));
  ps->setString(1, who);
  std::unique_ptr<sql::ResultSet> rs(ps->executeQuery());
  return rs->next() ? rs->getInt(1) : 0;
}

int lentBy(sql::Connection& con, int clerk) {
  std::unique_ptr<sql::PreparedStatement> ps(con.prepareStatement("select count(*) from loan where clerk = ?"));
  ps->setInt(1, clerk);
  sql::ResultSet* rs = ps->executeQuery();  // expect: session-leak
  if (!rs->next()) throw std::logic_error("count gave no row");
  const int n = rs->getInt(1);
  delete rs;
  return n;
}

}
