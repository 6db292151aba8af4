// Handlers of the class by which a library reports its trouble, or of what that derives from: nothing that matters gets past.
// library: soci libpqxx sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <stdexcept>
#include <string>

void note(const std::string& what);

bool pay(soci::session& sql, int order) {
  sql.begin();
  try {
    sql << "UPDATE orders SET paid = 1 WHERE id = :id", soci::use(order);
    sql << "INSERT INTO payments(orders) VALUES(:id)", soci::use(order);
    sql.commit();
  } catch (const std::runtime_error& e) {
    sql.rollback();
    note(e.what());
    return false;
  }
  return true;
}

bool move(SQLite::Database& db, int from, int to) {
  db.exec("BEGIN");
  try {
    db.exec("UPDATE items SET shelf = " + std::to_string(to) + " WHERE shelf = " + std::to_string(from));
    db.exec("DELETE FROM shelves WHERE id = " + std::to_string(from));
    db.exec("COMMIT");
  } catch (const std::runtime_error& e) {
    db.exec("ROLLBACK");
    note(e.what());
    return false;
  }
  return true;
}

bool script(pqxx::connection& conn) {
  pqxx::nontransaction tx(conn);
  tx.exec("BEGIN");
  try {
    tx.exec("UPDATE a SET n = n + 1");
    tx.exec("UPDATE b SET n = n + 1");
    tx.exec("COMMIT");
  } catch (const pqxx::sql_error& e) {
    tx.exec("ROLLBACK");
    note(e.what());
    return false;
  }
  return true;
}

bool scriptWithBase(pqxx::connection& conn) {
  pqxx::nontransaction tx(conn);
  tx.exec("BEGIN");
  try {
    tx.exec("UPDATE a SET n = n + 1");
    tx.exec("UPDATE b SET n = n + 1");
    tx.exec("COMMIT");
  } catch (const pqxx::failure& e) {
    tx.exec("ROLLBACK");
    note(e.what());
    return false;
  }
  return true;
}

struct LedgerError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class LedgerConnection {
public:
  explicit LedgerConnection(const std::string& url);
  ~LedgerConnection();
  void begin();
  void commit();
  void rollback();
  void run(const std::string& sql);
};

bool book(LedgerConnection& ledger, const std::string& entry) {
  ledger.begin();
  try {
    ledger.run("INSERT INTO entries VALUES('" + entry + "')");
    ledger.run("UPDATE totals SET n = n + 1");
    ledger.commit();
  } catch (const LedgerError& e) {
    ledger.rollback();
    note(e.what());
    return false;
  }
  return true;
}
