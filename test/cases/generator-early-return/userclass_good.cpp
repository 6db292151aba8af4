// Sessions that come out of a generator and stay with it to its end.
// header: session.h
// header: generator.h
#include "generator.h"
#include "session.h"

#include <functional>
#include <string>
#include <vector>

Generator<db::Session> sessions() {
  db::Session session = db::connect();
  co_yield session;
}

Generator<db::Session> units() {
  db::Session session = db::connect();
  db::Transaction tx(session);
  co_yield session;
  tx.commit();
}

Generator<int> numbers(int n) {
  for (int i = 0; i < n; ++i)
    co_yield i;
}

// Consumed to its end.
int createTask(const std::string& name) {
  int id = 0;
  for (db::Session& session : units()) {
    session.exec("INSERT INTO tasks(name) VALUES(?)", name);
    id = session.scalar("SELECT last_insert_id()");
  }
  return id;
}

// Goes on to the next round, which is the end.
void finishTask(int id) {
  for (db::Session& session : units()) {
    session.exec("UPDATE tasks SET state = 1 WHERE id = ?", id);
    if (session.scalar("SELECT count(*) FROM tasks WHERE id = ?", id) > 0)
      continue;
    session.exec("INSERT INTO unknown_tasks(id) VALUES(?)", id);
  }
}

// A throw is meant to roll back.
void claimTask(int id) {
  for (db::Session& session : units()) {
    if (session.scalar("SELECT state FROM tasks WHERE id = ?", id) != 0)
      throw db::Error("taken");
    session.exec("UPDATE tasks SET state = 1 WHERE id = ?", id);
  }
}

// Nothing follows the co_yield here: one may leave with a value.
int countTasks() {
  for (db::Session& session : sessions())
    return session.scalar("SELECT count(*) FROM tasks");
  return 0;
}

// The generator has a name and lives as long as the session's reference.
int countJobs() {
  auto generator = sessions();
  auto it = generator.begin();
  db::Session& session = *it;
  return session.scalar("SELECT count(*) FROM jobs");
}

// Passed on inside the loop.
static void addAll(db::Session& session, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    session.exec("INSERT INTO tasks(name) VALUES(?)", name);
}

void addTasks(const std::vector<std::string>& names, const std::function<Generator<db::Session>()>& factory) {
  for (db::Session& session : factory()) {
    db::Transaction tx(session);
    addAll(session, names);
    tx.commit();
  }
}

// A break out of a loop within.
int firstFree(const std::vector<int>& ids) {
  int found = 0;
  for (db::Session& session : units()) {
    for (const int id : ids) {
      if (session.scalar("SELECT state FROM tasks WHERE id = ?", id) == 0) {
        found = id;
        break;
      }
    }
    session.exec("UPDATE tasks SET state = 1 WHERE id = ?", found);
  }
  return found;
}

// Not every generator yields sessions.
int firstSquareAbove(int limit) {
  for (const int n : numbers(limit))
    if (n * n > limit)
      return n;
  return limit;
}

// A lambda's return is not the loop's.
int sum(const std::vector<int>& ids) {
  int total = 0;
  for (db::Session& session : units()) {
    const auto priceOf = [&session](int id) {
      if (id < 0)
        return 0;
      return session.scalar("SELECT price FROM items WHERE id = ?", id);
    };
    for (const int id : ids)
      total += priceOf(id);
  }
  return total;
}

// By its iterator, which goes on to the end.
Generator<db::Session> transactions() {
  db::Session session = db::connect();
  session.begin();
  co_yield session;
  session.commit();
}

void dropOrders() {
  auto all = transactions();
  auto at = all.begin();
  (*at).exec("DELETE FROM orders");
  ++at;
}
