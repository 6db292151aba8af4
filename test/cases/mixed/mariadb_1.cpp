// Account service of a game server over the MariaDB C connector: helpers, goto, error codes
// library: mariadb
#include <mysql.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace accounts {

struct Settings {
  std::string host = "localhost";
  std::string user;
  std::string password;
  std::string schema = "game";
  unsigned port = 3306;
};

struct Account {
  unsigned long id = 0;
  std::string name;
  long coins = 0;
};

static void complain(MYSQL* db, const char* what) { std::fprintf(stderr, "%s: %s\n", what, mysql_error(db)); }

static bool query(MYSQL* db, const std::string& sql) {
  if (mysql_real_query(db, sql.data(), sql.size()) == 0) return true;
  complain(db, sql.c_str());
  return false;
}

struct CloseConnection {
  void operator()(MYSQL* db) const noexcept { mysql_close(db); }
};
struct FreeResult {
  void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); }
};
using Connection = std::unique_ptr<MYSQL, CloseConnection>;
using Result = std::unique_ptr<MYSQL_RES, FreeResult>;

Connection connect(const Settings& s) {
  Connection db(mysql_init(nullptr));
  if (!db) return nullptr;
  const unsigned timeout = 5;
  mysql_options(db.get(), MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
  if (mysql_real_connect(db.get(), s.host.c_str(), s.user.c_str(), s.password.c_str(), s.schema.c_str(), s.port, nullptr, 0) == nullptr) {
    complain(db.get(), "connect");
    return nullptr;
  }
  return db;
}

std::optional<Account> load(MYSQL* db, unsigned long id) {
  if (!query(db, "SELECT id, name, coins FROM account WHERE id = " + std::to_string(id))) return std::nullopt;
  const Result result(mysql_store_result(db));
  if (!result) return std::nullopt;
  const MYSQL_ROW row = mysql_fetch_row(result.get());
  if (row == nullptr) return std::nullopt;
  Account a;
  a.id = std::strtoul(row[0], nullptr, 10);
  a.name = row[1] ? row[1] : "";
  a.coins = row[2] ? std::atol(row[2]) : 0;
  return a;
}

long coinsOf(MYSQL* db, unsigned long id) {
  if (!query(db, "SELECT coins FROM account WHERE id = " + std::to_string(id))) return -1;
  MYSQL_RES* result = mysql_store_result(db);
  if (result == nullptr) return -1;
  const MYSQL_ROW row = mysql_fetch_row(result);
  mysql_free_result(result);
  return row != nullptr ? std::atol(row[0]) : 0;  // expect: session-use-after-scope
}

long levelOf(MYSQL* db, unsigned long id) {
  if (!query(db, "SELECT level FROM account WHERE id = " + std::to_string(id))) return -1;
  MYSQL_RES* result = mysql_store_result(db);
  if (result == nullptr) return -1;
  const MYSQL_ROW row = mysql_fetch_row(result);
  const long level = row != nullptr && row[0] != nullptr ? std::atol(row[0]) : 0;
  mysql_free_result(result);
  return level;
}

bool exists(MYSQL* db, const std::string& name) {
  std::string escaped(name.size() * 2 + 1, '\0');
  escaped.resize(mysql_real_escape_string(db, escaped.data(), name.data(), name.size()));
  if (!query(db, "SELECT id, banned FROM account WHERE name = '" + escaped + "'")) return false;
  MYSQL_RES* result = mysql_store_result(db);  // expect: session-leak
  if (result == nullptr) return false;
  MYSQL_ROW row = mysql_fetch_row(result);
  if (row == nullptr) return false;
  const bool banned = row[1] != nullptr && row[1][0] == '1';
  mysql_free_result(result);
  return !banned;
}

std::vector<std::string> names(MYSQL* db) {
  std::vector<std::string> all;
  if (!query(db, "SELECT name FROM account ORDER BY name")) return all;
  if (MYSQL_RES* result = mysql_use_result(db)) {
    while (MYSQL_ROW row = mysql_fetch_row(result)) all.emplace_back(row[0]);
    mysql_free_result(result);
  }
  return all;
}

bool addCoins(MYSQL* db, unsigned long id, long coins) {
  MYSQL_STMT* st = mysql_stmt_init(db);
  if (st == nullptr) return false;
  bool ok = false;
  static const char sql[] = "UPDATE account SET coins = coins + ? WHERE id = ?";
  MYSQL_BIND bind[2];
  std::memset(bind, 0, sizeof bind);
  if (mysql_stmt_prepare(st, sql, sizeof sql - 1) != 0) goto done;
  bind[0].buffer_type = MYSQL_TYPE_LONG;
  bind[0].buffer = &coins;
  bind[1].buffer_type = MYSQL_TYPE_LONGLONG;
  bind[1].buffer = &id;
  if (mysql_stmt_bind_param(st, bind) != 0) goto done;
  ok = mysql_stmt_execute(st) == 0;
done:
  if (!ok) std::fprintf(stderr, "addCoins: %s\n", mysql_stmt_error(st));
  mysql_stmt_close(st);
  return ok;
}

bool setLevel(MYSQL* db, unsigned long id, int level) {
  MYSQL_STMT* st = mysql_stmt_init(db);  // expect: session-leak
  if (st == nullptr) return false;
  static const char sql[] = "UPDATE account SET level = ? WHERE id = ?";
  if (mysql_stmt_prepare(st, sql, sizeof sql - 1) != 0) {
    std::fprintf(stderr, "setLevel: %s\n", mysql_stmt_error(st));
    return false;
  }
  MYSQL_BIND bind[2];
  std::memset(bind, 0, sizeof bind);
  bind[0].buffer_type = MYSQL_TYPE_LONG;
  bind[0].buffer = &level;
  bind[1].buffer_type = MYSQL_TYPE_LONGLONG;
  bind[1].buffer = &id;
  const bool ok = mysql_stmt_bind_param(st, bind) == 0 && mysql_stmt_execute(st) == 0;
  mysql_stmt_close(st);
  return ok;
}

bool pay(MYSQL* db, unsigned long from, unsigned long to, long coins) {
  if (coinsOf(db, from) < coins) return false;
  if (!query(db, "START TRANSACTION")) return false;
  if (!addCoins(db, from, -coins) || !addCoins(db, to, coins)) {
    mysql_rollback(db);
    return false;
  }
  if (mysql_commit(db) != 0) {
    complain(db, "pay");
    mysql_rollback(db);
    return false;
  }
  return true;
}

bool buy(MYSQL* db, unsigned long who, int article, long price) {
  if (!query(db, "START TRANSACTION")) return false;  // expect: session-unfinished-transaction
  const std::optional<Account> account = load(db, who);
  if (!account || account->coins < price) return false;
  if (!addCoins(db, who, -price) || !query(db, "INSERT INTO owned VALUES (" + std::to_string(who) + ", " + std::to_string(article) + ")")) {
    mysql_rollback(db);
    return false;
  }
  return mysql_commit(db) == 0;
}

bool sell(MYSQL* db, unsigned long who, int article, long price) {
  if (!query(db, "BEGIN")) return false;
  bool ok = query(db, "DELETE FROM owned WHERE account = " + std::to_string(who) + " AND article = " + std::to_string(article));
  ok = ok && mysql_affected_rows(db) == 1;
  ok = ok && addCoins(db, who, price);
  if (ok) ok = mysql_commit(db) == 0;
  if (!ok) mysql_rollback(db);
  return ok;
}

bool gift(MYSQL* db, unsigned long who, long coins) {
  if (!query(db, "BEGIN")) return false;
  if (!addCoins(db, who, coins)) {
    mysql_rollback(db);
    std::fprintf(stderr, "no gift for %lu\n", who);
  }
  if (mysql_commit(db) != 0) complain(db, "gift");  // expect: session-double-end
  return true;
}

class Scope {
public:
  explicit Scope(MYSQL* db) : db_(db) { mysql_query(db_, "START TRANSACTION"); }
  ~Scope() {
    if (db_ != nullptr) mysql_rollback(db_);
  }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  bool commit() {
    MYSQL* db = db_;
    db_ = nullptr;
    return mysql_commit(db) == 0;
  }

private:
  MYSQL* db_;
};

bool ban(MYSQL* db, unsigned long id, const std::string& reason) {
  Scope scope(db);
  if (!query(db, "UPDATE account SET banned = 1 WHERE id = " + std::to_string(id))) return false;
  if (mysql_affected_rows(db) == 0) return false;
  if (!query(db, "INSERT INTO ban(account, reason) VALUES (" + std::to_string(id) + ", '" + reason + "')")) return false;
  return scope.commit();
}

bool unban(MYSQL* db, unsigned long id) {
  Scope scope(db);  // expect: session-unfinished-transaction
  if (!query(db, "UPDATE account SET banned = 0 WHERE id = " + std::to_string(id))) return false;
  return query(db, "DELETE FROM ban WHERE account = " + std::to_string(id));
}

bool banHouse(MYSQL* db, unsigned long house, const std::vector<unsigned long>& members) {
  Scope scope(db);
  if (!query(db, "UPDATE house SET banned = 1 WHERE id = " + std::to_string(house))) return false;
  for (const unsigned long member : members)
    if (!ban(db, member, "house")) return false;  // expect: session-nested-begin
  return scope.commit();
}

bool banEach(MYSQL* db, const std::vector<unsigned long>& members) {
  unsigned failed = 0;
  for (const unsigned long member : members)
    if (!ban(db, member, "list")) ++failed;
  return failed == 0;
}

bool wipe(MYSQL* db) {
  Scope{db};  // expect: session-temporary-guard
  return query(db, "DELETE FROM owned") && query(db, "UPDATE account SET coins = 0");
}

int check(const Settings& s) {
  MYSQL* db = mysql_init(nullptr);  // expect: session-raw-construction
  if (db == nullptr) return 1;
  int result = 0;
  if (!mysql_real_connect(db, s.host.c_str(), s.user.c_str(), s.password.c_str(), nullptr, s.port, nullptr, 0)) {
    complain(db, "check");
    result = 2;
  } else if (mysql_select_db(db, s.schema.c_str()) != 0) {
    complain(db, s.schema.c_str());
    result = 3;
  }
  mysql_close(db);
  return result;
}

int createSchema(const Settings& s) {
  MYSQL* db = mysql_init(nullptr);  // expect: session-leak
  if (!mysql_real_connect(db, s.host.c_str(), s.user.c_str(), s.password.c_str(), nullptr, s.port, nullptr, 0)) {
    complain(db, "create");
    return 1;
  }
  const bool ok = query(db, "CREATE SCHEMA " + s.schema);
  mysql_close(db);
  return ok ? 0 : 2;
}

MYSQL* openRaw(const Settings& s) {
  MYSQL* db = mysql_init(nullptr);
  if (db != nullptr && !mysql_real_connect(db, s.host.c_str(), s.user.c_str(), s.password.c_str(), s.schema.c_str(), s.port, nullptr, 0)) {
    complain(db, "open");
    mysql_close(db);
    db = nullptr;
  }
  return db;
}

bool withConnection(const Settings& s, const std::function<bool(MYSQL*)>& work) {
  const Connection db(openRaw(s));
  return db && work(db.get());
}

bool newSeason(MYSQL* db) {
  if (!query(db, "START TRANSACTION")) return false;
  if (!query(db, "INSERT INTO season(started) VALUES (NOW())")) {
    mysql_rollback(db);
    return false;
  }
  mysql_commit(db);
  const unsigned long long season = mysql_insert_id(db);
  if (!query(db, "START TRANSACTION")) return false;
  if (!query(db, "INSERT INTO standing SELECT id, " + std::to_string(season) + ", 0 FROM account")) {
    mysql_rollback(db);
    return false;
  }
  return mysql_commit(db) == 0;  // expect: session-multiple-commits
}

bool archiveLog(MYSQL* db) {
  for (;;) {
    if (!query(db, "START TRANSACTION")) return false;
    if (!query(db, "DELETE FROM log WHERE old = 1 LIMIT 1000")) {
      mysql_rollback(db);
      return false;
    }
    const bool last = mysql_affected_rows(db) < 1000;
    if (mysql_commit(db) != 0) {
      mysql_rollback(db);
      return false;
    }
    if (last) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

void keepAlive(MYSQL* db, const bool& stop) {
  std::thread([db, &stop] {  // expect: session-shared-across-threads
    while (!stop) {
      mysql_ping(db);
      std::this_thread::sleep_for(std::chrono::seconds(30));
    }
  }).detach();
  query(db, "SET SESSION wait_timeout = 60");
}

}  // namespace accounts
