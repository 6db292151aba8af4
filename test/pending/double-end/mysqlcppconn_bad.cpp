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

// Nothing was begun on this connection.
bool touch(sql::Driver& driver, const std::string& url, int id) {
  const std::unique_ptr<sql::Connection> conn(driver.connect(url, "app", ""));
  try {
    const std::unique_ptr<sql::Statement> statement(conn->createStatement());
    return statement->executeUpdate("UPDATE orders SET touched = 1 WHERE id = " + std::to_string(id)) == 1;
  } catch (const sql::SQLException& e) {
    logError(e.what());
    conn->rollback(); // expect: session-double-end
    return false;
  }
}
