// A session that a function hands out by pointer, and that is deleted: an owner can hold it.
// config: { "kinds": { "session": { "role": "session", "types": ["shop::Session"],
// config:     "methods": { "exec": "sql text arg0" } } },
// config:   "functions": { "shop::connect": "open result as session" } }
#include <string>

namespace shop {

class Session {
public:
  ~Session();
  void exec(const std::string& sql);
};

Session* connect(const std::string& url);

} // namespace shop

bool isDone();

bool deletedOnOnePath() {
  shop::Session* db = shop::connect("shop"); // expect: session-leak "'deletedOnOnePath' returns"
  if (isDone()) return false;
  delete db;
  return true;
}

void deletedNowhere() {
  auto* db = shop::connect("shop"); // expect: session-leak "stays open"
  db->exec("DELETE FROM cart");
}

void deletedEverywhere() {
  shop::Session* db = shop::connect("shop"); // expect: session-raw-construction
  try {
    db->exec("DELETE FROM cart");
  } catch (...) {
    delete db;
    throw;
  }
  delete db;
}
