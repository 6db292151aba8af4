// library: sqlite3
// Results that are objects: a session of one's own tells by them how a call went.
#include <sqlite3.h>

#include <string>
#include <utility>

namespace desk {

struct DbError {
  int code = 0;
  std::string text;
};

class [[nodiscard]] Status {
public:
  Status() = default;
  Status(DbError error) : failed_(true), error_(std::move(error)) {}
  explicit operator bool() const { return !failed_; }
  const DbError& error() const { return error_; }

private:
  bool failed_ = false;
  DbError error_;
};

class ReturnCode {
public:
  explicit ReturnCode(int code) : code_(code) {}
  bool ok() const { return code_ == SQLITE_OK; }

private:
  int code_;
};

#define TRY(expr)                                                                                  \
  if (auto status = (expr); !status) return status.error()

class Session {
public:
  explicit Session(sqlite3* db) : db_(db) {}
  Status begin() { return exec("BEGIN IMMEDIATE"); }
  Status commit() { return exec("COMMIT"); }
  Status rollback() { return exec("ROLLBACK"); }
  Status exec(const char* sql) {
    const int rc = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
    if (rc == SQLITE_OK) return {};
    return DbError{rc, sqlite3_errmsg(db_)};
  }
  ReturnCode run(const char* sql) {
    return ReturnCode(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr));
  }

private:
  sqlite3* db_;
};

Status forgetsOnError(Session& session) {
  TRY(session.begin()); // expect: session-unfinished-transaction
  TRY(session.exec("UPDATE stock SET n = n - 1"));
  return session.commit();
}

Status endsOnError(Session& session) {
  TRY(session.begin());
  if (auto status = session.exec("UPDATE stock SET n = n - 1"); !status) {
    (void)session.rollback();
    return status;
  }
  if (auto status = session.commit(); !status) {
    (void)session.rollback();
    return status;
  }
  return {};
}

Status oneWayOut(Session& session, const char* first, const char* second) {
  TRY(session.begin());
  Status status = session.exec(first);
  if (status) status = session.exec(second);
  if (status) status = session.commit();
  if (!status) (void)session.rollback();
  return status;
}

ReturnCode byCode(Session& session, const char* sql) {
  ReturnCode code = session.run("BEGIN");
  if (!code.ok()) return code;
  code = session.run(sql);
  if (code.ok()) code = session.run("COMMIT");
  if (!code.ok()) session.run("ROLLBACK");
  return code;
}

ReturnCode forgetsByCode(Session& session, const char* sql) {
  ReturnCode code = session.run("BEGIN"); // expect: session-unfinished-transaction
  if (!code.ok()) return code;
  code = session.run(sql);
  if (!code.ok()) return code;
  return session.run("COMMIT");
}

class Guard {
public:
  explicit Guard(Session& session) : session_(session), open_(static_cast<bool>(session.begin())) {}
  ~Guard() {
    if (open_) (void)session_.rollback();
  }
  Guard(const Guard&) = delete;
  explicit operator bool() const { return open_; }
  Status commit() {
    Status status = session_.commit();
    if (status) open_ = false;
    return status;
  }

private:
  Session& session_;
  bool open_;
};

Status guarded(Session& session) {
  Guard guard(session);
  if (!guard) return DbError{SQLITE_BUSY, "begin"};
  TRY(session.exec("DELETE FROM basket"));
  return guard.commit();
}

Status guardNeverCommits(Session& session) {
  Guard guard(session); // expect: session-unfinished-transaction
  if (!guard) return DbError{SQLITE_BUSY, "begin"};
  TRY(session.exec("DELETE FROM basket"));
  return {};
}

} // namespace desk
