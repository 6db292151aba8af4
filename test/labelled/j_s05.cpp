// library: poco, qtsql
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Exception.h>

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

#include <cstdio>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace library_desk {

using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using namespace Poco::Data::Keywords;

struct Loan {
  int book = 0;
  int member = 0;
};

enum class Verdict { lent, gone, blocked, broken };

void report(const char* what) noexcept { std::fprintf(stderr, "desk: %s\n", what); }

bool exec(QSqlQuery& q, const char* where) {
  if (q.exec()) return true;
  report(where);
  return false;
}

class QtScope {
 public:
  explicit QtScope(QSqlDatabase db) : db_(std::move(db)), open_(db_.transaction()) {}
  QtScope(const QtScope&) = delete;
  QtScope& operator=(const QtScope&) = delete;
  ~QtScope() {
    if (open_) db_.rollback();
  }
  bool ready() const { return open_; }
  bool finish() {
    if (!open_ || !db_.commit()) return false;
    open_ = false;
    return true;
  }

 private:
  QSqlDatabase db_;
  bool open_;
};

Verdict lend(QSqlDatabase db, const Loan& loan) {
  QtScope scope(db);
  if (!scope.ready()) return Verdict::broken;
  QSqlQuery q(db);
  q.prepare("update book set out = 1 where id = ? and out = 0");
  q.addBindValue(loan.book);
  if (!exec(q, "lend")) return Verdict::broken;
  if (q.numRowsAffected() == 0) return Verdict::gone;
  q.prepare("insert into loan(book, member) values(?, ?)");
  q.addBindValue(loan.book);
  q.addBindValue(loan.member);
  if (!exec(q, "loan")) return Verdict::broken;
  return scope.finish() ? Verdict::lent : Verdict::broken;
}

Verdict take_back(QSqlDatabase db, const Loan& loan) {
  if (!db.transaction()) return Verdict::broken;  // expect: session-unfinished-transaction
  QSqlQuery q(db);
  q.prepare("delete from loan where book = ? and member = ?");
  q.addBindValue(loan.book);
  q.addBindValue(loan.member);
  if (!exec(q, "take back")) {
    db.rollback();
    return Verdict::broken;
  }
  if (q.numRowsAffected() != 1) return Verdict::gone;
  q.prepare("update book set out = 0 where id = ?");
  q.addBindValue(loan.book);
  const bool ok = exec(q, "shelf") && db.commit();
  if (!ok) db.rollback();
  return ok ? Verdict::lent : Verdict::broken;
}

bool block_member(int member, const QString& reason) {
  QSqlDatabase db = QSqlDatabase::database("desk");
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("update member set blocked = 1 where id = ?");
  q.addBindValue(member);
  bool ok = exec(q, "block");
  const QString text = QString("insert into block_reason(member, reason) values(%1, '%2')").arg(member).arg(QString(reason).replace("'", "''"));
  QSqlQuery why(text);  // expect: session-transaction-bypass
  ok = ok && why.lastError().type() == QSqlError::NoError;
  if (ok && db.commit()) return true;
  db.rollback();
  return false;
}

bool unblock_member(QSqlDatabase db, int member) {
  if (!db.transaction()) return false;
  bool ok = QSqlQuery(db).exec(QString("update member set blocked = 0 where id = %1").arg(member));
  ok = ok && QSqlQuery(db).exec(QString("delete from block_reason where member = %1").arg(member));
  if (ok && db.commit()) return true;
  db.rollback();
  return false;
}

QStringList overdue(const QString& file) {
  const QString name = QStringLiteral("overdue");
  QStringList out;
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
    db.setDatabaseName(file);
    if (db.open()) {
      QSqlQuery q("select title from book where out > 30", db);
      while (q.next()) out << q.value(0).toString();
    } else {
      report("cannot open");
    }
  }
  QSqlDatabase::removeDatabase(name);
  return out;
}

int count_books(QSqlDatabase& db) {
  QSqlQuery q(db);
  if (!q.exec("select count(*) from book")) return -1;
  db.close();
  if (q.next()) return q.value(0).toInt();  // expect: session-use-after-scope
  return 0;
}

bool stocktake(QSqlDatabase db, const QVector<int>& shelves) {
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("update shelf set counted = counted + 1 where id = ?");
  for (int id : shelves) {
    q.bindValue(0, id);
    if (!exec(q, "shelf")) {
      db.rollback();
      break;
    }
  }
  q.finish();
  return db.commit();  // expect: session-double-end
}

bool merge_members(QSqlDatabase db, const QVector<QPair<int, int>>& pairs) {
  if (!db.transaction()) return false;
  for (const auto& p : pairs) {
    if (!db.transaction()) {  // expect: session-nested-begin
      report("merge");
    }
    QSqlQuery q(db);
    q.prepare("update loan set member = ? where member = ?");
    q.addBindValue(p.second);
    q.addBindValue(p.first);
    if (!exec(q, "merge")) {
      db.rollback();
      return false;
    }
  }
  if (db.commit()) return true;
  db.rollback();
  return false;
}

void index_in_background(QSqlDatabase db, const QString& text) {
  std::thread([db, text] {  // expect: session-shared-across-threads
    QSqlQuery q(db);
    q.prepare("insert into search_index select id from book where title like ?");
    q.addBindValue(text);
    exec(q, "index");
  }).detach();
  QSqlQuery mark(db);
  mark.prepare("insert into search_log(text) values(?)");
  mark.addBindValue(text);
  exec(mark, "search log");
}

void index_apart(const QString& source, const QString& text) {
  std::thread worker([source, text] {
    const QString mine = source + "_index";
    {
      QSqlDatabase db = QSqlDatabase::cloneDatabase(source, mine);
      if (db.open()) {
        QSqlQuery q(db);
        q.prepare("insert into search_index select id from book where title like ?");
        q.addBindValue(text);
        exec(q, "index");
      }
    }
    QSqlDatabase::removeDatabase(mine);
  });
  worker.join();
}

int fine_total(SessionPool& pool, int member) {
  Session s = pool.get();
  Poco::Nullable<int> cents;
  s << "select sum(cents) from fine where member = ?", into(cents), use(member), now;
  return cents.isNull() ? 0 : cents.value();
}

void pay_fine(SessionPool& pool, int member, int cents) {
  Session s(pool.get());
  s.begin();
  s << "insert into payment(member, cents) values(?, ?)", use(member), use(cents), now;
  s << "delete from fine where member = ?", use(member), now;
  s.commit();
}

void waive_fine(Session& s, int fine, const std::string& clerk) {
  s.begin();
  try {
    std::string who = clerk;
    s << "insert into waiver(fine, clerk) values(?, ?)", use(fine), use(who), now;
    s << "delete from fine where id = ?", use(fine), now;
    s.commit();
  } catch (const Poco::Exception& e) {  // expect: session-missing-rollback
    report(e.displayText().c_str());
    throw std::runtime_error("waiver failed");
  }
}

bool raise_fine(Session& s, int fine, int cents) {
  Poco::Data::Transaction tx(s);
  try {
    s << "update fine set cents = cents + ? where id = ?", use(cents), use(fine), now;
    s << "insert into fine_log(fine) values(?)", use(fine), now;
  } catch (const Poco::Exception& e) {
    report(e.displayText().c_str());
    return false;
  }
  tx.commit();
  return true;
}

int post_fines(Session& s, std::vector<Loan>& late) {
  Poco::Data::Transaction tx(s);
  int posted = 0;
  s << "update run set last = last + 1", now;
  try {
    while (!late.empty()) {
      Loan l = late.back();
      late.pop_back();
      s << "insert into fine(member, cents) values(?, 50)", use(l.member), now;
      s << "update loan set fined = 1 where book = ?", use(l.book), now;
      ++posted;
    }
  } catch (const Poco::Data::DataException& e) {  // expect: session-swallow-and-commit
    report(e.displayText().c_str());
  }
  tx.commit();
  return posted;
}

void drop_member(SessionPool& pool, int member) {
  Session s = pool.get();
  Poco::Data::Transaction{s};  // expect: session-temporary-guard
  s << "delete from loan where member = ?", use(member), now;
  s << "delete from member where id = ?", use(member), now;
}

void rename_author(SessionPool& pool, int author, std::string name) {
  Session s = pool.get();
  Poco::Data::Transaction tx(s);
  s << "update author set name = ? where id = ?", use(name), use(author), now;
  Session t = pool.get();  // expect: session-split-unit-of-work
  Poco::Data::Transaction ty(t);
  t << "update book set author_name = ? where author = ?", use(name), use(author), now;
  ty.commit();
  tx.commit();
}

class Catalogue {
 public:
  explicit Catalogue(const std::string& file) : session_("SQLite", file) {}
  ~Catalogue() {
    try {
      if (session_.isTransaction()) session_.rollback();
    } catch (const Poco::Exception& e) {
      report(e.displayText().c_str());
    }
  }
  void open_edit() {
    if (!session_.isTransaction()) session_.begin();
  }
  void set_title(int book, std::string title) {
    open_edit();
    session_ << "update book set title = ? where id = ?", use(title), use(book), now;
  }
  void save() {
    if (session_.isTransaction()) session_.commit();
  }

 private:
  Session session_;
};

class AutoSave {
 public:
  explicit AutoSave(Session& s) : s_(s) { s_.begin(); }
  AutoSave(const AutoSave&) = delete;
  ~AutoSave() {
    try {
      s_.commit();  // expect: session-commit-in-destructor
    } catch (const Poco::Exception& e) {
      report(e.displayText().c_str());
    }
  }
  void touch(int book) { s_ << "update book set touched = 1 where id = ?", use(book), now; }

 private:
  Session& s_;
};

void renumber(Session& s, const std::vector<int>& shelves) {
  for (int shelf : shelves) {
    s.begin();
    try {
      s << "update book set pos = pos * 10 where shelf = ?", use(shelf), now;
      s << "update shelf set renumbered = 1 where id = ?", use(shelf), now;
      s.commit();
    } catch (...) {
      s.rollback();
      throw;
    }
  }
}

std::vector<std::string> titles(const std::string& file, int limit) {
  std::vector<std::string> out;
  auto s = std::make_unique<Session>("SQLite", file);
  {
    Statement st(*s);
    st << "select title from book limit ?", into(out), use(limit), now;
  }
  s.reset();
  return out;
}

int purge_titles(const std::string& file) {
  Session* s = new Session("SQLite", file);  // expect: session-leak
  int n = 0;
  *s << "select count(*) from book where gone = 1", into(n), now;
  if (n > 0) *s << "delete from book where gone = 1", now;
  delete s;
  return n;
}

}  // namespace library_desk
