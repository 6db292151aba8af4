// A coroutine that hands out references to what lives in its frame; std::generator is of C++23.
#pragma once

#include <coroutine>
#include <exception>
#include <utility>

namespace field {

template <class T>
class Generator {
public:
  struct promise_type {
    T* value = nullptr;
    std::exception_ptr error;

    Generator get_return_object() { return Generator(Handle::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T& yielded) noexcept {
      value = &yielded;
      return {};
    }
    void return_void() noexcept {}
    void unhandled_exception() { error = std::current_exception(); }
  };
  using Handle = std::coroutine_handle<promise_type>;

  struct End {};
  class Iterator {
  public:
    explicit Iterator(Handle frame) : frame_(frame) {}
    T& operator*() const { return *frame_.promise().value; }
    Iterator& operator++() {
      resume(frame_);
      return *this;
    }
    bool operator==(End) const { return frame_.done(); }

  private:
    Handle frame_;
  };

  explicit Generator(Handle frame) : frame_(frame) {}
  Generator(Generator&& other) noexcept : frame_(std::exchange(other.frame_, {})) {}
  Generator& operator=(Generator&&) = delete;
  ~Generator() {
    if (frame_) frame_.destroy();
  }

  Iterator begin() {
    resume(frame_);
    return Iterator(frame_);
  }
  End end() { return {}; }

private:
  static void resume(Handle frame) {
    frame.resume();
    if (frame.promise().error) std::rethrow_exception(frame.promise().error);
  }

  Handle frame_;
};

} // namespace field
