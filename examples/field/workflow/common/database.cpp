// Where sessions come from.
#include "workflow.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <memory>

namespace workflow {

namespace {

std::unique_ptr<soci::connection_pool>& thePool() {
  static std::unique_ptr<soci::connection_pool> pool;
  return pool;
}

} // namespace

soci::connection_pool& pool() {
  return *thePool();
}

void openPool(std::size_t size, const std::string& file) {
  thePool() = std::make_unique<soci::connection_pool>(size);
  for (std::size_t i = 0; i < size; ++i)
    thePool()->at(i).open(soci::sqlite3, "db=" + file + " timeout=1");
}

} // namespace workflow
