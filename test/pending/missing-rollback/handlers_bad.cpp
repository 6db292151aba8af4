// Handlers that are narrower than the trouble that comes, and functions that are not seen.
// library: soci libpqxx
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <functional>
#include <string>

void note(const std::string& what);

bool add(pqxx::connection& conn) {
  pqxx::nontransaction tx(conn);
  tx.exec("BEGIN"); // expect: session-missing-rollback
  try {
    tx.exec("INSERT INTO a VALUES(1)");
    tx.exec("UPDATE b SET n = n + 1");
    tx.exec("COMMIT");
  } catch (const pqxx::unique_violation& e) {
    tx.exec("ROLLBACK");
    note(e.what());
    return false;
  }
  return true;
}

void store(soci::session& sql, int order);

void storeAll(soci::session& sql, int first, int second) {
  sql.begin(); // expect: session-missing-rollback
  store(sql, first);
  store(sql, second);
  sql.commit();
}

void within(soci::session& sql, const std::function<void(soci::session&)>& work) {
  sql.begin(); // expect: session-missing-rollback
  work(sql);
  sql.commit();
}
