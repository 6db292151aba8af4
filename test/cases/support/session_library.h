// A session library in the style of C, wrapped halfway into classes.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace acme::sql {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Session {
public:
  void begin();
  void commit();
  void rollback();
  void exec(std::string_view sql);
  template <class... A> void exec(std::string_view sql, const A&... args);
  int scalar(std::string_view sql);
  template <class... A> int scalar(std::string_view sql, const A&... args);
  [[nodiscard]] bool alive() const noexcept;

private:
  Session();
  ~Session();
  friend Session* session_new(std::string_view dsn);
  friend void session_free(Session* session);
};

/// Made here...
Session* session_new(std::string_view dsn);
/// ... and to be freed here.
void session_free(Session* session);

/// Opens and closes by hand; its destructor does nothing.
class LinkSession {
public:
  bool open(std::string_view dsn);
  void close();
  [[nodiscard]] bool isOpen() const noexcept;
  void begin();
  void commit();
  void rollback();
  void exec(std::string_view sql);
  int scalar(std::string_view sql);

private:
  int socket_ = -1;
};

} // namespace acme::sql

void logError(std::string_view what);
