// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, mariadb, mysqlcppconn, qtsql
#include <sqlite3.h>
#include <libpq-fe.h>
#include <mariadb/mysql.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Data/DataException.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlError>
#include <QVariant>
#include <mysql_connection.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/exception.h>
#include <cppconn/statement.h>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace brew {

struct Recipe { int id = 0; std::string name; double gravity = 1.0; std::vector<std::string> hops; };

void trace(const char* what) noexcept { std::fprintf(stderr, "brew: %s\n", what); }

double parseGravity(const std::string& text) {
  const double g = std::stod(text);
  if (g < 0.9 || g > 1.3) throw std::out_of_range("gravity " + text);
  return g;
}

void saveRecipe(soci::session& s, const Recipe& r) {
  s.begin();
  try {
    s << "update recipe set name = :n where id = :i", soci::use(r.name), soci::use(r.id);
    for (const auto& h : r.hops) s << "insert into hop(recipe, name) values(:i, :h)", soci::use(r.id), soci::use(h);
    s.commit();
  } catch (const std::exception& e) {
    trace(e.what());
    s.rollback();
    throw;
  }
}

bool saveGravity(soci::session& s, int recipe, const std::string& text) {
  s.begin();
  try {
    const double g = parseGravity(text);
    s << "update recipe set gravity = :g where id = :i", soci::use(g), soci::use(recipe);
    s.commit();
    return true;
  } catch (const soci::soci_error& e) {
    s.rollback();
    trace(e.what());
  } catch (const std::exception& e) {  // expect: session-missing-rollback
    trace(e.what());
  }
  return false;
}

class Fermenter {
public:
  explicit Fermenter(soci::session& s) : s_(s) {}

  void start(int tank, int recipe) {
    s_.begin();
    try {
      s_ << "update tank set recipe = :r where id = :t", soci::use(recipe), soci::use(tank);
      s_ << "insert into run(tank, recipe) values(:t, :r)", soci::use(tank), soci::use(recipe);
    } catch (...) {
      undo();
      throw;
    }
    finish();
  }

  void stop(int tank) {
    s_.begin();  // expect: session-missing-rollback
    s_ << "update tank set recipe = null where id = :t", soci::use(tank);
    s_ << "update run set ended = current_timestamp where tank = :t", soci::use(tank);
    s_.commit();
  }

private:
  void undo() noexcept {
    try {
      s_.rollback();
    } catch (const std::exception& e) {
      trace(e.what());
    }
  }
  void finish() {
    try {
      s_.commit();
    } catch (...) {
      undo();
      throw;
    }
  }
  soci::session& s_;
};

class Undo {
public:
  explicit Undo(soci::session& s) : s_(&s) {}
  Undo(const Undo&) = delete;
  ~Undo() {
    if (!s_) return;
    try { s_->rollback(); } catch (...) { trace("rollback failed"); }
  }
  void release() { s_ = nullptr; }
private:
  soci::session* s_;
};

void blend(soci::session& s, int a, int b, double ratio) {
  s.begin();
  Undo undo(s);
  s << "insert into blend(a, b, ratio) values(:a, :b, :r)", soci::use(a), soci::use(b), soci::use(ratio);
  if (ratio <= 0) throw std::invalid_argument("ratio");
  s.commit();
  undo.release();
}

void scrap(sqlite3* db, int tank, const std::function<void(const std::string&)>& audit) {
  if (sqlite3_exec(db, "begin", nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
  const std::string q = "delete from run where tank = " + std::to_string(tank);
  try {
    if (sqlite3_exec(db, q.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
    audit(q);
    if (sqlite3_exec(db, "commit", nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
  } catch (const std::runtime_error&) {  // expect: session-missing-rollback
    trace("scrap failed");
    throw;
  } catch (...) {
    sqlite3_exec(db, "rollback", nullptr, nullptr, nullptr);
    throw;
  }
}

bool rinse(sqlite3* db, int tank) {
  char q[128];
  if (sqlite3_exec(db, "begin", nullptr, nullptr, nullptr) != SQLITE_OK) return false;
  std::snprintf(q, sizeof q, "update tank set clean = 1 where id = %d", tank);
  int rc = sqlite3_exec(db, q, nullptr, nullptr, nullptr);
  if (rc == SQLITE_OK) rc = sqlite3_exec(db, "commit", nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) sqlite3_exec(db, "rollback", nullptr, nullptr, nullptr);
  return rc == SQLITE_OK;
}

void handleFailure(pqxx::work& w) {
  w.abort();
  try {
    throw;
  } catch (const pqxx::broken_connection& e) {
    trace(e.what());
  } catch (const pqxx::sql_error& e) {
    trace(e.query().c_str());
  }
}

void label(pqxx::connection& c, int recipe, const std::string& text) {
  pqxx::work w(c);
  try {
    w.exec_params("insert into label(recipe, body) values($1, $2)", recipe, text);
    w.commit();
  } catch (...) {
    handleFailure(w);
  }
}

int prune(pqxx::connection& c) {
  pqxx::work w(c);
  try {
    const auto r = w.exec("delete from label where body = '' returning recipe");
    w.commit();
    return static_cast<int>(r.size());
  } catch (const pqxx::sql_error& e) {
    trace(e.what());
    return -1;
  }
}

void relabel(pqxx::connection& c, const std::vector<Recipe>& all) {
  pqxx::nontransaction n(c);
  n.exec("begin");
  try {
    for (const auto& r : all) n.exec("update label set body = " + n.quote(r.name) + " where recipe = " + std::to_string(r.id));
    n.exec("commit");
  } catch (const pqxx::sql_error& e) {  // expect: session-missing-rollback
    trace(e.query().c_str());
  }
}

void inventory(Poco::Data::SessionPool& pool, int malt, double kilos) {
  using namespace Poco::Data::Keywords;
  Poco::Data::Session s = pool.get();
  s.begin();
  s << "update malt set kilos = kilos + ? where id = ?", use(kilos), use(malt), now;
  s << "insert into delivery(malt, kilos) values(?, ?)", use(malt), use(kilos), now;
  s.commit();
}

class Store {
public:
  explicit Store(const std::string& file) : s_("SQLite", file) {}

  bool take(int malt, double kilos) {
    using namespace Poco::Data::Keywords;
    s_.begin();
    try {
      s_ << "update malt set kilos = kilos - ? where id = ?", use(kilos), use(malt), now;
      s_.commit();
    } catch (const Poco::Exception& e) {
      trace(e.displayText().c_str());
      if (s_.isTransaction()) s_.rollback();
      return false;
    }
    return true;
  }

  bool give(int malt, double kilos) {
    using namespace Poco::Data::Keywords;
    s_.begin();
    try {
      s_ << "update malt set kilos = kilos + ? where id = ?", use(kilos), use(malt), now;
      s_.commit();
      return true;
    } catch (const Poco::Data::DataException& e) {  // expect: session-missing-rollback
      failures_.push_back(e.displayText());
      if (failures_.size() > 10) s_.rollback();
      return false;
    } catch (...) {
      s_.rollback();
      throw;
    }
  }

  int check() {
    using namespace Poco::Data::Keywords;
    int bad = 0;
    Poco::Data::Transaction tx(s_);
    try {
      s_ << "delete from malt where kilos < 0", now;
      s_ << "select count(*) from malt where name = ''", into(bad), now;
      tx.commit();
    } catch (const Poco::Exception& e) {
      trace(e.displayText().c_str());
      bad = -1;
    }
    return bad;
  }

private:
  Poco::Data::Session s_;
  std::vector<std::string> failures_;
};

bool bottle(QSqlDatabase db, int run, int count) {
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("insert into bottle(run) values(?)");
  for (int i = 0; i < count; ++i) {
    q.addBindValue(run);
    if (!q.exec()) {
      trace(qPrintable(q.lastError().text()));
      db.rollback();
      return false;
    }
  }
  return db.commit() || (db.rollback(), false);
}

void bottleFrom(QSqlDatabase db, const std::vector<std::string>& lines) {
  if (!db.transaction()) throw std::runtime_error("transaction");  // expect: session-missing-rollback
  QSqlQuery q(db);
  q.prepare("insert into measured(gravity) values(?)");
  bool good = true;
  for (const auto& l : lines) {
    q.addBindValue(parseGravity(l));
    good = good && q.exec();
  }
  if (!good || !db.commit()) db.rollback();
}

void bottleParsed(QSqlDatabase db, const std::vector<std::string>& lines) {
  std::vector<double> parsed;
  for (const auto& l : lines) parsed.push_back(parseGravity(l));
  if (!db.transaction()) throw std::runtime_error("transaction");
  QSqlQuery q(db);
  q.prepare("insert into measured(gravity) values(?)");
  bool good = true;
  for (double g : parsed) {
    q.addBindValue(g);
    good = good && q.exec();
  }
  if (good && db.commit()) return;
  db.rollback();
  throw std::runtime_error("measured");
}

void discount(sql::Connection& con, int customer, int percent) {
  con.setAutoCommit(false);
  try {
    std::unique_ptr<sql::PreparedStatement> ps(con.prepareStatement("update customer set discount = ? where id = ?"));
    ps->setInt(1, percent);
    ps->setInt(2, customer);
    ps->executeUpdate();
    con.commit();
  } catch (const sql::SQLException& e) {
    trace(e.what());
    con.rollback();
    con.setAutoCommit(true);
    throw;
  }
  con.setAutoCommit(true);
}

bool price(sql::Connection& con, int beer, int cents) {
  std::unique_ptr<sql::Statement> st(con.createStatement());
  st->execute("start transaction");
  try {
    st->executeUpdate("update beer set cents = " + std::to_string(cents) + " where id = " + std::to_string(beer));
    st->executeUpdate("insert into price_log(beer) values(" + std::to_string(beer) + ")");
    st->execute("commit");
  } catch (const sql::SQLException& e) {  // expect: session-missing-rollback
    std::fprintf(stderr, "price: %d\n", e.getErrorCode());
    return false;
  }
  return true;
}

void outer(soci::session& s, const std::vector<Recipe>& recipes) {
  s.begin();
  try {
    for (const auto& r : recipes) {
      try {
        s << "insert into recipe(id, name) values(:i, :n)", soci::use(r.id), soci::use(r.name);
      } catch (const soci::soci_error& e) {
        throw std::runtime_error(r.name + ": " + e.what());
      }
    }
    s.commit();
  } catch (...) {
    s.rollback();
    throw;
  }
}

int scratch(const std::string& file) {
  soci::session s("sqlite3", file);
  s.begin();
  int n = 0;
  s << "delete from scratch";
  s << "select count(*) from recipe", soci::into(n);
  s.commit();
  return n;
}

void rename(SQLite::Database& db, int recipe, const std::string& name) {
  SQLite::Transaction tx(db);
  try {
    SQLite::Statement st(db, "update recipe set name = ? where id = ?");
    st.bind(1, name);
    st.bind(2, recipe);
    if (st.exec() != 1) throw std::runtime_error("no such recipe");
  } catch (const SQLite::Exception& e) {
    throw std::runtime_error(std::string("rename: ") + e.getErrorStr());
  }
  tx.commit();
}

}
