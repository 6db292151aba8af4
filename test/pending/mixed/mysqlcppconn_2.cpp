// Newsletter service on MySQL Connector/C++: own pool, repositories, savepoints
// library: mysqlcppconn
#include <mysql_connection.h>
#include <mysql_driver.h>

#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newsletter {

class ConnectionPool {
public:
  using Ptr = std::unique_ptr<sql::Connection, std::function<void(sql::Connection*)>>;

  ConnectionPool(std::string url, std::string user, std::string password, std::size_t size) {
    sql::Driver* driver = sql::mysql::get_driver_instance();
    for (std::size_t i = 0; i < size; ++i) idle_.emplace_back(driver->connect(url, user, password));
  }

  Ptr get() {
    std::unique_lock<std::mutex> lock(mutex_);
    freed_.wait(lock, [this] { return !idle_.empty(); });
    std::unique_ptr<sql::Connection> c = std::move(idle_.front());
    idle_.pop_front();
    return Ptr(c.release(), [this](sql::Connection* p) { giveBack(p); });
  }

private:
  void giveBack(sql::Connection* p) {
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_.emplace_back(p);
    freed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable freed_;
  std::deque<std::unique_ptr<sql::Connection>> idle_;
};

void run(sql::Connection& c, const std::string& statement) {
  const std::unique_ptr<sql::Statement> st(c.createStatement());
  st->execute(statement);
}

void moveReader(ConnectionPool& pool, const std::string& mail, int from, int to) {
  const auto a = pool.get();
  run(*a, "DELETE FROM subscription WHERE mail = '" + mail + "' AND list = " + std::to_string(from));
  const auto b = pool.get();  // expect: session-split-unit-of-work
  run(*b, "INSERT INTO subscription(mail, list) VALUES ('" + mail + "', " + std::to_string(to) + ")");
}

}  // namespace newsletter
