// Sessions of SOCI that come out of a generator and stay with it.
// library: soci
// header: session.h
// header: generator.h
#include "generator.h"
#include "session.h"

#include <soci/soci.h>

#include <string>
#include <vector>

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
  int n = 0;
  for (soci::session& sql : sessions(dsn))
    sql << "SELECT count(*) FROM jobs", soci::into(n);
  return n;
}

// Read only: nothing is lost with an early return.
int countTasks(const std::string& dsn) {
  for (soci::session& sql : sessions(dsn)) {
    int n = 0;
    sql << "SELECT count(*) FROM tasks", soci::into(n);
    if (n > 0)
      return n;
  }
  return 0;
}

bool createTasks(soci::connection_pool& pool, const std::vector<std::string>& names) {
  bool any = false;
  for (soci::session& sql : units(pool)) {
    for (const std::string& name : names) {
      if (name.empty())
        break;
      sql << "INSERT INTO tasks(name) VALUES(:n)", soci::use(name);
      any = true;
    }
  }
  return any;
}

void claim(soci::connection_pool& pool, int id) {
  for (soci::session& sql : units(pool)) {
    int state = 0;
    sql << "SELECT state FROM tasks WHERE id = :i", soci::into(state), soci::use(id);
    if (state != 0)
      throw db::Error("taken");
    sql << "UPDATE tasks SET state = 1 WHERE id = :i", soci::use(id);
  }
}

// Named, so that it outlives the reference.
void touch(const std::string& dsn, int id) {
  auto generator = sessions(dsn);
  soci::session& sql = *generator.begin();
  sql << "UPDATE tasks SET touched = 1 WHERE id = :i", soci::use(id);
}

void visit(soci::connection_pool& pool, const std::vector<int>& ids) {
  for (soci::session& sql : units(pool)) {
    for (const int id : ids) {
      if (id == 0)
        continue;
      sql << "UPDATE tasks SET visited = 1 WHERE id = :i", soci::use(id);
    }
  }
}
