// Transactions of the MySQL connector that end on every path.
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

bool reserve(sql::Connection& conn, int show, int wanted) {
  std::unique_ptr<sql::Statement> control(conn.createStatement());
  std::unique_ptr<sql::PreparedStatement> query(conn.prepareStatement("SELECT free FROM shows WHERE id = ? FOR UPDATE"));
  control->execute("START TRANSACTION");
  try {
    query->setInt(1, show);
    std::unique_ptr<sql::ResultSet> rows(query->executeQuery());
    if (!rows->next() || rows->getInt(1) < wanted) {
      conn.rollback();
      return false;
    }
    control->executeUpdate("UPDATE shows SET free = free - 1");
    conn.commit();
    return true;
  } catch (...) {
    conn.rollback();
    throw;
  }
}

// A guard of the project: it rolls back what nobody committed and switches auto-commit on again.
class ManualCommit {
public:
  explicit ManualCommit(sql::Connection& conn) : conn_(conn) { conn_.setAutoCommit(false); }
  ManualCommit(const ManualCommit&) = delete;
  ManualCommit& operator=(const ManualCommit&) = delete;
  ~ManualCommit() {
    try {
      if (!done_)
        conn_.rollback();
      conn_.setAutoCommit(true);
    } catch (const sql::SQLException& e) {
      logError(e.what());
    }
  }
  void commit() {
    conn_.commit();
    done_ = true;
  }

private:
  sql::Connection& conn_;
  bool done_ = false;
};

int rename(sql::Connection& conn, int id, const std::string& name) {
  ManualCommit transaction(conn);
  std::unique_ptr<sql::PreparedStatement> update(conn.prepareStatement("UPDATE shows SET name = ? WHERE id = ?"));
  update->setString(1, name);
  update->setInt(2, id);
  if (update->executeUpdate() != 1)
    return 0;
  transaction.commit();
  return 1;
}

// The auto-commit mode is put back as it was.
void addAll(sql::Connection& conn, const std::vector<std::string>& names) {
  std::unique_ptr<sql::PreparedStatement> insert(conn.prepareStatement("INSERT INTO shows(name) VALUES(?)"));
  const bool automatic = conn.getAutoCommit();
  conn.setAutoCommit(false);
  try {
    for (const std::string& name : names) {
      insert->setString(1, name);
      insert->executeUpdate();
    }
    conn.commit();
  } catch (...) {
    conn.rollback();
    conn.setAutoCommit(automatic);
    throw;
  }
  conn.setAutoCommit(automatic);
}

// Every statement for itself.
int touch(sql::Connection& conn, const std::vector<int>& ids) {
  std::unique_ptr<sql::PreparedStatement> update(conn.prepareStatement("UPDATE shows SET touched = 1 WHERE id = ?"));
  conn.setAutoCommit(true);
  int changed = 0;
  for (const int id : ids) {
    update->setInt(1, id);
    changed += update->executeUpdate();
  }
  return changed;
}

// Ended by what it is told.
void finish(sql::Connection& conn, bool good) {
  if (good)
    conn.commit();
  else
    conn.rollback();
}

bool settle(sql::Connection& conn, int booking) {
  std::unique_ptr<sql::Statement> statement(conn.createStatement());
  statement->execute("BEGIN");
  bool good = false;
  try {
    good = statement->executeUpdate("UPDATE bookings SET settled = 1 WHERE id = " + std::to_string(booking)) == 1;
    finish(conn, good);
  } catch (...) {
    conn.rollback();
    throw;
  }
  return good;
}
