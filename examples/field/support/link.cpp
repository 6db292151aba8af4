#include "link.h"

#include <sqlite3.h>

#include <stdexcept>

namespace field {

Link::Link(std::string file) : file_(std::move(file)) {}

Link::~Link() {
  close();
}

void Link::run(const std::string& sql) {
  if (sqlite3_exec(connected(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(connection_));
}

int Link::number(const std::string& sql) {
  int result = 0;
  const auto keep = [](void* to, int, char** values, char**) {
    if (values[0] != nullptr) *static_cast<int*>(to) = std::stoi(values[0]);
    return 0;
  };
  if (sqlite3_exec(connected(), sql.c_str(), keep, &result, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(connection_));
  return result;
}

void Link::close() noexcept {
  sqlite3_close(connection_);
  connection_ = nullptr;
}

sqlite3* Link::connected() {
  if (connection_ == nullptr && sqlite3_open(file_.c_str(), &connection_) != SQLITE_OK) {
    close();
    throw std::runtime_error("cannot open " + file_);
  }
  sqlite3_busy_timeout(connection_, 10'000);
  return connection_;
}

} // namespace field
