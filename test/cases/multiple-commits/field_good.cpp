// Seen in the field: tables are filled in one transaction, indexes and settings follow in others.
// library: libpqxx
#include <pqxx/pqxx>
#include <string>
#include <vector>

void prepare(pqxx::connection& conn) {
  {
    pqxx::work step(conn);
    step.exec("CREATE INDEX IF NOT EXISTS by_name ON people (name) WHERE name >= 'F'");
    step.commit();
  }
  {
    pqxx::work step(conn);
    step.exec("CREATE INDEX IF NOT EXISTS by_age ON people (age, name)");
    step.commit();
  }
  {
    pqxx::nontransaction step(conn);
    step.exec("VACUUM ANALYZE people");
  }
  pqxx::work step(conn);
  step.exec("SET work_mem = '256MB'");
  step.commit();
}

void load(pqxx::connection& conn, const std::vector<std::string>& names) {
  {
    pqxx::work rows(conn);
    for (const auto& name : names)
      rows.exec("INSERT INTO people(name) VALUES(" + rows.quote(name) + ")");
    rows.commit();
  }
  pqxx::work index(conn);
  index.exec("CREATE INDEX by_name ON people (name)");
  index.commit();
}
