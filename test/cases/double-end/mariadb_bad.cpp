// Results, statements and transactions of the MySQL client library that are ended twice.
// library: mariadb
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mysql.h>
#include <stdexcept>
#include <string>

// Freed in the loop and after it.
int findRoom(MYSQL* conn, int guests) {
  int room = 0;
  if (mysql_query(conn, "SELECT id, beds FROM rooms") != 0) return room;
  MYSQL_RES* res = mysql_store_result(conn);
  if (res == nullptr) return room;
  while (MYSQL_ROW row = mysql_fetch_row(res)) {
    if (std::atoi(row[1]) >= guests) {
      room = std::atoi(row[0]);
      mysql_free_result(res);
      break;
    }
  }
  mysql_free_result(res); // expect: session-double-end
  return room;
}

// Closed where it fails, and once more.
MYSQL* connectTuned(const char* host) {
  MYSQL* conn = mysql_init(nullptr);
  if (conn == nullptr) return nullptr;
  bool ok = mysql_real_connect(conn, host, "app", nullptr, "shop", 0, nullptr, 0) != nullptr;
  if (!ok) {
    std::fprintf(stderr, "%s\n", mysql_error(conn));
    mysql_close(conn);
  }
  if (ok) ok = mysql_query(conn, "SET SESSION sql_mode = 'TRADITIONAL'") == 0;
  if (ok) return conn;
  mysql_close(conn); // expect: session-double-end
  return nullptr;
}

// The statement that failed is closed by both.
bool touch(MYSQL* conn, const char* text) {
  MYSQL_STMT* stmt = mysql_stmt_init(conn);
  if (stmt == nullptr) return false;
  const bool prepared = mysql_stmt_prepare(stmt, text, std::strlen(text)) == 0;
  if (!prepared) mysql_stmt_close(stmt);
  const bool ok = prepared && mysql_stmt_execute(stmt) == 0;
  mysql_stmt_close(stmt); // expect: session-double-end
  return ok;
}

// Rolled back when there is nothing.
bool clearSpool(MYSQL* conn) {
  if (mysql_query(conn, "START TRANSACTION") != 0) {
    mysql_rollback(conn); // expect: session-double-end
    return false;
  }
  if (mysql_query(conn, "DELETE FROM spool") != 0) {
    mysql_rollback(conn);
    return false;
  }
  return mysql_commit(conn) == 0;
}

// Thrown after the commit, into the handler that rolls back.
class Registrar {
public:
  explicit Registrar(MYSQL* conn) : conn_(conn) {}

  int add(const std::string& insert) {
    if (mysql_query(conn_, "START TRANSACTION") != 0) throw std::runtime_error(mysql_error(conn_));
    try {
      if (mysql_query(conn_, insert.c_str()) != 0) throw std::runtime_error(mysql_error(conn_));
      const auto id = mysql_insert_id(conn_);
      if (mysql_query(conn_, "COMMIT") != 0) throw std::runtime_error(mysql_error(conn_));
      if (id > 1000000) throw std::overflow_error("time for a wider column");
      return static_cast<int>(id);
    } catch (const std::exception&) {
      mysql_query(conn_, "ROLLBACK"); // expect: session-double-end
      throw;
    }
  }

private:
  MYSQL* conn_;
};
