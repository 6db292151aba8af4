// MariaDB's connector of the same make has a static factory.
#include <string>
namespace sql {
class Connection;
class DriverManager {
public:
  static Connection* getConnection(const std::string& url, const std::string& user, const std::string& password);
};
} // namespace sql

void f1() { [[maybe_unused]] auto&& r = sql::DriverManager::getConnection("url", "user", "password"); }
//= r : mysqlcppconn.connection; make r factory throws
