// Connections, statements and results of the MySQL connector that are used while they live.
// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <memory>
#include <string>
#include <vector>

// Statement and result go before the connection.
std::vector<std::string> names(sql::Driver& driver, const std::string& url) {
  std::vector<std::string> result;
  std::unique_ptr<sql::Connection> conn(driver.connect(url, "app", ""));
  std::unique_ptr<sql::Statement> statement(conn->createStatement());
  std::unique_ptr<sql::ResultSet> rows(statement->executeQuery("SELECT name FROM users"));
  while (rows->next())
    result.push_back(rows->getString(1));
  return result;
}

// The text is a copy.
std::string firstName(sql::Connection& conn) {
  std::unique_ptr<sql::Statement> statement(conn.createStatement());
  std::unique_ptr<sql::ResultSet> rows(statement->executeQuery("SELECT name FROM users"));
  std::string name;
  if (rows->next())
    name = rows->getString("name");
  rows->close();
  statement->close();
  return name;
}

// Executed again and again.
int addAll(sql::Connection& conn, const std::vector<std::string>& names) {
  std::unique_ptr<sql::PreparedStatement> insert(conn.prepareStatement("INSERT INTO users(name) VALUES(?)"));
  int n = 0;
  for (const std::string& name : names) {
    insert->clearParameters();
    insert->setString(1, name);
    n += insert->executeUpdate();
  }
  return n;
}

// Connected again.
int ping(sql::Connection& conn) {
  if (conn.isClosed() || !conn.isValid())
    conn.reconnect();
  std::unique_ptr<sql::Statement> statement(conn.createStatement());
  return statement->executeUpdate("DELETE FROM sessions WHERE old = 1");
}

// Replaced after the close.
int failover(std::unique_ptr<sql::Connection>& conn, sql::Driver& driver, const std::string& url) {
  conn->close();
  conn.reset(driver.connect(url, "app", ""));
  std::unique_ptr<sql::Statement> statement(conn->createStatement());
  return statement->executeUpdate("DELETE FROM sessions WHERE old = 1");
}

// Asking is harmless.
bool shutDown(sql::Connection& conn) {
  conn.close();
  return conn.isClosed();
}
