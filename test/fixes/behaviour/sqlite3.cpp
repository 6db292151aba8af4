// Ways to leave half of the work, or a handle, with sqlite3 by hand; see stage.h for what is counted.
#include "stage.h"

#include <sqlite3.h>

#include <stdexcept>
#include <string>

static void must(int rc) {
  if (rc != SQLITE_OK) throw std::runtime_error("sqlite");
}

static void insert(sqlite3* db, const char* table) {
  must(sqlite3_exec(db, (std::string("INSERT INTO ") + table + " VALUES(1)").c_str(), nullptr, nullptr, nullptr));
}

// 1: an early return past the close.
static int earlyReturn(const char* path) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path, &db) != SQLITE_OK) return -1;
  sqlite3_exec(db, "INSERT INTO a VALUES(1)", nullptr, nullptr, nullptr);
  if (sqlite3_exec(db, "INSERT INTO b VALUES(1)", nullptr, nullptr, nullptr) != SQLITE_OK) return -2;
  sqlite3_close(db);
  return 0;
}

// 2: by sqlite3_open_v2, the result in a variable.
static int openFlags(const char* path) {
  sqlite3* db = nullptr;
  const int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, nullptr);
  if (rc != SQLITE_OK) return -1;
  if (sqlite3_exec(db, "INSERT INTO a VALUES(1); INSERT INTO b VALUES(1)", nullptr, nullptr, nullptr) != SQLITE_OK)
    return -2;
  sqlite3_close(db);
  return 0;
}

// 3: the assignment in the condition.
static int inCondition(const char* path) {
  sqlite3* db = nullptr;
  int rc = 0;
  if ((rc = sqlite3_open(path, &db)) != SQLITE_OK) return rc;
  rc = sqlite3_exec(db, "INSERT INTO a VALUES(1)", nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return rc;
  rc = sqlite3_exec(db, "INSERT INTO b VALUES(1)", nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return rc;
  sqlite3_close(db);
  return SQLITE_OK;
}

// 4: a statement that is not finalized, and so a connection that cannot be closed.
static bool statement(const char* path) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path, &db) != SQLITE_OK) return false;
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "INSERT INTO b VALUES(1)", -1, &st, nullptr) != SQLITE_OK) return false;
  sqlite3_exec(db, "INSERT INTO a VALUES(1)", nullptr, nullptr, nullptr);
  if (sqlite3_step(st) != SQLITE_DONE) return false;
  sqlite3_finalize(st);
  sqlite3_close(db);
  return true;
}

// 5: two statements in one variable.
static int twice(const char* path) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path, &db) != SQLITE_OK) return -1;
  sqlite3_stmt* st = nullptr;
  int rc = sqlite3_prepare_v2(db, "INSERT INTO a VALUES(1)", -1, &st, nullptr);
  if (rc != SQLITE_OK) return rc;
  rc = sqlite3_step(st);
  rc = sqlite3_prepare_v2(db, "INSERT INTO b VALUES(1)", -1, &st, nullptr);
  if (rc != SQLITE_OK) return rc;
  rc = sqlite3_step(st);
  if (rc != SQLITE_DONE) return rc;
  sqlite3_finalize(st);
  sqlite3_close(db);
  return SQLITE_OK;
}

// 6: an explicit throw past the close.
static void throws(const char* path) {
  sqlite3* db = nullptr;
  const int rc = sqlite3_open(path, &db);
  if (rc != SQLITE_OK) throw std::runtime_error("open");
  sqlite3_exec(db, "INSERT INTO a VALUES(1)", nullptr, nullptr, nullptr);
  if (sqlite3_exec(db, "INSERT INTO b VALUES(1)", nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(db));
  sqlite3_close(db);
}

// 7: closed in the branch that fails, by hand everywhere: raw, but right.
static int byHand(const char* path) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path, &db) != SQLITE_OK) {
    sqlite3_close(db);
    return -1;
  }
  if (sqlite3_exec(db, "INSERT INTO a VALUES(1); INSERT INTO b VALUES(1)", nullptr, nullptr, nullptr) != SQLITE_OK) {
    sqlite3_close(db);
    return -2;
  }
  sqlite3_close(db);
  return 0;
}

// 8: a handler that does nothing but close and go on.
static void closesAndRethrows(const char* path) {
  sqlite3* db = nullptr;
  const int rc = sqlite3_open(path, &db);
  if (rc != SQLITE_OK) {
    sqlite3_close(db);
    return;
  }
  try {
    insert(db, "a");
    insert(db, "b");
  } catch (...) {
    sqlite3_close(db);
    throw;
  }
  sqlite3_close(db);
}

// 9: caught, and the transaction left open.
static void forgets(sqlite3* db) {
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
  try {
    insert(db, "a");
    if (sqlite3_exec(db, "INSERT INTO b VALUES(1)", nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error("b");
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
}

// 10: two commits for one piece of work.
static void halves(sqlite3* db) {
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
  sqlite3_exec(db, "INSERT INTO a VALUES(1)", nullptr, nullptr, nullptr);
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
  sqlite3_exec(db, "INSERT INTO a VALUES(2)", nullptr, nullptr, nullptr);
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
}

/// Somebody else's connection, which goes on to commit what it finds open.
static void onConnection(void (*work)(sqlite3*)) {
  sqlite3* db = nullptr;
  sqlite3_open(stage::path.c_str(), &db);
  work(db);
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close_v2(db);
}

int main() {
  const char* path = stage::path.c_str();
  stage::play("leak:early-return", [&] { earlyReturn(path); });
  stage::play("leak:open-flags", [&] { openFlags(path); });
  stage::play("leak:in-condition", [&] { inCondition(path); });
  stage::play("leak:statement", [&] { statement(path); });
  stage::play("leak:twice", [&] { twice(path); });
  stage::play("leak:throws", [&] { throws(path); });
  stage::play("raw:by-hand", [&] { byHand(path); });
  stage::play("raw:closes-and-rethrows", [&] { closesAndRethrows(path); });
  stage::play("whole:forgets", [] { onConnection(forgets); });
  stage::play("commits:halves", [] { onConnection(halves); });
}
