// Portion by portion until nothing is left, where each commit begins the next transaction.
// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/statement.h>

#include <memory>

void purge(sql::Connection& conn) {
  const std::unique_ptr<sql::Statement> statement(conn.createStatement());
  conn.setAutoCommit(false);
  int removed = 0;
  do {
    try {
      removed = statement->executeUpdate("DELETE FROM history LIMIT 500");
      conn.commit();
    } catch (...) {
      conn.rollback();
      conn.setAutoCommit(true);
      throw;
    }
  } while (removed > 0);
  conn.setAutoCommit(true);
}
