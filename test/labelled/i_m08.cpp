// library: mysqlcppconn
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_connection.h>
#include <mysql_driver.h>

namespace tickets {

struct Endpoint {
  std::string host = "tcp://127.0.0.1:3306";
  std::string user;
  std::string password;
  std::string schema = "tickets";
};

struct Seat {
  int show = 0;
  int row = 0;
  int number = 0;
};

struct SoldOut : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using ConnPtr = std::unique_ptr<sql::Connection>;
using StmtPtr = std::unique_ptr<sql::Statement>;
using PrepPtr = std::unique_ptr<sql::PreparedStatement>;
using RowsPtr = std::unique_ptr<sql::ResultSet>;

void say(const std::string& s) noexcept { std::clog << s << '\n'; }
bool charge(const std::string& card, int cents);

ConnPtr dial(const Endpoint& at) {
  ConnPtr con(get_driver_instance()->connect(at.host, at.user, at.password));
  con->setSchema(at.schema);
  return con;
}

class Pool {
public:
  explicit Pool(Endpoint at) : at_(std::move(at)) {}

  class Lease {
  public:
    Lease(Pool& pool, ConnPtr con) : pool_(&pool), con_(std::move(con)) {}
    Lease(Lease&&) = default;
    ~Lease() {
      if (!con_)
        return;
      try {
        con_->rollback();
        con_->setAutoCommit(true);
        pool_->giveBack(std::move(con_));
      } catch (const sql::SQLException& e) {
        say(e.what());
      }
    }
    sql::Connection* operator->() const { return con_.get(); }
    sql::Connection& operator*() const { return *con_; }

  private:
    Pool* pool_;
    ConnPtr con_;
  };

  Lease take() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!idle_.empty()) {
        ConnPtr con = std::move(idle_.back());
        idle_.pop_back();
        return Lease(*this, std::move(con));
      }
    }
    return Lease(*this, dial(at_));
  }

private:
  void giveBack(ConnPtr con) {
    std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(std::move(con));
  }
  Endpoint at_;
  std::mutex mutex_;
  std::vector<ConnPtr> idle_;
};

class Tx {
public:
  explicit Tx(sql::Connection& con) : con_(con) { con_.setAutoCommit(false); }
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;
  ~Tx() {
    try {
      if (!done_)
        con_.rollback();
      con_.setAutoCommit(true);
    } catch (const sql::SQLException& e) {
      say(std::string("tx: ") + e.what());
    }
  }
  void commit() {
    con_.commit();
    done_ = true;
  }

private:
  sql::Connection& con_;
  bool done_ = false;
};

std::optional<int> priceOf(sql::Connection& con, const Seat& seat) {
  PrepPtr q(con.prepareStatement("SELECT price FROM seat WHERE show_id = ? AND row_no = ? AND num = ?"));
  q->setInt(1, seat.show);
  q->setInt(2, seat.row);
  q->setInt(3, seat.number);
  RowsPtr rs(q->executeQuery());
  if (!rs->next())
    return std::nullopt;
  return rs->getInt("price");
}

bool sell(Pool& pool, const Seat& seat, const std::string& buyer) {
  auto con = pool.take();
  con->setAutoCommit(false);
  PrepPtr lock(con->prepareStatement("SELECT sold FROM seat WHERE show_id = ? AND num = ? FOR UPDATE"));
  lock->setInt(1, seat.show);
  lock->setInt(2, seat.number);
  RowsPtr rs(lock->executeQuery());
  if (!rs->next() || rs->getBoolean(1))
    return false;
  PrepPtr up(con->prepareStatement("UPDATE seat SET sold = 1, buyer = ? WHERE show_id = ? AND num = ?"));
  up->setString(1, buyer);
  up->setInt(2, seat.show);
  up->setInt(3, seat.number);
  up->executeUpdate();
  con->commit();
  return true;
}

int refund(Pool& pool, int order) {
  auto con = pool.take();
  Tx tx(*con);
  PrepPtr free(con->prepareStatement("UPDATE seat SET sold = 0 WHERE order_id = ?"));
  free->setInt(1, order);
  const int seats = free->executeUpdate();
  if (seats == 0) {
    say("no seats in order " + std::to_string(order));
    return 0;
  }
  PrepPtr log(con->prepareStatement("INSERT INTO refund(order_id, seats) VALUES(?, ?)"));
  log->setInt(1, order);
  log->setInt(2, seats);
  log->executeUpdate();
  tx.commit();
  return seats;
}

void addShow(sql::Connection& con, const std::string& title, int rows, int perRow) {
  con.setAutoCommit(false);
  try {
    PrepPtr show(con.prepareStatement("INSERT INTO show_(title) VALUES(?)"));
    show->setString(1, title);
    show->executeUpdate();
    PrepPtr seat(con.prepareStatement("INSERT INTO seat(show_id, row_no, num) VALUES(LAST_INSERT_ID(), ?, ?)"));
    for (int r = 1; r <= rows; ++r)
      for (int n = 1; n <= perRow; ++n) {
        seat->setInt(1, r);
        seat->setInt(2, n);
        seat->executeUpdate();
      }
    con.commit();
    con.setAutoCommit(true);
  } catch (const sql::SQLException& e) {  // expect: session-missing-rollback
    say("addShow: " + std::string(e.what()) + " " + std::to_string(e.getErrorCode()));
  }
}

void dropShow(sql::Connection& con, int show) {
  con.setAutoCommit(false);
  try {
    PrepPtr seats(con.prepareStatement("DELETE FROM seat WHERE show_id = ?"));
    seats->setInt(1, show);
    seats->executeUpdate();
    PrepPtr head(con.prepareStatement("DELETE FROM show_ WHERE id = ?"));
    head->setInt(1, show);
    head->executeUpdate();
    con.commit();
  } catch (...) {
    con.rollback();
    con.setAutoCommit(true);
    throw;
  }
  con.setAutoCommit(true);
}

std::vector<std::string> titles(const Endpoint& at) {
  ConnPtr con = dial(at);
  StmtPtr st(con->createStatement());
  sql::ResultSet* rs = st->executeQuery("SELECT title FROM show_");  // expect: session-leak
  std::vector<std::string> out;
  while (rs->next())
    out.push_back(rs->getString(1));
  return out;
}

int countSold(const Endpoint& at, int show) {
  sql::Connection* con = get_driver_instance()->connect(at.host, at.user, at.password);  // expect: session-leak
  con->setSchema(at.schema);
  PrepPtr q(con->prepareStatement("SELECT count(*) FROM seat WHERE sold = 1 AND show_id = ?"));
  q->setInt(1, show);
  RowsPtr rs(q->executeQuery());
  int n = 0;
  if (rs->next())
    n = rs->getInt(1);
  rs.reset();
  q.reset();
  delete con;
  return n;
}

template <class F> bool withRetry(Pool& pool, int times, F body) {
  for (int i = 0; i < times; ++i) {
    auto con = pool.take();
    try {
      Tx tx(*con);
      body(*con);
      tx.commit();
      return true;
    } catch (const sql::SQLException& e) {
      if (e.getErrorCode() != 1213 && e.getErrorCode() != 1205)
        throw;
      say("deadlock, attempt " + std::to_string(i + 1));
    }
  }
  return false;
}

bool swapSeats(Pool& pool, int a, int b) {
  return withRetry(pool, 3, [a, b](sql::Connection& con) {
    PrepPtr up(con.prepareStatement("UPDATE seat s JOIN seat t ON t.id = ? SET s.buyer = t.buyer WHERE s.id = ?"));
    for (auto [to, from] : {std::pair(a, b), std::pair(b, a)}) {
      up->setInt(1, from);
      up->setInt(2, to);
      if (up->executeUpdate() == 0)
        throw SoldOut("seat " + std::to_string(to));
    }
  });
}

int importSeats(sql::Connection& con, const std::vector<Seat>& seats) {
  Tx tx(con);
  std::unique_ptr<sql::Savepoint> mark;
  PrepPtr ins(con.prepareStatement("INSERT INTO seat(show_id, row_no, num) VALUES(?, ?, ?)"));
  int stored = 0;
  for (const Seat& s : seats) {
    mark.reset(con.setSavepoint("one_seat"));
    try {
      ins->setInt(1, s.show);
      ins->setInt(2, s.row);
      ins->setInt(3, s.number);
      stored += ins->executeUpdate();
    } catch (const sql::SQLException& e) {
      con.rollback(mark.get());
      say(e.what());
    }
    con.releaseSavepoint(mark.get());
  }
  tx.commit();
  return stored;
}

bool cancelOrder(sql::Connection& con, int order) {
  Tx tx(con);
  PrepPtr seats(con.prepareStatement("UPDATE seat SET sold = 0 WHERE order_id = ?"));
  seats->setInt(1, order);
  seats->executeUpdate();
  bool mailed = true;
  try {
    PrepPtr head(con.prepareStatement("UPDATE orders SET state = 'cancelled' WHERE id = ?"));
    head->setInt(1, order);
    head->executeUpdate();
  } catch (const std::exception& e) {  // expect: session-swallow-and-commit
    say(e.what());
    mailed = false;
  }
  tx.commit();
  return mailed;
}

void checkout(Pool& pool, int order, const std::string& card) {
  auto con = pool.take();
  int cents = 0;
  {
    Tx tx(*con);
    PrepPtr sum(con->prepareStatement("SELECT sum(price) FROM seat WHERE order_id = ?"));
    sum->setInt(1, order);
    RowsPtr rs(sum->executeQuery());
    if (rs->next())
      cents = rs->getInt(1);
  }
  if (cents == 0 || !charge(card, cents))
    throw SoldOut("nothing charged");
  PrepPtr paid(con->prepareStatement("UPDATE orders SET paid = ? WHERE id = ?"));
  paid->setInt(1, cents);
  paid->setInt(2, order);
  paid->executeUpdate();
}

void moveOrder(Pool& pool, int order, int show) {
  auto con = pool.take();
  con->setAutoCommit(false);
  PrepPtr free(con->prepareStatement("UPDATE seat SET sold = 0 WHERE order_id = ?"));
  free->setInt(1, order);
  free->executeUpdate();
  con->commit();
  PrepPtr book(con->prepareStatement("UPDATE seat SET sold = 1, order_id = ? WHERE show_id = ? AND sold = 0 LIMIT 1"));
  book->setInt(1, order);
  book->setInt(2, show);
  if (book->executeUpdate() == 0)
    throw SoldOut("show " + std::to_string(show));
  con->commit();  // expect: session-multiple-commits
}

class Counter {
public:
  explicit Counter(const Endpoint& at)
      : con_(dial(at)), next_(con_->prepareStatement("UPDATE counter SET n = LAST_INSERT_ID(n + 1) WHERE name = ?")) {}

  long next(const std::string& name) {
    std::lock_guard<std::mutex> lock(mutex_);
    next_->setString(1, name);
    next_->executeUpdate();
    StmtPtr st(con_->createStatement());
    RowsPtr rs(st->executeQuery("SELECT LAST_INSERT_ID()"));
    return rs->next() ? rs->getInt64(1) : 0;
  }

  void rename(const std::string& from, const std::string& to) {
    std::lock_guard<std::mutex> lock(mutex_);
    Tx tx(*con_);
    PrepPtr up(con_->prepareStatement("UPDATE counter SET name = ? WHERE name = ?"));
    up->setString(1, to);
    up->setString(2, from);
    up->executeUpdate();
    Tx inner(*con_);  // expect: session-nested-begin
    StmtPtr log(con_->createStatement());
    log->executeUpdate("INSERT INTO counter_log(at) VALUES(now())");
    inner.commit();
    tx.commit();
  }

  void reconnect(const Endpoint& at) {
    std::lock_guard<std::mutex> lock(mutex_);
    ConnPtr fresh = dial(at);
    PrepPtr stmt(fresh->prepareStatement("UPDATE counter SET n = LAST_INSERT_ID(n + 1) WHERE name = ?"));
    next_ = std::move(stmt);
    con_->close();
    con_ = std::move(fresh);
  }

private:
  std::mutex mutex_;
  ConnPtr con_;
  PrepPtr next_;
};

void closeBooth(const Endpoint& at, int booth) {
  ConnPtr con = dial(at);
  PrepPtr up(con->prepareStatement("UPDATE booth SET open = 0 WHERE id = ?"));
  up->setInt(1, booth);
  up->executeUpdate();
  con->close();
  StmtPtr st(con->createStatement());  // expect: session-use-after-scope
  st->executeUpdate("INSERT INTO booth_log(at) VALUES(now())");
}

std::future<int> soldLater(Pool& pool, int show) {
  return std::async(std::launch::async, [&pool, show] {
    get_driver_instance()->threadInit();
    int n = 0;
    {
      auto con = pool.take();
      PrepPtr q(con->prepareStatement("SELECT count(*) FROM seat WHERE sold = 1 AND show_id = ?"));
      q->setInt(1, show);
      RowsPtr rs(q->executeQuery());
      n = rs->next() ? rs->getInt(1) : 0;
    }
    get_driver_instance()->threadEnd();
    return n;
  });
}

void auditInBackground(Pool& pool, const std::string& text) {
  auto con = pool.take();
  StmtPtr st(con->createStatement());
  st->execute("SET @who = 'web'");
  std::thread([raw = &*con, text] {  // expect: session-shared-across-threads
    PrepPtr ins(raw->prepareStatement("INSERT INTO audit(text) VALUES(?)"));
    ins->setString(1, text);
    ins->executeUpdate();
  }).detach();
}

void markShown(sql::Connection& con, int show) {
  Tx{con};  // expect: session-temporary-guard
  PrepPtr up(con.prepareStatement("UPDATE show_ SET shown = shown + 1 WHERE id = ?"));
  up->setInt(1, show);
  up->executeUpdate();
  StmtPtr clean(con.createStatement());
  clean->executeUpdate("DELETE FROM hold WHERE until_ < now()");
}

} // namespace tickets
