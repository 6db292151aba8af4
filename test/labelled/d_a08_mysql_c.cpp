// library: mariadb
// Game server persistence on the MariaDB/MySQL C API.
#include <mysql/mysql.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

struct MysqlCloser { void operator()(MYSQL* m) const { mysql_close(m); } };
struct ResultFree { void operator()(MYSQL_RES* r) const { mysql_free_result(r); } };
using Mysql = std::unique_ptr<MYSQL, MysqlCloser>;
using Rows = std::unique_ptr<MYSQL_RES, ResultFree>;

static bool exec(MYSQL* m, const char* sql) {
    if (mysql_query(m, sql) == 0) return true;
    std::fprintf(stderr, "mysql: %s\n", mysql_error(m));
    return false;
}

// --- connecting -----------------------------------------------------------

Mysql connectServer(const char* host, const char* user, const char* pw) {
    Mysql m(mysql_init(nullptr));
    if (!m) return nullptr;
    if (!mysql_real_connect(m.get(), host, user, pw, "game", 0, nullptr, 0)) {
        std::fprintf(stderr, "connect: %s\n", mysql_error(m.get()));
        return nullptr;
    }
    mysql_set_character_set(m.get(), "utf8mb4");
    return m;
}

MYSQL* connectRaw(const char* host) {
    MYSQL* m = mysql_init(nullptr);  // expect: session-leak
    if (!m) return nullptr;
    if (!mysql_real_connect(m, host, "game", "", "game", 0, nullptr, 0)) {
        std::fprintf(stderr, "connect: %s\n", mysql_error(m));
        return nullptr;
    }
    return m;
}

bool probe(const char* host) {
    MYSQL* m = mysql_init(nullptr);  // expect: session-raw-construction
    if (!m) return false;
    const bool up = mysql_real_connect(m, host, "probe", "", nullptr, 0, nullptr, 0) != nullptr && mysql_ping(m) == 0;
    mysql_close(m);
    return up;
}

bool pingOnce(const char* host) {
    MYSQL local;
    Mysql guard(mysql_init(&local));
    if (!guard) return false;
    if (!mysql_real_connect(guard.get(), host, "probe", "", nullptr, 0, nullptr, 0)) return false;
    return mysql_ping(guard.get()) == 0;
}

class Database {
public:
    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() { disconnect(); }

    bool connect(const char* host) {
        disconnect();
        handle_ = mysql_init(nullptr);
        if (!handle_) return false;
        if (!mysql_real_connect(handle_, host, "game", "", "game", 0, nullptr, 0)) {
            disconnect();
            return false;
        }
        return true;
    }

    void disconnect() {
        if (handle_) mysql_close(handle_);
        handle_ = nullptr;
    }

    bool reconnect(const char* host) {
        mysql_close(handle_);
        if (mysql_ping(handle_) == 0) return true;  // expect: session-use-after-scope
        handle_ = nullptr;
        return connect(host);
    }

    MYSQL* get() const { return handle_; }

private:
    MYSQL* handle_ = nullptr;
};

// --- results --------------------------------------------------------------

int playerCount(MYSQL* m) {
    if (!exec(m, "SELECT COUNT(*) FROM player")) return -1;
    MYSQL_RES* res = mysql_store_result(m);  // expect: session-leak
    if (!res) return -1;
    MYSQL_ROW row = mysql_fetch_row(res);
    if (!row || !row[0]) return -1;
    const int n = std::atoi(row[0]);
    mysql_free_result(res);
    return n;
}

std::optional<std::string> playerName(MYSQL* m, int id) {
    char sql[96];
    std::snprintf(sql, sizeof sql, "SELECT name FROM player WHERE id=%d", id);
    if (!exec(m, sql)) return std::nullopt;
    Rows res(mysql_store_result(m));
    if (!res) return std::nullopt;
    MYSQL_ROW row = mysql_fetch_row(res.get());
    if (!row || !row[0]) return std::nullopt;
    return std::string(row[0]);
}

const char* guildName(MYSQL* m) {
    if (!exec(m, "SELECT name FROM guild LIMIT 1")) return "";
    MYSQL_RES* res = mysql_store_result(m);
    if (!res) return "";
    MYSQL_ROW row = mysql_fetch_row(res);
    const char* name = row ? row[0] : "";
    mysql_free_result(res);
    return name;  // expect: session-use-after-scope
}

bool streamScores(MYSQL* m, std::vector<long>& out) {
    if (!exec(m, "SELECT score FROM score")) return false;
    MYSQL_RES* res = mysql_use_result(m);
    if (!res) return false;
    while (MYSQL_ROW row = mysql_fetch_row(res)) {
        if (!row[0]) continue;
        out.push_back(std::strtol(row[0], nullptr, 10));
    }
    const bool ok = mysql_errno(m) == 0;
    mysql_free_result(res);
    return ok;
}

bool insertScore(MYSQL* m, int player, long score) {
    MYSQL_STMT* st = mysql_stmt_init(m);
    if (!st) return false;
    static const char kSql[] = "INSERT INTO score VALUES(?, ?)";
    MYSQL_BIND b[2];
    std::memset(b, 0, sizeof b);
    b[0].buffer_type = MYSQL_TYPE_LONG;
    b[0].buffer = &player;
    b[1].buffer_type = MYSQL_TYPE_LONGLONG;
    b[1].buffer = &score;
    const bool ok = mysql_stmt_prepare(st, kSql, sizeof kSql - 1) == 0 && mysql_stmt_bind_param(st, b) == 0 &&
                    mysql_stmt_execute(st) == 0;
    mysql_stmt_close(st);
    return ok;
}

bool updateScore(MYSQL* m, long delta) {
    MYSQL_STMT* st = mysql_stmt_init(m);  // expect: session-leak
    if (!st) return false;
    static const char kSql[] = "UPDATE score SET v = v + ?";
    if (mysql_stmt_prepare(st, kSql, sizeof kSql - 1) != 0) {
        std::fprintf(stderr, "prepare: %s\n", mysql_stmt_error(st));
        return false;
    }
    MYSQL_BIND b;
    std::memset(&b, 0, sizeof b);
    b.buffer_type = MYSQL_TYPE_LONGLONG;
    b.buffer = &delta;
    const bool ok = mysql_stmt_bind_param(st, &b) == 0 && mysql_stmt_execute(st) == 0;
    mysql_stmt_close(st);
    return ok;
}

// --- transactions ---------------------------------------------------------

bool tradeGold(MYSQL* m, int from, int to, int gold) {
    char a[96], b[96];
    std::snprintf(a, sizeof a, "UPDATE player SET gold=gold-%d WHERE id=%d", gold, from);
    std::snprintf(b, sizeof b, "UPDATE player SET gold=gold+%d WHERE id=%d", gold, to);
    if (!exec(m, "START TRANSACTION")) return false;
    if (exec(m, a) && exec(m, b) && mysql_commit(m) == 0) return true;
    mysql_rollback(m);
    return false;
}

bool levelUp(MYSQL* m, int player) {
    char sql[96];
    if (!exec(m, "START TRANSACTION")) return false;  // expect: session-unfinished-transaction
    std::snprintf(sql, sizeof sql, "UPDATE player SET level=level+1 WHERE id=%d", player);
    if (!exec(m, sql)) {
        mysql_rollback(m);
        return false;
    }
    if (mysql_affected_rows(m) == 0) {
        std::fprintf(stderr, "no player %d\n", player);
        return false;
    }
    return mysql_commit(m) == 0;
}

bool dropItems(MYSQL* m, const std::vector<int>& ids) {
    if (!exec(m, "BEGIN")) return false;
    bool ok = true;
    for (auto it = ids.begin(); ok && it != ids.end(); ++it) {
        char sql[96];
        std::snprintf(sql, sizeof sql, "DELETE FROM item WHERE id=%d", *it);
        ok = exec(m, sql);
    }
    switch (ok ? 1 : 0) {
    case 1:
        if (mysql_commit(m) == 0) break;
        [[fallthrough]];
    default:
        mysql_rollback(m);
        ok = false;
    }
    return ok;
}

bool grantTwice(MYSQL* m) {
    if (!exec(m, "BEGIN")) return false;
    if (!exec(m, "UPDATE player SET bonus=1")) {
        mysql_rollback(m);
        return false;
    }
    if (!exec(m, "BEGIN")) {  // expect: session-nested-begin
        mysql_rollback(m);
        return false;
    }
    if (exec(m, "UPDATE guild SET bonus=1") && mysql_commit(m) == 0) return true;
    mysql_rollback(m);
    return false;
}

bool withAutocommitOff(MYSQL* m, const std::vector<const char*>& work) {
    if (mysql_autocommit(m, 0) != 0) return false;
    bool ok = true;
    for (const char* sql : work)
        if (!(ok = exec(m, sql))) break;
    if (ok) ok = mysql_commit(m) == 0;
    if (!ok) mysql_rollback(m);
    mysql_autocommit(m, 1);
    return ok;
}

// --- teardown -------------------------------------------------------------

void shutdownWorker(MYSQL* m, bool flush) {
    if (flush && !exec(m, "FLUSH TABLES")) {
        std::fprintf(stderr, "flush failed\n");
        mysql_close(m);
    }
    mysql_close(m);  // expect: session-double-end
    mysql_thread_end();
}

void saveAsync(MYSQL* m) {
    std::thread saver([m] { exec(m, "INSERT INTO snapshot SELECT * FROM player"); });  // expect: session-shared-across-threads
    saver.detach();
    exec(m, "UPDATE meta SET saved=NOW()");
}

void saveAsyncJoined(MYSQL* m) {
    std::thread saver([m] { exec(m, "INSERT INTO snapshot SELECT * FROM player"); });
    std::printf("saving\n");
    saver.join();
    exec(m, "UPDATE meta SET saved=NOW()");
}
