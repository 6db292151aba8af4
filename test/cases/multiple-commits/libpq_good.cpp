// Functions with several commits on libpq, of which there is one on each path, or one per round.
// library: libpq
#include <cstdlib>
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

// One for both.
bool placeOrder(PGconn* conn, const std::string& article, const std::string& customer) {
  Transaction transaction(conn);
  return command(conn, "UPDATE stock SET n = n - 1 WHERE article = " + article) &&
         command(conn, "INSERT INTO orders VALUES(" + customer + ", " + article + ")") &&
         transaction.commit();
}

// Exclusive branches.
bool settle(PGconn* conn, const std::string& invoice, bool paid) {
  if (!command(conn, "BEGIN")) return false;
  if (paid) {
    command(conn, "UPDATE invoices SET state = 'paid' WHERE id = " + invoice);
    return command(conn, "COMMIT");
  }
  command(conn, "INSERT INTO reminders VALUES(" + invoice + ")");
  return command(conn, "COMMIT");
}

// A thousand at a time, until there are none.
long purge(PGconn* conn) {
  long total = 0;
  for (bool more = true; more;) {
    if (!command(conn, "BEGIN")) break;
    PGresult* res = PQexec(conn, "DELETE FROM log WHERE id IN (SELECT id FROM log LIMIT 1000)");
    const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
    const long n = ok ? std::atol(PQcmdTuples(res)) : 0;
    PQclear(res);
    if (!ok) {
      command(conn, "ROLLBACK");
      break;
    }
    command(conn, "COMMIT");
    total += n;
    more = n > 0;
  }
  return total;
}

// The first attempt was rolled back.
bool upsert(PGconn* conn, const std::string& insert, const std::string& update) {
  {
    Transaction transaction(conn);
    if (command(conn, insert)) return transaction.commit();
  }
  Transaction transaction(conn);
  return command(conn, update) && transaction.commit();
}

// First one connection, then the other: these are two databases.
bool announce(PGconn* shop, PGconn* mailer, const std::string& text) {
  Transaction a(shop);
  Transaction b(mailer);
  if (!command(shop, "UPDATE news SET shown = true")) return false;
  if (!command(mailer, "INSERT INTO outbox VALUES('" + text + "')")) return false;
  return a.commit() && b.commit();
}

// Found: commits and leaves.
bool claim(PGconn* conn, const std::vector<std::string>& jobs) {
  for (const std::string& job : jobs) {
    if (!command(conn, "BEGIN")) return false;
    PGresult* res = PQexec(conn, ("SELECT id FROM jobs WHERE id = " + job + " FOR UPDATE").c_str());
    const bool free = PQntuples(res) == 1;
    PQclear(res);
    if (free) {
      command(conn, "UPDATE jobs SET taken = true WHERE id = " + job);
      return command(conn, "COMMIT");
    }
    command(conn, "ROLLBACK");
  }
  return false;
}

// The caller's transaction is committed, once.
template <typename Work> bool inTransaction(PGconn* conn, Work&& work) {
  if (!command(conn, "BEGIN")) return false;
  if (!work()) {
    command(conn, "ROLLBACK");
    return false;
  }
  return command(conn, "COMMIT");
}

bool rename(PGconn* conn, const std::string& from, const std::string& to) {
  return inTransaction(conn, [&] {
    return command(conn, "UPDATE users SET login = '" + to + "' WHERE login = '" + from + "'") &&
           command(conn, "UPDATE posts SET author = '" + to + "' WHERE author = '" + from + "'");
  });
}

// Read first, in a transaction that only ends.
bool refresh(PGconn* conn) {
  long n = 0;
  if (!command(conn, "BEGIN READ ONLY")) return false;
  PGresult* res = PQexec(conn, "SELECT id FROM stale");
  n = PQntuples(res);
  PQclear(res);
  command(conn, "ROLLBACK");
  if (n == 0) return true;
  Transaction transaction(conn);
  return command(conn, "DELETE FROM caches WHERE stale") && transaction.commit();
}
