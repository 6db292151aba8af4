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

void logError(const std::string& what);

class Pool {
public:
  explicit Pool(const std::string& path) : pool_("SQLite", path) {}
  std::unique_ptr<Session> getSession() { return std::make_unique<Session>(pool_.get()); }

private:
  Poco::Data::SessionPool pool_;
};

// Closed, then asked once more.
int drain(const std::string& path) {
  Session session("SQLite", path);
  int n = 0;
  session << "SELECT count(*) FROM tasks", into(n), now;
  session.close();
  if (n > 100)
    session << "DELETE FROM tasks", now; // expect: session-use-after-scope
  return n;
}

// The pointer outlives the session of the inner block.
void enqueue(const std::string& path, int task, bool urgent) {
  Session* last = nullptr;
  if (urgent) {
    Session session("SQLite", path);
    session << "INSERT INTO tasks(id) VALUES(?)", use(task), now;
    last = &session;
  }
  if (last != nullptr)
    *last << "UPDATE counters SET n = n + 1", now; // expect: session-use-after-scope
}

// Kept for later.
class Scheduler {
public:
  void prepare(Poco::Data::SessionPool& pool) {
    Session session(pool.get());
    session << "DELETE FROM locks", now;
    current_ = &session; // expect: session-use-after-scope
  }
  int waiting() {
    int n = 0;
    *current_ << "SELECT count(*) FROM tasks", into(n), now;
    return n;
  }

private:
  Session* current_ = nullptr;
};

// The function returned is to use what dies here.
std::function<int()> counter(Poco::Data::SessionPool& pool) {
  Session session(pool.get());
  session << "DELETE FROM tasks WHERE name = ''", now;
  return [&session] { // expect: session-use-after-scope
    int n = 0;
    session << "SELECT count(*) FROM tasks", into(n), now;
    return n;
  };
}

// Closed by the handler, used behind it.
void refresh(Session& session, int id) {
  try {
    session << "DELETE FROM cache WHERE id = ?", use(id), now;
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
    session.close();
  }
  session << "INSERT INTO cache SELECT * FROM items WHERE id = ?", use(id), now; // expect: session-use-after-scope
}
