// Vendors' interfaces that no model describes, known by their shape.
// header: vendor_handles.h
#include "vendor_handles.h"

#include <memory>
#include <thread>

// ---------------------------------------------------------------- acme

int totalLeaks(const char* dsn) {
  acme_conn* conn = acme_conn_connect(dsn); // expect: session-leak "'conn'"
  if (!conn)
    return -1;
  if (acme_conn_exec(conn, "UPDATE total SET n = n + 1") != 0)
    return -1;
  acme_conn_disconnect(conn);
  return 0;
}

int totalByHand(const char* dsn) {
  acme_conn* conn = acme_conn_connect(dsn); // expect: session-raw-construction "acme_conn_disconnect"
  if (!conn)
    return -1;
  const int rc = acme_conn_exec(conn, "UPDATE total SET n = n + 1");
  acme_conn_disconnect(conn);
  return rc;
}

long rowsLeak(acme_conn* conn) {
  acme_result* result = acme_conn_query(conn, "SELECT id FROM item"); // expect: session-leak
  if (!result)
    return -1;
  const long rows = acme_result_rows(result);
  if (rows == 0)
    return 0;
  acme_result_free(result);
  return rows;
}

bool statementLeaks(acme_conn* conn) {
  acme_stmt* stmt = nullptr;
  if (acme_conn_prepare(conn, "DELETE FROM item WHERE id = ?", &stmt) != 0) // expect: session-leak
    return false;
  if (acme_stmt_bind_int(stmt, 1, 7) != 0)
    return false;
  const bool done = acme_stmt_execute(stmt) == 0;
  acme_stmt_free(stmt);
  return done;
}

const char* nameAfterFree(acme_conn* conn) {
  acme_result* result = acme_conn_query(conn, "SELECT name FROM item");
  const char* name = acme_result_text(result, 0, 0);
  acme_result_free(result);
  return name; // expect: session-use-after-scope
}

struct AcmeStmtFree {
  void operator()(acme_stmt* stmt) const { acme_stmt_free(stmt); }
};

const char* nameBeyondOwner(acme_conn* conn) {
  acme_stmt* raw = nullptr;
  if (acme_conn_prepare(conn, "SELECT name FROM item", &raw) != 0)
    return "";
  std::unique_ptr<acme_stmt, AcmeStmtFree> stmt(raw);
  if (acme_stmt_next(stmt.get()) != 1)
    return "";
  return acme_stmt_text(stmt.get(), 0); // expect: session-use-after-scope
}

int leftOpen(acme_conn* conn, bool quick) {
  if (acme_conn_begin(conn) != 0) // expect: session-unfinished-transaction
    return -1;
  if (quick)
    return 0;
  return acme_conn_commit(conn);
}

int begunTwice(acme_conn* conn) {
  if (acme_conn_begin(conn) != 0)
    return -1;
  if (acme_conn_begin(conn) != 0) { // expect: session-nested-begin
    acme_conn_rollback(conn);
    return -1;
  }
  return acme_conn_commit(conn);
}

int rolledBackTwice(acme_conn* conn) {
  if (acme_conn_begin(conn) != 0)
    return -1;
  if (acme_conn_exec(conn, "DELETE FROM item") != 0) {
    acme_conn_rollback(conn);
    acme_conn_rollback(conn); // expect: session-double-end
    return -1;
  }
  return acme_conn_commit(conn);
}

void disconnectedTwice(acme_conn* conn, bool done) {
  if (done)
    acme_conn_disconnect(conn);
  acme_conn_disconnect(conn); // expect: session-double-end
}

int twoCommits(acme_conn* conn) {
  if (acme_conn_begin(conn) != 0)
    return -1;
  if (acme_conn_exec(conn, "INSERT INTO sale VALUES (1)") != 0 || acme_conn_commit(conn) != 0) {
    acme_conn_rollback(conn);
    return -1;
  }
  if (acme_conn_begin(conn) != 0)
    return -1;
  if (acme_conn_exec(conn, "UPDATE stock SET n = n - 1") != 0) {
    acme_conn_rollback(conn);
    return -1;
  }
  return acme_conn_commit(conn); // expect: session-multiple-commits
}

// What the text says counts as well.
int begunByText(acme_conn* conn, bool quick) {
  if (acme_conn_exec(conn, "BEGIN") != 0) // expect: session-unfinished-transaction
    return -1;
  if (quick)
    return 0;
  return acme_conn_exec(conn, "COMMIT");
}

void sharedBorrowed(acme_conn* conn) {
  std::thread worker([conn] { acme_conn_exec(conn, "CALL nightly()"); }); // expect: session-shared-across-threads
  worker.detach();
  acme_conn_exec(conn, "UPDATE day SET done = 1");
}

// ---------------------------------------------------------------- Kv

bool sessionLeaks(const char* path) {
  KvSession* session = nullptr;
  if (!KvSessionOpen(path, &session)) // expect: session-leak
    return false;
  if (!KvExecute(session, "put a 1"))
    return false;
  KvSessionClose(session);
  return true;
}

bool kvLeftOpen(KvSession* session) {
  if (!KvBeginTransaction(session)) // expect: session-unfinished-transaction
    return false;
  if (!KvExecute(session, "put a 1"))
    return false;
  return KvCommitTransaction(session);
}

bool kvUsedAfterClose(const char* path) {
  KvSession* session = nullptr;
  if (!KvSessionOpen(path, &session)) // expect: session-raw-construction
    return false;
  KvSessionClose(session);
  return KvExecute(session, "put a 1"); // expect: session-use-after-scope
}

bool kvTwoCommits(KvSession* session) {
  if (!KvBeginTransaction(session))
    return false;
  KvExecute(session, "put a 1");
  if (!KvCommitTransaction(session)) {
    KvRollbackTransaction(session);
    return false;
  }
  if (!KvBeginTransaction(session))
    return false;
  KvExecute(session, "put b 1");
  if (!KvCommitTransaction(session)) { // expect: session-multiple-commits
    KvRollbackTransaction(session);
    return false;
  }
  return true;
}

// ---------------------------------------------------------------- tdb

int txLeftOpen(tdb_store* store, bool quick) {
  tdb_tx* tx = tdb_tx_begin(store); // expect: session-unfinished-transaction
  if (!tx)
    return -1;
  if (tdb_tx_put(tx, "a", "1") != 0 && quick)
    return -1;
  return tdb_tx_commit(tx);
}

void txEndedTwice(tdb_store* store) {
  tdb_tx* tx = tdb_tx_begin(store);
  if (!tx)
    return;
  if (tdb_tx_put(tx, "a", "1") != 0)
    tdb_tx_rollback(tx);
  tdb_tx_rollback(tx); // expect: session-double-end
}

// ---------------------------------------------------------------- ledger

void lostWhenItThrows(const std::string& url) {
  ledger::Connection* connection = ledger::openConnection(url); // expect: session-leak
  ledger::audit(connection);
  ledger::closeConnection(connection);
}

bool workLeftOpen(ledger::Connection* connection, bool quick) {
  if (ledger::beginWork(connection) != ledger::Status::Ok) // expect: session-unfinished-transaction
    return false;
  if (quick)
    return false;
  return ledger::commitWork(connection) == ledger::Status::Ok;
}

const char* textOfClosed(ledger::Connection* connection) {
  ledger::Cursor* cursor = ledger::openCursor(connection, "SELECT name FROM account");
  if (!ledger::fetch(cursor)) {
    ledger::closeCursor(cursor);
    return "";
  }
  const char* name = ledger::text(cursor, 0);
  ledger::closeCursor(cursor);
  return name; // expect: session-use-after-scope
}

bool cursorLeaks(ledger::Connection* connection) {
  ledger::Cursor* cursor = ledger::openCursor(connection, "SELECT name FROM account"); // expect: session-leak
  if (!ledger::fetch(cursor))
    return false;
  ledger::closeCursor(cursor);
  return true;
}

bool workBegunTwice(ledger::Connection* connection) {
  if (ledger::beginWork(connection) != ledger::Status::Ok)
    return false;
  if (ledger::beginWork(connection) != ledger::Status::Ok) { // expect: session-nested-begin
    ledger::rollbackWork(connection);
    return false;
  }
  return ledger::commitWork(connection) == ledger::Status::Ok;
}
