// Ways to leave half of the work, or a handle, with SOCI; see stage.h for what is counted.
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "stage.h"

#include <exception>
#include <memory>

using Session = soci::session;

static std::string address() { return "db=" + stage::path; }

static void leaks() {
  auto* sql = new Session(soci::sqlite3, address());
  *sql << "INSERT INTO a VALUES(1)";
  *sql << "INSERT INTO b VALUES(1)";
  delete sql;
}

static void typed() {
  Session* sql = nullptr;
  sql = new Session(soci::sqlite3, address());
  *sql << "INSERT INTO a VALUES(1)";
  *sql << "INSERT INTO b VALUES(1)";
  delete sql;
}

static int returns() {
  Session* sql = new Session(soci::sqlite3, address());
  try {
    *sql << "INSERT INTO a VALUES(1)";
    *sql << "INSERT INTO b VALUES(1)";
  } catch (const std::exception&) {
    return 1;
  }
  delete sql;
  return 0;
}

static void rethrows() {
  Session* sql = new Session(soci::sqlite3, address());
  try {
    *sql << "INSERT INTO a VALUES(1)";
    *sql << "INSERT INTO b VALUES(1)";
  } catch (...) {
    delete sql;
    throw;
  }
  delete sql;
}

static void forgets(Session& sql) {
  sql.begin();
  try {
    sql << "INSERT INTO a VALUES(1)";
    sql << "INSERT INTO b VALUES(1)";
    sql.commit();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
}

static void passes(Session& sql) {
  sql.begin();
  try {
    sql << "INSERT INTO a VALUES(1)";
    sql << "INSERT INTO b VALUES(1)";
    sql.commit();
  } catch (...) {
    throw;
  }
}

static int second(Session& sql) {
  sql.begin();
  try {
    sql << "INSERT INTO a VALUES(1)";
    sql << "INSERT INTO b VALUES(1)";
    sql.commit();
    return 0;
  } catch (const std::logic_error&) {
    sql.rollback();
    return 1;
  } catch (const std::exception&) { return 2; }
}

static void escapes(Session& sql) {
  sql.begin();
  sql << "INSERT INTO a VALUES(1)";
  sql << "INSERT INTO b VALUES(1)";
  sql.commit();
}

static bool unfinished(Session& sql) {
  sql.begin();
  sql << "INSERT INTO a VALUES(1)";
  if (stage::failing()) return false;
  sql << "INSERT INTO b VALUES(1)";
  sql.commit();
  return true;
}

static void swallows(Session& sql) {
  sql.begin();
  try {
    sql << "INSERT INTO a VALUES(1)";
    sql << "INSERT INTO b VALUES(1)";
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
  sql.commit();
}

static void halves(Session& sql) {
  sql.begin();
  sql << "INSERT INTO a VALUES(1)";
  sql.commit();
  sql.begin();
  sql << "INSERT INTO b VALUES(1)";
  sql.commit();
}

/// Somebody else's session, whose next commit makes last what it finds open.
static void onSession(void (*work)(Session&)) {
  Session sql(soci::sqlite3, address());
  try {
    work(sql);
  } catch (const std::exception&) {
  }
  try {
    sql.commit();
  } catch (const std::exception&) {
  }
}

int main() {
  stage::play("leak:leaks", [] { leaks(); });
  stage::play("leak:typed", [] { typed(); });
  stage::play("leak:returns", [] { returns(); });
  stage::play("raw:rethrows", [] { rethrows(); });
  stage::play("whole:forgets", [] { onSession(forgets); });
  stage::play("whole:passes", [] { onSession(passes); });
  stage::play("whole:second", [] { onSession([](Session& sql) { second(sql); }); });
  stage::play("whole:escapes", [] { onSession(escapes); });
  stage::play("whole:unfinished", [] { onSession([](Session& sql) { unfinished(sql); }); });
  stage::play("whole:swallows", [] { onSession(swallows); });
  stage::play("whole:halves", [] { onSession(halves); });
}
