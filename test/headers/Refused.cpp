// What does not compile, one case at a time (see the script `refused`): -DCASE=N picks the Nth line
// with a "refused:" comment, which says what the compiler's message has to contain.
#include "Refused.h"

struct Db {
  std::string name;
  void begin() {}
  void commit() {}
  void rollback() {}
};

struct Task {
#if __cplusplus >= 202002L
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
#else
  struct promise_type {};
#endif
};

struct Awaitable {
  bool await_ready() { return true; }
};

#if __cplusplus >= 202002L
template <class T>
struct Lazy {};
template <class T, class... A>
struct std::coroutine_traits<Lazy<T>, A...> {
  struct promise_type {};
};
#endif

struct Rows {};
template <>
inline constexpr bool session_tidy::hangs_on_session<Rows> = true;

namespace soci {
template <class T>
class rowset {};
} // namespace soci

/// Named like one of another library's.
namespace shop {
class QSqlQueryLog {};
} // namespace shop

using session_tidy::read_only;
using session_tidy::transactional;
using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

void cases(Db& db, sqlite3* raw) {
#if CASE == 0
  // All of these are right.
  (void)transactional(db, [](Db& s) { return s.name; });
  (void)transactional(db, [](Db&) { return std::vector<std::optional<std::string>>(); });
  (void)transactional(db, [](Db&) { return std::make_unique<Db>(); });
  (void)transactional(db, [](Db&) { return shop::QSqlQueryLog(); });
  (void)read_only(raw, [](auto) { return std::pair<int, double>(1, 2); });
  read_only(db, [](Db&) {});
#elif CASE == 1
  transactional(db, [](Db&) { return Task(); }); // refused: the callable is a coroutine
#elif CASE == 2
  transactional(db, [](Db&) { return Awaitable(); }); // refused: the callable is a coroutine
#elif CASE == 3
  transactional(db, [](Db& s) -> std::string& { return s.name; }); // refused: returns a reference
#elif CASE == 4
  transactional(db, [](Db& s) -> Db& { return s; }); // refused: returns a reference
#elif CASE == 5
  transactional(
      db, [](Db& s) { return std::string_view(s.name); }); // refused: returns a pointer, a view
#elif CASE == 6
  transactional(db, [](Db& s) { return s.name.c_str(); }); // refused: returns a pointer, a view
#elif CASE == 7
  transactional(db, [](Db&) {
    return std::vector<std::string_view>();
  }); // refused: returns a pointer, a view
#elif CASE == 8
  transactional(db, [](Db&) { return std::future<int>(); }); // refused: returns a future
#elif CASE == 9
  transactional(db, [](Db& s) { return s; }); // refused: hands the session out
#elif CASE == 10
  transactional(raw, [](sqlite3* s) { return s; }); // refused: hands the session out
#elif CASE == 11
  read_only(raw, [](sqlite3*) {
    return Statement(nullptr, sqlite3_finalize);
  }); // refused: something that hangs on the session
#elif CASE == 12
  read_only(db, [](Db&) { return Rows(); }); // refused: something that hangs on the session
#elif CASE == 13
  read_only(
      db, [](Db&) { return soci::rowset<int>(); }); // refused: something that hangs on the session
#elif CASE == 14
  transactional(db, [](int) {}); // refused: the callable has to take the session
#elif CASE == 15
  transactional([] { return new Db; }, [](Db&) {}); // refused: the factory returns a raw pointer
#elif CASE == 16
  session_tidy::scope work(1); // refused: neither a session nor a source of sessions
#elif CASE == 17
  new session_tidy::scope<Db>(db); // refused: delete
#elif CASE == 18
  session_tidy::scope work{Db()}; // refused: no matching
#elif CASE == 19 && __cplusplus < 202002L
  static_assert(CASE == 0, "skipped"); // refused: skipped
#elif CASE == 19
  transactional(db, [](Db&) { return Lazy<int>(); }); // refused: the callable is a coroutine
#elif CASE == 20 && __cplusplus >= 202002L
  read_only(db,
            [](Db& s) { return std::span<char>(s.name); }); // refused: returns a pointer, a view
#endif
  (void)db;
  (void)raw;
}
