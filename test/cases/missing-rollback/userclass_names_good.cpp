// Session classes as other houses name their methods, used well; and classes that only sound like sessions.
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

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
  } catch (const std::exception& e) {
    logError(e.what());
    session.RollbackTransaction();
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

class unit_of_work {
public:
  explicit unit_of_work(std::shared_ptr<pg_connection> connection) : connection_(std::move(connection)) {
    connection_->begin_transaction();
  }
  unit_of_work(const unit_of_work&) = delete;
  ~unit_of_work() {
    if (done_)
      return;
    try {
      connection_->rollback_transaction();
    } catch (const std::exception& e) {
      logError(e.what());
    }
  }
  void complete() {
    connection_->commit_transaction();
    done_ = true;
  }

private:
  std::shared_ptr<pg_connection> connection_;
  bool done_ = false;
};

bool take(const std::shared_ptr<pg_connection>& connection, int id) {
  try {
    unit_of_work unit(connection);
    connection->exec("UPDATE jobs SET taken = 1 WHERE id = " + std::to_string(id));
    unit.complete();
    return true;
  } catch (const std::exception& e) {
    logError(e.what());
    return false;
  }
}

} // namespace snake

namespace web {

// A user's visit; nothing begins and nothing commits.
class UserSession {
public:
  explicit UserSession(std::string user) : user_(std::move(user)) {}
  void begin() { started_ = true; }
  [[nodiscard]] const std::string& user() const { return user_; }

private:
  std::string user_;
  bool started_ = false;
};

std::string login(const std::string& user) {
  UserSession session(user);
  session.begin();
  try {
    if (session.user().empty())
      throw std::invalid_argument("no user");
  } catch (const std::exception& e) {
    logError(e.what());
  }
  return session.user();
}

// A vector's begin and an editor's commit.
class TextEditor {
public:
  void begin() { stack_.push_back(text_); }
  void commit() { stack_.pop_back(); }
  void rollback() {
    text_ = stack_.back();
    stack_.pop_back();
  }
  void type(const std::string& more) {
    if (more.size() > 80)
      throw std::length_error("line too long");
    text_ += more;
  }

private:
  std::string text_;
  std::vector<std::string> stack_;
};

bool insertLine(TextEditor& editor, const std::string& line) {
  editor.begin();
  try {
    editor.type(line);
    editor.commit();
  } catch (const std::length_error& e) {
    logError(e.what());
    return false;
  }
  return true;
}

} // namespace web
