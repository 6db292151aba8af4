// library: sqlite3
// REST service in C++20 over an in-house thin layer on sqlite3: expected-like results, guards, a router of lambdas.
#include <sqlite3.h>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace rest {

struct DbError { int code; std::string message; };

template <class T = std::monostate> class [[nodiscard]] Expected {
 public:
  Expected(T v = {}) : v_(std::move(v)) {}
  Expected(DbError e) : v_(std::move(e)) {}
  explicit operator bool() const { return std::holds_alternative<T>(v_); }
  T& operator*() & { return std::get<T>(v_); }
  T&& operator*() && { return std::get<T>(std::move(v_)); }
  const DbError& error() const { return std::get<DbError>(v_); }
 private:
  std::variant<T, DbError> v_;
};
using Status = Expected<>;

#define TRY(expr) \
  if (auto st_ = (expr); !st_) return st_.error()

class Statement {
 public:
  explicit Statement(sqlite3_stmt* s) : s_(s) {}
  Statement(Statement&& o) noexcept : s_(std::exchange(o.s_, nullptr)) {}
  Statement(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(s_); }
  Statement& bind(int i, std::string_view v) noexcept {
    sqlite3_bind_text(s_, i, v.data(), static_cast<int>(v.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Statement& bind(int i, sqlite3_int64 v) noexcept { sqlite3_bind_int64(s_, i, v); return *this; }
  int step() noexcept { return sqlite3_step(s_); }
  std::string_view text(int col) const {
    return {reinterpret_cast<const char*>(sqlite3_column_text(s_, col)), static_cast<size_t>(sqlite3_column_bytes(s_, col))};
  }
  sqlite3_int64 integer(int col) const { return sqlite3_column_int64(s_, col); }
 private:
  sqlite3_stmt* s_;
};

class Session {
 public:
  static Expected<std::unique_ptr<Session>> open(const std::string& path);
  ~Session() { sqlite3_close_v2(db_); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  Status begin() noexcept { return exec("BEGIN IMMEDIATE"); }
  Status commit() noexcept { return exec("COMMIT"); }
  Status rollback() noexcept { return exec("ROLLBACK"); }
  Status exec(const char* sql) noexcept;
  Expected<Statement> prepare(std::string_view sql) noexcept;
  sqlite3_int64 lastId() const noexcept { return sqlite3_last_insert_rowid(db_); }
 private:
  explicit Session(sqlite3* db) : db_(db) {}
  sqlite3* db_;
};

Expected<std::unique_ptr<Session>> Session::open(const std::string& path) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  std::unique_ptr<Session> s(new Session(raw));      // owns it either way
  if (rc != SQLITE_OK) return DbError{rc, raw ? sqlite3_errmsg(raw) : "out of memory"};
  sqlite3_busy_timeout(raw, 500);
  return s;
}

Status Session::exec(const char* sql) noexcept {
  char* err = nullptr;
  const int rc = sqlite3_exec(db_, sql, nullptr, nullptr, &err);
  if (rc == SQLITE_OK) return {};
  DbError e{rc, err ? err : ""};
  sqlite3_free(err);
  return e;
}

Expected<Statement> Session::prepare(std::string_view sql) noexcept {
  sqlite3_stmt* s = nullptr;
  if (const int rc = sqlite3_prepare_v2(db_, sql.data(), static_cast<int>(sql.size()), &s, nullptr); rc != SQLITE_OK)
    return DbError{rc, sqlite3_errmsg(db_)};
  return Statement(s);
}

class Guard {
 public:
  explicit Guard(Session& s) : s_(&s), began_(static_cast<bool>(s.begin())) {}
  ~Guard() { if (began_) (void)s_->rollback(); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  explicit operator bool() const { return began_; }
  Status commit() noexcept {
    auto st = s_->commit();
    if (st) began_ = false;
    return st;
  }
 private:
  Session* s_;
  bool began_;
};

struct Request { std::string path, body; std::map<std::string, std::string> query; };
struct Response { int status; std::string body; };
using Handler = std::function<Response(Session&, const Request&)>;

class Router {
 public:
  void on(std::string path, Handler h) { handlers_.emplace(std::move(path), std::move(h)); }
  Response dispatch(Session& s, const Request& r) const {
    const auto it = handlers_.find(r.path);
    return it == handlers_.end() ? Response{404, {}} : it->second(s, r);
  }
 private:
  std::map<std::string, Handler> handlers_;
};

Status createUser(Session& s, std::string_view name, std::string_view mail) {
  TRY(s.begin());  // expect: session-unfinished-transaction
  auto ins = s.prepare("INSERT INTO user(name) VALUES(?)");
  if (!ins) return ins.error();
  if ((*ins).bind(1, name).step() != SQLITE_DONE) {
    (void)s.rollback();
    return DbError{1, "name"};
  }
  auto m = s.prepare("INSERT INTO mail(user, addr) VALUES(last_insert_rowid(), ?)");
  if (!m || (*m).bind(1, mail).step() != SQLITE_DONE) {
    (void)s.rollback();
    return DbError{1, "mail"};
  }
  if (auto st = s.commit(); !st) {
    (void)s.rollback();
    return st;
  }
  return {};
}

Status deleteUser(Session& s, sqlite3_int64 id) {
  Guard g(s);
  if (!g) return DbError{SQLITE_BUSY, "begin"};
  for (std::string_view sql : {"DELETE FROM mail WHERE user=?", "DELETE FROM user WHERE id=?"}) {
    auto st = s.prepare(sql);
    if (!st) return st.error();               // ~Guard
    if ((*st).bind(1, id).step() != SQLITE_DONE) return DbError{1, "delete"};
  }
  return g.commit();
}

Status touchUser(Session& s, sqlite3_int64 id) {
  Guard g(s);  // expect: session-unfinished-transaction
  if (!g) return DbError{SQLITE_BUSY, "begin"};
  auto st = s.prepare("UPDATE user SET seen=datetime('now') WHERE id=?");
  if (!st) return st.error();
  if ((*st).bind(1, id).step() != SQLITE_DONE) return DbError{1, "touch"};
  return {};
}

template <class F> requires std::is_nothrow_invocable_r_v<Status, F, Session&> Status transact(Session& s, F&& f) {
  TRY(s.begin());
  Status st = std::forward<F>(f)(s);
  if (st) st = s.commit();
  if (!st) (void)s.rollback();
  return st;
}

Status renameUser(Session& s, sqlite3_int64 id, const std::string& to) {
  return transact(s, [&](Session& t) noexcept -> Status {
    auto st = t.prepare("UPDATE user SET name=? WHERE id=?");
    if (!st) return st.error();
    if ((*st).bind(1, to).bind(2, id).step() != SQLITE_DONE) return DbError{1, "rename"};
    return {};
  });
}

std::string_view userName(Session& s, sqlite3_int64 id) {
  auto st = s.prepare("SELECT name FROM user WHERE id=?");
  if (!st) return {};
  if ((*st).bind(1, id).step() != SQLITE_ROW) return {};
  return (*st).text(0);  // waits: session-use-after-scope
}

std::optional<std::string> userMail(Session& s, sqlite3_int64 id) {
  auto st = s.prepare("SELECT addr FROM mail WHERE user=?");
  if (!st || (*st).bind(1, id).step() != SQLITE_ROW) return std::nullopt;
  return std::string((*st).text(0));
}

std::vector<std::string> listUsers(Session& s, int page, int size) {
  std::vector<std::string> out;
  auto st = s.prepare("SELECT name FROM user ORDER BY id LIMIT ? OFFSET ?");
  if (!st) return out;
  (*st).bind(1, size).bind(2, sqlite3_int64{page} * size);
  int rc;
  while ((rc = (*st).step()) == SQLITE_ROW) out.emplace_back((*st).text(0));
  if (rc != SQLITE_DONE) out.clear();
  return out;
}

Status importUsers(Session& s, const std::vector<std::string>& names) {
  for (const auto& n : names) {
    TRY(s.begin());  // expect: session-nested-begin
    auto st = s.prepare("INSERT INTO user(name) VALUES(?)");
    if (!st || (*st).bind(1, n).step() != SQLITE_DONE) {
      (void)s.rollback();
      return DbError{1, n};
    }
  }
  if (auto st = s.commit(); !st) {
    (void)s.rollback();
    return st;
  }
  return {};
}

Status archive(Session& s) {
  TRY(s.begin());
  Status st = s.exec("INSERT INTO old SELECT * FROM user WHERE gone=1");
  if (st) st = s.exec("DELETE FROM user WHERE gone=1");
  if (!st) {
    (void)s.rollback();
  } else {
    st = s.commit();
    if (!st) (void)s.rollback();
  }
  return st;
}

Status archiveTwice(Session& s) {
  TRY(s.begin());
  if (auto st = s.exec("DELETE FROM session WHERE expired=1"); !st) {
    (void)s.rollback();
    return st;
  }
  if (auto st = s.commit(); !st) {
    (void)s.rollback();
    return st;
  }
  if (auto st = s.exec("PRAGMA optimize"); !st) {
    (void)s.rollback();  // expect: session-double-end
    return st;
  }
  return {};
}

void install(Router& r) {
  r.on("/user/new", [](Session& s, const Request& q) -> Response {
    Guard g(s);
    if (!g) return {503, "busy"};
    auto st = s.prepare("INSERT INTO user(name) VALUES(?)");
    if (!st || (*st).bind(1, q.body).step() != SQLITE_DONE) return {400, "bad"};
    const auto id = s.lastId();
    if (auto c = g.commit(); !c) return {500, c.error().message};
    return {201, std::to_string(id)};
  });
  r.on("/user/ban", [](Session& s, const Request& q) -> Response {
    Guard g(s);  // expect: session-unfinished-transaction
    if (!g) return {503, "busy"};
    auto st = s.prepare("UPDATE user SET banned=1 WHERE name=?");
    if (!st || (*st).bind(1, q.body).step() != SQLITE_DONE) return {400, "bad"};
    return {204, {}};
  });
}

void reset(Session& s) {
  Guard{s};  // expect: session-temporary-guard
  if (auto st = s.exec("DELETE FROM counters"); !st) std::fprintf(stderr, "reset: %s\n", st.error().message.c_str());
}

Response health(const std::string& path) {
  auto s = Session::open(path);
  if (!s) return {500, s.error().message};
  Session& db = **s;
  if (auto st = db.exec("SELECT 1"); !st) return {500, st.error().message};
  return {200, "up"};
}

Response stats(const std::string& path) {
  Session* db = nullptr;
  if (auto s = Session::open(path)) {
    db = (*s).get();
    if (auto st = db->exec("ANALYZE"); !st) return {500, st.error().message};
  }
  if (!db) return {503, "down"};
  auto st = db->prepare("SELECT count(*) FROM user");  // expect: session-use-after-scope
  if (!st || (*st).step() != SQLITE_ROW) return {500, {}};
  return {200, std::to_string((*st).integer(0))};
}

void warm(std::unique_ptr<Session> s) {
  std::thread([s = std::move(s)] {
    if (auto st = s->exec("SELECT count(*) FROM user"); !st) std::fprintf(stderr, "warm failed\n");
  }).detach();
}

void vacuumLater(Session& s) {
  std::thread([&s] {  // expect: session-shared-across-threads
    if (auto st = s.exec("VACUUM"); !st) std::fprintf(stderr, "vacuum failed\n");
  }).detach();
  if (auto st = s.exec("UPDATE meta SET vacuumed=1"); !st) std::fprintf(stderr, "meta failed\n");
}

Status closeMonth(Session& s) {
  {
    Guard g(s);
    if (!g) return DbError{SQLITE_BUSY, "begin"};
    TRY(s.exec("INSERT INTO bill SELECT * FROM usage"));
    TRY(g.commit());
  }
  Guard g(s);
  if (!g) return DbError{SQLITE_BUSY, "begin"};
  TRY(s.exec("DELETE FROM usage"));
  return g.commit();  // expect: session-multiple-commits
}

}  // namespace rest
