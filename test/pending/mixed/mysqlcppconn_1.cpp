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

void purge(sql::Connection& c) {
  const StatementPtr st(c.createStatement());
  int removed = 0;
  c.setAutoCommit(false);
  do {
    try {
      removed = st->executeUpdate("DELETE FROM history LIMIT 500");
      c.commit();
    } catch (...) {
      c.rollback();
      c.setAutoCommit(true);
      throw;
    }
  } while (removed > 0);
  c.setAutoCommit(true);
}

}  // namespace booking
