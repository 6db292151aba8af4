// library: soci, libpqxx, sqlitecpp, poco, sqlite3, libpq, qtsql
#include <sqlite3.h>
#include <libpq-fe.h>
#include <pqxx/pqxx>
#include <soci/soci.h>
#include <soci/connection-pool.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Data/Statement.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace library {

struct Loan { int book = 0; int reader = 0; int days = 14; };
struct Paths { std::string catalogue, statistics; };

void jot(const char* what) noexcept { std::fprintf(stderr, "library: %s\n", what); }

void lend(soci::connection_pool& pool, const Loan& l) {
  {
    soci::session s(pool);
    soci::transaction tr(s);
    s << "update book set lent = 1 where id = :b", soci::use(l.book);
    tr.commit();
  }
  soci::session s(pool);  // expect: session-split-unit-of-work
  soci::transaction tr(s);
  s << "insert into loan(book, reader, days) values(:b, :r, :d)", soci::use(l.book), soci::use(l.reader), soci::use(l.days);
  tr.commit();
}

void giveBack(soci::connection_pool& pool, const Loan& l) {
  int fine = 0;
  {
    soci::session s(pool);
    s << "select fine from reader where id = :r", soci::use(l.reader), soci::into(fine);
  }
  if (fine > 0) jot("fine due");
  soci::session s(pool);
  soci::transaction tr(s);
  s << "update book set lent = 0 where id = :b", soci::use(l.book);
  s << "delete from loan where book = :b and reader = :r", soci::use(l.book), soci::use(l.reader);
  tr.commit();
}

bool order(Poco::Data::SessionPool& pool, int book, int copies) {
  using namespace Poco::Data::Keywords;
  Poco::Data::Session stock = pool.get();
  Poco::Data::Transaction tx(stock);
  stock << "update stock set ordered = ordered + ? where book = ?", use(copies), use(book), now;
  Poco::Data::Session money = pool.get();  // expect: session-split-unit-of-work
  money << "update budget set spent = spent + ? * 12", use(copies), now;
  tx.commit();
  return true;
}

std::size_t indexBooks(const Paths& p, const std::vector<std::string>& titles) {
  SQLite::Database catalogue(p.catalogue, SQLite::OPEN_READWRITE);
  SQLite::Database statistics(p.statistics, SQLite::OPEN_READWRITE);
  SQLite::Transaction tc(catalogue);
  SQLite::Transaction ts(statistics);
  SQLite::Statement add(catalogue, "insert into title(text) values(?)");
  for (const auto& t : titles) {
    add.bind(1, t);
    add.exec();
    add.reset();
  }
  SQLite::Statement count(statistics, "insert into run(titles) values(?)");
  count.bind(1, static_cast<int>(titles.size()));
  count.exec();
  tc.commit();
  ts.commit();
  return titles.size();
}

class Counter {
public:
  explicit Counter(soci::connection_pool& pool) : pool_(pool) {}

  void join(int reader, int branch) {
    soci::session s(pool_);
    soci::transaction tr(s);
    s << "insert into member(reader, branch) values(:r, :b)", soci::use(reader), soci::use(branch);
    bump(s, branch, 1);
    tr.commit();
  }

  void leave(int reader, int branch) {
    soci::session s(pool_);
    soci::transaction tr(s);
    s << "delete from member where reader = :r and branch = :b", soci::use(reader), soci::use(branch);
    soci::session other(pool_);  // expect: session-split-unit-of-work
    bump(other, branch, -1);
    tr.commit();
  }

  int members(int branch) const {
    soci::session s(pool_);
    int n = 0;
    s << "select members from branch where id = :b", soci::use(branch), soci::into(n);
    return n;
  }

private:
  static void bump(soci::session& s, int branch, int by) {
    s << "update branch set members = members + :n where id = :b", soci::use(by), soci::use(branch);
  }
  soci::connection_pool& pool_;
};

bool reserve(QSqlDatabase db, int book, int reader) {
  if (!db.transaction()) return false;
  QSqlQuery mark(db);
  mark.prepare("update book set reserved = 1 where id = ?");
  mark.addBindValue(book);
  QSqlQuery trail(QStringLiteral("insert into trail(what) values('reserve')"));  // expect: session-transaction-bypass
  QSqlQuery add(db);
  add.prepare("insert into reservation(book, reader) values(?, ?)");
  add.addBindValue(book);
  add.addBindValue(reader);
  if (mark.exec() && add.exec() && db.commit()) return true;
  db.rollback();
  return false;
}

bool unreserve(QSqlDatabase db, int book) {
  if (!db.transaction()) return false;
  QSqlQuery q = QSqlQuery(db);
  q.prepare("delete from reservation where book = ?");
  q.addBindValue(book);
  bool good = q.exec();
  if (good) {
    q = QSqlQuery(QString(), db);
    q.prepare("update book set reserved = 0 where id = ?");
    q.addBindValue(book);
    good = q.exec();
  }
  if (good && db.commit()) return true;
  db.rollback();
  return false;
}

bool stockTake(const QString& branch) {
  QSqlDatabase db = QSqlDatabase::database();
  if (!db.transaction()) return false;
  QSqlQuery q;
  q.prepare("update stock set counted = 1 where branch = ?");
  q.addBindValue(branch);
  if (!q.exec()) {
    db.rollback();
    return false;
  }
  if (db.commit()) return true;
  db.rollback();
  return false;
}

bool stockTakeWithAudit(QSqlDatabase stock, QSqlDatabase audit, const QString& branch) {
  if (!stock.transaction()) return false;
  QSqlQuery q(stock);
  q.prepare("update stock set counted = 1 where branch = ?");
  q.addBindValue(branch);
  const bool good = q.exec() && stock.commit();
  if (!good) stock.rollback();
  QSqlQuery a(audit);
  a.prepare("insert into attempt(branch, good) values(?, ?)");
  a.addBindValue(branch);
  a.addBindValue(good);
  return a.exec() && good;
}

void mergeReaders(pqxx::connection& c, int keep, int drop) {
  pqxx::work w(c);
  w.exec_params("update loan set reader = $1 where reader = $2", keep, drop);
  w.exec_params("delete from reader where id = $1", drop);
  w.commit();
}

void writeOff(const std::string& dsn, pqxx::connection& c, int book) {
  pqxx::work w(c);
  w.exec_params("delete from book where id = $1", book);
  pqxx::connection side(dsn);
  pqxx::work log(side);
  log.exec_params("insert into access_log(what) values($1)", "write off " + std::to_string(book));
  log.commit();
  w.commit();
}

void copyBooks(pqxx::connection& branch, pqxx::connection& central) {
  pqxx::read_transaction r(branch);
  pqxx::work w(central);
  for (const auto& row : r.exec("select id, title from book"))
    w.exec_params("insert into book(id, title) values($1, $2) on conflict do nothing", row[0].as<int>(), row[1].c_str());
  w.commit();
}

class Acquisition {
public:
  explicit Acquisition(Poco::Data::SessionPool& pool) : pool_(pool) {}

  void receive(int delivery, const std::vector<int>& books) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Session s = pool_.get();
    Poco::Data::Transaction tx(s);
    Poco::Data::Session again(s);
    for (int b : books) again << "insert into copy(book, delivery) values(?, ?)", use(b), use(delivery), now;
    s << "update delivery set received = 1 where id = ?", use(delivery), now;
    tx.commit();
  }

  void reject(int delivery, std::string reason) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Session s(pool_.get());
    Poco::Data::Transaction tx(s);
    s << "update delivery set rejected = 1 where id = ?", use(delivery), now;
    Poco::Data::Statement st(s);
    st << "insert into rejection(delivery, reason) values(?, ?)", use(delivery), use(reason);
    st.execute();
    tx.commit();
  }

  void pay(int delivery, int cents) {
    using namespace Poco::Data::Keywords;
    std::optional<Poco::Data::Session> s(pool_.get());
    *s << "insert into payment(delivery, cents) values(?, ?)", use(delivery), use(cents), now;
    s.reset();
    if (cents > 100000) jot("large payment");
    s.emplace(pool_.get());  // waits: session-split-unit-of-work
    *s << "update delivery set paid = 1 where id = ?", use(delivery), now;
  }

  void nightly(const std::vector<std::function<void(Poco::Data::Session&)>>& jobs) {
    for (const auto& job : jobs) {
      Poco::Data::Session s = pool_.get();
      Poco::Data::Transaction tx(s);
      job(s);
      tx.commit();
    }
  }

private:
  Poco::Data::SessionPool& pool_;
};

int renew(soci::connection_pool& pool, soci::session* given, int loan) {
  std::optional<soci::session> own;
  soci::session& s = given ? *given : own.emplace(pool);
  s << "update loan set days = days + 14 where id = :l", soci::use(loan);
  int days = 0;
  s << "select days from loan where id = :l", soci::use(loan), soci::into(days);
  return days;
}

void renewAll(soci::connection_pool& pool, const std::vector<int>& loans) {
  soci::session s(pool);
  soci::transaction tr(s);
  for (int l : loans) renew(pool, &s, l);
  const int n = static_cast<int>(loans.size());
  s << "insert into renewal_run(n) values(:n)", soci::use(n);
  tr.commit();
}

void discard(soci::session& main, soci::session& replica, int book, bool toReplica) {
  soci::session& target = toReplica ? replica : main;
  soci::transaction tr(target);
  target << "delete from copy where book = :b", soci::use(book);
  target << "delete from book where id = :b", soci::use(book);
  tr.commit();
}

bool relocate(sqlite3* db, sqlite3* scratch, int book, int shelf) {
  char q[160];
  if (sqlite3_exec(db, "begin immediate", nullptr, nullptr, nullptr) != SQLITE_OK) return false;
  std::snprintf(q, sizeof q, "insert into seen(book) values(%d)", book);
  sqlite3_exec(scratch, q, nullptr, nullptr, nullptr);
  std::snprintf(q, sizeof q, "update book set shelf = %d where id = %d", shelf, book);
  if (sqlite3_exec(db, q, nullptr, nullptr, nullptr) == SQLITE_OK &&
      sqlite3_exec(db, "commit", nullptr, nullptr, nullptr) == SQLITE_OK)
    return true;
  sqlite3_exec(db, "rollback", nullptr, nullptr, nullptr);
  return false;
}

bool retire(const QString& connection, int reader) {
  QSqlDatabase db = QSqlDatabase::database(connection);
  if (!db.transaction()) return false;
  QSqlQuery loans(db);
  loans.prepare("delete from loan where reader = ?");
  loans.addBindValue(reader);
  bool good = loans.exec();
  if (good) good = QSqlQuery().exec(QString("delete from reader where id = %1").arg(reader));  // expect: session-transaction-bypass
  if (good && db.commit()) return true;
  db.rollback();
  return false;
}

struct Cards {
  soci::connection_pool& pool;

  static void stamp(soci::connection_pool& p, int card) {
    soci::session s(p);
    s << "update card set stamped = stamped + 1 where id = :c", soci::use(card);
  }

  void renumber(int card, int to) {
    soci::session s(pool);
    soci::transaction tr(s);
    s << "update card set nr = :n where id = :c", soci::use(to), soci::use(card);
    s << "insert into card_history(card, nr) values(:c, :n)", soci::use(card), soci::use(to);
    tr.commit();
  }
};

}
