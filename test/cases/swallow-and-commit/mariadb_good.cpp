// Exceptions around transactions of the MySQL client library: nothing half-done is committed.
// library: mariadb
#include <cstdio>
#include <mysql.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

void run(MYSQL* conn, const std::string& text) {
  if (mysql_real_query(conn, text.data(), text.size()) != 0)
    throw std::runtime_error(mysql_error(conn));
}

class Transaction {
public:
  explicit Transaction(MYSQL* conn) : conn_(conn) { run(conn_, "START TRANSACTION"); }
  ~Transaction() {
    if (conn_ != nullptr) mysql_rollback(conn_);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() { mysql_commit(std::exchange(conn_, nullptr)); }

private:
  MYSQL* conn_;
};

void trade(MYSQL* conn, const std::string& item, const std::string& from, const std::string& to) {
  try {
    Transaction transaction(conn);
    run(conn, "DELETE FROM bags WHERE item = " + item + " AND owner = " + from);
    run(conn, "INSERT INTO bags VALUES(" + item + ", " + to + ")");
    transaction.commit();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "trade: %s\n", e.what());
  }
}

bool closeGuild(MYSQL* conn, const std::string& guild) {
  bool clean = true;
  run(conn, "START TRANSACTION");
  try {
    run(conn, "DELETE FROM members WHERE guild = " + guild);
    run(conn, "DELETE FROM guilds WHERE id = " + guild);
  } catch (const std::runtime_error&) {
    clean = false;
  }
  if (clean)
    mysql_commit(conn);
  else
    mysql_rollback(conn);
  return clean;
}

int importRows(MYSQL* conn, const std::vector<std::string>& rows) {
  int refused = 0;
  Transaction transaction(conn);
  for (const std::string& row : rows) {
    run(conn, "SAVEPOINT row_");
    try {
      run(conn, "INSERT INTO rows VALUES(" + row + ")");
      run(conn, "INSERT INTO history VALUES(" + row + ")");
    } catch (const std::runtime_error&) {
      run(conn, "ROLLBACK TO SAVEPOINT row_");
      ++refused;
    }
  }
  transaction.commit();
  return refused;
}

// Leaves the function from within the handler.
bool enchant(MYSQL* conn, const std::string& item, int gold) {
  Transaction transaction(conn);
  try {
    run(conn, "UPDATE purses SET gold = gold - " + std::to_string(gold));
    if (gold <= 0) throw std::invalid_argument("nothing is for free");
    run(conn, "UPDATE items SET level = level + 1 WHERE id = " + item);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return false;
  }
  transaction.commit();
  return true;
}

// Both handlers end what was begun.
void level(MYSQL* conn, const std::string& player, int to) {
  run(conn, "START TRANSACTION");
  try {
    run(conn, "UPDATE players SET level = " + std::to_string(to) + " WHERE id = " + player);
    if (to > 99) throw std::out_of_range("too high");
    run(conn, "INSERT INTO feats VALUES(" + player + ")");
  } catch (const std::out_of_range&) {
    mysql_rollback(conn);
    return;
  } catch (const std::exception&) {
    mysql_rollback(conn);
    throw;
  }
  mysql_commit(conn);
}

std::string quoted(MYSQL* conn, const std::string& text) {
  if (text.size() > 255) throw std::length_error("name too long");
  std::string out(text.size() * 2 + 1, '\0');
  out.resize(mysql_real_escape_string(conn, out.data(), text.data(), text.size()));
  return "'" + out + "'";
}

// What is caught has not written anything.
int addNames(MYSQL* conn, const std::vector<std::string>& names) {
  int skipped = 0;
  Transaction transaction(conn);
  for (const std::string& name : names) {
    std::string value;
    try {
      value = quoted(conn, name);
    } catch (const std::length_error&) {
      ++skipped;
      continue;
    }
    run(conn, "INSERT INTO names VALUES(" + value + ")");
  }
  transaction.commit();
  return skipped;
}
