// A link to an SQLite database, made when the first statement needs it, also after it was closed.
#pragma once

#include <string>

struct sqlite3;

namespace field {

class Link {
public:
  explicit Link(std::string file);
  ~Link();
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  void run(const std::string& sql);
  int number(const std::string& sql); ///< the first value of the first row, or 0
  void close() noexcept;              ///< what is open is rolled back

private:
  sqlite3* connected();

  std::string file_;
  sqlite3* connection_ = nullptr;
};

} // namespace field
