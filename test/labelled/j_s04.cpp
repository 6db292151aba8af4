// library: mariadb, mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql.h>
#include <mysql_driver.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <queue>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace kiosk {

struct DbConfig {
  std::string host = "127.0.0.1";
  std::string user;
  std::string password;
  std::string schema;
  unsigned port = 3306;
};

struct Line {
  int article = 0;
  int pieces = 0;
};

enum class Reply { ok, empty, retry, failed };

void log_line(const char* a, const char* b = "") noexcept { std::fprintf(stderr, "kiosk %s %s\n", a, b); }

struct CloseMy {
  void operator()(MYSQL* m) const noexcept { mysql_close(m); }
};
struct FreeRes {
  void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); }
};
using My = std::unique_ptr<MYSQL, CloseMy>;
using Rows = std::unique_ptr<MYSQL_RES, FreeRes>;
using Conn = std::unique_ptr<sql::Connection>;

My connect_c(const DbConfig& cfg) {
  My my(mysql_init(nullptr));
  if (!my) return nullptr;
  if (!mysql_real_connect(my.get(), cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(), cfg.schema.c_str(), cfg.port, nullptr, 0)) {
    log_line("connect", mysql_error(my.get()));
    return nullptr;
  }
  return my;
}

Conn connect_cpp(const DbConfig& cfg) {
  Conn c(sql::mysql::get_mysql_driver_instance()->connect("tcp://" + cfg.host, cfg.user, cfg.password));
  c->setSchema(cfg.schema);
  return c;
}

bool query(MYSQL* my, const char* text) noexcept {
  if (mysql_query(my, text) == 0) return true;
  log_line(text, mysql_error(my));
  return false;
}

MYSQL* legacy_connect(const DbConfig& cfg) {
  MYSQL* my = mysql_init(nullptr);  // expect: session-leak
  if (!my) return nullptr;
  mysql_options(my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  if (!mysql_real_connect(my, cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(), cfg.schema.c_str(), cfg.port, nullptr, 0)) {
    log_line("legacy connect", mysql_error(my));
    return nullptr;
  }
  return my;
}

bool server_alive(const DbConfig& cfg) noexcept {
  MYSQL* my = mysql_init(nullptr);  // expect: session-raw-construction
  if (my == nullptr) return false;
  bool alive = false;
  if (mysql_real_connect(my, cfg.host.c_str(), cfg.user.c_str(), nullptr, nullptr, cfg.port, nullptr, 0) != nullptr) {
    alive = mysql_ping(my) == 0;
  }
  mysql_close(my);
  return alive;
}

long stock_of(MYSQL* my, int article) {
  const std::string text = "select pieces from stock where article = " + std::to_string(article);
  if (!query(my, text.c_str())) return -1;
  Rows rows(mysql_store_result(my));
  if (!rows) return -1;
  MYSQL_ROW row = mysql_fetch_row(rows.get());
  return row && row[0] ? std::strtol(row[0], nullptr, 10) : 0;
}

std::vector<int> low_articles(MYSQL* my, int limit) {
  std::vector<int> out;
  if (!query(my, "select article, pieces from stock order by article")) return out;
  MYSQL_RES* res = mysql_use_result(my);  //  // waits: session-leak
  if (!res) return out;
  while (MYSQL_ROW row = mysql_fetch_row(res)) {
    if (!row[1]) {
      log_line("stock without pieces", row[0]);
      return out;
    }
    if (std::atoi(row[1]) < limit) out.push_back(std::atoi(row[0]));
  }
  mysql_free_result(res);
  return out;
}

std::string article_name(MYSQL* my, int article) {
  const std::string text = "select name from article where id = " + std::to_string(article);
  if (!query(my, text.c_str())) return {};
  const char* name = "";
  {
    Rows rows(mysql_store_result(my));
    if (!rows) return {};
    if (MYSQL_ROW row = mysql_fetch_row(rows.get()); row && row[0]) name = row[0];
  }
  return name;  // expect: session-use-after-scope
}

bool book_lines(MYSQL* my, const std::vector<std::string>& texts) {
  if (!query(my, "start transaction")) return false;
  bool ok = true;
  for (const auto& t : texts) {
    ok = query(my, t.c_str());
    if (!ok) goto undo;
  }
  if (mysql_commit(my) == 0) return true;
undo:
  log_line("booking undone");
  mysql_rollback(my);
  return false;
}

Reply book_return(MYSQL* my, const Line& line) {
  const std::string add = "update stock set pieces = pieces + " + std::to_string(line.pieces) + " where article = " + std::to_string(line.article);
  if (!query(my, "start transaction")) return Reply::failed;  // expect: session-unfinished-transaction
  if (!query(my, add.c_str())) {
    mysql_rollback(my);
    return Reply::failed;
  }
  switch (mysql_affected_rows(my)) {
    case 0:
      log_line("no such article");
      return Reply::empty;
    case 1:
      break;
    default:
      mysql_rollback(my);
      return Reply::failed;
  }
  if (mysql_commit(my) == 0) return Reply::ok;
  mysql_rollback(my);
  return Reply::retry;
}

class MyTxn {
 public:
  explicit MyTxn(MYSQL* my) : my_(my) {
    if (!query(my_, "start transaction")) throw std::runtime_error(mysql_error(my_));
  }
  MyTxn(const MyTxn&) = delete;
  ~MyTxn() {
    if (my_) mysql_rollback(my_);
  }
  void exec(const std::string& text) {
    if (!query(my_, text.c_str())) throw std::runtime_error(mysql_error(my_));
  }
  void commit() {
    if (mysql_commit(my_) != 0) throw std::runtime_error(mysql_error(my_));
    my_ = nullptr;
  }

 private:
  MYSQL* my_;
};

void close_till(MYSQL* my, int till) {
  MyTxn t(my);
  const std::string id = std::to_string(till);
  t.exec("insert into till_report(till, total) select till, sum(cents) from sale where till = " + id + " group by till");
  t.exec("update sale set reported = 1 where till = " + id);
  t.commit();
}

void open_till(MYSQL* my, int till, int clerk) {
  MyTxn{my};  // expect: session-temporary-guard
  const std::string id = std::to_string(till);
  if (!query(my, ("update till set open = 1 where id = " + id).c_str())) throw std::runtime_error("till");
  if (!query(my, ("insert into shift(till, clerk) values(" + id + "," + std::to_string(clerk) + ")").c_str()))
    throw std::runtime_error("shift");
}

class AutoCommitOff {
 public:
  explicit AutoCommitOff(sql::Connection& c) : c_(c) { c_.setAutoCommit(false); }
  AutoCommitOff(const AutoCommitOff&) = delete;
  ~AutoCommitOff() {
    try {
      if (!done_) c_.rollback();
      c_.setAutoCommit(true);
    } catch (const sql::SQLException& e) {
      log_line("restore", e.what());
    }
  }
  void commit() {
    c_.commit();
    done_ = true;
  }

 private:
  sql::Connection& c_;
  bool done_ = false;
};

int sell(sql::Connection& c, const std::vector<Line>& lines) {
  AutoCommitOff off(c);
  std::unique_ptr<sql::PreparedStatement> ps(c.prepareStatement("update stock set pieces = pieces - ? where article = ? and pieces >= ?"));
  int sold = 0;
  for (const auto& l : lines) {
    ps->setInt(1, l.pieces);
    ps->setInt(2, l.article);
    ps->setInt(3, l.pieces);
    if (ps->executeUpdate() != 1) return 0;
    sold += l.pieces;
  }
  off.commit();
  return sold;
}

bool refund(sql::Connection& c, int sale) {
  c.setAutoCommit(false);
  try {
    std::unique_ptr<sql::PreparedStatement> ps(c.prepareStatement("insert into refund(sale) values(?)"));
    ps->setInt(1, sale);
    ps->executeUpdate();
    ps.reset(c.prepareStatement("update sale set refunded = 1 where id = ?"));
    ps->setInt(1, sale);
    ps->executeUpdate();
    c.commit();
    c.setAutoCommit(true);
  } catch (const sql::SQLException& e) {  // expect: session-missing-rollback
    log_line("refund", e.what());
    return false;
  }
  return true;
}

int apply_prices(sql::Connection& c, const std::vector<std::pair<int, int>>& prices) {
  AutoCommitOff off(c);
  std::unique_ptr<sql::Statement> st(c.createStatement());
  st->executeUpdate("delete from price");
  int n = 0;
  for (const auto& [article, cents] : prices) {
    try {
      n += st->executeUpdate("insert into price values(" + std::to_string(article) + "," + std::to_string(cents) + ")");
      st->executeUpdate("update article set priced = 1 where id = " + std::to_string(article));
    } catch (...) {  // expect: session-swallow-and-commit
      log_line("price list cut short");
      break;
    }
  }
  off.commit();
  return n;
}

bool reserve(const DbConfig& cfg, const Line& l) {
  Conn c = connect_cpp(cfg);
  c->setAutoCommit(false);
  for (int attempt = 0; attempt < 4; ++attempt) {
    try {
      std::unique_ptr<sql::PreparedStatement> ps(c->prepareStatement("insert into reservation(article, pieces) values(?, ?)"));
      ps->setInt(1, l.article);
      ps->setInt(2, l.pieces);
      ps->executeUpdate();
      c->commit();
      return true;
    } catch (const sql::SQLException& e) {
      c->rollback();
      if (e.getErrorCode() != 1213) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  return false;
}

int count_sales(sql::Driver* driver, const DbConfig& cfg) {
  sql::Connection* c = driver->connect("tcp://" + cfg.host, cfg.user, cfg.password);  // expect: session-leak
  c->setSchema(cfg.schema);
  int n = 0;
  {
    std::unique_ptr<sql::Statement> st(c->createStatement());
    std::unique_ptr<sql::ResultSet> rs(st->executeQuery("select count(*) from sale"));
    if (rs->next()) n = rs->getInt(1);
  }
  delete c;
  return n;
}

std::string newest_sale(const DbConfig& cfg) {
  Conn c = connect_cpp(cfg);
  std::string at;
  {
    std::unique_ptr<sql::Statement> st(c->createStatement());
    std::unique_ptr<sql::ResultSet> rs(st->executeQuery("select max(at) from sale"));
    if (rs->next()) at = rs->getString(1);
  }
  c->close();
  return at;
}

class SaleQueue {
 public:
  explicit SaleQueue(const DbConfig& cfg) : worker_([this, cfg] { work(cfg); }) {}
  ~SaleQueue() {
    {
      std::lock_guard<std::mutex> g(m_);
      stop_ = true;
    }
    cv_.notify_all();
    worker_.join();
  }
  void push(std::vector<Line> lines) {
    std::lock_guard<std::mutex> g(m_);
    jobs_.push(std::move(lines));
    cv_.notify_one();
  }

 private:
  void work(const DbConfig& cfg) {
    Conn c;
    std::unique_lock<std::mutex> lock(m_);
    while (!stop_) {
      cv_.wait(lock, [this] { return stop_ || !jobs_.empty(); });
      if (jobs_.empty()) continue;
      auto lines = std::move(jobs_.front());
      jobs_.pop();
      lock.unlock();
      try {
        if (!c || c->isClosed()) c = connect_cpp(cfg);
        sell(*c, lines);
      } catch (const std::exception& e) {
        log_line("sale", e.what());
        c.reset();
      }
      lock.lock();
    }
  }
  std::mutex m_;
  std::condition_variable cv_;
  std::queue<std::vector<Line>> jobs_;
  bool stop_ = false;
  std::thread worker_;
};

void refresh_totals(My my) {
  std::thread keeper([m = my.get()] {  // expect: session-shared-across-threads
    for (int i = 0; i < 60; ++i) {
      mysql_ping(m);
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  });
  query(my.get(), "truncate table total");
  query(my.get(), "insert into total select till, sum(cents) from sale group by till");
  keeper.join();
}

void purge_in_background(My my, int days) {
  std::thread([my = std::move(my), days] {
    const std::string text = "delete from sale where at < now() - interval " + std::to_string(days) + " day limit 1000";
    while (query(my.get(), text.c_str()) && mysql_affected_rows(my.get()) > 0) {
    }
  }).detach();
}

void retire(MYSQL* my, int article) {
  if (!query(my, "start transaction")) return;
  const bool ok = query(my, ("delete from stock where article = " + std::to_string(article)).c_str());
  if (!ok || mysql_affected_rows(my) == 0) {
    mysql_rollback(my);
    log_line("nothing to retire");
  } else {
    mysql_commit(my);
    query(my, "optimize table stock");
  }
}

bool reconnect(My& a, const DbConfig& cfg) {
  log_line("reconnecting", mysql_error(a.get()));
  mysql_close(a.get());
  a = connect_c(cfg);  // expect: session-double-end
  return static_cast<bool>(a);
}

}  // namespace kiosk
