// Ways to leave half of the work, or a handle, with SQLiteCpp; see stage.h for what is counted.
#include "stage.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <exception>
#include <memory>

static void leaks(const std::string& path) {
  auto* db = new SQLite::Database(path, SQLite::OPEN_READWRITE);
  db->exec("INSERT INTO a VALUES(1)");
  db->exec("INSERT INTO b VALUES(1)");
  delete db;
}

static void typed(const std::string& path) {
  SQLite::Database* db = nullptr;
  db = new SQLite::Database(path, SQLite::OPEN_READWRITE);
  db->exec("INSERT INTO a VALUES(1)");
  db->exec("INSERT INTO b VALUES(1)");
  delete db;
  db = nullptr;
}

static int returnsEarly(const std::string& path) {
  SQLite::Database* db = new SQLite::Database(path, SQLite::OPEN_READWRITE);
  db->tryExec("INSERT INTO a VALUES(1)");
  if (db->tryExec("INSERT INTO b VALUES(1)") != 0) return 1;
  delete db;
  return 0;
}

static void rethrows(const std::string& path) {
  SQLite::Database* db = new SQLite::Database(path, SQLite::OPEN_READWRITE);
  try {
    db->exec("INSERT INTO a VALUES(1)");
    db->exec("INSERT INTO b VALUES(1)");
  } catch (...) {
    delete db;
    throw;
  }
  delete db;
}

static void forgets(SQLite::Database& db) {
  db.exec("BEGIN");
  try {
    db.exec("INSERT INTO a VALUES(1)");
    db.exec("INSERT INTO b VALUES(1)");
    db.exec("COMMIT");
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
}

static void passes(SQLite::Database& db) {
  db.exec("BEGIN");
  try {
    db.exec("INSERT INTO a VALUES(1)");
    db.exec("INSERT INTO b VALUES(1)");
    db.exec("COMMIT");
  } catch (const SQLite::Exception&) {
    throw;
  }
}

static void escapes(SQLite::Database& db) {
  db.exec("BEGIN");
  db.exec("INSERT INTO a VALUES(1)");
  db.exec("INSERT INTO b VALUES(1)");
  db.exec("COMMIT");
}

static bool unfinished(SQLite::Database& db) {
  db.exec("BEGIN");
  db.exec("INSERT INTO a VALUES(1)");
  if (db.tryExec("INSERT INTO b VALUES(1)") != 0) return false;
  db.exec("COMMIT");
  return true;
}

static void swallows(SQLite::Database& db) {
  SQLite::Transaction transaction(db);
  try {
    db.exec("INSERT INTO a VALUES(1)");
    db.exec("INSERT INTO b VALUES(1)");
  } catch (const SQLite::Exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
  transaction.commit();
}

static void halves(SQLite::Database& db) {
  db.exec("BEGIN");
  db.exec("INSERT INTO a VALUES(1)");
  db.exec("COMMIT");
  db.exec("BEGIN");
  db.exec("INSERT INTO b VALUES(1)");
  db.exec("COMMIT");
}

static void onConnection(void (*work)(SQLite::Database&)) {
  SQLite::Database db(stage::path, SQLite::OPEN_READWRITE);
  try {
    work(db);
  } catch (const std::exception&) {
  }
  db.tryExec("COMMIT"); // what is left open would be made to last by whoever comes next
}

int main() {
  stage::play("leak:leaks", [] { leaks(stage::path); });
  stage::play("leak:typed", [] { typed(stage::path); });
  stage::play("leak:returns-early", [] { returnsEarly(stage::path); });
  stage::play("raw:rethrows", [] { rethrows(stage::path); });
  stage::play("whole:forgets", [] { onConnection(forgets); });
  stage::play("whole:passes", [] { onConnection(passes); });
  stage::play("whole:escapes", [] { onConnection(escapes); });
  stage::play("whole:unfinished", [] { onConnection([](SQLite::Database& db) { unfinished(db); }); });
  stage::play("whole:swallows", [] { onConnection(swallows); });
  stage::play("whole:halves", [] { onConnection(halves); });
}
