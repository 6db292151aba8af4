// Vendors' interfaces that no model describes, used as they are meant to be.
// header: vendor_handles.h
#include "vendor_handles.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

struct AcmeClose {
  void operator()(acme_conn* conn) const { acme_conn_disconnect(conn); }
};
struct AcmeStmtFree {
  void operator()(acme_stmt* stmt) const { acme_stmt_free(stmt); }
};
struct KvClose {
  void operator()(KvSession* session) const { KvSessionClose(session); }
};
using AcmeConn = std::unique_ptr<acme_conn, AcmeClose>;
using KvOwner = std::unique_ptr<KvSession, KvClose>;

// ---------------------------------------------------------------- acme

AcmeConn connectAcme(const char* dsn) {
  AcmeConn conn(acme_conn_connect(dsn));
  return conn;
}

int owned(const char* dsn) {
  const AcmeConn conn(acme_conn_connect(dsn));
  if (!conn)
    return -1;
  return acme_conn_exec(conn.get(), "UPDATE total SET n = n + 1");
}

acme_conn* handedOut(const char* dsn) {
  acme_conn* conn = acme_conn_connect(dsn);
  if (conn && acme_conn_exec(conn, "SET mode 1") != 0) {
    acme_conn_disconnect(conn);
    return nullptr;
  }
  return conn;
}

int committedOrRolledBack(acme_conn* conn) {
  if (acme_conn_begin(conn) != 0)
    return -1;
  if (acme_conn_exec(conn, "DELETE FROM item") != 0) {
    acme_conn_rollback(conn);
    return -1;
  }
  if (acme_conn_commit(conn) != 0) {
    acme_conn_rollback(conn);
    return -1;
  }
  return 0;
}

int byCode(acme_conn* conn) {
  int rc = acme_conn_begin(conn);
  if (rc != 0)
    return rc;
  rc = acme_conn_exec(conn, "DELETE FROM item");
  if (rc == 0)
    rc = acme_conn_commit(conn);
  if (rc != 0)
    acme_conn_rollback(conn);
  return rc;
}

int byLabel(acme_conn* conn) {
  if (acme_conn_begin(conn) != 0)
    return -1;
  if (acme_conn_exec(conn, "DELETE FROM item") != 0)
    goto undo;
  if (acme_conn_commit(conn) == 0)
    return 0;
undo:
  acme_conn_rollback(conn);
  return -1;
}

long countRows(acme_conn* conn) {
  acme_result* result = acme_conn_query(conn, "SELECT id FROM item");
  if (!result)
    return -1;
  const long rows = acme_result_rows(result);
  acme_result_free(result);
  return rows;
}

std::string nameCopied(acme_conn* conn) {
  acme_stmt* raw = nullptr;
  if (acme_conn_prepare(conn, "SELECT name FROM item", &raw) != 0)
    return acme_conn_error(conn);
  const std::unique_ptr<acme_stmt, AcmeStmtFree> stmt(raw);
  if (acme_stmt_next(stmt.get()) != 1)
    return {};
  return acme_stmt_text(stmt.get(), 0);
}

std::vector<std::string> namesCopied(acme_conn* conn) {
  std::vector<std::string> names;
  acme_stmt* stmt = nullptr;
  if (acme_conn_prepare(conn, "SELECT name FROM item", &stmt) != 0)
    return names;
  while (acme_stmt_next(stmt) == 1) {
    const char* name = acme_stmt_text(stmt, 0);
    names.push_back(name ? name : "");
  }
  acme_stmt_free(stmt);
  return names;
}

// A result outlives the connection it came from, as far as its shape tells.
long resultAfterConnection(const char* dsn) {
  AcmeConn conn(acme_conn_connect(dsn));
  if (!conn)
    return -1;
  acme_result* result = acme_conn_query(conn.get(), "SELECT id FROM item");
  conn.reset();
  if (!result)
    return -1;
  const long rows = acme_result_rows(result);
  acme_result_free(result);
  return rows;
}

class Store {
public:
  explicit Store(const char* dsn) : conn_(acme_conn_connect(dsn)) {}
  ~Store() {
    if (open_)
      acme_conn_rollback(conn_);
    if (conn_)
      acme_conn_disconnect(conn_);
  }
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  bool begin() { return open_ = conn_ && acme_conn_begin(conn_) == 0; }
  bool commit() {
    open_ = false;
    return acme_conn_commit(conn_) == 0;
  }

private:
  acme_conn* conn_;
  bool open_ = false;
};

bool storeTwice(Store& store) {
  return store.begin() && store.commit();
}

// ---------------------------------------------------------------- Kv: nonzero is success

bool kvCommitted(KvSession* session) {
  if (!KvBeginTransaction(session))
    return false;
  if (!KvExecute(session, "put a 1")) {
    KvRollbackTransaction(session);
    return false;
  }
  return KvCommitTransaction(session);
}

bool kvOwned(const char* path) {
  KvSession* raw = nullptr;
  if (!KvSessionOpen(path, &raw))
    return false;
  const KvOwner session(raw);
  return KvExecute(session.get(), "put a 1");
}

bool kvNotOpened(const char* path) {
  KvSession* session = nullptr;
  const int opened = KvSessionOpen(path, &session);
  if (!opened)
    return false;
  const KvOwner owner(session);
  return true;
}

// ---------------------------------------------------------------- tdb

int txCommitted(tdb_store* store) {
  tdb_tx* tx = tdb_tx_begin(store);
  if (!tx)
    return -1;
  if (tdb_tx_put(tx, "a", "1") != 0) {
    tdb_tx_rollback(tx);
    return -1;
  }
  return tdb_tx_commit(tx);
}

// Whether a commit that fails has freed the handle, its shape does not tell.
int txRolledBackAfterCommit(tdb_store* store) {
  tdb_tx* tx = tdb_tx_begin(store);
  if (!tx)
    return -1;
  tdb_tx_put(tx, "a", "1");
  if (tdb_tx_commit(tx) != 0) {
    tdb_tx_rollback(tx);
    return -1;
  }
  return 0;
}

// Several at once, and on several threads: that is why they have handles.
int twoAtOnce(tdb_store* store) {
  tdb_tx* one = tdb_tx_begin(store);
  if (!one)
    return -1;
  tdb_tx* other = tdb_tx_begin(store);
  if (!other) {
    tdb_tx_rollback(one);
    return -1;
  }
  tdb_tx_put(one, "a", "1");
  tdb_tx_put(other, "b", "1");
  tdb_tx_rollback(other);
  return tdb_tx_commit(one);
}

void onSeveralThreads(tdb_store* store) {
  std::thread worker([store] { txCommitted(store); });
  txCommitted(store);
  worker.join();
}

// ---------------------------------------------------------------- ledger

bool workDone(ledger::Connection* connection) {
  if (ledger::beginWork(connection) != ledger::Status::Ok)
    return false;
  if (ledger::run(connection, "DELETE FROM account") != ledger::Status::Ok) {
    ledger::rollbackWork(connection);
    return false;
  }
  return ledger::commitWork(connection) == ledger::Status::Ok;
}

bool workRetried(ledger::Connection* connection) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    ledger::Status status = ledger::beginWork(connection);
    if (status != ledger::Status::Ok)
      continue;
    status = ledger::run(connection, "UPDATE account SET n = 1");
    if (status == ledger::Status::Ok)
      status = ledger::commitWork(connection);
    if (status == ledger::Status::Ok)
      return true;
    ledger::rollbackWork(connection);
  }
  return false;
}

std::string firstName(ledger::Connection* connection) {
  ledger::Cursor* cursor = ledger::openCursor(connection, "SELECT name FROM account");
  if (!cursor)
    return {};
  const std::string name = ledger::fetch(cursor) ? ledger::text(cursor, 0) : "";
  ledger::closeCursor(cursor);
  return name;
}

void auditedByOwner(const std::string& url) {
  struct Close {
    void operator()(ledger::Connection* connection) const { ledger::closeConnection(connection); }
  };
  const std::unique_ptr<ledger::Connection, Close> connection(ledger::openConnection(url));
  ledger::audit(connection.get());
}
