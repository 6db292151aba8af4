// Four vendors' interfaces in the style of C, of which no model knows anything: what they are is in
// their shape.
#pragma once

#include <string>

extern "C" {

// ---- acme: snake case, zero is success

typedef struct acme_conn_s acme_conn;
typedef struct acme_stmt_s acme_stmt;
typedef struct acme_result_s acme_result;

acme_conn* acme_conn_connect(const char* dsn); /* NULL when it fails */
void acme_conn_disconnect(acme_conn* conn);
int acme_conn_begin(acme_conn* conn);
int acme_conn_commit(acme_conn* conn);
int acme_conn_rollback(acme_conn* conn);
int acme_conn_exec(acme_conn* conn, const char* sql);
const char* acme_conn_error(acme_conn* conn);
int acme_conn_prepare(acme_conn* conn, const char* sql, acme_stmt** stmt);
int acme_stmt_bind_int(acme_stmt* stmt, int index, int value);
int acme_stmt_execute(acme_stmt* stmt);
int acme_stmt_next(acme_stmt* stmt); /* 1 row, 0 end, -1 error */
const char* acme_stmt_text(acme_stmt* stmt, int column);
void acme_stmt_free(acme_stmt* stmt);
acme_result* acme_conn_query(acme_conn* conn, const char* sql);
long acme_result_rows(const acme_result* result);
const char* acme_result_text(const acme_result* result, long row, int column);
void acme_result_free(acme_result* result);

// ---- Kv: camel case, nonzero is success

struct KvSession;
typedef struct KvSession KvSession;

int KvSessionOpen(const char* path, KvSession** session);
void KvSessionClose(KvSession* session);
int KvBeginTransaction(KvSession* session);
int KvCommitTransaction(KvSession* session);
void KvRollbackTransaction(KvSession* session);
int KvExecute(KvSession* session, const char* statement);

// ---- tdb: a transaction has a handle of its own, which commit and rollback free

typedef struct tdb_store tdb_store;
typedef struct tdb_tx tdb_tx;

tdb_store* tdb_store_open(const char* path);
void tdb_store_close(tdb_store* store);
tdb_tx* tdb_tx_begin(tdb_store* store);
int tdb_tx_commit(tdb_tx* tx);
void tdb_tx_rollback(tdb_tx* tx);
int tdb_tx_put(tdb_tx* tx, const char* key, const char* value);

} // extern "C"

// ---- ledger: C++, in a namespace, with an enumeration for results

namespace ledger {

enum class Status { Ok, Busy, Refused };

class Connection;
class Cursor;

Connection* openConnection(const std::string& url);
void closeConnection(Connection* connection) noexcept;
Status beginWork(Connection* connection);
Status commitWork(Connection* connection);
void rollbackWork(Connection* connection);
Status run(Connection* connection, const std::string& sql);
Cursor* openCursor(Connection* connection, const std::string& query);
bool fetch(Cursor* cursor);
const char* text(Cursor* cursor, int column);
void closeCursor(Cursor* cursor) noexcept;
void audit(Connection* connection); // may throw

} // namespace ledger
