// Guards and generators whose bodies are elsewhere, and what a function keeps.
// library: annotations
#include <session_tidy/annotations.h>

#include <stdexcept>

namespace shop {

class SESSION_TIDY_THREAD_SAFE Pool;

class Db {
public:
  Db();
  ~Db();
  SESSION_TIDY_BEGINS void takeNote();
  SESSION_TIDY_COMMITS void engrave();
  SESSION_TIDY_ROLLS_BACK void forget();
  void run(const char* text);
};

class SESSION_TIDY_SCOPE Chapter {
public:
  explicit Chapter(Db& db);
  Chapter(int number, Db& db);
  SESSION_TIDY_ROLLS_BACK ~Chapter();
  SESSION_TIDY_COMMITS void close();
};

class SESSION_TIDY_SCOPE Pause {
public:
  explicit Pause(Db& db);
  ~Pause();
};

void watch(SESSION_TIDY_KEEPS Db& db);

void diesAtOnce(Db& db) {
  Chapter{db}; // expect: session-temporary-guard "Chapter" (no fix)
  db.run("SELECT n FROM page");
}

void pausesForNothing(Db& db) {
  Pause{db}; // expect: session-temporary-guard "Pause" (no fix)
  db.run("UPDATE page SET n = 1");
}

void neverClosed(Db& db) {
  Chapter chapter(1, db); // expect: session-unfinished-transaction
  db.run("UPDATE page SET n = 1");
}

void closedTwice(Db& db) {
  Chapter chapter(db);
  db.run("UPDATE page SET n = 1");
  chapter.close();
  chapter.close(); // expect: session-double-end
}

void keptTooLong() {
  Db db;
  watch(db); // expect: session-use-after-scope "kept for later"
  db.run("SELECT 1");
}

} // namespace shop
