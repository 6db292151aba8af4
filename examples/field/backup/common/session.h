// The session of the backup service, and where it comes from.
#pragma once

#include "generator.h"

#include <memory>
#include <string>

struct sqlite3;

namespace backup {

/// One conversation with the database. It connects when the first statement needs it, also after it
/// was closed.
class Session {
public:
  explicit Session(std::string file);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void begin();
  void commit();
  void rollback();
  void exec(const std::string& sql);
  int scalar(const std::string& sql);
  void close() noexcept; ///< what is open is rolled back

private:
  sqlite3* connection();

  std::string file_;
  sqlite3* connection_ = nullptr;
};

/// Which file all of them talk to.
void useDatabase(const std::string& file);

/// A session for a request; it is closed when the request is over.
field::Generator<Session> getDb();

/// A session for everything else. The caller deletes it.
Session* openSession();

std::string quoted(const std::string& text);

} // namespace backup
