// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, mariadb, lmdb, qtsql
#include <sqlite3.h>
#include <libpq-fe.h>
#include <mariadb/mysql.h>
#include <lmdb.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Transaction.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace pottery {

struct Kiln { int id = 0; int degrees = 0; };

void grumble(const char* what) noexcept { std::fprintf(stderr, "pottery: %s\n", what); }

class QtTx {
public:
  explicit QtTx(QSqlDatabase db) : db_(db), active_(db_.transaction()) {}
  QtTx(QtTx&& o) noexcept : db_(o.db_), active_(std::exchange(o.active_, false)) {}
  ~QtTx() { if (active_) db_.rollback(); }
  explicit operator bool() const { return active_; }
  bool commit() {
    if (!active_ || !db_.commit()) return false;
    active_ = false;
    return true;
  }
  template <class F>
  bool run(F body) { return active_ && body(db_) && commit(); }
private:
  QSqlDatabase db_;
  bool active_;
};

class AutoCommit {
public:
  explicit AutoCommit(soci::session& s) : s_(s) { s_.begin(); }
  AutoCommit(const AutoCommit&) = delete;
  ~AutoCommit() { if (!dropped_) s_.commit(); }  // expect: session-commit-in-destructor
  void drop() { s_.rollback(); dropped_ = true; }
private:
  soci::session& s_;
  bool dropped_ = false;
};

class CarefulCommit {
public:
  explicit CarefulCommit(soci::session& s) : s_(s), depth_(std::uncaught_exceptions()) { s_.begin(); }
  CarefulCommit(const CarefulCommit&) = delete;
  ~CarefulCommit() {
    bool undo = std::uncaught_exceptions() > depth_;
    try {
      if (!undo) s_.commit();
    } catch (const std::exception& e) {
      grumble(e.what());
      undo = true;
    }
    try {
      if (undo) s_.rollback();
    } catch (const std::exception& e) {
      grumble(e.what());
    }
  }
private:
  soci::session& s_;
  int depth_;
};

class LiteUnit {
public:
  explicit LiteUnit(sqlite3* db) : db_(db), entered_(std::uncaught_exceptions()) {
    if (sqlite3_exec(db_, "begin", nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db_));
  }
  LiteUnit(const LiteUnit&) = delete;
  ~LiteUnit() {
    const char* last = std::uncaught_exceptions() > entered_ ? "rollback" : "commit";
    if (sqlite3_exec(db_, last, nullptr, nullptr, nullptr) != SQLITE_OK) {
      grumble(sqlite3_errmsg(db_));
      sqlite3_exec(db_, "rollback", nullptr, nullptr, nullptr);
    }
  }
private:
  sqlite3* db_;
  int entered_;
};

class PgBlock {
public:
  explicit PgBlock(PGconn* c) : c_(c) { send("begin"); }
  PgBlock(const PgBlock&) = delete;
  PgBlock& operator=(const PgBlock&) = delete;
  ~PgBlock() { send("commit"); }  // expect: session-commit-in-destructor
  void send(const std::string& q) {
    std::unique_ptr<PGresult, decltype(&PQclear)> r(PQexec(c_, q.c_str()), &PQclear);
    if (PQresultStatus(r.get()) == PGRES_FATAL_ERROR) grumble(PQerrorMessage(c_));
  }
private:
  PGconn* c_;
};

class Sheet {
public:
  explicit Sheet(const QString& connection) : db_(QSqlDatabase::database(connection)), open_(db_.transaction()) {}
  Sheet(const Sheet&) = delete;
  ~Sheet() { if (open_ && !db_.commit()) db_.rollback(); }  // expect: session-commit-in-destructor
  void line(int pot, const std::function<int(int)>& price) {
    QSqlQuery q(db_);
    q.prepare("insert into sheet(pot, cents) values(?, ?)");
    q.addBindValue(pot);
    q.addBindValue(price(pot));
    if (!q.exec()) throw std::runtime_error("sheet");
  }
private:
  QSqlDatabase db_;
  bool open_;
};

class PutBatch {
public:
  PutBatch(MDB_env* env, MDB_dbi dbi) : dbi_(dbi) {
    if (int rc = mdb_txn_begin(env, nullptr, 0, &txn_)) throw std::runtime_error(mdb_strerror(rc));
  }
  PutBatch(const PutBatch&) = delete;
  ~PutBatch() { mdb_txn_commit(txn_); }  // expect: session-commit-in-destructor
  void put(int key, const std::string& text) {
    MDB_val k{sizeof key, &key}, v{text.size(), const_cast<char*>(text.data())};
    if (int rc = mdb_put(txn_, dbi_, &k, &v, 0)) throw std::runtime_error(mdb_strerror(rc));
  }
private:
  MDB_txn* txn_ = nullptr;
  MDB_dbi dbi_;
};

class Glazes {
public:
  explicit Glazes(Poco::Data::Session& s) : s_(s) {}
  ~Glazes() {
    try {
      if (s_.isTransaction()) s_.rollback();
    } catch (const std::exception& e) {
      grumble(e.what());
    }
  }
  void open() { s_.begin(); }
  void mix(int a, int b) {
    using namespace Poco::Data::Keywords;
    s_ << "insert into glaze(a, b) values(?, ?)", use(a), use(b), now;
  }
  void commit() { s_.commit(); }
private:
  Poco::Data::Session& s_;
};

class Prices {
public:
  ~Prices() { commit(); }
  void set(int pot, int cents) { pending_[pot] = cents; }
  void commit() noexcept {
    for (const auto& [pot, cents] : pending_) std::printf("%d=%d\n", pot, cents);
    pending_.clear();
  }
private:
  std::map<int, int> pending_;
};

void fire(soci::session& s, const Kiln& k) {
  soci::transaction{s};  // expect: session-temporary-guard
  s << "update kiln set degrees = :d where id = :k", soci::use(k.degrees), soci::use(k.id);
  s << "insert into firing(kiln) values(:k)", soci::use(k.id);
}

void fireCarefully(soci::session& s, const Kiln& k) {
  CarefulCommit _(s);
  s << "update kiln set degrees = :d where id = :k", soci::use(k.degrees), soci::use(k.id);
  s << "insert into firing(kiln) values(:k)", soci::use(k.id);
}

void cool(SQLite::Database& db, int kiln) {
  auto&& tx = SQLite::Transaction{db};
  SQLite::Statement st(db, "update kiln set degrees = 20 where id = ?");
  st.bind(1, kiln);
  st.exec();
  tx.commit();
}

void coolAll(SQLite::Database& db) {
  static_cast<void>(std::make_unique<SQLite::Transaction>(db));  // expect: session-temporary-guard
  db.exec("update kiln set degrees = 20");
  db.exec("delete from firing where done = 1");
}

int pots(pqxx::connection& c, int kiln) {
  return pqxx::work(c).exec_params1("select count(*) from pot where kiln = $1", kiln)[0].as<int>();
}

void breakPot(pqxx::connection& c, int pot) {
  pqxx::work{c}.exec_params("update pot set broken = true where id = $1", pot);  // expect: session-temporary-guard
}

void analyse(pqxx::connection& c) {
  pqxx::nontransaction{c}.exec("vacuum analyze pot");
}

bool sell(QSqlDatabase db, int pot) {
  return QtTx{db}.run([pot](QSqlDatabase& d) {
    QSqlQuery q(d);
    q.prepare("update pot set sold = 1 where id = ?");
    q.addBindValue(pot);
    return q.exec() && QSqlQuery(d).exec("update till set sales = sales + 1");
  });
}

bool refund(QSqlDatabase db, int pot) {
  if (QtTx tx{db}; tx) {
    QSqlQuery q(db);
    q.prepare("update pot set sold = 0 where id = ?");
    q.addBindValue(pot);
    return q.exec() && tx.commit();
  }
  return false;
}

QtTx sale(QSqlDatabase db) { return QtTx{db}; }

bool clearance(QSqlDatabase db, int percent) {
  if (percent <= 0) return false;
  sale(db);  // expect: session-temporary-guard
  QSqlQuery q(db);
  q.prepare("update pot set price = price * ? / 100");
  q.addBindValue(100 - percent);
  return q.exec() && QSqlQuery(db).exec("update till set clearance = 1");
}

bool clearanceKept(QSqlDatabase db, int percent) {
  const auto cut = [percent](QtTx tx, QSqlDatabase d) {
    QSqlQuery q(d);
    q.prepare("update pot set price = price * ? / 100");
    q.addBindValue(100 - percent);
    return tx && q.exec() && tx.commit();
  };
  return cut(QtTx{db}, db);
}

void trim(sqlite3* db, int pot) {
  const LiteUnit& unit = LiteUnit(db);
  const std::string q = "update pot set trimmed = 1 where id = " + std::to_string(pot);
  if (sqlite3_exec(db, q.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error("trim");
  static_cast<void>(unit);
}

void glaze(sqlite3* db, int pot, int glazeId) {
  if (pot > 0) LiteUnit{db};  // expect: session-temporary-guard
  const std::string id = std::to_string(pot);
  for (const std::string& q : {"delete from coat where pot = " + id, "insert into coat values(" + id + "," + std::to_string(glazeId) + ")"})
    if (sqlite3_exec(db, q.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
}

class Studio {
public:
  explicit Studio(Poco::Data::Session& s) : s_(s) {}

  void rent(int wheel, std::string who) {
    using namespace Poco::Data::Keywords;
    std::optional<Poco::Data::Transaction> tx;
    tx.emplace(s_);
    s_ << "update wheel set tenant = ? where id = ?", use(who), use(wheel), now;
    tx->commit();
  }

  void clean(int wheel) {
    using namespace Poco::Data::Keywords;
    auto body = [wheel](Poco::Data::Session& s) mutable {
      s << "update wheel set clean = 1 where id = ?", use(wheel), now;
      s << "insert into cleaning(wheel) values(?)", use(wheel), now;
    };
    Poco::Data::Transaction(s_, body);
  }

  void evict(int wheel) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Transaction{s_, true};  // expect: session-temporary-guard
    s_ << "update wheel set tenant = null where id = ?", use(wheel), now;
    s_ << "insert into eviction(wheel) values(?)", use(wheel), now;
  }

private:
  Poco::Data::Session& s_;
};

class MyUnit {
public:
  explicit MyUnit(MYSQL* my) : my_(my) { mysql_autocommit(my_, 0); }
  MyUnit(const MyUnit&) = delete;
  ~MyUnit() {
    if (failed_) mysql_rollback(my_);
    else mysql_commit(my_);  // expect: session-commit-in-destructor
    mysql_autocommit(my_, 1);
  }
  void run(const std::string& q) {
    if (mysql_query(my_, q.c_str()) == 0) return;
    failed_ = true;
    throw std::runtime_error(mysql_error(my_));
  }
private:
  MYSQL* my_;
  bool failed_ = false;
};

std::unique_ptr<pqxx::work> exhibition(pqxx::connection& c, const std::string& title) {
  auto w = std::make_unique<pqxx::work>(c);
  w->exec_params("insert into exhibition(title) values($1)", title);
  return w;
}

void exhibit(pqxx::connection& c, const std::string& title, const std::vector<int>& pots) {
  const auto w = exhibition(c, title);
  for (int p : pots) w->exec_params("update pot set shown = $2 where id = $1", p, title);
  w->commit();
}

}
