// Exceptions around transactions of libpq after which nothing half-done is committed.
// library: libpq
#include <cstdio>
#include <libpq-fe.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

void command(PGconn* conn, const std::string& text) {
  PGresult* res = PQexec(conn, text.c_str());
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  if (!ok) throw std::runtime_error(PQerrorMessage(conn));
}

class Transaction {
public:
  explicit Transaction(PGconn* conn) : conn_(conn) { command(conn_, "BEGIN"); }
  ~Transaction() {
    if (conn_ != nullptr) PQclear(PQexec(conn_, "ROLLBACK"));
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() { command(std::exchange(conn_, nullptr), "COMMIT"); }

private:
  PGconn* conn_;
};

bool placeOrder(PGconn* conn, const std::string& article, int amount) {
  try {
    Transaction transaction(conn);
    command(conn, "UPDATE stock SET n = n - 1 WHERE article = " + article);
    if (amount < 1) throw std::invalid_argument("nothing ordered");
    command(conn, "INSERT INTO orders VALUES(" + article + ")");
    transaction.commit();
  } catch (const std::invalid_argument& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return false;
  }
  return true;
}

// Rolled back, and the commit passed by.
bool merge(PGconn* conn, const std::string& from, const std::string& to) {
  command(conn, "BEGIN");
  bool ok = false;
  try {
    command(conn, "UPDATE posts SET author = " + to + " WHERE author = " + from);
    command(conn, "DELETE FROM users WHERE id = " + from);
    ok = true;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
  PQclear(PQexec(conn, ok ? "COMMIT" : "ROLLBACK"));
  return ok;
}

// The savepoint's guard is inside of the try.
class Savepoint {
public:
  explicit Savepoint(PGconn* conn) : conn_(conn) { command(conn_, "SAVEPOINT row_"); }
  ~Savepoint() {
    if (conn_ != nullptr) PQclear(PQexec(conn_, "ROLLBACK TO SAVEPOINT row_"));
  }
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  void release() { command(std::exchange(conn_, nullptr), "RELEASE SAVEPOINT row_"); }

private:
  PGconn* conn_;
};

int importRows(PGconn* conn, const std::vector<std::string>& rows) {
  int refused = 0;
  Transaction transaction(conn);
  for (const std::string& row : rows) {
    try {
      Savepoint savepoint(conn);
      command(conn, "INSERT INTO rows VALUES(" + row + ")");
      command(conn, "INSERT INTO history VALUES(" + row + ")");
      savepoint.release();
    } catch (const std::runtime_error&) {
      ++refused;
    }
  }
  transaction.commit();
  return refused;
}

// The handler breaks off.
void publish(PGconn* conn, const std::vector<std::string>& texts) {
  Transaction transaction(conn);
  try {
    for (const std::string& text : texts) command(conn, text);
  } catch (const std::runtime_error&) {
    std::fputs("not published\n", stderr);
    throw;
  }
  transaction.commit();
}

// What may fail has its handler before the transaction.
void stamp(PGconn* conn, const std::string& id, const std::string& level) {
  int number = 1;
  try {
    number = std::stoi(level);
    if (number > 9) throw std::out_of_range(level);
  } catch (const std::exception&) {
    number = 1;
  }
  Transaction transaction(conn);
  command(conn, "UPDATE letters SET level = " + std::to_string(number) + " WHERE id = " + id);
  transaction.commit();
}

// Ended in the handler, begun again for what has to be written in any case.
void run(PGconn* conn, const std::string& job) {
  command(conn, "BEGIN");
  try {
    command(conn, "UPDATE jobs SET state = 'done' WHERE id = " + job);
    command(conn, "INSERT INTO results VALUES(" + job + ")");
  } catch (const std::exception& e) {
    PQclear(PQexec(conn, "ROLLBACK"));
    std::fprintf(stderr, "job %s: %s\n", job.c_str(), e.what());
    return;
  }
  PQclear(PQexec(conn, "COMMIT"));
}
