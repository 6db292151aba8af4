// Sessions and statements of Poco::Data made with new that are not deleted on some path.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>

#include <exception>
#include <memory>
#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

void logError(const std::string& what);

// The statement may throw, and then the session is never deleted.
int countOrders(const std::string& path) {
  int n = 0;
  Session* session = new Session("SQLite", path); // expect: session-leak
  *session << "SELECT count(*) FROM orders", into(n), now;
  delete session;
  return n;
}

// The pooled session is not returned to the pool.
bool cancel(Poco::Data::SessionPool& pool, int order) {
  auto* session = new Session(pool.get()); // expect: session-leak
  try {
    int state = 0;
    *session << "SELECT state FROM orders WHERE id = ?", into(state), use(order), now;
    if (state == 3)
      return false;
    *session << "DELETE FROM orders WHERE id = ?", use(order), now;
  } catch (...) {
    delete session;
    throw;
  }
  delete session;
  return true;
}

// The handler forgets.
int sumOf(const std::string& connector, const std::string& path, int customer) {
  Session* session = nullptr;
  int sum = 0;
  try {
    session = new Session(connector, path); // expect: session-leak
    *session << "SELECT sum(total) FROM orders WHERE customer = ?", into(sum), use(customer), now;
    delete session;
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
  }
  return sum;
}

// The statement is deleted only when it found something.
int firstOrder(Session& session) {
  int id = 0;
  Statement* query = new Statement(session); // expect: session-leak
  try {
    *query << "SELECT min(id) FROM orders", into(id), now;
  } catch (...) {
    delete query;
    throw;
  }
  if (id != 0)
    delete query;
  return id;
}

// The constructor throws when the setup fails; its destructor will not run.
class Repository {
public:
  explicit Repository(const std::string& path) : session_(new Session("SQLite", path)) { // expect: session-leak
    *session_ << "PRAGMA foreign_keys = ON", now;
  }
  Repository(const Repository&) = delete;
  Repository& operator=(const Repository&) = delete;
  ~Repository() { delete session_; }

  int orders() {
    int n = 0;
    *session_ << "SELECT count(*) FROM orders", into(n), now;
    return n;
  }

private:
  Session* session_;
};
