// Sessions of SOCI used to their end and not beyond.
// library: soci
#include <soci/soci.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Task {
  int id = 0;
  std::string name;
};

void logError(const std::string& what);

// Opened again.
int drain(const std::string& dsn, const std::string& archive) {
  soci::session sql(dsn);
  int n = 0;
  sql << "SELECT count(*) FROM tasks", soci::into(n);
  sql.close();
  sql.open(archive);
  int old = 0;
  sql << "SELECT count(*) FROM tasks", soci::into(old);
  return n + old;
}

// Closed only where it returns.
bool enqueue(const std::string& dsn, const Task& task) {
  soci::session sql(dsn);
  if (task.name.empty()) {
    sql.close();
    return false;
  }
  sql << "INSERT INTO tasks(id, name) VALUES(:i, :n)", soci::use(task.id), soci::use(task.name);
  sql.close();
  return true;
}

// The end of a transaction is not the end of its session.
int finish(soci::session& sql, int task) {
  {
    soci::transaction tr(sql);
    sql << "UPDATE tasks SET state = 2 WHERE id = :i", soci::use(task);
    tr.commit();
  }
  int left = 0;
  sql << "SELECT count(*) FROM tasks WHERE state < 2", soci::into(left);
  return left;
}

// Asked after the close whether it is open, which one may.
void ensure(soci::session& sql, const std::string& dsn, bool fresh) {
  if (fresh)
    sql.close();
  if (!sql.is_connected())
    sql.open(dsn);
  sql << "DELETE FROM locks";
}

// The values come along, the session does not.
std::vector<Task> tasks(const std::string& dsn) {
  std::vector<Task> all;
  soci::session sql(dsn);
  const soci::rowset<soci::row> rows = (sql.prepare << "SELECT id, name FROM tasks");
  for (const soci::row& row : rows)
    all.push_back({row.get<int>(0), row.get<std::string>(1)});
  return all;
}

// The pointer gets another session before its next use.
int countBoth(const std::string& first, soci::session& second) {
  int n = 0;
  int m = 0;
  soci::session* sql = nullptr;
  {
    soci::session own(first);
    sql = &own;
    *sql << "SELECT count(*) FROM tasks", soci::into(n);
  }
  sql = &second;
  *sql << "SELECT count(*) FROM tasks", soci::into(m);
  return n + m;
}

// A lambda that is called here and nowhere else.
int waiting(const std::string& dsn) {
  soci::session sql(dsn);
  const auto count = [&sql](int state) {
    int n = 0;
    sql << "SELECT count(*) FROM tasks WHERE state = :s", soci::into(n), soci::use(state);
    return n;
  };
  return count(0) + count(1);
}

// The function returned keeps the session alive.
std::function<int()> counter(const std::string& dsn) {
  auto sql = std::make_shared<soci::session>(dsn);
  return [sql] {
    int n = 0;
    *sql << "SELECT count(*) FROM tasks", soci::into(n);
    return n;
  };
}

// Moved away, then filled again.
void rotate(std::vector<std::unique_ptr<soci::session>>& retired, std::unique_ptr<soci::session>& current,
            const std::string& dsn) {
  retired.push_back(std::move(current));
  current = std::make_unique<soci::session>(dsn);
  *current << "DELETE FROM locks";
}

// Leased anew for the second part.
int claim(soci::connection_pool& pool) {
  int id = 0;
  {
    soci::session sql(pool);
    sql << "SELECT min(id) FROM tasks", soci::into(id);
  }
  soci::session sql(pool);
  sql << "UPDATE tasks SET state = 1 WHERE id = :i", soci::use(id);
  return id;
}

// Closed under a flag, used under its opposite.
void report(const std::string& dsn, bool brief) {
  soci::session sql(dsn);
  int n = 0;
  sql << "SELECT count(*) FROM tasks", soci::into(n);
  if (brief)
    sql.close();
  logError(std::to_string(n));
  if (!brief) {
    int oldest = 0;
    sql << "SELECT min(id) FROM tasks", soci::into(oldest);
    logError(std::to_string(oldest));
  }
}

// Each round opens what the one before has closed.
void visit(const std::vector<std::string>& shards) {
  soci::session sql;
  for (const std::string& shard : shards) {
    sql.open(shard);
    sql << "DELETE FROM locks";
    sql.close();
  }
}

// The member is as long-lived as the pointer that leaves.
class Store {
public:
  explicit Store(const std::string& dsn) : sql_(dsn) {}
  soci::session* session() { return &sql_; }

private:
  soci::session sql_;
};
