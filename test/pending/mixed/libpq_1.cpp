// Inventory agent over plain libpq, with error codes, goto and helpers
// library: libpq
#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace agent {

struct ResultDeleter {
  void operator()(PGresult* r) const noexcept { PQclear(r); }
};
struct ConnectionDeleter {
  void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
using Result = std::unique_ptr<PGresult, ResultDeleter>;
using Connection = std::unique_ptr<PGconn, ConnectionDeleter>;

static void complain(PGconn* c, const char* what) { std::fprintf(stderr, "%s: %s", what, PQerrorMessage(c)); }

static bool command(PGconn* c, const char* sql) {
  PGresult* r = PQexec(c, sql);
  const bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
  if (!ok) complain(c, sql);
  PQclear(r);
  return ok;
}

bool discard(PGconn* c, const std::vector<int>& ids) {
  if (!command(c, "BEGIN")) return false;
  bool ok = true;
  for (const int id : ids) {
    const std::string sql = "DELETE FROM item WHERE id = " + std::to_string(id);
    ok = ok && command(c, sql.c_str());
  }
  if (!ok) command(c, "ROLLBACK");
  return command(c, "COMMIT") && ok;  // expect: session-double-end
}

}  // namespace agent
