// library: libpq
// Ticket server on libpq.
#include <libpq-fe.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

struct Finish { void operator()(PGconn* c) const { PQfinish(c); } };
struct Clear { void operator()(PGresult* r) const { PQclear(r); } };
using Conn = std::unique_ptr<PGconn, Finish>;
using Result = std::unique_ptr<PGresult, Clear>;

static bool command(PGconn* c, const char* sql) {
    PGresult* r = PQexec(c, sql);
    const bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (!ok) std::fprintf(stderr, "%s", PQerrorMessage(c));
    PQclear(r);
    return ok;
}

// --- connecting -----------------------------------------------------------

Conn connect(const std::string& dsn) {
    Conn c(PQconnectdb(dsn.c_str()));
    if (PQstatus(c.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(c.get()));
    PQsetClientEncoding(c.get(), "UTF8");
    return c;
}

bool ping(const char* dsn) {
    PGconn* c = PQconnectdb(dsn);  // expect: session-leak
    if (PQstatus(c) != CONNECTION_OK) {
        std::fprintf(stderr, "no server\n");
        return false;
    }
    PQfinish(c);
    return true;
}

int serverVersion(const char* dsn) {
    PGconn* c = PQconnectdb(dsn);  // expect: session-raw-construction
    int v = -1;
    if (PQstatus(c) == CONNECTION_OK) v = PQserverVersion(c);
    PQfinish(c);
    return v;
}

PGconn* connectWithFallback(const char* primary, const char* standby) {
    PGconn* c = PQconnectdb(primary);
    if (PQstatus(c) == CONNECTION_OK) return c;
    PQfinish(c);
    c = PQconnectdb(standby);
    if (PQstatus(c) == CONNECTION_OK) return c;
    PQfinish(c);
    return nullptr;
}

void reportStatus(const char* dsn) {
    Conn c(PQconnectdb(dsn));
    PGconn* raw = c.get();
    std::printf("db %s\n", PQdb(raw));
    c.reset();
    std::printf("host %s\n", PQhost(raw));  // expect: session-use-after-scope
}

// --- results --------------------------------------------------------------

int ticketCount(PGconn* c) {
    PGresult* r = PQexec(c, "SELECT count(*) FROM ticket");  // expect: session-leak
    if (PQresultStatus(r) != PGRES_TUPLES_OK) return -1;
    const int n = std::atoi(PQgetvalue(r, 0, 0));
    PQclear(r);
    return n;
}

std::string ticketOwner(PGconn* c, int id) {
    const std::string key = std::to_string(id);
    const char* values[] = {key.c_str()};
    Result r(PQexecParams(c, "SELECT owner FROM ticket WHERE id=$1", 1, nullptr, values, nullptr, nullptr, 0));
    if (PQresultStatus(r.get()) != PGRES_TUPLES_OK || PQntuples(r.get()) == 0) return {};
    return PQgetvalue(r.get(), 0, 0);        // copied into the string
}

const char* ticketState(PGconn* c) {
    PGresult* r = PQexec(c, "SELECT state FROM ticket LIMIT 1");
    const char* state = "unknown";
    if (PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) == 1) state = PQgetvalue(r, 0, 0);
    PQclear(r);
    return state;  // expect: session-use-after-scope
}

int ticketRows(PGconn* c, std::vector<std::string>& out) {
    PGresult* r = PQexec(c, "SELECT title FROM ticket");
    const int n = PQresultStatus(r) == PGRES_TUPLES_OK ? PQntuples(r) : -1;
    for (int i = 0; i < n; ++i) out.emplace_back(PQgetvalue(r, i, 0));
    PQclear(r);
    r = PQexec(c, "SELECT 1");
    PQclear(r);
    return n;
}

void clearTwice(PGconn* c) {
    PGresult* r = PQexec(c, "LISTEN tickets");
    if (PQresultStatus(r) != PGRES_COMMAND_OK) {
        std::fprintf(stderr, "listen: %s", PQerrorMessage(c));
        PQclear(r);
    }
    PQclear(r);  // expect: session-double-end
}

// --- transactions ---------------------------------------------------------

bool closeTicket(PGconn* c, int id) {
    char sql[128];
    if (!command(c, "BEGIN")) return false;
    std::snprintf(sql, sizeof sql, "UPDATE ticket SET state='closed' WHERE id=%d", id);
    bool ok = command(c, sql);
    std::snprintf(sql, sizeof sql, "INSERT INTO history(ticket, what) VALUES(%d,'closed')", id);
    ok = ok && command(c, sql);
    return command(c, ok ? "COMMIT" : "ROLLBACK") && ok;
}

bool assignTicket(PGconn* c, int id, int who) {
    char sql[128];
    if (!command(c, "BEGIN")) return false;  // expect: session-unfinished-transaction
    std::snprintf(sql, sizeof sql, "UPDATE ticket SET owner=%d WHERE id=%d", who, id);
    if (!command(c, sql)) {
        std::fprintf(stderr, "assign failed\n");
        return false;
    }
    return command(c, "COMMIT");
}

bool mergeTickets(PGconn* c, int from, int to) {
    char sql[128];
    if (!command(c, "BEGIN")) return false;
    std::snprintf(sql, sizeof sql, "UPDATE comment SET ticket=%d WHERE ticket=%d", to, from);
    if (!command(c, sql)) goto fail;
    std::snprintf(sql, sizeof sql, "DELETE FROM ticket WHERE id=%d", from);
    if (!command(c, sql)) goto fail;
    if (!command(c, "COMMIT")) goto fail;
    return true;
fail:
    command(c, "ROLLBACK");
    return false;
}

void checkTitle(const std::string& t) {
    if (t.empty()) throw std::invalid_argument("empty title");
}

bool renameTicket(PGconn* c, int id, const std::string& title) {
    if (!command(c, "BEGIN")) return false;
    try {
        if (title.size() > 100) throw std::length_error("title");
        const std::string key = std::to_string(id);
        const char* values[] = {title.c_str(), key.c_str()};
        Result r(PQexecParams(c, "UPDATE ticket SET title=$1 WHERE id=$2", 2, nullptr, values, nullptr, nullptr, 0));
        if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) throw std::runtime_error("update");
        if (!command(c, "COMMIT")) throw std::runtime_error("commit");
        return true;
    } catch (const std::exception& e) {  // expect: session-missing-rollback
        std::fprintf(stderr, "rename: %s\n", e.what());
        return false;
    }
}

bool retitleTicket(PGconn* c, int id, const std::string& title) {
    checkTitle(title);                      // before anything is begun
    if (!command(c, "BEGIN")) return false;
    try {
        const std::string sql = "UPDATE ticket SET title='x' WHERE id=" + std::to_string(id);
        if (!command(c, sql.c_str())) throw std::runtime_error("update");
        if (!command(c, "COMMIT")) throw std::runtime_error("commit");
        return true;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "retitle: %s\n", e.what());
        command(c, "ROLLBACK");
        return false;
    }
}

bool archiveInSteps(PGconn* c) {
    if (!command(c, "BEGIN")) return false;
    if (!command(c, "INSERT INTO archive SELECT * FROM ticket WHERE closed") || !command(c, "COMMIT")) {
        command(c, "ROLLBACK");
        return false;
    }
    if (!command(c, "BEGIN")) return false;
    if (!command(c, "DELETE FROM ticket WHERE closed") || !command(c, "COMMIT")) {  // expect: session-multiple-commits
        command(c, "ROLLBACK");
        return false;
    }
    return true;
}

void finishAndForget(PGconn* c, bool drop) {
    if (command(c, "DISCARD ALL") && !drop) return;
    PQfinish(c);
}

bool rollbackNothing(const std::string& dsn, int id) {
    Conn owned = connect(dsn);
    PGconn* c = owned.get();
    char sql[96];
    std::snprintf(sql, sizeof sql, "UPDATE ticket SET seen=true WHERE id=%d", id);
    if (command(c, sql)) return true;
    command(c, "ROLLBACK");  // waits: session-double-end
    return false;
}

bool reconnecting(Conn& c, const std::string& dsn, const char* sql) {
    for (int i = 0; i < 3; ++i) {
        if (PQstatus(c.get()) == CONNECTION_OK && command(c.get(), sql)) return true;
        c.reset(PQconnectdb(dsn.c_str()));
    }
    return false;
}
