// A generator of which only the declaration is seen, without its promise: its sessions live in its frame.
#include <cstddef>
#include <memory>
#include <string>

class DbSession {
public:
  explicit DbSession(const std::string& url);
  DbSession(const DbSession&) = delete;
  ~DbSession();
  void exec(const std::string& sql);
  std::size_t count(const std::string& sql);
};

class DbTransaction {
public:
  explicit DbTransaction(DbSession& session);
  DbTransaction(const DbTransaction&) = delete;
  ~DbTransaction();
  void commit();
  void rollback();
};

template <class T>
class Generator {
public:
  struct Sentinel {};
  class Iterator {
  public:
    T& operator*() const;
    Iterator& operator++();
    bool operator!=(Sentinel) const;
  };
  Generator(Generator&&) noexcept;
  ~Generator();
  Iterator begin();
  Sentinel end();
};

class Gateway {
public:
  Generator<DbSession> sessions();
};

DbSession* first(Gateway& gateway) {
  for (DbSession& session : gateway.sessions()) {
    session.exec("SET lock_timeout = 500");
    return &session; // expect: session-generator-early-return
  }
  return nullptr;
}

std::size_t online(Gateway& gateway) {
  DbSession& session = *gateway.sessions().begin(); // expect: session-generator-early-return
  return session.count("SELECT count(*) FROM player WHERE online = 1");
}

struct Watcher {
  DbSession* watched = nullptr;
  void watch(Gateway& gateway) {
    for (DbSession& session : gateway.sessions()) {
      session.exec("LISTEN players");
      watched = &session; // expect: session-generator-early-return
      break;
    }
  }
};

std::size_t all(Gateway& gateway) {
  std::size_t players = 0;
  for (DbSession& session : gateway.sessions()) {
    DbTransaction transaction(session);
    session.exec("UPDATE player SET counted = 1");
    players += session.count("SELECT count(*) FROM player");
    transaction.commit();
  }
  return players;
}

std::size_t named(Gateway& gateway) {
  auto sessions = gateway.sessions();
  DbSession& session = *sessions.begin();
  return session.count("SELECT count(*) FROM player");
}

bool any(Gateway& gateway) {
  for (DbSession& session : gateway.sessions()) {
    if (session.count("SELECT count(*) FROM player WHERE banned = 1") != 0) return true;
  }
  return false;
}
