// Sessions of SOCI that come out of a generator and are used after it.
// library: soci
// header: generator.h
#include "generator.h"

#include <soci/soci.h>

#include <string>

Generator<soci::session> sessions(const std::string& dsn) {
  soci::session sql(dsn);
  co_yield sql;
}

Generator<soci::session> units(soci::connection_pool& pool) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  co_yield sql;
  tr.commit();
}

int countJobs(const std::string& dsn) {
  soci::session& sql = *sessions(dsn).begin(); // expect: session-generator-early-return
  int n = 0;
  sql << "SELECT count(*) FROM jobs", soci::into(n);
  return n;
}

soci::session* sessionFor(const std::string& dsn) {
  for (soci::session& sql : sessions(dsn)) {
    sql << "SET search_path TO shop";
    return &sql; // expect: session-generator-early-return
  }
  return nullptr;
}

bool createTask(soci::connection_pool& pool, const std::string& name) {
  for (soci::session& sql : units(pool)) {
    sql << "INSERT INTO tasks(name) VALUES(:n)", soci::use(name);
    return true; // expect: session-generator-early-return
  }
  return false;
}

void finishTask(soci::connection_pool& pool, int id, soci::session** used) {
  for (soci::session& sql : units(pool)) {
    sql << "UPDATE tasks SET state = 1 WHERE id = :i", soci::use(id);
    *used = &sql; // expect: session-generator-early-return
  }
}
