// Units of work on libpq that are committed in several parts.
// library: libpq
#include <libpq-fe.h>
#include <string>
#include <utility>
#include <vector>

bool command(PGconn* conn, const std::string& text) noexcept {
  PGresult* res = PQexec(conn, text.c_str());
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  return ok;
}

class Transaction {
public:
  explicit Transaction(PGconn* conn) : conn_(conn) { command(conn_, "BEGIN"); }
  ~Transaction() {
    if (conn_ != nullptr) command(conn_, "ROLLBACK");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  bool commit() noexcept { return command(std::exchange(conn_, nullptr), "COMMIT"); }

private:
  PGconn* conn_;
};

// The stock goes down in one, the order comes in the other.
bool placeOrder(PGconn* conn, const std::string& article, const std::string& customer) {
  {
    Transaction stock(conn);
    if (!command(conn, "UPDATE stock SET n = n - 1 WHERE article = " + article)) return false;
    if (!stock.commit()) return false;
  }
  Transaction order(conn);
  if (!command(conn, "INSERT INTO orders VALUES(" + customer + ", " + article + ")")) return false;
  return order.commit(); // expect: session-multiple-commits
}

// By hand, twice.
bool closeAccount(PGconn* conn, const std::string& id) {
  if (!command(conn, "BEGIN")) return false;
  if (!command(conn, "DELETE FROM cards WHERE account = " + id)) {
    command(conn, "ROLLBACK");
    return false;
  }
  if (!command(conn, "COMMIT")) return false;
  if (!command(conn, "BEGIN")) return false;
  if (!command(conn, "UPDATE accounts SET open = false WHERE id = " + id)) {
    command(conn, "ROLLBACK");
    return false;
  }
  return command(conn, "COMMIT"); // expect: session-multiple-commits
}

// The lambda has committed before.
class Enrolment {
public:
  explicit Enrolment(PGconn* conn) : conn_(conn) {}

  bool enrol(const std::string& student, const std::string& course) {
    const auto takeSeat = [this](const std::string& of) {
      Transaction seat(conn_);
      return command(conn_, "UPDATE courses SET free = free - 1 WHERE id = " + of) && seat.commit();
    };
    if (!takeSeat(course)) return false;
    Transaction entry(conn_);
    if (!command(conn_, "INSERT INTO attends VALUES(" + student + ", " + course + ")")) return false;
    return entry.commit(); // expect: session-multiple-commits
  }

private:
  PGconn* conn_;
};
