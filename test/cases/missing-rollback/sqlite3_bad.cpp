// Exceptions between BEGIN and COMMIT of SQLite after which nobody rolls back.
// library: sqlite3
#include <cstdio>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

struct InvalidOrder : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void exec(sqlite3* db, const std::string& text) {
  char* message = nullptr;
  if (sqlite3_exec(db, text.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
  const std::string reason = message ? message : "unknown error";
  sqlite3_free(message);
  throw std::runtime_error(text + ": " + reason);
}

// Logs, and goes on with the transaction open.
void addJob(sqlite3* db, int repository) {
  exec(db, "BEGIN");
  try {
    exec(db, "INSERT INTO jobs(repository) VALUES(" + std::to_string(repository) + ")");
    exec(db, "UPDATE repositories SET queued = 1 WHERE id = " + std::to_string(repository));
    exec(db, "COMMIT");
  } catch (const std::exception& e) { // expect: session-missing-rollback
    std::fprintf(stderr, "job not added: %s\n", e.what());
  }
}

// Turns the exception into a result and forgets the rest.
bool placeOrder(sqlite3* db, int customer, const std::vector<int>& articles) {
  exec(db, "BEGIN IMMEDIATE");
  try {
    if (articles.empty()) throw InvalidOrder("nothing ordered");
    for (const int article : articles)
      exec(db, "INSERT INTO lines VALUES(" + std::to_string(customer) + ", " +
                   std::to_string(article) + ")");
    exec(db, "COMMIT");
    return true;
  } catch (...) { // expect: session-missing-rollback
    return false;
  }
}

// Nobody catches here, and the connection is the caller's.
void ship(sqlite3* db, int order, int weight) {
  exec(db, "BEGIN"); // expect: session-missing-rollback
  exec(db, "UPDATE orders SET shipped = 1 WHERE id = " + std::to_string(order));
  if (weight > 30000) throw std::out_of_range("too heavy for one parcel");
  exec(db, "COMMIT");
}

// One of the handlers does it, the other does not.
bool importOrders(sqlite3* db, const std::vector<std::string>& statements) {
  exec(db, "BEGIN");
  try {
    for (const std::string& statement : statements) {
      if (statement.find(';') != std::string::npos) throw InvalidOrder(statement);
      exec(db, statement);
    }
    exec(db, "COMMIT");
  } catch (const InvalidOrder& e) { // expect: session-missing-rollback
    std::fprintf(stderr, "refused: %s\n", e.what());
    return false;
  } catch (const std::runtime_error&) {
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
  return true;
}

// Rethrown with a better text, not with a rollback.
class Ledger {
public:
  explicit Ledger(sqlite3* db) : db_(db) {}

  void book(int from, int to, int cents) {
    const std::string amount = std::to_string(cents);
    exec(db_, "BEGIN");
    try {
      exec(db_, "UPDATE accounts SET n = n - " + amount + " WHERE id = " + std::to_string(from));
      exec(db_, "UPDATE accounts SET n = n + " + amount + " WHERE id = " + std::to_string(to));
      exec(db_, "COMMIT");
    } catch (const std::runtime_error& e) { // expect: session-missing-rollback
      throw std::runtime_error(std::string("booking failed: ") + e.what());
    }
  }

private:
  sqlite3* db_;
};
