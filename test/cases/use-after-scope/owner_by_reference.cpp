// An owner behind a reference, such as a static one that a function returns: what it gets stays in it.
// library: soci
#include <soci/soci.h>

#include <memory>

std::unique_ptr<soci::connection_pool>& thePool() {
  static std::unique_ptr<soci::connection_pool> pool;
  return pool;
}

void openPool(std::size_t size) {
  thePool() = std::make_unique<soci::connection_pool>(size);
  thePool()->at(0).reconnect();
}

void replacePool(std::size_t size) {
  thePool().reset(new soci::connection_pool(size));
  thePool()->at(0).reconnect();
}

void connect(std::unique_ptr<soci::session>& sql, const std::string& words) {
  sql = std::make_unique<soci::session>(words);
  *sql << "SELECT 1";
}

void replace(std::unique_ptr<soci::session>& sql, std::unique_ptr<soci::session> next) {
  soci::session* old = sql.get();
  sql = std::move(next);
  *old << "SELECT 1"; // expect: session-use-after-scope
  *sql << "SELECT 1";
}

void local(const std::string& words) {
  const auto sql = std::make_unique<soci::session>(words);
  sql->close();
  *sql << "SELECT 1"; // expect: session-use-after-scope
}
