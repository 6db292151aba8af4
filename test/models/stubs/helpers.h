// Owners, scope guards and threads of general libraries, after their documentation: as much of each
// as it takes to hold a session, to run what ends it, or to carry it elsewhere.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>

namespace any {
class Rows;

/// Known by a model of the test's own.
class Session {
public:
  Session();
  Session(const Session&);
  ~Session();
  void begin();
  void commit();
  void rollback();
  Rows query();
};

class Rows {
public:
  Rows(const Rows&);
  ~Rows();
  template <class T>
  T text();
  void next();
};
} // namespace any

/// A class template of one parameter that is used like a pointer to it.
#define SESSION_OWNER(name)                                                                        \
  template <class T>                                                                               \
  class name {                                                                                     \
  public:                                                                                          \
    name();                                                                                        \
    explicit name(T*);                                                                             \
    name(const name&);                                                                             \
    ~name();                                                                                       \
    T* operator->() const;                                                                         \
    T& operator*() const;                                                                          \
  };

/// A class template that runs what it is given at its end.
#define SCOPE_GUARD(name)                                                                          \
  template <class F>                                                                               \
  class name {                                                                                     \
  public:                                                                                          \
    explicit name(F) {}                                                                              \
    name(name&&);                                                                                  \
    ~name();                                                                                       \
  };

/// A class of which only the name counts.
#define PLAIN_CLASS(name)                                                                          \
  class name {                                                                                     \
  public:                                                                                          \
    name();                                                                                        \
    name(const name&);                                                                             \
    ~name();                                                                                       \
  };

/// A class that runs what it is given on a thread of its own.
#define THREAD_CLASS(name)                                                                         \
  class name {                                                                                     \
  public:                                                                                          \
    template <class F>                                                                             \
    explicit name(F) {}                                                                              \
    name(name&&);                                                                                  \
    ~name();                                                                                       \
    void join();                                                                                   \
    void detach();                                                                                 \
  };

/// A function that runs what it is given elsewhere.
#define SPAWNER(name)                                                                              \
  template <class F>                                                                               \
  void name(F) {}

/// What can be waited for.
#define FUTURE_CLASS(name)                                                                         \
  template <class T>                                                                               \
  class name {                                                                                     \
  public:                                                                                          \
    name();                                                                                        \
    name(std::future<T>&&);                                                                        \
    ~name();                                                                                       \
    T get();                                                                                       \
    void wait();                                                                                   \
  };

/// A function object of any kind.
#define CALLABLE(name)                                                                             \
  template <class S>                                                                               \
  class name;                                                                                      \
  template <class R, class... A>                                                                   \
  class name<R(A...)> {                                                                            \
  public:                                                                                          \
    name();                                                                                        \
    template <class F>                                                                             \
    name(F) {}                                                                                       \
    ~name();                                                                                       \
    R operator()(A...) const;                                                                      \
  };

namespace std::experimental {
SESSION_OWNER(optional)
}
namespace boost {
SESSION_OWNER(scoped_ptr)
}
namespace boost {
SESSION_OWNER(optional)
}
namespace boost::movelib {
SESSION_OWNER(unique_ptr)
}
SESSION_OWNER(QScopedPointer)
namespace absl {
SESSION_OWNER(optional)
}
namespace tl {
SESSION_OWNER(optional)
}
namespace boost {
SESSION_OWNER(shared_ptr)
}
namespace boost {
SESSION_OWNER(weak_ptr)
}
namespace boost {
SESSION_OWNER(intrusive_ptr)
}
SESSION_OWNER(QSharedPointer)
SESSION_OWNER(QWeakPointer)
namespace Poco {
SESSION_OWNER(SharedPtr)
}
namespace Poco {
SESSION_OWNER(AutoPtr)
}
namespace std::experimental {
SESSION_OWNER(observer_ptr)
}
namespace gsl {
SESSION_OWNER(not_null)
}
SESSION_OWNER(QPointer)
namespace std {
CALLABLE(move_only_function)
}
namespace boost {
CALLABLE(function)
}
PLAIN_CLASS(QString)
namespace absl {
PLAIN_CLASS(string_view)
}
PLAIN_CLASS(QStringView)
PLAIN_CLASS(QByteArrayView)
PLAIN_CLASS(QLatin1String)
namespace gsl {
SCOPE_GUARD(final_action)
}
namespace gsl {
SCOPE_GUARD(final_act)
}
namespace absl {
SCOPE_GUARD(Cleanup)
}
namespace absl::cleanup_internal {
SCOPE_GUARD(Cleanup)
}
SCOPE_GUARD(QScopeGuard)
namespace std::experimental {
SCOPE_GUARD(scope_exit)
}
namespace boost::scope {
SCOPE_GUARD(scope_exit)
}
namespace boost::scope {
SCOPE_GUARD(defer_guard)
}
namespace folly::detail {
SCOPE_GUARD(ScopeGuardImpl)
}
namespace sg::detail {
SCOPE_GUARD(scope_guard)
}
namespace boost::scope_exit::aux {
struct guard {
  template <class F>
  guard& operator=(F) { return *this; }
  ~guard();
};
} // namespace boost::scope_exit::aux
namespace boost {
THREAD_CLASS(thread)
}
namespace boost {
THREAD_CLASS(scoped_thread)
}
namespace boost {
FUTURE_CLASS(future)
}
FUTURE_CLASS(QFuture)
namespace boost {
SPAWNER(async)
}
namespace boost::asio {
SPAWNER(post)
}
namespace boost::asio {
SPAWNER(dispatch)
}
namespace boost::asio {
SPAWNER(defer)
}
namespace boost::asio {
SPAWNER(co_spawn)
}
namespace asio {
SPAWNER(post)
}
namespace asio {
SPAWNER(dispatch)
}
namespace asio {
SPAWNER(defer)
}
namespace asio {
SPAWNER(co_spawn)
}
namespace QtConcurrent {
SPAWNER(run)
}
struct QTimer {
  template <class F>
  static void singleShot(F) {}
};
struct QThreadPool {
  template <class F>
  static void start(F) {}
};
struct QThread {
  template <class F>
  static void create(F) {}
};
struct QMetaObject {
  template <class F>
  static void invokeMethod(F) {}
};
namespace Poco {
struct ThreadPool {
  template <class F>
  static void start(F) {}
};
} // namespace Poco
namespace tbb {
struct task_group {
  template <class F>
  static void run(F) {}
};
} // namespace tbb
namespace rocksdb {
PLAIN_CLASS(Slice)
}
namespace leveldb {
PLAIN_CLASS(Slice)
}
