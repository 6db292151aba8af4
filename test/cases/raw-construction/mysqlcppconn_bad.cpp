// Connections of the MySQL connector held by a bare pointer and deleted, rightly, by hand.
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

int purge(sql::Driver& driver, const std::string& url) {
  int n = 0;
  sql::Connection* conn = driver.connect(url, "app", ""); // expect: session-raw-construction
  try {
    const std::unique_ptr<sql::Statement> statement(conn->createStatement());
    n = statement->executeUpdate("DELETE FROM log");
  } catch (...) {
    delete conn;
    throw;
  }
  delete conn;
  return n;
}

// Made in the try.
bool touch(sql::Driver& driver, const std::string& url, int order) {
  bool good = true;
  sql::Connection* conn = nullptr;
  try {
    conn = driver.connect(url, "app", ""); // expect: session-raw-construction
    const std::unique_ptr<sql::PreparedStatement> update(
        conn->prepareStatement("UPDATE orders SET touched = 1 WHERE id = ?"));
    update->setInt(1, order);
    update->executeUpdate();
  } catch (const sql::SQLException& e) {
    logError(e.what());
    good = false;
  } catch (...) {
    delete conn;
    throw;
  }
  delete conn;
  return good;
}
