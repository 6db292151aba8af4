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

void logError(const std::string& what);

// The library's own question.
void rename(Session& session, int id, std::string name) {
  const bool own = !session.isTransaction();
  if (own)
    session.begin();
  try {
    session << "UPDATE items SET name = ? WHERE id = ?", use(name), use(id), now;
    if (own)
      session.commit();
  } catch (...) {
    if (own)
      session.rollback();
    throw;
  }
}

void renameAll(Session& session, std::vector<std::string>& names) {
  Transaction transaction(session);
  int id = 0;
  for (std::string& name : names)
    rename(session, ++id, name);
  transaction.commit();
}

// The first has ended when the second begins.
void rehearse(Session& session, const std::string& text) {
  Transaction rehearsal(session);
  session << text, now;
  rehearsal.rollback();
  Transaction transaction(session);
  session << text, now;
  transaction.commit();
}

// In scopes.
int retry(Session& session, const std::string& text) {
  for (int attempt = 1; attempt <= 3; ++attempt) {
    try {
      Transaction transaction(session);
      session << text, now;
      transaction.commit();
      return attempt;
    } catch (const Poco::Exception& e) {
      logError(e.displayText());
    }
  }
  return 0;
}

// Two sessions.
void copy(Session& from, Session& to) {
  std::vector<std::string> names;
  Transaction reading(from);
  Transaction writing(to);
  from << "SELECT name FROM names", into(names), now;
  to << "INSERT INTO names(name) VALUES(?)", use(names), now;
  writing.commit();
  reading.commit();
}

// Begun in the loop, and ended there.
void importAll(SessionPool& pool, std::vector<std::string>& names) {
  Session session(pool.get());
  for (std::string& name : names) {
    session.begin();
    session << "INSERT INTO names(name) VALUES(?)", use(name), now;
    session.commit();
  }
}

// A helper that only works inside.
void countChange(Session& session) {
  session << "UPDATE counters SET changes = changes + 1", now;
}

void remove(Session& session, int id) {
  Transaction transaction(session);
  session << "DELETE FROM items WHERE id = ?", use(id), now;
  countChange(session);
  transaction.commit();
}
