// Exceptions caught within a transaction of SOCI, which is then committed as if nothing had happened.
// library: soci
#include <soci/soci.h>

#include <exception>
#include <string>
#include <vector>

void logError(const std::string& what);

// "The transaction will be rolled back" - it will not.
void failTask(soci::session& sql, int task, const std::string& text) {
  soci::transaction tr(sql);
  sql << "UPDATE tasks SET state = 'failed' WHERE id = :t", soci::use(task);
  try {
    sql << "INSERT INTO failures(task, text) VALUES(:t, :x)", soci::use(task), soci::use(text);
    sql << "UPDATE counters SET failures = failures + 1";
  } catch (const std::exception& e) { // expect: session-swallow-and-commit
    logError(e.what());
  }
  tr.commit();
}

// The half of an order is committed with all the others.
int placeAll(soci::session& sql, const std::vector<int>& orders) {
  int bad = 0;
  soci::transaction tr(sql);
  for (const int order : orders) {
    try {
      sql << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
      sql << "UPDATE stock SET n = n - 1 WHERE order_id = :o", soci::use(order);
    } catch (const soci::soci_error& e) { // expect: session-swallow-and-commit
      logError(e.what());
      ++bad;
    }
  }
  tr.commit();
  return bad;
}

// By hand: the outer handler would roll back, the inner one does not let it.
bool book(soci::session& sql, int from, int to, double amount) {
  bool good = true;
  sql.begin();
  try {
    try {
      sql << "UPDATE accounts SET n = n - :a WHERE id = :f", soci::use(amount), soci::use(from);
      sql << "UPDATE accounts SET n = n + :a WHERE id = :t", soci::use(amount), soci::use(to);
    } catch (const soci::soci_error& e) { // expect: session-swallow-and-commit
      good = false;
      logError(e.what());
    }
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
  return good;
}

// Hidden in a helper that gives the guard no chance.
class Import {
public:
  explicit Import(soci::session& sql) : sql_(sql) {}

  void run(const std::vector<std::string>& names) {
    soci::transaction tr(sql_);
    sql_ << "DELETE FROM names";
    try {
      for (const std::string& name : names)
        sql_ << "INSERT INTO names(name) VALUES(:n)", soci::use(name);
    } catch (...) { // expect: session-swallow-and-commit
      failed_ = true;
    }
    tr.commit();
  }

private:
  soci::session& sql_;
  bool failed_ = false;
};
