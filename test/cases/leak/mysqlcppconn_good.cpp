// Connections, statements and results of the MySQL connector that are deleted on every path.
// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

void logError(const std::string& what);

// The usual way: owners for all three.
std::vector<std::string> names(const std::string& url) {
  std::vector<std::string> result;
  try {
    sql::Driver* driver = sql::mysql::get_driver_instance(); // the library's own
    std::unique_ptr<sql::Connection> conn(driver->connect(url, "app", ""));
    conn->setSchema("shop");
    std::unique_ptr<sql::Statement> statement(conn->createStatement());
    std::unique_ptr<sql::ResultSet> rows(statement->executeQuery("SELECT name FROM users"));
    while (rows->next())
      result.push_back(rows->getString(1));
  } catch (const sql::SQLException& e) {
    logError(e.what());
  }
  return result;
}

// Reset instead of constructed.
int count(sql::Connection& conn, const std::vector<std::string>& tables) {
  std::unique_ptr<sql::Statement> statement(conn.createStatement());
  std::unique_ptr<sql::ResultSet> rows;
  int n = 0;
  for (const std::string& table : tables) {
    rows.reset(statement->executeQuery("SELECT count(*) FROM " + table));
    if (rows->next())
      n += rows->getInt(1);
  }
  return n;
}

// Handed out.
std::shared_ptr<sql::Connection> open(sql::Driver& driver, const std::string& url) {
  std::shared_ptr<sql::Connection> conn(driver.connect(url, "app", ""));
  conn->setSchema("shop");
  return conn;
}

std::unique_ptr<sql::PreparedStatement> prepare(sql::Connection& conn, const std::string& text) {
  return std::unique_ptr<sql::PreparedStatement>(conn.prepareStatement(text));
}

// In members; the connection last to go.
class Users {
public:
  Users(sql::Driver& driver, const std::string& url)
      : conn_(driver.connect(url, "app", "")),
        insert_(conn_->prepareStatement("INSERT INTO users(name) VALUES(?)")) {}

  void add(const std::string& name) {
    insert_->setString(1, name);
    insert_->executeUpdate();
  }

private:
  std::unique_ptr<sql::Connection> conn_;
  std::unique_ptr<sql::PreparedStatement> insert_;
};

// Raw in a member that the destructor deletes.
class Legacy {
public:
  Legacy() = default;
  Legacy(const Legacy&) = delete;
  Legacy& operator=(const Legacy&) = delete;
  ~Legacy() { delete conn_; }

  void connect(sql::Driver& driver, const std::string& url) {
    delete conn_;
    conn_ = nullptr;
    conn_ = driver.connect(url, "app", "");
  }

private:
  sql::Connection* conn_ = nullptr;
};

// A pool of the application.
class Pool {
public:
  std::unique_ptr<sql::Connection> take(sql::Driver& driver, const std::string& url) {
    if (free_.empty())
      return std::unique_ptr<sql::Connection>(driver.connect(url, "app", ""));
    auto conn = std::move(free_.back());
    free_.pop_back();
    return conn;
  }
  void put(std::unique_ptr<sql::Connection> conn) { free_.push_back(std::move(conn)); }

private:
  std::vector<std::unique_ptr<sql::Connection>> free_;
};

// Borrowed from the statement.
bool isLive(sql::Statement& statement) {
  sql::Connection* conn = statement.getConnection();
  return conn != nullptr && !conn->isClosed();
}
