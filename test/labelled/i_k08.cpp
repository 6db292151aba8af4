// library: mariadb
// Student records; classes of our own over the MariaDB client library.
#include <mysql.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace registrar {

void trace(const std::string& what) noexcept;

struct Config {
  std::string host = "localhost";
  std::string user;
  std::string password;
  std::string schema;
  unsigned port = 3306;
};

class MyError : public std::runtime_error {
public:
  explicit MyError(const std::string& what, unsigned code = 0) : std::runtime_error(what), code_(code) {}
  unsigned code() const noexcept { return code_; }

private:
  unsigned code_;
};

struct FreeResult {
  void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); }
};
struct CloseStmt {
  void operator()(MYSQL_STMT* s) const noexcept { mysql_stmt_close(s); }
};
struct CloseConn {
  void operator()(MYSQL* m) const noexcept { mysql_close(m); }
};
using Rows = std::unique_ptr<MYSQL_RES, FreeResult>;
using StmtPtr = std::unique_ptr<MYSQL_STMT, CloseStmt>;
using ConnPtr = std::unique_ptr<MYSQL, CloseConn>;

class Db {
public:
  explicit Db(const Config& cfg) : m_(mysql_init(nullptr)) {
    unsigned timeout = 5;
    mysql_options(m_.get(), MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
    if (!mysql_real_connect(m_.get(), cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(), cfg.schema.c_str(),
                            cfg.port, nullptr, 0))
      throw MyError(mysql_error(m_.get()));
  }
  void run(const std::string& sql) {
    if (mysql_real_query(m_.get(), sql.data(), sql.size()) != 0)
      throw MyError(mysql_error(m_.get()), mysql_errno(m_.get()));
  }
  bool quiet(const char* sql) noexcept { return mysql_query(m_.get(), sql) == 0; }
  Rows select(const std::string& sql) {
    run(sql);
    Rows r(mysql_store_result(m_.get()));
    if (!r)
      throw MyError(mysql_error(m_.get()));
    return r;
  }
  MYSQL* raw() const noexcept { return m_.get(); }

private:
  ConnPtr m_;
};

class ReportDb {
public:
  explicit ReportDb(const Config& cfg) {
    m_ = mysql_init(nullptr);  // expect: session-leak
    if (!mysql_real_connect(m_, cfg.host.c_str(), "report", cfg.password.c_str(), cfg.schema.c_str(), cfg.port, nullptr, 0))
      throw MyError("report database: " + std::string(mysql_error(m_)));
    mysql_set_character_set(m_, "utf8mb4");
  }
  ReportDb(const ReportDb&) = delete;
  ReportDb& operator=(const ReportDb&) = delete;
  ~ReportDb() { mysql_close(m_); }
  MYSQL* raw() const noexcept { return m_; }

private:
  MYSQL* m_ = nullptr;
};

class Tx {
public:
  explicit Tx(Db& db) : db_(db) { db_.run("START TRANSACTION"); }
  Tx(const Tx&) = delete;
  ~Tx() {
    if (!ended_)
      mysql_rollback(db_.raw());
  }
  void commit() {
    if (mysql_commit(db_.raw()) != 0)
      throw MyError(mysql_error(db_.raw()));
    ended_ = true;
  }

private:
  Db& db_;
  bool ended_ = false;
};

class ManualMode {
public:
  explicit ManualMode(Db& db) : m_(db.raw()) { mysql_autocommit(m_, 0); }
  ManualMode(const ManualMode&) = delete;
  ~ManualMode() {
    mysql_rollback(m_);
    mysql_autocommit(m_, 1);
  }
  bool save() noexcept { return mysql_commit(m_) == 0; }

private:
  MYSQL* m_;
};

class ImportScope {
public:
  explicit ImportScope(MYSQL* m) : m_(m) { mysql_autocommit(m_, 0); }
  ImportScope(const ImportScope&) = delete;
  ~ImportScope() {
    if (mysql_commit(m_) != 0)  // expect: session-commit-in-destructor
      trace(mysql_error(m_));
    mysql_autocommit(m_, 1);
  }

private:
  MYSQL* m_;
};

void enroll(Db& db, int student, int course) {
  Tx tx(db);
  auto rows = db.select("SELECT seats - taken FROM course WHERE id = " + std::to_string(course) + " FOR UPDATE");
  MYSQL_ROW row = mysql_fetch_row(rows.get());
  if (!row || !row[0] || std::atoi(row[0]) <= 0)
    throw MyError("course is full");
  db.run("INSERT INTO enrolment VALUES (" + std::to_string(student) + "," + std::to_string(course) + ")");
  db.run("UPDATE course SET taken = taken + 1 WHERE id = " + std::to_string(course));
  tx.commit();
}

bool unenroll(MYSQL* m, int student, int course) {
  if (mysql_query(m, "START TRANSACTION") != 0)  // expect: session-unfinished-transaction
    return false;
  std::string del = "DELETE FROM enrolment WHERE student = " + std::to_string(student);
  if (mysql_query(m, del.c_str()) != 0) {
    trace(mysql_error(m));
    return false;
  }
  std::string upd = "UPDATE course SET taken = taken - 1 WHERE id = " + std::to_string(course);
  if (mysql_query(m, upd.c_str()) != 0 || mysql_commit(m) != 0) {
    mysql_rollback(m);
    return false;
  }
  return true;
}

bool grade(MYSQL* m, int student, int course, int points) {
  std::string ins = "INSERT INTO grade VALUES (" + std::to_string(student) + "," + std::to_string(course) + "," +
                    std::to_string(points) + ")";
  std::string upd = "UPDATE student SET credits = credits + 5 WHERE id = " + std::to_string(student);
  bool began = mysql_query(m, "BEGIN") == 0;
  bool good = began && mysql_query(m, ins.c_str()) == 0;
  if (good && points >= 50)
    good = mysql_query(m, upd.c_str()) == 0;
  good = good && mysql_commit(m) == 0;
  if (began && !good) {
    trace(mysql_error(m));
    mysql_rollback(m);
  }
  return good;
}

int student_count(MYSQL* m) {
  if (mysql_query(m, "SELECT count(*) FROM student") != 0)
    return -1;
  MYSQL_RES* r = mysql_store_result(m);  // expect: session-leak
  if (!r)
    return -1;
  MYSQL_ROW row = mysql_fetch_row(r);
  if (row == nullptr || row[0] == nullptr)
    return -1;
  int n = std::atoi(row[0]);
  mysql_free_result(r);
  return n;
}

std::optional<int> course_by_code(MYSQL* m, const std::string& code) {
  std::string sql = "SELECT id FROM course WHERE code = '" + code + "'";
  if (mysql_query(m, sql.c_str()) != 0)
    return std::nullopt;
  Rows r(mysql_store_result(m));
  if (!r || mysql_num_rows(r.get()) != 1)
    return std::nullopt;
  MYSQL_ROW row = mysql_fetch_row(r.get());
  return std::atoi(row[0]);
}

std::string student_name(Db& db, int id) {
  const char* name = nullptr;
  {
    Rows r = db.select("SELECT name FROM student WHERE id = " + std::to_string(id));
    if (MYSQL_ROW row = mysql_fetch_row(r.get()))
      name = row[0];
  }
  if (name == nullptr)
    return "?";
  return name;  // expect: session-use-after-scope
}

std::string student_mail(Db& db, int id) {
  std::string mail;
  Rows r = db.select("SELECT mail FROM student WHERE id = " + std::to_string(id));
  if (MYSQL_ROW row = mysql_fetch_row(r.get()); row && row[0])
    mail = row[0];
  r.reset();
  if (mail.find('@') == std::string::npos)
    mail += "@campus";
  return mail;
}

bool can_reach(const Config& cfg) {
  MYSQL* m = mysql_init(nullptr);  // expect: session-raw-construction
  if (m == nullptr)
    return false;
  bool up = mysql_real_connect(m, cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(), nullptr, cfg.port, nullptr, 0) != nullptr;
  if (up)
    up = mysql_ping(m) == 0;
  mysql_close(m);
  return up;
}

unsigned long replica_lag(const Config& cfg) {
  ConnPtr m(mysql_init(nullptr));
  if (!m || !mysql_real_connect(m.get(), cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(), nullptr, cfg.port, nullptr, 0))
    return ~0ul;
  if (mysql_query(m.get(), "SELECT lag FROM replica_status") != 0)
    return ~0ul;
  Rows r(mysql_use_result(m.get()));
  unsigned long worst = 0;
  while (MYSQL_ROW row = r ? mysql_fetch_row(r.get()) : nullptr)
    worst = std::max(worst, std::strtoul(row[0] ? row[0] : "0", nullptr, 10));
  return mysql_errno(m.get()) ? ~0ul : worst;
}

bool check_schema(const Config& cfg, const std::string& wanted) {
  MYSQL* m = mysql_init(nullptr);
  if (!mysql_real_connect(m, cfg.host.c_str(), cfg.user.c_str(), cfg.password.c_str(), cfg.schema.c_str(), cfg.port, nullptr, 0)) {
    trace(mysql_error(m));
    mysql_close(m);
    return false;
  }
  bool same = wanted == mysql_get_server_info(m);
  if (!same) {
    trace("unexpected server");
    mysql_close(m);
  }
  mysql_close(m);  // expect: session-double-end
  return same;
}

void promote(Db& db, const std::vector<int>& students, const std::function<int(int)>& next_year) {
  db.run("START TRANSACTION");
  try {
    for (int id : students) {
      int year = next_year(id);
      db.run("UPDATE student SET year = " + std::to_string(year) + " WHERE id = " + std::to_string(id));
    }
    db.run("COMMIT");
  } catch (const std::out_of_range& e) {  // expect: session-missing-rollback
    trace(std::string("no such year: ") + e.what());
  } catch (...) {
    db.quiet("ROLLBACK");
    throw;
  }
}

void demote(Db& db, const std::vector<int>& students) {
  db.run("START TRANSACTION");
  struct Undo {
    Db& db;
    bool armed = true;
    ~Undo() {
      if (armed)
        db.quiet("ROLLBACK");
    }
  } undo{db};
  for (int id : students) {
    if (id <= 0)
      throw MyError("bad student number");
    db.run("UPDATE student SET year = year - 1 WHERE id = " + std::to_string(id));
  }
  db.run("COMMIT");
  undo.armed = false;
}

bool import_csv(Db& db, const std::vector<std::string>& lines) {
  ManualMode mode(db);
  for (const auto& line : lines) {
    if (line.empty() || line[0] == '#')
      continue;
    if (line.size() > 2000)
      return false;
    db.run("INSERT INTO import_row VALUES ('" + line + "')");
  }
  if (!mode.save()) {
    trace("import not saved");
    return false;
  }
  return true;
}

void rollover(Db& db, int term) {
  db.run("START TRANSACTION");
  try {
    db.run("INSERT INTO term_old SELECT * FROM term WHERE id = " + std::to_string(term));
    if (term % 2 == 0) {
      db.run("START TRANSACTION");  // expect: session-nested-begin
      db.run("UPDATE student SET fees_due = 1");
    }
    db.run("DELETE FROM term WHERE id = " + std::to_string(term));
    db.run("COMMIT");
  } catch (...) {
    db.quiet("ROLLBACK");
    throw;
  }
}

int with_retry(Db& db, const std::function<int(Db&)>& body) {
  for (int attempt = 1;; ++attempt) {
    try {
      Tx tx(db);
      int n = body(db);
      tx.commit();
      return n;
    } catch (const MyError& e) {
      if ((e.code() != 1213 && e.code() != 1205) || attempt == 4)
        throw;
      trace(std::string("retry after ") + e.what());
    }
  }
}

void graduate(Db& db, int student, const std::string& title) {
  Tx first(db);
  db.run("UPDATE student SET graduated = 1 WHERE id = " + std::to_string(student));
  db.run("DELETE FROM enrolment WHERE student = " + std::to_string(student));
  first.commit();
  trace("student closed");
  {
    Tx second(db);
    db.run("INSERT INTO diploma VALUES (" + std::to_string(student) + ", '" + title + "')");
    second.commit();  // expect: session-multiple-commits
  }
}

void migrate(Db& db, int from) {
  static const char* const steps[] = {
      "UPDATE student SET mail = lower(mail)",
      "UPDATE course SET taken = 0 WHERE taken IS NULL",
      "DELETE FROM diploma WHERE student NOT IN (SELECT id FROM student)",
  };
  for (int v = from; v < 3; ++v) {
    Tx tx(db);
    db.run(steps[v]);
    db.run("UPDATE schema_version SET v = " + std::to_string(v + 1));
    tx.commit();
  }
}

bool set_password(MYSQL* m, const std::string& user, const std::string& hash) {
  StmtPtr st(mysql_stmt_init(m));
  static const char sql[] = "UPDATE account SET hash = ? WHERE name = ?";
  if (!st || mysql_stmt_prepare(st.get(), sql, sizeof sql - 1) != 0)
    return false;
  MYSQL_BIND b[2];
  std::memset(b, 0, sizeof b);
  b[0].buffer_type = b[1].buffer_type = MYSQL_TYPE_STRING;
  b[0].buffer = const_cast<char*>(hash.data());
  b[0].buffer_length = hash.size();
  b[1].buffer = const_cast<char*>(user.data());
  b[1].buffer_length = user.size();
  if (mysql_stmt_bind_param(st.get(), b) != 0 || mysql_stmt_execute(st.get()) != 0) {
    trace(mysql_stmt_error(st.get()));
    return false;
  }
  return mysql_stmt_affected_rows(st.get()) == 1;
}

}  // namespace registrar
