// Exceptions caught within a transaction of libpqxx, which is then committed.
// library: libpqxx
#include <pqxx/pqxx>

#include <exception>
#include <string>
#include <vector>

void logError(const std::string& what);

void failTask(pqxx::connection& conn, int task, const std::string& text) {
  pqxx::work tx(conn);
  tx.exec_params("UPDATE tasks SET state = 'failed' WHERE id = $1", task);
  try {
    tx.exec_params("INSERT INTO failures(task, text) VALUES($1, $2)", task, text);
    tx.exec("UPDATE counters SET failures = failures + 1");
  } catch (const std::exception& e) { // expect: session-swallow-and-commit
    logError(e.what());
  }
  tx.commit();
}

// A return value for the log, and a commit all the same.
bool transfer(pqxx::connection& conn, int from, int to, int amount) {
  bool good = true;
  pqxx::transaction<pqxx::serializable> tx(conn);
  try {
    tx.exec_params("UPDATE accounts SET n = n - $1 WHERE id = $2", amount, from);
    tx.exec_params("UPDATE accounts SET n = n + $1 WHERE id = $2", amount, to);
  } catch (const pqxx::sql_error& e) { // expect: session-swallow-and-commit
    logError(e.query());
    good = false;
  }
  tx.commit();
  return good;
}

// Several handlers, one of which lets it pass.
void store(pqxx::connection& conn, const std::vector<std::string>& names) {
  pqxx::work tx(conn);
  tx.exec("DELETE FROM names");
  try {
    for (const std::string& name : names)
      tx.exec_params("INSERT INTO names(name) VALUES($1)", name);
  } catch (const pqxx::unique_violation& e) { // expect: session-swallow-and-commit
    logError(e.what());
  } catch (const std::exception& e) {
    logError(e.what());
    throw;
  }
  tx.commit();
}

// The savepoint is around something else.
void merge(pqxx::connection& conn, int from, int into) {
  pqxx::work tx(conn);
  {
    pqxx::subtransaction part(tx, "mark");
    part.exec_params("UPDATE users SET marked = true WHERE id = $1", from);
    part.commit();
  }
  try {
    tx.exec_params("UPDATE posts SET author = $1 WHERE author = $2", into, from);
    tx.exec_params("DELETE FROM users WHERE id = $1", from);
  } catch (const pqxx::foreign_key_violation& e) { // expect: session-swallow-and-commit
    logError(e.what());
  }
  tx.commit();
}
