// Exceptions caught in or around a transaction of SOCI that is not committed half done.
// library: soci
#include <soci/soci.h>

#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

void logError(const std::string& what);

// Around it.
void failTask(soci::session& sql, int task, const std::string& text) {
  try {
    soci::transaction tr(sql);
    sql << "UPDATE tasks SET state = 'failed' WHERE id = :t", soci::use(task);
    sql << "INSERT INTO failures(task, text) VALUES(:t, :x)", soci::use(task), soci::use(text);
    tr.commit();
  } catch (const std::exception& e) {
    logError(e.what());
  }
}

// Passed on.
void place(soci::session& sql, int order) {
  soci::transaction tr(sql);
  try {
    sql << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
    sql << "UPDATE stock SET n = n - 1";
  } catch (const soci::soci_error& e) {
    logError(e.what());
    throw;
  }
  tr.commit();
}

// Given up.
bool tryPlace(soci::session& sql, int order) {
  soci::transaction tr(sql);
  try {
    sql << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
    sql << "UPDATE stock SET n = n - 1";
  } catch (const soci::soci_error& e) {
    tr.rollback();
    logError(e.what());
    return false;
  }
  tr.commit();
  return true;
}

// A savepoint takes the half back.
int placeAll(soci::session& sql, const std::vector<int>& orders) {
  int bad = 0;
  soci::transaction tr(sql);
  for (const int order : orders) {
    sql << "SAVEPOINT one_order";
    try {
      sql << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
      sql << "UPDATE stock SET n = n - 1";
      sql << "RELEASE SAVEPOINT one_order";
    } catch (const soci::soci_error& e) {
      sql << "ROLLBACK TO SAVEPOINT one_order";
      logError(e.what());
      ++bad;
    }
  }
  tr.commit();
  return bad;
}

// What is caught has nothing to do with the database.
void addNumbers(soci::session& sql, const std::vector<std::string>& texts) {
  soci::transaction tr(sql);
  for (const std::string& text : texts) {
    int number = 0;
    try {
      number = std::stoi(text);
    } catch (const std::invalid_argument&) {
      number = -1;
    }
    sql << "INSERT INTO numbers(n) VALUES(:n)", soci::use(number);
  }
  tr.commit();
}

// The flag stands for the exception.
bool book(soci::session& sql, int from, int to, double amount) {
  bool failed = false;
  soci::transaction tr(sql);
  try {
    sql << "UPDATE accounts SET n = n - :a WHERE id = :f", soci::use(amount), soci::use(from);
    sql << "UPDATE accounts SET n = n + :a WHERE id = :t", soci::use(amount), soci::use(to);
  } catch (const soci::soci_error& e) {
    logError(e.what());
    failed = true;
  }
  if (failed)
    return false;
  tr.commit();
  return true;
}

// The loop is left, and its rest with it.
bool importAll(soci::session& sql, const std::vector<std::string>& names) {
  bool complete = true;
  soci::transaction tr(sql);
  for (const std::string& name : names) {
    try {
      sql << "INSERT INTO names(name) VALUES(:n)", soci::use(name);
    } catch (const soci::soci_error& e) {
      logError(e.what());
      complete = false;
      break;
    }
  }
  if (complete)
    tr.commit();
  else
    tr.rollback();
  return complete;
}

// Each round has a transaction of its own, which ends before the handler.
int importEach(soci::session& sql, const std::vector<std::string>& names) {
  int bad = 0;
  for (const std::string& name : names) {
    try {
      soci::transaction tr(sql);
      sql << "INSERT INTO names(name) VALUES(:n)", soci::use(name);
      sql << "INSERT INTO log(text) VALUES(:n)", soci::use(name);
      tr.commit();
    } catch (const soci::soci_error& e) {
      logError(e.what());
      ++bad;
    }
  }
  return bad;
}

// Tried before the transaction begins.
void rename(soci::session& sql, const std::string& from, const std::string& to) {
  try {
    sql << "DELETE FROM suggestions WHERE name = :t", soci::use(to);
  } catch (const soci::soci_error& e) {
    logError(e.what());
  }
  soci::transaction tr(sql);
  sql << "UPDATE names SET name = :t WHERE name = :f", soci::use(to), soci::use(from);
  tr.commit();
}

// Only the commit's own failure is caught.
bool finish(soci::session& sql, int task) {
  soci::transaction tr(sql);
  sql << "UPDATE tasks SET state = 'done' WHERE id = :t", soci::use(task);
  try {
    tr.commit();
  } catch (const soci::soci_error& e) {
    logError(e.what());
    return false;
  }
  return true;
}
