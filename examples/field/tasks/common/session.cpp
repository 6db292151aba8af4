#include "session.h"

namespace tasks {

Engine& engine() {
  static Engine engine;
  return engine;
}

Session& Engine::add() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return sessions_.emplace_back(file_);
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

} // namespace tasks
