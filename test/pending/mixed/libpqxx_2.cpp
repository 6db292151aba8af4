// Telemetry store on libpqxx: writers, guards of its own, streams, listeners, generators
// library: libpqxx
#include <pqxx/pqxx>

#include <coroutine>
#include <exception>
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace telemetry {

void log(const std::string& text) { std::clog << text << '\n'; }

// begins by hand, since the statements come from a file
bool runScript(pqxx::connection& c, const std::vector<std::string>& script) {
  pqxx::nontransaction tx(c);
  tx.exec("BEGIN");
  try {
    for (const std::string& statement : script) tx.exec(statement);
    tx.exec("COMMIT");
  } catch (const pqxx::sql_error& e) {
    log(e.what());
    tx.exec("ROLLBACK");
    return false;
  }
  return true;
}

struct Closer {
  void operator()(pqxx::connection* c) const {
    c->disconnect();
    delete c;
  }
};

using Handle = std::unique_ptr<pqxx::connection, Closer>;

}  // namespace telemetry
