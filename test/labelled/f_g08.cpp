// library: soci, libpqxx, sqlitecpp, poco, sqlite3, mariadb, mysqlcppconn, qtsql
#include <sqlite3.h>
#include <mariadb/mysql.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Transaction.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <mysql_connection.h>
#include <cppconn/exception.h>
#include <cppconn/statement.h>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace ferry {

struct Passage { int id = 0; int cars = 0; std::string weight; };
struct Rules { bool strict = true; int maxBad = 10; };

void warn(const char* what) noexcept { std::fprintf(stderr, "ferry: %s\n", what); }

void charge(soci::session& s, int account, int cents) {
  s << "update account set cents = cents - :c where id = :a", soci::use(cents), soci::use(account);
  int left = 0;
  s << "select cents from account where id = :a", soci::use(account), soci::into(left);
  if (left < 0) throw std::domain_error("account overdrawn");
}

void board(soci::session& s, const Passage& p, int account) {
  soci::transaction tr(s);
  s << "insert into passage(id, cars) values(:i, :c)", soci::use(p.id), soci::use(p.cars);
  try {
    charge(s, account, 1250 * p.cars);
    s << "insert into receipt(passage) values(:i)", soci::use(p.id);
  } catch (const std::domain_error& e) {  // expect: session-swallow-and-commit
    warn(e.what());
  }
  tr.commit();
}

bool boardChecked(soci::session& s, const Passage& p, int account) {
  soci::transaction tr(s);
  s << "insert into passage(id, cars) values(:i, :c)", soci::use(p.id), soci::use(p.cars);
  try {
    charge(s, account, 1250 * p.cars);
  } catch (const std::domain_error& e) {
    warn(e.what());
    tr.rollback();
    return false;
  }
  tr.commit();
  return true;
}

bool boardQuietly(soci::session& s, const Passage& p, int account) {
  try {
    soci::transaction tr(s);
    s << "insert into passage(id, cars) values(:i, :c)", soci::use(p.id), soci::use(p.cars);
    charge(s, account, 1250 * p.cars);
    tr.commit();
  } catch (const std::domain_error& e) {
    warn(e.what());
    return false;
  }
  return true;
}

int weigh(soci::session& s, const std::vector<Passage>& all) {
  soci::transaction tr(s);
  int skipped = 0;
  for (const auto& p : all) {
    int kilos = 0;
    try {
      kilos = std::stoi(p.weight);
    } catch (const std::logic_error&) {
      ++skipped;
      continue;
    }
    s << "update passage set kilos = :k where id = :i", soci::use(kilos), soci::use(p.id);
  }
  tr.commit();
  return skipped;
}

int unload(SQLite::Database& db, const std::vector<Passage>& all) {
  SQLite::Transaction tx(db);
  int lost = 0;
  SQLite::Statement gone(db, "delete from deck where passage = ?");
  SQLite::Statement log(db, "insert into unloaded(passage, cars) values(?, ?)");
  for (const auto& p : all) {
    try {
      gone.reset();
      gone.bind(1, p.id);
      gone.exec();
      log.reset();
      log.bind(1, p.id);
      log.bind(2, p.cars);
      log.exec();
    } catch (const SQLite::Exception& e) {  // expect: session-swallow-and-commit
      ++lost;
      warn(e.getErrorStr());
    }
  }
  tx.commit();
  return lost;
}

int unloadEach(SQLite::Database& db, const std::vector<Passage>& all) {
  int lost = 0;
  for (const auto& p : all) {
    try {
      SQLite::Transaction tx(db);
      SQLite::Statement gone(db, "delete from deck where passage = ?");
      gone.bind(1, p.id);
      gone.exec();
      SQLite::Statement log(db, "insert into unloaded(passage) values(?)");
      log.bind(1, p.id);
      log.exec();
      tx.commit();
    } catch (const SQLite::Exception& e) {
      ++lost;
      warn(e.getErrorStr());
    }
  }
  return lost;
}

int unloadMarked(SQLite::Database& db, const std::vector<Passage>& all, const Rules& rules) {
  SQLite::Transaction tx(db);
  int bad = 0;
  for (const auto& p : all) {
    try {
      SQLite::Savepoint mark(db, "passage");
      SQLite::Statement gone(db, "delete from deck where passage = ?");
      gone.bind(1, p.id);
      if (gone.exec() == 0) throw std::out_of_range("not on deck");
      SQLite::Statement log(db, "insert into unloaded(passage) values(?)");
      log.bind(1, p.id);
      log.exec();
      mark.release();
    } catch (const std::exception& e) {
      warn(e.what());
      if (++bad > rules.maxBad) throw;
    }
  }
  tx.commit();
  return bad;
}

void cancel(pqxx::connection& c, int id) {
  pqxx::work w(c);
  w.exec_params("delete from passage where id = $1", id);
  try {
    pqxx::subtransaction sub(w, "refund");
    sub.exec_params("insert into refund(passage) values($1)", id);
    sub.exec_params("update account set refunds = refunds + 1 where id = (select account from owner where passage = $1)", id);
    sub.commit();
  } catch (const pqxx::sql_error& e) {
    warn(e.what());
    w.exec_params("insert into manual_refund(passage) values($1)", id);
  }
  w.commit();
}

class RateTable {
public:
  virtual ~RateTable() = default;
  virtual int lookup(pqxx::transaction_base& t, int passage) = 0;
};

void bill(pqxx::connection& c, RateTable& rates, const std::vector<int>& passages) {
  pqxx::work w(c);
  for (int p : passages) {
    try {
      w.exec_params("update passage set billed = true where id = $1", p);
      const int cents = rates.lookup(w, p);
      if (cents <= 0) throw std::invalid_argument("no rate");
      w.exec_params("insert into bill(passage, cents) values($1, $2)", p, cents);
    } catch (const std::invalid_argument& e) {  // expect: session-swallow-and-commit
      std::fprintf(stderr, "passage %d: %s\n", p, e.what());
      continue;
    }
  }
  w.commit();
}

void billAll(pqxx::connection& c, RateTable& rates, const std::vector<int>& passages) {
  pqxx::work w(c);
  std::exception_ptr first;
  for (int p : passages) {
    try {
      const int cents = rates.lookup(w, p);
      w.exec_params("insert into bill(passage, cents) values($1, $2)", p, cents);
    } catch (const std::exception&) {
      first = std::current_exception();
      break;
    }
  }
  if (first) std::rethrow_exception(first);
  w.commit();
}

void announce(pqxx::connection& c, int id, const std::function<void(int)>& publish) {
  pqxx::work w(c);
  w.exec_params("update passage set announced = true where id = $1", id);
  w.commit();
  try {
    publish(id);
  } catch (const std::exception& e) {
    warn(e.what());
  }
}

bool assignDeck(Poco::Data::Session& s, int passage, int deck) {
  using namespace Poco::Data::Keywords;
  Poco::Data::Transaction tx(s);
  bool good = true;
  try {
    s << "delete from deck where passage = ?", use(passage), now;
    s << "insert into deck(passage, nr) values(?, ?)", use(passage), use(deck), now;
  } catch (const Poco::Exception& e) {
    warn(e.displayText().c_str());
    good = false;
  }
  if (good)
    tx.commit();
  else
    tx.rollback();
  return good;
}

bool swapDecks(Poco::Data::Session& s, int a, int b) {
  using namespace Poco::Data::Keywords;
  Poco::Data::Transaction tx(s);
  std::string problem;
  try {
    s << "update deck set nr = -1 where nr = ?", use(a), now;
    s << "update deck set nr = ? where nr = ?", use(a), use(b), now;
    s << "update deck set nr = ? where nr = -1", use(b), now;
  } catch (Poco::Exception& e) {  // expect: session-swallow-and-commit
    problem = e.displayText();
  }
  tx.commit();
  if (!problem.empty()) warn(problem.c_str());
  return problem.empty();
}

class Sailing {
public:
  explicit Sailing(sql::Connection& con) : con_(con) { con_.setAutoCommit(false); }

  int depart(int ferry) {
    std::unique_ptr<sql::Statement> st(con_.createStatement());
    try {
      st->executeUpdate("update ferry set at_sea = 1 where id = " + std::to_string(ferry));
      st->executeUpdate("insert into sailing(ferry) values(" + std::to_string(ferry) + ")");
      con_.commit();
      return 0;
    } catch (const sql::SQLException& e) {
      con_.rollback();
      return e.getErrorCode();
    }
  }

  int arrive(int ferry) {
    std::unique_ptr<sql::Statement> st(con_.createStatement());
    int code = 0;
    try {
      st->executeUpdate("update ferry set at_sea = 0 where id = " + std::to_string(ferry));
      st->executeUpdate("update sailing set arrived = now() where arrived is null and ferry = " + std::to_string(ferry));
      st->executeUpdate("insert into harbour_fee(ferry) values(" + std::to_string(ferry) + ")");
    } catch (const sql::SQLException& e) {  // expect: session-swallow-and-commit
      code = e.getErrorCode();
    }
    con_.commit();
    return code;
  }

private:
  sql::Connection& con_;
};

class Tx {
public:
  explicit Tx(sqlite3* db) : db_(db) { step("begin"); }
  Tx(const Tx&) = delete;
  ~Tx() { if (open_) sqlite3_exec(db_, "rollback", nullptr, nullptr, nullptr); }
  void step(const std::string& q) {
    if (sqlite3_exec(db_, q.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db_));
  }
  void commit() { step("commit"); open_ = false; }
private:
  sqlite3* db_;
  bool open_ = true;
};

void tide(sqlite3* db, const std::vector<int>& levels) {
  Tx tx(db);
  tx.step("delete from tide");
  for (int l : levels) {
    try {
      tx.step("insert into tide(level) values(" + std::to_string(l) + ")");
    } catch (const std::runtime_error& e) {
      throw std::runtime_error("level " + std::to_string(l) + ": " + e.what());
    }
  }
  tx.commit();
}

void moveMoorings(sqlite3* db, int from, int to) {
  Tx tx(db);
  try {
    tx.step("update mooring set berth = " + std::to_string(to) + " where berth = " + std::to_string(from));
    tx.step("update berth set used = 0 where id = " + std::to_string(from));
    tx.step("update berth set used = 1 where id = " + std::to_string(to));
  } catch (...) {  // expect: session-swallow-and-commit
    warn("moorings");
  }
  tx.commit();
}

bool berthFree(sqlite3* db, int berth, const std::function<int(const std::string&)>& harbourMaster) {
  Tx tx(db);
  std::optional<int> answer;
  try {
    answer = harbourMaster("berth " + std::to_string(berth));
  } catch (const std::exception& e) {
    warn(e.what());
  }
  tx.step("insert into asked(berth, answered) values(" + std::to_string(berth) + ", " + (answer ? "1" : "0") + ")");
  tx.commit();
  return answer.value_or(0) != 0;
}

int manifest(QSqlDatabase db, const std::vector<Passage>& all) {
  if (!db.transaction()) return -1;
  int written = 0;
  bool good = true;
  for (const auto& p : all) {
    int kilos = 0;
    try {
      kilos = std::stoi(p.weight);
    } catch (const std::invalid_argument&) {
      kilos = 75;
    } catch (const std::out_of_range&) {
      good = false;
      break;
    }
    QSqlQuery q(db);
    q.prepare("insert into manifest(passage, kilos) values(?, ?)");
    q.addBindValue(p.id);
    q.addBindValue(kilos);
    good = q.exec();
    if (!good) break;
    ++written;
  }
  if (good && db.commit()) return written;
  db.rollback();
  return -1;
}

template <class Body>
bool transacted(soci::connection_pool& pool, Body body) {
  soci::session s(pool);
  soci::transaction tr(s);
  try {
    body(s);
  } catch (const soci::soci_error& e) {
    warn(e.what());
    return false;
  }
  tr.commit();
  return true;
}

bool closeHarbour(soci::connection_pool& pool, int harbour) {
  return transacted(pool, [harbour](soci::session& s) {
    s << "update harbour set open = 0 where id = :h", soci::use(harbour);
    s << "delete from berth_plan where harbour = :h", soci::use(harbour);
  });
}

}
