// Transactions of the MySQL connector that are rolled back when a statement fails.
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

void logError(const std::string& what);

// A deleter of a pointer that is nothing but a scope.
struct Rollback {
  void operator()(sql::Connection* conn) const noexcept {
    try {
      conn->rollback();
    } catch (const sql::SQLException& e) {
      logError(e.what());
    }
  }
};

void addAll(sql::Connection& conn, const std::vector<std::string>& names) {
  std::unique_ptr<sql::PreparedStatement> insert(conn.prepareStatement("INSERT INTO names(name) VALUES(?)"));
  std::unique_ptr<sql::Statement> control(conn.createStatement());
  control->execute("START TRANSACTION");
  std::unique_ptr<sql::Connection, Rollback> open(&conn);
  for (const std::string& name : names) {
    insert->setString(1, name);
    insert->executeUpdate();
  }
  conn.commit();
  open.release();
}
