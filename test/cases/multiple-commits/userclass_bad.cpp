// Handlers that commit one unit of work in pieces, through a session class of the project's own.
// header: session.h
#include "session.h"

#include <string>
#include <vector>

// A parent first, its children later.
void createJob(db::Session& session, const std::vector<std::string>& tasks) {
  int id = 0;
  {
    db::Transaction tx(session);
    session.exec("INSERT INTO jobs(state) VALUES('new')");
    id = session.scalar("SELECT last_insert_id()");
    tx.commit();
  }
  db::Transaction tx(session);
  for (const std::string& task : tasks)
    session.exec("INSERT INTO tasks(job, name) VALUES(?, ?)", id, task);
  tx.commit(); // expect: session-multiple-commits
}

// By hand, and rolled back as it should be: each part alone.
void book(db::Session& session, int from, int to, int amount) {
  session.begin();
  try {
    session.exec("UPDATE accounts SET n = n - ? WHERE id = ?", amount, from);
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
  session.begin();
  try {
    session.exec("UPDATE accounts SET n = n + ? WHERE id = ?", amount, to);
    session.commit(); // expect: session-multiple-commits
  } catch (...) {
    session.rollback();
    throw;
  }
}

class Tickets {
public:
  explicit Tickets(db::Session& session) : session_(session) {}

  void close(int id, const std::string& reason) {
    note(id, reason);
    db::Transaction tx(session_);
    session_.exec("UPDATE tickets SET closed = 1 WHERE id = ?", id);
    tx.commit(); // expect: session-multiple-commits
  }

private:
  void note(int id, const std::string& text) {
    db::Transaction tx(session_);
    session_.exec("INSERT INTO notes(ticket, text) VALUES(?, ?)", id, text);
    tx.commit();
  }

  db::Session& session_;
};

// A lease does not make several of one.
void ship(db::Pool& pool, int order, bool notify) {
  db::Session session = pool.acquire();
  {
    db::Transaction tx(session);
    session.exec("UPDATE orders SET state = 'shipped' WHERE id = ?", order);
    tx.commit();
  }
  if (!notify)
    return;
  db::Transaction tx(session);
  session.exec("INSERT INTO outbox(order_id) VALUES(?)", order);
  tx.commit(); // expect: session-multiple-commits
}
