// As many commits as there are lines: half an order stays when one of them fails.
// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/statement.h>

#include <memory>
#include <string>
#include <vector>

void order(sql::Connection& conn, const std::vector<std::string>& lines) {
  const std::unique_ptr<sql::Statement> statement(conn.createStatement());
  conn.setAutoCommit(false);
  try {
    for (const std::string& line : lines) {
      statement->executeUpdate("INSERT INTO lines VALUES('" + line + "')");
      conn.commit(); // expect: session-multiple-commits
    }
  } catch (...) {
    conn.rollback();
    throw;
  }
}
