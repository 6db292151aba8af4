// Sessions of the project's own used while they live.
// header: session.h
#include "session.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Opened again after its close.
int drain(const std::string& dsn, const std::string& archive) {
  db::Session session(dsn);
  int n = session.scalar("SELECT count(*) FROM tasks");
  session.close();
  if (!session.open(archive))
    return n;
  n += session.scalar("SELECT count(*) FROM tasks");
  return n;
}

// Moved into what is returned.
struct Worker {
  db::Session session;
  int id = 0;
  Worker(db::Session s, int i) : session(std::move(s)), id(i) {}
};

Worker start(db::Pool& pool, int id) {
  db::Session session = pool.acquire();
  session.exec("INSERT INTO workers(id) VALUES(?)", id);
  Worker worker(std::move(session), id);
  worker.session.exec("UPDATE workers SET ready = 1 WHERE id = ?", id);
  return worker;
}

// Moved from, and given a new value.
void rotate(db::Pool& pool, std::vector<db::Session>& retired) {
  db::Session session = pool.acquire();
  session.exec("DELETE FROM locks");
  retired.push_back(std::move(session));
  session = pool.acquire();
  session.exec("DELETE FROM locks");
}

// Moved in one branch, used in the other.
void keepOrUse(db::Pool& pool, std::vector<db::Session>& kept, bool keep) {
  db::Session session = pool.acquire();
  if (keep)
    kept.push_back(std::move(session));
  else
    session.exec("DELETE FROM locks");
}

// Asked whether it is open, which one may ask a closed session.
void ensure(db::Session& session, const std::string& dsn, bool fresh) {
  if (fresh)
    session.close();
  if (!session.isOpen() && !session.open(dsn))
    throw db::Error("cannot open");
  session.exec("DELETE FROM locks");
}

// The transaction ends, the session goes on.
int finish(db::Session& session, int task) {
  db::Transaction tx(session);
  session.exec("UPDATE tasks SET state = 2 WHERE id = ?", task);
  tx.commit();
  return session.scalar("SELECT count(*) FROM tasks WHERE state < 2");
}

// Values leave, sessions stay.
std::vector<int> ids(db::Pool& pool, const std::vector<std::string>& names) {
  std::vector<int> all;
  db::Session session = pool.acquire();
  for (const std::string& name : names)
    all.push_back(session.scalar("SELECT id FROM tasks WHERE name = ?", name));
  return all;
}

db::Session openShop(const std::string& dsn) {
  db::Session session = db::connect(dsn);
  session.exec("SET search_path TO shop");
  return session;
}

// Passed to a function that only borrows it.
int total(db::Session& session, const std::function<int(db::Session&)>& ask) {
  return ask(session) + ask(session);
}

int twice(db::Pool& pool) {
  db::Session session = pool.acquire();
  return total(session, [](db::Session& s) { return s.scalar("SELECT count(*) FROM tasks"); });
}

// The owner in the capture keeps it alive.
std::function<int()> counter(const std::string& dsn) {
  return [session = std::make_shared<db::Session>(dsn)] { return session->scalar("SELECT count(*) FROM tasks"); };
}

// Whichever of the two is alive.
int count(db::Pool& pool, db::Session* given) {
  std::optional<db::Session> own;
  db::Session* session = given;
  if (session == nullptr) {
    own = pool.acquire();
    session = &*own;
  }
  return session->scalar("SELECT count(*) FROM tasks");
}

// A close that comes last, however the loop ends.
int search(db::Session session, const std::vector<std::string>& names) {
  int found = 0;
  for (const std::string& name : names) {
    found = session.scalar("SELECT id FROM tasks WHERE name = ?", name);
    if (found != 0)
      break;
  }
  session.close();
  return found;
}

// A class that closes itself goes on calling itself and its base.
struct Component {
  void moveTo(int thread);
};
class ArchiveDatabase : public Component {
public:
  bool open();
  void close();
  void quit() {
    close();
    moveTo(0);
    finished();
  }

private:
  void finished();
};
