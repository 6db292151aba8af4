// Transactions of the MySQL connector that nobody rolls back when a statement fails.
// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <memory>
#include <string>
#include <vector>

void logError(const std::string& what);

// Caught, logged, forgotten: the connection of the caller keeps the transaction and its locks.
bool transfer(sql::Connection& conn, int from, int to, int amount) {
  std::unique_ptr<sql::PreparedStatement> update(
      conn.prepareStatement("UPDATE accounts SET balance = balance + ? WHERE id = ?"));
  std::unique_ptr<sql::Statement> control(conn.createStatement());
  control->execute("START TRANSACTION");
  try {
    update->setInt(1, -amount);
    update->setInt(2, from);
    update->executeUpdate();
    update->setInt(1, amount);
    update->setInt(2, to);
    update->executeUpdate();
    conn.commit();
    return true;
  } catch (const sql::SQLException& e) { // expect: session-missing-rollback
    logError(e.what());
    return false;
  }
}

// Auto-commit is off, and nothing catches.
void addAll(sql::Connection& conn, const std::vector<std::string>& names) {
  std::unique_ptr<sql::PreparedStatement> insert(conn.prepareStatement("INSERT INTO names(name) VALUES(?)"));
  conn.setAutoCommit(false); // expect: session-missing-rollback
  for (const std::string& name : names) {
    insert->setString(1, name);
    insert->executeUpdate();
  }
  conn.commit();
  conn.setAutoCommit(true);
}

// Passing it on is no rollback.
void purge(sql::Connection* conn, int days) {
  std::unique_ptr<sql::PreparedStatement> erase(conn->prepareStatement("DELETE FROM log WHERE age > ?"));
  std::unique_ptr<sql::Statement> statement(conn->createStatement());
  statement->execute("BEGIN");
  try {
    erase->setInt(1, days);
    erase->executeUpdate();
    statement->executeUpdate("UPDATE meta SET purged = now()");
    statement->execute("COMMIT");
  } catch (const sql::SQLException& e) { // expect: session-missing-rollback
    logError("purge: " + std::to_string(e.getErrorCode()));
    throw;
  }
}
