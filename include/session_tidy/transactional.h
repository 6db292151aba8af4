// transactional(source, f) and read_only(source, f): a callable as a unit of work.
#pragma once

#include <session_tidy/results.h>
#include <session_tidy/scope.h>

namespace session_tidy {
inline namespace SESSION_TIDY_MARKS {
namespace parts {

template <class S>
void finish(transaction<S>& unit) {
  unit.commit();
}
template <class S>
void finish(read_scope<S>& /*unit*/) {}

template <class Unit, class Source, class F>
auto run(Source& source, F&& f, place at) {
  using work = typename Unit::work_type&;
  static_assert(std::is_invocable_v<F, work>,
                "session_tidy: the callable has to take the session (libpqxx: the transaction)");
  using result = std::invoke_result_t<F, work>;
  detail::check_result<typename Unit::session_type, result>();
  Unit unit(source, at);
  if constexpr (std::is_void_v<result>) {
    std::forward<F>(f)(*unit);
    finish(unit);
  } else {
    std::remove_cv_t<result> value = std::forward<F>(f)(*unit);
    finish(unit);
    return value;
  }
}

} // namespace parts

/// Runs `f(session)` in a transaction: commits when it returns, rolls back when it throws, and
/// passes on what it returned, or threw. With libpqxx `f` gets the transaction. What a commit
/// throws comes out as well; the result is gone then.
template <class Source, class F>
auto transactional(Source&& source, F&& f, place at = place::here()) {
  using plain = std::remove_cv_t<std::remove_reference_t<Source>>;
  return parts::run<transaction<plain>>(source, std::forward<F>(f), at);
}

/// The same, to read: never commits.
template <class Source, class F>
auto read_only(Source&& source, F&& f, place at = place::here()) {
  using plain = std::remove_cv_t<std::remove_reference_t<Source>>;
  return parts::run<read_scope<plain>>(source, std::forward<F>(f), at);
}

} // namespace SESSION_TIDY_MARKS
} // namespace session_tidy
