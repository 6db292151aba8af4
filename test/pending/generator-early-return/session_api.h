// A session class and a generator of the project's own.
#pragma once

#include <coroutine>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

/// Ends with the frame of its coroutine.
template <class T> class Generator {
public:
  struct promise_type {
    T* value = nullptr;
    Generator get_return_object() { return Generator(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T& v) noexcept {
      value = &v;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { throw; }
  };

  struct Sentinel {};
  struct Iterator {
    std::coroutine_handle<promise_type> handle;
    T& operator*() const { return *handle.promise().value; }
    T* operator->() const { return handle.promise().value; }
    Iterator& operator++() {
      handle.resume();
      return *this;
    }
    bool operator==(Sentinel) const { return handle.done(); }
  };

  explicit Generator(std::coroutine_handle<promise_type> h) : handle_(h) {}
  Generator(Generator&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Generator& operator=(Generator&&) = delete;
  ~Generator() {
    if (handle_)
      handle_.destroy();
  }

  Iterator begin() {
    handle_.resume();
    return {handle_};
  }
  Sentinel end() { return {}; }

private:
  std::coroutine_handle<promise_type> handle_;
};

namespace db {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Session {
public:
  explicit Session(std::string_view dsn);
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session(); // closes, rolls back

  void begin();
  void commit();
  void rollback();
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

Session connect(std::string_view dsn = "");

} // namespace db

void logError(std::string_view what);
