// Transactions of Poco::Data that nobody named.
// library: poco
// checks: session-temporary-guard
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Transaction;

void rename(Session& session, int id, std::string name) {
  Transaction transaction{session}; // expect: session-temporary-guard "Poco::Data::Transaction"
  session << "UPDATE users SET name = ? WHERE id = ?", use(name), use(id), now;
  session << "INSERT INTO renames(id, name) VALUES(?, ?)", use(id), use(name), now;
}

void removeAll(Poco::Data::SessionPool& pool, std::vector<int>& ids) {
  Session session(pool.get());
  if (ids.empty())
    return;
  Poco::Data::Transaction transaction(session, true); // expect: session-temporary-guard
  for (int& id : ids) {
    session << "DELETE FROM notes WHERE user = ?", use(id), now;
    session << "DELETE FROM users WHERE id = ?", use(id), now;
  }
}

// The else branch without braces.
void close(Session& session, int id, bool force) {
  int open = 0;
  session << "SELECT count(*) FROM tickets WHERE user = ?", into(open), use(id), now;
  if (force)
    session << "DELETE FROM tickets WHERE user = ?", use(id), now;
  else
    (void)Transaction(session); // expect: session-temporary-guard (no fix)
  session << "UPDATE users SET closed = 1 WHERE id = ?", use(id), now;
}
