// Sessions of Poco::Data that are used while they live.
// library: poco
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;

void logError(const std::string& what);

class Pool {
public:
  explicit Pool(const std::string& path) : pool_("SQLite", path) {}
  std::unique_ptr<Session> getSession() { return std::make_unique<Session>(pool_.get()); }

private:
  SessionPool pool_;
};

// The owner has a name.
int countAccounts(Pool& pool, std::string name) {
  int n = 0;
  const std::unique_ptr<Session> session = pool.getSession();
  Statement query(*session);
  query << "SELECT count(*) FROM accounts WHERE name = ?", into(n), use(name), now;
  return n;
}

// Used within the expression that has the owner.
void touch(Pool& pool, int account) {
  *pool.getSession() << "UPDATE accounts SET touched = 1 WHERE id = ?", use(account), now;
}

// The copy shares the session: the temporary may go.
int countTasks(Pool& pool) {
  int n = 0;
  Session session = *pool.getSession();
  session << "SELECT count(*) FROM tasks", into(n), now;
  return n;
}

// A reference to a temporary handle keeps it.
int countLocks(SessionPool& pool) {
  int n = 0;
  Session&& session = pool.get();
  session << "SELECT count(*) FROM locks", into(n), now;
  return n;
}

// Closed and opened again.
int compare(Session& session, const std::string& other) {
  int a = 0;
  int b = 0;
  session << "SELECT count(*) FROM orders", into(a), now;
  session.close();
  session.open(other);
  session << "SELECT count(*) FROM orders", into(b), now;
  return a - b;
}

// Reconnected by the handler.
void refresh(Session& session, int id) {
  try {
    session << "DELETE FROM cache WHERE id = ?", use(id), now;
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
    session.close();
    session.reconnect();
  }
  session << "INSERT INTO cache SELECT * FROM items WHERE id = ?", use(id), now;
}

// Closed in the branch that leaves.
int drain(const std::string& path) {
  Session session("SQLite", path);
  int n = 0;
  session << "SELECT count(*) FROM tasks", into(n), now;
  if (n > 100) {
    session << "DELETE FROM tasks", now;
    session.close();
    return 0;
  }
  session << "DELETE FROM tasks WHERE done = 1", now;
  session.close();
  return n;
}

// Asking is harmless.
bool shutDown(Session& session) {
  session.close();
  return !session.isConnected();
}

// Values and results taken out before the end.
std::vector<std::string> names(SessionPool& pool) {
  std::vector<std::string> result;
  {
    Session session(pool.get());
    session << "SELECT name FROM accounts", into(result), now;
  }
  return result;
}

std::string firstName(SessionPool& pool) {
  Session session(pool.get());
  Statement query(session);
  query << "SELECT name FROM accounts", now;
  RecordSet rows(query);
  return rows.moveFirst() ? rows["name"].convert<std::string>() : std::string();
}

// Handed over, and another one in its place.
class Workers {
public:
  void add(Session session) { sessions_.push_back(std::move(session)); }

private:
  std::vector<Session> sessions_;
};

void fill(Workers& workers, SessionPool& pool, int wanted) {
  for (int i = 0; i < wanted; ++i) {
    Session session(pool.get());
    session << "PRAGMA foreign_keys = ON", now;
    workers.add(std::move(session));
  }
}

void replace(Workers& workers, SessionPool& pool) {
  Session session(pool.get());
  workers.add(std::move(session));
  session = pool.get();
  session << "DELETE FROM locks", now;
}

// The lambda holds the session itself.
std::function<int()> counter(SessionPool& pool) {
  Session session(pool.get());
  return [session]() mutable {
    int n = 0;
    session << "SELECT count(*) FROM tasks", into(n), now;
    return n;
  };
}

// A lambda by reference that is called here.
int sum(Session& session, std::vector<int>& ids) {
  int total = 0;
  const auto add = [&](int id) {
    int n = 0;
    session << "SELECT total FROM orders WHERE id = ?", into(n), use(id), now;
    total += n;
  };
  for (const int id : ids)
    add(id);
  return total;
}

// After the commit the session is as good as before.
int addAndCount(Session& session, std::string name) {
  Poco::Data::Transaction transaction(session);
  session << "INSERT INTO accounts(name) VALUES(?)", use(name), now;
  transaction.commit();
  int n = 0;
  session << "SELECT count(*) FROM accounts", into(n), now;
  return n;
}
