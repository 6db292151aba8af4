#include "database.h"

#include <iostream>
#include <stdexcept>

namespace camera {

namespace {

std::string& file() {
  static std::string name;
  return name;
}

int keepFirst(void* to, int, char** values, char**) {
  if (values[0] != nullptr) *static_cast<int*>(to) = std::stoi(values[0]);
  return 0;
}

} // namespace

const std::string& databaseFile() {
  return file();
}

void useDatabase(const std::string& name) {
  file() = name;
}

void run(sqlite3* db, const char* sql) {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(db));
}

int number(sqlite3* db, const char* sql) {
  int result = 0;
  if (sqlite3_exec(db, sql, keepFirst, &result, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(db));
  return result;
}

void logError(const char* what) {
  std::cerr << "camera: " << what << '\n';
}

} // namespace camera
