// Several commits of one session of Poco::Data in one piece of work.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Transaction;

// Two guarded transactions, one order.
void ship(Session& session, int order) {
  {
    Transaction transaction(session);
    session << "UPDATE orders SET state = 2 WHERE id = ?", use(order), now;
    transaction.commit();
  }
  {
    Transaction transaction(session);
    session << "INSERT INTO shipments(orders) VALUES(?)", use(order), now;
    transaction.commit(); // expect: session-multiple-commits
  }
}

// By hand on a lease, which rolls back what is left open.
void logFailure(Poco::Data::SessionPool& pool, int task, std::string text) {
  Session session(pool.get());
  session.begin();
  session << "UPDATE tasks SET node = 'n' WHERE id = ?", use(task), now;
  session.commit();
  session.begin();
  session << "UPDATE tasks SET state = 'failed' WHERE id = ?", use(task), now;
  session.commit(); // expect: session-multiple-commits
  session.begin();
  session << "INSERT INTO failures(task, text) VALUES(?, ?)", use(task), use(text), now;
  session.commit(); // expect: session-multiple-commits
}

// The helper commits first.
void countVisit(Session& session) {
  Transaction transaction(session);
  session << "UPDATE visits SET n = n + 1", now;
  transaction.commit();
}

void visit(Session& session, int page) {
  countVisit(session);
  Transaction transaction(session);
  session << "INSERT INTO pages_seen(page) VALUES(?)", use(page), now;
  transaction.commit(); // expect: session-multiple-commits
}

// Committed to learn the number.
int createJob(Session& session, std::vector<std::string>& tasks) {
  int id = 0;
  {
    Transaction parent(session);
    session << "INSERT INTO jobs(state) VALUES('new')", now;
    session << "SELECT max(id) FROM jobs", into(id), now;
    parent.commit();
  }
  Transaction children(session);
  for (std::string& task : tasks)
    session << "INSERT INTO tasks(job, task) VALUES(?, ?)", use(id), use(task), now;
  children.commit(); // expect: session-multiple-commits
  return id;
}
