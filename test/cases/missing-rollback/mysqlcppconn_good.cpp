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
  } catch (const sql::SQLException& e) {
    conn.rollback();
    logError(e.what());
  } catch (...) {
    conn.rollback();
    throw;
  }
  return false;
}

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

// A savepoint for the part that may fail.
int merge(sql::Connection& conn, const std::vector<std::string>& names) {
  int bad = 0;
  std::unique_ptr<sql::PreparedStatement> insert(conn.prepareStatement("INSERT INTO names(name) VALUES(?)"));
  conn.setAutoCommit(false);
  try {
    for (const std::string& name : names) {
      const std::unique_ptr<sql::Savepoint> savepoint(conn.setSavepoint("row"));
      try {
        insert->setString(1, name);
        insert->executeUpdate();
        conn.releaseSavepoint(savepoint.get());
      } catch (const sql::SQLException& e) {
        conn.rollback(savepoint.get());
        logError(e.what());
        ++bad;
      }
    }
    conn.commit();
    conn.setAutoCommit(true);
  } catch (...) {
    conn.rollback();
    conn.setAutoCommit(true);
    throw;
  }
  return bad;
}

// The server's own statements.
void purge(sql::Connection* conn, int days) {
  std::unique_ptr<sql::Statement> statement(conn->createStatement());
  statement->execute("BEGIN");
  try {
    statement->executeUpdate("DELETE FROM log WHERE age > " + std::to_string(days));
    statement->execute("COMMIT");
  } catch (const sql::SQLException&) {
    statement->execute("ROLLBACK");
    throw;
  } catch (...) {
    statement->execute("ROLLBACK");
    throw;
  }
}
