// Transactions of libpqxx that are ended once.
// library: libpqxx
#include <pqxx/pqxx>

#include <exception>
#include <memory>
#include <string>
#include <vector>

void logError(const std::string& what);

void store(pqxx::connection& conn, const std::vector<int>& values, bool keep) {
  pqxx::work tx(conn);
  for (const int value : values)
    tx.exec_params("INSERT INTO samples(value) VALUES($1)", value);
  if (keep)
    tx.commit();
  else
    tx.abort();
}

// The abort leaves.
bool reserve(pqxx::connection& conn, int item) {
  pqxx::work tx(conn);
  const pqxx::result left = tx.exec_params("UPDATE stock SET n = n - 1 WHERE id = $1 AND n > 0", item);
  if (left.affected_rows() == 0) {
    tx.abort();
    return false;
  }
  tx.commit();
  return true;
}

// The handler aborts what is not yet committed, and the destructor would do it again: both are allowed.
void finish(pqxx::connection& conn, int job) {
  pqxx::work tx(conn);
  try {
    tx.exec_params("UPDATE jobs SET state = 'done' WHERE id = $1", job);
    tx.exec_params("DELETE FROM claims WHERE job = $1", job);
    tx.commit();
  } catch (const pqxx::in_doubt_error&) {
    throw;
  } catch (const std::exception& e) {
    logError(e.what());
    tx.abort();
    throw;
  }
}

// Savepoints end before their transaction does.
int addAll(pqxx::connection& conn, const std::vector<std::string>& names) {
  pqxx::work tx(conn);
  int added = 0;
  for (const std::string& name : names) {
    pqxx::subtransaction part(tx, "one");
    const pqxx::result rows = part.exec_params("INSERT INTO names VALUES($1) ON CONFLICT DO NOTHING", name);
    if (rows.affected_rows() == 0) {
      part.abort();
      continue;
    }
    part.commit();
    ++added;
  }
  tx.commit();
  return added;
}

// A retry has a transaction of its own.
bool claim(pqxx::connection& conn, int job) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    pqxx::work tx(conn);
    try {
      tx.exec_params("UPDATE jobs SET state = 'claimed' WHERE id = $1", job);
      tx.commit();
      return true;
    } catch (const pqxx::serialization_failure&) {
      tx.abort();
    }
  }
  return false;
}

// Two transactions, one name for the pointer.
void swap(pqxx::connection& conn, std::unique_ptr<pqxx::work>& tx) {
  tx->exec("UPDATE steps SET n = 1");
  tx->abort();
  tx.reset();
  tx = std::make_unique<pqxx::work>(conn);
  tx->exec("UPDATE steps SET n = 2");
  tx->commit();
}

// Two connections, each with one.
void copy(pqxx::connection& from, pqxx::connection& to) {
  pqxx::work source(from);
  pqxx::work target(to);
  for (const pqxx::row& row : source.exec("DELETE FROM outbox RETURNING id"))
    target.exec_params("INSERT INTO inbox(id) VALUES($1)", row[0].as<int>());
  target.commit();
  source.commit();
}

// Ended in a helper, exactly there.
void endAll(std::vector<std::unique_ptr<pqxx::work>>& open, bool good) {
  for (const auto& tx : open) {
    if (good)
      tx->commit();
    else
      tx->abort();
  }
  open.clear();
}
