// The same generator, looped over as it is meant; and what is borrowed from a function with a body.
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

int inTheLoop() {
  int pages = 0;
  for (Db& db : Sessions())
    pages += db.run("SELECT count(*) FROM page");
  return pages;
}

int byHand() {
  Sessions sessions;
  auto position = sessions.begin();
  Db& db = *position;
  return db.run("SELECT count(*) FROM page");
}

Db* registered = nullptr;

SESSION_TIDY_BORROWS inline Db* shared() {
  Db* db = new Db();
  registered = db; // NOLINT: lives as long as the process
  return db;
}

int useShared() {
  Db* db = shared();
  return db->run("SELECT count(*) FROM page");
}

} // namespace shop
