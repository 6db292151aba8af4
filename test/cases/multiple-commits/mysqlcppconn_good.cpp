// Commits of the MySQL connector that are several in the text, and one per piece of work.
// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <memory>
#include <string>
#include <vector>

// One on each path.
void toggle(sql::Connection& conn, int order, bool open) {
  const std::string id = std::to_string(order);
  const std::unique_ptr<sql::Statement> statement(conn.createStatement());
  statement->execute("START TRANSACTION");
  try {
    if (open) {
      statement->executeUpdate("UPDATE orders SET state = 1 WHERE id = " + id);
      conn.commit();
    } else {
      statement->executeUpdate("UPDATE orders SET state = 9 WHERE id = " + id);
      conn.commit();
    }
  } catch (...) {
    conn.rollback();
    throw;
  }
}

// A begin and a commit for each.
void touchAll(sql::Connection& conn, const std::vector<int>& orders) {
  const std::unique_ptr<sql::Statement> statement(conn.createStatement());
  const std::unique_ptr<sql::PreparedStatement> update(conn.prepareStatement("UPDATE orders SET touched = 1 WHERE id = ?"));
  for (const int order : orders) {
    statement->execute("BEGIN");
    try {
      update->setInt(1, order);
      update->executeUpdate();
      statement->execute("COMMIT");
    } catch (...) {
      statement->execute("ROLLBACK");
      throw;
    }
  }
}

// One by way of the mode.
int rename(sql::Connection& conn, int order, const std::string& name) {
  const std::unique_ptr<sql::PreparedStatement> update(conn.prepareStatement("UPDATE orders SET name = ? WHERE id = ?"));
  int n = 0;
  conn.setAutoCommit(false);
  try {
    update->setString(1, name);
    update->setInt(2, order);
    n = update->executeUpdate();
    conn.commit();
  } catch (...) {
    conn.rollback();
    conn.setAutoCommit(true);
    throw;
  }
  conn.setAutoCommit(true);
  return n;
}
