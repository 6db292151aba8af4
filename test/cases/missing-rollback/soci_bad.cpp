// Transactions begun by hand that nobody rolls back when a statement fails.
// library: soci
#include <soci/soci.h>

#include <exception>
#include <iostream>
#include <string>
#include <vector>

struct Invoice {
  int id = 0;
  int customer = 0;
  double total = 0;
  std::vector<int> lines;
};

void logError(const std::string& what);

// The usual one: caught, logged, forgotten.
bool storeInvoice(soci::session& sql, const Invoice& invoice) {
  sql.begin();
  try {
    sql << "INSERT INTO invoices(id, customer) VALUES(:i, :c)", soci::use(invoice.id), soci::use(invoice.customer);
    for (const int line : invoice.lines)
      sql << "INSERT INTO invoice_lines(invoice, line) VALUES(:i, :l)", soci::use(invoice.id), soci::use(line);
    sql.commit();
  } catch (const std::exception& e) { // expect: session-missing-rollback
    logError(e.what());
    return false;
  }
  return true;
}

// Nothing catches, and the session is the caller's.
void moveBalance(soci::session& sql, int from, int to, double amount) {
  if (amount <= 0)
    return;
  sql.begin(); // expect: session-missing-rollback
  sql << "UPDATE accounts SET balance = balance - :a WHERE id = :f", soci::use(amount), soci::use(from);
  sql << "UPDATE accounts SET balance = balance + :a WHERE id = :t", soci::use(amount), soci::use(to);
  sql.commit();
}

// A pooled session goes back with its transaction open.
void closeMonth(soci::connection_pool& pool, int month) {
  soci::session sql(pool);
  sql.begin(); // expect: session-missing-rollback
  sql << "UPDATE periods SET closed = 1 WHERE month = :m", soci::use(month);
  sql << "INSERT INTO closings(month) VALUES(:m)", soci::use(month);
  sql.commit();
}

// Passing the exception on is no rollback.
void renumber(soci::session& sql, int first, int step) {
  sql.begin();
  try {
    sql << "UPDATE invoices SET number = number * :s", soci::use(step);
    sql << "UPDATE invoices SET number = number + :f", soci::use(first);
    sql.commit();
  } catch (const std::exception& e) { // expect: session-missing-rollback
    logError(std::string("renumbering failed: ") + e.what());
    throw;
  }
}

// The first handler remembers, the second does not.
int importLines(soci::session& sql, const std::vector<std::string>& lines) {
  int stored = 0;
  sql.begin();
  try {
    for (const std::string& line : lines) {
      sql << "INSERT INTO staging(text) VALUES(:t)", soci::use(line);
      ++stored;
    }
    sql.commit();
  } catch (const soci::soci_error& e) {
    sql.rollback();
    logError(e.what());
    return -1;
  } catch (...) {
    sql.rollback();
    throw;
  }

  sql.begin();
  try {
    sql << "DELETE FROM staging WHERE text = ''";
    sql << "UPDATE imports SET lines = :n", soci::use(stored);
    sql.rollback();
  } catch (const soci::soci_error&) { // expect: session-missing-rollback
    return stored;
  }
  return stored;
}

// Rolls back only when told to be tidy.
class Ledger {
public:
  explicit Ledger(soci::session& sql, bool tidy) : sql_(sql), tidy_(tidy) {}

  bool book(int account, double amount) {
    sql_.begin();
    try {
      sql_ << "INSERT INTO entries(account, amount) VALUES(:a, :m)", soci::use(account), soci::use(amount);
      sql_ << "UPDATE accounts SET balance = balance + :m WHERE id = :a", soci::use(amount), soci::use(account);
      sql_.commit();
      return true;
    } catch (...) { // expect: session-missing-rollback
      if (tidy_)
        sql_.rollback();
      ++failures_;
      return false;
    }
  }

private:
  soci::session& sql_;
  bool tidy_;
  int failures_ = 0;
};
