// Order and stock service of a web shop on SOCI: pooled sessions, guards, helpers
// library: soci
#include <soci/soci.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace shop {

struct OrderLine {
  int article = 0;
  int quantity = 0;
  double price = 0;
};

struct Order {
  int id = 0;
  std::string customer;
  std::vector<OrderLine> lines;
};

class StockError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

inline void logInfo(const std::string& text) { std::clog << "[info] " << text << '\n'; }
inline void logError(const std::string& text) { std::cerr << "[error] " << text << '\n'; }

// --- reading ---------------------------------------------------------------------------------------------------

std::optional<Order> loadOrder(soci::session& sql, int id) {
  Order order;
  soci::indicator ind = soci::i_null;
  sql << "select customer from orders where id = :id", soci::into(order.customer, ind), soci::use(id);
  if (!sql.got_data() || ind != soci::i_ok) return std::nullopt;
  order.id = id;
  soci::rowset<soci::row> rows = (sql.prepare << "select article, quantity, price from line where ord = :id", soci::use(id));
  for (const soci::row& row : rows) {
    OrderLine line;
    line.article = row.get<int>(0);
    line.quantity = row.get<int>(1);
    line.price = row.get<double>(2, 0.0);
    order.lines.push_back(line);
  }
  return order;
}

std::vector<int> openOrders(soci::connection_pool& pool) {
  soci::session sql(pool);
  soci::transaction snapshot(sql);
  std::vector<int> ids;
  soci::rowset<int> rs = (sql.prepare << "select id from orders where state = 'open' order by id");
  for (int id : rs) ids.push_back(id);
  return ids;
}

// --- writing ---------------------------------------------------------------------------------------------------

void insertLine(soci::session& sql, int order, const OrderLine& line) {
  sql << "insert into line(ord, article, quantity, price) values(:o, :a, :q, :p)", soci::use(order), soci::use(line.article),
      soci::use(line.quantity), soci::use(line.price);
}

void reserveStock(soci::session& sql, const OrderLine& line) {
  int left = 0;
  sql << "select amount from stock where article = :a for update", soci::into(left), soci::use(line.article);
  if (!sql.got_data() || left < line.quantity) throw StockError("article " + std::to_string(line.article) + " is sold out");
  sql << "update stock set amount = amount - :q where article = :a", soci::use(line.quantity), soci::use(line.article);
}

int saveOrder(soci::connection_pool& pool, const Order& order) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  int id = 0;
  sql << "insert into orders(customer) values(:c) returning id", soci::into(id), soci::use(order.customer);
  for (const OrderLine& line : order.lines) {
    reserveStock(sql, line);
    insertLine(sql, id, line);
  }
  tr.commit();
  logInfo("order " + std::to_string(id) + " saved");
  return id;
}

bool trySaveOrder(soci::connection_pool& pool, const Order& order, std::string& error) {
  if (order.lines.empty()) {
    error = "nothing ordered";
    return false;
  }
  try {
    soci::session sql(pool);
    soci::transaction tr(sql);
    for (const OrderLine& line : order.lines) reserveStock(sql, line);
    sql << "update orders set state = 'reserved' where id = :i", soci::use(order.id);
    tr.commit();
    return true;
  } catch (const StockError& e) {
    error = e.what();
  } catch (const soci::soci_error& e) {
    error = std::string("database: ") + e.what();
    logError(error);
  }
  return false;
}

bool cancelOrder(soci::connection_pool& pool, int id) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  std::string state;
  sql << "select state from orders where id = :i for update", soci::into(state), soci::use(id);
  if (!sql.got_data()) return false;
  if (state == "shipped" || state == "cancelled") {
    logInfo("order " + std::to_string(id) + " is " + state);
    return false;
  }
  sql << "update orders set state = 'cancelled' where id = :i", soci::use(id);
  sql << "update stock s set amount = amount + (select quantity from line l where l.ord = :i and l.article = s.article)",
      soci::use(id);
  tr.commit();
  return true;
}

bool shipOrder(soci::session& sql, int id, const std::string& carrier) {
  sql.begin();  // expect: session-unfinished-transaction
  try {
    int open = 0;
    sql << "select count(*) from orders where id = :i and state = 'paid' for update", soci::into(open), soci::use(id);
    if (open == 0) {
      logInfo("nothing to ship");
      return false;
    }
    sql << "update orders set state = 'shipped', carrier = :c where id = :i", soci::use(carrier), soci::use(id);
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
  return true;
}

bool payOrder(soci::session& sql, int id, double amount) {
  double due = 0;
  sql << "select total from orders where id = :i", soci::into(due), soci::use(id);
  if (amount < due) return false;
  sql.begin();
  try {
    sql << "update orders set state = 'paid' where id = :i", soci::use(id);
    sql << "insert into payment(ord, amount) values(:i, :a)", soci::use(id), soci::use(amount);
    sql.commit();
    return true;
  } catch (const soci::soci_error& e) {
    sql.rollback();
    logError(std::string("payment not booked: ") + e.what());
    return false;
  }
}

bool refundOrder(soci::session& sql, int id, double amount) {
  sql.begin();
  try {
    sql << "insert into payment(ord, amount) values(:i, :a)", soci::use(id), soci::use(-amount);
    sql << "update orders set state = 'refunded' where id = :i", soci::use(id);
    sql.commit();
    return true;
  } catch (const soci::soci_error& e) {  // expect: session-missing-rollback
    logError(std::string("refund failed: ") + e.what());
    return false;
  }
}

void importPrices(soci::session& sql, std::istream& in) {
  soci::transaction tr(sql);
  std::string line;
  int bad = 0;
  while (std::getline(in, line)) {
    std::istringstream fields(line);
    int article = 0;
    double price = 0;
    if (!(fields >> article >> price)) {
      ++bad;
      continue;
    }
    sql << "update article set price = :p where id = :a", soci::use(price), soci::use(article);
  }
  if (bad > 10) {
    tr.rollback();
    throw std::runtime_error("too many bad lines");
  }
  tr.commit();
}

void importCustomers(soci::session& sql, const std::vector<std::string>& names) {
  soci::transaction tr(sql);
  int failed = 0;
  for (const std::string& name : names) {
    try {
      sql << "insert into customer(name) values(:n)", soci::use(name);
      sql << "insert into mailing(name, kind) values(:n, 'welcome')", soci::use(name);
    } catch (const soci::soci_error& e) {  // expect: session-swallow-and-commit
      ++failed;
      logError(name + ": " + e.what());
    }
  }
  logInfo(std::to_string(failed) + " of " + std::to_string(names.size()) + " customers refused");
  tr.commit();
}

void importCustomersOneByOne(soci::session& sql, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    try {
      soci::transaction tr(sql);
      sql << "insert into customer(name) values(:n)", soci::use(name);
      sql << "insert into mailing(name, kind) values(:n, 'welcome')", soci::use(name);
      tr.commit();
    } catch (const soci::soci_error& e) {
      logError(name + ": " + e.what());
    }
  }
}

// the customer row is optional: a parse error comes before anything is written
void importRated(soci::session& sql, const std::string& name, const std::string& rating) {
  int stars = 0;
  try {
    stars = std::stoi(rating);
  } catch (const std::invalid_argument&) {
    stars = 3;
  }
  soci::transaction tr(sql);
  sql << "insert into rating(customer, stars) values(:c, :s)", soci::use(name), soci::use(stars);
  tr.commit();
}

// --- statistics, all on the side --------------------------------------------------------------------------------

void trackVisit(soci::connection_pool& pool, const std::string& page, const std::string& agent) {
  try {
    soci::session sql(pool);
    soci::transaction tr(sql);  // expect: session-unfinished-transaction
    sql << "insert into visit(page, agent) values(:p, :a)", soci::use(page), soci::use(agent);
    sql << "update page set hits = hits + 1 where name = :p", soci::use(page);
  } catch (const soci::soci_error& e) {
    logError(e.what());
  }
}

class Tracker {
public:
  explicit Tracker(soci::connection_pool& pool) : pool_(pool) {}

  void hit(const std::string& page) {
    std::lock_guard<std::mutex> lock(mutex_);
    pending_.push_back(page);
    if (pending_.size() >= 100) flush();
  }

  void stop() {
    std::lock_guard<std::mutex> lock(mutex_);
    flush();
  }

private:
  void flush() {
    if (pending_.empty()) return;
    soci::session sql(pool_);
    soci::transaction tr(sql);
    for (const std::string& page : pending_) sql << "insert into visit(page) values(:p)", soci::use(page);
    tr.commit();
    pending_.clear();
  }

  soci::connection_pool& pool_;
  std::mutex mutex_;
  std::vector<std::string> pending_;
};

void nightlyReport(const std::string& connectString, std::ostream& out) {
  auto* sql = new soci::session(connectString);  // expect: session-leak
  int orders = 0;
  *sql << "select count(*) from orders where placed > current_date - 1", soci::into(orders);
  out << "orders: " << orders << '\n';
  double turnover = 0;
  *sql << "select sum(total) from orders where placed > current_date - 1", soci::into(turnover);
  out << "turnover: " << turnover << '\n';
  delete sql;
}

void weeklyReport(const std::string& connectString, std::ostream& out) {
  auto sql = std::make_unique<soci::session>(connectString);
  int orders = 0;
  *sql << "select count(*) from orders where placed > current_date - 7", soci::into(orders);
  if (orders == 0) {
    out << "a quiet week\n";
    return;
  }
  out << "orders: " << orders << '\n';
}

int vacuumDatabase(const std::string& connectString) {
  soci::session* sql = new soci::session(connectString);  // expect: session-raw-construction
  int result = 0;
  try {
    *sql << "vacuum analyze";
  } catch (const std::exception& e) {
    logError(e.what());
    result = 1;
  }
  delete sql;
  return result;
}

// --- invoices -----------------------------------------------------------------------------------------------------

int nextInvoiceNumber(soci::session& sql) {
  int number = 0;
  sql << "update counter set value = value + 1 where name = 'invoice'";
  sql << "select value from counter where name = 'invoice'", soci::into(number);
  return number;
}

int numberInOwnTransaction(soci::session& sql) {
  soci::transaction tr(sql);
  const int number = nextInvoiceNumber(sql);
  tr.commit();
  return number;
}

void writeInvoice(soci::session& sql, int order) {
  soci::transaction tr(sql);
  const int number = nextInvoiceNumber(sql);
  sql << "insert into invoice(number, ord) values(:n, :o)", soci::use(number), soci::use(order);
  sql << "update orders set invoiced = 1 where id = :o", soci::use(order);
  tr.commit();
}

void writeCreditNote(soci::session& sql, int order, double amount) {
  soci::transaction tr(sql);
  sql << "update orders set credited = credited + :a where id = :o", soci::use(amount), soci::use(order);
  const int number = numberInOwnTransaction(sql);  // expect: session-nested-begin
  sql << "insert into creditnote(number, ord, amount) values(:n, :o, :a)", soci::use(number), soci::use(order),
      soci::use(amount);
  tr.commit();
}

void invoiceAndShip(soci::connection_pool& pool, int order) {
  soci::session sql(pool);
  {
    soci::transaction tr(sql);
    const int number = nextInvoiceNumber(sql);
    sql << "insert into invoice(number, ord) values(:n, :o)", soci::use(number), soci::use(order);
    tr.commit();
  }
  logInfo("invoice written for " + std::to_string(order));
  soci::transaction tr(sql);
  sql << "update orders set state = 'shipping' where id = :o", soci::use(order);
  sql << "insert into parcel(ord) values(:o)", soci::use(order);
  tr.commit();  // expect: session-multiple-commits
}

void invoiceAll(soci::connection_pool& pool) {
  soci::session sql(pool);
  std::vector<int> ids;
  {
    soci::rowset<int> rs = (sql.prepare << "select id from orders where invoiced = 0");
    ids.assign(rs.begin(), rs.end());
  }
  for (const int id : ids) writeInvoice(sql, id);
}

// either by invoice or by card, never both
void settle(soci::session& sql, int order, bool byCard) {
  if (byCard) {
    soci::transaction tr(sql);
    sql << "insert into cardpayment(ord) values(:o)", soci::use(order);
    tr.commit();
    return;
  }
  soci::transaction tr(sql);
  sql << "insert into openitem(ord) values(:o)", soci::use(order);
  tr.commit();
}

void moveStock(soci::connection_pool& pool, int article, int from, int to, int quantity) {
  soci::session source(pool);
  source << "update shelf set amount = amount - :q where article = :a and place = :p", soci::use(quantity), soci::use(article),
      soci::use(from);
  soci::session target(pool);  // expect: session-split-unit-of-work
  target << "update shelf set amount = amount + :q where article = :a and place = :p", soci::use(quantity),
      soci::use(article), soci::use(to);
}

void moveStockSafely(soci::connection_pool& pool, int article, int from, int to, int quantity) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  const auto change = [&](int place, int by) {
    sql << "update shelf set amount = amount + :b where article = :a and place = :p", soci::use(by), soci::use(article),
        soci::use(place);
  };
  change(from, -quantity);
  change(to, quantity);
  tr.commit();
}

// reads from the replica, writes to the primary: two databases
void refreshSummary(soci::connection_pool& replica, soci::connection_pool& primary) {
  soci::session reader(replica);
  double turnover = 0;
  reader << "select sum(total) from orders", soci::into(turnover);
  soci::session writer(primary);
  soci::transaction tr(writer);
  writer << "update summary set turnover = :t", soci::use(turnover);
  tr.commit();
}

void mailLater(soci::connection_pool& pool, int order) {
  soci::session sql(pool);
  std::string address;
  sql << "select mail from orders where id = :i", soci::into(address), soci::use(order);
  std::thread sender([&sql, order, address] {  // expect: session-shared-across-threads
    logInfo("mail to " + address);
    sql << "update orders set mailed = 1 where id = :i", soci::use(order);
  });
  sender.detach();
}

void mailLaterWithOwnLease(soci::connection_pool& pool, int order) {
  std::string address;
  {
    soci::session sql(pool);
    sql << "select mail from orders where id = :i", soci::into(address), soci::use(order);
  }
  std::thread([&pool, order, address] {
    logInfo("mail to " + address);
    soci::session sql(pool);
    sql << "update orders set mailed = 1 where id = :i", soci::use(order);
  }).detach();
}

void withProgress(soci::connection_pool& pool, const std::function<void(soci::session&)>& work) {
  std::atomic<bool> done{false};
  std::thread spinner([&done] {
    while (!done) {
      std::cout << '.' << std::flush;
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
  });
  try {
    soci::session sql(pool);
    soci::transaction tr(sql);
    work(sql);
    tr.commit();
  } catch (...) {
    done = true;
    spinner.join();
    throw;
  }
  done = true;
  spinner.join();
}

void bookReturn(soci::connection_pool& pool, int order) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "update orders set state = 'returned' where id = :i", soci::use(order);
  soci::session(pool) << "insert into audit(what, ord) values('return', :i)", soci::use(order);  // expect: session-transaction-bypass
  tr.commit();
}

void correctPrice(soci::session& sql, int article, double price) {
  soci::transaction{sql};  // expect: session-temporary-guard
  sql << "insert into pricehistory select id, price from article where id = :a", soci::use(article);
  sql << "update article set price = :p where id = :a", soci::use(price), soci::use(article);
}

void publishCatalogue(soci::session& sql, const std::function<void(int)>& notify) {
  soci::transaction tr(sql);
  int version = 0;
  try {
    sql << "update catalogue set version = version + 1";
    sql << "select version from catalogue", soci::into(version);
    tr.commit();
    notify(version);
  } catch (const std::exception& e) {
    logError(e.what());
    tr.rollback();  // expect: session-double-end
    throw;
  }
}

void publishCatalogueFirst(soci::session& sql, const std::function<void(int)>& notify) {
  int version = 0;
  soci::transaction tr(sql);
  try {
    sql << "update catalogue set version = version + 1";
    sql << "select version from catalogue", soci::into(version);
  } catch (const std::exception& e) {
    logError(e.what());
    tr.rollback();
    throw;
  }
  tr.commit();
  notify(version);
}

}  // namespace shop
