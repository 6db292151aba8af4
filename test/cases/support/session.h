// A session class as many projects have one.
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace db {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct UniqueViolation : Error {
  using Error::Error;
};

class Session {
public:
  Session();
  explicit Session(std::string_view dsn);
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session(); // closes, rolls back

  bool open(std::string_view dsn);
  void close();
  [[nodiscard]] bool isOpen() const noexcept;

  void begin();
  void commit();
  void rollback();
  void flush();

  void exec(std::string_view sql);
  template <class... A> void exec(std::string_view sql, const A&... args);
  int scalar(std::string_view sql);
  template <class... A> int scalar(std::string_view sql, const A&... args);
};

/// Begins in its constructor, rolls back in its destructor unless committed.
class Transaction {
public:
  explicit Transaction(Session& session);
  Transaction(const Transaction&) = delete;
  ~Transaction();
  void commit();
  void rollback();
};

/// A part of a transaction that can be given up alone.
class Savepoint {
public:
  explicit Savepoint(Session& session);
  Savepoint(const Savepoint&) = delete;
  ~Savepoint(); // rolls back to its beginning unless released
  void release();
};

class Pool {
public:
  explicit Pool(std::size_t size);
  Session acquire();
  std::optional<Session> tryAcquire(int milliseconds);
};

Session connect(std::string_view dsn = "");
Session* session_new(std::string_view dsn);
void session_free(Session* session);

} // namespace db

void logError(std::string_view what);
