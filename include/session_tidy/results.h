// Which results may leave a transaction: values that stand on their own.
#pragma once

#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#if defined(__has_include) && __cplusplus >= 202002L
#if __has_include(<coroutine>)
#include <coroutine>
#endif
#if __has_include(<span>)
#include <span>
#endif
#endif

namespace session_tidy {

/// Whether what is returned looks into the session, or waits for it: statements, rows, views. Say
/// so of a type of your own:
///
///   template <> inline constexpr bool session_tidy::hangs_on_session<shop::Rows> = true;
template <class T>
inline constexpr bool hangs_on_session = false;

namespace detail {

/// The compiler's text for a type, in which the names of libraries' types are looked for: their
/// headers need not be there.
template <class T>
constexpr std::string_view name_of() {
  return __PRETTY_FUNCTION__;
}

template <class T>
constexpr bool is_named_like_dependent() {
  constexpr std::string_view dependents[] = {
      "soci::rowset<",         "soci::statement",   "soci::blob",
      "SQLite::Statement",     "SQLite::Column",    "Poco::Data::Statement",
      "Poco::Data::RecordSet", "pqxx::stream_from", "pqxx::icursorstream",
      "pqxx::pipeline",        "QSqlQuery",         "QSqlTableModel",
      "sqlite3_stmt",          "sqlite3_blob",      "MYSQL_STMT",
      "st_mysql_stmt"};
  for (const std::string_view dependent : dependents) {
    const std::size_t at = name_of<T>().find(dependent);
    if (at != std::string_view::npos && at > 0) {
      const char before = name_of<T>()[at - 1];
      const bool in_word = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') ||
                           before == '_' || before == ':';
      if (!in_word) return true;
    }
  }
  return false;
}

template <class T, class = void>
struct has_promise : std::false_type {};
template <class T>
struct has_promise<T, std::void_t<typename T::promise_type>> : std::true_type {};

template <class T, class = void>
struct can_be_awaited : std::false_type {};
template <class T>
struct can_be_awaited<T, std::void_t<decltype(std::declval<T&>().await_ready())>> : std::true_type {
};

#if defined(__cpp_impl_coroutine) && defined(__cpp_lib_coroutine)
template <class T, class = void>
struct has_traits_promise : std::false_type {};
template <class T>
struct has_traits_promise<T, std::void_t<typename std::coroutine_traits<T>::promise_type>>
    : std::true_type {};
template <class T, class = void>
struct has_await_operator : std::false_type {};
template <class T>
struct has_await_operator<T, std::void_t<decltype(operator co_await(std::declval<T>()))>>
    : std::true_type {};
template <class T>
constexpr bool is_coroutine = has_promise<T>::value || can_be_awaited<T>::value ||
                              has_traits_promise<T>::value || has_await_operator<T>::value;
#else
template <class T>
constexpr bool is_coroutine = has_promise<T>::value || can_be_awaited<T>::value;
#endif

/// std::future and its like: the work is still to be done, or being done elsewhere.
template <class T, class = void>
struct waits : std::false_type {};
template <class T>
struct waits<T, std::void_t<decltype(std::declval<T&>().wait()), decltype(std::declval<T&>().get()),
                            decltype(std::declval<T&>().valid())>> : std::true_type {};

template <class T>
struct is_view : std::bool_constant<std::is_pointer_v<T>> {};
template <class R, class... A>
struct is_view<R (*)(A...)> : std::false_type {};
template <class C, class T>
struct is_view<std::basic_string_view<C, T>> : std::true_type {};
#if defined(__cpp_lib_span)
template <class T, std::size_t N>
struct is_view<std::span<T, N>> : std::true_type {};
#endif

template <class T>
constexpr bool borrows();

/// Looks into containers, optionals, pairs: at their arguments. What an owner owns stays with it.
template <class T>
struct arguments_borrow : std::false_type {};
template <template <class...> class C, class... A>
struct arguments_borrow<C<A...>> : std::bool_constant<(borrows<A>() || ...)> {};

template <class T>
constexpr bool borrows() {
  using plain = std::remove_cv_t<T>;
  return std::is_reference_v<T> || is_view<plain>::value || hangs_on_session<plain> ||
         is_named_like_dependent<plain>() || arguments_borrow<plain>::value;
}

template <class S, class R>
constexpr void check_result() {
  static_assert(
      !is_coroutine<std::remove_cv_t<std::remove_reference_t<R>>>,
      "session_tidy: the callable is a coroutine, which goes on after the transaction's end");
  static_assert(!waits<std::remove_cv_t<std::remove_reference_t<R>>>::value,
                "session_tidy: the callable returns a future, which may be filled after the "
                "transaction's end");
  static_assert(!std::is_reference_v<R>,
                "session_tidy: the callable returns a reference, which may lead into the session: "
                "return a value");
  static_assert(!std::is_same_v<std::remove_cv_t<R>, S>,
                "session_tidy: the callable hands the session out of its transaction");
  static_assert(std::is_void_v<R> || std::is_reference_v<R> || !borrows<R>(),
                "session_tidy: the callable returns a pointer, a view, or something that hangs on "
                "the session: return a value that stands on its own");
}

} // namespace detail
} // namespace session_tidy
