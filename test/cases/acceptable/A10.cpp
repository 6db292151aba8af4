// A10: only read, and so never committed.
// library: libpqxx sqlitecpp soci poco
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <string>
#include <vector>

int countJobs(pqxx::connection& conn) {
  pqxx::read_transaction tx(conn);
  return tx.exec1("SELECT count(*) FROM jobs")[0].as<int>();
}

std::vector<std::string> names(pqxx::connection& conn) {
  pqxx::work tx(conn);
  std::vector<std::string> result;
  for (const auto& row : tx.exec("WITH all_users AS (SELECT name FROM users) SELECT name FROM all_users"))
    result.push_back(row[0].as<std::string>());
  return result;
}

int balance(SQLite::Database& db, int account) {
  SQLite::Transaction transaction(db);
  SQLite::Statement in(db, "SELECT sum(amount) FROM incoming WHERE account = ?");
  SQLite::Statement out(db, "SELECT sum(amount) FROM outgoing WHERE account = ?");
  in.bind(1, account);
  out.bind(1, account);
  if (!in.executeStep() || !out.executeStep())
    return 0;
  return in.getColumn(0).getInt() - out.getColumn(0).getInt();
}

int countFree(soci::session& sql) {
  soci::transaction tr(sql);
  int shows = 0;
  int seats = 0;
  sql << "SELECT count(*) FROM shows", soci::into(shows);
  sql << "SELECT sum(free) FROM shows", soci::into(seats);
  return shows == 0 ? 0 : seats / shows;
}

std::string plan(Poco::Data::Session& session) {
  using namespace Poco::Data::Keywords;
  std::string text;
  Poco::Data::Transaction transaction(session);
  session << "EXPLAIN SELECT * FROM orders", into(text), now;
  return text;
}
