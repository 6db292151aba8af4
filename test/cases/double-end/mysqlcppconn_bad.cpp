// Transactions and connections of the MySQL connector that are ended twice.
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

// The commit is not the last statement of the try.
void saveOrder(sql::Driver& driver, const std::string& url, int id) {
  const std::unique_ptr<sql::Connection> conn(driver.connect(url, "app", ""));
  const std::unique_ptr<sql::Statement> statement(conn->createStatement());
  statement->execute("START TRANSACTION");
  try {
    statement->executeUpdate("INSERT INTO orders(id) VALUES(" + std::to_string(id) + ")");
    conn->commit();
    statement->executeUpdate("INSERT INTO log(text) VALUES('order saved')");
  } catch (...) {
    conn->rollback(); // expect: session-double-end
    throw;
  }
}
