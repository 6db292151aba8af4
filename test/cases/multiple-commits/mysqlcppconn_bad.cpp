// Several commits of one connection of the MySQL connector in one piece of work.
// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <memory>
#include <string>

// Begun and committed for each half.
void ship(sql::Connection& conn, int order) {
  const std::string id = std::to_string(order);
  const std::unique_ptr<sql::Statement> statement(conn.createStatement());
  statement->execute("START TRANSACTION");
  try {
    statement->executeUpdate("UPDATE orders SET state = 2 WHERE id = " + id);
    conn.commit();
  } catch (...) {
    conn.rollback();
    throw;
  }
  statement->execute("START TRANSACTION");
  try {
    statement->executeUpdate("INSERT INTO shipments(orders) VALUES(" + id + ")");
    conn.commit(); // expect: session-multiple-commits
  } catch (...) {
    conn.rollback();
    throw;
  }
}
