// Sessions of SOCI used after their end.
// library: soci
#include <soci/soci.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

struct Task {
  int id = 0;
  std::string name;
};

// Closed, then asked once more.
int drain(const std::string& dsn) {
  soci::session sql(dsn);
  int n = 0;
  sql << "SELECT count(*) FROM tasks", soci::into(n);
  sql.close();
  if (n > 100)
    sql << "DELETE FROM tasks"; // expect: session-use-after-scope
  return n;
}

// The pointer outlives the session of the inner block.
void enqueue(const std::string& dsn, const Task& task) {
  soci::session* last = nullptr;
  if (!task.name.empty()) {
    soci::session sql(dsn);
    sql << "INSERT INTO tasks(id, name) VALUES(:i, :n)", soci::use(task.id), soci::use(task.name);
    last = &sql;
  }
  if (last != nullptr)
    *last << "UPDATE counters SET n = n + 1"; // expect: session-use-after-scope
}

// The lease is back in the pool, another thread may have it.
int claim(soci::connection_pool& pool) {
  const std::size_t pos = pool.lease();
  soci::session& sql = pool.at(pos);
  int id = 0;
  try {
    sql << "SELECT min(id) FROM tasks", soci::into(id);
  } catch (...) {
    pool.give_back(pos);
    throw;
  }
  pool.give_back(pos);
  sql << "UPDATE tasks SET state = 1 WHERE id = :i", soci::use(id); // expect: session-use-after-scope
  return id;
}

// The owner let go, the pointer did not.
void archive(const std::string& dsn, int before) {
  auto owner = std::make_unique<soci::session>(dsn);
  soci::session* sql = owner.get();
  *sql << "INSERT INTO archive SELECT * FROM tasks WHERE id < :b", soci::use(before);
  owner.reset();
  *sql << "DELETE FROM tasks WHERE id < :b", soci::use(before); // expect: session-use-after-scope
}

// Kept for later, when the session is gone.
class Scheduler {
public:
  void prepare(const std::string& dsn) {
    soci::session sql(dsn);
    sql << "DELETE FROM locks";
    current_ = &sql; // expect: session-use-after-scope
  }

  int waiting() {
    int n = 0;
    *current_ << "SELECT count(*) FROM tasks", soci::into(n);
    return n;
  }

private:
  soci::session* current_ = nullptr;
};

// The function returned is to use what dies here.
std::function<int()> counter(const std::string& dsn) {
  soci::session sql(dsn);
  sql << "DELETE FROM tasks WHERE name = ''";
  return [&sql] { // expect: session-use-after-scope
    int n = 0;
    sql << "SELECT count(*) FROM tasks", soci::into(n);
    return n;
  };
}

// Closed at the end of a round, used in the next one.
void each(const std::string& dsn, const std::vector<Task>& tasks) {
  soci::session sql(dsn);
  for (const Task& task : tasks) {
    sql << "UPDATE tasks SET name = :n WHERE id = :i", soci::use(task.name), soci::use(task.id); // expect: session-use-after-scope
    sql.close();
  }
}

// Rows that are fetched later, from a session that has gone back to its pool.
soci::rowset<soci::row> openTasks(soci::connection_pool& pool) {
  soci::session sql(pool);
  soci::rowset<soci::row> rows = (sql.prepare << "SELECT id, name FROM tasks WHERE state = 'open'");
  return rows; // expect: session-use-after-scope
}
