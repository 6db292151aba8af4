// library: mariadb
// Content management backend on the MySQL/MariaDB C API.
#include <mysql/mysql.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#define CMS_TRY(db, sql)                                              \
  if (mysql_query((db), (sql)) != 0) {                                \
    std::fprintf(stderr, "%s:%d %s\n", __FILE__, __LINE__, mysql_error(db)); \
    goto failed;                                                      \
  }

struct DbConfig { const char *host, *user, *pass, *schema; unsigned port; };

struct MysqlClose { void operator()(MYSQL* m) const { mysql_close(m); } };
struct ResFree { void operator()(MYSQL_RES* r) const { mysql_free_result(r); } };
using MysqlPtr = std::unique_ptr<MYSQL, MysqlClose>;
using ResPtr = std::unique_ptr<MYSQL_RES, ResFree>;

static std::string quoted(MYSQL* db, const std::string& s) {
  std::string buf(s.size() * 2 + 1, '\0');
  buf.resize(mysql_real_escape_string(db, &buf[0], s.data(), s.size()));
  return "'" + buf + "'";
}

MysqlPtr connectTo(const DbConfig& c) {
  MysqlPtr m(mysql_init(nullptr));
  if (m && !mysql_real_connect(m.get(), c.host, c.user, c.pass, c.schema, c.port, nullptr, 0)) {
    std::fprintf(stderr, "connect: %s\n", mysql_error(m.get()));
    m.reset();
  }
  return m;
}

MYSQL* connectRaw(const DbConfig& c) {
  MYSQL* m = mysql_init(nullptr);  // expect: session-leak
  if (!m) return nullptr;
  if (!mysql_real_connect(m, c.host, c.user, c.pass, c.schema, c.port, nullptr, 0)) {
    std::fprintf(stderr, "connect: %s\n", mysql_error(m));
    return nullptr;
  }
  mysql_set_character_set(m, "utf8mb4");
  return m;
}

bool pingOnce(const DbConfig& c) {
  MYSQL* m = mysql_init(nullptr);  // expect: session-raw-construction
  bool alive = false;
  if (m != nullptr) {
    if (mysql_real_connect(m, c.host, c.user, c.pass, c.schema, c.port, nullptr, 0))
      alive = mysql_ping(m) == 0;
    mysql_close(m);
  }
  return alive;
}

int pageCount(MYSQL* db) {
  if (mysql_query(db, "SELECT COUNT(*) FROM page")) return -1;
  MYSQL_RES* res = mysql_store_result(db);  // expect: session-leak
  if (!res) return -1;
  MYSQL_ROW row = mysql_fetch_row(res);
  if (!row || !row[0]) return -1;
  int n = std::atoi(row[0]);
  mysql_free_result(res);
  return n;
}

std::vector<std::string> slugs(MYSQL* db, int section) {
  std::vector<std::string> out;
  const std::string sql = "SELECT slug FROM page WHERE section=" + std::to_string(section);
  if (mysql_real_query(db, sql.data(), sql.size()) != 0) return out;
  if (MYSQL_RES* res = mysql_store_result(db)) {
    out.reserve(mysql_num_rows(res));
    for (MYSQL_ROW r; (r = mysql_fetch_row(res)) != nullptr;)
      if (r[0]) out.emplace_back(r[0]);
    mysql_free_result(res);
  }
  return out;
}

const char* titleOf(MYSQL* db, int page) {
  const std::string sql = "SELECT title FROM page WHERE id=" + std::to_string(page);
  if (mysql_query(db, sql.c_str())) return nullptr;
  ResPtr res(mysql_store_result(db));
  if (!res) return nullptr;
  MYSQL_ROW row = mysql_fetch_row(res.get());
  if (!row) return nullptr;
  return row[0];  // expect: session-use-after-scope
}

bool publish(MYSQL* db, int page) {
  const std::string id = std::to_string(page);
  if (mysql_query(db, "START TRANSACTION")) return false;
  const std::string steps[] = {
      "UPDATE page SET live=1 WHERE id=" + id,
      "INSERT INTO revision(page, at) VALUES(" + id + ", NOW())",
      "DELETE FROM draft WHERE page=" + id,
  };
  for (const auto& s : steps) {
    if (mysql_query(db, s.c_str()) == 0) continue;
    std::fprintf(stderr, "publish: %s\n", mysql_error(db));
    mysql_rollback(db);
    return false;
  }
  if (mysql_commit(db) == 0) return true;
  mysql_rollback(db);
  return false;
}

bool unpublish(MYSQL* db, int page) {
  const std::string a = "UPDATE page SET live=0 WHERE id=" + std::to_string(page);
  const std::string b = "DELETE FROM menu WHERE page=" + std::to_string(page);
  if (mysql_query(db, "START TRANSACTION")) return false;  // expect: session-unfinished-transaction
  if (mysql_query(db, a.c_str())) {
    mysql_rollback(db);
    return false;
  }
  if (mysql_affected_rows(db) == 0) return true;
  if (mysql_query(db, b.c_str()) || mysql_commit(db)) {
    mysql_rollback(db);
    return false;
  }
  return true;
}

int reindex(MYSQL* db) {
  int rc = -1;
  CMS_TRY(db, "BEGIN")
  CMS_TRY(db, "DELETE FROM search_index")
  CMS_TRY(db, "INSERT INTO search_index SELECT id, body FROM page WHERE live=1")
  CMS_TRY(db, "COMMIT")
  rc = 0;
  return rc;
failed:
  mysql_query(db, "ROLLBACK");
  return rc;
}

int moveSection(MYSQL* db, int from, int to) {
  char sql[160];
  if (mysql_query(db, "BEGIN")) return -1;
  std::snprintf(sql, sizeof sql, "UPDATE page SET section=%d WHERE section=%d", to, from);
  CMS_TRY(db, sql)
  std::snprintf(sql, sizeof sql, "DELETE FROM section WHERE id=%d", from);
  CMS_TRY(db, sql)
  CMS_TRY(db, "COMMIT")
  return 0;
failed:
  mysql_rollback(db);
  return -1;
}

int recount(MYSQL* db) {
  if (mysql_query(db, "BEGIN")) return -1;
  if (mysql_query(db, "UPDATE section s SET pages=(SELECT COUNT(*) FROM page p WHERE p.section=s.id)")) {
    mysql_rollback(db);
    goto out;
  }
  if (mysql_commit(db)) {
    mysql_rollback(db);
    return -1;
  }
  return 0;
out:
  std::fprintf(stderr, "recount: %s\n", mysql_error(db));
  mysql_rollback(db);  // expect: session-double-end
  return -1;
}

class PageRepository {
 public:
  explicit PageRepository(MysqlPtr db) : db_(std::move(db)) {}
  ~PageRepository() { dropStatements(); }
  PageRepository(const PageRepository&) = delete;
  PageRepository& operator=(const PageRepository&) = delete;

  MYSQL_STMT* prepared(const std::string& sql);
  void dropStatements();
  bool addHit(int page);
  bool setBody(int page, const std::string& body);
  bool bulkInsert(const std::vector<std::string>& slugs);
  bool saveAll(const std::map<int, std::string>& bodies);
  void warmUp();
  bool importTwoPhase(const std::vector<std::string>& slugs);

 private:
  MysqlPtr db_;
  std::map<std::string, MYSQL_STMT*> stmts_;
};

MYSQL_STMT* PageRepository::prepared(const std::string& sql) {
  auto it = stmts_.find(sql);
  if (it != stmts_.end()) return it->second;
  MYSQL_STMT* st = mysql_stmt_init(db_.get());
  if (!st) return nullptr;
  if (mysql_stmt_prepare(st, sql.data(), sql.size()) != 0) {
    mysql_stmt_close(st);
    return nullptr;
  }
  stmts_.emplace(sql, st);
  return st;
}

void PageRepository::dropStatements() {
  for (auto& [sql, st] : stmts_)
    mysql_stmt_close(st);
  stmts_.clear();
}

bool PageRepository::addHit(int page) {
  MYSQL_STMT* st = prepared("UPDATE page SET hits=hits+1 WHERE id=?");
  if (!st) return false;
  MYSQL_BIND b;
  std::memset(&b, 0, sizeof b);
  b.buffer_type = MYSQL_TYPE_LONG;
  b.buffer = &page;
  return mysql_stmt_bind_param(st, &b) == 0 && mysql_stmt_execute(st) == 0;   // the cache closes it
}

bool PageRepository::setBody(int page, const std::string& body) {
  MYSQL_STMT* st = mysql_stmt_init(db_.get());  // expect: session-leak
  if (!st) return false;
  const std::string sql = "UPDATE page SET body=? WHERE id=" + std::to_string(page);
  if (mysql_stmt_prepare(st, sql.data(), sql.size())) return false;
  MYSQL_BIND b;
  std::memset(&b, 0, sizeof b);
  b.buffer_type = MYSQL_TYPE_STRING;
  b.buffer = const_cast<char*>(body.data());
  b.buffer_length = body.size();
  const bool ok = !mysql_stmt_bind_param(st, &b) && !mysql_stmt_execute(st);
  mysql_stmt_close(st);
  return ok;
}

bool PageRepository::bulkInsert(const std::vector<std::string>& slugs) {
  MYSQL* db = db_.get();
  if (mysql_autocommit(db, 0)) return false;
  bool ok = true;
  for (size_t i = 0; ok && i < slugs.size(); ++i) {
    const std::string sql = "INSERT INTO page(slug) VALUES(" + quoted(db, slugs[i]) + ")";
    ok = mysql_real_query(db, sql.data(), sql.size()) == 0;
  }
  ok = ok && mysql_commit(db) == 0;
  if (!ok) mysql_rollback(db);
  return mysql_autocommit(db, 1) == 0 && ok;
}

bool PageRepository::saveAll(const std::map<int, std::string>& bodies) {
  MYSQL* db = db_.get();
  for (const auto& [id, body] : bodies) {
    if (mysql_query(db, "START TRANSACTION")) return false;  // expect: session-nested-begin
    const std::string sql = "UPDATE page SET body=" + quoted(db, body) + " WHERE id=" + std::to_string(id);
    if (mysql_query(db, sql.c_str())) {
      mysql_rollback(db);
      return false;
    }
  }
  if (mysql_commit(db)) {
    mysql_rollback(db);
    return false;
  }
  return true;
}

void PageRepository::warmUp() {
  std::thread worker([db = db_.get()] {
    if (mysql_query(db, "SELECT id FROM page WHERE live=1") == 0) mysql_free_result(mysql_store_result(db));
  });
  worker.join();                    // nobody else touches the connection meanwhile
  addHit(1);
}

bool PageRepository::importTwoPhase(const std::vector<std::string>& slugs) {
  MYSQL* db = db_.get();
  if (mysql_query(db, "BEGIN")) return false;
  for (const auto& s : slugs) {
    if (mysql_query(db, "SAVEPOINT one")) { mysql_rollback(db); return false; }
    const std::string sql = "INSERT INTO page(slug) VALUES(" + quoted(db, s) + ")";
    const bool bad = mysql_query(db, sql.c_str()) != 0;
    if (mysql_query(db, bad ? "ROLLBACK TO SAVEPOINT one" : "RELEASE SAVEPOINT one")) {
      mysql_rollback(db);
      return false;
    }
  }
  if (mysql_commit(db)) {
    mysql_rollback(db);
    return false;
  }
  return true;
}

void nightly(const DbConfig& c) {
  MysqlPtr db = connectTo(c);
  if (!db) return;
  std::thread([m = db.get()] {  // expect: session-shared-across-threads
    if (mysql_query(m, "OPTIMIZE TABLE page") == 0) mysql_free_result(mysql_store_result(m));
  }).detach();
  if (reindex(db.get()) != 0) std::fprintf(stderr, "reindex failed\n");
}

int copySite(const DbConfig& c, const DbConfig& target) {
  MysqlPtr from = connectTo(c), to = connectTo(target);
  if (!from || !to) return -1;
  if (mysql_query(from.get(), "SELECT slug FROM page")) return -1;
  ResPtr rows(mysql_use_result(from.get()));
  if (!rows || mysql_query(to.get(), "BEGIN")) return -1;
  int n = 0;
  while (MYSQL_ROW r = mysql_fetch_row(rows.get())) {
    const std::string sql = "INSERT INTO page(slug) VALUES(" + quoted(to.get(), r[0] ? r[0] : "") + ")";
    if (mysql_query(to.get(), sql.c_str())) { mysql_rollback(to.get()); return -1; }
    ++n;
  }
  if (mysql_errno(from.get()) != 0 || mysql_commit(to.get()) != 0) {
    mysql_rollback(to.get());
    return -1;
  }
  return n;
}
