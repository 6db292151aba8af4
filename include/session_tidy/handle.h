// An owner for a C handle: `session_tidy::handle<sqlite3*, sqlite3_close>`.
#pragma once

#include <session_tidy/marks.h>

#include <utility>

namespace session_tidy {
inline namespace SESSION_TIDY_MARKS {

/// Closes what it holds with `Close`, once. An empty handle is `H{}`, the null pointer.
template <class H, auto Close>
class handle : private parts::session_mark {
  using mark = parts::session_mark;

public:
  using element = H;

  handle() noexcept = default;
  explicit handle(H given, place at = place::here()) : held_(given) { note(at); }
  handle(handle&& other) noexcept
      : mark(static_cast<mark&&>(other)), held_(std::exchange(other.held_, H{})) {}
  handle& operator=(handle&& other) noexcept {
    if (this != &other) {
      reset();
      held_ = std::exchange(other.held_, H{});
      mark::operator=(static_cast<mark&&>(other));
    }
    return *this;
  }
  ~handle() { reset(); }

  [[nodiscard]] H get() const noexcept { return held_; }
  explicit operator bool() const noexcept { return held_ != H{}; }

  /// The caller closes it from now on.
  [[nodiscard]] H release() noexcept {
    mark::close();
    return std::exchange(held_, H{});
  }

  void reset() noexcept {
    mark::close();
    if (H old = std::exchange(held_, H{}); old != H{}) Close(old);
  }
  void reset(H given, place at = place::here()) {
    reset();
    held_ = given;
    note(at);
  }

private:
  void note(place at) {
    if (held_ != H{}) mark::open(at);
  }

  H held_{};
};

} // namespace SESSION_TIDY_MARKS
} // namespace session_tidy
