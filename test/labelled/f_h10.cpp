// library: mysqlcppconn
// Web shop on MySQL Connector/C++ (JDBC style).
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_connection.h>
#include <mysql_driver.h>

#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace shop {

using ConnPtr = std::unique_ptr<sql::Connection>;
using StmtPtr = std::unique_ptr<sql::Statement>;
using PrepPtr = std::unique_ptr<sql::PreparedStatement>;
using RowsPtr = std::unique_ptr<sql::ResultSet>;

struct Account { std::string url = "tcp://127.0.0.1:3306", user = "shop", password, schema = "shop"; };
struct CartItem { int product = 0; int qty = 1; };
struct OutOfStock : std::runtime_error { using std::runtime_error::runtime_error; };

void log(const std::string& s) noexcept { std::clog << "shop: " << s << '\n'; }
void mailReceipt(int order);

ConnPtr connect(const Account& a) {
  ConnPtr c(sql::mysql::get_mysql_driver_instance()->connect(a.url, a.user, a.password));
  c->setSchema(a.schema);
  return c;
}

class AutoCommitOff {
public:
  explicit AutoCommitOff(sql::Connection& c) : c_(c) { c_.setAutoCommit(false); }
  ~AutoCommitOff() {
    try {
      if (!done_) c_.rollback();
      c_.setAutoCommit(true);
    } catch (const sql::SQLException& e) {
      log(e.what());
    }
  }
  AutoCommitOff(const AutoCommitOff&) = delete;
  void commit() {
    c_.commit();
    done_ = true;
  }
private:
  sql::Connection& c_;
  bool done_ = false;
};

int update(sql::Connection& c, const std::string& sql, int a, int b) {
  PrepPtr st(c.prepareStatement(sql));
  st->setInt(1, a);
  st->setInt(2, b);
  return st->executeUpdate();
}

int lastId(sql::Connection& c) {
  StmtPtr st(c.createStatement());
  RowsPtr rs(st->executeQuery("SELECT LAST_INSERT_ID()"));
  return rs->next() ? rs->getInt(1) : 0;
}

class Shop {
public:
  explicit Shop(Account a) : account_(std::move(a)), conn_(connect(account_)) {}

  int checkout(int customer, const std::vector<CartItem>& cart);
  void cancelOrder(int order);
  void restock(const std::vector<CartItem>& delivery);
  std::optional<std::string> productName(int id);
  void applyCoupon(int order, int coupon);
  void shipOrders(const std::vector<int>& orders);
  void mergeCarts(int from, int to);
  bool review(int product, int stars);
  void priceDrop(int product, int cents);
  int nightlyCleanup();
  void moveCategory(int from, int to);
  void bookPayment(int order, int cents);
  void recordView(int product, int customer);
  std::vector<int> bestsellers(int n);
  void reindexAsync();
  void warmAsync(int product);
  void exportCsv(std::ostream& out);
  void splitOrder(int order, int product);
  void reconnect();
  void refund(int order, int cents);

private:
  Account account_;
  ConnPtr conn_;
};

int Shop::checkout(int customer, const std::vector<CartItem>& cart) {
  AutoCommitOff tx(*conn_);
  update(*conn_, "INSERT INTO orders(customer, state) VALUES(?,?)", customer, 1);
  const int order = lastId(*conn_);
  for (const CartItem& i : cart) {
    if (update(*conn_, "UPDATE product SET stock=stock-? WHERE id=?", i.qty, i.product) != 1)
      throw OutOfStock("product " + std::to_string(i.product));
    update(*conn_, "INSERT INTO order_item VALUES(?,?)", order, i.product);
  }
  tx.commit();
  mailReceipt(order);
  return order;
}

void Shop::cancelOrder(int order) {
  conn_->setAutoCommit(false);
  try {
    update(*conn_, "UPDATE orders SET state=? WHERE id=?", 9, order);
    update(*conn_, "UPDATE payment SET refund=? WHERE ord=?", 1, order);
    conn_->commit();
  } catch (const sql::SQLException& e) {
    conn_->rollback();
    conn_->setAutoCommit(true);
    log(e.what());
    return;
  }
  conn_->setAutoCommit(true);
}

void Shop::restock(const std::vector<CartItem>& delivery) {
  AutoCommitOff tx(*conn_);
  for (const CartItem& i : delivery) {
    try {
      update(*conn_, "INSERT INTO delivery VALUES(?,?)", i.product, i.qty);
      if (i.qty < 0) throw std::out_of_range("negative delivery");
      update(*conn_, "UPDATE product SET stock=stock+? WHERE id=?", i.qty, i.product);
    } catch (const std::out_of_range& e) {  // expect: session-swallow-and-commit
      log(e.what());
    }
  }
  tx.commit();
}

std::optional<std::string> Shop::productName(int id) {
  PrepPtr st(conn_->prepareStatement("SELECT name FROM product WHERE id=?"));
  st->setInt(1, id);
  RowsPtr rs(st->executeQuery());
  if (!rs->next() || rs->isNull(1)) return std::nullopt;
  return rs->getString(1).asStdString();
}

void Shop::applyCoupon(int order, int coupon) {
  StmtPtr st(conn_->createStatement());
  st->execute("START TRANSACTION");
  try {
    update(*conn_, "UPDATE coupon SET used=? WHERE id=?", order, coupon);
    update(*conn_, "UPDATE orders SET coupon=? WHERE id=?", coupon, order);
    st->execute("COMMIT");
  } catch (const sql::SQLException& e) {  // expect: session-missing-rollback
    log(std::string("coupon: ") + e.what());
    throw std::runtime_error("coupon not usable");
  }
}

void Shop::shipOrders(const std::vector<int>& orders) {
  for (int order : orders) {
    AutoCommitOff tx(*conn_);
    if (update(*conn_, "UPDATE orders SET state=? WHERE id=? AND state=2", 3, order) == 0) continue;
    update(*conn_, "INSERT INTO shipment(ord, carrier) VALUES(?,?)", order, 1);
    tx.commit();
  }
}

void Shop::mergeCarts(int from, int to) {
  StmtPtr st(conn_->createStatement());
  st->execute("BEGIN");
  bool done = false;
  try {
    update(*conn_, "UPDATE cart_item SET cart=? WHERE cart=?", to, from);
    update(*conn_, "DELETE FROM cart WHERE id=? AND id<>?", from, to);
    st->execute("COMMIT");
    done = true;
  } catch (const sql::SQLException& e) {
    log(e.what());
  } catch (...) {
    st->execute("ROLLBACK");
    throw;
  }
  if (!done) st->execute("ROLLBACK");
}

bool Shop::review(int product, int stars) {
  AutoCommitOff tx(*conn_);
  update(*conn_, "INSERT INTO review(product, stars) VALUES(?,?)", product, stars);
  PrepPtr avg(conn_->prepareStatement("SELECT AVG(stars) FROM review WHERE product=?"));
  avg->setInt(1, product);
  RowsPtr rs(avg->executeQuery());
  if (!rs->next()) return false;
  update(*conn_, "UPDATE product SET stars=? WHERE id=?", static_cast<int>(rs->getDouble(1)), product);
  tx.commit();
  return true;
}

void Shop::priceDrop(int product, int cents) {
  ConnPtr own = connect(account_);
  own->setAutoCommit(false);
  update(*own, "UPDATE product SET price=price-? WHERE id=?", cents, product);
  update(*own, "INSERT INTO price_log VALUES(?,?)", product, cents);
  own->commit();
  update(*own, "UPDATE watch SET notify=? WHERE product=?", 1, product);
  own->commit();  // expect: session-multiple-commits
}

int Shop::nightlyCleanup() {
  int total = 0;
  StmtPtr st(conn_->createStatement());
  for (int n = 1; n > 0; total += n) {
    AutoCommitOff tx(*conn_);
    n = st->executeUpdate("DELETE FROM cart WHERE touched < NOW() - INTERVAL 90 DAY LIMIT 1000");
    tx.commit();
  }
  return total;
}

void Shop::moveCategory(int from, int to) {
  ConnPtr own = connect(account_);
  own->setAutoCommit(false);
  update(*own, "UPDATE product SET category=? WHERE category=?", to, from);
  update(*own, "DELETE FROM category WHERE id=? AND id<>?", from, to);
  own->commit();
  own->close();
}

void Shop::bookPayment(int order, int cents) {
  {
    ConnPtr first = connect(account_);
    update(*first, "INSERT INTO payment(ord, cents) VALUES(?,?)", order, cents);
  }
  ConnPtr second = connect(account_);  // expect: session-split-unit-of-work
  update(*second, "UPDATE orders SET paid=paid+? WHERE id=?", cents, order);
}

void Shop::recordView(int product, int customer) {
  try {
    update(*conn_, "INSERT INTO view_log VALUES(?,?)", product, customer);
  } catch (const sql::SQLException& e) {
    log(std::string("view: ") + e.what());
  }
}

std::vector<int> Shop::bestsellers(int n) {
  sql::Statement* st = conn_->createStatement();  // expect: session-leak
  std::vector<int> ids;
  RowsPtr rs(st->executeQuery("SELECT product FROM order_item GROUP BY product ORDER BY COUNT(*) DESC LIMIT " + std::to_string(n)));
  while (rs->next()) ids.push_back(rs->getInt("product"));
  rs.reset();
  delete st;
  return ids;
}

void Shop::reindexAsync() {
  std::thread([c = conn_.get()] {  // expect: session-shared-across-threads
    try {
      StmtPtr st(c->createStatement());
      st->execute("OPTIMIZE TABLE product");
    } catch (const sql::SQLException& e) {
      log(e.what());
    }
  }).detach();
  update(*conn_, "UPDATE stats SET runs=runs+? WHERE id=?", 1, 1);
}

void Shop::warmAsync(int product) {
  std::thread([account = account_, product] {
    auto* driver = sql::mysql::get_mysql_driver_instance();
    driver->threadInit();
    try {
      ConnPtr own = connect(account);
      update(*own, "UPDATE product SET warm=? WHERE id=?", 1, product);
    } catch (const sql::SQLException& e) {
      log(e.what());
    }
    driver->threadEnd();
  }).detach();
}

void Shop::exportCsv(std::ostream& out) {
  StmtPtr st;
  {
    ConnPtr side = connect(account_);
    side->setReadOnly(true);
    st.reset(side->createStatement());
    out << "id;name\n";
  }
  RowsPtr rs(st->executeQuery("SELECT id, name FROM product"));  // expect: session-use-after-scope
  while (rs->next()) out << rs->getInt(1) << ';' << rs->getString(2) << '\n';
}

void Shop::splitOrder(int order, int product) {
  AutoCommitOff tx(*conn_);
  std::unique_ptr<sql::Savepoint> sp(conn_->setSavepoint("split"));
  update(*conn_, "INSERT INTO orders(customer, state) SELECT customer, 1 FROM orders WHERE id=? OR id=?", order, -1);
  const int fresh = lastId(*conn_);
  if (update(*conn_, "UPDATE order_item SET ord=? WHERE product=?", fresh, product) == 0) {
    conn_->rollback(sp.get());
    log("nothing to split in " + std::to_string(order));
  }
  tx.commit();
}

void Shop::reconnect() {
  if (conn_ && conn_->isValid()) return;
  ConnPtr fresh = connect(account_);
  if (conn_ && !conn_->isClosed()) conn_->close();
  conn_ = std::move(fresh);
}

void Shop::refund(int order, int cents) {
  conn_->setAutoCommit(false);
  try {
    update(*conn_, "INSERT INTO refund VALUES(?,?)", order, cents);
    update(*conn_, "UPDATE orders SET state=? WHERE id=?", 7, order);
    conn_->commit();
  } catch (const sql::SQLException& e) {
    log(e.what());
    conn_->rollback();
    conn_->rollback();  // waits: session-double-end
    conn_->setAutoCommit(true);
    throw;
  }
  conn_->setAutoCommit(true);
}

void dropDemo(const Account& a) {
  sql::Connection* c = sql::mysql::get_mysql_driver_instance()->connect(a.url, a.user, a.password);  // expect: session-leak
  sql::Statement* st = nullptr;
  try {
    st = c->createStatement();
    st->execute("DROP DATABASE IF EXISTS demo");
  } catch (const sql::SQLException& e) {
    log(e.what());
    delete st;
    return;
  }
  delete st;
  delete c;
}

}  // namespace shop
