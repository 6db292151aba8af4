// Library lending on Poco::Data: own guards, repositories, lazy sessions, flags
// library: poco
#include <Poco/Data/DataException.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Logger.h>

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lending {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using Poco::Data::Transaction;

class AutoSave {
public:
  explicit AutoSave(Session session) : session_(std::move(session)) { session_.begin(); }
  ~AutoSave() {
    try {
      if (session_.isTransaction()) session_.commit();  // expect: session-commit-in-destructor
    } catch (const Poco::Exception&) {
    }
  }
  Session& session() { return session_; }

private:
  Session session_;
};

class Scope {
public:
  explicit Scope(SessionPool& pool) : session_(pool.get()), transaction_(session_) {}
  Session& operator*() { return session_; }
  void commit() { transaction_.commit(); }

private:
  Session session_;
  Transaction transaction_;
};

// asks before it commits
class SavePoint {
public:
  explicit SavePoint(Session& session) : session_(session), errors_(std::uncaught_exceptions()) { session_.begin(); }
  ~SavePoint() {
    try {
      if (std::uncaught_exceptions() > errors_)
        session_.rollback();
      else
        session_.commit();
    } catch (...) {
    }
  }

private:
  Session& session_;
  int errors_;
};

void lend(SessionPool& pool, int book, int reader) {
  Scope scope(pool);
  *scope << "UPDATE book SET reader = ? WHERE id = ? AND reader IS NULL", use(reader), use(book), now;
  *scope << "INSERT INTO loan(book, reader) VALUES(?, ?)", use(book), use(reader), now;
  scope.commit();
}

void prolong(SessionPool& pool, int book) {
  Scope scope(pool);  // expect: session-unfinished-transaction
  int count = 0;
  *scope << "SELECT prolonged FROM loan WHERE book = ?", into(count), use(book), now;
  if (count > 2) return;
  ++count;
  *scope << "UPDATE loan SET prolonged = ? WHERE book = ?", use(count), use(book), now;
}

int loans(SessionPool& pool, int reader) {
  Scope scope(pool);
  int n = 0;
  *scope << "SELECT COUNT(*) FROM loan WHERE reader = ?", into(n), use(reader), now;
  return n;
}

void giveBack(Session& session, int book, bool damaged) {
  SavePoint point(session);
  session << "UPDATE book SET reader = NULL WHERE id = ?", use(book), now;
  if (damaged) session << "INSERT INTO repair(book) VALUES(?)", use(book), now;
}

bool reserve(Session& session, int book, int reader) {
  const bool own = !session.isTransaction();
  if (own) session.begin();
  try {
    session << "INSERT INTO reservation VALUES(?, ?)", use(book), use(reader), now;
    if (own) session.commit();
    return true;
  } catch (const Poco::Data::DataException&) {
    if (own) session.rollback();
    return false;
  }
}

void cancelReservation(Session& session, int book, int reader) {
  Transaction tx(session);
  try {
    session << "DELETE FROM reservation WHERE book = ? AND reader = ?", use(book), use(reader), now;
    tx.commit();
    Poco::Logger::get("lending").information("cancelled");
  } catch (const Poco::Exception&) {
    if (tx.isActive()) tx.rollback();
    throw;
  }
}

void cancelAll(Session& session, int reader) {
  session.begin();
  try {
    session << "DELETE FROM reservation WHERE reader = ?", use(reader), now;
    session << "UPDATE reader SET reservations = 0 WHERE id = ?", use(reader), now;
    session.commit();
    int left = 0;
    session << "SELECT COUNT(*) FROM reservation", into(left), now;
    if (left < 0) throw Poco::DataFormatException("negative");
  } catch (const Poco::Exception&) {
    session.rollback();  // expect: session-double-end
    throw;
  }
}

void addReader(SessionPool& pool, std::string name) {
  Session session = pool.get();
  {
    Transaction tx(session);
    session << "INSERT INTO reader(name) VALUES(?)", use(name), now;
    tx.commit();
  }
  session.close();
}

class Catalogue {
public:
  explicit Catalogue(std::string file) : file_(std::move(file)) {}

  std::string title(int book) {
    std::string t;
    open() << "SELECT title FROM book WHERE id = ?", into(t), use(book), now;
    return t;
  }

  void setTitle(int book, std::string title) {
    std::lock_guard<std::mutex> lock(mutex_);
    Session& session = open();
    Transaction tx(session);
    session << "UPDATE book SET title = ? WHERE id = ?", use(title), use(book), now;
    tx.commit();
  }

  void close() {
    if (session_ && session_->isConnected()) session_->close();
    session_.reset();
  }

private:
  Session& open() {
    if (!session_) session_.emplace("SQLite", file_);
    return *session_;
  }

  std::string file_;
  std::mutex mutex_;
  std::optional<Session> session_;
};

// own session only where none was brought along
int overdue(SessionPool& pool, Session* given) {
  std::unique_ptr<Session> own;
  if (given == nullptr) {
    own = std::make_unique<Session>(pool.get());
    given = own.get();
  }
  int n = 0;
  *given << "SELECT COUNT(*) FROM loan WHERE due < date('now')", into(n), now;
  return n;
}

int returned(SessionPool& pool, Session* given) {
  if (given == nullptr) {
    Session own = pool.get();
    given = &own;
  }
  int n = 0;
  *given << "SELECT COUNT(*) FROM loan WHERE back = 1", into(n), now;  // expect: session-use-after-scope
  return n;
}

void fine(SessionPool& pool, int reader, double amount) {
  Session session = pool.get();
  Transaction tx(session);
  session << "UPDATE reader SET fine = fine + ? WHERE id = ?", use(amount), use(reader), now;
  if (amount > 100) {
    tx.rollback();
    return;
  }
  tx.commit();
}

void archive(SessionPool& pool, int year) {
  {
    Session session = pool.get();
    Transaction tx(session);
    session << "INSERT INTO old_loan SELECT * FROM loan WHERE year = ?", use(year), now;
    tx.commit();
  }
  Session session = pool.get();
  int n = 0;
  session << "SELECT COUNT(*) FROM old_loan", into(n), now;
}

void splitArchive(SessionPool& pool, int year) {
  Session source = pool.get();
  Transaction reading(source);
  source << "DELETE FROM loan WHERE year = ?", use(year), now;
  Session target = pool.get();  // expect: session-split-unit-of-work
  target << "INSERT INTO archive(year) VALUES(?)", use(year), now;
  reading.commit();
}

void importTitles(Session& session, const std::map<int, std::string>& titles) {
  Transaction tx(session);
  int id = 0;
  std::string title;
  Statement insert(session);
  insert << "INSERT INTO book(id, title) VALUES(?, ?)", use(id), use(title);
  for (const auto& [key, value] : titles) {
    id = key;
    title = value;
    insert.execute();
  }
  tx.commit();
}

void remind(SessionPool& pool, const std::vector<int>& readers) {
  for (int reader : readers) {
    Session session = pool.get();
    Transaction tx(session);
    session << "INSERT INTO reminder(reader) VALUES(?)", use(reader), now;
    tx.commit();
  }
}

bool replaceBook(Session& session, int book, std::string title) {
  switch (title.size()) {
    case 0: return false;
    case 1: {
      session << "UPDATE book SET title = ? WHERE id = ?", use(title), use(book), now;
      return true;
    }
    default: break;
  }
  Transaction tx(session);
  session << "DELETE FROM book WHERE id = ?", use(book), now;
  session << "INSERT INTO book(id, title) VALUES(?, ?)", use(book), use(title), now;
  tx.commit();
  return true;
}

double balance(const std::string& file, int reader) {
  auto session = std::make_shared<Session>("SQLite", file);
  const auto query = [session](std::string sql, int id) {
    double value = 0;
    *session << sql, into(value), use(id), now;
    return value;
  };
  return query("SELECT SUM(amount) FROM payment WHERE reader = ?", reader) - query("SELECT fine FROM reader WHERE id = ?", reader);
}

}  // namespace lending
