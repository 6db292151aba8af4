// Seen in the field: whether the result is still needed is the caller's to say.
// library: libpq
#include <libpq-fe.h>
#include <stdexcept>

PGresult* verified(PGresult* answer, bool forget) {
  const ExecStatusType status = PQresultStatus(answer);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    PQclear(answer);
    throw std::runtime_error("the server said no");
  }
  if (forget)
    PQclear(answer);
  return answer;
}

PGresult* ask(PGconn* server, const char* name, bool forget) {
  return verified(PQexecPrepared(server, name, 0, nullptr, nullptr, nullptr, 1), forget);
}

int rows(PGconn* server) {
  ask(server, "touch", true);
  PGresult* answer = ask(server, "count", false);
  const int found = PQntuples(answer);
  PQclear(answer);
  return found;
}
