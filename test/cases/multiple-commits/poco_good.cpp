// Commits of Poco::Data that are several in the text, and one per piece of work.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Thread.h>

#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Transaction;

void logError(const std::string& what);

// One commit on each path.
void toggle(Session& session, int order, bool open) {
  Transaction transaction(session);
  if (open) {
    session << "UPDATE orders SET state = 1 WHERE id = ?", use(order), now;
    transaction.commit();
    return;
  }
  session << "UPDATE orders SET state = 9 WHERE id = ?", use(order), now;
  transaction.commit();
}

// Chunk by chunk until there is nothing left.
int purge(Session& session) {
  int total = 0;
  std::size_t n = 0;
  do {
    Transaction transaction(session);
    Poco::Data::Statement erase(session);
    erase << "DELETE FROM log WHERE id IN (SELECT id FROM log LIMIT 1000)";
    n = erase.execute();
    transaction.commit();
    total += static_cast<int>(n);
  } while (n > 0);
  return total;
}

// Tried again until it succeeds.
bool claim(Session& session, int job) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    try {
      Transaction transaction(session);
      session << "UPDATE jobs SET state = 1 WHERE id = ?", use(job), now;
      transaction.commit();
      return true;
    } catch (const Poco::Exception& e) {
      logError(e.displayText());
    }
    Poco::Thread::sleep(20L << attempt);
  }
  return false;
}

// A lease for each piece of work.
void insertArguments(SessionPool& pool, int job) {
  Session session(pool.get());
  Transaction transaction(session);
  session << "INSERT INTO arguments(job) VALUES(?)", use(job), now;
  transaction.commit();
}

void bulkInsert(SessionPool& pool, std::vector<int>& jobs) {
  for (int& job : jobs)
    insertArguments(pool, job);
}

// Two databases.
void copy(Session& from, Session& to) {
  Transaction read(from);
  Transaction write(to);
  std::vector<std::string> names;
  from << "SELECT name FROM names", into(names), now;
  to << "INSERT INTO names(name) VALUES(?)", use(names), now;
  write.commit();
  read.commit();
}

// Rolled back first, committed the second time.
void rehearse(Session& session, const std::string& text) {
  {
    Transaction rehearsal(session);
    session << text, now;
    rehearsal.rollback();
  }
  Transaction transaction(session);
  session << text, now;
  transaction.commit();
}

// Get or create: of the two only one commits.
int tagId(Session& session, std::string name) {
  int id = 0;
  try {
    Transaction transaction(session);
    session << "INSERT INTO tags(name) VALUES(?)", use(name), now;
    transaction.commit();
  } catch (const Poco::Exception&) {
    // it is there already
  }
  session << "SELECT id FROM tags WHERE name = ?", into(id), use(name), now;
  return id;
}
