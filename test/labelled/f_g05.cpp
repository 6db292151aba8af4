// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, mariadb, qtsql
#include <sqlite3.h>
#include <libpq-fe.h>
#include <mariadb/mysql.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Transaction.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlError>
#include <QVariant>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace auction {

struct Bid { int lot = 0; int bidder = 0; long cents = 0; };
struct Batch { std::vector<Bid> bids; std::string source; bool replace = false; };

void note(const std::string& text) noexcept { std::fprintf(stderr, "%s\n", text.c_str()); }

class SqlFailed : public std::runtime_error { using std::runtime_error::runtime_error; };

void run(sqlite3* db, const char* q) {
  char* msg = nullptr;
  if (sqlite3_exec(db, q, nullptr, nullptr, &msg) == SQLITE_OK) return;
  std::string text = msg ? msg : "?";
  sqlite3_free(msg);
  throw SqlFailed(text);
}

class Unit {
public:
  explicit Unit(sqlite3* db) : db_(db) { run(db_, "begin immediate"); }
  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;
  ~Unit() { if (!done_) sqlite3_exec(db_, "rollback", nullptr, nullptr, nullptr); }
  void commit() { run(db_, "commit"); done_ = true; }
private:
  sqlite3* db_;
  bool done_ = false;
};

void settle(sqlite3* db, int lot) {
  Unit first(db);
  run(db, ("update lot set sold = 1 where id = " + std::to_string(lot)).c_str());
  first.commit();
  note("lot closed");
  Unit second(db);
  run(db, ("insert into invoice(lot) values(" + std::to_string(lot) + ")").c_str());
  second.commit();  // expect: session-multiple-commits
}

void settleOnce(sqlite3* db, int lot, bool invoiceNow) {
  Unit unit(db);
  run(db, ("update lot set sold = 1 where id = " + std::to_string(lot)).c_str());
  if (!invoiceNow) {
    run(db, ("insert into later(lot) values(" + std::to_string(lot) + ")").c_str());
    unit.commit();
    return;
  }
  run(db, ("insert into invoice(lot) values(" + std::to_string(lot) + ")").c_str());
  unit.commit();
}

void placeBid(soci::session& s, const Bid& b) {
  auto tr = std::make_unique<soci::transaction>(s);
  s << "insert into bid(lot, bidder, cents) values(:l, :b, :c)", soci::use(b.lot), soci::use(b.bidder), soci::use(b.cents);
  tr->commit();
  tr = std::make_unique<soci::transaction>(s);
  s << "update lot set best = :c where id = :l", soci::use(b.cents), soci::use(b.lot);
  tr->commit();  // expect: session-multiple-commits
}

void placeOrQueue(soci::session& s, const Bid& b, bool open) {
  if (open) {
    soci::transaction tr(s);
    s << "insert into bid(lot, bidder, cents) values(:l, :b, :c)", soci::use(b.lot), soci::use(b.bidder), soci::use(b.cents);
    tr.commit();
  } else {
    soci::transaction tr(s);
    s << "insert into queued(lot, cents) values(:l, :c)", soci::use(b.lot), soci::use(b.cents);
    tr.commit();
  }
}

std::size_t loadBids(SQLite::Database& db, const Batch& batch) {
  std::size_t loaded = 0;
  for (std::size_t from = 0; from < batch.bids.size(); from += 200) {
    SQLite::Transaction tx(db);
    SQLite::Statement st(db, "insert into bid(lot, bidder, cents) values(?,?,?)");
    for (std::size_t i = from; i < std::min(from + 200, batch.bids.size()); ++i) {
      const Bid& b = batch.bids[i];
      st.bind(1, b.lot);
      st.bind(2, b.bidder);
      st.bind(3, static_cast<int64_t>(b.cents));
      st.exec();
      st.reset();
      ++loaded;
    }
    tx.commit();
  }
  return loaded;
}

int importTolerant(SQLite::Database& db, const Batch& batch) {
  SQLite::Transaction tx(db);
  int bad = 0;
  for (const Bid& b : batch.bids) {
    try {
      SQLite::Savepoint sp(db, "one_bid");
      SQLite::Statement st(db, "insert into bid(lot, bidder) values(?,?)");
      st.bind(1, b.lot);
      st.bind(2, b.bidder);
      st.exec();
      sp.release();
    } catch (const SQLite::Exception& e) {
      ++bad;
      note(e.what());
    }
  }
  tx.commit();
  return bad;
}

int lotFor(pqxx::connection& c, const std::string& title, int seller) {
  pqxx::work w(c);
  {
    pqxx::subtransaction sub(w, "seller");
    sub.exec_params("insert into seller(id) values($1) on conflict do nothing", seller);
    sub.commit();
  }
  const auto row = w.exec_params1("insert into lot(title, seller) values($1, $2) returning id", title, seller);
  w.commit();
  return row[0].as<int>();
}

int newLot(pqxx::connection& c, const std::string& title, const std::vector<std::string>& photos) {
  int id = 0;
  {
    pqxx::work w(c);
    id = w.exec_params1("insert into lot(title) values($1) returning id", title)[0].as<int>();
    w.commit();
  }
  pqxx::work w(c);
  for (const auto& p : photos) w.exec_params("insert into photo(lot, file) values($1, $2)", id, p);
  w.commit();  // expect: session-multiple-commits
  return id;
}

void mirror(pqxx::connection& primary, pqxx::connection& report, int lot) {
  pqxx::work p(primary);
  const auto row = p.exec_params1("update lot set closed = true where id = $1 returning best", lot);
  p.commit();
  pqxx::work r(report);
  r.exec_params("insert into closed(lot, best) values($1, $2)", lot, row[0].as<long>());
  r.commit();
}

bool raiseBid(pqxx::connection& c, const Bid& b) {
  for (int attempt = 1;; ++attempt) {
    try {
      pqxx::work w(c);
      w.exec_params("update lot set best = greatest(best, $2) where id = $1", b.lot, b.cents);
      w.exec_params("insert into bid(lot, bidder, cents) values($1, $2, $3)", b.lot, b.bidder, b.cents);
      w.commit();
      return true;
    } catch (const pqxx::serialization_failure&) {
      if (attempt == 4) return false;
    }
  }
}

void saveBuyer(Poco::Data::Session& s, int id, std::string name, std::string street) {
  using namespace Poco::Data::Keywords;
  Poco::Data::Transaction tx(s);
  s << "update buyer set name = ? where id = ?", use(name), use(id), now;
  s << "update address set street = ? where buyer = ?", use(street), use(id), now;
  tx.commit();
}

void mergeBuyers(Poco::Data::Session& s, int keep, int drop) {
  using namespace Poco::Data::Keywords;
  auto each = [&](const char* table) {
    Poco::Data::Transaction tx(s);
    s << std::string("update ") + table + " set buyer = ? where buyer = ?", use(keep), use(drop), now;
    tx.commit();
  };
  each("bid");
  Poco::Data::Transaction tx(s);
  s << "delete from buyer where id = ?", use(drop), now;
  tx.commit();  // expect: session-multiple-commits
}

class Form {
public:
  void edit(const std::string& k, const std::string& v) { pending_[k] = v; }
  void commit() { saved_.merge(pending_); pending_.clear(); }
  const std::map<std::string, std::string>& values() const { return saved_; }
private:
  std::map<std::string, std::string> pending_, saved_;
};

bool saveForm(QSqlDatabase db, Form& header, Form& lines) {
  header.commit();
  lines.commit();
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("insert into form(k, v) values(?, ?)");
  for (const auto* f : {&header, &lines})
    for (const auto& [k, v] : f->values()) {
      q.addBindValue(QString::fromStdString(k));
      q.addBindValue(QString::fromStdString(v));
      if (!q.exec()) {
        db.rollback();
        return false;
      }
    }
  if (!db.commit()) {
    db.rollback();
    return false;
  }
  return true;
}

bool transferLot(QSqlDatabase db, int lot, int seller) {
  if (!db.transaction()) return false;
  QSqlQuery take(db), give(db);
  take.prepare("update lot set seller = null where id = ?");
  take.addBindValue(lot);
  if (!take.exec() || !db.commit()) { db.rollback(); return false; }
  if (!db.transaction()) return false;
  give.prepare("update lot set seller = ? where id = ?");
  give.addBindValue(seller);
  give.addBindValue(lot);
  if (!give.exec()) { db.rollback(); return false; }
  if (db.commit()) return true;  // expect: session-multiple-commits
  db.rollback();
  return false;
}

bool pruneBids(QSqlDatabase db, const std::vector<int>& lots) {
  if (!db.transaction()) return false;
  int n = 0;
  for (int lot : lots) {
    QSqlQuery q(db);
    q.prepare("delete from bid where lot = ?");
    q.addBindValue(lot);
    if (!q.exec()) { db.rollback(); return false; }
    if (++n % 500 == 0) {
      if (!db.commit()) { db.rollback(); return false; }
      if (!db.transaction()) return false;
    }
  }
  if (!db.commit()) { db.rollback(); return false; }
  return true;
}

bool exec(MYSQL* my, const std::string& q) {
  if (mysql_query(my, q.c_str()) == 0) return true;
  note(mysql_error(my));
  return false;
}

bool closeAuction(MYSQL* my, int auction) {
  const std::string id = std::to_string(auction);
  if (!exec(my, "start transaction")) return false;
  if (!exec(my, "update auction set open = 0 where id = " + id) || !exec(my, "commit")) {
    mysql_rollback(my);
    return false;
  }
  if (!exec(my, "start transaction")) return false;
  if (!exec(my, "insert into payout select * from winner where auction = " + id)) {
    mysql_rollback(my);
    return false;
  }
  if (exec(my, "commit")) return true;  // expect: session-multiple-commits
  mysql_rollback(my);
  return false;
}

bool reopenAuction(MYSQL* my, int auction, bool keepWinners) {
  const std::string id = std::to_string(auction);
  if (!exec(my, "start transaction")) return false;
  bool good = exec(my, "update auction set open = 1 where id = " + id);
  if (good && !keepWinners) good = exec(my, "delete from winner where auction = " + id);
  if (good && mysql_commit(my) == 0) return true;
  mysql_rollback(my);
  return false;
}

class Ledger {
public:
  explicit Ledger(std::unique_ptr<soci::session> s) : s_(std::move(s)) {}

  void charge(int buyer, long cents) {
    soci::transaction tr(*s_);
    *s_ << "update account set cents = cents - :c where buyer = :b", soci::use(cents), soci::use(buyer);
    journal("charge", buyer);
    tr.commit();
  }

  void refund(int buyer, long cents) {
    soci::transaction tr(*s_);
    *s_ << "update account set cents = cents + :c where buyer = :b", soci::use(cents), soci::use(buyer);
    tr.commit();
    journalDurably("refund", buyer);  // expect: session-multiple-commits
  }

  bool dryRunThenCharge(int buyer, long cents) {
    long left = 0;
    {
      soci::transaction probe(*s_);
      *s_ << "update account set cents = cents - :c where buyer = :b", soci::use(cents), soci::use(buyer);
      *s_ << "select cents from account where buyer = :b", soci::use(buyer), soci::into(left);
      probe.rollback();
    }
    if (left < 0) return false;
    charge(buyer, cents);
    return true;
  }

private:
  void journal(const std::string& what, int buyer) {
    *s_ << "insert into journal(what, buyer) values(:w, :b)", soci::use(what), soci::use(buyer);
  }
  void journalDurably(const std::string& what, int buyer) {
    soci::transaction tr(*s_);
    journal(what, buyer);
    tr.commit();
  }
  std::unique_ptr<soci::session> s_;
};

enum class Phase { open, closing, paid };

void advance(PGconn* c, int lot, Phase p) {
  auto query = [c](const std::string& q) {
    std::unique_ptr<PGresult, decltype(&PQclear)> r(PQexec(c, q.c_str()), &PQclear);
    const auto st = PQresultStatus(r.get());
    return st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK;
  };
  if (!query("begin")) return;
  bool good = false;
  switch (p) {
    case Phase::open:
      good = query("update lot set phase = 1 where id = " + std::to_string(lot)) && query("commit");
      break;
    case Phase::closing:
      good = query("update lot set phase = 2 where id = " + std::to_string(lot)) && query("commit");
      break;
    case Phase::paid:
      good = query("delete from lot where id = " + std::to_string(lot)) && query("commit");
      break;
  }
  if (!good) query("rollback");
}

}
