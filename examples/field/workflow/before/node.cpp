// Nodes and their arguments: the arguments of many nodes are inserted in a session of their own.
#include "workflow.h"

namespace workflow {

namespace {

void insertArguments(int node, const std::vector<std::string>& arguments) {
  soci::session sql(pool());
  soci::transaction tr(sql);
  for (const std::string& argument : arguments)
    sql << "INSERT OR IGNORE INTO node_argument(node, value) VALUES(:n, :v)", soci::use(node),
        soci::use(argument);
  tr.commit();
}

int insertNode(int dag, const std::string& name) {
  soci::session sql(pool());
  soci::transaction tr(sql);
  int id = 0;
  sql << "INSERT INTO node(dag, name) VALUES(:d, :n)", soci::use(dag), soci::use(name);
  sql << "SELECT last_insert_rowid()", soci::into(id);
  tr.commit();
  return id;
}

} // namespace

int addNode(int dag, const std::string& name, const std::vector<std::string>& arguments) {
  const int id = insertNode(dag, name);
  insertArguments(id, arguments);
  return id;
}

} // namespace workflow
