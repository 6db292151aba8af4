// A generator that is no coroutine type to look at: only its annotation says what it is.
// library: annotations
#include <session_tidy/annotations.h>

namespace shop {

class Db {
public:
  Db();
  ~Db();
  SESSION_TIDY_BEGINS void takeNote();
  SESSION_TIDY_COMMITS void engrave();
  SESSION_TIDY_ROLLS_BACK void forget();
  int run(const char* text);
};

class SESSION_TIDY_GENERATOR Sessions {
public:
  struct Position {
    Db& operator*() const;
    Position& operator++();
    bool operator!=(const Position& other) const;
  };
  Sessions();
  ~Sessions();
  Position begin();
  Position end();
  Db* current();
};

int afterItsEnd() {
  Db& db = *Sessions().begin(); // expect: session-generator-early-return
  return db.run("SELECT count(*) FROM page");
}

Db* outOfTheLoop() {
  for (Db& db : Sessions())
    return &db; // expect: session-generator-early-return
  return nullptr;
}

} // namespace shop
