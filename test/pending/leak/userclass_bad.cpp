// Sessions of the project's own library that are not freed or closed on some path.
// header: session_library.h
#include "session_library.h"

#include <exception>
#include <string>
#include <vector>

using acme::sql::LinkSession;
using acme::sql::Session;
using acme::sql::session_free;
using acme::sql::session_new;

// Opened by hand, closed by hand, but not when nothing is to be done.
int backlog(const std::string& dsn) {
  LinkSession link;
  if (!link.open(dsn)) // expect: session-leak
    return -1;
  int n = 0;
  try {
    n = link.scalar("SELECT count(*) FROM backlog");
    if (n == 0)
      return 0;
    link.exec("UPDATE stats SET backlog = 1");
  } catch (const acme::sql::Error& e) {
    logError(e.what());
  }
  link.close();
  return n;
}
