// Connections, statements and results of the MySQL connector used after their end.
// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <memory>
#include <string>

// Closed, then asked once more.
int drain(sql::Driver& driver, const std::string& url) {
  std::unique_ptr<sql::Connection> conn(driver.connect(url, "app", ""));
  std::unique_ptr<sql::Statement> statement(conn->createStatement());
  const int n = statement->executeUpdate("DELETE FROM tasks WHERE done = 1");
  conn->close();
  if (n > 100)
    statement->executeUpdate("OPTIMIZE TABLE tasks"); // expect: session-use-after-scope
  return n;
}

// The result is used after its own end.
std::string firstName(sql::Connection& conn) {
  std::unique_ptr<sql::Statement> statement(conn.createStatement());
  std::unique_ptr<sql::ResultSet> rows(statement->executeQuery("SELECT name FROM users"));
  if (!rows->next())
    return "";
  rows->close();
  return rows->getString(1); // expect: session-use-after-scope
}

// The connection dies with the block, its statement does not.
int count(sql::Driver& driver, const std::string& url) {
  std::unique_ptr<sql::Statement> statement;
  {
    const std::unique_ptr<sql::Connection> conn(driver.connect(url, "app", ""));
    statement.reset(conn->createStatement());
  }
  return statement->executeUpdate("DELETE FROM sessions"); // expect: session-use-after-scope
}

// The owner let go, the pointer did not.
void archive(sql::Driver& driver, const std::string& url) {
  std::unique_ptr<sql::Connection> owner(driver.connect(url, "app", ""));
  sql::Connection* conn = owner.get();
  conn->setSchema("archive");
  owner.reset();
  conn->setSchema("live"); // expect: session-use-after-scope
}
