// Session classes as other houses name their methods; each forgets one rollback.
#include <exception>
#include <memory>
#include <string>

void logError(const std::string& what);

namespace legacy {

class DbSession {
public:
  virtual ~DbSession() = default;
  virtual void BeginTransaction() = 0;
  virtual void CommitTransaction() = 0;
  virtual void RollbackTransaction() = 0;
  virtual int Execute(const std::string& sql) = 0;
};

int Rename(DbSession& session, const std::string& name) {
  int rows = 0;
  session.BeginTransaction();
  try {
    rows = session.Execute("UPDATE users SET name = '" + name + "'");
    rows += session.Execute("UPDATE logins SET name = '" + name + "'");
    session.CommitTransaction();
  } catch (const std::exception& e) { // expect: session-missing-rollback
    logError(e.what());
    return -1;
  }
  return rows;
}

} // namespace legacy

namespace snake {

class pg_connection {
public:
  explicit pg_connection(const std::string& dsn);
  ~pg_connection();
  void begin_transaction();
  void commit_transaction();
  void rollback_transaction();
  void exec(const std::string& sql);
};

struct job_table {
  std::shared_ptr<pg_connection> connection;

  bool take(int id) {
    connection->begin_transaction();
    try {
      connection->exec("UPDATE jobs SET taken = 1 WHERE id = " + std::to_string(id));
      connection->exec("INSERT INTO takes VALUES(" + std::to_string(id) + ")");
      connection->commit_transaction();
      return true;
    } catch (...) { // expect: session-missing-rollback
      return false;
    }
  }
};

} // namespace snake

namespace modern {

class OrderSession {
public:
  explicit OrderSession(std::string dsn);
  void startTransaction();
  void commit();
  void rollback();
  void run(const std::string& sql);
};

void place(OrderSession& session, int order) {
  session.startTransaction(); // expect: session-missing-rollback
  session.run("INSERT INTO orders VALUES(" + std::to_string(order) + ")");
  session.run("UPDATE stock SET n = n - 1");
  session.commit();
}

} // namespace modern
