#include "session.h"

#include <sqlite3.h>

#include <deque>
#include <stdexcept>

namespace backup {

namespace {

std::string& databaseFile() {
  static std::string file;
  return file;
}

/// Sessions of requests. An object costs little and stays; its connection is what counts.
std::deque<Session>& requestSessions() {
  static std::deque<Session> sessions;
  return sessions;
}

/// A request's hold on its session: the `finally: db.close()` of getDb().
class RequestSession {
public:
  RequestSession() : session_(requestSessions().emplace_back(databaseFile())) {}
  ~RequestSession() { session_.close(); }
  RequestSession(const RequestSession&) = delete;
  RequestSession& operator=(const RequestSession&) = delete;
  Session& operator*() const { return session_; }

private:
  Session& session_;
};

} // namespace

void useDatabase(const std::string& file) {
  databaseFile() = file;
}

field::Generator<Session> getDb() {
  const RequestSession request;
  co_yield *request;
}

Session* openSession() {
  return new Session(databaseFile());
}

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "''" : std::string(1, c);
  return result + "'";
}

Session::Session(std::string file) : file_(std::move(file)) {}

Session::~Session() {
  close();
}

void Session::begin() {
  exec("BEGIN");
}

void Session::commit() {
  exec("COMMIT");
}

void Session::rollback() {
  exec("ROLLBACK");
}

void Session::exec(const std::string& sql) {
  if (sqlite3_exec(connection(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(connection_));
}

int Session::scalar(const std::string& sql) {
  int result = 0;
  const auto keep = [](void* to, int, char** values, char**) {
    if (values[0] != nullptr) *static_cast<int*>(to) = std::stoi(values[0]);
    return 0;
  };
  if (sqlite3_exec(connection(), sql.c_str(), keep, &result, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(connection_));
  return result;
}

void Session::close() noexcept {
  sqlite3_close(connection_);
  connection_ = nullptr;
}

sqlite3* Session::connection() {
  if (connection_ == nullptr && sqlite3_open(file_.c_str(), &connection_) != SQLITE_OK) {
    close();
    throw std::runtime_error("cannot open " + file_);
  }
  return connection_;
}

} // namespace backup
