// Transactions of libpqxx that are ended twice.
// library: libpqxx
#include <pqxx/pqxx>

#include <exception>
#include <memory>
#include <string>
#include <vector>

void logError(const std::string& what);

// Committed by the branch, and by all.
void store(pqxx::connection& conn, const std::vector<int>& values, bool quick) {
  pqxx::work tx(conn);
  for (const int value : values)
    tx.exec_params("INSERT INTO samples(value) VALUES($1)", value);
  if (quick)
    tx.commit();
  tx.commit(); // expect: session-double-end
}

// Aborted, and then committed: the library throws.
bool reserve(pqxx::connection& conn, int item) {
  pqxx::work tx(conn);
  const pqxx::result left = tx.exec_params("UPDATE stock SET n = n - 1 WHERE id = $1 AND n > 0", item);
  if (left.affected_rows() == 0) {
    logError("sold out");
    tx.abort();
  }
  tx.commit(); // expect: session-double-end
  return left.affected_rows() != 0;
}

// What comes after the commit fails, and the handler aborts what is committed.
void finish(pqxx::connection& conn, int job) {
  pqxx::work tx(conn);
  try {
    tx.exec_params("UPDATE jobs SET state = 'done' WHERE id = $1", job);
    tx.commit();
    conn.prepare("next", "SELECT id FROM jobs WHERE state = 'new' LIMIT 1");
  } catch (const std::exception& e) {
    logError(e.what());
    tx.abort(); // expect: session-double-end
    throw;
  }
}

// Second thoughts, too late.
int drain(pqxx::connection& conn, const std::vector<int>& jobs) {
  pqxx::work tx(conn);
  int done = 0;
  for (const int job : jobs) {
    tx.exec_params("DELETE FROM jobs WHERE id = $1", job);
    ++done;
  }
  tx.commit();
  if (done == 0)
    tx.abort(); // expect: session-double-end
  return done;
}
