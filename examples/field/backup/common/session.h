// The session of the backup service, and where it comes from.
#pragma once

#include "generator.h"
#include "link.h"

#include <memory>
#include <string>

namespace backup {

/// One conversation with the database. It connects when the first statement needs it, also after it
/// was closed.
class Session {
public:
  explicit Session(std::string file);

  void begin();
  void commit();
  void rollback();
  void exec(const std::string& sql);
  int scalar(const std::string& sql);
  void close() noexcept; ///< what is open is rolled back

private:
  field::Link link_;
};

/// Which file all of them talk to.
void useDatabase(const std::string& file);

/// A session for a request; it is closed when the request is over.
field::Generator<Session> getDb();

/// A session for everything else. The caller deletes it.
Session* openSession();

std::string quoted(const std::string& text);

} // namespace backup
