// A clinic's own data layer: DbSession, UnitOfWork, SessionFactory; repositories and services on top
#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace data {

struct DbError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class DbSession {
public:
  DbSession();
  explicit DbSession(const std::string& dsn);
  DbSession(DbSession&&) noexcept;
  DbSession& operator=(DbSession&&) noexcept;
  ~DbSession();

  void open(const std::string& dsn);
  void close();
  void beginTransaction();
  void commitTransaction();
  void rollbackTransaction();
  long exec(const std::string& sql);
  long scalar(const std::string& sql) const;
  bool inTransaction() const noexcept;

private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

class UnitOfWork {
public:
  explicit UnitOfWork(DbSession& session) : session_(&session) { session_->beginTransaction(); }
  UnitOfWork(UnitOfWork&& other) noexcept : session_(std::exchange(other.session_, nullptr)) {}
  UnitOfWork& operator=(UnitOfWork&&) = delete;
  ~UnitOfWork() {
    if (session_ == nullptr) return;
    try {
      session_->rollbackTransaction();
    } catch (...) {
    }
  }
  void commit() {
    session_->commitTransaction();
    session_ = nullptr;
  }

private:
  DbSession* session_;
};

}  // namespace data

namespace clinic {

using data::DbSession;
using data::UnitOfWork;

void logLine(const std::string& text) noexcept;

// says by done() that everything went well
class ShiftLog {
public:
  explicit ShiftLog(DbSession& session) : session_(session) { session_.beginTransaction(); }
  ~ShiftLog() {
    try {
      if (success_)
        session_.commitTransaction();
      else
        session_.rollbackTransaction();
    } catch (const data::DbError& e) {
      logLine(e.what());
    }
  }
  void line(const std::string& text) { session_.exec("INSERT INTO shift VALUES ('" + text + "')"); }
  void done() { success_ = true; }

private:
  DbSession& session_;
  bool success_ = false;
};

void handover(DbSession& session, const std::vector<std::string>& lines) {
  ShiftLog log(session);
  for (const std::string& line : lines) log.line(line);
  log.done();
}

}  // namespace clinic
