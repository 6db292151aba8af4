// Seen in the field: a variable that holds a connection from a register, or else one of this function's own.
// library: sqlite3
#include <map>
#include <sqlite3.h>
#include <string>

static std::map<std::string, sqlite3*> known;

int run(const std::string& path, const char* text) {
  sqlite3* db;
  bool mine = false;
  if (known.find(path) != known.end()) {
    db = known[path];
  } else {
    const int opened = sqlite3_open(path.c_str(), &db); // expect: session-leak
    if (opened != SQLITE_OK)
      return opened;
    mine = true;
  }
  const int answer = sqlite3_exec(db, text, nullptr, nullptr, nullptr);
  if (mine)
    sqlite3_close(db);
  return answer;
}
