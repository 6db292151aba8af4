// The same guards and functions, used as they are meant.
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

class Watcher {
public:
  ~Watcher();
  void watch(SESSION_TIDY_KEEPS Db& db);
};

void watch(SESSION_TIDY_KEEPS Db& db);

void closed(Db& db) {
  Chapter chapter{db};
  db.run("UPDATE page SET n = 1");
  chapter.close();
}

void paused(Db& db) {
  Pause pause{db};
  db.run("UPDATE page SET n = 1");
}

void perhaps(Db& db, bool really) {
  Chapter chapter(1, db);
  db.run("UPDATE page SET n = 1");
  if (really)
    chapter.close();
}

void keptByCaller(Db& db) {
  watch(db);
  db.run("SELECT 1");
}

void keptByLocal() {
  Db db;
  Watcher watcher;
  watcher.watch(db);
  db.run("SELECT 1");
}

} // namespace shop
