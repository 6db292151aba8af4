// library: mariadb
#include <mysql.h>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace my {

struct Close {
  void operator()(MYSQL* m) const noexcept { mysql_close(m); }
};
struct Free {
  void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); }
};
struct CloseStmt {
  void operator()(MYSQL_STMT* s) const noexcept { mysql_stmt_close(s); }
};
using Conn = std::unique_ptr<MYSQL, Close>;
using Res = std::unique_ptr<MYSQL_RES, Free>;
using Stmt = std::unique_ptr<MYSQL_STMT, CloseStmt>;

#define CHECK(m, call)              \
  if ((call) != 0) {                \
    report((m));                    \
    goto failed;                    \
  }

void report(MYSQL* m) noexcept;

// 1: connect, or nothing
Conn connect(const char* host, const char* user, const char* pw) {
  Conn m(mysql_init(nullptr));
  if (!m) return nullptr;
  unsigned int t = 5;
  mysql_optionsv(m.get(), MYSQL_OPT_CONNECT_TIMEOUT, &t);
  if (!mysql_real_connect(m.get(), host, user, pw, "app", 0, nullptr, 0)) {
    report(m.get());
    return nullptr;
  }
  mysql_set_character_set(m.get(), "utf8mb4");
  return m;
}

// 2: connect fails and the handle is forgotten
MYSQL* connectBad(const char* host) {
  MYSQL* m = mysql_init(nullptr);  // expect: session-leak
  if (!m) return nullptr;
  if (!mysql_real_connect(m, host, "u", "p", "app", 0, nullptr, 0)) {
    report(m);
    return nullptr;
  }
  return m;
}

// 3: the same with the close; the caller owns the rest
MYSQL* connectRaw(const char* host) {
  MYSQL* m = mysql_init(nullptr);
  if (m && !mysql_real_connect(m, host, "u", "p", "app", 0, nullptr, 0)) {
    report(m);
    mysql_close(m);
    m = nullptr;
  }
  return m;
}

// 4: autocommit off and on again around the work
bool inAutocommitOff(MYSQL* m, const std::vector<std::string>& sql) {
  if (mysql_autocommit(m, 0)) return false;
  bool ok = true;
  for (const auto& s : sql) {
    ok = mysql_real_query(m, s.data(), s.size()) == 0;
    if (!ok) break;
  }
  if (ok) ok = mysql_commit(m) == 0;
  if (!ok) mysql_rollback(m);
  mysql_autocommit(m, 1);
  return ok;
}

// 5: macro and goto
bool transfer(MYSQL* m) {
  if (mysql_query(m, "START TRANSACTION")) return false;
  CHECK(m, mysql_query(m, "UPDATE acc SET n = n - 1 WHERE id = 1"))
  CHECK(m, mysql_query(m, "UPDATE acc SET n = n + 1 WHERE id = 2"))
  CHECK(m, mysql_commit(m))
  return true;
failed:
  mysql_rollback(m);
  return false;
}

// 6: rows copied while the result lives
std::vector<std::string> names(MYSQL* m) {
  std::vector<std::string> out;
  if (mysql_query(m, "SELECT n FROM doc")) return out;
  Res r(mysql_store_result(m));
  if (!r) return out;
  while (MYSQL_ROW row = mysql_fetch_row(r.get())) {
    if (!row[0]) continue;
    out.emplace_back(row[0]);
  }
  return out;
}

// 7: multi results, freed each
int drain(MYSQL* m, const char* sql) {
  if (mysql_query(m, sql)) return -1;
  int n = 0, st = 0;
  do {
    MYSQL_RES* r = mysql_store_result(m);
    if (r) {
      n += static_cast<int>(mysql_num_rows(r));
      mysql_free_result(r);
    } else if (mysql_field_count(m) != 0) {
      return -1;
    }
    st = mysql_next_result(m);
  } while (st == 0);
  return st > 0 ? -1 : n;
}

// 8: statement with bind buffers
std::optional<long> insert(MYSQL* m, const std::string& t) {
  Stmt s(mysql_stmt_init(m));
  if (!s) return std::nullopt;
  const char* sql = "INSERT INTO doc(t) VALUES(?)";
  if (mysql_stmt_prepare(s.get(), sql, std::strlen(sql))) return std::nullopt;
  MYSQL_BIND b;
  std::memset(&b, 0, sizeof b);
  unsigned long len = t.size();
  b.buffer_type = MYSQL_TYPE_STRING;
  b.buffer = const_cast<char*>(t.data());
  b.length = &len;
  if (mysql_stmt_bind_param(s.get(), &b) || mysql_stmt_execute(s.get())) return std::nullopt;
  return static_cast<long>(mysql_stmt_insert_id(s.get()));
}

// 9: result freed by hand, but not on the branch of no rows
int maxId(MYSQL* m) {
  if (mysql_query(m, "SELECT max(id) FROM doc")) return -1;
  MYSQL_RES* r = mysql_store_result(m);  // expect: session-leak
  if (!r) return -1;
  MYSQL_ROW row = mysql_fetch_row(r);
  if (!row || !row[0]) return 0;
  int v = std::atoi(row[0]);
  mysql_free_result(r);
  return v;
}

// 10: guard with states
class Tx {
public:
  enum class St { None, Open, Ended };
  explicit Tx(MYSQL* m) : m_(m) {
    if (mysql_query(m_, "START TRANSACTION") == 0) st_ = St::Open;
  }
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;
  ~Tx() {
    if (st_ == St::Open) mysql_rollback(m_);
  }
  St state() const { return st_; }
  bool commit() {
    if (st_ != St::Open) return false;
    if (mysql_commit(m_)) return false;
    st_ = St::Ended;
    return true;
  }

private:
  MYSQL* m_;
  St st_ = St::None;
};

bool rename(MYSQL* m, const std::string& sql) {
  Tx tx(m);
  if (tx.state() != Tx::St::Open) return false;
  if (mysql_real_query(m, sql.data(), sql.size())) return false;
  if (mysql_affected_rows(m) != 1) return false;
  return tx.commit();
}

// 11: shared_ptr with the C function as deleter
std::shared_ptr<MYSQL> shared(const char* host) {
  std::shared_ptr<MYSQL> m(mysql_init(nullptr), mysql_close);
  if (!m || !mysql_real_connect(m.get(), host, "u", "p", "app", 0, nullptr, 0)) return {};
  return m;
}

// 12: handle embedded by value
class Embedded {
public:
  Embedded() { mysql_init(&m_); }
  Embedded(const Embedded&) = delete;
  Embedded& operator=(const Embedded&) = delete;
  ~Embedded() { mysql_close(&m_); }
  bool open(const char* host) {
    if (open_) return true;
    open_ = mysql_real_connect(&m_, host, "u", "p", "app", 0, nullptr, 0) != nullptr;
    return open_;
  }
  bool ping() { return open_ && mysql_ping(&m_) == 0; }
  void reconnect(const char* host) {
    mysql_close(&m_);
    mysql_init(&m_);
    open_ = false;
    open(host);
  }

private:
  MYSQL m_;
  bool open_ = false;
};

// 13: deadlock retry, a new transaction in each round
bool retry(MYSQL* m, const std::function<bool(MYSQL*)>& f) {
  for (int i = 0; i < 3; ++i) {
    if (mysql_query(m, "BEGIN")) return false;
    if (f(m) && mysql_commit(m) == 0) return true;
    const unsigned e = mysql_errno(m);
    mysql_rollback(m);
    if (e != 1213) break;
  }
  return false;
}

// 14: a thread with its own connection
void background(std::string host, int id) {
  std::thread([host = std::move(host), id] {
    mysql_thread_init();
    {
      Conn c = connect(host.c_str(), "u", "p");
      std::string sql = "UPDATE doc SET seen = 1 WHERE id = " + std::to_string(id);
      if (c && mysql_real_query(c.get(), sql.data(), sql.size())) report(c.get());
    }
    mysql_thread_end();
  }).detach();
}

// 15: two connections, one to each of two servers
bool mirror(MYSQL* from, MYSQL* to) {
  if (mysql_query(from, "SELECT id FROM doc")) return false;
  Res r(mysql_use_result(from));
  if (!r) return false;
  if (mysql_query(to, "BEGIN")) return false;
  bool ok = true;
  while (MYSQL_ROW row = mysql_fetch_row(r.get())) {
    std::string sql = std::string("INSERT INTO doc VALUES(") + row[0] + ")";
    if (mysql_query(to, sql.c_str())) ok = false;
  }
  ok = ok && mysql_errno(from) == 0;
  if (ok && mysql_commit(to) == 0) return true;
  mysql_rollback(to);
  return false;
}

// 16: used after the close
bool pingAndClose(MYSQL* m, bool last) {
  bool ok = mysql_ping(m) == 0;
  if (last) mysql_close(m);
  if (!ok && last) report(m);  // expect: session-use-after-scope
  return ok;
}

// 17: correlated twin of it
bool pingAndKeep(MYSQL* m, bool last) {
  bool ok = mysql_ping(m) == 0;
  if (last) mysql_close(m);
  if (!ok && !last) report(m);
  return ok;
}

// 18: own or given
int countRows(MYSQL* given, const char* host) {
  Conn own;
  if (!given) own = connect(host, "u", "p");
  MYSQL* m = given ? given : own.get();
  if (!m || mysql_query(m, "SELECT count(*) FROM doc")) return -1;
  Res r(mysql_store_result(m));
  MYSQL_ROW row = r ? mysql_fetch_row(r.get()) : nullptr;
  return row ? std::atoi(row[0]) : -1;
}

// 19: savepoint
bool optionalPart(MYSQL* m) {
  if (mysql_query(m, "SAVEPOINT opt")) return false;
  if (mysql_query(m, "INSERT INTO extra VALUES(1)")) {
    mysql_query(m, "ROLLBACK TO SAVEPOINT opt");
    return false;
  }
  return mysql_query(m, "RELEASE SAVEPOINT opt") == 0;
}

// 20: unit with the optional part
bool unit(MYSQL* m) {
  Tx tx(m);
  if (tx.state() != Tx::St::Open) return false;
  if (mysql_query(m, "INSERT INTO doc VALUES(1)")) return false;
  if (!optionalPart(m)) report(m);
  return tx.commit();
}

}  // namespace my
