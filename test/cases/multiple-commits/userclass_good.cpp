// A session class of the project's own, committed once on each path.
// header: session.h
#include "session.h"

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

// Flushed in between, committed at the end.
void createJob(db::Session& session, const std::vector<std::string>& tasks) {
  db::Transaction tx(session);
  session.exec("INSERT INTO jobs(state) VALUES('new')");
  session.flush();
  const int id = session.scalar("SELECT last_insert_id()");
  for (const std::string& task : tasks)
    session.exec("INSERT INTO tasks(job, name) VALUES(?, ?)", id, task);
  session.flush();
  tx.commit();
}

void purge(db::Session& session) {
  int left = session.scalar("SELECT count(*) FROM log");
  while (left > 0) {
    session.begin();
    try {
      session.exec("DELETE FROM log LIMIT 1000");
      session.commit();
    } catch (...) {
      session.rollback();
      throw;
    }
    left -= 1000;
  }
}

bool launch(db::Session& session, int task) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    try {
      db::Transaction tx(session);
      session.exec("UPDATE tasks SET state = 1 WHERE id = ?", task);
      tx.commit();
      return true;
    } catch (const db::Error& e) {
      logError(e.what());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1 << attempt));
  }
  return false;
}

// Bulk work, each part with a session of its own.
static void insertArgs(db::Pool& pool, const std::vector<int>& args) {
  db::Session session = pool.acquire();
  db::Transaction tx(session);
  for (const int arg : args)
    session.exec("INSERT INTO args(value) VALUES(?)", arg);
  tx.commit();
}

static void insertNodes(db::Pool& pool, const std::vector<int>& nodes) {
  db::Session session = pool.acquire();
  db::Transaction tx(session);
  for (const int node : nodes)
    session.exec("INSERT INTO nodes(value) VALUES(?)", node);
  tx.commit();
}

void bulk(db::Pool& pool, const std::vector<int>& nodes, const std::vector<int>& args) {
  insertNodes(pool, nodes);
  insertArgs(pool, args);
}

int verdict(db::Session& session, int ticket, int code) {
  db::Transaction tx(session);
  session.exec("UPDATE tickets SET code = ? WHERE id = ?", code, ticket);
  if (code == 0) {
    tx.commit();
    return 0;
  }
  if (code == 1) {
    session.exec("INSERT INTO warnings(ticket) VALUES(?)", ticket);
    tx.commit();
    return 1;
  }
  tx.rollback();
  return -1;
}

// The wrapper commits, its callers do not.
template <class F> auto withTransaction(db::Session& session, F work) {
  db::Transaction tx(session);
  if constexpr (std::is_void_v<decltype(work(session))>) {
    work(session);
    tx.commit();
  } else {
    auto result = work(session);
    tx.commit();
    return result;
  }
}

int addTicket(db::Session& session, const std::string& title) {
  return withTransaction(session, [&title](db::Session& s) {
    s.exec("INSERT INTO tickets(title) VALUES(?)", title);
    return s.scalar("SELECT last_insert_id()");
  });
}

void dropTicket(db::Session& session, int id) {
  withTransaction(session, [id](db::Session& s) { s.exec("DELETE FROM tickets WHERE id = ?", id); });
}

// Two databases.
void mirror(db::Session& from, db::Session& to) {
  db::Transaction target(to);
  db::Transaction source(from);
  to.exec("INSERT INTO inbox(n) VALUES(?)", from.scalar("SELECT n FROM outbox"));
  from.exec("DELETE FROM outbox");
  target.commit();
  source.commit();
}

// Savepoints are no commits.
void addAll(db::Session& session, const std::vector<std::string>& names) {
  db::Transaction tx(session);
  for (const std::string& name : names) {
    db::Savepoint part(session);
    session.exec("INSERT INTO names(name) VALUES(?)", name);
    part.release();
  }
  tx.commit();
}

// One transaction after the other was taken back.
void adjust(db::Session& session, int account, int amount) {
  {
    db::Transaction trial(session);
    session.exec("UPDATE accounts SET n = n - ? WHERE id = ?", amount, account);
    const int rest = session.scalar("SELECT n FROM accounts WHERE id = ?", account);
    trial.rollback();
    if (rest < 0)
      return;
  }
  db::Transaction tx(session);
  session.exec("UPDATE accounts SET n = n - ? WHERE id = ?", amount, account);
  tx.commit();
}
