// Connections of the MySQL client library made raw, as it has it, and owned from there on.
// library: mariadb
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mysql.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct MysqlClose {
  void operator()(MYSQL* conn) const noexcept { mysql_close(conn); }
};
using MysqlPtr = std::unique_ptr<MYSQL, MysqlClose>;

unsigned long serverVersion(const char* host, const char* user) {
  const MysqlPtr conn(mysql_init(nullptr));
  if (!conn || !mysql_real_connect(conn.get(), host, user, nullptr, nullptr, 0, nullptr, 0))
    return 0;
  return mysql_get_server_version(conn.get());
}

// With the library's function as the deleter.
bool ping(const char* socket) {
  std::unique_ptr<MYSQL, decltype(&mysql_close)> conn{mysql_init(nullptr), &mysql_close};
  mysql_options(conn.get(), MYSQL_READ_DEFAULT_GROUP, "monitor");
  if (!mysql_real_connect(conn.get(), nullptr, nullptr, nullptr, nullptr, 0, socket, 0))
    return false;
  return mysql_ping(conn.get()) == 0;
}

// Raw for one line.
MysqlPtr connect(const char* host) {
  MYSQL* raw = mysql_init(nullptr);
  MysqlPtr conn(raw);
  if (mysql_real_connect(raw, host, "app", nullptr, "shop", 0, nullptr, 0) == nullptr)
    throw std::runtime_error(mysql_error(raw));
  return conn;
}

// A factory with a raw result.
MYSQL* connectRaw(const char* host, unsigned timeout) {
  MYSQL* conn = mysql_init(nullptr);
  if (!conn) return nullptr;
  mysql_options(conn, MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
  if (!mysql_real_connect(conn, host, "app", nullptr, "shop", 0, nullptr, 0)) {
    mysql_close(conn);
    conn = nullptr;
  }
  return conn;
}

// Its caller owns at once.
long countOrders(const char* host) {
  MysqlPtr conn{connectRaw(host, 5)};
  if (!conn || mysql_query(conn.get(), "SELECT id FROM orders") != 0) return -1;
  MYSQL_RES* res = mysql_store_result(conn.get());
  if (res == nullptr) return -1;
  const long n = static_cast<long>(mysql_num_rows(res));
  mysql_free_result(res);
  return n;
}

// The constructor makes, the destructor closes.
class Channel {
public:
  Channel() : conn_(mysql_init(nullptr)) {}
  ~Channel() {
    if (conn_) mysql_close(conn_);
  }
  Channel(Channel&& other) noexcept : conn_(std::exchange(other.conn_, nullptr)) {}
  Channel& operator=(Channel&& other) noexcept {
    std::swap(conn_, other.conn_);
    return *this;
  }

  bool open(const char* host) {
    return conn_ && mysql_real_connect(conn_, host, "app", nullptr, "chat", 0, nullptr, 0);
  }
  bool say(const std::string& text) {
    std::string quoted(text.size() * 2 + 1, '\0');
    quoted.resize(mysql_real_escape_string(conn_, quoted.data(), text.data(), text.size()));
    return mysql_query(conn_, ("INSERT INTO lines(text) VALUES('" + quoted + "')").c_str()) == 0;
  }

private:
  MYSQL* conn_;
};

Channel openChannel(const std::vector<std::string>& hosts) {
  for (const std::string& host : hosts) {
    Channel channel;
    if (channel.open(host.c_str())) return channel;
  }
  throw std::runtime_error("no chat server");
}

// Lazily made, closed with the object; a failed attempt is closed at once.
class Reporter {
public:
  ~Reporter() { disconnect(); }

  bool report(const char* text) { return connected() && mysql_query(conn_, text) == 0; }

private:
  bool connected() {
    if (conn_ != nullptr) return true;
    conn_ = mysql_init(nullptr);
    if (conn_ == nullptr) return false;
    if (mysql_real_connect(conn_, "stats", "stats", nullptr, "stats", 0, nullptr, 0)) return true;
    disconnect();
    return false;
  }
  void disconnect() noexcept {
    if (conn_ == nullptr) return;
    mysql_close(conn_);
    conn_ = nullptr;
  }

  MYSQL* conn_ = nullptr;
};

// Into a container of owners.
bool fillPool(std::vector<MysqlPtr>& pool, const char* host, std::size_t wanted) {
  while (pool.size() < wanted) {
    MYSQL* conn = mysql_init(nullptr);
    pool.emplace_back(conn);
    if (!mysql_real_connect(conn, host, "app", nullptr, "shop", 0, nullptr, 0)) {
      pool.pop_back();
      return false;
    }
  }
  return true;
}

// The task holds the connection as long as it is held itself.
std::function<int(const std::string&)> executor(const char* host) {
  std::shared_ptr<MYSQL> conn(mysql_init(nullptr), [](MYSQL* c) { mysql_close(c); });
  if (!mysql_real_connect(conn.get(), host, "job", nullptr, "jobs", 0, nullptr, 0)) return {};
  return [conn](const std::string& text) { return mysql_query(conn.get(), text.c_str()); };
}

// Borrowed from whoever calls.
std::string escape(MYSQL* conn, const std::string& text) {
  std::string quoted(text.size() * 2 + 1, '\0');
  quoted.resize(mysql_real_escape_string(conn, quoted.data(), text.data(), text.size()));
  return quoted;
}
