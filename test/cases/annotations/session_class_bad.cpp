// A session class of the project's own that says in annotations what its methods do.
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
  bool tryRun(const std::string& text) noexcept;
};

void price(int item);

void begunAndLeft(Db& db, bool quick) {
  db.takeNote(); // expect: session-unfinished-transaction "neither committed nor rolled back"
  db.run("UPDATE stock SET n = n - 1");
  if (quick)
    return;
  db.engrave();
}

void begunTwice(Db& db) {
  try {
    db.takeNote();
    db.tryRun("UPDATE stock SET n = n - 1");
    db.takeNote(); // expect: session-nested-begin
    db.engrave();
  } catch (...) {
    db.forget();
    throw;
  }
}

void swallowed(Db& db) {
  db.takeNote();
  try {
    db.run("UPDATE stock SET n = n - 1");
    db.engrave();
  } catch (const std::exception&) { // expect: session-missing-rollback
  }
}

void closedAndUsed(const Url& url) {
  Db db(url);
  db.run("SELECT 1");
  db.hangUp();
  db.run("SELECT 2"); // expect: session-use-after-scope "closed"
}

void rowsOutlive(const Url& url) {
  Rows* rows = nullptr;
  {
    Db db(url);
    rows = db.ask("SELECT name FROM item");
  }
  price(rows->text(0)[0]); // expect: session-use-after-scope
}

void twiceEngraved(Db& db) {
  db.takeNote();
  db.tryRun("UPDATE stock SET n = n - 1");
  db.engrave();
  db.engrave(); // expect: session-double-end
}

} // namespace shop
