// library: mariadb
#include <mysql.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#define SQL_FAIL(db) std::fprintf(stderr, "%s:%d: %s\n", __func__, __LINE__, mysql_error(db))

namespace arena {

struct Login {
  const char* host;
  const char* user;
  const char* password;
  const char* schema;
  unsigned port;
  bool tls;
};

struct Hero {
  int id = 0;
  std::string name;
  long gold = 0;
};

typedef bool (*RowVisitor)(MYSQL_ROW row, unsigned columns, void* user) noexcept;

static bool run(MYSQL* db, const std::string& sql) {
  if (mysql_real_query(db, sql.data(), sql.size()) == 0) return true;
  SQL_FAIL(db);
  return false;
}

MYSQL* login(const Login& l) {
  MYSQL* db = mysql_init(nullptr);  // expect: session-leak
  if (!db) return nullptr;
  if (l.tls) mysql_ssl_set(db, nullptr, nullptr, "ca.pem", nullptr, nullptr);
  if (!mysql_real_connect(db, l.host, l.user, l.password, l.schema, l.port, nullptr, 0)) {
    SQL_FAIL(db);
    return nullptr;
  }
  return db;
}

MYSQL* loginTwice(const Login& l, const char* backupHost) {
  MYSQL* db = mysql_init(nullptr);
  if (!db) return nullptr;
  if (!mysql_real_connect(db, l.host, l.user, l.password, l.schema, l.port, nullptr, 0) &&
      !mysql_real_connect(db, backupHost, l.user, l.password, l.schema, l.port, nullptr, 0)) {
    SQL_FAIL(db);
    mysql_close(db);
    return nullptr;
  }
  mysql_set_character_set(db, "utf8mb4");
  return db;
}

bool loadHero(MYSQL* db, int id, Hero* out) {
  MYSQL_RES* res = nullptr;
  MYSQL_ROW row;
  bool found = false;
  if (!run(db, "SELECT id, name, gold FROM hero WHERE id = " + std::to_string(id))) return false;
  if ((res = mysql_store_result(db)) == nullptr) return false;
  if ((row = mysql_fetch_row(res)) != nullptr) {
    out->id = std::atoi(row[0]);
    out->name = row[1] ? row[1] : "";
    out->gold = std::atol(row[2]);
    found = true;
  }
  mysql_free_result(res);
  return found;
}

int visit(MYSQL* db, const std::string& sql, RowVisitor visitor, void* user) {
  if (!run(db, sql)) return -1;
  MYSQL_RES* res = mysql_use_result(db);  // expect: session-leak
  if (!res) return -1;
  int n = 0;
  const unsigned columns = mysql_num_fields(res);
  while (MYSQL_ROW row = mysql_fetch_row(res)) {
    ++n;
    if (!visitor(row, columns, user)) return n;
  }
  mysql_free_result(res);
  return n;
}

int visitUntil(MYSQL* db, const std::string& sql, RowVisitor visitor, void* user) {
  if (!run(db, sql)) return -1;
  int n = 0;
  if (MYSQL_RES* res = mysql_store_result(db)) {
    while (MYSQL_ROW row = mysql_fetch_row(res)) {
      ++n;
      if (!visitor(row, mysql_num_fields(res), user)) break;
    }
    mysql_free_result(res);
  }
  return n;
}

bool buy(MYSQL* db, int hero, int item, int price) {
  if (mysql_query(db, "START TRANSACTION")) return false;
  const std::string who = std::to_string(hero);
  if (run(db, "UPDATE hero SET gold = gold - " + std::to_string(price) + " WHERE id = " + who) &&
      mysql_affected_rows(db) == 1 && run(db, "INSERT INTO bag VALUES(" + who + "," + std::to_string(item) + ")") &&
      mysql_commit(db) == 0) {
    return true;
  }
  mysql_rollback(db);
  return false;
}

bool sell(MYSQL* db, int hero, int item, int price) {
  if (mysql_query(db, "START TRANSACTION")) return false;  // expect: session-unfinished-transaction
  const std::string who = std::to_string(hero);
  if (!run(db, "DELETE FROM bag WHERE hero = " + who + " AND item = " + std::to_string(item) + " LIMIT 1")) {
    mysql_rollback(db);
    return false;
  }
  switch (mysql_affected_rows(db)) {
    case 0:
      std::fprintf(stderr, "hero %d does not own %d\n", hero, item);
      return false;
    case 1:
      break;
    default:
      mysql_rollback(db);
      return false;
  }
  if (run(db, "UPDATE hero SET gold = gold + " + std::to_string(price) + " WHERE id = " + who) && !mysql_commit(db)) return true;
  mysql_rollback(db);
  return false;
}

bool gift(MYSQL* db, int from, int to, long gold) {
  bool done = false;
  if (mysql_autocommit(db, 0)) return false;
  do {
    if (!run(db, "UPDATE hero SET gold = gold - " + std::to_string(gold) + " WHERE id = " + std::to_string(from))) break;
    if (!run(db, "UPDATE hero SET gold = gold + " + std::to_string(gold) + " WHERE id = " + std::to_string(to))) break;
    done = mysql_commit(db) == 0;
  } while (false);
  if (!done) mysql_rollback(db);
  mysql_autocommit(db, 1);
  return done;
}

const char* guildName(MYSQL* db, int guild) {
  static char name[64];
  name[0] = '\0';
  if (!run(db, "SELECT name FROM guild WHERE id = " + std::to_string(guild))) return name;
  MYSQL_RES* res = mysql_store_result(db);
  if (!res) return name;
  if (MYSQL_ROW row = mysql_fetch_row(res)) std::snprintf(name, sizeof name, "%s", row[0] ? row[0] : "");
  mysql_free_result(res);
  return name;
}

std::string guildMotto(MYSQL* db, int guild) {
  if (!run(db, "SELECT motto FROM guild WHERE id = " + std::to_string(guild))) return {};
  MYSQL_RES* res = mysql_store_result(db);
  if (!res) return {};
  MYSQL_ROW row = mysql_fetch_row(res);
  mysql_free_result(res);
  if (!row || !row[0]) return {};  // expect: session-use-after-scope
  return row[0];
}

long prepareAndCount(MYSQL* db, const char* sql, long argument) {
  MYSQL_STMT* st = mysql_stmt_init(db);  // expect: session-leak
  MYSQL_BIND in;
  std::memset(&in, 0, sizeof in);
  in.buffer_type = MYSQL_TYPE_LONGLONG;
  in.buffer = &argument;
  if (!st || mysql_stmt_prepare(st, sql, std::strlen(sql))) {
    SQL_FAIL(db);
    return -1;
  }
  long rows = -1;
  if (!mysql_stmt_bind_param(st, &in) && !mysql_stmt_execute(st)) rows = static_cast<long>(mysql_stmt_affected_rows(st));
  mysql_stmt_close(st);
  return rows;
}

bool banAll(MYSQL* db, const std::vector<long>& ids) {
  bool ok = false;
  long id = 0;
  static const char sql[] = "UPDATE account SET banned = 1 WHERE id = ?";
  MYSQL_BIND in;
  MYSQL_STMT* st = mysql_stmt_init(db);
  if (!st) return false;
  std::memset(&in, 0, sizeof in);
  in.buffer_type = MYSQL_TYPE_LONGLONG;
  in.buffer = &id;
  if (mysql_stmt_prepare(st, sql, sizeof sql - 1) || mysql_stmt_bind_param(st, &in)) goto cleanup;
  if (mysql_query(db, "BEGIN")) goto cleanup;
  for (long each : ids) {
    id = each;
    if (mysql_stmt_execute(st)) {
      std::fprintf(stderr, "%s\n", mysql_stmt_error(st));
      mysql_rollback(db);
      goto cleanup;
    }
  }
  ok = mysql_commit(db) == 0;
  if (!ok) mysql_rollback(db);
cleanup:
  mysql_stmt_close(st);
  return ok;
}

int seasonReset(const Login& l) {
  MYSQL* db = mysql_init(nullptr);  // expect: session-raw-construction
  if (!db) return 1;
  int rc = 1;
  if (mysql_real_connect(db, l.host, l.user, l.password, l.schema, l.port, nullptr, CLIENT_MULTI_STATEMENTS)) {
    rc = run(db, "TRUNCATE ladder") && run(db, "UPDATE hero SET rating = 1000") ? 0 : 2;
  } else {
    SQL_FAIL(db);
  }
  mysql_close(db);
  return rc;
}

bool pingOnce(const Login& l) {
  MYSQL stack;
  mysql_init(&stack);  // expect: session-raw-construction
  const bool up = mysql_real_connect(&stack, l.host, l.user, l.password, nullptr, l.port, nullptr, 0) != nullptr;
  if (!up) SQL_FAIL(&stack);
  mysql_close(&stack);
  return up;
}

void drain(MYSQL* db) {
  int status = 0;
  do {
    if (MYSQL_RES* res = mysql_store_result(db)) mysql_free_result(res);
    status = mysql_next_result(db);
  } while (status == 0);
  if (status > 0) SQL_FAIL(db);
}

bool migrateLadder(MYSQL* db, int version) {
  if (version < 4) {
    if (!run(db, "START TRANSACTION")) return false;
    if (!run(db, "INSERT INTO ladder_v4 SELECT * FROM ladder") || !run(db, "UPDATE meta SET version = 4")) {
      mysql_rollback(db);
      return false;
    }
    if (mysql_commit(db)) {
      mysql_rollback(db);
      return false;
    }
  } else {
    if (!run(db, "START TRANSACTION")) return false;
    if (!run(db, "UPDATE ladder_v4 SET stale = 0") || mysql_commit(db)) {
      mysql_rollback(db);
      return false;
    }
  }
  return true;
}

bool disband(MYSQL* db, int guild) {
  const std::string id = std::to_string(guild);
  if (!run(db, "START TRANSACTION")) return false;
  bool ok = run(db, "DELETE FROM member WHERE guild = " + id);
  if (!ok) mysql_rollback(db);
  ok = ok && run(db, "DELETE FROM guild WHERE id = " + id);
  if (ok && mysql_commit(db) == 0) return true;
  mysql_rollback(db);  // expect: session-double-end
  return false;
}

void closeAll(std::vector<MYSQL*>& links) {
  for (MYSQL*& db : links) {
    if (!db) continue;
    mysql_close(db);
    db = nullptr;
  }
  links.clear();
}

bool relog(MYSQL*& db, const Login& l) {
  if (mysql_ping(db) == 0) return true;
  mysql_close(db);
  db = loginTwice(l, "standby");
  return db != nullptr;
}

}  // namespace arena
