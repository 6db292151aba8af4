// The same class, used as it is meant.
// library: annotations
#include <session_tidy/annotations.h>

#include <stdexcept>
#include <string>

namespace shop {

class Rows {
public:
  ~Rows();
  const char* text(int column) const;
};

class Url {};

class Db {
public:
  SESSION_TIDY_OPENS explicit Db(const Url& url);
  Db();
  ~Db();
  SESSION_TIDY_OPENS void attach(const Url& url);
  SESSION_TIDY_CLOSES void hangUp();
  SESSION_TIDY_BEGINS void takeNote();
  SESSION_TIDY_COMMITS void engrave();
  SESSION_TIDY_ROLLS_BACK void forget();
  SESSION_TIDY_DEPENDS_ON(this) Rows* ask(const std::string& question);
  void run(const std::string& text);
};

void price(int item);

void wholeStory(Db& db, bool quick) {
  db.takeNote();
  try {
    db.run("UPDATE stock SET n = n - 1");
    if (quick) {
      db.forget();
      return;
    }
    db.engrave();
  } catch (...) {
    db.forget();
    throw;
  }
}

void rowsWithin(const Url& url) {
  Db db(url);
  Rows* rows = db.ask("SELECT name FROM item");
  price(rows->text(0)[0]);
}

void reopened(const Url& url) {
  Db db;
  db.attach(url);
  db.run("SELECT 1");
  db.hangUp();
  db.attach(url);
  db.run("SELECT 2");
}

void twoRounds(Db& db) {
  for (int round = 0; round < 2; ++round) {
    db.takeNote();
    try {
      db.run("UPDATE stock SET n = n - 1");
      db.engrave();
    } catch (...) {
      db.forget();
      throw;
    }
  }
}

} // namespace shop
