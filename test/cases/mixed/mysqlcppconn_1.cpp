// Booking back end on MySQL Connector/C++ (JDBC style API)
// library: mysqlcppconn
#include <mysql_connection.h>
#include <mysql_driver.h>

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <chrono>
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace booking {

using ConnectionPtr = std::unique_ptr<sql::Connection>;
using StatementPtr = std::unique_ptr<sql::Statement>;
using PreparedPtr = std::unique_ptr<sql::PreparedStatement>;
using ResultPtr = std::unique_ptr<sql::ResultSet>;

struct Settings {
  std::string url = "tcp://127.0.0.1:3306";
  std::string user;
  std::string password;
  std::string schema = "booking";
};

void log(const std::string& text) { std::clog << text << '\n'; }

ConnectionPtr connect(const Settings& s) {
  sql::Driver* driver = sql::mysql::get_driver_instance();
  ConnectionPtr c(driver->connect(s.url, s.user, s.password));
  c->setSchema(s.schema);
  return c;
}

// --- guards ---------------------------------------------------------------------------------------------------

class Transaction {
public:
  explicit Transaction(sql::Connection& c) : c_(c) { c_.setAutoCommit(false); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    try {
      if (!committed_) c_.rollback();
      c_.setAutoCommit(true);
    } catch (const sql::SQLException& e) {
      log(e.what());
    }
  }
  void commit() {
    c_.commit();
    committed_ = true;
  }

private:
  sql::Connection& c_;
  bool committed_ = false;
};

class LazyTransaction {
public:
  explicit LazyTransaction(sql::Connection* c) : c_(c) { c_->setAutoCommit(false); }
  ~LazyTransaction() {
    c_->commit();  // expect: session-commit-in-destructor
    c_->setAutoCommit(true);
  }

private:
  sql::Connection* c_;
};

// --- reading ---------------------------------------------------------------------------------------------------

int countBookings(sql::Connection& c, int room) {
  const PreparedPtr st(c.prepareStatement("SELECT COUNT(*) FROM booking WHERE room = ?"));
  st->setInt(1, room);
  const ResultPtr rs(st->executeQuery());
  return rs->next() ? rs->getInt(1) : 0;
}

int countGuests(sql::Connection& c) {
  sql::Statement* st = c.createStatement();  // expect: session-leak
  int n = 0;
  {
    const ResultPtr rs(st->executeQuery("SELECT COUNT(*) FROM guest"));
    if (rs->next()) n = rs->getInt(1);
  }
  delete st;
  return n;
}

std::vector<std::string> guests(sql::Connection& c) {
  std::vector<std::string> names;
  const StatementPtr st(c.createStatement());
  const ResultPtr rs(st->executeQuery("SELECT name FROM guest ORDER BY name"));
  while (rs->next()) names.push_back(rs->getString("name"));
  return names;
}

std::string firstGuest(sql::Connection& c) {
  const StatementPtr st(c.createStatement());
  sql::ResultSet* rs = st->executeQuery("SELECT name FROM guest ORDER BY id LIMIT 1");  // expect: session-leak
  if (!rs->next()) return "nobody";
  const std::string name = rs->getString(1);
  delete rs;
  return name;
}

std::string lastGuest(sql::Connection& c) {
  const StatementPtr st(c.createStatement());
  sql::ResultSet* rs = st->executeQuery("SELECT name FROM guest ORDER BY id DESC LIMIT 1");
  std::string name;
  try {
    if (rs->next()) name = rs->getString(1);
  } catch (...) {
    delete rs;
    throw;
  }
  delete rs;
  return name;
}

int afterDelete(sql::Connection& c) {
  const StatementPtr st(c.createStatement());
  ResultPtr rs(st->executeQuery("SELECT COUNT(*) FROM room"));
  sql::ResultSet* raw = rs.get();
  rs.reset();
  return raw->next() ? 1 : 0;  // expect: session-use-after-scope
}

int roomsAfterClose(const Settings& s) {
  const ConnectionPtr c = connect(s);
  const StatementPtr st(c->createStatement());
  st->execute("ANALYZE TABLE room");
  c->close();
  const ResultPtr rs(st->executeQuery("SELECT COUNT(*) FROM room"));  // expect: session-use-after-scope
  return rs->next() ? rs->getInt(1) : 0;
}

int rooms(const Settings& s) {
  const ConnectionPtr c = connect(s);
  int n = 0;
  {
    const StatementPtr st(c->createStatement());
    const ResultPtr rs(st->executeQuery("SELECT COUNT(*) FROM room"));
    if (rs->next()) n = rs->getInt(1);
  }
  c->close();
  return n;
}

// --- writing ---------------------------------------------------------------------------------------------------

void insertBooking(sql::Connection& c, int room, int guest) {
  const PreparedPtr st(c.prepareStatement("INSERT INTO booking(room, guest) VALUES (?, ?)"));
  st->setInt(1, room);
  st->setInt(2, guest);
  st->executeUpdate();
}

void book(sql::Connection& c, int room, int guest) {
  Transaction tx(c);
  insertBooking(c, room, guest);
  const StatementPtr st(c.createStatement());
  st->execute("UPDATE room SET taken = taken + 1 WHERE id = " + std::to_string(room));
  tx.commit();
}

bool bookIfFree(sql::Connection& c, int room, int guest) {
  Transaction tx(c);
  if (countBookings(c, room) > 0) {
    log("room is taken");
    return false;
  }
  insertBooking(c, room, guest);
  tx.commit();
  return true;
}

void bookTentatively(sql::Connection& c, int room, int guest) {
  Transaction tx(c);  // expect: session-unfinished-transaction
  insertBooking(c, room, guest);
  const StatementPtr st(c.createStatement());
  st->executeUpdate("UPDATE room SET tentative = 1 WHERE id = " + std::to_string(room));
}

void bookByHand(sql::Connection& c, int room, int guest) {
  c.setAutoCommit(false);
  try {
    insertBooking(c, room, guest);
    insertBooking(c, room + 1, guest);
    c.commit();
  } catch (const sql::SQLException&) {
    c.rollback();
    c.setAutoCommit(true);
    throw;
  }
  c.setAutoCommit(true);
}

bool bookAndReport(sql::Connection& c, int room, int guest) {
  c.setAutoCommit(false);
  try {
    insertBooking(c, room, guest);
    const StatementPtr st(c.createStatement());
    st->executeUpdate("INSERT INTO mail(guest) VALUES (" + std::to_string(guest) + ")");
    c.commit();
    return true;
  } catch (const sql::SQLException& e) {  // expect: session-missing-rollback
    log(std::to_string(e.getErrorCode()) + " " + e.what());
    return false;
  }
}

void cancel(sql::Connection& c, int id) {
  const StatementPtr st(c.createStatement());
  st->execute("START TRANSACTION");  // expect: session-missing-rollback
  st->executeUpdate("DELETE FROM extra WHERE booking = " + std::to_string(id));
  st->executeUpdate("DELETE FROM booking WHERE id = " + std::to_string(id));
  st->execute("COMMIT");
}

bool change(sql::Connection& c, int id, int room) {
  const StatementPtr st(c.createStatement());
  st->execute("START TRANSACTION");  // expect: session-unfinished-transaction
  try {
    const int changed = st->executeUpdate("UPDATE booking SET room = " + std::to_string(room) + " WHERE id = " + std::to_string(id));
    if (changed == 0) return false;
    st->executeUpdate("INSERT INTO history(booking) VALUES (" + std::to_string(id) + ")");
    st->execute("COMMIT");
  } catch (const sql::SQLException& e) {
    st->execute("ROLLBACK");
    log(e.what());
    return false;
  }
  return true;
}

bool changeOrUndo(sql::Connection& c, int id, int room) {
  const StatementPtr st(c.createStatement());
  st->execute("START TRANSACTION");
  try {
    const int changed = st->executeUpdate("UPDATE booking SET room = " + std::to_string(room) + " WHERE id = " + std::to_string(id));
    st->execute(changed == 1 ? "COMMIT" : "ROLLBACK");
    return changed == 1;
  } catch (...) {
    st->execute("ROLLBACK");
    throw;
  }
}

void importGuests(sql::Connection& c, const std::vector<std::string>& names) {
  Transaction tx(c);
  const PreparedPtr st(c.prepareStatement("INSERT INTO guest(name) VALUES (?)"));
  const PreparedPtr card(c.prepareStatement("INSERT INTO card(guest) VALUES (LAST_INSERT_ID())"));
  for (const std::string& name : names) {
    try {
      st->setString(1, name);
      st->executeUpdate();
      card->executeUpdate();
    } catch (const sql::SQLException& e) {  // expect: session-swallow-and-commit
      log(name + ": " + e.what());
    }
  }
  tx.commit();
}

std::size_t importGuestsEach(sql::Connection& c, const std::vector<std::string>& names) {
  std::size_t imported = 0;
  const PreparedPtr st(c.prepareStatement("INSERT INTO guest(name) VALUES (?)"));
  for (const std::string& name : names) {
    try {
      Transaction tx(c);
      st->setString(1, name);
      st->executeUpdate();
      tx.commit();
      ++imported;
    } catch (const sql::SQLException& e) {
      log(name + ": " + e.what());
    }
  }
  return imported;
}

void importGuestsOrNone(sql::Connection& c, const std::vector<std::string>& names) {
  try {
    Transaction tx(c);
    const PreparedPtr st(c.prepareStatement("INSERT INTO guest(name) VALUES (?)"));
    for (const std::string& name : names) {
      st->setString(1, name);
      st->executeUpdate();
    }
    tx.commit();
  } catch (const sql::SQLException& e) {
    log(e.what());
  }
}

void checkIn(sql::Connection& c, int id) {
  Transaction tx(c);
  const StatementPtr st(c.createStatement());
  st->executeUpdate("UPDATE booking SET state = 'in' WHERE id = " + std::to_string(id));
  tx.commit();
}

void walkIn(sql::Connection& c, int room, int guest, int id) {
  Transaction tx(c);
  insertBooking(c, room, guest);
  checkIn(c, id);  // expect: session-nested-begin
  tx.commit();
}

void checkInGroup(sql::Connection& c, const std::vector<int>& ids) {
  for (const int id : ids) checkIn(c, id);
}

void checkOut(sql::Connection& c, int id) {
  const StatementPtr st(c.createStatement());
  {
    Transaction tx(c);
    st->executeUpdate("UPDATE booking SET state = 'out' WHERE id = " + std::to_string(id));
    tx.commit();
  }
  Transaction tx(c);
  st->executeUpdate("INSERT INTO bill(booking) VALUES (" + std::to_string(id) + ")");
  tx.commit();  // expect: session-multiple-commits
}

void move(sql::Connection& c, int from, int to, bool simulate) {
  Transaction tx(c);
  const PreparedPtr st(c.prepareStatement("UPDATE booking SET room = ? WHERE room = ?"));
  st->setInt(1, to);
  st->setInt(2, from);
  const int n = st->executeUpdate();
  log(std::to_string(n) + " bookings");
  if (!simulate) tx.commit();
}

void settle(sql::Connection& c, int bill) {
  const StatementPtr st(c.createStatement());
  c.setAutoCommit(false);
  try {
    st->executeUpdate("UPDATE bill SET paid = 1 WHERE id = " + std::to_string(bill));
    c.commit();
    const ResultPtr rs(st->executeQuery("SELECT paid FROM bill WHERE id = " + std::to_string(bill)));
    if (!rs->next()) throw std::runtime_error("bill is gone");
  } catch (const std::exception& e) {
    c.rollback();
    c.setAutoCommit(true);
    log(e.what());
    return;
  }
  c.setAutoCommit(true);
}

void settleStrictly(sql::Connection& c, int bill) {
  const StatementPtr st(c.createStatement());
  st->execute("START TRANSACTION");
  try {
    st->executeUpdate("UPDATE bill SET paid = 1 WHERE id = " + std::to_string(bill));
    st->execute("COMMIT");
    const ResultPtr rs(st->executeQuery("SELECT paid FROM bill WHERE id = " + std::to_string(bill)));
    if (!rs->next()) throw std::runtime_error("bill is gone");
  } catch (const std::exception& e) {
    st->execute("ROLLBACK");  // expect: session-double-end
    log(e.what());
  }
}

void resetRooms(sql::Connection& c) {
  Transaction{c};  // expect: session-temporary-guard
  const StatementPtr st(c.createStatement());
  st->executeUpdate("UPDATE room SET taken = 0");
  st->executeUpdate("DELETE FROM hold");
}

// --- connections ------------------------------------------------------------------------------------------------

int vacuum(const Settings& s) {
  sql::Connection* c = sql::mysql::get_driver_instance()->connect(s.url, s.user, s.password);  // expect: session-leak
  c->setSchema(s.schema);
  {
    const StatementPtr st(c->createStatement());
    st->execute("OPTIMIZE TABLE booking");
  }
  delete c;
  return 0;
}

bool probe(const Settings& s) {
  sql::Connection* c = nullptr;
  bool alive = false;
  try {
    c = sql::mysql::get_driver_instance()->connect(s.url, s.user, s.password);  // expect: session-raw-construction
    alive = c->isValid();
  } catch (const sql::SQLException& e) {
    log(e.what());
  }
  delete c;
  return alive;
}

bool probeOwned(const Settings& s) {
  try {
    const ConnectionPtr c = connect(s);
    return c->isValid();
  } catch (const sql::SQLException&) {
    return false;
  }
}

std::shared_ptr<sql::Connection> connectShared(const Settings& s) {
  return std::shared_ptr<sql::Connection>(sql::mysql::get_driver_instance()->connect(s.url, s.user, s.password),
                                          [](sql::Connection* c) {
                                            c->close();
                                            delete c;
                                          });
}

void nightly(const Settings& s) {
  const ConnectionPtr c = connect(s);
  sql::Connection* raw = c.get();
  std::thread cleaner([raw] {  // expect: session-shared-across-threads
    const StatementPtr st(raw->createStatement());
    st->execute("DELETE FROM hold WHERE old = 1");
  });
  const StatementPtr st(c->createStatement());
  st->execute("ANALYZE TABLE booking");
  cleaner.join();
}

void nightlyInThreads(const Settings& s, const std::vector<std::string>& statements) {
  std::vector<std::thread> threads;
  for (const std::string& statement : statements)
    threads.emplace_back([s, statement] {
      sql::mysql::get_driver_instance()->threadInit();
      {
        const ConnectionPtr c = connect(s);
        const StatementPtr st(c->createStatement());
        st->execute(statement);
      }
      sql::mysql::get_driver_instance()->threadEnd();
    });
  for (std::thread& t : threads) t.join();
}

class Desk {
public:
  explicit Desk(Settings s) : settings_(std::move(s)) {}

  bool book(int room, int guest) {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (int attempt = 0; attempt < 3; ++attempt) {
      try {
        return bookIfFree(connection(), room, guest);
      } catch (const sql::SQLException& e) {
        if (e.getErrorCode() != 1213 && e.getErrorCode() != 2006) throw;
        if (e.getErrorCode() == 2006) connection_.reset();
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }

  void disconnect() {
    if (connection_) connection_->close();
    connection_.reset();
  }

private:
  sql::Connection& connection() {
    if (!connection_ || connection_->isClosed()) connection_ = connect(settings_);
    return *connection_;
  }

  Settings settings_;
  std::mutex mutex_;
  ConnectionPtr connection_;
};

template <class F>
auto inTransaction(sql::Connection& c, F f) -> decltype(f(c)) {
  Transaction tx(c);
  auto result = f(c);
  tx.commit();
  return result;
}

int addGuest(sql::Connection& c, const std::string& name) {
  return inTransaction(c, [&name](sql::Connection& inner) {
    const PreparedPtr st(inner.prepareStatement("INSERT INTO guest(name) VALUES (?)"));
    st->setString(1, name);
    st->executeUpdate();
    const StatementPtr id(inner.createStatement());
    const ResultPtr rs(id->executeQuery("SELECT LAST_INSERT_ID()"));
    return rs->next() ? rs->getInt(1) : 0;
  });
}

}  // namespace booking
