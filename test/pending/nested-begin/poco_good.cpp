// Transactions of Poco::Data that follow each other, or are of several sessions.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Transaction;

// Not begun by the guard, but by hand behind it.
void later(Session& session, int id) {
  Transaction transaction(session, false);
  session.begin();
  session << "DELETE FROM items WHERE id = ?", use(id), now;
  transaction.commit();
}
