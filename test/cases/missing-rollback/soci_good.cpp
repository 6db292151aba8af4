// Transactions that are rolled back, some of them where one does not look first.
// library: soci
#include <soci/soci.h>

#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct Invoice {
  int id = 0;
  int customer = 0;
  std::vector<int> lines;
};

void logError(const std::string& what);

void storeInvoice(soci::session& sql, const Invoice& invoice) {
  sql.begin();
  try {
    sql << "INSERT INTO invoices(id) VALUES(:i)", soci::use(invoice.id);
    for (const int line : invoice.lines)
      sql << "INSERT INTO invoice_lines(invoice, line) VALUES(:i, :l)", soci::use(invoice.id), soci::use(line);
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

// The begin is in the try as well.
bool tryStore(soci::session& sql, const Invoice& invoice) {
  try {
    sql.begin();
    sql << "INSERT INTO invoices(id) VALUES(:i)", soci::use(invoice.id);
    sql.commit();
    return true;
  } catch (const std::exception& e) {
    sql.rollback();
    logError(e.what());
    return false;
  }
}

// The handler's work is in a helper.
void abandon(soci::session& sql, const std::string& why) {
  sql.rollback();
  logError(why);
}

bool renumber(soci::session& sql, int step) {
  sql.begin();
  try {
    sql << "UPDATE invoices SET number = number * :s", soci::use(step);
    sql << "UPDATE counters SET n = n * :s", soci::use(step);
    sql.commit();
  } catch (const std::exception& e) {
    abandon(sql, e.what());
    return false;
  }
  return true;
}

// Or in a lambda.
bool reprice(soci::session& sql, double factor) {
  const auto undo = [&sql](const char* why) {
    sql.rollback();
    logError(why);
    return false;
  };
  sql.begin();
  try {
    sql << "UPDATE items SET price = price * :f", soci::use(factor);
    sql << "INSERT INTO price_changes(factor) VALUES(:f)", soci::use(factor);
    sql.commit();
  } catch (const soci::soci_error& e) {
    return undo(e.what());
  } catch (...) {
    return undo("unknown");
  }
  return true;
}

// The guard has rolled back before the handler runs.
bool archive(soci::session& sql, int before) {
  try {
    soci::transaction tr(sql);
    sql << "INSERT INTO archive SELECT * FROM invoices WHERE id < :b", soci::use(before);
    sql << "DELETE FROM invoices WHERE id < :b", soci::use(before);
    tr.commit();
  } catch (const soci::soci_error& e) {
    logError(e.what());
    return false;
  }
  return true;
}

// A small guard of the file's own around a transaction begun by hand.
struct RollbackUnless {
  soci::session& sql;
  bool kept = false;
  ~RollbackUnless() {
    if (kept)
      return;
    try {
      sql.rollback();
    } catch (...) {
      logError("rollback failed");
    }
  }
};

void mergeCustomers(soci::session& sql, int from, int into) {
  sql.begin();
  RollbackUnless guard{sql};
  sql << "UPDATE invoices SET customer = :i WHERE customer = :f", soci::use(into), soci::use(from);
  sql << "DELETE FROM customers WHERE id = :f", soci::use(from);
  sql.commit();
  guard.kept = true;
}

// The session is this function's own and ends, with its transaction, before the handler runs.
int nightly(const std::string& dsn) {
  try {
    soci::session sql(dsn);
    sql.begin();
    sql << "DELETE FROM carts WHERE day < date('now', '-7 day')";
    sql << "UPDATE stats SET purged = purged + 1";
    sql.commit();
  } catch (const std::exception& e) {
    logError(e.what());
    return 1;
  }
  return 0;
}

// The inner handler only adds words; the outer one rolls back.
void settle(soci::session& sql, const Invoice& invoice) {
  sql.begin();
  try {
    try {
      sql << "UPDATE invoices SET paid = 1 WHERE id = :i", soci::use(invoice.id);
      sql << "UPDATE customers SET due = due - 1 WHERE id = :c", soci::use(invoice.customer);
    } catch (const soci::soci_error& e) {
      logError(std::string("settle: ") + e.what());
      throw;
    }
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

// The handler takes a note, the rollback comes after it.
void rebuild(soci::session& sql) {
  std::exception_ptr failure;
  sql.begin();
  try {
    sql << "DELETE FROM totals";
    sql << "INSERT INTO totals SELECT customer, sum(total) FROM invoices GROUP BY customer";
    sql.commit();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    sql.rollback();
    std::rethrow_exception(failure);
  }
}

// Said in SQL.
bool resetCounters(soci::session& sql) {
  sql << "BEGIN";
  try {
    sql << "UPDATE counters SET n = 0";
    sql << "INSERT INTO log(text) VALUES('counters reset')";
    sql << "COMMIT";
    return true;
  } catch (const std::exception&) {
    sql << "ROLLBACK";
    return false;
  }
}

// Works in the caller's transaction: the caller's to roll back.
bool addLine(soci::session& sql, int invoice, int line) {
  try {
    sql << "INSERT INTO invoice_lines(invoice, line) VALUES(:i, :l)", soci::use(invoice), soci::use(line);
    return true;
  } catch (const soci::soci_error& e) {
    logError(e.what());
    return false;
  }
}

// What fails before the begin leaves nothing open.
bool adopt(soci::session& sql, int id) {
  int owner = 0;
  try {
    sql << "SELECT owner FROM items WHERE id = :i", soci::into(owner), soci::use(id);
  } catch (const soci::soci_error& e) {
    logError(e.what());
    return false;
  }
  if (owner != 0)
    return false;
  soci::transaction tr(sql);
  sql << "UPDATE items SET owner = 1 WHERE id = :i", soci::use(id);
  tr.commit();
  return true;
}
