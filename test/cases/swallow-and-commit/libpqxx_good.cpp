// Exceptions caught in or around a transaction of libpqxx that is not committed half done.
// library: libpqxx
#include <pqxx/pqxx>

#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

void logError(const std::string& what);

void failTask(pqxx::connection& conn, int task, const std::string& text) {
  try {
    pqxx::work tx(conn);
    tx.exec_params("UPDATE tasks SET state = 'failed' WHERE id = $1", task);
    tx.exec_params("INSERT INTO failures(task, text) VALUES($1, $2)", task, text);
    tx.commit();
  } catch (const std::exception& e) {
    logError(e.what());
  }
}

// The savepoint goes with the exception.
int addAll(pqxx::connection& conn, const std::vector<std::string>& names) {
  int known = 0;
  pqxx::work tx(conn);
  for (const std::string& name : names) {
    try {
      pqxx::subtransaction part(tx, "one_name");
      part.exec_params("INSERT INTO names(name) VALUES($1)", name);
      part.exec_params("INSERT INTO log(text) VALUES($1)", name);
      part.commit();
    } catch (const pqxx::unique_violation&) {
      ++known;
    }
  }
  tx.commit();
  return known;
}

// A savepoint held in a helper.
static bool tryMark(pqxx::work& tx, int user) {
  pqxx::subtransaction part(tx, "mark");
  try {
    part.exec_params("UPDATE users SET marked = true WHERE id = $1", user);
    part.commit();
    return true;
  } catch (const pqxx::sql_error& e) {
    logError(e.what());
    return false;
  }
}

void merge(pqxx::connection& conn, int from, int into) {
  pqxx::work tx(conn);
  tx.exec_params("UPDATE posts SET author = $1 WHERE author = $2", into, from);
  if (!tryMark(tx, from))
    logError("not marked");
  tx.commit();
}

bool transfer(pqxx::connection& conn, int from, int to, int amount) {
  pqxx::work tx(conn);
  try {
    tx.exec_params("UPDATE accounts SET n = n - $1 WHERE id = $2", amount, from);
    tx.exec_params("UPDATE accounts SET n = n + $1 WHERE id = $2", amount, to);
    tx.commit();
    return true;
  } catch (const pqxx::sql_error& e) {
    logError(e.query());
  }
  return false;
}

void store(pqxx::connection& conn, const std::vector<std::string>& names) {
  pqxx::work tx(conn);
  try {
    for (const std::string& name : names)
      tx.exec_params("INSERT INTO names(name) VALUES($1)", name);
  } catch (const pqxx::unique_violation& e) {
    throw std::runtime_error(std::string("twice: ") + e.what());
  }
  tx.commit();
}

// What is caught is a matter of text.
int numbers(pqxx::connection& conn, const std::vector<std::string>& texts) {
  int bad = 0;
  pqxx::work tx(conn);
  for (const std::string& text : texts) {
    long number = 0;
    try {
      number = std::stol(text);
    } catch (const std::exception&) {
      ++bad;
      continue;
    }
    tx.exec_params("INSERT INTO numbers(n) VALUES($1)", number);
  }
  tx.commit();
  return bad;
}

// Aborted by the flag.
bool replace(pqxx::connection& conn, const std::vector<std::string>& names) {
  std::string problem;
  bool failed = false;
  pqxx::work tx(conn);
  try {
    tx.exec("DELETE FROM names");
    for (const std::string& name : names)
      tx.exec_params("INSERT INTO names(name) VALUES($1)", name);
  } catch (const std::exception& e) {
    problem = e.what();
    failed = true;
  }
  if (failed) {
    tx.abort();
    logError(problem);
    return false;
  }
  tx.commit();
  return true;
}
