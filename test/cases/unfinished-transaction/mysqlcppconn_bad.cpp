// Transactions of the MySQL connector that stay open on some path.
// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <memory>
#include <string>

void logError(const std::string& what);

// The statement says so, and nobody says the end.
bool reserve(sql::Connection& conn, int show, int wanted) {
  std::unique_ptr<sql::Statement> control(conn.createStatement());
  std::unique_ptr<sql::PreparedStatement> query(conn.prepareStatement("SELECT free FROM shows WHERE id = ? FOR UPDATE"));
  control->execute("START TRANSACTION"); // expect: session-unfinished-transaction
  try {
    query->setInt(1, show);
    std::unique_ptr<sql::ResultSet> rows(query->executeQuery());
    if (!rows->next() || rows->getInt(1) < wanted)
      return false;
    control->executeUpdate("UPDATE shows SET free = free - 1");
    conn.commit();
    return true;
  } catch (const sql::SQLException& e) {
    conn.rollback();
    logError(e.what());
    return false;
  } catch (...) {
    conn.rollback();
    throw;
  }
}

// Without auto-commit the connection of the caller stays in the transaction.
int rename(sql::Connection* conn, int id, const std::string& name) {
  std::unique_ptr<sql::PreparedStatement> update(conn->prepareStatement("UPDATE shows SET name = ? WHERE id = ?"));
  conn->setAutoCommit(false); // expect: session-unfinished-transaction
  try {
    update->setString(1, name);
    update->setInt(2, id);
    const int changed = update->executeUpdate();
    if (changed != 1)
      return changed;
    conn->commit();
    conn->setAutoCommit(true);
    return changed;
  } catch (...) {
    conn->rollback();
    conn->setAutoCommit(true);
    throw;
  }
}
