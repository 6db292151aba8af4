// Sessions and statements of Poco::Data that are given back on every path.
// library: poco
#include <Poco/AutoPtr.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/SharedPtr.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;

void logError(const std::string& what);

// A lease ends with its handle.
int countOrders(SessionPool& pool) {
  Session session(pool.get());
  int n = 0;
  session << "SELECT count(*) FROM orders", into(n), now;
  if (n == 0)
    return -1;
  session << "UPDATE stats SET orders = ?", use(n), now;
  return n;
}

// So does one that has no name.
int countItems(SessionPool& pool) {
  int n = 0;
  pool.get() << "SELECT count(*) FROM items", into(n), now;
  return n;
}

// Owners of Poco and of the standard.
int countTags(const std::string& path) {
  Poco::SharedPtr<Session> session(new Session("SQLite", path));
  int n = 0;
  *session << "SELECT count(*) FROM tags", into(n), now;
  return n;
}

int countUsers(const std::string& path) {
  const auto session = std::make_unique<Session>("SQLite", path);
  int n = 0;
  *session << "SELECT count(*) FROM users", into(n), now;
  return n;
}

// Handed out.
std::unique_ptr<Session> openShop(const std::string& path) {
  std::unique_ptr<Session> session(new Session("SQLite", path));
  *session << "PRAGMA foreign_keys = ON", now;
  return session;
}

Session lease(SessionPool& pool) {
  Session session(pool.get());
  session.setFeature("autoCommit", true);
  return session;
}

// In a member that the destructor deletes; what may throw comes later.
class Repository {
public:
  explicit Repository(const std::string& path) : session_(new Session("SQLite", path)) {}
  Repository(const Repository&) = delete;
  Repository& operator=(const Repository&) = delete;
  ~Repository() { delete session_; }

  void setUp() { *session_ << "PRAGMA foreign_keys = ON", now; }

private:
  Session* session_;
};

// The owner is a base: its destructor runs when this constructor throws.
class Shop : private Repository {
public:
  explicit Shop(const std::string& path) : Repository(path) { setUp(); }
};

// In a container.
class Sessions {
public:
  Session& at(const std::string& path) {
    const auto found = sessions_.find(path);
    if (found != sessions_.end())
      return *found->second;
    auto session = std::make_unique<Session>("SQLite", path);
    *session << "PRAGMA foreign_keys = ON", now;
    return *sessions_.emplace(path, std::move(session)).first->second;
  }

private:
  std::map<std::string, std::unique_ptr<Session>> sessions_;
};

// Opened when asked for the first time, closed by the destructor.
class Lazy {
public:
  explicit Lazy(std::string path) : path_(std::move(path)) {}
  Lazy(const Lazy&) = delete;
  Lazy& operator=(const Lazy&) = delete;
  ~Lazy() { close(); }
  void close() {
    delete session_;
    session_ = nullptr;
  }
  int orders() {
    if (session_ == nullptr)
      session_ = new Session("SQLite", path_);
    int n = 0;
    *session_ << "SELECT count(*) FROM orders", into(n), now;
    return n;
  }

private:
  std::string path_;
  Session* session_ = nullptr;
};

// Borrowed, nothing to give back.
int maximum(Session* session) {
  int id = 0;
  if (session != nullptr)
    *session << "SELECT max(id) FROM orders", into(id), now;
  return id;
}

// The session is the caller's, by the pointer that it passed.
bool lendSession(Poco::Data::SessionPool& pool, Poco::Data::Session*& lent) {
  try {
    lent = new Poco::Data::Session(pool.get());
    *lent << "SET autocommit = 0", Poco::Data::Keywords::now;
    return true;
  } catch (const Poco::Exception&) {
    return false;
  }
}
