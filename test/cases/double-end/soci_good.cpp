// Transactions, sessions and leases of SOCI that are ended once.
// library: soci
#include <soci/soci.h>

#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

void logError(const std::string& what);

// The commit is the last statement of the try.
void saveOrder(soci::session& sql, int id, double total) {
  soci::transaction tr(sql);
  try {
    sql << "INSERT INTO orders(id, total) VALUES(:i, :t)", soci::use(id), soci::use(total);
    tr.commit();
  } catch (...) {
    tr.rollback();
    throw;
  }
  sql << "INSERT INTO log(text) VALUES('order saved')";
}

// If begin() is what fails there is nothing to roll back, which nobody minds.
bool trySave(soci::session& sql, int id) {
  try {
    sql.begin();
    sql << "INSERT INTO orders(id) VALUES(:i)", soci::use(id);
    sql.commit();
  } catch (const std::exception& e) {
    sql.rollback();
    logError(e.what());
    return false;
  }
  return true;
}

// One of both.
bool settle(soci::session& sql, int id) {
  soci::transaction tr(sql);
  int due = 0;
  sql << "UPDATE orders SET settled = 1 WHERE id = :i", soci::use(id);
  sql << "SELECT due FROM orders WHERE id = :i", soci::into(due), soci::use(id);
  due == 0 ? tr.commit() : tr.rollback();
  return due == 0;
}

// The rollback leaves.
bool cancel(soci::session& sql, int id) {
  soci::transaction tr(sql);
  int state = 0;
  sql << "SELECT state FROM orders WHERE id = :i", soci::into(state), soci::use(id);
  if (state == 3) {
    tr.rollback();
    return false;
  }
  sql << "DELETE FROM orders WHERE id = :i", soci::use(id);
  tr.commit();
  return true;
}

// The flag knows whether it is over.
void move(soci::session& sql, int from, int to, bool dry) {
  soci::transaction tr(sql);
  bool over = false;
  sql << "UPDATE items SET place = :t WHERE place = :f", soci::use(to), soci::use(from);
  if (dry) {
    tr.rollback();
    over = true;
  }
  logError(dry ? "tried" : "moved");
  if (!over)
    tr.commit();
}

// A transaction for each round.
int importAll(soci::session& sql, const std::vector<std::string>& names) {
  int bad = 0;
  for (const std::string& name : names) {
    soci::transaction tr(sql);
    try {
      sql << "INSERT INTO items(name) VALUES(:n)", soci::use(name);
      tr.commit();
    } catch (const soci::soci_error& e) {
      tr.rollback();
      logError(e.what());
      ++bad;
    }
  }
  return bad;
}

// Closed, opened, closed.
int compare(const std::string& first, const std::string& second) {
  int a = 0;
  int b = 0;
  soci::session sql(first);
  sql << "SELECT count(*) FROM orders", soci::into(a);
  sql.close();
  sql.open(second);
  sql << "SELECT count(*) FROM orders", soci::into(b);
  sql.close();
  return a - b;
}

// Given back once on every path.
bool mark(soci::connection_pool& pool, int id) {
  std::size_t pos = 0;
  if (!pool.try_lease(pos, 100))
    return false;
  bool good = true;
  try {
    pool.at(pos) << "UPDATE orders SET marked = 1 WHERE id = :i", soci::use(id);
  } catch (const soci::soci_error& e) {
    logError(e.what());
    good = false;
  }
  pool.give_back(pos);
  return good;
}

// Each of several handlers ends it, and only one of them runs.
void archive(soci::session& sql) {
  sql.begin();
  try {
    sql << "INSERT INTO archive SELECT * FROM orders";
    sql << "DELETE FROM orders";
    sql.commit();
  } catch (const soci::soci_error& e) {
    sql.rollback();
    logError(e.what());
  } catch (...) {
    sql.rollback();
    throw;
  }
}

// The commit may fail by itself.
bool finish(soci::session& sql, int id) {
  soci::transaction tr(sql);
  sql << "UPDATE orders SET state = 3 WHERE id = :i", soci::use(id);
  try {
    tr.commit();
  } catch (const soci::soci_error& e) {
    logError(e.what());
    tr.rollback();
    return false;
  }
  return true;
}

// The optional holds another transaction the second time.
void twice(soci::session& sql, bool again) {
  std::optional<soci::transaction> tr;
  tr.emplace(sql);
  sql << "UPDATE items SET checked = 0";
  tr->rollback();
  tr.reset();
  if (!again)
    return;
  tr.emplace(sql);
  sql << "UPDATE items SET checked = 1";
  tr->commit();
}

// After the commit only work that cannot fail; the handler is for what comes before.
bool rename(soci::session& sql, int id, const std::string& name) {
  bool committed = false;
  soci::transaction tr(sql);
  try {
    sql << "UPDATE items SET name = :n WHERE id = :i", soci::use(name), soci::use(id);
    tr.commit();
    committed = true;
    sql << "INSERT INTO log(text) VALUES(:n)", soci::use(name);
  } catch (const soci::soci_error& e) {
    if (!committed)
      tr.rollback();
    logError(e.what());
  }
  return committed;
}
