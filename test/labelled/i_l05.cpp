// library: mariadb
// beacon, metrics exporter writing to MariaDB
#include <mariadb/mysql.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace beacon {

struct Target {
  std::string host = "localhost";
  std::string user = "beacon";
  std::string pass;
  std::string schema = "metrics";
  unsigned port = 3306;
  unsigned timeout = 5;
};

struct Sample {
  std::string name;
  double value = 0;
};

struct MyClose {
  void operator()(MYSQL* m) const noexcept { mysql_close(m); }
};
using My = std::unique_ptr<MYSQL, MyClose>;
struct ResFree {
  void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); }
};
using MyRes = std::unique_ptr<MYSQL_RES, ResFree>;
struct StmtClose {
  void operator()(MYSQL_STMT* s) const noexcept { mysql_stmt_close(s); }
};
using MyStmt = std::unique_ptr<MYSQL_STMT, StmtClose>;

static bool q(MYSQL* m, const std::string& sql) noexcept {
  if (mysql_real_query(m, sql.data(), sql.size()) == 0) return true;
  std::fprintf(stderr, "beacon: %s\n", mysql_error(m));
  return false;
}

My dial(const Target& t) {
  My m(mysql_init(nullptr));
  if (!m) return nullptr;
  mysql_options(m.get(), MYSQL_OPT_CONNECT_TIMEOUT, &t.timeout);
  if (!mysql_real_connect(m.get(), t.host.c_str(), t.user.c_str(), t.pass.c_str(), t.schema.c_str(), t.port, nullptr, 0)) {
    std::fprintf(stderr, "dial %s: %s\n", t.host.c_str(), mysql_error(m.get()));
    return nullptr;
  }
  return m;
}

MYSQL* dialLegacy(const Target& t) {
  MYSQL* m = mysql_init(nullptr);  // expect: session-leak
  if (!m) return nullptr;
  mysql_options(m, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  if (mysql_real_connect(m, t.host.c_str(), t.user.c_str(), t.pass.c_str(), nullptr, t.port, nullptr, 0) == nullptr) {
    std::fprintf(stderr, "dial: %s\n", mysql_error(m));
    return nullptr;
  }
  if (mysql_select_db(m, t.schema.c_str()) != 0) {
    mysql_close(m);
    return nullptr;
  }
  return m;
}

unsigned long probe(const Target& t) {
  MYSQL m;
  mysql_init(&m);  // expect: session-raw-construction
  unsigned long version = 0;
  if (mysql_real_connect(&m, t.host.c_str(), t.user.c_str(), t.pass.c_str(), nullptr, t.port, nullptr, 0))
    version = mysql_get_server_version(&m);
  mysql_close(&m);
  return version;
}

std::map<std::string, double> latest(MYSQL* m) {
  std::map<std::string, double> out;
  if (!q(m, "SELECT name, value FROM latest")) return out;
  MyRes res(mysql_use_result(m));
  if (!res) return out;
  while (MYSQL_ROW row = mysql_fetch_row(res.get())) {
    if (row[0] && row[1]) out[row[0]] = std::strtod(row[1], nullptr);
  }
  if (mysql_errno(m) != 0) out.clear();
  return out;
}

std::string newestName(MYSQL* m) {
  if (!q(m, "SELECT name FROM sample ORDER BY at DESC LIMIT 1")) return {};
  MYSQL_RES* res = mysql_store_result(m);
  if (!res) return {};
  MYSQL_ROW row = mysql_fetch_row(res);
  mysql_free_result(res);
  return row && row[0] ? row[0] : "";  // expect: session-use-after-scope
}

long rowEstimate(MYSQL* m, const char* table) {
  char sql[128];
  std::snprintf(sql, sizeof sql, "SHOW TABLE STATUS LIKE '%s'", table);
  if (mysql_query(m, sql) != 0) return -1;
  MYSQL_RES* res = mysql_store_result(m);  // expect: session-leak
  if (!res) return -1;
  MYSQL_ROW row = mysql_fetch_row(res);
  if (!row || !row[4]) return 0;
  const long n = std::atol(row[4]);
  mysql_free_result(res);
  return n;
}

bool pushBatch(MYSQL* m, const std::vector<Sample>& batch) {
  if (!q(m, "START TRANSACTION")) return false;
  for (const Sample& s : batch) {
    char sql[256];
    std::snprintf(sql, sizeof sql, "INSERT INTO sample(name, value) VALUES ('%s', %f)", s.name.c_str(), s.value);
    if (!q(m, sql)) {
      mysql_rollback(m);
      return false;
    }
  }
  if (mysql_commit(m) != 0) {
    mysql_rollback(m);
    return false;
  }
  return true;
}

class AutocommitOff {
 public:
  explicit AutocommitOff(MYSQL* m) noexcept : m_(m) { mysql_autocommit(m_, 0); }
  ~AutocommitOff() {
    mysql_rollback(m_);
    mysql_autocommit(m_, 1);
  }
  AutocommitOff(const AutocommitOff&) = delete;
  AutocommitOff& operator=(const AutocommitOff&) = delete;

 private:
  MYSQL* m_;
};

bool rollup(MYSQL* m, int hour) {
  AutocommitOff scope(m);
  const std::string h = std::to_string(hour);
  if (!q(m, "INSERT INTO hourly SELECT name, avg(value) FROM sample WHERE hour = " + h + " GROUP BY name")) return false;
  if (!q(m, "DELETE FROM sample WHERE hour = " + h)) return false;
  return mysql_commit(m) == 0;
}

int rollupDay(MYSQL* m, int day) {
  int done = 0;
  for (int h = day * 24; h < day * 24 + 24; ++h) {
    if (!rollup(m, h)) break;
    ++done;
  }
  return done;
}

bool retag(MYSQL* m, const std::string& from, const std::string& to) {
  if (!q(m, "BEGIN")) return false;
  bool ok = q(m, "UPDATE sample SET name = '" + to + "' WHERE name = '" + from + "'");
  ok = ok && q(m, "UPDATE hourly SET name = '" + to + "' WHERE name = '" + from + "'");
  ok = ok && q(m, "COMMIT");
  if (!ok) q(m, "ROLLBACK");
  return ok;
}

bool swapTables(MYSQL* m) {
  if (!q(m, "START TRANSACTION")) return false;
  if (!q(m, "DELETE FROM latest")) {
    mysql_rollback(m);
    return false;
  }
  if (!q(m, "START TRANSACTION")) {  // expect: session-nested-begin
    mysql_rollback(m);
    return false;
  }
  if (!q(m, "INSERT INTO latest SELECT name, max(value) FROM sample GROUP BY name") || mysql_commit(m) != 0) {
    mysql_rollback(m);
    return false;
  }
  return true;
}

bool purge(MYSQL* m, int days) {
  if (mysql_query(m, "START TRANSACTION") != 0) return false;  // expect: session-unfinished-transaction
  const std::string cut = std::to_string(days);
  switch (days) {
    case 0:
      mysql_rollback(m);
      return false;
    case 1:
      if (!q(m, "DELETE FROM sample WHERE day < 1")) break;
      return mysql_commit(m) == 0 || (mysql_rollback(m), false);
    default:
      if (!q(m, "DELETE FROM hourly WHERE day < " + cut)) return false;
      return mysql_commit(m) == 0 || (mysql_rollback(m), false);
  }
  mysql_rollback(m);
  return false;
}

bool insertPrepared(MYSQL* m, const Sample& s) {
  static const char sql[] = "INSERT INTO sample(name, value) VALUES (?, ?)";
  MyStmt st(mysql_stmt_init(m));
  if (!st || mysql_stmt_prepare(st.get(), sql, sizeof sql - 1) != 0) return false;
  MYSQL_BIND b[2];
  std::memset(b, 0, sizeof b);
  unsigned long len = static_cast<unsigned long>(s.name.size());
  double v = s.value;
  b[0].buffer_type = MYSQL_TYPE_STRING;
  b[0].buffer = const_cast<char*>(s.name.data());
  b[0].buffer_length = len;
  b[0].length = &len;
  b[1].buffer_type = MYSQL_TYPE_DOUBLE;
  b[1].buffer = &v;
  if (mysql_stmt_bind_param(st.get(), b) != 0) return false;
  return mysql_stmt_execute(st.get()) == 0;
}

int pumpUntilEof(MYSQL* m, FILE* in, size_t chunk) {
  std::vector<Sample> buf;
  char name[64];
  double v;
  int batches = 0;
  while (std::fscanf(in, "%63s %lf", name, &v) == 2) {
    buf.push_back({name, v});
    if (buf.size() < chunk) continue;
    if (!pushBatch(m, buf)) return -1;
    buf.clear();
    ++batches;
  }
  if (!buf.empty() && !pushBatch(m, buf)) return -1;
  return batches;
}

void heartbeat(const Target& t, int rounds) {
  My m;
  for (int i = 0; i < rounds; ++i) {
    if (m && mysql_ping(m.get()) != 0) m.reset();
    if (!m) m = dial(t);
    if (m) q(m.get(), "UPDATE exporter SET seen = now()");
    std::this_thread::sleep_for(std::chrono::seconds(30));
  }
}

int finalFlush(const Target& t, const std::vector<Sample>& rest) {
  MYSQL* last = nullptr;
  bool ok = false, dialled = false;
  if (My m = dial(t)) {
    dialled = true;
    last = m.get();
    ok = pushBatch(last, rest);
  }
  if (dialled && !ok) {
    std::fprintf(stderr, "flush: %s\n", mysql_error(last));  // expect: session-use-after-scope
    return 2;
  }
  return dialled ? 0 : 1;
}

bool exclusiveRun(MYSQL* m, bool (*job)(MYSQL*)) {
  if (!q(m, "SELECT GET_LOCK('beacon', 0)")) return false;
  MyRes res(mysql_store_result(m));
  MYSQL_ROW row = res ? mysql_fetch_row(res.get()) : nullptr;
  const bool got = row && row[0] && row[0][0] == '1';
  res.reset();
  if (!got) return false;
  const bool ok = job(m);
  if (q(m, "DO RELEASE_LOCK('beacon')")) return ok;
  return false;
}

}  // namespace beacon

int main(int argc, char** argv) {
  beacon::Target t;
  if (argc > 1) t.host = argv[1];
  mysql_library_init(0, nullptr, nullptr);
  {
    auto m = beacon::dial(t);
    if (m) beacon::exclusiveRun(m.get(), beacon::swapTables);
  }
  mysql_library_end();
  return 0;
}
