// Templates: each version is inserted in a savepoint, and may fail alone.
#include "workflow.h"

namespace workflow {

namespace {

bool addVersion(soci::session& sql, int id, const std::string& version) {
  sql << "SAVEPOINT version";
  try {
    sql << "INSERT INTO template_version(template, version) VALUES(:t, :v)", soci::use(id),
        soci::use(version);
  } catch (const soci::soci_error&) {
    sql << "ROLLBACK TO SAVEPOINT version";
    sql << "RELEASE SAVEPOINT version";
    return false;
  }
  sql << "RELEASE SAVEPOINT version";
  return true;
}

} // namespace

int bindTemplate(const std::string& name, const std::vector<std::string>& versions) {
  soci::session sql(pool());
  soci::transaction tr(sql);
  int id = 0;
  sql << "INSERT INTO template(name) VALUES(:n)", soci::use(name);
  sql << "SELECT last_insert_rowid()", soci::into(id);
  int bound = 0;
  for (const std::string& version : versions)
    if (addVersion(sql, id, version)) ++bound;
  tr.commit();
  return bound;
}

} // namespace workflow
