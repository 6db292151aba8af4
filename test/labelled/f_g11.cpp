// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, mariadb, lmdb, qtsql
#include <sqlite3.h>
#include <libpq-fe.h>
#include <mariadb/mysql.h>
#include <lmdb.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>
#include <Poco/Data/Session.h>
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

namespace orchard {

struct Tree { int id = 0; int row = 0; std::string kind; };
enum class Stage { idle, picking, stored };

void mark(const char* what) noexcept { std::fprintf(stderr, "orchard: %s\n", what); }

bool sql(sqlite3* db, const std::string& q) { return sqlite3_exec(db, q.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK; }

void plant(SQLite::Database& db, const std::vector<Tree>& trees) {
  SQLite::Transaction all(db);
  for (const auto& t : trees) {
    SQLite::Transaction one(db);  // expect: session-nested-begin
    SQLite::Statement st(db, "insert into tree(id, row_nr) values(?, ?)");
    st.bind(1, t.id);
    st.bind(2, t.row);
    st.exec();
    one.commit();
  }
  all.commit();
}

void plantMarked(SQLite::Database& db, const std::vector<Tree>& trees) {
  SQLite::Transaction all(db);
  for (const auto& t : trees) {
    SQLite::Savepoint one(db, "tree");
    SQLite::Statement st(db, "insert into tree(id, row_nr) values(?, ?)");
    st.bind(1, t.id);
    st.bind(2, t.row);
    st.exec();
    one.release();
  }
  all.commit();
}

bool prune(sqlite3* db, int row) {
  if (!sql(db, "begin")) return false;
  if (!sql(db, "savepoint cut")) {
    sql(db, "rollback");
    return false;
  }
  if (!sql(db, "update tree set cut = 1 where row_nr = " + std::to_string(row))) {
    sql(db, "rollback to cut");
    sql(db, "insert into todo(row_nr) values(" + std::to_string(row) + ")");
  }
  sql(db, "release cut");
  if (sql(db, "end")) return true;
  sql(db, "rollback");
  return false;
}

bool graft(sqlite3* db, const Tree& t) {
  if (!sql(db, "begin immediate")) return false;
  const bool good = sql(db, "insert into graft(tree) values(" + std::to_string(t.id) + ")");
  if (!good) sql(db, "rollback");
  if (good && sql(db, "commit")) return true;
  mark("graft failed");
  sql(db, "rollback");  // expect: session-double-end
  return false;
}

bool water(QSqlDatabase db, int row) {
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("update tree set watered = 1 where row_nr = ?");
  q.addBindValue(row);
  if (!q.exec()) {
    mark("water");
    db.rollback();
  }
  return db.commit();  // expect: session-double-end
}

bool waterRows(QSqlDatabase db, const std::vector<int>& rows) {
  bool good = true;
  for (int r : rows) {
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    q.prepare("update tree set watered = 1 where row_nr = ?");
    q.addBindValue(r);
    if (!q.exec() || !db.commit()) {
      db.rollback();
      good = false;
    }
  }
  return good;
}

bool waterAll(QSqlDatabase db, const std::vector<int>& rows) {
  if (rows.empty()) return true;
  for (int r : rows) {
    if (!db.transaction()) return false;  // expect: session-nested-begin
    QSqlQuery q(db);
    q.prepare("update tree set watered = 1 where row_nr = ?");
    q.addBindValue(r);
    if (!q.exec()) {
      db.rollback();
      return false;
    }
  }
  return db.commit() || (db.rollback(), false);
}

class Journal {
public:
  explicit Journal(soci::session& s) : s_(s) {}
  void write(const std::string& what) {
    soci::transaction tr(s_);
    s_ << "insert into journal(what) values(:w)", soci::use(what);
    tr.commit();
  }
  void append(const std::string& what) { s_ << "insert into journal(what) values(:w)", soci::use(what); }
private:
  soci::session& s_;
};

void harvest(soci::session& s, int tree, double kilos) {
  Journal journal(s);
  soci::transaction tr(s);
  s << "insert into harvest(tree, kilos) values(:t, :k)", soci::use(tree), soci::use(kilos);
  journal.append("harvest");
  tr.commit();
}

void harvestLogged(soci::connection_pool& pool, int tree, double kilos) {
  soci::session s(pool);
  {
    soci::transaction tr(s);
    s << "insert into harvest(tree, kilos) values(:t, :k)", soci::use(tree), soci::use(kilos);
    if (kilos < 0) tr.rollback();
    else tr.commit();
  }
  mark("harvest");
}

void fell(soci::session& s, int tree) {
  s.begin();
  try {
    s << "delete from tree where id = :t", soci::use(tree);
    s.begin();  // expect: session-nested-begin
    s << "insert into felled(tree) values(:t)", soci::use(tree);
    s.commit();
  } catch (...) {
    s.rollback();
    throw;
  }
}

void move(soci::session& s, int tree, int row) {
  soci::transaction tr(s);
  try {
    s << "update tree set row_nr = :r where id = :t", soci::use(row), soci::use(tree);
    if (s.get_backend_name() == "sqlite3") s << "insert into moved(tree) values(:t)", soci::use(tree);
  } catch (const soci::soci_error& e) {
    mark(e.what());
    tr.rollback();
  }
  tr.commit();  // expect: session-double-end
}

bool moveChecked(soci::session& s, int tree, int row) {
  soci::transaction tr(s);
  int used = 0;
  s << "select count(*) from tree where row_nr = :r", soci::use(row), soci::into(used);
  bool good = used < 40;
  if (good) {
    s << "update tree set row_nr = :r where id = :t", soci::use(row), soci::use(tree);
    tr.commit();
  }
  if (!good) tr.rollback();
  return good;
}

int retag(pqxx::connection& c, const std::string& from, const std::string& to) {
  std::unique_ptr<pqxx::work> w = std::make_unique<pqxx::work>(c);
  w->exec_params("update tree set kind = $2 where kind = $1", from, to);
  w->commit();
  w.reset();
  w = std::make_unique<pqxx::work>(c);
  return w->exec("select count(distinct kind) from tree")[0][0].as<int>();
}

int kinds(pqxx::connection& c) {
  pqxx::work w(c);
  const int n = w.exec("select count(distinct kind) from tree")[0][0].as<int>();
  pqxx::work audit(c, "audit");  // expect: session-nested-begin
  audit.exec_params("insert into audit(n) values($1)", n);
  audit.commit();
  return n;
}

int kindsOn(pqxx::connection& c, pqxx::connection& side) {
  pqxx::work w(c);
  const int n = w.exec("select count(distinct kind) from tree")[0][0].as<int>();
  pqxx::work audit(side, "audit");
  audit.exec_params("insert into audit(n) values($1)", n);
  audit.commit();
  return n;
}

void discardOrKeep(pqxx::connection& c, int tree, bool keep) {
  pqxx::work w(c);
  w.exec_params("delete from draft where tree = $1", tree);
  keep ? w.abort() : w.commit();
}

class Basket {
public:
  explicit Basket(Poco::Data::Session& s) : s_(s) {}

  void open() {
    if (s_.isTransaction()) return;
    s_.begin();
  }

  void put(int apple) {
    using namespace Poco::Data::Keywords;
    s_ << "insert into basket(apple) values(?)", use(apple), now;
  }

  void empty(const std::function<bool()>& confirm) {
    using namespace Poco::Data::Keywords;
    if (s_.isTransaction()) throw std::logic_error("basket is open");
    Poco::Data::Transaction tx(s_);
    s_ << "delete from basket", now;
    if (!confirm()) {
      tx.rollback();
      return;
    }
    tx.commit();
  }

  void close(bool good) {
    if (!s_.isTransaction()) return;
    if (good) {
      try {
        s_.commit();
      } catch (...) {
        s_.rollback();
        throw;
      }
    } else {
      s_.rollback();
    }
  }

private:
  Poco::Data::Session& s_;
};

bool stage(MYSQL* my, int row, Stage to) {
  auto run = [my](const std::string& q) { return mysql_query(my, q.c_str()) == 0; };
  const std::string where = " where row_nr = " + std::to_string(row);
  if (!run("start transaction")) return false;
  bool good = run("update crop set stage = " + std::to_string(static_cast<int>(to)) + where);
  if (to == Stage::stored && good) good = run("insert into store select * from crop" + where);
  if (!good) {
    mysql_rollback(my);
    return false;
  }
  if (run("commit")) return true;
  mysql_rollback(my);
  return false;
}

bool stageTwice(MYSQL* my, int row) {
  auto run = [my](const std::string& q) { return mysql_query(my, q.c_str()) == 0; };
  if (!run("start transaction")) return false;
  if (!run("update crop set stage = 1 where row_nr = " + std::to_string(row))) {
    mysql_rollback(my);
    return false;
  }
  if (!run("begin")) {  // expect: session-nested-begin
    mysql_rollback(my);
    return false;
  }
  if (run("update crop_log set stage = 1") && mysql_commit(my) == 0) return true;
  mysql_rollback(my);
  return false;
}

int putApple(MDB_env* env, MDB_dbi dbi, int id, const std::string& name) {
  MDB_txn* txn = nullptr;
  if (int rc = mdb_txn_begin(env, nullptr, 0, &txn)) return rc;
  MDB_val k{sizeof id, &id}, v{name.size(), const_cast<char*>(name.data())};
  int rc = mdb_put(txn, dbi, &k, &v, MDB_NOOVERWRITE);
  if (rc == 0) {
    rc = mdb_txn_commit(txn);
    txn = nullptr;
  }
  if (txn) mdb_txn_abort(txn);
  return rc;
}

int dropApple(MDB_env* env, MDB_dbi dbi, int id) {
  MDB_txn* txn = nullptr;
  if (int rc = mdb_txn_begin(env, nullptr, 0, &txn)) return rc;
  MDB_val k{sizeof id, &id};
  int rc = mdb_del(txn, dbi, &k, nullptr);
  if (rc == 0) rc = mdb_txn_commit(txn);
  if (rc != 0) {
    mark(mdb_strerror(rc));
    mdb_txn_abort(txn);  // expect: session-double-end
  }
  return rc;
}

int nestedApple(MDB_env* env, MDB_dbi dbi, int id) {
  MDB_txn* parent = nullptr;
  if (int rc = mdb_txn_begin(env, nullptr, 0, &parent)) return rc;
  MDB_txn* child = nullptr;
  int rc = mdb_txn_begin(env, parent, 0, &child);
  if (rc == 0) {
    MDB_val k{sizeof id, &id}, v{sizeof id, &id};
    rc = mdb_put(child, dbi, &k, &v, 0);
    if (rc == 0)
      rc = mdb_txn_commit(child);
    else
      mdb_txn_abort(child);
  }
  if (rc == 0) return mdb_txn_commit(parent);
  mdb_txn_abort(parent);
  return rc;
}

std::string serverName(const std::string& conninfo) {
  PGconn* c = PQconnectdb(conninfo.c_str());
  std::string host;
  if (PQstatus(c) != CONNECTION_OK) {
    mark(PQerrorMessage(c));
    PQfinish(c);
  } else {
    host = PQhost(c);
  }
  PQfinish(c);  // expect: session-double-end
  return host;
}

}
