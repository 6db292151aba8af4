// Transactions of Poco::Data that look odd and are right.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Logger.h>

#include <memory>
#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Transaction;

void rename(Session& session, int id, std::string name) {
  Transaction transaction(session);
  session << "UPDATE users SET name = ? WHERE id = ?", use(name), use(id), now;
  transaction.commit();
}

// Runs the statements and commits, all in its own call.
void truncate(Session& session) {
  std::vector<std::string> statements{"DELETE FROM notes", "DELETE FROM users"};
  Transaction(session, false).execute(statements);
}

// A temporary with a function object does all its work in the constructor.
struct Cleanup {
  void operator()(Session& session) const { session << "DELETE FROM notes WHERE old = 1", now; }
};

void cleanUp(Session& session) {
  Cleanup cleanup;
  Transaction transaction(session, cleanup);
}

bool inTransaction(Session& session) {
  return Transaction(session, false).isActive();
}

std::shared_ptr<Transaction> begin(Session& session) {
  return std::make_shared<Transaction>(session, &Poco::Logger::root());
}
