// What the programs share: a database file, cases, and what is counted after each. No code to be fixed in here.
//
// Each case runs on a fresh file, once so that all goes well and once so that the second statement fails (a trigger says
// so). A line tells the rows then in the two tables, which belong together, and whether SQLite still holds memory: a
// handle that nobody closed.
#pragma once

#include <sqlite3.h>

#include <cstdio>
#include <functional>
#include <string>

#ifdef SOCI_SQLITE3_H_INCLUDED
using namespace sqlite_api; // SOCI has included it before, in there
#endif

namespace stage {

inline const std::string path = "stage.db";

inline void run(sqlite3* db, const char* sql) { sqlite3_exec(db, sql, nullptr, nullptr, nullptr); }

inline int count(const char* table) {
  sqlite3* db = nullptr;
  sqlite3_stmt* st = nullptr;
  sqlite3_open(path.c_str(), &db);
  sqlite3_busy_timeout(db, 0);
  sqlite3_prepare_v2(db, (std::string("SELECT count(*) FROM ") + table).c_str(), -1, &st, nullptr);
  const int n = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int(st, 0) : -1;
  sqlite3_finalize(st);
  sqlite3_close(db);
  return n;
}

inline bool& failing() {
  static bool fails = false;
  return fails;
}

inline void prepare(bool fails) {
  failing() = fails;
  std::remove(path.c_str());
  std::remove((path + "-journal").c_str());
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  run(db, "CREATE TABLE a(n INT); CREATE TABLE b(n INT);");
  if (fails) run(db, "CREATE TRIGGER no BEFORE INSERT ON b BEGIN SELECT RAISE(ABORT, 'injected'); END;");
  sqlite3_close(db);
}

/// `work` opens, writes a row to each table, and ends; an exception may leave it.
inline void play(const char* name, const std::function<void()>& work) {
  for (const bool fails : {false, true}) {
    prepare(fails);
    const sqlite3_int64 before = sqlite3_memory_used();
    try {
      work();
    } catch (...) {
    }
    const bool open = sqlite3_memory_used() > before;
    std::printf("%s %s a=%d b=%d open=%d\n", name, fails ? "failure" : "success", count("a"), count("b"), open ? 1 : 0);
  }
}

} // namespace stage
