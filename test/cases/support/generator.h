// A generator as one writes it before the standard library has one.
#pragma once

#include <coroutine>
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
