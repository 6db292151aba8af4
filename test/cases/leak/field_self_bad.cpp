// Seen in the field: classes with sessions inside that refer to others of their kind.
// library: sqlite3
#include <sqlite3.h>
#include <stdexcept>

class Layer {
public:
  Layer(const char* path, Layer& below) : below_(below) {
    if (sqlite3_open(path, &db_) != SQLITE_OK) // expect: session-leak
      throw std::runtime_error("no layer");
  }
  ~Layer() { sqlite3_close(db_); }
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  int look() { return sqlite3_exec(db_, "SELECT 1", nullptr, nullptr, nullptr); }
  int lookBelow() { return below_.look(); }

private:
  sqlite3* db_ = nullptr;
  Layer& below_;
};

int both(const char* path, Layer& ground) {
  Layer top(path, ground);
  return top.look() + top.lookBelow();
}
