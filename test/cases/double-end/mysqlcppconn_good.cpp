// Transactions and connections of the MySQL connector that are ended once.
// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <memory>
#include <string>

void logError(const std::string& what);

// The commit is the last statement of the try.
void saveOrder(sql::Connection& conn, int id) {
  const std::unique_ptr<sql::Statement> statement(conn.createStatement());
  statement->execute("START TRANSACTION");
  try {
    statement->executeUpdate("INSERT INTO orders(id) VALUES(" + std::to_string(id) + ")");
    conn.commit();
  } catch (...) {
    conn.rollback();
    throw;
  }
  statement->executeUpdate("INSERT INTO log(text) VALUES('order saved')");
}

// One of both.
bool cancel(sql::Connection& conn, int id) {
  const std::unique_ptr<sql::Statement> statement(conn.createStatement());
  statement->execute("BEGIN");
  try {
    const int n = statement->executeUpdate("DELETE FROM orders WHERE id = " + std::to_string(id));
    if (n != 1) {
      conn.rollback();
      return false;
    }
    conn.commit();
  } catch (...) {
    conn.rollback();
    throw;
  }
  return true;
}

// Closed before it is deleted.
void check(sql::Driver& driver, const std::string& url) {
  const std::unique_ptr<sql::Connection> conn(driver.connect(url, "app", ""));
  if (!conn->isValid())
    logError("not valid");
  conn->close();
}
