// Counting from outside: nothing here goes through the code that is looked at.
#include "facts.h"

#include <sqlite3.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>

namespace field {

namespace {

namespace fs = std::filesystem;

struct Close {
  void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;

Database open(const std::string& file) {
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open(file.c_str(), &raw);
  Database database(raw);
  if (opened != SQLITE_OK) throw std::runtime_error("cannot open " + file);
  return database;
}

void run(sqlite3* database, const std::string& statements) {
  if (sqlite3_exec(database, statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(database));
}

} // namespace

void fact(std::string_view name, long long value) {
  std::cout << name << ' ' << value << '\n';
}

void fact(std::string_view name, std::string_view value) {
  std::cout << name << ' ' << value << '\n';
}

int openConnections(const std::string& database) {
  int count = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code error;
    if (fs::equivalent(entry.path(), database, error) && !error) ++count;
  }
  return count;
}

int committed(const std::string& database, const std::string& query) {
  const Database connection = open(database);
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(connection.get(), query.c_str(), -1, &raw, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(connection.get()));
  const std::unique_ptr<sqlite3_stmt, Close> statement(raw);
  return sqlite3_step(raw) == SQLITE_ROW ? sqlite3_column_int(raw, 0) : -1;
}

bool writable(const std::string& database) {
  const Database connection = open(database);
  return sqlite3_exec(connection.get(), "BEGIN IMMEDIATE; ROLLBACK", nullptr, nullptr, nullptr) ==
         SQLITE_OK;
}

void createDatabase(const std::string& database, const std::string& tables) {
  for (const char* end : {"", "-journal", "-wal", "-shm"}) fs::remove(database + end);
  run(open(database).get(), tables);
}

void change(const std::string& database, const std::string& statements) {
  run(open(database).get(), statements);
}

} // namespace field
