// library: mysqlcppconn
#include <mysql_connection.h>
#include <mysql_driver.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace crm {

using Conn = std::unique_ptr<sql::Connection>;
using Stmt = std::unique_ptr<sql::Statement>;
using Prep = std::unique_ptr<sql::PreparedStatement>;
using Rows = std::unique_ptr<sql::ResultSet>;

void tell(const std::string& s) noexcept;

struct Result {
  bool ok = false;
  std::string why;
};

// 1: factory
Conn open(const std::string& url) {
  Conn c(sql::mysql::get_driver_instance()->connect(url, "u", "p"));
  c->setSchema("crm");
  Stmt st(c->createStatement());
  st->execute("SET NAMES utf8mb4");
  return c;
}

// 2: autocommit switched off for the scope by a guard with restore
class Scope {
public:
  explicit Scope(sql::Connection& c) : c_(c), before_(c.getAutoCommit()) { c_.setAutoCommit(false); }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  ~Scope() {
    try {
      if (!done_) c_.rollback();
      c_.setAutoCommit(before_);
    } catch (const sql::SQLException& e) {
      tell(e.what());
    }
  }
  void commit() {
    c_.commit();
    done_ = true;
  }

private:
  sql::Connection& c_;
  bool before_;
  bool done_ = false;
};

// 3: status result; the scope rolls back on each early return
Result addPerson(sql::Connection& c, const std::string& name, const std::string& mail) {
  Scope sc(c);
  Prep p(c.prepareStatement("INSERT INTO person(n) VALUES(?)"));
  p->setString(1, name);
  if (p->executeUpdate() != 1) return {false, "person"};
  p.reset(c.prepareStatement("INSERT INTO mail(m) VALUES(?)"));
  p->setString(1, mail);
  if (p->executeUpdate() != 1) return {false, "mail"};
  sc.commit();
  return {true, {}};
}

// 4: manual form with a rollback and the mode put back
void closeYear(sql::Connection& c) {
  c.setAutoCommit(false);
  try {
    Stmt st(c.createStatement());
    st->executeUpdate("UPDATE inv SET closed = 1");
    st->executeUpdate("INSERT INTO year_log VALUES(now())");
    c.commit();
  } catch (...) {
    c.rollback();
    c.setAutoCommit(true);
    throw;
  }
  c.setAutoCommit(true);
}

// 5: handler that logs and goes on
bool closeMonth(sql::Connection& c) {
  bool ok = false;
  c.setAutoCommit(false);
  try {
    Stmt st(c.createStatement());
    st->executeUpdate("UPDATE inv SET m_closed = 1");
    st->executeUpdate("INSERT INTO month_log VALUES(now())");
    c.commit();
    ok = true;
  } catch (const sql::SQLException& e) {  // expect: session-missing-rollback
    tell(e.what());
  }
  return ok;
}

// 6: the result before its statement, both owned
std::vector<std::string> names(sql::Connection& c) {
  std::vector<std::string> out;
  Stmt st(c.createStatement());
  Rows r(st->executeQuery("SELECT n FROM person"));
  while (r->next()) {
    if (r->isNull(1)) continue;
    out.push_back(r->getString(1));
  }
  return out;
}

// 7: result set by hand, leaks when there is no row
int personId(sql::Connection& c, const std::string& name) {
  Prep p(c.prepareStatement("SELECT id FROM person WHERE n = ?"));
  p->setString(1, name);
  sql::ResultSet* r = p->executeQuery();  // expect: session-leak
  if (!r->next()) return -1;
  int id = r->getInt(1);
  delete r;
  return id;
}

// 8: cache of prepared statements, thrown away with the connection
class Dao {
public:
  explicit Dao(std::string url) : url_(std::move(url)) {}
  ~Dao() { close(); }
  Dao(const Dao&) = delete;
  Dao& operator=(const Dao&) = delete;

  int count() {
    auto& p = prep("SELECT count(*) FROM person");
    Rows r(p.executeQuery());
    return r->next() ? r->getInt(1) : 0;
  }
  void touch(int id) {
    auto& p = prep("UPDATE person SET at = now() WHERE id = ?");
    p.clearParameters();
    p.setInt(1, id);
    p.executeUpdate();
  }
  void close() noexcept {
    cache_.clear();
    c_.reset();
  }

private:
  sql::PreparedStatement& prep(const std::string& q) {
    if (!c_ || !c_->isValid()) {
      close();
      c_ = open(url_);
    }
    auto& slot = cache_[q];
    if (!slot) slot.reset(c_->prepareStatement(q));
    return *slot;
  }
  std::string url_;
  Conn c_;
  std::map<std::string, Prep> cache_;
};

// 9: retry with template
template <class F>
auto withRetry(sql::Connection& c, F&& f) -> decltype(f(c)) {
  for (int attempt = 0;; ++attempt) {
    try {
      Scope sc(c);
      auto r = f(c);
      sc.commit();
      return r;
    } catch (const sql::SQLException& e) {
      if (e.getErrorCode() != 1213 || attempt == 2) throw;
      tell(e.what());
    }
  }
}

int takeNumber(sql::Connection& c) {
  return withRetry(c, [](sql::Connection& s) {
    Stmt st(s.createStatement());
    st->executeUpdate("UPDATE seq SET n = n + 1");
    Rows r(st->executeQuery("SELECT n FROM seq"));
    r->next();
    return r->getInt(1);
  });
}

// 10: savepoint objects freed by an owner
bool optionalStep(sql::Connection& c) {
  std::unique_ptr<sql::Savepoint> sp(c.setSavepoint("opt"));
  try {
    Stmt st(c.createStatement());
    st->executeUpdate("INSERT INTO extra VALUES(1)");
    c.releaseSavepoint(sp.get());
    return true;
  } catch (const sql::SQLException& e) {
    tell(e.what());
    c.rollback(sp.get());
    return false;
  }
}

// 11: its caller
void wholeStep(sql::Connection& c) {
  Scope sc(c);
  Stmt st(c.createStatement());
  st->executeUpdate("INSERT INTO main VALUES(1)");
  if (!optionalStep(c)) st->executeUpdate("INSERT INTO missed VALUES(1)");
  sc.commit();
}

// 12: connection taken over
class Session {
public:
  explicit Session(Conn c) : c_(std::move(c)) {}
  virtual ~Session() = default;
  sql::Connection& raw() { return *c_; }
  bool begin() {
    if (open_) return false;
    c_->setAutoCommit(false);
    return open_ = true;
  }
  void end(bool good) {
    if (!open_) return;
    if (good)
      c_->commit();
    else
      c_->rollback();
    open_ = false;
    c_->setAutoCommit(true);
  }

protected:
  Conn c_;
  bool open_ = false;
};

bool viaSession(Session& s) {
  const bool mine = s.begin();
  try {
    Stmt st(s.raw().createStatement());
    st->executeUpdate("UPDATE a SET n = 1");
    st->executeUpdate("UPDATE b SET n = 1");
    if (mine) s.end(true);
    return true;
  } catch (const sql::SQLException& e) {
    tell(e.what());
    if (mine) s.end(false);
    return false;
  }
}

// 13: own connection in a joined thread
int parallel(const std::string& url) {
  int n = 0;
  std::thread t([&n, url] {
    try {
      Conn c = open(url);
      Stmt st(c->createStatement());
      Rows r(st->executeQuery("SELECT count(*) FROM person"));
      if (r->next()) n = r->getInt(1);
    } catch (const sql::SQLException& e) {
      tell(e.what());
    }
  });
  t.join();
  return n;
}

// 14: explicit close of an owned connection, nothing after it
int oneShot(const std::string& url) {
  Conn c = open(url);
  int n = 0;
  {
    Stmt st(c->createStatement());
    Rows r(st->executeQuery("SELECT count(*) FROM mail"));
    if (r->next()) n = r->getInt(1);
  }
  c->close();
  return n;
}

// 15: closed, then used on the path where verbose is set
int oneShotBad(const std::string& url, bool verbose) {
  Conn c = open(url);
  Stmt st(c->createStatement());
  int n = st->executeUpdate("DELETE FROM mail WHERE dead = 1");
  st.reset();
  c->close();
  if (verbose) {
    Stmt again(c->createStatement());  // expect: session-use-after-scope
    again->execute("INSERT INTO log VALUES('cleaned')");
  }
  return n;
}

// 16: two schemas on two servers
void copyOver(sql::Connection& from, sql::Connection& to) {
  Stmt src(from.createStatement());
  Rows r(src->executeQuery("SELECT id FROM person"));
  Scope sc(to);
  Prep p(to.prepareStatement("INSERT INTO person(id) VALUES(?)"));
  while (r->next()) {
    p->setInt(1, r->getInt(1));
    p->executeUpdate();
  }
  sc.commit();
}

// 17: batches; a scope in each round
void purge(sql::Connection& c, const std::vector<int>& ids) {
  for (std::size_t i = 0; i < ids.size();) {
    Scope sc(c);
    Prep p(c.prepareStatement("DELETE FROM mail WHERE id = ?"));
    for (std::size_t end = std::min(ids.size(), i + 100); i < end; ++i) {
      p->setInt(1, ids[i]);
      p->executeUpdate();
    }
    sc.commit();
  }
}

// 18: exceptions to codes, in one place
int guarded(const std::function<void()>& f) noexcept {
  try {
    f();
    return 0;
  } catch (const sql::SQLException& e) {
    tell(e.what());
    return e.getErrorCode();
  } catch (...) {
    return -1;
  }
}

int api_remove(sql::Connection* c, int id) noexcept {
  return guarded([c, id] {
    Scope sc(*c);
    Prep p(c->prepareStatement("DELETE FROM person WHERE id = ?"));
    p->setInt(1, id);
    p->executeUpdate();
    sc.commit();
  });
}

// 19: optional own connection by a flag
int retention(const std::string& url, sql::Connection* given) {
  const bool own = given == nullptr;
  Conn mine;
  if (own) {
    mine = open(url);
    given = mine.get();
  }
  Stmt st(given->createStatement());
  Rows r(st->executeQuery("SELECT v FROM setting"));
  int v = r->next() ? r->getInt(1) : 30;
  r.reset();
  st.reset();
  if (own) given->close();
  return v;
}

}  // namespace crm
