// The same handle, used as it is meant.
// library: annotations
#include <session_tidy/annotations.h>

#include <memory>

namespace wire {

struct Line;

extern "C" {
SESSION_TIDY_OWNS Line* dial(const char* number);
void hangUp(SESSION_TIDY_CLOSES Line* line);
bool say(SESSION_TIDY_BORROWS Line* line, const char* text);
void start(SESSION_TIDY_BEGINS Line* line);
void finish(SESSION_TIDY_COMMITS Line* line);
void undo(SESSION_TIDY_ROLLS_BACK Line* line);
void entrust(SESSION_TIDY_TAKES Line& line);
SESSION_TIDY_BORROWS Line* switchboard();
SESSION_TIDY_DEPENDS_ON(line) const char* lastWord(Line* line);
}

struct HangUp {
  void operator()(Line* line) const { hangUp(line); }
};

bool owned(const char* number) {
  const std::unique_ptr<Line, HangUp> line(dial(number));
  return line && say(line.get(), "hello");
}

bool entrusted(const char* number) {
  Line* line = dial(number);
  if (!line)
    return false;
  entrust(*line);
  return true;
}

bool borrowed() {
  Line* line = switchboard();
  return say(line, "hello");
}

SESSION_TIDY_OWNS Line* passedOn(const char* number) {
  Line* line = dial(number);
  if (line)
    say(line, "hello");
  return line;
}

bool unitOfWork(Line* line) {
  start(line);
  if (!say(line, "take one")) {
    undo(line);
    return false;
  }
  finish(line);
  return true;
}

char freshWord(const char* number) {
  const std::unique_ptr<Line, HangUp> line(dial(number));
  return line ? lastWord(line.get())[0] : ' ';
}

} // namespace wire
