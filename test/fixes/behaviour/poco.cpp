// Ways to leave half of the work, or a handle, with Poco::Data; see stage.h for what is counted.
#include "stage.h"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>

#include <exception>
#include <memory>

using Poco::Data::Session;
using namespace Poco::Data::Keywords;

static void leaks() {
  auto* sql = new Session("SQLite", stage::path);
  *sql << "INSERT INTO a VALUES(1)", now;
  *sql << "INSERT INTO b VALUES(1)", now;
  delete sql;
}

static void typed() {
  Session* sql = nullptr;
  sql = new Session("SQLite", stage::path);
  *sql << "INSERT INTO a VALUES(1)", now;
  *sql << "INSERT INTO b VALUES(1)", now;
  delete sql;
}

static int returns() {
  Session* sql = new Session("SQLite", stage::path);
  try {
    *sql << "INSERT INTO a VALUES(1)", now;
    *sql << "INSERT INTO b VALUES(1)", now;
  } catch (const std::exception&) {
    return 1;
  }
  delete sql;
  return 0;
}

static void rethrows() {
  Session* sql = new Session("SQLite", stage::path);
  try {
    *sql << "INSERT INTO a VALUES(1)", now;
    *sql << "INSERT INTO b VALUES(1)", now;
  } catch (...) {
    delete sql;
    throw;
  }
  delete sql;
}

static void forgets(Session& sql) {
  sql.begin();
  try {
    sql << "INSERT INTO a VALUES(1)", now;
    sql << "INSERT INTO b VALUES(1)", now;
    sql.commit();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
}

static void passes(Session& sql) {
  sql.begin();
  try {
    sql << "INSERT INTO a VALUES(1)", now;
    sql << "INSERT INTO b VALUES(1)", now;
    sql.commit();
  } catch (...) {
    throw;
  }
}

static int second(Session& sql) {
  sql.begin();
  try {
    sql << "INSERT INTO a VALUES(1)", now;
    sql << "INSERT INTO b VALUES(1)", now;
    sql.commit();
    return 0;
  } catch (const std::logic_error&) {
    sql.rollback();
    return 1;
  } catch (const std::exception&) { return 2; }
}

static void escapes(Session& sql) {
  sql.begin();
  sql << "INSERT INTO a VALUES(1)", now;
  sql << "INSERT INTO b VALUES(1)", now;
  sql.commit();
}

static bool unfinished(Session& sql) {
  sql.begin();
  sql << "INSERT INTO a VALUES(1)", now;
  if (stage::failing()) return false;
  sql << "INSERT INTO b VALUES(1)", now;
  sql.commit();
  return true;
}

static void swallows(Session& sql) {
  sql.begin();
  try {
    sql << "INSERT INTO a VALUES(1)", now;
    sql << "INSERT INTO b VALUES(1)", now;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
  sql.commit();
}

static void halves(Session& sql) {
  sql.begin();
  sql << "INSERT INTO a VALUES(1)", now;
  sql.commit();
  sql.begin();
  sql << "INSERT INTO b VALUES(1)", now;
  sql.commit();
}

/// Somebody else's session, whose next commit makes last what it finds open.
static void onSession(void (*work)(Session&)) {
  Session sql("SQLite", stage::path);
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
  Poco::Data::SQLite::Connector::registerConnector();
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
