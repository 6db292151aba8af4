// Tasks in bulk: a transaction for each chunk, so that a failure costs no more than one.
#include "workflow.h"

#include <algorithm>

namespace workflow {

int addTasks(int workflow, const std::vector<std::string>& names) {
  constexpr std::size_t chunk = 2;
  int added = 0;
  for (std::size_t first = 0; first < names.size(); first += chunk) {
    soci::session sql(pool());
    soci::transaction tr(sql);
    const std::size_t end = std::min(first + chunk, names.size());
    for (std::size_t i = first; i < end; ++i)
      sql << "INSERT INTO task(workflow, name, status, changed) VALUES(:w, :n, 'new', 0)",
          soci::use(workflow), soci::use(names[i]);
    tr.commit();
    added += static_cast<int>(end - first);
  }
  return added;
}

} // namespace workflow
