// Transactions that end in every case: scope, transaction, read_scope; transactional() and
// read_only() (transactional.h); an owner for C handles (handle.h). C++17, nothing but the standard
// library. docs/companion-headers.md shows them at work.
#pragma once

#include <session_tidy/handle.h>
#include <session_tidy/traits.h>

#include <cstddef>
#include <exception>

namespace session_tidy {
inline namespace SESSION_TIDY_MARKS {
namespace parts {

struct to_write {
  template <class S>
  static decltype(auto) begin(S& session) {
    return detail::begin(session);
  }
};
struct to_read {
  template <class S>
  static decltype(auto) begin(S& session) {
    return detail::begin_read(session);
  }
};

/// A session, borrowed or taken from its source, and the transaction on it.
template <class Source, class Begin>
class unit : session_mark, transaction_mark {
public:
  using lease = detail::lease_of<Source>;
  using session_type = detail::session_of<Source>;
  using transaction_type = decltype(Begin::begin(std::declval<session_type&>()));
  static constexpr bool in_object = !std::is_same_v<transaction_type, detail::in_session>;
  /// What to work with: the session, or the transaction where that is an object.
  using work_type = std::conditional_t<in_object, transaction_type, session_type>;

  unit(const unit&) = delete;
  unit& operator=(const unit&) = delete;
  // A guard on the heap has no scope.
  static void* operator new(std::size_t) = delete;
  static void* operator new[](std::size_t) = delete;

  work_type& operator*() noexcept {
    if constexpr (in_object)
      return transaction_;
    else
      return lease_.session();
  }
  work_type* operator->() noexcept { return std::addressof(**this); }
  session_type& session() noexcept { return lease_.session(); }

  /// Whether the transaction has still to end.
  [[nodiscard]] bool is_open() const noexcept { return open_; }

  /// Rolls back now.
  void rollback() {
    require_open("rollback");
    open_ = false;
    transaction_mark::rolled_back();
    detail::rollback(lease_.session(), transaction_);
  }

protected:
  unit(typename source_traits<Source>::argument source, place at)
      : lease_(source), transaction_(Begin::begin(lease_.session())) {
    if constexpr (detail::leases<Source>) session_mark::open(at);
    transaction_mark::begin(at);
  }
  ~unit() = default;

  void commit() {
    require_open("commit");
    try {
      detail::commit(lease_.session(), transaction_);
    } catch (...) {
      roll_back_quietly(); // a failed commit may leave the transaction open
      throw;
    }
    open_ = false;
    transaction_mark::committed();
  }

  void roll_back_quietly() noexcept {
    if (!open_) return;
    open_ = false;
    transaction_mark::rolled_back();
    try {
      detail::rollback(lease_.session(), transaction_);
    } catch (...) { // the connection is gone, and the transaction with it
    }
  }

  /// How many exceptions were on their way when the scope began: in a destructor, there may be
  /// some.
  [[nodiscard]] int exceptions_before() const noexcept { return before_; }
  /// Rolls back at the guard's end.
  void abandon() noexcept {
    if (open_ && std::uncaught_exceptions() <= before_) transaction_mark::abandoned();
    roll_back_quietly();
  }

private:
  void require_open(const char* what) const {
    if (!open_) throw std::logic_error(std::string(what) + ": the transaction has ended already");
  }

  lease lease_;
  transaction_type transaction_;
  int before_ = std::uncaught_exceptions();
  bool open_ = true;
};

} // namespace parts

/// A unit of work: begins here, commits where the block ends in the normal way, which a `return` in
/// its middle is as well, and rolls back when an exception leaves it.
///
/// When the commit at the end fails, the destructor rolls back and throws the commit's exception;
/// it never does so while another one is on its way. Only for local variables, and not in
/// coroutines: one that is destroyed where it waits ends in the normal way.
template <class S>
class scope : public parts::unit<S, parts::to_write> {
  using base = parts::unit<S, parts::to_write>;

public:
  [[nodiscard]] explicit scope(typename source_traits<S>::argument source, place at = place::here())
      : base(source, at) {}
  ~scope() noexcept(false) {
    if (!this->is_open()) return;
    if (std::uncaught_exceptions() > this->exceptions_before())
      this->roll_back_quietly();
    else
      base::commit();
  }

  /// Commits now. Throws when that fails, and has rolled back then.
  void commit() { base::commit(); }
};

/// A unit of work that only commit() makes last: every other way out rolls back.
template <class S>
class transaction : public parts::unit<S, parts::to_write> {
  using base = parts::unit<S, parts::to_write>;

public:
  [[nodiscard]] explicit transaction(typename source_traits<S>::argument source,
                                     place at = place::here())
      : base(source, at) {}
  ~transaction() { this->abandon(); }

  /// Commits now. Throws when that fails, and has rolled back then.
  void commit() { base::commit(); }
};

/// Reads in one transaction and never commits: what was written all the same is rolled back.
template <class S>
class read_scope : public parts::unit<S, parts::to_read> {
  using base = parts::unit<S, parts::to_read>;

public:
  [[nodiscard]] explicit read_scope(typename source_traits<S>::argument source,
                                    place at = place::here())
      : base(source, at) {}
  ~read_scope() { this->roll_back_quietly(); }
};

template <class S>
scope(S&&) -> scope<std::remove_cv_t<std::remove_reference_t<S>>>;
template <class S>
scope(S&&, place) -> scope<std::remove_cv_t<std::remove_reference_t<S>>>;
template <class S>
transaction(S&&) -> transaction<std::remove_cv_t<std::remove_reference_t<S>>>;
template <class S>
transaction(S&&, place) -> transaction<std::remove_cv_t<std::remove_reference_t<S>>>;
template <class S>
read_scope(S&&) -> read_scope<std::remove_cv_t<std::remove_reference_t<S>>>;
template <class S>
read_scope(S&&, place) -> read_scope<std::remove_cv_t<std::remove_reference_t<S>>>;

} // namespace SESSION_TIDY_MARKS
} // namespace session_tidy

#include <session_tidy/transactional.h>
