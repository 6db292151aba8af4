// A C-like handle of which nothing is known but its annotations.
// library: annotations
#include <session_tidy/annotations.h>

namespace wire {

struct Line;

extern "C" {
SESSION_TIDY_OWNS Line* dial(const char* number);
void hangUp(SESSION_TIDY_CLOSES Line* line);
bool dialInto(const char* number, SESSION_TIDY_OPENS Line** line);
bool pickUp(SESSION_TIDY_OPENS Line*& line);
bool say(SESSION_TIDY_BORROWS Line* line, const char* text);
void start(SESSION_TIDY_BEGINS Line* line);
void finish(SESSION_TIDY_COMMITS Line* line);
void undo(SESSION_TIDY_ROLLS_BACK Line* line);
void entrust(SESSION_TIDY_TAKES Line& line);
SESSION_TIDY_DEPENDS_ON(line) const char* lastWord(Line* line);
}

bool lostOnReturn(const char* number) {
  Line* line = dial(number); // expect: session-leak
  if (!line)
    return false;
  if (!say(line, "hello"))
    return false;
  hangUp(line);
  return true;
}

bool lostOutParameter(const char* number) {
  Line* line = nullptr;
  if (!dialInto(number, &line)) // expect: session-leak
    return false;
  return say(line, "hello");
}

bool lostByReference() {
  Line* line = nullptr;
  if (!pickUp(line)) // expect: session-leak
    return false;
  return say(line, "hello");
}

bool entrustedOnOneWay(const char* number, bool keep) {
  Line* line = dial(number); // expect: session-leak
  if (!line)
    return false;
  if (keep)
    entrust(*line);
  return keep;
}

void closedTwice(Line* line) {
  hangUp(line);
  hangUp(line); // expect: session-double-end
}

void leftOpen(Line* line, bool quick) {
  start(line); // expect: session-unfinished-transaction
  say(line, "take one");
  if (quick)
    return;
  finish(line);
}

char staleWord(const char* number) {
  Line* line = dial(number); // expect: session-raw-construction
  if (!line)
    return ' ';
  const char* word = lastWord(line);
  hangUp(line);
  return word[0]; // expect: session-use-after-scope
}

} // namespace wire
