// Sessions of the project's own library, freed by hand where an owner could do it.
// header: session_library.h
#include "session_library.h"

#include <exception>
#include <string>
#include <vector>

int frameCount(const std::string& dsn) {
  acme::sql::Session* session = acme::sql::session_new(dsn); // expect: session-raw-construction
  int n = 0;
  try {
    n = session->scalar("SELECT value FROM settings WHERE name = 'frames'");
  } catch (...) {
    acme::sql::session_free(session);
    throw;
  }
  acme::sql::session_free(session);
  return n;
}

bool saveFrames(const std::string& dsn, int frames) {
  bool saved = false;
  auto* session = acme::sql::session_new(dsn); // expect: session-raw-construction
  if (session == nullptr)
    return false;
  try {
    session->exec("UPDATE settings SET value = ?", frames);
    saved = true;
  } catch (const std::exception& e) {
    logError(e.what());
  }
  acme::sql::session_free(session);
  return saved;
}

// Nothing here throws, and it is still held raw.
bool alive(const std::string& dsn) {
  acme::sql::Session* session = acme::sql::session_new(dsn); // expect: session-raw-construction
  const bool answer = session->alive();
  acme::sql::session_free(session);
  return answer;
}

int aliveOf(const std::vector<std::string>& dsns) {
  int n = 0;
  for (const std::string& dsn : dsns) {
    auto* session = acme::sql::session_new(dsn); // expect: session-raw-construction
    if (!session->alive()) {
      acme::sql::session_free(session);
      continue;
    }
    ++n;
    acme::sql::session_free(session);
  }
  return n;
}
