// Sessions of Poco::Data used after their end.
// library: poco
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

class Pool {
public:
  explicit Pool(const std::string& path) : pool_("SQLite", path) {}
  std::unique_ptr<Session> getSession() { return std::make_unique<Session>(pool_.get()); }

private:
  Poco::Data::SessionPool pool_;
};

// The owner is a temporary: the lease is back before the statement runs.
int countAccounts(Pool& pool, std::string name) {
  int n = 0;
  Statement query(*pool.getSession()); // expect: session-use-after-scope
  query << "SELECT count(*) FROM accounts WHERE name = ?", into(n), use(name), now;
  return n;
}

// The same, prepared for several rounds.
void lock(Pool& pool, std::string name, int rounds) {
  Statement insert = (*pool.getSession() << "INSERT INTO locks(name) VALUES(?)", use(name)); // expect: session-use-after-scope
  for (int i = 0; i < rounds; ++i)
    insert.execute();
}
