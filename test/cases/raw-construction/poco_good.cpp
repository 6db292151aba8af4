// Sessions of Poco::Data that have an owner from the start.
// library: poco
#include <Poco/AutoPtr.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionFactory.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/SharedPtr.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;

int countOrders(const std::string& path) {
  Session session("SQLite", path);
  int n = 0;
  session << "SELECT count(*) FROM orders", into(n), now;
  return n;
}

// From the library's factory, by value.
int countItems(const std::string& path) {
  Session session = Poco::Data::SessionFactory::instance().create("SQLite", path);
  int n = 0;
  session << "SELECT count(*) FROM items", into(n), now;
  return n;
}

// From a pool.
int countUsers(SessionPool& pool) {
  Session session(pool.get());
  int n = 0;
  session << "SELECT count(*) FROM users", into(n), now;
  return n;
}

int countTags(const std::string& path) {
  const std::unique_ptr<Session> session(new Session("SQLite", path));
  int n = 0;
  *session << "SELECT count(*) FROM tags", into(n), now;
  return n;
}

Poco::SharedPtr<Session> shared(const std::string& path) {
  Poco::SharedPtr<Session> session = new Session("SQLite", path);
  *session << "PRAGMA foreign_keys = ON", now;
  return session;
}

void swapIn(std::unique_ptr<Session>& slot, const std::string& path) {
  if (!slot || !slot->isConnected())
    slot.reset(new Session("SQLite", path));
}

// A factory.
Session* makeSession(const std::string& path) {
  return new Session("SQLite", path);
}

// The pool itself is no session.
std::unique_ptr<SessionPool> makePool(const std::string& path) {
  std::unique_ptr<SessionPool> pool(new SessionPool("SQLite", path, 1, 8));
  return pool;
}

// In a member that the destructor deletes.
class Store {
public:
  explicit Store(const std::string& path) : session_(new Session("SQLite", path)) {}
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store() { delete session_; }
  Session& session() { return *session_; }

private:
  Session* session_;
};

class Workers {
public:
  void add(std::unique_ptr<Session> session) { sessions_.push_back(std::move(session)); }

private:
  std::vector<std::unique_ptr<Session>> sessions_;
};

void addWorker(Workers& workers, const std::string& path) {
  workers.add(std::unique_ptr<Session>(new Session("SQLite", path)));
}

int maybe(const std::string& path, bool wanted) {
  std::optional<Session> session;
  if (!wanted)
    return 0;
  session.emplace("SQLite", path);
  int n = 0;
  *session << "SELECT count(*) FROM orders", into(n), now;
  return n;
}
