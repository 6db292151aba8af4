// Sessions of Poco::Data held by a bare pointer and deleted, rightly, by hand.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionFactory.h>
#include <Poco/Data/Statement.h>

#include <exception>
#include <string>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

void logError(const std::string& what);

int countOrders(const std::string& path) {
  Session* session = new Session("SQLite", path); // expect: session-raw-construction
  int n = 0;
  try {
    *session << "SELECT count(*) FROM orders", into(n), now;
  } catch (...) {
    delete session;
    throw;
  }
  delete session;
  return n;
}

// Swallowed by the handler, deleted behind it.
bool prune(const std::string& path, int days) {
  bool done = false;
  auto* session = new Session("SQLite", path, 5); // expect: session-raw-construction
  try {
    *session << "DELETE FROM events WHERE age > ?", use(days), now;
    done = true;
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
  } catch (...) {
    logError("unknown");
  }
  delete session;
  return done;
}

// From the library's factory.
std::string serverName(const std::string& path) {
  std::string name = "unknown";
  Session* const session = new Session(Poco::Data::SessionFactory::instance().create("SQLite", path)); // expect: session-raw-construction
  try {
    *session << "SELECT name FROM about", into(name), now;
  } catch (...) {
    delete session;
    throw;
  }
  delete session;
  return name;
}

// Deleted before each of the returns.
int lag(const std::string& path, int limit) {
  int seconds = -1;
  Session* session = nullptr;
  session = new Session("SQLite", path); // expect: session-raw-construction
  try {
    *session << "SELECT lag FROM replicas", into(seconds), now;
  } catch (...) {
    delete session;
    return -1;
  }
  if (seconds > limit) {
    delete session;
    return limit;
  }
  delete session;
  return seconds;
}
