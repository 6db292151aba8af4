// Connections of the MySQL client library held raw and closed rightly by hand.
// library: mariadb
#include <cstdio>
#include <cstdlib>
#include <mysql.h>
#include <stdexcept>
#include <string>
#include <vector>

unsigned long serverVersion(const char* host, const char* user) {
  MYSQL* conn = mysql_init(nullptr); // expect: session-raw-construction
  if (conn == nullptr) return 0;
  if (mysql_real_connect(conn, host, user, nullptr, nullptr, 0, nullptr, 0) == nullptr) {
    std::fprintf(stderr, "%s\n", mysql_error(conn));
    mysql_close(conn);
    return 0;
  }
  const unsigned long version = mysql_get_server_version(conn);
  mysql_close(conn);
  return version;
}

// One label for every end.
int threadsRunning(const char* socket) {
  int n = -1;
  MYSQL_RES* res = nullptr;
  MYSQL_ROW row = nullptr;
  MYSQL* conn = mysql_init(nullptr); // expect: session-raw-construction
  if (!conn) return n;
  if (!mysql_real_connect(conn, nullptr, "monitor", nullptr, nullptr, 0, socket, 0)) goto end;
  if (mysql_query(conn, "SHOW STATUS LIKE 'Threads_running'") != 0) goto end;
  res = mysql_store_result(conn);
  if (res == nullptr) goto end;
  row = mysql_fetch_row(res);
  if (row != nullptr && row[1] != nullptr) n = std::atoi(row[1]);
  mysql_free_result(res);
end:
  mysql_close(conn);
  return n;
}

// The exception meets a handler that closes.
std::vector<std::string> schemas(const std::string& host) {
  MYSQL* conn = mysql_init(nullptr); // expect: session-raw-construction
  std::vector<std::string> names;
  try {
    if (!mysql_real_connect(conn, host.c_str(), "root", nullptr, nullptr, 0, nullptr, 0))
      throw std::runtime_error(mysql_error(conn));
    if (MYSQL_RES* res = mysql_list_dbs(conn, nullptr)) {
      while (MYSQL_ROW row = mysql_fetch_row(res)) names.emplace_back(row[0]);
      mysql_free_result(res);
    }
  } catch (...) {
    mysql_close(conn);
    throw;
  }
  mysql_close(conn);
  return names;
}

MYSQL* login(const char* user, const char* password) {
  MYSQL* conn = mysql_init(nullptr);
  if (conn == nullptr) return nullptr;
  if (mysql_real_connect(conn, "db", user, password, "crm", 0, nullptr, 0)) return conn;
  mysql_close(conn);
  return nullptr;
}

// What the factory gives is closed by hand.
class Authenticator {
public:
  bool check(const char* user, const char* password) {
    ++asked_;
    MYSQL* conn = login(user, password); // expect: session-raw-construction
    if (conn == nullptr) return false;
    const bool alive = mysql_ping(conn) == 0;
    mysql_close(conn);
    return alive;
  }

private:
  int asked_ = 0;
};

void hangUp(MYSQL* conn) {
  mysql_query(conn, "DO RELEASE_ALL_LOCKS()");
  mysql_close(conn);
}

enum class Role { Primary, Replica, Unknown };

// Closed by a helper, in each branch.
Role roleOf(const char* host) {
  MYSQL* conn = mysql_init(nullptr); // expect: session-raw-construction
  if (!conn) return Role::Unknown;
  const MYSQL* ok = mysql_real_connect(conn, host, "monitor", nullptr, nullptr, 0, nullptr, 0);
  if (!ok) {
    mysql_close(conn);
    return Role::Unknown;
  }
  Role role = Role::Unknown;
  if (mysql_query(conn, "SHOW REPLICA STATUS") == 0) {
    MYSQL_RES* res = mysql_store_result(conn);
    role = res && mysql_num_rows(res) > 0 ? Role::Replica : Role::Primary;
    if (res) mysql_free_result(res);
  }
  hangUp(conn);
  return role;
}
