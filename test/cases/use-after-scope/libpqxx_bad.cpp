// Transactions and connections of libpqxx used after their end.
// library: libpqxx
#include <pqxx/pqxx>

#include <functional>
#include <memory>
#include <string>
#include <vector>

// The unit of work ended with the commit.
std::vector<int> statusUpdates(pqxx::connection& conn, std::string& now) {
  pqxx::work tx(conn);
  now = tx.exec1("SELECT now()")[0].as<std::string>();
  tx.exec("UPDATE polls SET last = now()");
  tx.commit();
  std::vector<int> ids;
  for (const pqxx::row& row : tx.exec("SELECT id FROM task")) // expect: session-use-after-scope
    ids.push_back(row[0].as<int>());
  return ids;
}

// Aborted in one branch, and used after it.
int reserve(pqxx::connection& conn, int item, int wanted) {
  pqxx::work tx(conn);
  const int left = tx.exec_params1("SELECT n FROM stock WHERE id = $1 FOR UPDATE", item)[0].as<int>();
  if (left < wanted) {
    tx.abort();
    tx.exec_params("INSERT INTO shortages(item) VALUES($1)", item); // expect: session-use-after-scope
    return left;
  }
  tx.exec_params("UPDATE stock SET n = n - $1 WHERE id = $2", wanted, item);
  tx.commit();
  return left - wanted;
}

// The connection is gone, its alias is not.
int count(const std::string& dsn) {
  auto owner = std::make_unique<pqxx::connection>(dsn);
  pqxx::connection& conn = *owner;
  owner.reset();
  pqxx::read_transaction tx(conn); // expect: session-use-after-scope
  return tx.exec1("SELECT count(*) FROM task")[0].as<int>();
}

// The transaction returned stands on a connection that does not come along.
std::unique_ptr<pqxx::work> start(const std::string& dsn) {
  pqxx::connection conn(dsn);
  auto tx = std::make_unique<pqxx::work>(conn);
  return tx; // expect: session-use-after-scope
}

// The text belongs to a result that dies here.
const char* nameOf(pqxx::work& tx, int user) {
  const pqxx::result rows = tx.exec_params("SELECT name FROM users WHERE id = $1", user);
  if (rows.empty())
    return "";
  return rows[0][0].c_str(); // expect: session-use-after-scope
}

// Called when the transaction is over.
class Cache {
public:
  void load(pqxx::connection& conn) {
    pqxx::work tx(conn);
    tx.exec("UPDATE cache SET loads = loads + 1");
    fetch_ = [&tx](int id) { return tx.exec_params1("SELECT v FROM cache WHERE id = $1", id)[0].as<int>(); }; // expect: session-use-after-scope
    tx.commit();
  }
  int get(int id) const { return fetch_(id); }

private:
  std::function<int(int)> fetch_;
};
