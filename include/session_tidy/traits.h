// What scope.h asks of a session and of what sessions come from. Specialise session_traits for a
// class that the shapes of shapes.h do not fit, source_traits for a pool of your own:
//
//   template <> struct session_tidy::session_traits<shop::Db> {
//     static void begin(shop::Db& db) { db.takeNote(); }      // what fails, throws
//     static void commit(shop::Db& db) { db.engrave(); }
//     static void rollback(shop::Db& db) { db.forget(); }
//   };
//
// Where a transaction is an object, `begin` returns it, and `commit` and `rollback` take it as
// their second argument; the scope holds it and hands it out in place of the session (see pqxx.h).
// `begin_read`, if there is one, begins what only reads; `static constexpr bool is_handle = true`
// says that a copy means the same session.
#pragma once

#include <session_tidy/shapes.h>

namespace session_tidy {

template <class S, class = void>
struct session_traits : decltype(detail::shape_of<S>()) {};

namespace detail {

template <class S, class = void>
struct is_session : std::false_type {};
template <class S>
struct is_session<S, std::void_t<decltype(session_traits<S>::begin(std::declval<S&>()))>>
    : std::true_type {};

template <class S, class = void>
struct is_handle : std::false_type {};
template <class S>
struct is_handle<S, std::enable_if_t<session_traits<S>::is_handle>> : std::true_type {};

template <class S, class = void>
struct begins_to_read : std::false_type {};
template <class S>
struct begins_to_read<S, std::void_t<decltype(session_traits<S>::begin_read(std::declval<S&>()))>>
    : std::true_type {};

/// In place of a transaction object, where the session itself is in the transaction.
struct in_session {};

template <class S>
decltype(auto) begin(S& session) {
  if constexpr (std::is_void_v<decltype(session_traits<S>::begin(session))>) {
    session_traits<S>::begin(session);
    return in_session{};
  } else {
    return session_traits<S>::begin(session);
  }
}

template <class S>
decltype(auto) begin_read(S& session) {
  if constexpr (!begins_to_read<S>::value) {
    return begin(session);
  } else if constexpr (std::is_void_v<decltype(session_traits<S>::begin_read(session))>) {
    session_traits<S>::begin_read(session);
    return in_session{};
  } else {
    return session_traits<S>::begin_read(session);
  }
}

template <class S, class T>
void commit(S& session, T& transaction) {
  if constexpr (std::is_same_v<T, in_session>)
    session_traits<S>::commit(session);
  else
    session_traits<S>::commit(session, transaction);
}

template <class S, class T>
void rollback(S& session, T& transaction) {
  if constexpr (std::is_same_v<T, in_session>)
    session_traits<S>::rollback(session);
  else
    session_traits<S>::rollback(session, transaction);
}

// ---- leases: how a scope holds a session

template <class Argument, class Lease>
struct source {
  using argument = Argument;
  using lease = Lease;
};

template <class S>
class borrowed {
public:
  explicit borrowed(S& session) : session_(session) {}
  S& session() { return session_; }

private:
  S& session_;
};

template <class S>
class copied {
public:
  explicit copied(const S& session) : session_(session) {}
  S& session() { return session_; }

private:
  S session_;
};

/// A pool as SOCI's: a place is leased, and the session stands there.
template <class P>
class leased_place {
public:
  explicit leased_place(P& pool) : pool_(pool), place_(pool.lease()) {}
  leased_place(const leased_place&) = delete;
  leased_place& operator=(const leased_place&) = delete;
  ~leased_place() { pool_.give_back(place_); }
  auto& session() { return pool_.at(place_); }

private:
  P& pool_;
  decltype(std::declval<P&>().lease()) place_;
};

/// A pool as Poco's: what get() returns goes back when its last copy dies.
template <class P>
class taken_value {
public:
  explicit taken_value(P& pool) : session_(pool.get()) {}
  auto& session() { return session_; }

private:
  decltype(std::declval<P&>().get()) session_;
};

// A factory returns a session, an owner of one, or an owner of a handle.

template <class F>
class made_value {
public:
  explicit made_value(const F& factory) : session_(factory()) {}
  auto& session() { return session_; }

private:
  decltype(std::declval<const F&>()()) session_;
};

template <class F>
class made_owner {
public:
  explicit made_owner(const F& factory) : owner_(factory()) {}
  auto& session() { return *owner_; }

private:
  decltype(std::declval<const F&>()()) owner_;
};

template <class F>
class made_handle {
public:
  explicit made_handle(const F& factory) : owner_(factory()), handle_(owner_.get()) {}
  auto& session() { return handle_; }

private:
  decltype(std::declval<const F&>()()) owner_;
  decltype(std::declval<const F&>()().get()) handle_;
};

template <class T, class = void>
struct points_to_session : std::false_type {};
template <class T>
struct points_to_session<T, std::void_t<decltype(*std::declval<T&>())>>
    : std::bool_constant<
          !std::is_pointer_v<T> &&
          is_session<std::remove_reference_t<decltype(*std::declval<T&>())>>::value> {};

template <class T, class = void>
struct holds_handle : std::false_type {};
template <class T>
struct holds_handle<T, std::void_t<decltype(std::declval<T&>().get())>>
    : is_session<std::decay_t<decltype(std::declval<T&>().get())>> {};

template <class P, class = void>
struct leases_places : std::false_type {};
template <class P>
struct leases_places<
    P, std::void_t<decltype(std::declval<P&>().give_back(std::declval<P&>().lease()))>>
    : is_session<
          std::remove_reference_t<decltype(std::declval<P&>().at(std::declval<P&>().lease()))>> {};

template <class P, class = void>
struct gives_value : std::false_type {};
template <class P>
struct gives_value<P, std::void_t<decltype(std::declval<P&>().get())>>
    : is_session<decltype(std::declval<P&>().get())> {};

template <class F, class = void>
struct factory {
  static_assert(
      !std::is_same_v<F, F>,
      "neither a session nor a source of sessions: specialise session_tidy::session_traits "
      "or session_tidy::source_traits for it");
};
template <class F>
struct factory<F, std::void_t<decltype(std::declval<const F&>()())>> {
  using product = decltype(std::declval<const F&>()());
  static_assert(!std::is_pointer_v<product>,
                "the factory returns a raw pointer, which nobody closes: return an owner, such as "
                "session_tidy::handle or std::unique_ptr");
  static_assert(!std::is_reference_v<product>, "the factory returns somebody else's session");
  using argument = const F&;
  using lease = std::conditional_t<
      holds_handle<product>::value, made_handle<F>,
      std::conditional_t<points_to_session<product>::value, made_owner<F>, made_value<F>>>;
};

template <class P>
constexpr auto source_of() {
  if constexpr (is_session<P>::value && is_handle<P>::value)
    return source<const P&, copied<P>>{};
  else if constexpr (is_session<P>::value)
    return source<P&, borrowed<P>>{};
  else if constexpr (leases_places<P>::value)
    return source<P&, leased_place<P>>{};
  else if constexpr (gives_value<P>::value)
    return source<P&, taken_value<P>>{};
  else
    return factory<P>{};
}

} // namespace detail

/// Where sessions come from: `argument` is how a scope takes the source, `lease` an object made
/// from it that has the session, as `session()`, and gives it back when it dies. A session is the
/// source of itself.
template <class P, class = void>
struct source_traits : decltype(detail::source_of<P>()) {};

namespace detail {

template <class P>
using lease_of = typename source_traits<P>::lease;
template <class P>
using session_of = std::remove_reference_t<decltype(std::declval<lease_of<P>&>().session())>;
/// Whether the lease opened what it has, or took it from a pool.
template <class P>
constexpr bool leases = !is_session<P>::value;

} // namespace detail
} // namespace session_tidy
