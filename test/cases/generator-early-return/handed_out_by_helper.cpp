// A session that a helper hands out of a generator that commits: one defect, one finding.
// library: soci
#include <soci/soci.h>

#include <coroutine>

template <class T> struct Generator {
  struct promise_type {
    Generator get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(T& value) noexcept;
    void return_void();
    void unhandled_exception();
  };
  struct End {};
  struct Iterator {
    T& operator*() const;
    Iterator& operator++();
    bool operator==(End) const;
  };
  Iterator begin();
  End end();
  ~Generator();
};

Generator<soci::session> transactions(soci::connection_pool& pool) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  co_yield sql;
  tr.commit();
}

soci::session* take(soci::connection_pool& pool) {
  for (soci::session& sql : transactions(pool))
    return &sql; // expect: session-generator-early-return "handed out of its loop"
  return nullptr;
}

void finish(soci::connection_pool& pool, int task) {
  soci::session* sql = take(pool);
  *sql << "UPDATE task SET state = 'done' WHERE id = :i", soci::use(task);
}

bool isDone(soci::connection_pool& pool, int task) {
  for (soci::session& sql : transactions(pool)) {
    sql << "UPDATE task SET asked = asked + 1 WHERE id = :i", soci::use(task);
    return true; // expect: session-generator-early-return "left here before"
  }
  return false;
}

void finishUnlessDone(soci::connection_pool& pool, int task) {
  if (!isDone(pool, task)) finish(pool, task);
}
