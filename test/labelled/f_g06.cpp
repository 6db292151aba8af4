// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, mariadb, lmdb, qtsql
#include <sqlite3.h>
#include <libpq-fe.h>
#include <mariadb/mysql.h>
#include <lmdb.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Transaction.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace theatre {

struct Seat { int show = 0; int row = 0; int nr = 0; };
struct Tariff { bool simulate = false; double factor = 1.0; };
enum class Outcome { sold, taken, closed };

void say(const char* what) noexcept { std::fprintf(stderr, "%s\n", what); }

bool sql(sqlite3* db, const std::string& q) { return sqlite3_exec(db, q.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK; }

Outcome sell(soci::connection_pool& pool, const Seat& seat) {
  soci::session s(pool);
  soci::transaction tr(s);
  int taken = 0;
  s << "select count(*) from ticket where show = :s and r = :r and n = :n", soci::use(seat.show), soci::use(seat.row),
      soci::use(seat.nr), soci::into(taken);
  if (taken) return Outcome::taken;
  s << "insert into ticket(show, r, n) values(:s, :r, :n)", soci::use(seat.show), soci::use(seat.row), soci::use(seat.nr);
  int open = 0;
  s << "select open from show where id = :s", soci::use(seat.show), soci::into(open);
  if (!open) return Outcome::closed;
  tr.commit();
  return Outcome::sold;
}

void markSeen(soci::connection_pool& pool, int user) {
  soci::session s(pool);
  soci::transaction tr(s);  // expect: session-unfinished-transaction
  s << "update inbox set seen = 1 where usr = :u", soci::use(user);
  int left = 0;
  s << "select count(*) from inbox where seen = 0", soci::into(left);
  if (left == 0) say("inbox empty");
}

bool block(sqlite3* db, const Seat& seat) {
  if (!sql(db, "begin immediate")) return false;  // expect: session-unfinished-transaction
  if (!sql(db, "insert into blocked(show) values(" + std::to_string(seat.show) + ")")) {
    sql(db, "rollback");
    return false;
  }
  if (sqlite3_changes(db) == 0) {
    say("nothing blocked");
    return false;
  }
  if (sql(db, "commit")) return true;
  sql(db, "rollback");
  return false;
}

bool unblock(sqlite3* db, const Seat& seat) {
  if (!sql(db, "begin")) return false;
  const bool good = sql(db, "delete from blocked where show = " + std::to_string(seat.show)) &&
                    sql(db, "insert into audit(what) values('unblock')");
  const char* const last = good ? "commit" : "rollback";
  if (sql(db, last)) return good;
  sql(db, "rollback");
  return false;
}

double average(pqxx::connection& c, int show) {
  pqxx::work w(c);
  const auto r = w.exec_params("select avg(price) from ticket where show = $1", show);
  if (r.empty() || r[0][0].is_null()) return 0.0;
  return r[0][0].as<double>();
}

double reprice(pqxx::connection& c, int show, const Tariff& t) {
  pqxx::work w(c);
  w.exec_params("update ticket set price = price * $2 where show = $1", show, t.factor);
  const double total = w.exec_params1("select sum(price) from ticket where show = $1", show)[0].as<double>();
  if (t.simulate) {
    w.abort();
    return total;
  }
  w.commit();
  return total;
}

void resetDiscounts(pqxx::connection& c, const std::vector<int>& shows) {
  for (int show : shows) {
    pqxx::work w(c, "discounts");  // expect: session-unfinished-transaction
    w.exec_params("delete from discount where show = $1", show);
    w.exec_params("insert into discount(show, pct) values($1, 0)", show);
  }
}

void complete(pqxx::transaction_base& t, const char* what) {
  t.exec(std::string("insert into log(what) values('") + what + "')");
  t.commit();
}

void cancelShow(pqxx::connection& c, int show) {
  pqxx::work w(c);
  w.exec_params("update show set cancelled = true where id = $1", show);
  w.exec_params("delete from ticket where show = $1", show);
  complete(w, "cancel");
}

std::unique_ptr<pqxx::work> startSeason(pqxx::connection& c, int year) {
  auto w = std::make_unique<pqxx::work>(c);
  w->exec_params("insert into season(year) values($1)", year);
  return w;
}

void planSeason(pqxx::connection& c, int year, const std::vector<std::string>& titles) {
  auto w = startSeason(c, year);
  for (const auto& t : titles) w->exec_params("insert into show(year, title) values($1, $2)", year, t);
  w->commit();
}

class SeasonEditor {
public:
  explicit SeasonEditor(SQLite::Database& db) : db_(db) {}
  void start() { tx_ = std::make_unique<SQLite::Transaction>(db_); }
  void rename(int show, const std::string& title) {
    SQLite::Statement st(db_, "update show set title = ? where id = ?");
    st.bind(1, title);
    st.bind(2, show);
    st.exec();
  }
  void accept() { tx_->commit(); tx_.reset(); }
  void discard() { tx_.reset(); }
private:
  SQLite::Database& db_;
  std::unique_ptr<SQLite::Transaction> tx_;
};

int compact(SQLite::Database& db) {
  int removed = 0;
  {
    SQLite::Transaction tx(db);
    removed = db.exec("delete from ticket where show not in (select id from show)");
    if (removed > 0) tx.commit();
  }
  if (removed) db.exec("vacuum");
  return removed;
}

int addRows(SQLite::Database& db, int hall, int rows) {
  SQLite::Transaction tx(db);  // expect: session-unfinished-transaction
  SQLite::Statement st(db, "insert into seat_row(hall, nr) values(?, ?)");
  for (int i = 1; i <= rows; ++i) {
    st.bind(1, hall);
    st.bind(2, i);
    st.exec();
    st.reset();
  }
  return db.execAndGet("select count(*) from seat_row").getInt();
}

bool reserve(Poco::Data::SessionPool& pool, int show, int count) {
  using namespace Poco::Data::Keywords;
  Poco::Data::Session s = pool.get();
  s.begin();
  int left = 0;
  s << "select left_over from show where id = ?", into(left), use(show), now;
  if (left < count) return false;
  s << "update show set left_over = left_over - ? where id = ?", use(count), use(show), now;
  s.commit();
  return true;
}

class Desk {
public:
  Desk(Poco::Data::Session& s, int id) : s_(s), id_(id) {}

  bool openShift(int clerk) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Transaction tx(s_);
    int busy = 0;
    s_ << "select count(*) from shift where desk = ? and closed = 0", into(busy), use(id_), now;
    if (busy) return false;
    s_ << "insert into shift(desk, clerk) values(?, ?)", use(id_), use(clerk), now;
    tx.commit();
    return true;
  }

  void closeShift(long cash) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Transaction tx(s_, true);  // expect: session-unfinished-transaction
    s_ << "update shift set closed = 1, cash = ? where desk = ?", use(cash), use(id_), now;
    if (s_.isTransaction() && cash < 0) tx.rollback();
  }

private:
  Poco::Data::Session& s_;
  int id_;
};

class QtScope {
public:
  explicit QtScope(QSqlDatabase db) : db_(std::move(db)), active_(db_.transaction()) {}
  QtScope(QtScope&& o) noexcept : db_(o.db_), active_(std::exchange(o.active_, false)) {}
  QtScope(const QtScope&) = delete;
  ~QtScope() { if (active_) db_.rollback(); }
  explicit operator bool() const { return active_; }
  bool keep() {
    if (!active_ || !db_.commit()) return false;
    active_ = false;
    return true;
  }
private:
  QSqlDatabase db_;
  bool active_;
};

bool renameHall(QSqlDatabase db, int hall, const QString& name) {
  QtScope scope(db);
  if (!scope) return false;
  QSqlQuery q(db);
  q.prepare("update hall set name = ? where id = ?");
  q.addBindValue(name);
  q.addBindValue(hall);
  if (!q.exec() || q.numRowsAffected() != 1) return false;
  return scope.keep();
}

bool swapHalls(QSqlDatabase db, int a, int b) {
  if (!db.transaction()) return false;  // expect: session-unfinished-transaction
  QSqlQuery q(db);
  q.prepare("update show set hall = case hall when ? then ? else ? end where hall in (?, ?)");
  for (int v : {a, b, a, a, b}) q.addBindValue(v);
  if (!q.exec()) {
    db.rollback();
    return false;
  }
  switch (q.numRowsAffected()) {
    case -1: db.rollback(); return false;
    case 0: return true;
    default: break;
  }
  if (db.commit()) return true;
  db.rollback();
  return false;
}

QtScope beginBoxOffice(QSqlDatabase db) {
  QtScope scope(db);
  QSqlQuery q(db);
  if (scope) q.exec("update boxoffice set busy = 1");
  return scope;
}

bool importPrices(MYSQL* my, const std::vector<std::string>& rows) {
  if (mysql_autocommit(my, 0) != 0) return false;
  bool good = true;
  for (const auto& r : rows) {
    const std::string q = "insert into price values(" + r + ")";
    if (mysql_query(my, q.c_str()) != 0) { good = false; break; }
  }
  if (good) good = mysql_commit(my) == 0;
  if (!good) mysql_rollback(my);
  mysql_autocommit(my, 1);
  return good;
}

int tickets(PGconn* c, int show) {
  auto ask = [c](const std::string& q) {
    return std::unique_ptr<PGresult, decltype(&PQclear)>(PQexec(c, q.c_str()), &PQclear);
  };
  ask("begin transaction read only");
  auto r = ask("select count(*) from ticket where show = " + std::to_string(show));
  const int n = PQntuples(r.get()) == 1 ? std::atoi(PQgetvalue(r.get(), 0, 0)) : -1;
  ask("end");
  return n;
}

bool putPoster(MDB_env* env, MDB_dbi dbi, int show, const std::string& png) {
  MDB_txn* txn = nullptr;
  if (mdb_txn_begin(env, nullptr, 0, &txn) != 0) return false;
  int id = show;
  MDB_val k{sizeof id, &id}, v{png.size(), const_cast<char*>(png.data())};
  if (mdb_put(txn, dbi, &k, &v, 0) != 0) {
    mdb_txn_abort(txn);
    return false;
  }
  return mdb_txn_commit(txn) == 0;
}

void fixtures(const std::string& file, const std::function<void(soci::session&)>& fill) {
  soci::session s("sqlite3", file);
  soci::transaction tr(s);
  s << "create table if not exists show(id integer primary key, title text)";
  try {
    fill(s);
  } catch (const std::exception& e) {
    say(e.what());
    return;
  }
  tr.commit();
}

}
