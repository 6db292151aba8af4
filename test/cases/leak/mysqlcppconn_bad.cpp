// Connections, statements and results of the MySQL connector that are not deleted on some path.
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
#include <vector>

void logError(const std::string& what);

// The result set of every call stays.
int count(sql::Connection& conn) {
  std::unique_ptr<sql::Statement> statement(conn.createStatement());
  sql::ResultSet* rows = statement->executeQuery("SELECT count(*) FROM orders"); // expect: session-leak
  rows->next();
  return rows->getInt(1);
}

// The connection is deleted on the straight path only.
bool touch(const std::string& url, int order) {
  sql::Driver* driver = sql::mysql::get_driver_instance();
  sql::Connection* conn = driver->connect(url, "app", ""); // expect: session-leak
  {
    std::unique_ptr<sql::PreparedStatement> update(conn->prepareStatement("UPDATE orders SET touched = 1 WHERE id = ?"));
    update->setInt(1, order);
    update->executeUpdate();
  }
  delete conn;
  return true;
}

// The early return.
std::string name(sql::Connection& conn, int id) {
  std::string result;
  sql::PreparedStatement* query = conn.prepareStatement("SELECT name FROM users WHERE id = ?"); // expect: session-leak
  try {
    query->setInt(1, id);
    std::unique_ptr<sql::ResultSet> rows(query->executeQuery());
    if (!rows->next())
      return result;
    result = rows->getString(1);
  } catch (...) {
    delete query;
    throw;
  }
  delete query;
  return result;
}

// The handler forgets.
void purge(sql::Driver& driver, const std::string& url) {
  sql::Connection* conn = nullptr;
  try {
    conn = driver.connect(url, "app", ""); // expect: session-leak
    std::unique_ptr<sql::Statement> statement(conn->createStatement());
    statement->executeUpdate("DELETE FROM log");
  } catch (const sql::SQLException& e) {
    logError(e.what());
    return;
  }
  delete conn;
}
