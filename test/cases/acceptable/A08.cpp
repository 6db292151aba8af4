// A08: bulk work with a session for each part, one after the other.
// library: soci poco libpqxx
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <string>
#include <vector>

void insertArguments(soci::connection_pool& pool, const std::vector<int>& ids) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "INSERT INTO arguments(node) VALUES(:i)", soci::use(ids);
  tr.commit();
}

void insertNodes(soci::connection_pool& pool, const std::vector<int>& ids) {
  {
    soci::session sql(pool);
    soci::transaction tr(sql);
    sql << "INSERT INTO nodes(id) VALUES(:i)", soci::use(ids);
    tr.commit();
  }
  insertArguments(pool, ids);
}

void insertEdge(Poco::Data::SessionPool& pool, int from, int to) {
  using namespace Poco::Data::Keywords;
  Poco::Data::Session session(pool.get());
  Poco::Data::Transaction transaction(session);
  session << "INSERT INTO edges(tail, head) VALUES(?, ?)", use(from), use(to), now;
  transaction.commit();
}

void insertRing(Poco::Data::SessionPool& pool, int n) {
  for (int i = 0; i < n; ++i)
    insertEdge(pool, i, (i + 1) % n);
}

void insertWords(const std::string& dsn, const std::vector<std::string>& words) {
  pqxx::connection conn(dsn);
  pqxx::work tx(conn);
  for (const std::string& word : words)
    tx.exec_params("INSERT INTO words(word) VALUES($1)", word);
  tx.commit();
}

void insertTexts(const std::string& dsn, const std::vector<std::string>& texts) {
  pqxx::connection conn(dsn);
  pqxx::work tx(conn);
  for (const std::string& text : texts)
    tx.exec_params("INSERT INTO texts(text) VALUES($1)", text);
  tx.commit();
}

void load(const std::string& dsn, const std::vector<std::string>& words, const std::vector<std::string>& texts) {
  insertWords(dsn, words);
  insertTexts(dsn, texts);
}
