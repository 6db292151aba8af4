// Guards of the project's own whose destructors commit, whatever has happened.
// header: connection.h
#include "connection.h"

#include <exception>
#include <string>

class AutoCommit {
public:
  explicit AutoCommit(store::Connection& connection) : connection_(connection) { connection_.beginTransaction(); }
  AutoCommit(const AutoCommit&) = delete;
  ~AutoCommit() { connection_.commitTransaction(); } // expect: session-commit-in-destructor

private:
  store::Connection& connection_;
};

// Quiet, and as wrong.
class QuietCommit {
public:
  explicit QuietCommit(store::Connection& connection) : tx_(connection) {}
  ~QuietCommit() {
    try {
      tx_.commit(); // expect: session-commit-in-destructor
    } catch (const store::Error& e) {
      logError(e.what());
    }
  }

private:
  store::Transaction tx_;
};

// Rolls back when told to, commits else.
class Writer {
public:
  explicit Writer(store::Connection* connection) : connection_(connection) { connection_->beginTransaction(); }
  Writer(const Writer&) = delete;
  ~Writer() {
    if (failed_)
      connection_->rollbackTransaction();
    else
      connection_->commitTransaction(); // expect: session-commit-in-destructor
  }
  void write(const std::string& line) { connection_->execute("INSERT INTO lines(text) VALUES(?)", line); }
  void fail() noexcept { failed_ = true; }

private:
  store::Connection* connection_;
  bool failed_ = false;
};

// Looks for exceptions, but lets its own out.
class Watchful {
public:
  explicit Watchful(store::Connection& connection) : connection_(connection) { connection_.beginTransaction(); }
  Watchful(const Watchful&) = delete;
  ~Watchful() {
    if (std::uncaught_exceptions() == before_)
      connection_.commitTransaction(); // expect: session-commit-in-destructor
    else
      undo();
  }

private:
  void undo() noexcept {
    try {
      connection_.rollbackTransaction();
    } catch (const std::exception& e) {
      logError(e.what());
    }
  }

  store::Connection& connection_;
  int before_ = std::uncaught_exceptions();
};
