// The same, where the members own and the class may be shared.
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
  explicit Desk(const char* number) : line_(dial(number)) {}

private:
  SESSION_TIDY_OWNS Line* line_; // closed by Registry, a friend elsewhere
};

class SESSION_TIDY_THREAD_SAFE Db {
public:
  Db();
  ~Db();
  SESSION_TIDY_BEGINS void takeNote();
  SESSION_TIDY_COMMITS void engrave();
  void run(const char* text);
};

void twoAtOnce() {
  Db db;
  std::thread other([&db] { db.run("SELECT 1"); });
  db.run("SELECT 2");
  other.join();
}

} // namespace wire
