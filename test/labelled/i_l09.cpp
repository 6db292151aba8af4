// library: qtsql
// ledgerling, Qt household budget tool
#include <QDate>
#include <QDebug>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QVariant>
#include <QVector>

#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace ledgerling {

struct Booking {
  int account = 0;
  qint64 cents = 0;
  QDate day;
  QString memo;
};

struct Profile {
  QString driver = QStringLiteral("QPSQL");
  QString host;
  QString base;
  int retries = 3;
};

class ConnectionScope {
 public:
  ConnectionScope(const Profile& p, QString name) : name_(std::move(name)) {
    QSqlDatabase db = QSqlDatabase::addDatabase(p.driver, name_);
    db.setHostName(p.host);
    db.setDatabaseName(p.base);
  }
  ~ConnectionScope() { QSqlDatabase::removeDatabase(name_); }
  ConnectionScope(const ConnectionScope&) = delete;
  ConnectionScope& operator=(const ConnectionScope&) = delete;
  QSqlDatabase db() const { return QSqlDatabase::database(name_); }

 private:
  QString name_;
};

static bool sql(const QSqlDatabase& db, const char* text, std::initializer_list<QVariant> args = {}) {
  QSqlQuery q(db);
  if (!q.prepare(QString::fromUtf8(text))) return false;
  for (const QVariant& a : args) q.addBindValue(a);
  if (q.exec()) return true;
  qWarning() << text << q.lastError().text();
  return false;
}

bool book(QSqlDatabase db, const Booking& b) {
  if (!db.transaction()) return false;
  const bool ok = sql(db, "INSERT INTO booking(account, cents, memo) VALUES (?, ?, ?)", {b.account, b.cents, b.memo}) &&
                  sql(db, "UPDATE account SET cents = cents + ? WHERE id = ?", {b.cents, b.account}) && db.commit();
  return ok || (db.rollback(), false);
}

bool transfer(QSqlDatabase db, int from, int to, qint64 cents) {
  if (!db.transaction()) {
    qWarning() << "transfer:" << db.lastError().text();
    return false;
  }
  struct Undo {
    QSqlDatabase& db;
    bool armed = true;
    ~Undo() {
      if (armed) db.rollback();
    }
  } undo{db};
  if (!sql(db, "UPDATE account SET cents = cents - ? WHERE id = ? AND cents >= ?", {cents, from, cents})) return false;
  if (!sql(db, "UPDATE account SET cents = cents + ? WHERE id = ?", {cents, to})) return false;
  if (!db.commit()) return false;
  undo.armed = false;
  return true;
}

bool closeMonth(QSqlDatabase db, const QString& month) {
  if (!db.transaction()) return false;
  if (!sql(db, "INSERT INTO month(name) VALUES (?)", {month})) {
    db.rollback();
    return false;
  }
  if (!db.commit()) {
    db.rollback();
    return false;
  }
  if (!sql(db, "UPDATE state SET month = ?", {month})) {
    db.rollback();  // expect: session-double-end
    return false;
  }
  return true;
}

void setBudget(QSqlDatabase db, const QString& category, qint64 cents) {
  if (!db.transaction()) return;
  try {
    if (!sql(db, "DELETE FROM budget WHERE category = ?", {category})) throw std::runtime_error("delete");
    if (cents < 0) throw std::invalid_argument("negative budget");
    if (!sql(db, "INSERT INTO budget(category, cents) VALUES (?, ?)", {category, cents})) throw std::runtime_error("insert");
  } catch (const std::invalid_argument& e) {  // expect: session-swallow-and-commit
    qWarning() << category << e.what();
  } catch (const std::exception&) {
    db.rollback();
    throw;
  }
  if (!db.commit()) db.rollback();
}

bool setBudgets(QSqlDatabase db, const QVector<std::pair<QString, qint64>>& all) {
  if (!db.transaction()) return false;
  bool ok = true;
  try {
    for (const auto& [category, cents] : all) {
      if (cents < 0) throw std::invalid_argument(category.toStdString());
      ok = ok && sql(db, "REPLACE INTO budget(category, cents) VALUES (?, ?)", {category, cents});
    }
  } catch (const std::invalid_argument& e) {
    qWarning() << "negative:" << e.what();
    ok = false;
  }
  if (ok && db.commit()) return true;
  db.rollback();
  return false;
}

bool seed(QSqlDatabase db) {
  static const char* const names[] = {"cash", "giro", "savings"};
  for (const char* n : names) {
    if (!db.transaction()) return false;  // expect: session-nested-begin
    if (!sql(db, "INSERT INTO account(name, cents) VALUES (?, 0)", {QString::fromLatin1(n)})) {
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

bool seedEach(QSqlDatabase db, const QStringList& names) {
  for (const QString& n : names) {
    if (!db.transaction()) return false;
    if (!sql(db, "INSERT INTO account(name, cents) VALUES (?, 0)", {n}) || !db.commit()) {
      db.rollback();
      return false;
    }
  }
  return true;
}

std::optional<qint64> balance(const QSqlDatabase& db, int account) {
  QSqlQuery q(db);
  q.setForwardOnly(true);
  q.prepare(QStringLiteral("SELECT cents FROM account WHERE id = ?"));
  q.addBindValue(account);
  if (!q.exec() || !q.first()) return std::nullopt;
  return q.value(0).toLongLong();
}

QString report(const Profile& p) {
  QString text;
  ConnectionScope scope(p, QStringLiteral("report"));
  {
    QSqlDatabase db = scope.db();
    if (!db.isOpen()) return QStringLiteral("offline");
    for (int id = 1; id <= 9; ++id) {
      if (auto cents = balance(db, id)) text += QStringLiteral("%1: %2\n").arg(id).arg(*cents);
    }
  }
  return text;
}

int dropOrphans(const Profile& p) {
  std::unique_ptr<QSqlQuery> q;
  {
    ConnectionScope scope(p, QStringLiteral("orphans"));
    q = std::make_unique<QSqlQuery>(scope.db());
    q->prepare(QStringLiteral("DELETE FROM booking WHERE account IS NULL"));
  }
  return q->exec() ? q->numRowsAffected() : -1;  // expect: session-use-after-scope
}

bool archiveYear(QSqlDatabase live, QSqlDatabase archive, int year) {
  if (!archive.transaction()) return false;
  QSqlQuery in(live);
  in.prepare(QStringLiteral("SELECT account, cents, memo FROM booking WHERE year = ?"));
  in.addBindValue(year);
  bool ok = in.exec();
  while (ok && in.next())
    ok = sql(archive, "INSERT INTO booking(account, cents, memo) VALUES (?, ?, ?)", {in.value(0), in.value(1), in.value(2)});
  if (!ok || in.lastError().isValid() || !archive.commit()) {
    archive.rollback();
    return false;
  }
  return sql(live, "DELETE FROM booking WHERE year = ?", {year});
}

class Monthly : public QThread {
 public:
  explicit Monthly(Profile p) : profile_(std::move(p)) {}
  ~Monthly() override { wait(); }

 protected:
  void run() override {
    ConnectionScope scope(profile_, QStringLiteral("monthly"));
    QSqlDatabase db = scope.db();
    if (db.isOpen()) apply(db);
    db = QSqlDatabase();
  }

 private:
  static void apply(QSqlDatabase& db) {
    if (!db.transaction()) return;
    if (!sql(db, "INSERT INTO booking SELECT account, cents FROM standing") || !db.commit()) db.rollback();
  }
  Profile profile_;
};

class Rates {
 public:
  explicit Rates(QSqlDatabase db) : db_(std::move(db)) {}
  bool begin() {
    if (!active_) active_ = db_.transaction();
    return active_;
  }
  bool set(const QString& code, double rate) { return begin() && sql(db_, "REPLACE INTO rate(code, v) VALUES (?, ?)", {code, rate}); }
  bool finish(bool keep) {
    if (!active_) return false;
    active_ = false;
    if (keep && db_.commit()) return true;
    db_.rollback();
    return false;
  }
  ~Rates() { finish(false); }
  Rates(const Rates&) = delete;
  Rates& operator=(const Rates&) = delete;

 private:
  QSqlDatabase db_;
  bool active_ = false;
};

bool updateRates(QSqlDatabase db, const QVector<std::pair<QString, double>>& rates) {
  Rates r(db);
  for (const auto& [code, v] : rates) {
    if (v <= 0) return false;
    if (!r.set(code, v)) return false;
  }
  return r.finish(true);
}

bool undoLast(QSqlDatabase db, int account) {
  bool ok = db.transaction();  // expect: session-unfinished-transaction
  if (ok) ok = sql(db, "UPDATE account SET dirty = 1 WHERE id = ?", {account});
  if (ok) ok = sql(db, "DELETE FROM booking WHERE account = ? AND last", {account});
  if (ok && !db.commit()) {
    db.rollback();
    ok = false;
  }
  return ok;
}

bool withOptionalTx(QSqlDatabase db, const QStringList& statements) {
  const bool tx = db.driver()->hasFeature(QSqlDriver::Transactions) && db.transaction();
  for (const QString& s : statements) {
    QSqlQuery q(db);
    if (q.exec(s)) continue;
    qWarning() << q.lastError().text();
    if (tx) db.rollback();
    return false;
  }
  if (!tx) return true;
  if (db.commit()) return true;
  db.rollback();
  return false;
}

bool bookTwice(QSqlDatabase db, const Booking& a, const Booking& b) {
  if (!db.transaction()) return false;
  if (!sql(db, "INSERT INTO booking(account, cents) VALUES (?, ?)", {a.account, a.cents})) {
    db.rollback();
    return false;
  }
  if (!book(db, b)) {  // expect: session-nested-begin
    db.rollback();
    return false;
  }
  return db.commit() || (db.rollback(), false);
}

bool importBookings(QSqlDatabase db, const QVector<Booking>& all) {
  QVariantList accounts, cents;
  for (const Booking& b : all) {
    accounts << b.account;
    cents << b.cents;
  }
  QSqlQuery q(db);
  q.prepare(QStringLiteral("INSERT INTO booking(account, cents) VALUES (?, ?)"));
  q.addBindValue(accounts);
  q.addBindValue(cents);
  if (!db.transaction()) return false;
  if (q.execBatch() && db.commit()) return true;
  qWarning() << q.lastError().text();
  db.rollback();
  return false;
}

bool rebuildTotals(QSqlDatabase db, int retries) {
  for (int i = 0; i <= retries; ++i) {
    if (!db.transaction()) return false;
    if (sql(db, "DELETE FROM total") && sql(db, "INSERT INTO total SELECT account, sum(cents) FROM booking GROUP BY account") &&
        db.commit())
      return true;
    db.rollback();
    QThread::msleep(50);
  }
  return false;
}

bool lockYear(const Profile& p, int year) {
  ConnectionScope scope(p, QStringLiteral("lock"));
  QSqlDatabase db = scope.db();
  if (!db.isOpen() || !db.transaction()) return false;
  bool ok = sql(db, "UPDATE year SET locked = 1 WHERE y = ?", {year});
  ok = ok && QSqlQuery().exec(QStringLiteral("DELETE FROM draft"));  // expect: session-transaction-bypass
  if (ok && db.commit()) return true;
  db.rollback();
  return false;
}

void auditClose(QSqlDatabase db, int user) {
  QSqlDatabase log = QSqlDatabase::database(QStringLiteral("audit"));
  if (!db.transaction()) return;
  if (!sql(db, "UPDATE state SET closed = 1") || !db.commit()) {
    db.rollback();
    sql(log, "INSERT INTO failure(user) VALUES (?)", {user});
    return;
  }
  sql(log, "INSERT INTO closed(user) VALUES (?)", {user});
}

}  // namespace ledgerling

int main() {
  ledgerling::Profile p;
  qInfo().noquote() << ledgerling::report(p);
  return 0;
}
