// Sessions of the project's own library that have an owner.
// header: session_library.h
#include "session_library.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sql = acme::sql;

struct FreeSession {
  void operator()(sql::Session* session) const { sql::session_free(session); }
};
using SessionPtr = std::unique_ptr<sql::Session, FreeSession>;

int frameCount(const std::string& dsn) {
  const SessionPtr session(sql::session_new(dsn));
  return session->scalar("SELECT value FROM settings WHERE name = 'frames'");
}

// First raw, owned in the next line.
int frameRate(const std::string& dsn) {
  sql::Session* raw = sql::session_new(dsn);
  const SessionPtr session(raw);
  if (!session)
    return 0;
  return session->scalar("SELECT value FROM settings WHERE name = 'rate'");
}

sql::Session* openSettings() {
  return sql::session_new("settings");
}

std::shared_ptr<sql::Session> openShared(const std::string& dsn) {
  std::shared_ptr<sql::Session> session(sql::session_new(dsn), &sql::session_free);
  return session;
}

class SettingsSession {
public:
  explicit SettingsSession(const std::string& dsn) : session_(sql::session_new(dsn)) {}
  SettingsSession(SettingsSession&& other) noexcept : session_(std::exchange(other.session_, nullptr)) {}
  SettingsSession& operator=(SettingsSession&&) = delete;
  ~SettingsSession() {
    if (session_ != nullptr)
      sql::session_free(session_);
  }
  int get(const std::string& name) { return session_->scalar("SELECT value FROM settings WHERE name = ?", name); }

private:
  sql::Session* session_;
};

int rateVia(const std::string& dsn) {
  SettingsSession settings(dsn);
  return settings.get("rate");
}

// The session comes from the caller and stays the caller's.
int scaled(sql::Session* session, int factor) {
  if (session == nullptr)
    return 0;
  return factor * session->scalar("SELECT value FROM settings WHERE name = 'frames'");
}

void replace(SessionPtr& slot, const std::string& dsn) {
  slot.reset(sql::session_new(dsn));
}

// A class of values that is opened and closed; no pointer, nothing to own.
int backlog(const std::string& dsn) {
  sql::LinkSession link;
  if (!link.open(dsn))
    return -1;
  int n = -1;
  try {
    n = link.scalar("SELECT count(*) FROM backlog");
  } catch (const sql::Error& e) {
    logError(e.what());
  }
  link.close();
  return n;
}
