// Newsletter service on MySQL Connector/C++: own pool, repositories, savepoints
// library: mysqlcppconn
#include <mysql_connection.h>
#include <mysql_driver.h>

#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newsletter {

class ConnectionPool {
public:
  using Ptr = std::unique_ptr<sql::Connection, std::function<void(sql::Connection*)>>;

  ConnectionPool(std::string url, std::string user, std::string password, std::size_t size) {
    sql::Driver* driver = sql::mysql::get_driver_instance();
    for (std::size_t i = 0; i < size; ++i) idle_.emplace_back(driver->connect(url, user, password));
  }

  Ptr get() {
    std::unique_lock<std::mutex> lock(mutex_);
    freed_.wait(lock, [this] { return !idle_.empty(); });
    std::unique_ptr<sql::Connection> c = std::move(idle_.front());
    idle_.pop_front();
    return Ptr(c.release(), [this](sql::Connection* p) { giveBack(p); });
  }

private:
  void giveBack(sql::Connection* p) {
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_.emplace_back(p);
    freed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable freed_;
  std::deque<std::unique_ptr<sql::Connection>> idle_;
};

class AutoCommitOff {
public:
  explicit AutoCommitOff(sql::Connection& c) : c_(c), before_(c.getAutoCommit()) { c_.setAutoCommit(false); }
  ~AutoCommitOff() {
    try {
      c_.rollback();
      c_.setAutoCommit(before_);
    } catch (const sql::SQLException& e) {
      std::cerr << e.what() << '\n';
    }
  }
  AutoCommitOff(const AutoCommitOff&) = delete;
  AutoCommitOff& operator=(const AutoCommitOff&) = delete;
  void commit() { c_.commit(); }

private:
  sql::Connection& c_;
  bool before_;
};

void run(sql::Connection& c, const std::string& statement) {
  const std::unique_ptr<sql::Statement> st(c.createStatement());
  st->execute(statement);
}

std::optional<int> id(sql::Connection& c, const std::string& mail) {
  const std::unique_ptr<sql::PreparedStatement> st(c.prepareStatement("SELECT id FROM reader WHERE mail = ?"));
  st->setString(1, mail);
  const std::unique_ptr<sql::ResultSet> rs(st->executeQuery());
  if (!rs->next() || rs->isNull(1)) return std::nullopt;
  return rs->getInt(1);
}

void subscribe(ConnectionPool& pool, const std::string& mail, int list) {
  const auto c = pool.get();
  AutoCommitOff tx(*c);
  if (!id(*c, mail)) run(*c, "INSERT INTO reader(mail) VALUES ('" + mail + "')");
  run(*c, "INSERT INTO subscription VALUES (LAST_INSERT_ID(), " + std::to_string(list) + ")");
  tx.commit();
}

bool unsubscribe(ConnectionPool& pool, const std::string& mail) {
  const auto c = pool.get();
  AutoCommitOff tx(*c);
  const auto reader = id(*c, mail);
  if (!reader) return false;
  run(*c, "DELETE FROM subscription WHERE reader = " + std::to_string(*reader));
  run(*c, "DELETE FROM reader WHERE id = " + std::to_string(*reader));
  tx.commit();
  return true;
}

void block(ConnectionPool& pool, const std::string& mail) {
  const auto c = pool.get();
  AutoCommitOff tx(*c);  // expect: session-unfinished-transaction
  run(*c, "UPDATE reader SET blocked = 1 WHERE mail = '" + mail + "'");
  run(*c, "INSERT INTO blocked VALUES ('" + mail + "')");
}

void moveReaderTogether(ConnectionPool& pool, const std::string& mail, int from, int to) {
  const auto c = pool.get();
  AutoCommitOff tx(*c);
  run(*c, "DELETE FROM subscription WHERE mail = '" + mail + "' AND list = " + std::to_string(from));
  run(*c, "INSERT INTO subscription(mail, list) VALUES ('" + mail + "', " + std::to_string(to) + ")");
  tx.commit();
}

int importList(ConnectionPool& pool, const std::vector<std::string>& mails) {
  const auto c = pool.get();
  AutoCommitOff tx(*c);
  int added = 0;
  for (const std::string& mail : mails) {
    const std::unique_ptr<sql::Savepoint> point(c->setSavepoint("one"));
    try {
      run(*c, "INSERT INTO reader(mail) VALUES ('" + mail + "')");
      run(*c, "INSERT INTO welcome(mail) VALUES ('" + mail + "')");
      ++added;
    } catch (const sql::SQLException& e) {
      std::cerr << mail << ": " << e.what() << '\n';
      c->rollback(point.get());
    }
  }
  tx.commit();
  return added;
}

int importListLoosely(ConnectionPool& pool, const std::vector<std::string>& mails) {
  const auto c = pool.get();
  AutoCommitOff tx(*c);
  int added = 0;
  for (const std::string& mail : mails) {
    try {
      run(*c, "INSERT INTO reader(mail) VALUES ('" + mail + "')");
      run(*c, "INSERT INTO welcome(mail) VALUES ('" + mail + "')");
      ++added;
    } catch (const sql::SQLException& e) {  // expect: session-swallow-and-commit
      std::cerr << mail << ": " << e.what() << '\n';
    }
  }
  tx.commit();
  return added;
}

int addAndRead(sql::Connection& c, const std::string& mail) {
  sql::PreparedStatement* st = c.prepareStatement("INSERT INTO reader(mail) VALUES (?)");  // expect: session-leak
  st->setString(1, mail);
  if (st->executeUpdate() == 0) {
    delete st;
    return -1;
  }
  delete st;
  return id(c, mail).value_or(-1);
}

int countLists(sql::Connection& c) {
  sql::Statement* st = nullptr;
  sql::ResultSet* rs = nullptr;
  int n = 0;
  try {
    st = c.createStatement();
    rs = st->executeQuery("SELECT COUNT(*) FROM list");
    if (rs->next()) n = rs->getInt(1);
  } catch (const sql::SQLException& e) {
    std::cerr << e.getSQLState() << '\n';
    n = -1;
  }
  delete rs;
  delete st;
  return n;
}

int readTwice(sql::Connection& c) {
  const std::unique_ptr<sql::Statement> st(c.createStatement());
  std::unique_ptr<sql::ResultSet> rs(st->executeQuery("SELECT COUNT(*) FROM list"));
  int n = rs->next() ? rs->getInt(1) : 0;
  rs.reset(st->executeQuery("SELECT COUNT(*) FROM reader"));
  if (rs->next()) n += rs->getInt(1);
  return n;
}

void send(ConnectionPool& pool, int issue, const std::function<bool(const std::string&)>& mailer) {
  const auto c = pool.get();
  std::vector<std::string> mails;
  {
    const std::unique_ptr<sql::Statement> st(c->createStatement());
    const std::unique_ptr<sql::ResultSet> rs(st->executeQuery("SELECT mail FROM reader"));
    while (rs->next()) mails.push_back(rs->getString(1));
  }
  for (const std::string& mail : mails) {
    if (!mailer(mail)) continue;
    AutoCommitOff tx(*c);
    run(*c, "INSERT INTO sent VALUES (" + std::to_string(issue) + ", '" + mail + "')");
    tx.commit();
  }
}

}  // namespace newsletter
