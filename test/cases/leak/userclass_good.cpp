// Sessions of the project's own library that are freed and closed.
// header: session_library.h
#include "session_library.h"

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

using acme::sql::LinkSession;
using acme::sql::Session;
using acme::sql::session_free;
using acme::sql::session_new;

struct FreeSession {
  void operator()(Session* session) const { session_free(session); }
};
using SessionPtr = std::unique_ptr<Session, FreeSession>;

int frameCount(const std::string& dsn) {
  try {
    const SessionPtr session(session_new(dsn));
    const int n = session->scalar("SELECT value FROM settings WHERE name = 'frames'");
    if (n < 0)
      return 10;
    return n;
  } catch (const acme::sql::Error& e) {
    logError(e.what());
  }
  return 10;
}

// A pointer to a function as deleter.
void saveFrames(const std::string& dsn, int frames) {
  const std::unique_ptr<Session, decltype(&session_free)> session(session_new(dsn), &session_free);
  session->exec("UPDATE settings SET value = ? WHERE name = 'frames'", frames);
}

std::shared_ptr<Session> sharedSession(const std::string& dsn) {
  return {session_new(dsn), [](Session* session) { session_free(session); }};
}

// A factory: the caller frees.
Session* openSettings(const std::string& dsn) {
  Session* session = session_new(dsn);
  try {
    session->exec("SET search_path TO settings");
  } catch (...) {
    session_free(session);
    throw;
  }
  return session;
}

// Looked up, not acquired: the registry keeps it.
class Registry {
public:
  Session* find(const std::string& name) const {
    const auto it = sessions_.find(name);
    return it == sessions_.end() ? nullptr : it->second.get();
  }
  void add(const std::string& name, const std::string& dsn) { sessions_[name].reset(session_new(dsn)); }

private:
  std::map<std::string, SessionPtr> sessions_;
};

int valueOf(const Registry& registry, const std::string& name) {
  Session* session = registry.find(name);
  if (session == nullptr)
    return -1;
  return session->scalar("SELECT value FROM settings WHERE name = ?", name);
}

// Freed by the destructor through close().
class Delivery {
public:
  Delivery() = default;
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
  ~Delivery() { close(); }

  void close() {
    if (session_ != nullptr) {
      session_free(session_);
      session_ = nullptr;
    }
  }
  void deliver(int id) {
    if (session_ == nullptr)
      session_ = session_new("deliveries");
    session_->exec("INSERT INTO notes(id) VALUES(?)", id);
  }

private:
  Session* session_ = nullptr;
};

// Uses the caller's, or an own one that it closes.
int backlog(LinkSession* given, const std::string& dsn) {
  LinkSession own;
  const bool selfOpened = given == nullptr;
  LinkSession* link = given;
  if (selfOpened) {
    if (!own.open(dsn))
      return -1;
    link = &own;
  }
  int n = -1;
  try {
    n = link->scalar("SELECT count(*) FROM backlog");
  } catch (const std::exception& e) {
    logError(e.what());
  }
  if (selfOpened)
    own.close();
  return n;
}

// Closed on every path, the last one by goto.
int drain(const std::string& dsn, int limit) {
  LinkSession link;
  int n = -1;
  if (!link.open(dsn))
    return -1;
  try {
    n = link.scalar("SELECT count(*) FROM backlog");
    if (n > limit)
      goto out;
    link.exec("DELETE FROM backlog");
  } catch (const std::exception& e) {
    link.close();
    logError(e.what());
    return -1;
  }
out:
  link.close();
  return n;
}

// A guard for the class that has none.
class OpenLink {
public:
  explicit OpenLink(LinkSession& link) : link_(link) {}
  OpenLink(const OpenLink&) = delete;
  ~OpenLink() { link_.close(); }

private:
  LinkSession& link_;
};

int stats(const std::string& dsn) {
  LinkSession link;
  if (!link.open(dsn))
    return -1;
  const OpenLink closer(link);
  link.exec("UPDATE stats SET asked = asked + 1");
  return link.scalar("SELECT value FROM stats");
}

// The container's owner frees it.
std::vector<SessionPtr> openAll(const std::vector<std::string>& dsns) {
  std::vector<SessionPtr> all;
  all.reserve(dsns.size());
  for (const std::string& dsn : dsns)
    all.emplace_back(session_new(dsn));
  return all;
}
