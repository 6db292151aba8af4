// Transactions of Poco::Data begun while one is open.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Transaction;

// A second guard.
int replaceAll(Session& session, std::vector<std::string>& names) {
  int n = 0;
  Transaction outer(session);
  session << "DELETE FROM names", now;
  session << "INSERT INTO names(name) VALUES(?)", use(names), now;
  {
    Transaction inner(session); // expect: session-nested-begin
    session << "SELECT count(*) FROM names", into(n), now;
  }
  outer.commit();
  return n;
}

// By hand under a guard.
void rename(Session& session, int id, std::string name) {
  Transaction transaction(session);
  session << "UPDATE items SET name = ? WHERE id = ?", use(name), use(id), now;
  session.begin(); // expect: session-nested-begin
  session << "INSERT INTO renames(id) VALUES(?)", use(id), now;
  transaction.commit();
}

// In a helper.
void countChange(Session& session) {
  Transaction transaction(session);
  session << "UPDATE counters SET changes = changes + 1", now;
  transaction.commit();
}

void remove(Session& session, int id) {
  Transaction transaction(session);
  session << "DELETE FROM items WHERE id = ?", use(id), now;
  countChange(session); // expect: session-nested-begin
  transaction.commit();
}

// Twice by hand; the lease rolls back what is left.
void touch(Poco::Data::SessionPool& pool, int id) {
  Session session(pool.get());
  session.begin();
  session << "UPDATE items SET touched = 1 WHERE id = ?", use(id), now;
  session.begin(); // expect: session-nested-begin
  session << "UPDATE counters SET touched = touched + 1", now;
  session.commit();
}

// Begun in the loop, committed after it.
void importAll(Poco::Data::SessionPool& pool, std::vector<std::string>& names) {
  Session session(pool.get());
  for (std::string& name : names) {
    session.begin(); // expect: session-nested-begin
    session << "INSERT INTO names(name) VALUES(?)", use(name), now;
  }
  session.commit();
}
