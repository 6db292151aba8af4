// Sessions of SOCI held by a bare pointer and deleted, rightly, by hand.
// library: soci
#include <soci/soci.h>

#include <exception>
#include <string>
#include <vector>

void logError(const std::string& what);

int countOrders(const std::string& dsn) {
  auto* sql = new soci::session(dsn); // expect: session-raw-construction
  int n = 0;
  try {
    *sql << "SELECT count(*) FROM orders", soci::into(n);
  } catch (...) {
    delete sql;
    throw;
  }
  delete sql;
  return n;
}

bool purge(const std::string& dsn, int days) {
  soci::session* sql = nullptr;
  try {
    sql = new soci::session("sqlite3", dsn); // expect: session-raw-construction
    *sql << "DELETE FROM orders WHERE age > :d", soci::use(days);
  } catch (const std::exception& e) {
    logError(e.what());
    delete sql;
    return false;
  }
  delete sql;
  return true;
}

// Opened later, owned by nobody all the same.
std::string version(const std::string& dsn) {
  std::string text;
  soci::session* const sql = new soci::session; // expect: session-raw-construction
  try {
    sql->open(dsn);
    *sql << "SELECT version FROM about", soci::into(text);
  } catch (const soci::soci_error& e) {
    text = e.what();
  }
  delete sql;
  return text;
}

// In a loop, each round with its own.
int sumOver(const std::vector<std::string>& shards) {
  int sum = 0;
  for (const std::string& shard : shards) {
    soci::session* sql = new soci::session(shard); // expect: session-raw-construction
    try {
      int n = 0;
      *sql << "SELECT count(*) FROM orders", soci::into(n);
      sum += n;
    } catch (const soci::soci_error& e) {
      logError(shard + ": " + e.what());
    }
    delete sql;
  }
  return sum;
}
