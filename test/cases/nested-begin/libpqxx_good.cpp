// Transactions of libpqxx, one at a time on each connection.
// library: libpqxx
#include <pqxx/pqxx>

#include <memory>
#include <optional>
#include <string>
#include <vector>

void logError(const std::string& what);

// The helper gets the transaction.
static int typeId(pqxx::transaction_base& tx, const std::string& name) {
  return tx.exec_params1("SELECT id FROM types WHERE name = $1", name)[0].as<int>();
}

void addAttribute(pqxx::connection& conn, const std::string& type, const std::string& value) {
  pqxx::work tx(conn);
  const int id = typeId(tx, type);
  tx.exec_params("INSERT INTO attributes(type, value) VALUES($1, $2)", id, value);
  tx.commit();
}

// Nested the way the library means it.
void placeOrder(pqxx::connection& conn, int order, const std::vector<int>& items) {
  pqxx::work tx(conn);
  tx.exec_params("INSERT INTO orders(id) VALUES($1)", order);
  {
    pqxx::subtransaction lines(tx, "lines");
    for (const int item : items) {
      pqxx::subtransaction line(lines, "line");
      line.exec_params("INSERT INTO order_items VALUES($1, $2)", order, item);
      line.commit();
    }
    lines.commit();
  }
  tx.commit();
}

// One after the other.
int rename(pqxx::connection& conn, const std::string& from, const std::string& to) {
  int id = 0;
  {
    pqxx::read_transaction tx(conn);
    id = typeId(tx, from);
  }
  pqxx::work tx(conn);
  tx.exec_params("UPDATE types SET name = $1 WHERE id = $2", to, id);
  tx.commit();
  return id;
}

// One on each connection.
void copy(pqxx::connection& from, pqxx::connection& to) {
  pqxx::read_transaction source(from);
  pqxx::work target(to);
  for (const pqxx::row& row : source.exec("SELECT id FROM orders"))
    target.exec_params("INSERT INTO orders(id) VALUES($1)", row[0].as<int>());
  target.commit();
}

// A new one in each round.
void drain(pqxx::connection& conn, const std::vector<int>& ids) {
  for (const int id : ids) {
    pqxx::work tx(conn);
    if (tx.exec_params("SELECT 1 FROM jobs WHERE id = $1 FOR UPDATE", id).empty())
      continue;
    tx.exec_params("DELETE FROM jobs WHERE id = $1", id);
    tx.commit();
  }
}

// The first is gone before the second comes.
void restart(pqxx::connection& conn, std::unique_ptr<pqxx::work>& tx) {
  tx->abort();
  tx.reset();
  tx = std::make_unique<pqxx::work>(conn);
  tx->exec("DELETE FROM drafts");
  tx->commit();
}

// Only one of them is made.
int count(pqxx::connection& conn, bool serializable) {
  if (serializable) {
    pqxx::transaction<pqxx::serializable> tx(conn);
    return tx.exec1("SELECT count(*) FROM orders")[0].as<int>();
  }
  pqxx::read_transaction tx(conn);
  return tx.exec1("SELECT count(*) FROM orders")[0].as<int>();
}

// The optional is emptied between its two lives.
void twice(pqxx::connection& conn) {
  std::optional<pqxx::work> tx;
  tx.emplace(conn);
  const int n = tx->exec1("SELECT count(*) FROM drafts")[0].as<int>();
  tx.reset();
  if (n == 0)
    return;
  tx.emplace(conn);
  tx->exec("DELETE FROM drafts");
  tx->commit();
}

// A second attempt when the first is over.
bool claim(pqxx::connection& conn, int job) {
  try {
    pqxx::work tx(conn);
    tx.exec_params("INSERT INTO claims(job) VALUES($1)", job);
    tx.commit();
    return true;
  } catch (const pqxx::unique_violation& e) {
    logError(e.what());
  }
  pqxx::work tx(conn);
  tx.exec_params("UPDATE claims SET again = true WHERE job = $1", job);
  tx.commit();
  return false;
}
