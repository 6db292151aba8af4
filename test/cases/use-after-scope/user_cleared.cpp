// library: sqlite3
// A wrapper that clears its handle as it closes: the wrapper is still
// there, what it works with is not.
#include <sqlite3.h>

namespace store {

class Handle {
public:
  explicit Handle(const char* path) {
    if (sqlite3_open(path, &db_) != SQLITE_OK) {
      sqlite3_close(db_);
      db_ = nullptr;
      throw 1;
    }
  }
  ~Handle() { close(); }
  Handle(const Handle&) = delete;
  void close() {
    if (db_) {
      sqlite3_close(db_);
      db_ = nullptr;
    }
  }
  bool reopen(const char* path) {
    close();
    return sqlite3_open(path, &db_) == SQLITE_OK;
  }
  bool isOpen() const { return db_ != nullptr; }
  int run(const char* sql) { return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr); }
  int tryRun(const char* sql) {
    if (!db_) return -1;
    return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  }

private:
  sqlite3* db_ = nullptr;
};

int useAfterClose(const char* p) {
  Handle h(p);
  h.run("a");
  h.close();
  return h.run("b"); // expect: session-use-after-scope "closed"
}

int useInNextRound(Handle& h, int n) {
  int rc = 0;
  for (int i = 0; i < n; ++i) {
    rc += h.run("a"); // expect: session-use-after-scope "closed"
    if (rc > 4) h.close();
  }
  return rc;
}

int asksItself(const char* p) {
  Handle h(p);
  h.run("a");
  h.close();
  return h.tryRun("b");
}

int askedBefore(const char* p) {
  Handle h(p);
  h.run("a");
  h.close();
  if (h.isOpen()) h.run("b");
  return 0;
}

int reopened(const char* p) {
  Handle h(p);
  h.close();
  if (!h.reopen(p)) return 1;
  return h.run("b");
}

int closedTwice(Handle& h, const char* p) {
  h.close();
  h.close();
  if (!h.reopen(p)) return 2;
  return h.run("x");
}

int oneOrTheOther(Handle* h) {
  if (h->run("a")) {
    h->close();
    return 1;
  }
  return h->run("b");
}
} // namespace store
