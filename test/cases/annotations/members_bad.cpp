// Members that say whether they own, and classes that only one thread may use.
// library: annotations
#include <session_tidy/annotations.h>

#include <thread>

namespace wire {

struct Line;

extern "C" {
SESSION_TIDY_OWNS Line* dial(const char* number);
void hangUp(SESSION_TIDY_CLOSES Line* line);
bool say(SESSION_TIDY_BORROWS Line* line, const char* text);
}

class Desk {
public:
  explicit Desk(const char* number) : line_(dial(number)) {} // expect: session-leak
  ~Desk();

private:
  SESSION_TIDY_BORROWS Line* line_;
};

class Db {
public:
  Db();
  ~Db();
  SESSION_TIDY_BEGINS void takeNote();
  SESSION_TIDY_COMMITS void engrave();
  void run(const char* text);
};

void twoAtOnce() {
  Db db;
  std::thread other([&db] { db.run("SELECT 1"); }); // expect: session-shared-across-threads
  db.run("SELECT 2");
  other.join();
}

} // namespace wire
