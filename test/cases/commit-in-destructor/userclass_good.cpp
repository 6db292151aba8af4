// Guards of the project's own whose destructors do not commit what is half done.
// header: connection.h
#include "connection.h"

#include <exception>
#include <memory>
#include <string>
#include <utility>

class UnitOfWork {
public:
  explicit UnitOfWork(store::Connection& connection) : connection_(&connection) { connection_->beginTransaction(); }
  UnitOfWork(UnitOfWork&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  UnitOfWork& operator=(UnitOfWork&&) = delete;
  ~UnitOfWork() {
    if (connection_ == nullptr)
      return;
    try {
      connection_->rollbackTransaction();
    } catch (const std::exception& e) {
      logError(e.what());
    }
  }
  void commit() {
    connection_->commitTransaction();
    connection_ = nullptr;
  }

private:
  store::Connection* connection_;
};

class Watchful {
public:
  explicit Watchful(store::Connection& connection) : connection_(connection) { connection_.beginTransaction(); }
  Watchful(const Watchful&) = delete;
  ~Watchful() {
    try {
      if (std::uncaught_exceptions() == before_)
        connection_.commitTransaction();
      else
        connection_.rollbackTransaction();
    } catch (const std::exception& e) {
      logError(e.what());
    }
  }

private:
  store::Connection& connection_;
  int before_ = std::uncaught_exceptions();
};

// Held as a member, which rolls back by itself.
class Writer {
public:
  explicit Writer(store::Connection& connection) : connection_(connection), tx_(connection) {}
  ~Writer() { logError(std::to_string(lines_) + " lines"); }
  void write(const std::string& line) {
    connection_.execute("INSERT INTO lines(text) VALUES(?)", line);
    ++lines_;
  }
  void finish() { tx_.commit(); }

private:
  store::Connection& connection_;
  store::Transaction tx_;
  int lines_ = 0;
};

// Closes what it opened.
class Holder {
public:
  explicit Holder(const std::string& dsn) : connection_(std::make_unique<store::Connection>(dsn)) {}
  ~Holder() {
    try {
      connection_->close();
    } catch (const store::Error& e) {
      logError(e.what());
    }
  }
  store::Connection& get() { return *connection_; }

private:
  std::unique_ptr<store::Connection> connection_;
};

// A commit of quite another kind.
class Form {
public:
  void commit() { text_ += "\n"; }
  ~Form() {
    commit();
    logError(text_);
  }

private:
  std::string text_;
};

// Commits in a method that is called at the end of the work.
class Session {
public:
  explicit Session(store::Connection& connection) : connection_(connection) {}
  ~Session() {
    if (dirty_)
      logError("session left with changes");
  }
  void change(int id) {
    if (!dirty_)
      connection_.beginTransaction();
    dirty_ = true;
    connection_.execute("UPDATE items SET changed = 1 WHERE id = ?", id);
  }
  void commit() {
    connection_.commitTransaction();
    dirty_ = false;
  }

private:
  store::Connection& connection_;
  bool dirty_ = false;
};

// What is left to write is written as a whole, in a transaction of its own.
class Buffered {
public:
  explicit Buffered(store::Connection& connection) : connection_(connection) {}
  ~Buffered() {
    try {
      flush();
    } catch (const std::exception&) {
      // lost, and nothing half of it
    }
  }

  void add(const std::string& text) { text_ += text; }

  void flush() {
    connection_.beginTransaction();
    try {
      connection_.execute(text_);
      connection_.commitTransaction();
    } catch (...) {
      connection_.rollbackTransaction();
      throw;
    }
    text_.clear();
  }

private:
  store::Connection& connection_;
  std::string text_;
};
