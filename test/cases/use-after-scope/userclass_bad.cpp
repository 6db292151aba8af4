// Sessions of the project's own used after their end.
// header: session.h
#include "session.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// Closed, and asked once more.
int drain(const std::string& dsn) {
  db::Session session = db::connect(dsn);
  const int n = session.scalar("SELECT count(*) FROM tasks");
  session.close();
  if (n > 100)
    session.exec("DELETE FROM tasks"); // expect: session-use-after-scope
  return n;
}

// Moved away.
struct Worker {
  db::Session session;
  explicit Worker(db::Session s) : session(std::move(s)) {}
};

Worker start(db::Pool& pool, int id) {
  db::Session session = pool.acquire();
  session.exec("INSERT INTO workers(id) VALUES(?)", id);
  Worker worker(std::move(session));
  session.exec("UPDATE workers SET ready = 1 WHERE id = ?", id); // expect: session-use-after-scope
  return worker;
}

// The session of the inner block, through a pointer.
void enqueue(db::Pool& pool, const std::vector<std::string>& names) {
  db::Session* last = nullptr;
  for (const std::string& name : names) {
    db::Session session = pool.acquire();
    session.exec("INSERT INTO tasks(name) VALUES(?)", name);
    last = &session;
  }
  if (last != nullptr)
    last->exec("UPDATE counters SET n = n + 1"); // expect: session-use-after-scope
}

// Handed out through a parameter, and dead on arrival.
void connectTo(const std::string& dsn, db::Session** out) {
  db::Session session(dsn);
  session.exec("SET search_path TO shop");
  *out = &session; // expect: session-use-after-scope
}

// The function returned refers to a session that ends here.
std::function<int()> counter(const std::string& dsn) {
  db::Session session = db::connect(dsn);
  session.exec("DELETE FROM tasks WHERE name = ''");
  return [&session] { return session.scalar("SELECT count(*) FROM tasks"); }; // expect: session-use-after-scope
}

// Its owner has ended it.
void archive(const std::string& dsn, int before) {
  auto owner = std::make_unique<db::Session>(dsn);
  db::Session& session = *owner;
  session.exec("INSERT INTO archive SELECT * FROM tasks WHERE id < ?", before);
  owner.reset();
  session.exec("DELETE FROM tasks WHERE id < ?", before); // expect: session-use-after-scope
}
