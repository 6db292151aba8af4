// Databases of SQLiteCpp held by a bare pointer and deleted, rightly, by hand.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <exception>
#include <string>
#include <vector>

void logError(const std::string& what);

int countWords(const std::string& path) {
  SQLite::Database* db = new SQLite::Database(path); // expect: session-raw-construction
  int n = 0;
  try {
    n = db->execAndGet("SELECT count(*) FROM words").getInt();
  } catch (...) {
    delete db;
    throw;
  }
  delete db;
  return n;
}

// Nothing in between can throw.
bool optimise(const std::string& path) {
  auto* db = new SQLite::Database(path, SQLite::OPEN_READWRITE); // expect: session-raw-construction
  const int rc = db->tryExec("PRAGMA optimize");
  delete db;
  return rc == 0;
}

// A round each.
int checkAll(const std::vector<std::string>& paths) {
  int bad = 0;
  for (const std::string& path : paths) {
    SQLite::Database* db = new SQLite::Database(path); // expect: session-raw-construction
    if (db->tryExec("PRAGMA quick_check") != 0) {
      ++bad;
      delete db;
      continue;
    }
    delete db;
  }
  return bad;
}

// Made in the try, deleted in the handler and at the end.
std::string version(const std::string& path) {
  SQLite::Database* db = nullptr;
  std::string text;
  try {
    db = new SQLite::Database(path); // expect: session-raw-construction
    text = db->execAndGet("PRAGMA user_version").getString();
  } catch (const std::exception& e) {
    delete db;
    logError(e.what());
    return "unknown";
  } catch (...) {
    delete db;
    throw;
  }
  delete db;
  return text;
}
