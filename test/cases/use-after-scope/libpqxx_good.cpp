// Transactions, results and connections of libpqxx used while they live.
// library: libpqxx
#include <pqxx/pqxx>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

std::vector<int> statusUpdates(pqxx::connection& conn, std::string& now) {
  pqxx::work tx(conn);
  now = tx.exec1("SELECT now()")[0].as<std::string>();
  std::vector<int> ids;
  for (const pqxx::row& row : tx.exec("SELECT id FROM task"))
    ids.push_back(row[0].as<int>());
  tx.commit();
  return ids;
}

// A result owns its rows; it outlives transaction and connection.
pqxx::result tasks(const std::string& dsn) {
  pqxx::connection conn(dsn);
  pqxx::work tx(conn);
  pqxx::result rows = tx.exec("SELECT id, name FROM task");
  tx.commit();
  return rows;
}

int firstTask(pqxx::connection& conn) {
  pqxx::result rows;
  {
    pqxx::work tx(conn);
    rows = tx.exec("DELETE FROM task WHERE state = 2 RETURNING id");
    tx.commit();
  }
  return rows.empty() ? 0 : rows[0][0].as<int>();
}

// Read from the result after the commit, not from the transaction.
std::string oldest(pqxx::connection& conn) {
  pqxx::work tx(conn);
  const pqxx::result rows = tx.exec("UPDATE task SET seen = true RETURNING name");
  tx.commit();
  for (const pqxx::row& row : rows)
    if (!row[0].is_null())
      return row[0].c_str();
  return {};
}

// Copied into a string at once.
std::string nameOf(pqxx::work& tx, int user) {
  const pqxx::result rows = tx.exec_params("SELECT name FROM users WHERE id = $1", user);
  return rows.empty() ? std::string() : std::string(rows[0][0].c_str());
}

// Used after the abort only in the other branch.
int reserve(pqxx::connection& conn, int item, int wanted) {
  pqxx::work tx(conn);
  const int left = tx.exec_params1("SELECT n FROM stock WHERE id = $1 FOR UPDATE", item)[0].as<int>();
  if (left < wanted) {
    tx.abort();
    return left;
  }
  tx.exec_params("UPDATE stock SET n = n - $1 WHERE id = $2", wanted, item);
  tx.commit();
  return left - wanted;
}

// A transaction in each round.
void purge(pqxx::connection& conn) {
  std::size_t gone = 0;
  do {
    pqxx::work tx(conn);
    const pqxx::result rows = tx.exec("DELETE FROM log WHERE id IN (SELECT id FROM old LIMIT 1000)");
    tx.commit();
    gone = rows.affected_rows();
  } while (gone > 0);
}

// Both go together.
struct Unit {
  std::unique_ptr<pqxx::connection> conn;
  std::unique_ptr<pqxx::work> tx;
};

Unit start(const std::string& dsn) {
  Unit unit;
  unit.conn = std::make_unique<pqxx::connection>(dsn);
  unit.tx = std::make_unique<pqxx::work>(*unit.conn);
  return unit;
}

// Replaced by a live one before the next use.
int pollTwice(std::unique_ptr<pqxx::connection>& conn, const std::string& dsn) {
  const int first = conn->await_notification(1, 0);
  conn.reset();
  conn = std::make_unique<pqxx::connection>(dsn);
  return first + conn->await_notification(1, 0);
}

// The transaction object is renewed.
void twoSteps(pqxx::connection& conn, std::unique_ptr<pqxx::work>& tx) {
  tx->exec("UPDATE steps SET n = 1");
  tx->commit();
  tx.reset();
  tx = std::make_unique<pqxx::work>(conn);
  tx->exec("SELECT n FROM steps");
}

// Called while the transaction is open.
int sum(pqxx::connection& conn, const std::vector<int>& ids) {
  pqxx::read_transaction tx(conn);
  const std::function<int(int)> fetch = [&tx](int id) {
    return tx.exec_params1("SELECT v FROM cache WHERE id = $1", id)[0].as<int>();
  };
  int total = 0;
  for (const int id : ids)
    total += fetch(id);
  return total;
}

// The connection stays useful after its transaction.
std::string stamp(pqxx::connection& conn, int id) {
  pqxx::work tx(conn);
  tx.exec_params("UPDATE task SET stamp = now() WHERE id = $1", id);
  tx.commit();
  return std::string(conn.dbname()) + "@" + conn.hostname();
}
