// library: poco
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/AutoPtr.h>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using Poco::Data::Transaction;

namespace shop {

void say(const std::string& s) noexcept;

// 1: a pooled session rolls back when it is given back
void addPooled(SessionPool& pool, int id) {
  Session s = pool.get();
  s.begin();
  s << "INSERT INTO item VALUES(?)", use(id), now;
  s << "INSERT INTO audit VALUES(?)", use(id), now;
  s.commit();
}

// 2: the same on a borrowed one has to do it itself
void addBorrowed(Session& s, int id) {
  s.begin();
  try {
    s << "INSERT INTO item VALUES(?)", use(id), now;
    s << "INSERT INTO audit VALUES(?)", use(id), now;
    s.commit();
  } catch (Poco::Exception& e) {
    s.rollback();
    e.rethrow();
  } catch (...) {
    s.rollback();
    throw;
  }
}

// 3: borrowed without a handler
void addBad(Session& s, int id) {
  s.begin();  // expect: session-missing-rollback
  s << "INSERT INTO item VALUES(?)", use(id), now;
  s << "INSERT INTO audit VALUES(?)", use(id), now;
  s.commit();
}

// 4: copies share one connection
int copyOfHandle(Session& given) {
  Session s(given);
  Transaction tx(given);
  int n = 0;
  s << "SELECT count(*) FROM item", into(n), now;
  s << "UPDATE meta SET n = ?", use(n), now;
  tx.commit();
  return n;
}

// 5: transaction not started at once
void lazily(Session& s, const std::vector<int>& ids) {
  Transaction tx(s, false);
  for (int id : ids) {
    if (id < 0) continue;
    if (!tx.isActive()) s.begin();
    int k = id;
    s << "DELETE FROM item WHERE id = ?", use(k), now;
  }
  if (tx.isActive()) tx.commit();
}

// 6: functor transaction, the library commits and rolls back
struct Bump {
  int id;
  void operator()(Session& s) const {
    int k = id;
    s << "UPDATE item SET n = n + 1 WHERE id = ?", use(k), now;
  }
};

void bump(Session& s, int id) {
  Bump b{id};
  Transaction tx(s, b);
}

// 7: SQL list in one go
void ddl(Session& s) {
  Transaction tx(s);
  std::vector<std::string> sql;
  sql.push_back("CREATE TABLE IF NOT EXISTS item(id INT)");
  sql.push_back("CREATE TABLE IF NOT EXISTS audit(id INT)");
  tx.execute(sql);
}

// 8: statement objects before they are executed
std::vector<int> ids(Session& s, bool big) {
  std::vector<int> out;
  Statement st(s);
  st << "SELECT id FROM item";
  if (big) st << " WHERE n > 100";
  st, into(out), now;
  return out;
}

// 9: record set keeps its statement alive and its session is held by it
RecordSet recent(SessionPool& pool) {
  Session s = pool.get();
  Statement st(s);
  st << "SELECT id, name FROM item ORDER BY id DESC LIMIT 10", now;
  return RecordSet(st);
}

void printRecent(SessionPool& pool) {
  RecordSet rs = recent(pool);
  for (bool more = rs.moveFirst(); more; more = rs.moveNext()) say(rs[1].convert<std::string>());
}

// 10: own or given
int countFor(SessionPool& pool, Session* given) {
  std::optional<Session> own;
  if (!given) {
    own.emplace(pool.get());
    given = &*own;
  }
  int n = 0;
  *given << "SELECT count(*) FROM item", into(n), now;
  return n;
}

// 11: reconnect
bool alive(Session& s) {
  try {
    if (!s.isConnected()) s.reconnect();
    int one = 0;
    s << "SELECT 1", into(one), now;
    return one == 1;
  } catch (Poco::Data::ConnectionFailedException& e) {
    say(e.displayText());
  } catch (Poco::Data::DataException& e) {
    say(e.displayText());
    s.close();
  }
  return false;
}

// 12: class that owns the session and tracks the depth
class Repo {
public:
  explicit Repo(SessionPool& pool) : s_(pool.get()) {}
  ~Repo() {
    try {
      if (depth_ > 0 && s_.isTransaction()) s_.rollback();
    } catch (...) {
      say("rollback failed");
    }
  }
  void enter() {
    if (depth_ == 0) s_.begin();
    ++depth_;
  }
  void leave() {
    if (depth_ == 1) s_.commit();
    if (depth_ > 0) --depth_;
  }
  void undo() {
    if (depth_ == 0) return;
    depth_ = 0;
    s_.rollback();
  }
  Session& session() { return s_; }

private:
  Session s_;
  int depth_ = 0;
};

void nestedUse(Repo& r, int id) {
  r.enter();
  try {
    r.session() << "UPDATE item SET n = 0 WHERE id = ?", use(id), now;
    r.enter();
    r.session() << "INSERT INTO audit VALUES(?)", use(id), now;
    r.leave();
    r.leave();
  } catch (...) {
    r.undo();
    throw;
  }
}

// 13: a transaction per round
int pump(Session& s, int max) {
  int done = 0;
  for (int i = 0; i < max; ++i) {
    Transaction tx(s);
    int id = -1;
    s << "SELECT min(id) FROM queue", into(id), now;
    if (id < 0) break;
    s << "DELETE FROM queue WHERE id = ?", use(id), now;
    tx.commit();
    ++done;
  }
  return done;
}

// 14: retry; the transaction dies before the pause
bool persist(SessionPool& pool, const std::function<void(Session&)>& f) {
  for (int i = 0; i < 3; ++i) {
    try {
      Session s(pool.get());
      Transaction tx(s);
      f(s);
      tx.commit();
      return true;
    } catch (Poco::Data::DataException& e) {
      say(e.displayText());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5 << i));
  }
  return false;
}

// 15: session got inside of the thread
void later(SessionPool& pool, int id) {
  std::thread([&pool, id] {
    try {
      Session s = pool.get();
      int k = id;
      s << "UPDATE item SET seen = 1 WHERE id = ?", use(k), now;
    } catch (const std::exception& e) {
      say(e.what());
    }
  }).detach();
}

// 16: a copy of the handle in the thread, while the creator goes on
void laterBad(SessionPool& pool, int id) {
  Session s = pool.get();
  std::thread t([s, id]() mutable {  // expect: session-shared-across-threads
    int k = id;
    s << "UPDATE item SET seen = 1 WHERE id = ?", use(k), now;
  });
  s << "UPDATE meta SET seen = seen + 1", now;
  t.join();
}

// 17: joined before the handle is used here
int laterGood(SessionPool& pool, int id) {
  Session s = pool.get();
  std::thread t([s, id]() mutable {
    int k = id;
    s << "UPDATE item SET seen = 1 WHERE id = ?", use(k), now;
  });
  t.join();
  int n = 0;
  s << "SELECT count(*) FROM item WHERE seen = 1", into(n), now;
  return n;
}

// 18: one place turns exceptions into codes
template <class F>
int coded(F&& f) noexcept {
  try {
    f();
    return 0;
  } catch (const Poco::Data::DataException& e) {
    return e.code() ? e.code() : -1;
  } catch (...) {
    return -2;
  }
}

int removeItem(Session& s, int id) {
  return coded([&] {
    Transaction tx(s);
    s << "DELETE FROM item WHERE id = ?", use(id), now;
    s << "DELETE FROM audit WHERE id = ?", use(id), now;
    tx.commit();
  });
}

// 19: two databases
void exportAll(Session& from, Session& to) {
  Transaction w(to);
  std::vector<int> all;
  from << "SELECT id FROM item", into(all), now;
  for (int& id : all) to << "INSERT INTO item VALUES(?)", use(id), now;
  w.commit();
}

// 20: the handler within the guard's scope returns instead
bool cleanup(Session& s) {
  Transaction tx(s);
  try {
    s << "DELETE FROM item WHERE dead = 1", now;
    s << "DELETE FROM audit WHERE dead = 1", now;
  } catch (Poco::Exception& e) {
    say(e.displayText());
    return false;
  }
  tx.commit();
  return true;
}

// 21: two phases in one handler, each with a commit of its own
void nightly(Session& s) {
  s.begin();
  try {
    s << "DELETE FROM log", now;
    s.commit();
    s.begin();
    s << "UPDATE meta SET cleaned = 1", now;
    s.commit();  // expect: session-multiple-commits
  } catch (...) {
    s.rollback();
    throw;
  }
}

// 22: the pool in a map of pools, a session returned by value
Session sessionFor(std::map<std::string, std::shared_ptr<SessionPool>>& pools, const std::string& key) {
  auto it = pools.find(key);
  if (it == pools.end()) it = pools.emplace(key, std::make_shared<SessionPool>("SQLite", key)).first;
  Session s = it->second->get();
  s << "PRAGMA foreign_keys = ON", now;
  return s;
}

}  // namespace shop
