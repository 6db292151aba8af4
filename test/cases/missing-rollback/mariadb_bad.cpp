// Exceptions inside transactions of the MySQL client library after which nobody rolls back.
// library: mariadb
#include <cstdio>
#include <mysql.h>
#include <stdexcept>
#include <string>
#include <vector>

class SqlError : public std::runtime_error {
public:
  explicit SqlError(MYSQL* conn) : std::runtime_error(mysql_error(conn)), code_(mysql_errno(conn)) {}
  unsigned code() const noexcept { return code_; }

private:
  unsigned code_;
};

void run(MYSQL* conn, const std::string& text) {
  if (mysql_real_query(conn, text.data(), text.size()) != 0) throw SqlError(conn);
}

// Reported to the log, not to the server.
void addMember(MYSQL* conn, int club, int person) {
  run(conn, "START TRANSACTION");
  try {
    run(conn, "INSERT INTO members VALUES(" + std::to_string(club) + ", " +
                  std::to_string(person) + ")");
    run(conn, "UPDATE clubs SET size = size + 1 WHERE id = " + std::to_string(club));
    mysql_commit(conn);
  } catch (const SqlError& e) { // expect: session-missing-rollback
    std::fprintf(stderr, "member %d: %u %s\n", person, e.code(), e.what());
  }
}

// Not caught, not rolled back.
void withdraw(MYSQL* conn, int account, int cents) {
  run(conn, "BEGIN"); // expect: session-missing-rollback
  run(conn, "UPDATE accounts SET n = n - " + std::to_string(cents) +
                " WHERE n >= " + std::to_string(cents) + " AND id = " + std::to_string(account));
  if (mysql_affected_rows(conn) != 1) throw std::runtime_error("insufficient funds");
  run(conn, "COMMIT");
}

// A duplicate is no error, but the transaction goes on.
bool registerName(MYSQL* conn, const std::string& quoted) {
  run(conn, "START TRANSACTION");
  try {
    run(conn, "INSERT INTO names VALUES('" + quoted + "')");
    run(conn, "INSERT INTO history VALUES('" + quoted + "', now())");
    run(conn, "COMMIT");
    return true;
  } catch (const SqlError& e) { // expect: session-missing-rollback
    if (e.code() == 1062) return false;
    throw;
  }
}

class Inventory {
public:
  explicit Inventory(MYSQL* conn) : conn_(conn) {}

  std::size_t receive(const std::vector<int>& articles) {
    std::size_t n = 0;
    run(conn_, "START TRANSACTION");
    try {
      for (const int article : articles) {
        if (article <= 0) throw std::invalid_argument("no such article");
        run(conn_, "UPDATE stock SET n = n + 1 WHERE article = " + std::to_string(article));
        ++n;
      }
      run(conn_, "COMMIT");
    } catch (const SqlError&) {
      mysql_rollback(conn_);
      throw;
    } catch (const std::invalid_argument& e) { // expect: session-missing-rollback
      std::fprintf(stderr, "%s\n", e.what());
      n = 0;
    }
    return n;
  }

private:
  MYSQL* conn_;
};
