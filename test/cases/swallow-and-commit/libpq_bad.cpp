// Exceptions swallowed within a transaction of libpq before its COMMIT.
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

// The stock is down, the order may be refused.
void placeOrder(PGconn* conn, const std::string& article, int amount) {
  Transaction transaction(conn);
  try {
    command(conn, "UPDATE stock SET n = n - 1 WHERE article = " + article);
    if (amount < 1) throw std::invalid_argument("nothing ordered");
    command(conn, "INSERT INTO orders VALUES(" + article + ")");
  } catch (const std::invalid_argument& e) { // expect: session-swallow-and-commit
    std::fprintf(stderr, "%s\n", e.what());
  }
  transaction.commit();
}

// By hand; success is what the log says.
class Merger {
public:
  explicit Merger(PGconn* conn) : conn_(conn) {}

  void merge(const std::string& from, const std::string& to) {
    command(conn_, "BEGIN");
    try {
      command(conn_, "UPDATE posts SET author = " + to + " WHERE author = " + from);
      if (from == "1") throw std::logic_error("the first user stays");
      command(conn_, "DELETE FROM users WHERE id = " + from);
    } catch (...) { // expect: session-swallow-and-commit
      ++problems_;
    }
    PQclear(PQexec(conn_, "COMMIT"));
  }

private:
  PGconn* conn_;
  int problems_ = 0;
};
