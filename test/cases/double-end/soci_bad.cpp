// Transactions, sessions and leases of SOCI that are ended twice, or never had a beginning.
// library: soci
#include <soci/soci.h>

#include <exception>
#include <string>
#include <vector>

void logError(const std::string& what);

// The commit is not the last statement of the try.
void saveOrder(soci::session& sql, int id, double total) {
  soci::transaction tr(sql);
  try {
    sql << "INSERT INTO orders(id, total) VALUES(:i, :t)", soci::use(id), soci::use(total);
    tr.commit();
    sql << "INSERT INTO log(text) VALUES('order saved')";
  } catch (...) {
    tr.rollback(); // expect: session-double-end
    throw;
  }
}

// The fast way commits, and then everybody does.
void reprice(soci::session& sql, double factor, bool everything) {
  soci::transaction tr(sql);
  if (everything) {
    sql << "UPDATE items SET price = price * :f", soci::use(factor);
    tr.commit();
  } else {
    sql << "UPDATE items SET price = price * :f WHERE marked = 1", soci::use(factor);
  }
  tr.commit(); // expect: session-double-end
}

// A return is missing after the rollback.
bool cancel(soci::session& sql, int id) {
  soci::transaction tr(sql);
  int state = 0;
  sql << "SELECT state FROM orders WHERE id = :i", soci::into(state), soci::use(id);
  if (state == 3) {
    logError("already sent");
    tr.rollback();
  } else {
    sql << "DELETE FROM orders WHERE id = :i", soci::use(id);
  }
  tr.commit(); // expect: session-double-end
  return state != 3;
}

// Nothing was begun on this session.
bool touch(const std::string& dsn, int id) {
  soci::session sql(dsn);
  try {
    sql << "UPDATE orders SET touched = 1 WHERE id = :i", soci::use(id);
    return true;
  } catch (const soci::soci_error& e) {
    logError(e.what());
    sql.rollback(); // expect: session-double-end
    return false;
  }
}

// A pooled session is returned, not closed.
int count(soci::connection_pool& pool) {
  soci::session sql(pool);
  int n = 0;
  sql << "SELECT count(*) FROM orders", soci::into(n);
  sql.close(); // expect: session-double-end
  return n;
}

// Given back by the branch, and once more by all.
void mark(soci::connection_pool& pool, int id) {
  std::size_t pos = 0;
  if (!pool.try_lease(pos, 100))
    return;
  try {
    pool.at(pos) << "UPDATE orders SET marked = 1 WHERE id = :i", soci::use(id);
  } catch (const soci::soci_error& e) {
    logError(e.what());
    pool.give_back(pos);
  }
  pool.give_back(pos); // expect: session-double-end
}
