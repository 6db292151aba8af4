// A06: get or create; the handler is outside of the transaction's scope.
// library: sqlitecpp soci libpqxx poco
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <string>

int dagId(SQLite::Database& db, const std::string& hash) {
  try {
    SQLite::Transaction transaction(db);
    SQLite::Statement insert(db, "INSERT INTO dags(hash) VALUES(?)");
    insert.bind(1, hash);
    insert.exec();
    transaction.commit();
  } catch (const SQLite::Exception&) {
    // somebody was faster
  }
  SQLite::Statement query(db, "SELECT id FROM dags WHERE hash = ?");
  query.bind(1, hash);
  return query.executeStep() ? query.getColumn(0).getInt() : 0;
}

int toolId(soci::session& sql, const std::string& name) {
  int id = 0;
  try {
    soci::transaction tr(sql);
    sql << "INSERT INTO tools(name) VALUES(:n)", soci::use(name);
    sql << "SELECT id FROM tools WHERE name = :n", soci::into(id), soci::use(name);
    tr.commit();
    return id;
  } catch (const soci::soci_error&) {
    // somebody was faster
  }
  soci::transaction tr(sql);
  sql << "UPDATE tools SET used = used + 1 WHERE name = :n", soci::use(name);
  sql << "SELECT id FROM tools WHERE name = :n", soci::into(id), soci::use(name);
  tr.commit();
  return id;
}

int userId(pqxx::connection& conn, const std::string& name) {
  try {
    pqxx::work tx(conn);
    const int id = tx.exec_params1("INSERT INTO users(name) VALUES($1) RETURNING id", name)[0].as<int>();
    tx.commit();
    return id;
  } catch (const pqxx::unique_violation&) {
    pqxx::read_transaction tx(conn);
    return tx.exec_params1("SELECT id FROM users WHERE name = $1", name)[0].as<int>();
  }
}

int tagId(Poco::Data::Session& session, std::string name) {
  using namespace Poco::Data::Keywords;
  int id = 0;
  try {
    Poco::Data::Transaction transaction(session);
    session << "INSERT INTO tags(name) VALUES(?)", use(name), now;
    transaction.commit();
  } catch (const Poco::Exception&) {
    id = -1;
  }
  session << "SELECT id FROM tags WHERE name = ?", into(id), use(name), now;
  return id;
}
