// Get or create: the handler stands outside of the transaction that failed.
#include "workflow.h"

namespace workflow {

int getOrCreateDag(const std::string& hash) {
  soci::session sql(pool());
  int id = 0;
  try {
    soci::transaction tr(sql);
    sql << "INSERT INTO dag(hash) VALUES(:h)", soci::use(hash);
    sql << "SELECT last_insert_rowid()", soci::into(id);
    tr.commit();
    return id;
  } catch (const soci::soci_error&) {
    sql << "SELECT id FROM dag WHERE hash = :h", soci::into(id), soci::use(hash);
    if (!sql.got_data()) throw;
  }
  return id;
}

} // namespace workflow
