#include "session.h"

#include <deque>

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

Session::Session(std::string file) : link_(std::move(file)) {}

void Session::begin() {
  link_.run("BEGIN");
}

void Session::commit() {
  link_.run("COMMIT");
}

void Session::rollback() {
  link_.run("ROLLBACK");
}

void Session::exec(const std::string& sql) {
  link_.run(sql);
}

int Session::scalar(const std::string& sql) {
  return link_.number(sql);
}

void Session::close() noexcept {
  link_.close();
}

} // namespace backup
