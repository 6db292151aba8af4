// Exceptions inside transactions of the MySQL client library that find a rollback.
// library: mariadb
#include <cstdio>
#include <functional>
#include <memory>
#include <mysql.h>
#include <stdexcept>
#include <string>
#include <utility>
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

void addMember(MYSQL* conn, int club, int person) {
  run(conn, "START TRANSACTION");
  try {
    run(conn, "INSERT INTO members VALUES(" + std::to_string(club) + ", " +
                  std::to_string(person) + ")");
    run(conn, "UPDATE clubs SET size = size + 1 WHERE id = " + std::to_string(club));
    run(conn, "COMMIT");
  } catch (const SqlError& e) {
    mysql_rollback(conn);
    std::fprintf(stderr, "member %d: %u %s\n", person, e.code(), e.what());
  }
}

// Rolled back before the two cases part.
bool registerName(MYSQL* conn, const std::string& quoted) {
  run(conn, "START TRANSACTION");
  try {
    run(conn, "INSERT INTO names VALUES('" + quoted + "')");
    run(conn, "COMMIT");
    return true;
  } catch (const SqlError& e) {
    const unsigned code = e.code();
    mysql_query(conn, "ROLLBACK");
    if (code == 1062) return false;
    throw;
  }
}

// Rolled back by hand before it throws.
void withdraw(MYSQL* conn, int account, int cents) {
  const std::string text = "UPDATE accounts SET n = n - " + std::to_string(cents) +
                           " WHERE id = " + std::to_string(account);
  run(conn, "BEGIN");
  if (mysql_query(conn, text.c_str()) != 0 || mysql_affected_rows(conn) != 1) {
    mysql_rollback(conn);
    throw std::runtime_error("insufficient funds");
  }
  if (mysql_commit(conn) != 0) {
    const SqlError error(conn);
    mysql_rollback(conn);
    throw error;
  }
}

class Transaction {
public:
  explicit Transaction(MYSQL* conn) : conn_(conn) { run(conn_, "START TRANSACTION"); }
  ~Transaction() {
    if (!committed_) mysql_rollback(conn_);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    if (mysql_commit(conn_) != 0) throw SqlError(conn_);
    committed_ = true;
  }

private:
  MYSQL* conn_;
  bool committed_ = false;
};

std::size_t receive(MYSQL* conn, const std::vector<int>& articles) {
  Transaction transaction(conn);
  std::size_t n = 0;
  for (const int article : articles) {
    if (article <= 0) throw std::invalid_argument("no such article");
    run(conn, "UPDATE stock SET n = n + 1 WHERE article = " + std::to_string(article));
    ++n;
  }
  transaction.commit();
  return n;
}

// Deadlocks are tried again; every attempt has its own guard.
void updatePatiently(MYSQL* conn, const std::string& text) {
  for (int attempt = 1;; ++attempt) {
    try {
      Transaction transaction(conn);
      run(conn, text);
      transaction.commit();
      return;
    } catch (const SqlError& e) {
      if (e.code() != 1213 || attempt == 5) throw;
    }
  }
}

struct MysqlClose {
  void operator()(MYSQL* conn) const noexcept { mysql_close(conn); }
};

// The connection is closed on the way out, which ends everything.
void nightly(const char* host, const std::vector<std::string>& statements) {
  const std::unique_ptr<MYSQL, MysqlClose> conn(mysql_init(nullptr));
  if (!conn || !mysql_real_connect(conn.get(), host, "batch", nullptr, "shop", 0, nullptr, 0))
    throw std::runtime_error("no connection");
  run(conn.get(), "START TRANSACTION");
  for (const std::string& statement : statements) run(conn.get(), statement);
  run(conn.get(), "COMMIT");
}

// A lambda that rolls back and complains.
bool reprice(MYSQL* conn, const std::vector<std::string>& updates) {
  const auto giveUp = [conn](const char* reason) {
    mysql_rollback(conn);
    std::fprintf(stderr, "prices unchanged: %s\n", reason);
    return false;
  };
  run(conn, "START TRANSACTION");
  try {
    for (const std::string& update : updates) run(conn, update);
    run(conn, "COMMIT");
  } catch (const std::exception& e) {
    return giveUp(e.what());
  }
  return true;
}

// A row that fails takes back its savepoint only.
int importRows(MYSQL* conn, const std::vector<std::string>& rows) {
  Transaction transaction(conn);
  int refused = 0;
  for (const std::string& row : rows) {
    run(conn, "SAVEPOINT row_");
    try {
      run(conn, row);
    } catch (const SqlError&) {
      run(conn, "ROLLBACK TO SAVEPOINT row_");
      ++refused;
    }
  }
  transaction.commit();
  return refused;
}

// The flag is set in the handler, the rollback comes after it.
void apply(MYSQL* conn, const std::function<void()>& work) {
  std::exception_ptr problem;
  run(conn, "START TRANSACTION");
  try {
    work();
    run(conn, "COMMIT");
  } catch (...) {
    problem = std::current_exception();
  }
  if (problem) {
    mysql_rollback(conn);
    std::rethrow_exception(problem);
  }
}
