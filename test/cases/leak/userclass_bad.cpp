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

// Freed at the end of a try whose handler swallows.
int frameCount(const std::string& dsn) {
  int n = 10;
  try {
    Session* session = session_new(dsn); // expect: session-leak
    n = session->scalar("SELECT value FROM settings WHERE name = 'frames'");
    if (n < 0)
      return 10;
    session_free(session);
  } catch (const acme::sql::Error& e) {
    logError(e.what());
  }
  return n;
}

// Not when a statement throws.
void saveFrames(const std::string& dsn, int frames) {
  Session* session = session_new(dsn); // expect: session-leak
  session->exec("UPDATE settings SET value = ? WHERE name = 'frames'", frames);
  session_free(session);
}

// The last round's session is overwritten.
bool anyAlive(const std::vector<std::string>& dsns) {
  Session* session = nullptr;
  for (const std::string& dsn : dsns)
    session = session_new(dsn); // expect: session-leak
  const bool alive = session != nullptr && session->alive();
  if (session != nullptr)
    session_free(session);
  return alive;
}

// Freed in all cases but one.
int sweep(const std::string& dsn, int mode) {
  Session* session = session_new(dsn); // expect: session-leak
  int code = 0;
  switch (mode) {
  case 0:
    session_free(session);
    return 0;
  case 1:
    if (!session->alive())
      return -1;
    code = 1;
    break;
  default:
    code = 2;
    break;
  }
  session_free(session);
  return code;
}
