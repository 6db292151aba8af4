// A session class as many projects have one.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace store {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Connection {
public:
  explicit Connection(std::string_view dsn);
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection(); // closes, rolls back

  void open(std::string_view dsn);
  void close();
  [[nodiscard]] bool isOpen() const noexcept;

  void beginTransaction();
  void commitTransaction();
  void rollbackTransaction();

  void execute(std::string_view sql);
  template <class... A> void execute(std::string_view sql, const A&... args);
  int scalar(std::string_view sql);
  template <class... A> int scalar(std::string_view sql, const A&... args);
};

/// Begins in its constructor, rolls back in its destructor unless committed.
class Transaction {
public:
  explicit Transaction(Connection& connection);
  Transaction(const Transaction&) = delete;
  ~Transaction();
  void commit();
  void rollback();
};

} // namespace store

void logError(std::string_view what);
