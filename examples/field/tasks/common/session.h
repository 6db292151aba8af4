// The session of the task service, and the generator that hands it out.
#pragma once

#include "generator.h"
#include "link.h"

#include <session_tidy/annotations.h>

#include <deque>
#include <mutex>
#include <string>

namespace tasks {

/// One conversation with the database. It connects when the first statement needs it, also after it
/// was closed: SQLite forgives, PostgreSQL would not.
class Session {
public:
  explicit Session(std::string file);

  SESSION_TIDY_BEGINS void begin();
  SESSION_TIDY_COMMITS void commit();
  SESSION_TIDY_ROLLS_BACK void rollback();
  void exec(const std::string& sql);
  int scalar(const std::string& sql);
  SESSION_TIDY_CLOSES void close() noexcept; ///< what is open is rolled back

private:
  field::Link link_;
};

/// All sessions of the service: the objects stay, their connections come and go.
class Engine {
public:
  void useDatabase(const std::string& file) { file_ = file; }
  [[nodiscard]] const std::string& file() const { return file_; }
  Session& add();

private:
  std::string file_;
  std::mutex mutex_;
  std::deque<Session> sessions_;
};

Engine& engine();

/// The end of a session's scope.
class Closer {
public:
  explicit Closer(Session& session) : session_(session) {}
  ~Closer() { session_.close(); }
  Closer(const Closer&) = delete;
  Closer& operator=(const Closer&) = delete;

private:
  Session& session_;
};

/// A session in a transaction. When the loop comes back for more it is committed, then closed.
inline field::Generator<Session> getSession() {
  Session& session = engine().add();
  const Closer closer(session);
  session.begin();
  co_yield session;
  session.commit();
}

} // namespace tasks
