// What scopes and handles tell the monitor. Without SESSION_TIDY_MONITOR, or with 0: nothing.
//
// The two settings give two types, so that a program that mixes them does not link rather than go
// wrong.
#pragma once

#include <session_tidy/place.h>

#if defined(SESSION_TIDY_MONITOR) && SESSION_TIDY_MONITOR
#include <session_tidy/monitor.h>
#define SESSION_TIDY_MARKS monitored

namespace session_tidy {
inline namespace SESSION_TIDY_MARKS {
namespace parts {

class session_mark {
public:
  void open(place at) { ticket_ = monitor::global().open(monitor::what::session, at); }
  void close() noexcept { ticket_.close(); }

private:
  monitor::ticket ticket_;
};

class transaction_mark {
public:
  void begin(place at) { ticket_ = monitor::global().open(monitor::what::transaction, at); }
  void committed() noexcept { ticket_.close(monitor::ending::committed); }
  void rolled_back() noexcept { ticket_.close(monitor::ending::rolled_back); }
  /// Rolled back by the guard's end, with no exception passing.
  void abandoned() noexcept { ticket_.close(monitor::ending::abandoned); }

private:
  monitor::ticket ticket_;
};

} // namespace parts
} // namespace SESSION_TIDY_MARKS
} // namespace session_tidy

#else
#define SESSION_TIDY_MARKS unmonitored

namespace session_tidy {
inline namespace SESSION_TIDY_MARKS {
namespace parts {

struct session_mark {
  void open(place) noexcept {}
  void close() noexcept {}
};

struct transaction_mark {
  void begin(place) noexcept {}
  void committed() noexcept {}
  void rolled_back() noexcept {}
  void abandoned() noexcept {}
};

} // namespace parts
} // namespace SESSION_TIDY_MARKS
} // namespace session_tidy
#endif

namespace session_tidy {
inline namespace SESSION_TIDY_MARKS {

/// Beside a session in a class of one's own: the monitor knows of it while it lives. Moves with its
/// owner.
class live_session : private parts::session_mark {
public:
  explicit live_session(place at = place::here()) { open(at); }
  live_session(live_session&&) noexcept = default;
  live_session& operator=(live_session&&) noexcept = default;
  using parts::session_mark::close;
};

/// The same for a transaction that is begun and ended by hand.
class live_transaction : private parts::transaction_mark {
public:
  explicit live_transaction(place at = place::here()) { begin(at); }
  live_transaction(live_transaction&&) noexcept = default;
  live_transaction& operator=(live_transaction&&) noexcept = default;
  using parts::transaction_mark::abandoned;
  using parts::transaction_mark::committed;
  using parts::transaction_mark::rolled_back;
};

} // namespace SESSION_TIDY_MARKS
} // namespace session_tidy
