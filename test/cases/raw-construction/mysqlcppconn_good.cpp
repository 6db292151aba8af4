// Connections of the MySQL connector that have an owner from the start.
// library: mysqlcppconn
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>

#include <memory>
#include <string>
#include <utility>

int purge(sql::Driver& driver, const std::string& url) {
  const std::unique_ptr<sql::Connection> conn(driver.connect(url, "app", ""));
  const std::unique_ptr<sql::Statement> statement(conn->createStatement());
  return statement->executeUpdate("DELETE FROM log");
}

// Raw for one line.
std::unique_ptr<sql::Connection> open(const std::string& url) {
  sql::Connection* raw = sql::mysql::get_mysql_driver_instance()->connect(url, "app", "");
  std::unique_ptr<sql::Connection> conn(raw);
  conn->setSchema("shop");
  return conn;
}

// A factory.
sql::Connection* connectTo(sql::Driver& driver, const std::string& url) {
  return driver.connect(url, "app", "");
}

// In a member that the destructor deletes.
class Store {
public:
  Store(sql::Driver& driver, const std::string& url) : conn_(driver.connect(url, "app", "")) {}
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store() { delete conn_; }

private:
  sql::Connection* conn_;
};

// The closing deleter.
struct Close {
  void operator()(sql::Connection* conn) const noexcept {
    try {
      conn->close();
    } catch (const sql::SQLException&) {
    }
    delete conn;
  }
};
using Owned = std::unique_ptr<sql::Connection, Close>;

Owned openWithOptions(sql::Driver& driver, sql::ConnectOptionsMap& options) {
  Owned conn(driver.connect(options));
  conn->setAutoCommit(true);
  return conn;
}
